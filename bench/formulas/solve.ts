/** Runs the student on one trial of a problem: what it answers, and how long it took. */
import { createThreadTransport } from '../../src/cli/search-threads.js';
import { createAsk } from '../../src/distil/create-ask.js';
import type { AskedNetwork } from '../../src/distil/create-ask.js';
import { createEngine } from '../../src/students/math/engine/engine.js';
import { dataSizeOf } from '../../src/students/math/fit/polish.js';
import type { Formula } from '../../src/students/math/formula.js';
import type { Knowledge } from '../../src/students/math/knowledge/knowledge.js';
import { DEFAULT_SETTINGS } from '../../src/students/math/problem.js';
import type { Dataset, LossSettings, Problem } from '../../src/students/math/problem.js';
import { SCOUT_WAVES } from '../../src/students/math/scouts/index.js';
import { search } from '../../src/students/math/search.js';
import type { SearchMode } from '../../src/students/math/search/state.js';
import { selectBest } from '../../src/students/math/select.js';
import type { CellDomain } from '../../src/ir/model-interface.js';

/** What the command line's threads run: on the sources, through tsx, typed arrays are slower. */
const BUILT_WORKER = new URL('../../dist/cli/search-worker.cjs', import.meta.url);

export interface Trial {
  readonly data: Dataset;
  readonly seed: number;
  readonly mode: SearchMode;
  readonly loss?: LossSettings;
  /** What is known beforehand. */
  readonly knowledge?: Knowledge;
  /** The network that answered, and the domains of its features. */
  readonly asked?: { readonly teacher: AskedNetwork; readonly domains: readonly CellDomain[] };
  readonly workers: number;
  /** Seconds after which the search is stopped at its next barrier. */
  readonly timeout: number;
}

export interface Answer {
  /** Simplest first; may be empty. */
  readonly front: readonly Formula[];
  /** Position of the student's own choice; −1 of an empty front. */
  readonly selected: number;
  readonly seconds: number;
  readonly evaluations: number;
}

/** @throws Diagnostic when a worker fails. */
export async function solveTrial(trial: Trial): Promise<Answer> {
  const { data, seed, loss, knowledge, asked, workers, timeout, mode } = trial;
  const start = performance.now();
  const plain = {
    data,
    settings: { ...DEFAULT_SETTINGS, seed, ...(loss && { loss }), ...(knowledge && { knowledge }) },
    domains: asked?.domains ?? data.columns.map(() => ({ kind: 'real' }) as const),
  };
  const problem: Problem =
    asked === undefined ? plain : { ...plain, ask: createAsk(asked.teacher) };
  const shared = { problem: plain, ...(asked && { teacher: asked.teacher }) };
  const transport = createThreadTransport(shared, workers, BUILT_WORKER);
  try {
    const options = { mode, scouts: SCOUT_WAVES };
    const shouldStop = (): boolean => performance.now() - start > 1000 * timeout;
    const { front, evaluations } = await search(problem, options, transport, { shouldStop });
    const size = dataSizeOf(createEngine(problem));
    return {
      front: front.map(({ formula }) => formula),
      selected: front.length === 0 ? -1 : selectBest(front, size),
      seconds: (performance.now() - start) / 1000,
      evaluations,
    };
  } finally {
    await transport.close();
  }
}
