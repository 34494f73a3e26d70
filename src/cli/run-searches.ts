/** Runs the searches of a subject: threads, time limit, Ctrl-C, progress, files that are kept up to date. */
import { distil } from '../distil/index.js';
import type { CellHooks, Distilled, DistilOptions } from '../distil/index.js';
import type { Cell, Subject } from '../distil/subject.js';
import type { Transport } from '../students/math/jobs.js';
import type { SearchHooks, SearchProgress } from '../students/math/search.js';
import { fileOfCell } from './cell-files.js';
import { writeFront } from './front-files.js';
import { listenForInterrupt } from './interrupt.js';
import type { CliIo } from './io.js';
import { prepareLatex } from '../students/math/text/latex.js';
import { createSearchProgress } from './search-progress.js';
import { createThreadTransport } from './search-threads.js';
import { writeState } from './search-states.js';

export interface SearchRun {
  readonly io: CliIo;
  /** When the command began, by the clock. */
  readonly started: number;
  /** Seconds; the contract's limit where absent. */
  readonly timeout: number | undefined;
  readonly workers: number;
  /** Files of the front, and of the search itself. */
  readonly fronts: readonly string[];
  readonly state: string | undefined;
}

/** Without `--timeout` the students stop within 120 s (contract), writing the module included. */
export const DEFAULT_TIMEOUT = 112;

export function runSearches(
  subject: Subject,
  options: DistilOptions,
  run: SearchRun,
): Promise<Distilled> {
  return searchWithin(subject.cells.length, run, (createTransport, hooksOf) =>
    distil(subject, options, createTransport, hooksOf),
  );
}

/** What searches the cells of a subject, given threads and what it is to tell meanwhile. */
export type Searching<T> = (
  createTransport: (cell: Cell) => Transport,
  hooksOf: CellHooks,
) => Promise<T>;

/** Runs searches of that many cells within the time that there is. */
export async function searchWithin<T>(
  cells: number,
  run: SearchRun,
  searching: Searching<T>,
): Promise<T> {
  const { io, started, workers, fronts, state } = run;
  const limit = 1000 * (run.timeout ?? DEFAULT_TIMEOUT);
  const progress = createSearchProgress(io, started, limit);
  const interrupt = listenForInterrupt(() => {
    progress.note('stopping; the best so far is kept (Ctrl-C again to leave at once)');
  });
  const hooksOf = (cell: Cell, position: number): SearchHooks => ({
    onFront: (front) => {
      writeFront(
        fronts.map((path) => fileOfCell(path, position)),
        cell,
        front,
        io.cwd,
      );
    },
    onState: (reached) => {
      if (state !== undefined) writeState(state, position, reached, io.cwd);
    },
    onProgress: (reached: SearchProgress) => {
      progress.report(cell, reached);
    },
    // Each search has its share of the time that is left.
    shouldStop: () =>
      interrupt.isRequested() || io.clock() - started > (limit * (position + 1)) / cells,
  });
  // The threads search meanwhile; after Ctrl-C nobody wants to wait for it.
  const preparing = prepareLatex();
  try {
    return await searching((cell) => threadsFor(cell, workers), hooksOf);
  } finally {
    await preparing;
    interrupt.end();
    progress.end();
  }
}

/** Threads that search a formula for a cell; of a network that may be asked, each has its own. */
export function threadsFor({ problem, teacher }: Cell, workers: number): Transport {
  const { ask, ...plain } = problem;
  const isAsked = ask !== undefined && teacher !== undefined;
  return createThreadTransport({ problem: plain, ...(isAsked ? { teacher } : {}) }, workers);
}
