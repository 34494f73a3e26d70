/**
 * The verdict once more, in the light of what the module says of itself: it may claim no more than was
 * reached, and nothing that is false.
 */
import type { StagedNetwork } from '../../ir/network.js';
import type { Verdict, VerdictStatus } from '../../ir/verdict.js';
import type { Teacher } from '../teacher.js';
import type { Declared } from './declared.js';
import { falseClaim } from './declared.js';
import { emptyTolerance } from './own-tolerance.js';

/**
 * The verdict on functions and claims together. `ownTolerance` is the tolerance where it is the module's
 * choice and rougher than the default; `ignoresVerdict` leaves the verdict string unread.
 */
export function judgeClaims(
  network: StagedNetwork,
  teacher: Teacher,
  declared: Declared,
  verdict: Verdict,
  ownTolerance: number | undefined,
  ignoresVerdict: boolean,
): Verdict {
  if (!ignoresVerdict && isBolder(declared.verdict, verdict.status)) {
    // Not confirmed is not false: an equivalent text must never be refuted for our own weakness.
    const reason = `declares '${String(declared.verdict)}', only '${verdict.status}' was reached: ${verdict.reason ?? ''}`;
    return { ...verdict, status: 'unknown', reason };
  }
  const lie =
    falseClaim(network, declared, verdict.status, ignoresVerdict) ??
    (ownTolerance === undefined ? undefined : emptyTolerance(network, teacher, ownTolerance));
  if (lie === undefined) return verdict;
  const method = `the network constant is false (its functions: ${verdict.status})`;
  return { ...verdict, status: 'refuted', method, counterexample: lie };
}

/** Does the module claim more than what was reached? */
function isBolder(declared: string | undefined, reached: VerdictStatus): boolean {
  const ranks: readonly (string | undefined)[] = ['sampled', 'exhaustive', 'proved'];
  return ranks.includes(reached) && ranks.indexOf(declared) > ranks.indexOf(reached);
}
