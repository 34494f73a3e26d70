/**
 * Pairs of states that differ in one 0/1 feature only. They tell, without any projection, which of
 * these features a partial table depends on.
 */
import { hasBit, hashWords, type Bits } from './bits.js';
import type { SynthesisProblem } from './problem.js';
import type { Work } from './work.js';

/** Above this many states × features² the question costs more than its answer is worth. */
const MAX_FLIP_WORK = 60_000;

export interface Flips {
  /** Number of 0/1 features; 0 when the table is too large to ask. */
  readonly count: number;
  /** For each 0/1 feature the state reached by flipping it, −1 where that is unreachable. */
  readonly partner: readonly Int32Array[];
}

/** Finds the partner states of every boolean and bit feature. */
export function createFlips(problem: SynthesisProblem): Flips {
  const cells = [...problem.features.keys()].filter((feature) => {
    const { kind } = problem.features[feature];
    return kind === 'boolean' || kind === 'bit';
  });
  if (problem.states * cells.length * cells.length > MAX_FLIP_WORK)
    return { count: 0, partner: [] };
  const row = new Float64Array(problem.features.length);
  const words = new Uint32Array(row.buffer);
  const load = (state: number): void => {
    for (let index = 0; index < row.length; index++) row[index] = problem.columns[index][state] + 0;
  };
  const states = new Map<number, number>();
  for (let state = 0; state < problem.states; state++) {
    load(state);
    states.set(hashWords(words, 1), state);
  }
  const partner = cells.map((feature) =>
    Int32Array.from({ length: problem.states }, (_, state) => {
      load(state);
      row[feature] = 1 - row[feature];
      return states.get(hashWords(words, 1)) ?? -1;
    }),
  );
  return { count: cells.length, partner };
}

/** The number of 0/1 features whose flip alone leads from a state of `on` to one of `off`. */
export function essentialFeatures(flips: Flips, on: Bits, off: Bits, work: Work): number {
  let essential = 0;
  for (const partner of flips.partner) {
    for (let state = 0; state < partner.length; state++) {
      const other = partner[state];
      if (other >= 0 && hasBit(on, state) && hasBit(off, other)) {
        essential++;
        break;
      }
    }
    work.spend(1 + (partner.length >>> 5));
  }
  return essential;
}
