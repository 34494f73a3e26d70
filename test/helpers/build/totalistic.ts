/**
 * Outer-totalistic rules on a grid, such as Life (born with 3 neighbours, alive with 2 or 3): each cell
 * looks at its own state and at the number of its neighbours that are alive.
 *
 *   one sum     thresholds on 2·neighbours + alive, then differences
 *   conditions  counts and own state apart, then conjunctions, then their disjunction
 */
import type { Point } from '../zoo-tools.js';
import { beside, layerOver, points, zooNetwork } from '../zoo-tools.js';
import type { LayerSpec } from '../networks.js';
import { modulo, readTruths, truthValue } from './specimen.js';
import type { Flat, Gate, Reader, Specimen } from './specimen.js';

export interface TotalisticOptions {
  readonly rows: number;
  readonly columns: number;
  readonly border: 'wrap' | 'zero';
  /** Numbers of neighbours with which a dead cell comes to life; Life's unless given. */
  readonly birth?: readonly number[];
  readonly survival?: readonly number[];
  readonly encoding?: 'one sum' | 'conditions';
  readonly hidden?: Gate;
  readonly output?: Reader;
}

const NEIGHBOURS: readonly Point[] = points([3, 3])
  .map(([r, c]) => [r - 1, c - 1])
  .filter(([r, c]) => r !== 0 || c !== 0);

/** The network of one step of an outer-totalistic rule. */
export function totalistic(options: TotalisticOptions): Specimen {
  const { rows, columns, border, encoding = 'one sum', output = 'step' } = options;
  const { birth = [3], survival = [2, 3] } = options;
  const name = `life B${birth.join('')}/S${survival.join('')}`;
  return {
    name: `${name}, ${rows} × ${columns}, ${border} border, ${encoding}`,
    network: zooNetwork({
      name: 'life',
      input: 'board',
      shape: [rows, columns],
      axes: ['row', 'column'],
      layers: encoding === 'one sum' ? oneSum(options) : conditions(options),
      output: [rows, columns],
    }),
    reference: (board) =>
      points([rows, columns]).map(([row, column]) => {
        const alive = board[row * columns + column] === 1;
        const count = countNeighbours(board, row, column, options);
        return truthValue((alive ? survival : birth).includes(count), output);
      }),
  };
}

function countNeighbours(
  board: Flat,
  row: number,
  column: number,
  { rows, columns, border }: TotalisticOptions,
): number {
  let count = 0;
  for (const [down, right] of NEIGHBOURS) {
    const [r, c] = [row + down, column + right];
    const inside = r >= 0 && r < rows && c >= 0 && c < columns;
    if (border === 'zero' && !inside) continue;
    count += board[modulo(r, rows) * columns + modulo(c, columns)];
  }
  return count;
}

/** How often a cell is a neighbour of another; more than once on boards of one or two lines. */
function adjacency({
  rows,
  columns,
  border,
}: TotalisticOptions): (cell: Point, own: Point) => number {
  return ([r, c], [row, column]) =>
    NEIGHBOURS.filter(([down, right]) => {
      const [y, x] = [row + down, column + right];
      if (border === 'zero') return y === r && x === c;
      return modulo(y, rows) === r && modulo(x, columns) === c;
    }).length;
}

function oneSum(options: TotalisticOptions): readonly LayerSpec[] {
  const { rows, columns, birth = [3], survival = [2, 3], hidden = 'step' } = options;
  const cells = points([rows, columns]);
  const adjacent = adjacency(options);
  const next = (sum: number): number =>
    (sum % 2 === 0 ? birth : survival).includes(Math.floor(sum / 2)) ? 1 : 0;
  const changes = Array.from({ length: 18 }, (_, sum) => sum).filter(
    (sum) => (sum === 0 ? 0 : next(sum - 1)) !== next(sum) && sum > 0,
  );
  const kinds = changes.length === 0 ? [18] : changes;
  const weight = (cell: Point, own: Point): number =>
    2 * adjacent(cell, own) + (isSame(cell, own) ? 1 : 0);
  return [
    beside(...kinds.map((sum) => layerOver(hidden, cells, cells, weight, 0.5 - sum))),
    readTruths(
      cells.map((own) => ({
        coefficients: kinds.flatMap((sum) =>
          cells.map((cell) => (isSame(cell, own) && sum < 18 ? next(sum) - next(sum - 1) : 0)),
        ),
        constant: next(0) - (options.output === 'identity' ? 0 : 0.5),
      })),
      hidden,
      options.output ?? 'step',
    ),
  ];
}

function conditions(options: TotalisticOptions): readonly LayerSpec[] {
  const { rows, columns, birth = [3], survival = [2, 3] } = options;
  const hidden = options.hidden ?? 'step';
  const cells = points([rows, columns]);
  const adjacent = adjacency(options);
  const counts = [
    ...new Set([...birth, ...survival].flatMap((count) => [count, count + 1])),
  ].sort();
  const cases = [
    ...birth.map((count) => ({ count, alive: false })),
    ...survival.map((count) => ({ count, alive: true })),
  ];
  const first = beside(
    layerOver(hidden, cells, cells, (cell, own) => (isSame(cell, own) ? 1 : 0), -0.5),
    ...counts.map((count) => layerOver(hidden, cells, cells, adjacent, 0.5 - count)),
  );
  const exactly = cases.flatMap(({ count, alive }) =>
    cells.map((own) => ({
      coefficients: ['alive' as const, ...counts].flatMap((kind) =>
        cells.map((cell) => {
          if (!isSame(cell, own)) return 0;
          if (kind === 'alive') return alive ? 1 : -1;
          return kind === count ? 1 : kind === count + 1 ? -1 : 0;
        }),
      ),
      constant: alive ? -1.5 : -0.5,
    })),
  );
  const some = cells.map((own) => ({
    coefficients: cases.flatMap(() => cells.map((cell) => (isSame(cell, own) ? 1 : 0))),
    constant: options.output === 'identity' ? 0 : -0.5,
  }));
  return [
    first,
    readTruths(exactly, hidden, hidden),
    readTruths(some, hidden, options.output ?? 'step'),
  ];
}

function isSame(left: Point, right: Point): boolean {
  return left.every((value, axis) => value === right[axis]);
}
