/** The zoo's images: rows, columns, blocks, diagonals, lines and planes, never square only. */
import type { Network } from '../../src/ir/network.js';
import { beside, indices, layerOver, neuron, points, zooNetwork } from './zoo-tools.js';
import type { Exhibit, Point } from './zoo-tools.js';

const AXES = ['row', 'column'];
const on = (condition: boolean): number => (condition ? 1 : 0);

/** Which rows hold at least k cells. */
export function rowsAbove(rows: number, columns: number, k: number): Network {
  const cells = points([rows, columns]);
  return zooNetwork({
    name: 'rows above', input: 'image', shape: [rows, columns], axes: AXES,
    layers: [layerOver('step', cells, indices(rows), ([r], row) => on(r === row), 0.5 - k)],
  }); // prettier-ignore
}

/** Whether most columns have a majority of their cells on. */
export function columnMajority(rows: number, columns: number): Network {
  const cells = points([rows, columns]);
  return zooNetwork({
    name: 'column majority', input: 'votes', shape: [rows, columns], axes: ['voter', 'question'],
    layers: [
      layerOver('sign', cells, indices(columns), ([, c], column) => 2 * on(c === column), -rows),
      neuron('identity', columns, () => 1, 0),
    ],
    decision: { kind: 'threshold', threshold: 0 }, labels: ['rejected', 'accepted'],
  }); // prettier-ignore
}

/** Whether some k × k block is full. */
export function fullBlock(rows: number, columns: number, k: number): Network {
  const cells = points([rows, columns]);
  const corners = points([rows - k + 1, columns - k + 1]);
  const inside = ([r, c]: Point, [top, left]: Point): boolean =>
    r >= top && r < top + k && c >= left && c < left + k;
  return zooNetwork({
    name: 'full block', input: 'image', shape: [rows, columns], axes: AXES,
    layers: [
      layerOver('step', cells, corners, (cell, corner) => on(inside(cell, corner)), 0.5 - k * k),
      neuron('step', corners.length, () => 1, -0.5),
    ],
    decision: { kind: 'threshold', threshold: 0 }, labels: ['no block', 'block'],
  }); // prettier-ignore
}

/** Bingo: whether some row, column or (in a square) diagonal is full. */
export function bingo(rows: number, columns: number): Network {
  const cells = points([rows, columns]);
  const lines = [
    layerOver('step', cells, indices(rows), ([r], row) => on(r === row), 0.5 - columns),
    layerOver('step', cells, indices(columns), ([, c], column) => on(c === column), 0.5 - rows),
  ];
  if (rows === columns) {
    const diagonals = [([r, c]: Point) => on(r === c), ([r, c]: Point) => on(r + c === rows - 1)];
    lines.push(layerOver('step', cells, diagonals, (cell, weight) => weight(cell), 0.5 - rows));
  }
  const hidden = beside(...lines);
  return zooNetwork({
    name: 'bingo', input: 'card', shape: [rows, columns], axes: AXES,
    layers: [hidden, neuron('step', hidden.rows.length, () => 1, -0.5)],
    decision: { kind: 'threshold', threshold: 0 }, labels: ['not yet', 'bingo'],
  }); // prettier-ignore
}

/** Rows against columns of an image that is no square: Σ sign(columns · columnSum − rows · rowSum). */
export function rowsAgainstColumns(rows: number, columns: number): Network {
  const cells = points([rows, columns]);
  const pairs = points([rows, columns]);
  return zooNetwork({
    name: 'rows against columns', input: 'image', shape: [rows, columns], axes: AXES,
    layers: [
      layerOver('sign', cells, pairs,
        ([r, c], [row, column]) => columns * on(c === column) - rows * on(r === row), 0),
      neuron('identity', pairs.length, () => 1, 0),
    ],
    decision: { kind: 'sign' },
  }); // prettier-ignore
}

/** How many pairs of neighbouring rows are both full: three layers, a conjunction in the middle. */
export function neighbouringFullRows(rows: number, columns: number): Network {
  const cells = points([rows, columns]);
  return zooNetwork({
    name: 'neighbouring rows', input: 'image', shape: [rows, columns], axes: AXES,
    layers: [
      layerOver('step', cells, indices(rows), ([r], row) => on(r === row), 0.5 - columns),
      layerOver('step', points([rows]), indices(rows - 1),
        ([r], row) => on(r === row || r === row + 1), -1.5),
      neuron('identity', rows - 1, () => 1, 0),
    ],
  }); // prettier-ignore
}

/** Upper triangle against lower triangle. */
export function triangles(n: number): Network {
  const cells = points([n, n]);
  return zooNetwork({
    name: 'triangles', input: 'matrix', shape: [n, n], axes: AXES,
    layers: [layerOver('sign', cells, [0], ([r, c]) => Math.sign(c - r), 0)],
    decision: { kind: 'sign' },
  }); // prettier-ignore
}

/** The number of pairs in which a relation is not symmetric. */
export function asymmetries(n: number): Network {
  const cells = points([n, n]);
  const pairs = cells.filter(([a, b]) => a < b);
  const difference = ([r, c]: Point, [a, b]: Point): number =>
    on(r === a && c === b) - on(r === b && c === a);
  return zooNetwork({
    name: 'asymmetries', input: 'relation', shape: [n, n], axes: ['from', 'to'],
    layers: [
      beside(
        layerOver('step', cells, pairs, difference, -0.5),
        layerOver('step', cells, pairs, (cell, pair) => -difference(cell, pair), -0.5),
      ),
      neuron('identity', 2 * pairs.length, () => 1, 0),
    ],
  }); // prettier-ignore
}

/** Edges: cells that are on above a cell that is off. */
export function edges(rows: number, columns: number): Network {
  const cells = points([rows, columns]);
  return zooNetwork({
    name: 'edges', input: 'image', shape: [rows, columns], axes: AXES,
    layers: [
      layerOver('step', cells, points([rows - 1, columns]),
        ([r, c], [row, column]) => on(c === column) * (on(r === row) - on(r === row + 1)), -0.5),
    ],
    output: [rows - 1, columns],
  }); // prettier-ignore
}

/** Life without a torus: beyond the border everything is dead. */
export function lifeInABox(rows: number, columns: number): Network {
  const cells = points([rows, columns]);
  const weight = ([r, c]: Point, [row, column]: Point): number =>
    r === row && c === column ? 1 : 2 * on(Math.abs(r - row) <= 1 && Math.abs(c - column) <= 1);
  const hidden = beside(
    layerOver('step', cells, cells, weight, -4.5),
    layerOver('step', cells, cells, weight, -7.5),
  );
  return zooNetwork({
    name: 'life', input: 'board', shape: [rows, columns], axes: AXES,
    layers: [
      hidden,
      layerOver('identity', points([2, rows, columns]), cells,
        ([side, r, c], [row, column]) => on(r === row && c === column) * (side === 0 ? 1 : -1), 0),
    ],
    output: [rows, columns],
  }); // prettier-ignore
}

/** The border's cells against the interior's. */
export function borderAgainstInterior(rows: number, columns: number): Network {
  const border = ([r, c]: Point): boolean =>
    r === 0 || c === 0 || r === rows - 1 || c === columns - 1;
  return zooNetwork({
    name: 'border', input: 'image', shape: [rows, columns], axes: AXES,
    layers: [
      layerOver('sign', points([rows, columns]), [0], (cell) => (border(cell) ? 1 : -1), 0),
    ],
    decision: { kind: 'sign' },
  }); // prettier-ignore
}

/** Light against dark squares of a chess board. */
export function chessBoard(rows: number, columns: number): Network {
  return zooNetwork({
    name: 'chess board', input: 'board', shape: [rows, columns], axes: AXES,
    layers: [
      layerOver('sign', points([rows, columns]), [0], ([r, c]) => 1 - 2 * ((r + c) % 2), 0),
    ],
    decision: { kind: 'sign' },
  }); // prettier-ignore
}

/** Tic-tac-toe on {−1, 0, 1}: who has a line, x, nobody or o. */
export function ticTacToe(): Network {
  const cells = points([3, 3]);
  const lines: ((cell: Point) => boolean)[] = [
    ...indices(3).map(
      (row) =>
        ([r]: Point) =>
          r === row,
    ),
    ...indices(3).map(
      (column) =>
        ([, c]: Point) =>
          c === column,
    ),
    ([r, c]) => r === c,
    ([r, c]) => r + c === 2,
  ];
  const player = (sign: number) =>
    layerOver('step', cells, lines, (cell, line) => sign * on(line(cell)), -2.5);
  return zooNetwork({
    name: 'tic tac toe', input: 'board', shape: [3, 3], axes: AXES,
    domain: { kind: 'values', values: [-1, 0, 1] },
    layers: [
      beside(player(1), player(-1)),
      layerOver('identity', points([2, 8]), [0, 1, 2],
        ([side], output) => (output === 1 ? 0 : on(side === (output === 0 ? 0 : 1))),
        (output) => (output === 1 ? 0.5 : 0)),
    ],
    labels: ['x', 'nobody', 'o'], decision: { kind: 'argmax' },
  }); // prettier-ignore
}

/** The number of full lines along each axis of a cube, as three scores. */
export function linesInThreeDimensions(shape: readonly [number, number, number]): Network {
  const cells = points(shape);
  const along = indices(3).map((axis) => {
    const others = shape.map((extent, k) => (k === axis ? 1 : extent));
    return layerOver('step', cells, points(others),
      (cell, line) => on(cell.every((at, k) => k === axis || at === line[k])), 0.5 - shape[axis]);
  }); // prettier-ignore
  const counts = along.map(({ rows }) => rows.length);
  const owner = counts.flatMap((count, axis) => indices(count).map(() => [axis]));
  return zooNetwork({
    name: 'lines', input: 'volume', shape, axes: ['x', 'y', 'z'],
    layers: [
      beside(...along),
      layerOver('identity', owner, [0, 1, 2], ([axis], output) => on(axis === output), 0),
    ],
    labels: ['along x', 'along y', 'along z'], decision: { kind: 'argmax' },
  }); // prettier-ignore
}

/** Which planes of a volume are more than half full. */
export function planes(shape: readonly [number, number, number]): Network {
  const cells = points(shape);
  const half = (shape[1] * shape[2]) / 2;
  return zooNetwork({
    name: 'planes', input: 'volume', shape, axes: ['layer', 'row', 'column'],
    layers: [
      layerOver('step', cells, indices(shape[0]), ([k], plane) => on(k === plane), -half),
    ],
  }); // prettier-ignore
}

export const IMAGES: readonly Exhibit[] = [
  { name: 'rows-above', network: rowsAbove(5, 3, 2) },
  { name: 'column-majority', network: columnMajority(5, 4) },
  { name: 'full-block', network: fullBlock(5, 7, 3) },
  { name: 'bingo-4x6', network: bingo(4, 6) },
  { name: 'bingo-5x5', network: bingo(5, 5) },
  { name: 'rows-against-columns', network: rowsAgainstColumns(3, 5) },
  { name: 'neighbouring-full-rows', network: neighbouringFullRows(6, 4) },
  { name: 'triangles', network: triangles(5) },
  { name: 'asymmetries', network: asymmetries(5) },
  { name: 'edges', network: edges(4, 6) },
  { name: 'life-in-a-box', network: lifeInABox(4, 5) },
  { name: 'border', network: borderAgainstInterior(5, 7) },
  { name: 'chess-board', network: chessBoard(6, 4) },
  { name: 'tic-tac-toe', network: ticTacToe() },
  { name: 'lines-3d', network: linesInThreeDimensions([2, 3, 4]) },
  { name: 'planes-3d', network: planes([4, 3, 2]) },
];
