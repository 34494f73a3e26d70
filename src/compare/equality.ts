/**
 * Whether two networks compute the same scores, and how that is known: from the weights, by a proof that
 * the code of one computes the other, by running every input, by an input at which they part. What none of
 * these decides was sampled, and is called so.
 */
import type { Compiled } from '../compile.js';
import type { StagedNetwork } from '../ir/network.js';
import type { Verdict } from '../ir/verdict.js';
import type { KnownReport } from '../report/index.js';
import { verify } from '../verify/index.js';
import type { Probe } from '../verify/probes.js';
import { asModel, contains } from './domains.js';
import { sameWeights } from './same-weights.js';
import type { SideBySide } from './side-by-side.js';

/** Where in a text that nobody is shown a proof gave up. */
const PLACE = / \(at \d+:\d+\)$/;

/** A network and its code. */
export interface Side {
  readonly network: StagedNetwork;
  readonly compiled: Compiled;
}

export interface EqualityOptions {
  readonly onProgress?: (phase: string, done: number, total: number) => void;
  readonly shouldStop?: () => boolean;
}

/** `undefined` where nothing but samples can tell; `reason` says why there is no proof. */
export interface Equality {
  readonly known?: Extract<KnownReport, { by: 'proof' | 'enumeration' | 'counterexample' }>; // prettier-ignore
  readonly reason: string;
}

/** Whether both are one network as stored, on one domain. */
export function isSameNetwork(old: StagedNetwork, fresh: StagedNetwork): boolean {
  return contains(old, fresh) && contains(fresh, old) && sameWeights(old, fresh);
}

/** Shapes of inputs and outputs are the same; labels and decisions are compared elsewhere. */
export async function findEquality(
  old: Side,
  fresh: Side,
  both: SideBySide,
  options: EqualityOptions,
): Promise<Equality> {
  let reason = 'neither domain holds the other one';
  for (const [one, two] of [
    [old, fresh],
    [fresh, old],
  ] as const) {
    // The code of `one` is known to be its network's on its own domain only.
    if (!contains(one.network, two.network)) continue;
    const attempt = await tryCode(one, two, both, options);
    if (attempt.known !== undefined) return attempt;
    ({ reason } = attempt);
  }
  return { reason };
}

/** Whether the code of one side computes the network of the other one. */
async function tryCode(
  one: Side,
  two: Side,
  both: SideBySide,
  options: EqualityOptions,
): Promise<Equality> {
  const { code, weights, verdict: own } = one.compiled;
  if (own.status === 'refuted') return { reason: 'the compiler told one of the models wrongly' };
  const target = asModel(two.network, one.network);
  const { onProgress, shouldStop } = options;
  const verdict = await verify(target, code, {
    ignoreVerdictString: true,
    ...(weights === undefined ? {} : { weights }),
    ...(shouldStop === undefined ? {} : { shouldStop }),
    onProgress: (done, total) => onProgress?.('compare', done, total),
  });
  if (verdict.status === 'refuted') return refutation(verdict, both);
  const statuses = [own, verdict].map(({ status }) => status);
  if (statuses.every((status) => status === 'proved')) {
    const maxError = own.maxError + verdict.maxError;
    return { known: { by: 'proof', maxError, method: verdict.method }, reason: '' };
  }
  if (statuses.every((status) => status === 'proved' || status === 'exhaustive')) {
    const checked = [own, verdict].find(({ status }) => status === 'exhaustive')?.checked ?? 0;
    return { known: { by: 'enumeration', checked }, reason: '' };
  }
  const undecided = own.status === 'proved' || own.status === 'exhaustive' ? verdict : own;
  return { reason: (undecided.reason ?? undecided.method).replace(PLACE, '') };
}

/** The input at which a text and the other network part, if the networks themselves do. */
function refutation({ counterexample }: Verdict, both: SideBySide): Equality {
  const inputs = counterexample?.inputs ?? [];
  const reason = 'the code of one differs from the other model by hardly more than the tolerance';
  if (inputs.length === 0) return { reason };
  const probe = inputs.map((cells) => Float64Array.from(cells));
  if (!both.run(probe).differs) return { reason };
  return { known: smallestFrom(probe, both), reason: '' };
}

/** The smallest input found, from this one on, at which a score differs. */
export function smallestFrom(
  probe: Probe,
  both: SideBySide,
): Extract<KnownReport, { by: 'counterexample' }> {
  const smallest = both.shrink(probe, ({ differs }) => differs);
  return { by: 'counterexample', example: both.example(smallest) };
}
