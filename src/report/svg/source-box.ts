/**
 * The weights on one source as a box: a line of cells as a strip, a table as a grid, more dimensions as
 * slices along the leading axes; the source's name above, and below it how many cells a square stands
 * for where that is more than one.
 */
import { drawGrid } from './grid.js';
import type { Grid, Matrix, Room } from './grid.js';
import { flow, stack, textBox } from './layout.js';
import type { Box } from './layout.js';
import type { SourceWeights } from './member-weights.js';

const STRIP_ROOM: Room = { width: 320, height: 16 };
const TABLE_ROOM: Room = { width: 200, height: 168 };
const SLICE_ROOM: Room = { width: 96, height: 96 };
const HEAT_MAP_ROOM: Room = { width: 440, height: 168 };

/** Slices that are drawn; of more, the first ones. */
const MOST_SLICES = 8;

const SLICE_GAP = 8;

/** The weights of one member on a source; `most` is the width that it may take. */
export function sourceBox(source: SourceWeights, largest: number, most: number): Box {
  const { shape, weights, name } = source;
  if (shape.length <= 1) {
    return titled(
      name,
      drawGrid({ rows: 1, columns: weights.length, weights }, largest, STRIP_ROOM),
    );
  }
  const rows = shape[shape.length - 2];
  const columns = shape[shape.length - 1];
  if (shape.length === 2)
    return titled(name, drawGrid({ rows, columns, weights }, largest, TABLE_ROOM));
  return slices(source, rows, columns, largest, most);
}

/** The weights of all members (rows) on all cells (columns) of a source. */
export function heatMap(name: string, matrix: Matrix, largest: number): Box {
  const grid = drawGrid(matrix, largest, HEAT_MAP_ROOM);
  return titled(`all ${matrix.rows} neurons (down) × cells of ${name} (right)`, grid);
}

function slices(
  { shape, weights, name }: SourceWeights,
  rows: number,
  columns: number,
  largest: number,
  most: number,
): Box {
  const leading = shape.slice(0, -2);
  const count = weights.length / (rows * columns);
  const shown = Math.min(count, MOST_SLICES);
  const boxes = Array.from({ length: shown }, (_, at) => {
    const part = weights.subarray(at * rows * columns, (at + 1) * rows * columns);
    const { box } = drawGrid({ rows, columns, weights: part }, largest, SLICE_ROOM);
    return stack([box, textBox('caption', sliceName(at, leading))]);
  });
  const title = shown === count ? name : `${name}, ${shown} of ${count} slices`;
  return stack([textBox('caption', title), flow(boxes, SLICE_GAP, most)]);
}

/** `[2, :, :]` */
function sliceName(at: number, leading: readonly number[]): string {
  const point: number[] = [];
  for (const extent of [...leading].reverse()) {
    point.unshift(at % extent);
    at = Math.floor(at / extent);
  }
  return `[${[...point, ':', ':'].join(', ')}]`;
}

function titled(name: string, { box, block }: Grid): Box {
  const [tall, wide] = block;
  const parts = [textBox('caption', name), box];
  if (tall * wide > 1)
    parts.push(textBox('caption', `a square: the largest of ${tall} × ${wide} cells`));
  return stack(parts);
}
