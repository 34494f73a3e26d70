/**
 * Where a network can be cut in two: the layers before stay exact, what they give is handed to a student, who
 * stands in for the layers behind. The whole network is the cut before its first layer.
 *
 *   [averages] → [hidden] → [output]   cut behind averages   →   exact [averages], a student for the others
 */
import { compile } from '../../compile.js';
import type { CompileOptions } from '../../compile.js';
import type { KeptStatus } from '../../ir/auto.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { Program } from '../../ir/program.js';
import { MOST_FEATURES } from '../../students/interrogate.js';
import { leadsOnAlone, partOf } from '../blocks/block.js';

export interface Cut {
  /** Number of layers before. */
  readonly kept: number;
  /** The layers before, and what the compiler made of them; absent where there are none. */
  readonly before?: {
    readonly network: StagedNetwork;
    readonly program: Program;
    /** What the checker says of them as a module of their own. */
    readonly verdict: KeptStatus;
  };
}

/** Verdicts on layers that stay as they are. */
const KEPT: readonly KeptStatus[] = ['proved', 'exhaustive', 'sampled'];

/**
 * All cuts, the first one before everything. A tensor can be cut where it alone leads on and a student can read
 * its cells one by one.
 *
 * @throws Diagnostic as `compile`.
 */
export async function cutsOf(
  network: StagedNetwork,
  options: Pick<CompileOptions, 'shouldStop'> = {},
): Promise<readonly Cut[]> {
  const cuts: Cut[] = [{ kept: 0 }];
  if (network.outputs.length > 1) return cuts;
  for (let kept = 1; kept < network.layers.length; kept++) {
    if (!isOpen(network, kept)) continue;
    const before = partOf(network, 0, kept);
    const { program, verdict } = await compile(before, options);
    // What is not even seen to be equal is not exact, and no way to tell the model.
    const status = KEPT.find((one) => one === verdict.status);
    if (status === undefined) continue;
    cuts.push({ kept, before: { network: before, program, verdict: status } });
  }
  return cuts;
}

/** Whether nothing behind reads anything before but the last layer there, and a student can read that. */
function isOpen(network: StagedNetwork, kept: number): boolean {
  const last = network.layers[kept - 1];
  if (last.kind === 'tap' || last.shape.length > 1 || last.size > MOST_FEATURES) return false;
  return leadsOnAlone(network, kept);
}
