/**
 * A grid of weights as a box: cells coloured by level, empty ones as ground. A grid too large for two
 * pixels a cell is drawn in blocks, each with the weight of largest size among its cells, and says so.
 */
import { levelClass, levelOf } from './colours.js';
import type { Box } from './layout.js';
import { pathElement, rectElement, rectOutline } from './markup.js';

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row-major; NaN where there is no cell. */
  readonly weights: Float64Array;
}

/** The pixels that a grid may take; cells are at least 2 and at most 16 wide. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

const SMALLEST_CELL = 2;
const LARGEST_CELL = 16;

/** Strips are at least this high. */
const STRIP_HEIGHT = 12;

/** Cells from this size on are set apart by lines. */
const LINED_CELL = 5;

/** A drawn grid, and how many source cells (rows × columns) one of its squares stands for. */
export interface Grid {
  readonly box: Box;
  readonly block: readonly [rows: number, columns: number];
}

/** The grid of a matrix; `largest` is the size of the weight with full colour. */
export function drawGrid(matrix: Matrix, largest: number, room: Room): Grid {
  const block = [
    Math.ceil((matrix.rows * SMALLEST_CELL) / room.height),
    Math.ceil((matrix.columns * SMALLEST_CELL) / room.width),
  ] as const;
  const shown = inBlocks(matrix, block);
  const fitting = Math.min(
    Math.floor(room.width / shown.columns),
    Math.floor(room.height / shown.rows),
  );
  const size = Math.min(LARGEST_CELL, Math.max(SMALLEST_CELL, fitting));
  const high = shown.rows === 1 ? Math.max(size, STRIP_HEIGHT) : size;
  const box: Box = {
    width: shown.columns * size,
    height: shown.rows * high,
    draw: (x, y) => cells(shown, largest, size, high, x, y),
  };
  return { box, block };
}

/** Blocks of cells as one cell each, with the weight of largest size (the first of equal ones). */
function inBlocks(matrix: Matrix, [tall, wide]: readonly [number, number]): Matrix {
  if (tall === 1 && wide === 1) return matrix;
  const rows = Math.ceil(matrix.rows / tall);
  const columns = Math.ceil(matrix.columns / wide);
  const weights = new Float64Array(rows * columns).fill(NaN);
  for (let row = 0; row < matrix.rows; row++) {
    for (let column = 0; column < matrix.columns; column++) {
      const weight = matrix.weights[row * matrix.columns + column];
      const at = Math.floor(row / tall) * columns + Math.floor(column / wide);
      const known = weights[at];
      if (Number.isNaN(known) || Math.abs(weight) > Math.abs(known)) weights[at] = weight;
    }
  }
  return { rows, columns, weights };
}

/** Runs of equal level in a row are one outline; lines between the cells are laid over them. */
function cells(
  { rows, columns, weights }: Matrix,
  largest: number,
  size: number,
  high: number,
  x: number,
  y: number,
): string {
  const outlines = new Map<string, string[]>();
  const kindAt = (at: number): string => {
    if (Number.isNaN(weights[at])) return 'page';
    const level = levelOf(weights[at], largest);
    return level === 0 ? 'empty' : levelClass(level);
  };
  for (let row = 0; row < rows; row++) {
    for (let start = 0; start < columns;) {
      const kind = kindAt(row * columns + start);
      let end = start + 1;
      while (end < columns && kindAt(row * columns + end) === kind) end++;
      if (kind !== 'empty') {
        const outline = rectOutline(x + start * size, y + row * high, (end - start) * size, high);
        const known = outlines.get(kind);
        if (known === undefined) outlines.set(kind, [outline]);
        else known.push(outline);
      }
      start = end;
    }
  }
  const kinds = [...outlines.keys()].sort();
  return [
    rectElement('empty', x, y, columns * size, rows * high),
    ...kinds.map((kind) => pathElement(kind, outlines.get(kind) ?? [])),
    size < LINED_CELL ? '' : lines(rows, columns, size, high, x, y),
  ].join('');
}

function lines(
  rows: number,
  columns: number,
  size: number,
  high: number,
  x: number,
  y: number,
): string {
  const outlines: string[] = [];
  for (let row = 1; row < rows; row++) outlines.push(`M${x} ${y + row * high}h${columns * size}`);
  for (let column = 1; column < columns; column++) {
    outlines.push(`M${x + column * size} ${y}v${rows * high}`);
  }
  return pathElement('lines', outlines);
}
