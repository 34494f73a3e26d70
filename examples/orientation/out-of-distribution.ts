/**
 * Bars that the network was never trained on, as seeded generators. Every drawing routine draws a
 * vertical bar; horizontal ones are the same with rows and columns exchanged, and the classes take
 * turns, so that every set is balanced.
 *
 *   diagonal  ..##...  dotted  ...#...  zigzag  ...#...  outline  .####..  dotted    ..##...
 *             ..###..          .......          ..#....           .#..#..  diagonal  .......
 *             ...##..          ...#...          ...#...           .####..            ...##..
 */
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { transpose } from './images.js';
import type { LabelledImage } from './images.js';

export interface ImageSet {
  readonly name: string;
  /** Images in the set of the original authors. */
  readonly originalCount: number;
  readonly draw: (size: number, random: Random) => Float64Array;
}

/** Steepest slant in degrees; at 45 a bar would be as horizontal as it is vertical. */
const STEEPEST = 44;

/** Dots and gaps are 1 to this many cells long. */
const LONGEST_RUN = 3;

/** Thick bars take at most this share of the side, so that they stay longer than wide. */
const THICKEST = 1 / 5;

/** Slanted bars are at least this many times as long as thick, so that they have a direction. */
const SLENDER = 2;

export const OUT_OF_DISTRIBUTION: readonly ImageSet[] = [
  { name: 'diagonal', originalCount: 34_002, draw: drawDiagonal },
  { name: 'dotted', originalCount: 23_272, draw: drawDotted },
  { name: 'zigzag', originalCount: 24_180, draw: drawZigzag },
  { name: 'outline', originalCount: 34_002, draw: drawOutline },
  { name: 'dotted diagonal', originalCount: 34_002, draw: drawDottedDiagonal },
];

/**
 * `count` images of side `size` from one set, one by one, vertical and horizontal in turn; equal seeds
 * give equal images. Repetitions are possible.
 *
 * @param size at least 5.
 */
export function* drawImages(
  set: ImageSet,
  size: number,
  count: number,
  seed: number,
): Generator<LabelledImage> {
  const random = createRandom(seed);
  for (let index = 0; index < count; index++) {
    const vertical = set.draw(size, random);
    yield index % 2 === 0
      ? { cells: vertical, label: 0 }
      : { cells: transpose(vertical, size), label: 1 };
  }
}

/** A uniform whole number, both ends included. */
function between(least: number, most: number, random: Random): number {
  return least + random.below(Math.max(0, most - least) + 1);
}

function thickness(least: number, size: number, random: Random): number {
  return between(least, Math.max(least, Math.floor(size * THICKEST)), random);
}

/** A thick bar slanted by at most `STEEPEST` degrees, all of it within the image. */
function drawDiagonal(size: number, random: Random): Float64Array {
  const cells = new Float64Array(size * size);
  const slope = Math.tan(((2 * random.unit() - 1) * STEEPEST * Math.PI) / 180);
  const width = thickness(2, size, random);
  const fits = Math.floor((size - width) / Math.max(Math.abs(slope), 1e-9)) + 1;
  const shortest = Math.max(Math.ceil(size / 4), SLENDER * width);
  const length = between(shortest, Math.min(size, fits), random);
  const drift = Math.round(slope * (length - 1));
  const top = between(0, size - length, random);
  const left = between(Math.max(0, -drift), size - width - Math.max(0, drift), random);
  for (let step = 0; step < length; step++) {
    const from = left + Math.round(slope * step);
    cells.fill(1, (top + step) * size + from, (top + step) * size + from + width);
  }
  return cells;
}

/** One column with gaps, from edge to edge. */
function drawDotted(size: number, random: Random): Float64Array {
  const cells = new Float64Array(size * size);
  const column = random.below(size);
  drawRuns(size, random).forEach((lit, row) => (cells[row * size + column] = lit));
  return cells;
}

/** From edge to edge, alternating between two neighbouring columns in runs of equal length. */
function drawZigzag(size: number, random: Random): Float64Array {
  const cells = new Float64Array(size * size);
  const column = random.below(size - 1);
  const run = between(1, LONGEST_RUN, random);
  const phase = random.below(2 * run);
  for (let row = 0; row < size; row++) {
    cells[row * size + column + (Math.floor((row + phase) / run) % 2)] = 1;
  }
  return cells;
}

/** The border of a thick bar. */
function drawOutline(size: number, random: Random): Float64Array {
  const cells = new Float64Array(size * size);
  const width = thickness(3, size, random);
  const length = between(Math.max(Math.ceil(size / 2), width + 1), size, random);
  const top = between(0, size - length, random);
  const left = between(0, size - width, random);
  for (let row = top; row < top + length; row++) {
    const whole = row === top || row === top + length - 1;
    for (let column = left; column < left + width; column++) {
      const border = whole || column === left || column === left + width - 1;
      cells[row * size + column] = border ? 1 : 0;
    }
  }
  return cells;
}

/** A slanted bar whose rows come and go. */
function drawDottedDiagonal(size: number, random: Random): Float64Array {
  const cells = drawDiagonal(size, random);
  // Counted from the bar's first row, so that a short bar has its dots too.
  const top = Math.floor(cells.indexOf(1) / size);
  drawRuns(size, random).forEach((lit, step) => {
    if (lit === 0) cells.fill(0, (top + step) * size, (top + step + 1) * size);
  });
  return cells;
}

/** Dots and gaps in turn, each 1 to `LONGEST_RUN` long, starting with a dot; 1 where lit. */
function drawRuns(size: number, random: Random): Uint8Array {
  const runs = new Uint8Array(size);
  let lit = 1;
  for (let row = 0; row < size; lit = 1 - lit) {
    const end = Math.min(size, row + between(1, LONGEST_RUN, random));
    runs.fill(lit, row, end);
    row = end;
  }
  return runs;
}
