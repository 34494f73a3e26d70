/**
 * Where two thresholds that only gain together lie exactly: in turn each is placed best between the rows while
 * the other stands still, which cuts the rows into four parts.
 */
import type { Vectors } from './vectors.js';

/** The rows of a node in the order of a column. */
export interface OrderedRows {
  readonly column: Float64Array;
  readonly order: Uint32Array;
  readonly start: number;
  readonly end: number;
}

/** Times that both thresholds are placed; the second time they hardly move. */
const TURNS = 3;

/**
 * @param threshold of the second feature, where to start.
 * @returns the place of the first feature's upper side in its order; `undefined` where there is none.
 */
export function placeExactly(
  vectors: Vectors,
  [first, second]: readonly [OrderedRows, OrderedRows],
  threshold: number,
): number | undefined {
  let other = threshold;
  for (let turn = 1; ; turn++) {
    const at = bestPlace(vectors, first, second.column, other);
    if (at === undefined || turn === TURNS) return at;
    const below = first.column[first.order[at - 1]];
    const back = bestPlace(vectors, second, first.column, below);
    if (back === undefined) return at;
    other = second.column[second.order[back - 1]];
  }
}

/** The place where the four parts are purest. */
function bestPlace(
  { size, addTo, scoreOf }: Vectors,
  { column, order, start, end }: OrderedRows,
  others: Float64Array,
  threshold: number,
): number | undefined {
  const below = [new Float64Array(size), new Float64Array(size)];
  const above = [new Float64Array(size), new Float64Array(size)];
  const row = new Float64Array(size);
  for (let place = start; place < end; place++) {
    addTo(above[others[order[place]] > threshold ? 1 : 0], 0, order[place]);
  }
  let at: number | undefined;
  let best = scoreOf(above[0]) + scoreOf(above[1]);
  for (let place = start; place < end; place++) {
    const isNew = place > start && column[order[place - 1]] !== column[order[place]];
    if (isNew) {
      const score = [...below, ...above].reduce((sum, part) => sum + scoreOf(part), 0);
      if (score > best) {
        best = score;
        at = place;
      }
    }
    row.fill(0);
    addTo(row, 0, order[place]);
    const part = others[order[place]] > threshold ? 1 : 0;
    for (let k = 0; k < size; k++) {
      below[part][k] += row[k];
      above[part][k] -= row[k];
    }
  }
  return at;
}
