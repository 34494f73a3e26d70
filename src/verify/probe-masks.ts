/**
 * Shapes that probes draw: which cells of a tensor stand out from the background. Any number of
 * axes; each shape is one entry of the table `MASKS`, in a fixed order.
 *
 *   slab  ...#...     crossing  ...#...     box  .......     stripes  #..#..#
 *         ...#...               #######          ..###..              ..#..#.
 *         ...#...               ...#...          ..###..              .#..#..
 */
import { sizeOf } from '../ir/model-interface.js';
import type { Random } from '../numeric/random.js';

/** One cell each, row-major: 1 where the cell stands out. */
export type Mask = Uint8Array;

interface NamedMask {
  readonly name: string;
  readonly draw: (shape: readonly number[], random: Random) => Mask;
}

/** Most cells that `few` lets stand out: sparse in any tensor, yet enough for a pair of pairs. */
const FEW = 5;

/** Share of cells that noise flips, at most: a bar stays visible under it. */
const NOISE = 0.2;

export const MASKS: readonly NamedMask[] = [
  { name: 'density', draw: (shape, random) => scatter(shape, random.unit(), random) },
  { name: 'sparse', draw: (shape, random) => few(shape, random) },
  { name: 'slab', draw: (shape, random) => slab(shape, random.below(shape.length), random) },
  { name: 'crossing', draw: crossing },
  { name: 'box', draw: (shape, random) => box(shape, random) },
  { name: 'frame', draw: frame },
  { name: 'stripes', draw: stripes },
  { name: 'noisy slab', draw: (shape, random) => noisy(crossing(shape, random), random) },
  { name: 'repeated line', draw: repeatedLine },
];

/** Row-major strides: how far apart neighbours along each axis lie. */
function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1] * shape[axis + 1];
  }
  return strides;
}

/** The mask of all cells whose coordinates satisfy `holds`. */
function maskWhere(
  shape: readonly number[],
  holds: (coordinates: readonly number[]) => boolean,
): Mask {
  const strides = stridesOf(shape);
  const coordinates = new Array<number>(shape.length).fill(0);
  return Uint8Array.from({ length: sizeOf(shape) }, (_, cell) => {
    for (let axis = 0; axis < shape.length; axis++) {
      coordinates[axis] = Math.floor(cell / strides[axis]) % shape[axis];
    }
    return holds(coordinates) ? 1 : 0;
  });
}

function scatter(shape: readonly number[], density: number, random: Random): Mask {
  return maskWhere(shape, () => random.unit() < density);
}

function few(shape: readonly number[], random: Random): Mask {
  const mask = new Uint8Array(sizeOf(shape));
  for (let count = random.below(FEW) + 1; count > 0; count--) mask[random.below(mask.length)] = 1;
  return mask;
}

/** One to two positions along `axis`, everything across. */
function slab(shape: readonly number[], axis: number, random: Random): Mask {
  const first = random.below(shape[axis]);
  const second = random.unit() < 0.5 ? first : random.below(shape[axis]);
  return maskWhere(shape, (at) => at[axis] === first || at[axis] === second);
}

/** Slabs along one or two axes together. */
function crossing(shape: readonly number[], random: Random): Mask {
  const mask = slab(shape, random.below(shape.length), random);
  if (random.unit() < 0.5) return mask;
  const other = slab(shape, random.below(shape.length), random);
  return mask.map((cell, index) => cell | other[index]);
}

function ranges(shape: readonly number[], random: Random): [from: number, to: number][] {
  return shape.map((extent) => {
    const ends = [random.below(extent), random.below(extent)];
    return [Math.min(...ends), Math.max(...ends)];
  });
}

function box(shape: readonly number[], random: Random): Mask {
  const sides = ranges(shape, random);
  return maskWhere(shape, (at) =>
    sides.every(([from, to], axis) => at[axis] >= from && at[axis] <= to),
  );
}

/** The border of a box. */
function frame(shape: readonly number[], random: Random): Mask {
  const sides = ranges(shape, random);
  return maskWhere(
    shape,
    (at) =>
      sides.every(([from, to], axis) => at[axis] >= from && at[axis] <= to) &&
      sides.some(([from, to], axis) => at[axis] === from || at[axis] === to),
  );
}

/** Diagonals, checkerboards, combs: a random linear form of the coordinates modulo a period. */
function stripes(shape: readonly number[], random: Random): Mask {
  const slopes = shape.map(() => random.below(5) - 2);
  const period = random.below(6) + 2;
  const width = random.below(period - 1) + 1;
  return maskWhere(shape, (at) => {
    const form = at.reduce((sum, position, axis) => sum + slopes[axis] * position, 0);
    return (((form % period) + period) % period) < width; // prettier-ignore
  });
}

function noisy(mask: Mask, random: Random): Mask {
  const share = NOISE * random.unit();
  return mask.map((cell) => (random.unit() < share ? 1 - cell : cell));
}

/** One random line at every position of an axis, then at most two cells flipped: near-equal lines. */
function repeatedLine(shape: readonly number[], random: Random): Mask {
  if (shape.length === 0) return Uint8Array.of(random.below(2));
  const axis = random.below(shape.length);
  const across = stridesOf(shape);
  const line = scatter(shape, random.unit(), random);
  let cell = 0;
  const mask = maskWhere(shape, (at) => line[cell++ - at[axis] * across[axis]] === 1);
  for (let flips = random.below(3); flips > 0; flips--) {
    const flipped = random.below(mask.length);
    mask[flipped] = 1 - mask[flipped];
  }
  return mask;
}
