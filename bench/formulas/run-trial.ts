/** One trial: draws the rows of a problem, lets the student search, judges what it found. */
import type { LossSettings } from '../../src/students/math/problem.js';
import type { SearchMode } from '../../src/students/math/search/state.js';
import { knowledgeOf, withConstants, withValues } from './known-units.js';
import type { UnitsPolicy } from './known-units.js';
import { judgeFormula } from './judge.js';
import type { Judgement } from './judge.js';
import { interrogateTrained } from './trained.js';
import type { FormulaProblem, Noise } from './problem-set.js';
import { sampleProblem } from './sample.js';
import { solveTrial } from './solve.js';
import type { Answer } from './solve.js';
import { printFormula } from '../../src/students/math/text/print-formula.js';

export interface TrialOptions {
  readonly suite: string;
  readonly seed: number;
  readonly mode: SearchMode;
  /** Level of additive noise; absent: what the problem's protocol adds. */
  readonly noise?: number;
  /** Whether the units are told, and what becomes of wrong dimensions; absent: off. */
  readonly units?: UnitsPolicy;
  readonly workers: number;
  /** Seconds. */
  readonly timeout: number;
}

/** What is kept of a trial. */
export interface TrialRow {
  readonly suite: string;
  readonly problem: string;
  readonly seed: number;
  readonly mode: SearchMode;
  readonly noise: number | null;
  readonly units?: UnitsPolicy;
  /** Of the student's own choice; `none` where it found nothing. */
  readonly selected: Judgement | 'none';
  /** The best judgement of the front. */
  readonly onFront: Judgement | 'none';
  readonly seconds: number;
  readonly evaluations: number;
  /** The selected formula. */
  readonly formula: string;
  /** Why the search broke off; absent: it did not. */
  readonly failure?: string;
}

/** The suite whose problems are seen through a trained network. */
const TRAINED = 'glassbox';

const BEST_FIRST: readonly Judgement[] = ['exact', 'near', 'structure', 'wrong'];

export async function runTrial(problem: FormulaProblem, options: TrialOptions): Promise<TrialRow> {
  const { suite, seed, mode, noise, units = 'off', workers, timeout } = options;
  const knowledge = await knowledgeOf(problem, units);
  const added: Noise = noise === undefined ? problem.noise : { kind: 'additive', level: noise };
  const isTrained = suite === TRAINED;
  const seen = isTrained
    ? await interrogateTrained(problem, seed)
    : { data: withConstants(sampleProblem(problem, seed, added), problem, units) };
  const loss: { loss?: LossSettings } = problem.loss === undefined ? {} : { loss: problem.loss };
  const answer: Answer & { readonly failure?: string } = await solveTrial({
    ...seen,
    ...loss,
    ...(knowledge && { knowledge }),
    seed,
    mode,
    workers,
    timeout,
  }).catch(failed);
  const isClean = problem.measured === undefined && (added.kind === 'none' || noise === 0);
  const judgements = answer.front.map((formula) =>
    judgeFormula(problem, withValues(formula, problem), isClean && !isTrained),
  );
  const selected = answer.front.at(answer.selected);
  return {
    suite,
    problem: problem.name,
    seed,
    mode,
    noise: noise ?? null,
    units,
    selected: judgements.at(answer.selected) ?? 'none',
    onFront: BEST_FIRST.find((one) => judgements.includes(one)) ?? 'none',
    seconds: answer.seconds,
    evaluations: answer.evaluations,
    formula: selected === undefined ? '' : printFormula(selected, seen.data.names),
    ...(answer.failure === undefined ? {} : { failure: answer.failure }),
  };
}

/** A search that broke off found nothing, and says why; the other trials go on. */
function failed(error: unknown): Answer & { readonly failure: string } {
  const failure = error instanceof Error ? error.message : String(error);
  return { front: [], selected: -1, seconds: NaN, evaluations: 0, failure };
}
