/**
 * The decision diagram of [Σ wₖ·xₖ ≥ n] over cells, without the detour over the values of the sum: for
 * each suffix of the cells, bounds between which the answer is the same function share one node
 * (Abío, Nieuwenhuis, Oliveras, Rodríguez-Carbonell, Mayer-Eichberger, "A new look at BDDs for
 * pseudo-Boolean constraints", 2012, section 4). The work is proportional to the diagram's size.
 */
import type { Diagrams } from './diagrams.js';

/** One cell of the sum: its level, and what each of its values contributes. */
export interface Term {
  readonly level: number;
  readonly parts: readonly number[];
}

/** For bounds from `low` to `high`, both included, the answer is `node`. */
interface Interval {
  readonly low: number;
  readonly high: number;
  readonly node: number;
}

/** The node of [Σ parts ≥ bound]; terms by ascending level, all numbers integers below 2^53. */
export function thresholdDiagram(
  diagrams: Diagrams,
  terms: readonly Term[],
  bound: number,
): number {
  const [never, always] = [diagrams.leaf(0), diagrams.leaf(1)];
  const lows = new Float64Array(terms.length + 1);
  const highs = new Float64Array(terms.length + 1);
  for (let k = terms.length - 1; k >= 0; k--) {
    lows[k] = lows[k + 1] + Math.min(...terms[k].parts);
    highs[k] = highs[k + 1] + Math.max(...terms[k].parts);
  }
  const known: Interval[][] = terms.map(() => []);
  const build = (k: number, wanted: number): Interval => {
    if (wanted <= lows[k]) return { low: -Infinity, high: lows[k], node: always };
    if (wanted > highs[k]) return { low: highs[k] + 1, high: Infinity, node: never };
    const row = known[k];
    const place = placeOf(row, wanted);
    if (place < row.length && row[place].low <= wanted) return row[place];
    let [low, high] = [-Infinity, Infinity];
    const children: number[] = [];
    for (const part of terms[k].parts) {
      const child = build(k + 1, wanted - part);
      low = Math.max(low, child.low + part);
      high = Math.min(high, child.high + part);
      children.push(child.node);
    }
    const interval = { low, high, node: diagrams.node(terms[k].level, children) };
    row.splice(placeOf(row, wanted), 0, interval);
    return interval;
  };
  return build(0, bound).node;
}

/** The first interval that ends at or behind a bound. */
function placeOf(row: readonly Interval[], bound: number): number {
  let [from, to] = [0, row.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (row[middle].high < bound) from = middle + 1;
    else to = middle;
  }
  return from;
}
