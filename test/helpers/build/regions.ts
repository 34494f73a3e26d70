/**
 * Families of regions of a tensor, each a list of members and a test of whether a cell belongs to one:
 * slices along some axes (rows, columns, lines and planes in three dimensions), diagonals, blocks and
 * windows, all-but-one, prefixes, suffixes, intervals, the upper triangle.
 */
import { indices, points } from '../zoo-tools.js';
import type { Point } from '../zoo-tools.js';
import { modulo } from './specimen.js';

export interface RegionFamily {
  readonly name: string;
  readonly shape: readonly number[];
  readonly members: readonly Point[];
  readonly contains: (cell: Point, member: Point) => boolean;
  /** Extents of the members where they fill a grid; else they stand in a row. */
  readonly grid?: readonly number[];
}

/** One region for each position on `axes`, which spans the other axes: rows are the slices of axis 0. */
export function slices(shape: readonly number[], axes: readonly number[]): RegionFamily {
  const grid = axes.map((axis) => shape[axis]);
  return {
    name: `slices ${axes.join()}`,
    shape,
    members: points(grid),
    contains: (cell, member) => axes.every((axis, k) => cell[axis] === member[k]),
    grid,
  };
}

/** Diagonals (column − row is constant) or anti-diagonals (column + row is), going around or not. */
export function diagonals(
  [rows, columns]: readonly [number, number],
  direction: 'falling' | 'rising',
  border: 'cut' | 'wrap' = 'cut',
): RegionFamily {
  const sign = direction === 'falling' ? -1 : 1;
  const least = direction === 'falling' ? 1 - rows : 0;
  const line = ([r, c]: Point): number =>
    border === 'wrap' ? modulo(c + sign * r, columns) : c + sign * r - least;
  return {
    name: `${direction} diagonals, ${border}`,
    shape: [rows, columns],
    members: indices(border === 'wrap' ? columns : rows + columns - 1).map((k) => [k]),
    contains: (cell, [member]) => line(cell) === member,
  };
}

/** Windows of a size every `stride` cells; blocks where the stride is the size. */
export function windows(
  shape: readonly number[],
  size: readonly number[],
  stride: readonly number[],
): RegionFamily {
  const grid = shape.map((extent, axis) => Math.floor((extent - size[axis]) / stride[axis]) + 1);
  return {
    name: `windows ${size.join('×')} every ${stride.join('×')}`,
    shape,
    members: points(grid),
    contains: (cell, member) =>
      cell.every((at, axis) => {
        const start = member[axis] * stride[axis];
        return at >= start && at < start + size[axis];
      }),
    grid,
  };
}

/** For each cell all the others. */
export function allButOne(shape: readonly number[]): RegionFamily {
  return {
    name: 'all but one',
    shape,
    members: points(shape),
    contains: (cell, member) => cell.some((at, axis) => at !== member[axis]),
    grid: shape,
  };
}

/** Cells up to each position (prefixes), or from it on (suffixes); corners of boxes in two dimensions. */
export function prefixes(shape: readonly number[], side: 'start' | 'end' = 'start'): RegionFamily {
  return {
    name: side === 'start' ? 'prefixes' : 'suffixes',
    shape,
    members: points(shape),
    contains: (cell, member) =>
      cell.every((at, axis) => (side === 'start' ? at <= member[axis] : at >= member[axis])),
    grid: shape,
  };
}

/** All intervals from i to j of a vector, i ≤ j. */
export function intervals(n: number): RegionFamily {
  return {
    name: 'intervals',
    shape: [n],
    members: points([n, n]).filter(([i, j]) => i <= j),
    contains: ([at], [i, j]) => at >= i && at <= j,
  };
}

/** The cells right of the main diagonal. */
export function upperTriangle(shape: readonly [number, number]): RegionFamily {
  return { name: 'upper triangle', shape, members: [[0]], contains: ([r, c]) => c > r };
}

/** Every `step`-th cell, a region for each start: combs. */
export function combs(n: number, step: number): RegionFamily {
  return {
    name: `combs of ${step}`,
    shape: [n],
    members: indices(step).map((k) => [k]),
    contains: ([at], [start]) => at % step === start,
  };
}

/** Unions of each cell with the one some places on: two parts with a gap between. */
export function separatedPairs(n: number, gap: number): RegionFamily {
  return {
    name: `pairs ${gap} apart`,
    shape: [n],
    members: indices(n - gap).map((k) => [k]),
    contains: ([at], [start]) => at === start || at === start + gap,
  };
}

/** Only some members of a family, by number: rows with gaps. */
export function onlySome(family: RegionFamily, kept: readonly number[]): RegionFamily {
  const { name, shape, contains, members } = family;
  return {
    name: `${name}, some missing`,
    shape,
    contains,
    members: kept.map((index) => members[index]),
  };
}
