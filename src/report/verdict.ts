/** The verdict as JSON, which has no infinite numbers; outputs that are alike are told together. */
import type { OutputVerdict, Verdict } from '../ir/verdict.js';
import type { OutputsReport, VerdictReport } from './types.js';

/** A verdict for the report. */
export function describeVerdict(verdict: Verdict): VerdictReport {
  const { status, method, checked, ties, maxError, provedDecisions, counterexample, reason } =
    verdict;
  const { outputs, decision } = verdict;
  return {
    status,
    method,
    checked,
    ties,
    maxError: finite(maxError),
    ...(provedDecisions === undefined ? {} : { provedDecisions }),
    ...(outputs === undefined ? {} : { outputs: describeOutputs(outputs) }),
    ...(decision === undefined ? {} : { decision: { ...decision, apart: finite(decision.apart) } }),
    ...(counterexample === undefined ? {} : { counterexample }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Runs of outputs with the same status, method and reason; figures are the largest of each run. */
export function describeOutputs(outputs: readonly OutputVerdict[]): readonly OutputsReport[] {
  const runs: OutputVerdict[][] = [];
  for (const output of outputs) {
    const run = runs.at(-1);
    if (run !== undefined && isAlike(run[0], output)) run.push(output);
    else runs.push([output]);
  }
  return runs.map((run) => {
    const [{ output: from, status, method, reason }] = run;
    return {
      from,
      to: run[run.length - 1].output,
      count: run.length,
      status,
      method,
      states: run.reduce((sum, { states }) => sum + states, 0),
      maxError: finite(largest(run.map(({ maxError }) => maxError))),
      rounding: finite(largest(run.map(({ rounding }) => rounding))),
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

function isAlike(one: OutputVerdict, other: OutputVerdict): boolean {
  return one.status === other.status && one.method === other.method && one.reason === other.reason;
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}
