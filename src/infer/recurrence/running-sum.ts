/**
 * The other state that reads well: a sum to which every step adds the same multiples of its cells,
 * where the outs of a step depend on the new sum in the same way at every step.
 *
 *   seen[i] = step(Σ_{k ≤ i} x_k − 2.5)   →   count += x[i]; seen[i] = count >= 3
 */
import { settleOut } from './machine.js';
import type { StateBox, StepProgram, StepPrograms } from './steps.js';
import { finalValue, runStep } from './steps.js';

export interface RunningSum {
  /** What each role adds. */
  readonly weights: readonly number[];
  /** Every sum that is reached after some step, ascending. */
  readonly sums: readonly number[];
  /** For each track, for each of the sums, the out. */
  readonly outs: readonly (readonly number[])[];
  /** For each final its value by sum; NaN where the last step does not reach the sum. */
  readonly finals: readonly (readonly number[])[];
}

/** More sums than this are not enumerated. */
const MAX_SUMS = 2 ** 11;

/** The running sum of these programs, checked on every sum of every step; `undefined` if there is none. */
export function runningSumOf(
  programs: StepPrograms,
  letters: readonly (readonly number[])[],
): RunningSum | undefined {
  const weights = commonWeights(programs.steps.slice(0, -1), letters[0].length);
  // The last step hands on a form only where finals read it; its own sum is formed here.
  if (weights === undefined) return undefined;
  const outsBySum = new Map<number, string>();
  const values = new Map<number, readonly number[]>();
  const finals = new Map<number, readonly number[]>();
  let reached = new Map<number, StateBox>([[0, { low: [], high: [] }]]);
  for (const [step, program] of programs.steps.entries()) {
    const following = new Map<number, StateBox>();
    for (const [sum, box] of reached) {
      for (const letter of letters) {
        const result = runStep(program, letter, box);
        if (result === undefined) return undefined;
        const after = letter.reduce((total, value, role) => total + weights[role] * value, sum);
        const text = result.outs.map(settleOut).join();
        if ((outsBySum.get(after) ?? text) !== text) return undefined;
        outsBySum.set(after, text);
        values.set(after, result.outs);
        following.set(after, result.next);
        if (step < programs.steps.length - 1) continue;
        const ends = programs.finals.map((final) => finalValue(final, result.next));
        const known = finals.get(after);
        const decided = ends.flatMap((end) => (end === undefined ? [] : [end]));
        if (decided.length < ends.length) return undefined;
        if (known !== undefined && known.join() !== decided.join()) return undefined;
        finals.set(after, decided);
      }
    }
    if (following.size > MAX_SUMS) return undefined;
    reached = following;
  }
  const sums = [...values.keys()].sort((a, b) => a - b);
  return {
    weights,
    sums,
    outs: programs.steps[0].outs.map((_, track) =>
      sums.map((sum) => values.get(sum)?.[track] ?? NaN),
    ),
    finals: programs.finals.map((_, final) => sums.map((sum) => finals.get(sum)?.[final] ?? NaN)),
  };
}

/** The multiples that every one of these steps adds to the only form; `undefined` if they differ. */
function commonWeights(
  programs: readonly StepProgram[],
  roles: number,
): readonly number[] | undefined {
  let common: readonly number[] | undefined;
  for (const [step, { next }] of programs.entries()) {
    if (next.length !== 1) return undefined;
    const [{ form, scale, locals }] = next;
    if (step > 0 && (form !== 0 || scale !== 1)) return undefined;
    const weights = new Array<number>(roles).fill(0);
    for (const [local, weight] of locals) {
      if (local >= roles) return undefined;
      weights[local] = weight;
    }
    if (common !== undefined && common.join() !== weights.join()) return undefined;
    common = weights;
  }
  return common;
}
