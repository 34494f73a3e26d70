/**
 * The search: scouts first, then islands from barrier to barrier. Between barriers run jobs that know
 * nothing of each other; at a barrier their results are used in the order of the jobs. So the same seed
 * gives the same front however many workers there are, and a stored barrier goes on as if it had never
 * been left.
 */
import type { DataSize } from './description-length.js';
import { createEngine } from './engine/engine.js';
import type { Engine } from './engine/engine.js';
import { createIsland, migrate } from './evolution/migrate.js';
import { fitConstants } from './fit/fit-constants.js';
import { dataSizeOf, polish } from './fit/polish.js';
import { constant, keyOfFormula } from './formula.js';
import { bundle } from './knowledge/template.js';
import type { Job, JobResult, Transport } from './jobs.js';
import type { Candidate, Problem } from './problem.js';
import { DEFAULT_EPOCHS, evaluationsPerEpoch, ISLANDS } from './search/budget.js';
import { fingerprintOf } from './search/fingerprint.js';
import { admit, fitGuesses, withGuesses, withoutBroken } from './search/admit.js';
import { roundingLoss } from './search/rounding.js';
import { selectBest } from './select.js';
import { runJobs } from './search/run-jobs.js';
import { checkState } from './search/state.js';
import type { SearchMode, SearchState } from './search/state.js';

export interface SearchOptions {
  readonly mode?: SearchMode;
  /**
   * Names of the scouts, in the order in which their answers count, in waves: where one finds a simple
   * formula that fits to rounding, the next is not sent.
   */
  readonly scouts: readonly (readonly string[])[];
  /** Most evaluations of scouts and islands; a default number of epochs where absent. */
  readonly maxEvaluations?: number;
  /** Ends the search at the first barrier with a formula of at most this loss; of scouts, with a simple one. */
  readonly targetLoss?: number;
  /** A state that `onState` was given, of the same problem. */
  readonly resume?: SearchState;
}

export interface SearchHooks {
  /** At the start, at a barrier where the front has changed, and when the user stopped the search. */
  readonly onFront?: (front: readonly Candidate[]) => void;
  /** At every barrier. */
  readonly onState?: (state: SearchState) => void;
  /** Whenever a job is done, and at every barrier. */
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Asked at every barrier and while jobs run. */
  readonly shouldStop?: () => boolean;
}

export interface SearchProgress {
  readonly evaluations: number;
  readonly epoch: number;
  /** The candidate of least loss; `undefined` before the first. */
  readonly best: Candidate | undefined;
}

export interface SearchResult {
  /** Simplest first. */
  readonly front: readonly Candidate[];
  readonly evaluations: number;
  /**
   * Why it ended: out of budget, fits to rounding, the same answer for long, loss reached, asked to,
   * nothing left to run.
   */
  readonly ended: 'budget' | 'exact' | 'settled' | 'target' | 'stopped' | 'scouts';
  /** The last barrier. */
  readonly state: SearchState;
}

/** A formula of at most this complexity that fits to rounding is not expected to have a simpler one. */
const SIMPLE = 8;
/** Epochs that go on after evolution has found what fits to rounding, in search of a simpler one. */
const SETTLING_EPOCHS = 2;
/** Epochs after which the answer is not expected to change any more, where no budget is given. */
const SETTLED_EPOCHS = 10;
/** Formulas within the tolerance that are polished at one barrier: some get shorter by it than others. */
const MOST_NEW_RIVALS = 24;
/** A formula is news where it lowers the loss at its complexity by this share. */
const NEWS_SHARE = 1e-3;

interface Search {
  readonly problem: Problem;
  readonly options: SearchOptions;
  readonly transport: Transport;
  readonly hooks: SearchHooks;
  readonly rounding: number;
  readonly size: DataSize;
  readonly guesses: readonly Candidate[];
  state: SearchState;
  /** The front of `state`, and what had come since when the user stopped the search. */
  front: readonly Candidate[];
  /** Evaluations since the last barrier, for the progress line. */
  underWay: number;
}

/**
 * Searches the problem. The transport is left open, unless the user stopped the search.
 *
 * @throws Diagnostic STUDENT_STATE_FOREIGN; what the transport rejects with.
 */
export async function search(
  problem: Problem,
  options: SearchOptions,
  transport: Transport,
  hooks: SearchHooks = {},
): Promise<SearchResult> {
  const { mode = 'both', resume } = options;
  if (resume !== undefined) checkState(resume, problem, mode);
  const engine = createEngine(problem);
  const size = dataSizeOf(engine);
  // Islands begin with the guesses, also those that the front has no place for.
  const guesses = fitGuesses(engine);
  const state =
    resume === undefined
      ? firstState(engine, mode, guesses, size)
      : { ...resume, front: withoutBroken(resume.front, problem.settings) };
  const run: Search = {
    problem,
    options,
    transport,
    hooks,
    rounding: roundingLoss(engine),
    size,
    guesses,
    state,
    front: state.front,
    underWay: 0,
  };
  hooks.onFront?.(state.front);
  // Scouts look for whole formulas, not for what is missing in one.
  const isScouted = mode !== 'evolution' && problem.settings.knowledge?.template === undefined;
  if (isScouted && (await sendScouts(run))) return resultOf(run, 'stopped');
  if (mode === 'scouts') return resultOf(run, 'scouts');
  for (;;) {
    const reason = whyEnded(run);
    if (reason !== undefined) return resultOf(run, reason);
    if (await passBarrier(run, epochJobs(run))) return resultOf(run, 'stopped');
  }
}

/** Sends the waves that are left. Whether the user stopped it. */
async function sendScouts(run: Search): Promise<boolean> {
  for (let wave = run.state.waves; wave < run.options.scouts.length; wave++) {
    if (simplestExact(run) <= SIMPLE || isSpent(run) || hasReached(run)) return false;
    const jobs = run.options.scouts[wave].map((scout): Job => ({ kind: 'scout', scout }));
    if (await passBarrier(run, jobs)) return true;
  }
  return false;
}

/** Whether a formula has the loss that the caller wants. */
function hasReached({ state, options: { targetLoss = -Infinity } }: Search): boolean {
  return state.front.some(({ loss }) => loss <= targetLoss);
}

function isSpent({ state, options: { maxEvaluations = Infinity } }: Search): boolean {
  return state.evaluations >= maxEvaluations;
}

/** Complexity of the simplest formula that fits to rounding, or as well as is wanted. */
function simplestExact({ state, rounding, options: { targetLoss = 0 } }: Search): number {
  const enough = Math.max(rounding, targetLoss);
  return state.front.find(({ loss }) => loss <= enough)?.complexity ?? Infinity;
}

/** The best constant is on the front before anybody searches, where the rules allow one; guesses too. */
function firstState(
  engine: Engine,
  mode: SearchMode,
  guesses: readonly Candidate[],
  size: DataSize,
): SearchState {
  return {
    version: 1,
    fingerprint: fingerprintOf(engine.problem),
    mode,
    waves: 0,
    epoch: 0,
    evaluations: 0,
    islands: [],
    front: admit(bestConstant(engine), guesses, engine.problem.settings, size),
    settled: 0,
  };
}

function bestConstant(engine: Engine): readonly Candidate[] {
  const sorted = engine.problem.data.target.toSorted();
  const middle = constant(sorted[sorted.length >> 1]);
  const { template } = engine.problem.settings.knowledge ?? {};
  const simplest = template === undefined ? middle : bundle(template.holes.map(() => constant(1)));
  const fitted = fitConstants(simplest, engine);
  const judged = fitted === undefined ? undefined : engine.judge(fitted.formula, 'constant');
  return judged === undefined ? [] : [judged];
}

function resultOf({ state, front }: Search, ended: SearchResult['ended']): SearchResult {
  return { front, evaluations: state.evaluations, ended, state };
}

function whyEnded(run: Search): SearchResult['ended'] | undefined {
  const { state, options, hooks, rounding } = run;
  const least = Math.min(...state.front.map(({ loss }) => loss));
  if (hooks.shouldStop?.() === true) return 'stopped';
  if (hasReached(run)) return 'target';
  const isScouted = options.mode !== 'evolution' && state.epoch === 0;
  if (least <= rounding && (isScouted || state.settled >= SETTLING_EPOCHS)) return 'exact';
  if (state.settled >= SETTLED_EPOCHS && options.maxEvaluations === undefined) return 'settled';
  return epochShare(run) === 0 ? 'budget' : undefined;
}

/**
 * Evaluations of each island in the next epoch; 0 where the budget has none left. Epochs are whole, so
 * that a longer search begins like a shorter one; only the first shrinks to what there is.
 */
function epochShare({ problem, state, options }: Search): number {
  const whole = evaluationsPerEpoch(problem.data.target.length);
  const { maxEvaluations } = options;
  if (maxEvaluations === undefined) return state.epoch < DEFAULT_EPOCHS ? whole : 0;
  const left = Math.floor((maxEvaluations - state.evaluations) / ISLANDS);
  if (left >= whole) return whole;
  return state.epoch === 0 && left > 0 ? left : 0;
}

function epochJobs(run: Search): Job[] {
  const { islands, front } = run.state;
  const states =
    islands.length > 0
      ? migrate(islands, front)
      : Array.from({ length: ISLANDS }, (_, island) =>
          createIsland(island, withGuesses(front, run.guesses)),
        );
  const evaluations = epochShare(run);
  return states.map((island) => ({ kind: 'evolve', island, evaluations }));
}

/** Runs the jobs, polishes what is new, and moves on to the next state. Whether the user stopped it. */
async function passBarrier(run: Search, jobs: readonly Job[]): Promise<boolean> {
  const { state, problem } = run;
  const { settings } = problem;
  const found = await runTold(run, jobs);
  const news = newsOf(run, allOf(found.results));
  const polishing = found.isStopped
    ? found
    : await runTold(
        run,
        news.map((candidate): Job => ({ kind: 'polish', candidates: [candidate] })),
      );
  if (polishing.isStopped) {
    // What had come is kept, and of it the answer polished; the state stays at the last barrier.
    run.front = polishAnswer(run, admit(state.front, news, settings, run.size));
    tellFront(run);
    return true;
  }
  run.front = admit(state.front, allOf(polishing.results), settings, run.size);
  tellFront(run);
  moveOn(run, found.results);
  return false;
}

/** The front with the formula that is the answer polished: one formula keeps nobody waiting. */
function polishAnswer(
  { state, problem, size }: Search,
  front: readonly Candidate[],
): readonly Candidate[] {
  if (front.length === 0) return front;
  const answer = front[selectBest(front, size)];
  if (state.front.includes(answer)) return front;
  const polished = polish(answer, createEngine(problem));
  return admit(front, [polished], problem.settings, size);
}

function moveOn(run: Search, results: readonly JobResult[]): void {
  const { state, front, hooks } = run;
  const islands = results.flatMap(({ island }) => (island === undefined ? [] : [island]));
  const spent = results.reduce((sum, { evaluations }) => sum + evaluations, 0);
  const isSettled = chosenOf(state.front, run.size) === chosenOf(front, run.size);
  run.state = {
    ...state,
    waves: state.waves + Number(islands.length === 0),
    epoch: state.epoch + Number(islands.length > 0),
    evaluations: state.evaluations + spent,
    islands: islands.length > 0 ? islands : state.islands,
    front,
    settled: isSettled ? state.settled + 1 : 0,
  };
  run.underWay = 0;
  hooks.onState?.(run.state);
  tellProgress(run);
}

/** Hands the front on where it is not that of the last barrier any more. */
function tellFront({ state, front, hooks }: Search): void {
  const isNew =
    front.length !== state.front.length || front.some((one, k) => one !== state.front[k]);
  if (isNew) hooks.onFront?.(front);
}

/** The formula that would be the answer now. */
function chosenOf(front: readonly Candidate[], size: DataSize): string {
  return front.length === 0 ? '' : keyOfFormula(front[selectBest(front, size)].formula);
}

/** Candidates for the front that are better than what stands there by more than rounding. */
function newsOf(
  { state, problem, size, rounding }: Search,
  found: readonly Candidate[],
): Candidate[] {
  const { perComplexity } = problem.settings;
  const known = new Set(state.front);
  return admit(state.front, found, problem.settings, size, MOST_NEW_RIVALS).filter((candidate) => {
    if (known.has(candidate)) return false;
    if (candidate.loss <= (size.tolerance ?? 0)) return true;
    const limit = candidate.loss * (1 + NEWS_SHARE) + rounding;
    const asGood = state.front.filter(
      ({ complexity, loss }) => complexity <= candidate.complexity && loss <= limit,
    );
    return asGood.length < perComplexity;
  });
}

function runTold(run: Search, jobs: readonly Job[]) {
  const { transport, hooks } = run;
  return runJobs(
    jobs,
    transport,
    () => hooks.shouldStop?.() === true,
    ({ evaluations }) => {
      // Polishing is no search: it neither counts nor is limited.
      if (jobs[0].kind !== 'polish') run.underWay += evaluations;
      tellProgress(run);
    },
  );
}

function tellProgress({ state, front, underWay, hooks }: Search): void {
  const least = Math.min(...front.map(({ loss }) => loss));
  const best = front.find(({ loss }) => loss === least);
  hooks.onProgress?.({
    evaluations: state.evaluations + underWay,
    epoch: state.epoch,
    best,
  });
}

function allOf(results: readonly JobResult[]): Candidate[] {
  return results.flatMap(({ candidates }) => candidates);
}
