/**
 * One mutant judged: what the checker says of it, and where it says the same as of the original, what
 * running says, and which reason for being equivalent holds. The reasons are measured, not guessed.
 */
import { verify } from '../../src/verify/index.js';
import type { Mutant } from '../../test/helpers/text-mutants.js';
import type { Finding } from './evidence.js';
import type { Subject } from './subjects.js';

/** Differences up to here are another order of the same sums. */
const ROUNDING = 1e-12;

/** Inputs on which a mutant is run whose functions are the original's to the letter. */
const FEW = 64;

/** Why a mutant is equivalent, each with how it was measured. */
export const REASONS = {
  claim: 'a claim that says nothing of the functions: their text is the original’s',
  message: 'text of an error’s message: all scores and decisions are the original’s bit for bit, all wrong shapes are refused',
  unreached: 'not reached for a legal input: never evaluated in any run, all wrong shapes are refused',
  'same value': 'both versions of the expression have the same value wherever it was evaluated',
  'equal branches': 'the condition differs in some runs, no score and no decision does, bit for bit: the branches are equal there',
  'no weight': 'the value differs in some runs, no score and no decision does, bit for bit: it is cancelled, compared away or multiplied by 0',
  'no effect': 'all scores and decisions are the original’s bit for bit',
  rounding: `scores differ from the original’s by rounding, at most ${ROUNDING}`,
  tolerance: 'scores differ from the original’s, and stay within the tolerance of the network’s: the contract allows that',
} as const; // prettier-ignore

export type Reason = keyof typeof REASONS;

export interface Judged {
  readonly operator: string;
  readonly what: string;
  /** `wrong`: the checker accepts it, and running shows that it is not the network. */
  readonly outcome: 'refuted' | 'equivalent' | 'undecided' | 'wrong';
  /** The checker's status, its method or reason, its bound. */
  readonly status: string;
  readonly method: string;
  readonly bound: number;
  /** Of equivalent ones. */
  readonly reason?: Reason;
  readonly findings?: readonly Finding[];
  /** Of wrong ones: where it parts. */
  readonly mismatch?: string;
}

/** The checker on a mutant, and for a survivor the evidence. */
export async function judgeMutant(subject: Subject, mutant: Mutant): Promise<Judged> {
  const { operator, what, code } = mutant;
  const { network } = subject;
  let verdict = await verify(network, code);
  if (verdict.status === 'unknown') {
    // An equivalent text that is shown by enumeration alone declares more than is reached.
    const enumerated = await verify(network, code, { ignoreVerdictString: true, sample: false });
    if (enumerated.status === 'exhaustive') verdict = enumerated;
  }
  const { status, maxError: bound } = verdict;
  const method = status === 'proved' || status === 'exhaustive' ? verdict.method : (verdict.reason ?? verdict.method); // prettier-ignore
  const told = { operator, what, status, method, bound };
  if (status === 'refuted') return { ...told, outcome: 'refuted' };
  if (status !== 'proved' && status !== 'exhaustive') return { ...told, outcome: 'undecided' };
  const isClaim = mutant.place === 'claim';
  const findings = [await (await subject.evidence()).examine(code, isClaim ? FEW : Infinity)];
  const sibling = isClaim ? undefined : await subject.siblingEvidence(mutant);
  if (sibling !== undefined) findings.push(sibling);
  const mismatch = findings.find((one) => one.mismatches > 0)?.mismatch;
  if (mismatch !== undefined) return { ...told, outcome: 'wrong', findings, mismatch };
  const reason = await reasonOf(subject, mutant, findings);
  return { ...told, outcome: 'equivalent', reason, findings };
}

async function reasonOf(
  subject: Subject,
  mutant: Mutant,
  findings: readonly Finding[],
): Promise<Reason> {
  if (mutant.place === 'claim') return 'claim';
  if (!findings.every(({ isSame }) => isSame)) {
    return findings.every(({ moved }) => moved <= ROUNDING) ? 'rounding' : 'tolerance';
  }
  if (mutant.place === 'message') return 'message';
  if (mutant.unit === undefined) return 'no effect';
  const { evaluated, differed } = await (await subject.evidence()).watch(mutant.unit);
  if (evaluated === 0) return 'unreached';
  if (differed === 0) return 'same value';
  return isConditional(mutant) ? 'equal branches' : 'no weight';
}

function isConditional({ operator }: Mutant): boolean {
  return operator.includes('comparison') || operator.includes('condition') || operator.includes('&&'); // prettier-ignore
}
