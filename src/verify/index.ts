/**
 * Verification: does the text of a module compute what a network computes? First a symbolic proof from
 * the text and the stored weights, then, where that gives up, every input of a small domain, then
 * samples. A refutation is always an input at which text and reference forward pass were run and
 * differ; a proof never rests on running.
 */
import type { StagedNetwork } from '../ir/network.js';
import type { Verdict } from '../ir/verdict.js';
import { examineText } from './checker/verify-text.js';

export { certificateOf, certify } from './certificate.js';
export { checkCertificate } from './check-certificate.js';
export { explainsDecisions, verifyRows } from './checker/rows.js';

export interface VerifyOptions {
  /** Text of the sibling module with the weights, where the module imports one. */
  readonly weights?: string;
  /** Largest |module − network| on a score; the module's declared tolerance, else 1e-6. */
  readonly tolerance?: number;
  /** Leaves the `verdict` string of the module's `network` constant unread. */
  readonly ignoreVerdictString?: boolean;
  /** Whether to sample where nothing stronger is reached; true by default. */
  readonly sample?: boolean;
  /** Whether a counterexample says at which neuron the two part first; that takes another second. */
  readonly explain?: boolean;
  /** Told how far the work is: `done` of `total` of `what`. */
  readonly onProgress?: (done: number, total: number, what: string) => void;
  /** Asked now and then; `true` ends the work as undecided. */
  readonly shouldStop?: () => boolean;
}

/**
 * The verdict on a module's text: `proved`, `exhaustive`, `sampled`, `refuted` with a counterexample,
 * or `unknown` with the reason. Rejects for no text whatever; the text is interpreted, never executed.
 */
export async function verify(
  network: StagedNetwork,
  code: string,
  options: VerifyOptions = {},
): Promise<Verdict> {
  return (await examineText(network, code, options)).verdict;
}
