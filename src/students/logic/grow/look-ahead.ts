/**
 * Two splits at once, where one alone gains next to nothing: of x > 5 XOR y > 5 no single threshold tells
 * anything. Some of the rows are counted in a coarse grid over every pair of features; prefix sums give the
 * best pair of splits, and the first of them is then placed exactly by all rows of the node.
 *
 *        y │ 0 1
 *          │ 1 0     x gains nothing, x and then y gain all
 *          └──── x
 */
import type { Axis } from './axes.js';
import { middleOf } from './best-split.js';
import type { AxisChoice } from './best-split.js';
import type { RowStore } from './row-store.js';
import type { Measure, Statistics } from './statistics.js';
import { vectorOf } from './vectors.js';
import type { Vectors } from './vectors.js';
import { placeExactly } from './place-exactly.js';

/** Cells of the grid along a feature: each holds about as many rows. */
const CELLS = 6;

/** Rows that are counted at most, and below which a pair is chance. */
const MOST_ROWS = 1024;
const FEWEST_ROWS = 24;

/** Splits that gain less of the impurity than this are doubted. */
export const DOUBTED_SHARE = 0.05;

/** Share of the impurity that a pair gains at least; of few rows more, since chance gains some as well. */
const LEAST_SHARE = 0.1;
const CHANCE_ROWS = 40;

/** How much more a pair gains than the best one that starts with the doubted split's feature. */
const ADVANTAGE = 1.1;

/** A pair takes three splits. */
const SPLITS = 3;

interface Pair {
  readonly first: number;
  readonly second: number;
  readonly gain: number;
  /** Cells below the cut of the first feature, and of the second on the side where it gains most. */
  readonly firstCut: number;
  readonly secondCut: number;
}

/** The better first split, or what was found without looking ahead. */
export function lookAhead(
  store: RowStore,
  axes: readonly Axis[],
  node: { readonly orders: readonly Uint32Array[]; readonly start: number; readonly end: number },
  statistics: Statistics,
  measure: Measure,
  minSupport: number,
  doubted: AxisChoice | undefined,
): AxisChoice | undefined {
  const { orders, start, end } = node;
  const count = end - start;
  const open = axes.flatMap((axis, k) => (axis.isGroup || axis.monotone !== 0 ? [] : [k]));
  if (count < FEWEST_ROWS || open.length < 2) return doubted;
  const stride = Math.max(1, count / MOST_ROWS);
  const rows = Uint32Array.from(
    { length: Math.min(count, MOST_ROWS) },
    (_, k) => orders[0][start + Math.floor(k * stride)],
  );
  const edges = open.map((k) => edgesOf(store.columns[axes[k].column], orders[k], start, end));
  const cells = open.map((k, position) =>
    cellsOf(store.columns[axes[k].column], rows, edges[position]),
  );
  const vectors = vectorOf(store, measure, statistics);
  const pairs = bestPairs(cells, rows, vectors);
  const best = pairs.reduce((a, b) => (b.gain > a.gain ? b : a));
  const own = pairs.find(({ first }) => axes[open[first]] === doubted?.axis)?.gain ?? 0;
  const whole = statistics.impurity * (rows.length / count);
  const least = Math.max(whole * (LEAST_SHARE + CHANCE_ROWS / rows.length), ADVANTAGE * own);
  if (!(best.gain > least)) return doubted;
  const [first, second] = [open[best.first], open[best.second]];
  const at = placeExactly(vectors, [
    { column: store.columns[axes[first].column], order: orders[first], start, end },
    { column: store.columns[axes[second].column], order: orders[second], start, end },
  ], edges[best.second][best.secondCut - 1]); // prettier-ignore
  if (at === undefined || Math.min(at - start, end - at) < minSupport) return doubted;
  const column = store.columns[axes[first].column];
  const [low, high] = [column[orders[first][at - 1]], column[orders[first][at]]];
  const gain = (best.gain * count) / rows.length / SPLITS;
  const threshold = middleOf(low, high);
  return { kind: 'above', axis: axes[first], gain, low, high, threshold, isAhead: true };
}

/** Upper ends of all cells but the last, at equal shares of the rows. */
function edgesOf(column: Float64Array, order: Uint32Array, start: number, end: number) {
  return Float64Array.from({ length: CELLS - 1 }, (_, k) => {
    const place = start + Math.floor(((k + 1) * (end - start)) / CELLS);
    return column[order[Math.max(start, place - 1)]];
  });
}

function cellsOf(column: Float64Array, rows: Uint32Array, edges: Float64Array): Uint8Array {
  return Uint8Array.from(rows, (row) => {
    let cell = 0;
    while (cell < edges.length && column[row] > edges[cell]) cell++;
    return cell;
  });
}

/** For each feature the best pair that starts with it. */
function bestPairs(
  cells: readonly Uint8Array[],
  rows: Uint32Array,
  vectors: Vectors,
): readonly Pair[] {
  const best = cells.map((_, first): Pair => ({ first, second: 0, gain: 0, firstCut: 1, secondCut: 1 })); // prettier-ignore
  for (let first = 0; first < cells.length; first++) {
    for (let second = first + 1; second < cells.length; second++) {
      const grid = gridOf(cells[first], cells[second], rows, vectors);
      for (const [a, b, isTurned] of [
        [first, second, false],
        [second, first, true],
      ] as const) {
        // prettier-ignore
        const found = bestCuts(grid, vectors, isTurned);
        if (found.gain > best[a].gain) best[a] = { first: a, second: b, ...found };
      }
    }
  }
  return best;
}

/** Sums of the weights and targets of all cells below: [i][j] counts those with numbers < i and < j. */
function gridOf(
  first: Uint8Array,
  second: Uint8Array,
  rows: Uint32Array,
  { size, addTo }: Vectors,
): Float64Array {
  const side = CELLS + 1;
  const grid = new Float64Array(side * side * size);
  rows.forEach((row, k) => addTo(grid, ((first[k] + 1) * side + second[k] + 1) * size, row));
  for (let i = 1; i < side; i++) {
    for (let j = 1; j < side; j++) {
      for (let k = 0; k < size; k++) {
        grid[(i * side + j) * size + k] +=
          grid[((i - 1) * side + j) * size + k] +
          grid[(i * side + j - 1) * size + k] -
          grid[((i - 1) * side + j - 1) * size + k];
      }
    }
  }
  return grid;
}

function bestCuts(
  grid: Float64Array,
  { size, scoreOf }: Vectors,
  isTurned: boolean,
): Pick<Pair, 'gain' | 'firstCut' | 'secondCut'> {
  const side = CELLS + 1;
  const at = (i: number, j: number): number => (isTurned ? j * side + i : i * side + j) * size;
  const sum = new Float64Array(size);
  /** The score of the cells from `i` to below `upper`, and from `j` to below `right`. */
  const scoreIn = (i: number, upper: number, j: number, right: number): number => {
    for (let k = 0; k < size; k++) {
      sum[k] =
        grid[at(upper, right) + k] -
        grid[at(i, right) + k] -
        grid[at(upper, j) + k] +
        grid[at(i, j) + k];
    }
    return scoreOf(sum);
  };
  const base = scoreIn(0, CELLS, 0, CELLS);
  let best = { gain: 0, firstCut: 1, secondCut: 1 };
  for (let cut = 1; cut < CELLS; cut++) {
    let [total, most, secondCut] = [0, -1, 1];
    for (const [from, to] of [
      [0, cut],
      [cut, CELLS],
    ] as const) {
      // prettier-ignore
      const whole = scoreIn(from, to, 0, CELLS);
      let [score, place] = [whole, 0];
      for (let j = 1; j < CELLS; j++) {
        const found = scoreIn(from, to, 0, j) + scoreIn(from, to, j, CELLS);
        if (found > score) [score, place] = [found, j];
      }
      total += score;
      if (place > 0 && score - whole > most) [most, secondCut] = [score - whole, place];
    }
    if (total - base > best.gain) best = { gain: total - base, firstCut: cut, secondCut };
  }
  return best;
}
