/**
 * Certificates: made from the two texts by the checker, and checked by working all of it out again. Nothing
 * that the compiler knows or says goes into one.
 */
import type { Certificate, Claim, Evidence } from '../ir/certificate.js';
import type { StagedNetwork } from '../ir/network.js';
import type { Verdict } from '../ir/verdict.js';
import type { Examined } from './checker/verify-text.js';
import { examineText } from './checker/verify-text.js';
import type { VerifyOptions } from './index.js';
import { meaningHash, textHash } from './meaning.js';
import { findTies } from './tie-examples.js';

export interface Certified {
  readonly verdict: Verdict;
  /** Absent where there is nothing to certify: refuted, undecided, or approximate. */
  readonly claim?: Claim;
}

/** Verdicts that a certificate may have. */
const CERTIFIED: readonly string[] = ['proved', 'exhaustive', 'sampled'];

/**
 * Verifies a module's text against a network, and says what was shown, as a claim. Rejects for no text
 * whatever. The same texts give the same claim.
 */
export async function certify(
  network: StagedNetwork,
  code: string,
  options: VerifyOptions = {},
): Promise<Certified> {
  const examined = await examineText(network, code, options);
  const { verdict } = examined;
  if (!CERTIFIED.includes(verdict.status)) return { verdict };
  return { verdict, claim: claimOf(network, examined, options) };
}

/** The certificate of a module's texts from its claims; `checker` names the program and its version. */
export function certificateOf(
  checker: string,
  texts: { readonly code: string; readonly weights?: string },
  claims: readonly Claim[],
): Certificate {
  const { code, weights } = texts;
  const sibling = weights === undefined ? {} : { weights: textHash(weights) };
  return { schema: 1, checker, module: { text: textHash(code), ...sibling }, claims };
}

function claimOf(network: StagedNetwork, examined: Examined, options: VerifyOptions): Claim {
  const { verdict, tolerance } = examined;
  const { name, source, inputs, outputs, decision } = network;
  const evidence = evidenceOf(network, examined, options);
  return {
    model: { name, source, meaning: meaningHash(network) },
    inputs,
    outputs,
    decision,
    tolerance,
    status: verdict.status,
    method: verdict.method,
    checked: verdict.checked,
    maxError: finite(verdict.maxError),
    perOutput: (verdict.outputs ?? []).map(
      ({ output, status, method, states, maxError, rounding }) => ({
        output,
        status,
        method,
        states,
        maxError: finite(maxError),
        rounding: finite(rounding),
      }),
    ),
    ...(verdict.decision === undefined
      ? {}
      : { predict: { status: verdict.decision.status, apart: finite(verdict.decision.apart) } }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function evidenceOf(
  network: StagedNetwork,
  { attempt }: Examined,
  { shouldStop = () => false }: VerifyOptions,
): Evidence | undefined {
  const proof = attempt?.proof;
  if (proof === undefined) return undefined;
  const { margin, unseparated, tied, snapped } = proof.ledger;
  return {
    margin: margin ?? null,
    withoutMargin: unseparated.length,
    ties: findTies(network, tied, proof.ties, shouldStop),
    snapped: { rows: snapped.rows, weights: snapped.weights, largestChange: snapped.largest },
  };
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}
