/** An attempt as a module: printed, measured from its text, and printed again with the fidelity that it has. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { emitProgram } from '../../emit/index.js';
import type { Emitted } from '../../emit/index.js';
import { roundFidelity } from '../../ir/fidelity.js';
import type { Approximation } from '../../ir/fidelity.js';
import { outOfRangeProbes } from '../../ir/fidelity-probes.js';
import type { StagedNetwork } from '../../ir/network.js';
import { checkProgram } from '../../ir/program-check.js';
import type { Verdict } from '../../ir/verdict.js';
import type { DeclaredTarget } from '../../ir/target.js';
import { verify } from '../../verify/index.js';
import { JUDGED_PROBES } from '../judged-rows.js';
import type { Attempt } from './attempt.js';

export interface Finished {
  readonly emitted: Emitted;
  /** `proved` or `approximate`, unless the module answers with something that is no number. */
  readonly verdict: Verdict;
}

export interface FinishOptions {
  readonly seed: number;
  readonly settings: string;
  /** What is explained of the network, where that is not its outputs and its decision. */
  readonly target?: DeclaredTarget;
  /** The layers that the student stands in for; absent: all. */
  readonly replaces?: readonly string[];
}

export async function finish(
  network: StagedNetwork,
  { program, complexity, explains, counts, isExact, ranges }: Attempt,
  { seed, settings, target, replaces }: FinishOptions,
): Promise<Finished> {
  const problems = checkProgram(program, { lowered: true });
  if (problems.length > 0) {
    throw diagnose('INTERNAL_ILLEGAL_LEVEL', {}, { level: 'program', problem: problems[0] });
  }
  const bounds = ranges === undefined ? {} : { ranges };
  const hasOutside = outOfRangeProbes(network, { count: 1, seed, ...bounds }) !== undefined;
  const print = (fidelity: number, outside: number): Promise<Emitted> => {
    const approximation: Approximation = {
      ...(target === undefined ? {} : { target }),
      ...(explains === undefined ? {} : { explains }),
      ...(replaces === undefined ? {} : { replaces }),
      complexity,
      ...(counts === undefined ? {} : { counts }),
      fidelity,
      ...(hasOutside ? { fidelityOutOfRange: outside } : {}),
      measured: { kind: 'probes', count: JUDGED_PROBES, seed },
      ...bounds,
    };
    return emitProgram(program, { verdict: 'approximate', tolerance: 0, approximation, settings });
  };
  if (isExact === true) {
    const claimed = await emitProgram(program, { verdict: 'proved', tolerance: 0, settings });
    const verdict = await judge(network, claimed);
    if (verdict.status === 'proved') return { emitted: claimed, verdict };
  }
  // The least claim that there is: what the verdict says then is what the module does.
  const modest = await print(-Infinity, -Infinity);
  const measured = await judge(network, modest);
  if (measured.status !== 'approximate') return { emitted: modest, verdict: measured };
  const { fidelity = 0, fidelityOutOfRange = 0 } = measured;
  const emitted = await print(roundFidelity(fidelity), roundFidelity(fidelityOutOfRange));
  return { emitted, verdict: await judge(network, emitted) };
}

function judge(network: StagedNetwork, { code, weights }: Emitted): Promise<Verdict> {
  return verify(network, code, weights === undefined ? {} : { weights });
}
