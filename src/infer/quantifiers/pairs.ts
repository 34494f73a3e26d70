/**
 * Points that compare one cell each with all the others: what every pair (own cell, other cell) adds
 * to a point's sum when the own cell is larger, equal, smaller. Gates may compare either way round and
 * sit in either point of a pair: step(x_j − x_i) is 1 − [x_i ≥ x_j].
 */
import type { Circuit, Linear } from '../recurrence/circuit.js';
import { applyActivation } from '../tabulate.js';

/** What a pair adds; equality adds nothing (that is moved into the constant). */
export interface PairWeights {
  readonly larger: number;
  readonly smaller: number;
}

export interface PairedPoint {
  /** The cell that is compared with all others. */
  readonly own: number;
  /** By the other cell. */
  readonly pairs: ReadonlyMap<number, PairWeights>;
  /** The sum when all cells are equal. */
  readonly constant: number;
}

/** Value of a gate when its first cell is smaller than, equal to, larger than its second one. */
interface Comparison {
  readonly first: number;
  readonly second: number;
  readonly values: readonly [smaller: number, equal: number, larger: number];
}

/** The point whose sum this is; `undefined` unless it compares one cell with at least two others. */
export function pairedPoint(circuit: Circuit, sum: Linear): PairedPoint | undefined {
  const comparisons: (Comparison & { readonly weight: number })[] = [];
  for (let k = 0; k < sum.signals.length; k++) {
    const signal = sum.signals[k];
    const comparison = signal < circuit.cells ? undefined : comparisonOf(circuit, signal);
    if (comparison === undefined) return undefined;
    comparisons.push({ ...comparison, weight: sum.weights[k] });
  }
  const own = commonCell(comparisons);
  if (own === undefined) return undefined;
  const pairs = new Map<number, PairWeights>();
  let { constant } = sum;
  for (const { first, second, values, weight } of comparisons) {
    const [smaller, equal, larger] = first === own ? values : [...values].reverse();
    const other = first === own ? second : first;
    const known = pairs.get(other) ?? { larger: 0, smaller: 0 };
    pairs.set(other, {
      larger: known.larger + weight * (larger - equal),
      smaller: known.smaller + weight * (smaller - equal),
    });
    constant += weight * equal;
  }
  return { own, pairs, constant };
}

/** The one cell that all comparisons read; `undefined` if there is none or the choice is open. */
function commonCell(comparisons: readonly Comparison[]): number | undefined {
  if (comparisons.length === 0) return undefined;
  const [{ first, second }] = comparisons;
  const others = new Set(comparisons.flatMap((one) => [one.first, one.second]));
  if (others.size < 3) return undefined;
  return [first, second].find((cell) =>
    comparisons.every((one) => one.first === cell || one.second === cell),
  );
}

/** A gate that decides by the order of two cells alone. */
function comparisonOf(circuit: Circuit, signal: number): Comparison | undefined {
  const { activation, sum } = circuit.gates[signal - circuit.cells];
  if (sum.signals.length !== 2) return undefined;
  const [first, second] = [sum.signals[0], sum.signals[1]];
  const [weight, opposite] = [sum.weights[0], sum.weights[1]];
  if (first >= circuit.cells || second >= circuit.cells || weight !== -opposite) return undefined;
  const decide = (difference: number): number =>
    applyActivation({ kind: activation }, weight * difference + sum.constant);
  const values = [decide(-1), decide(0), decide(1)] as const;
  if (sum.constant === 0) return { first, second, values };
  // A constant that moves the threshold: the order must still be all that counts.
  const domains = [circuit.cellAt(first).values, circuit.cellAt(second).values];
  const [own, other] = domains;
  if (own === undefined || other === undefined) return undefined;
  const byOrder: number[][] = [[], [], []];
  for (const a of own) for (const b of other) byOrder[Math.sign(a - b) + 1].push(decide(a - b));
  if (byOrder.some((group) => group.length === 0 || new Set(group).size > 1)) return undefined;
  const [[smaller], [equal], [larger]] = byOrder;
  return { first, second, values: [smaller, equal, larger] };
}
