/**
 * Runs `deepdistill math --at`: explains a model around points, tells each as soon as it stands, and
 * writes the reports.
 */
import { explainLocally } from '../distil/local/index.js';
import type { LocalOptions } from '../distil/local/index.js';
import type { Cell, Subject } from '../distil/subject.js';
import type { LocalExplanation } from '../ir/local-explanation.js';
import {
  buildLocalReport,
  describeModel,
  localLine,
  renderLocalMarkdown,
} from '../report/index.js';
import type { SearchHooks } from '../students/math/search.js';
import { prepareLatex } from '../students/math/text/latex.js';
import { textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import { EXIT } from './exit-codes.js';
import { listenForInterrupt } from './interrupt.js';
import type { CliIo } from './io.js';
import { reportKind } from './render-report.js';
import { DEFAULT_TIMEOUT, threadsFor } from './run-searches.js';
import { createSearchProgress } from './search-progress.js';
import { writeFilesWhole } from './write-files.js';

export interface LocalRun {
  readonly io: CliIo;
  /** When the command began, by the clock. */
  readonly started: number;
  /** Seconds; the contract's limit where absent. */
  readonly timeout: number | undefined;
  readonly workers: number;
}

/** The exit code. @throws Diagnostic of the explanations or of the files. */
export async function runLocal(
  parsed: Arguments,
  subject: Subject,
  points: readonly (readonly number[])[],
  options: LocalOptions,
  run: LocalRun,
): Promise<number> {
  const { network } = subject;
  if (network === undefined) throw new TypeError('a table cannot be asked around a point');
  const { local, explained } = await explainAll(subject, points, options, run);
  const report = buildLocalReport(describeModel(network), local, points.length - explained);
  const files = textOptions(parsed, 'report').map((path) => ({
    path,
    text:
      reportKind(path) === 'json'
        ? `${JSON.stringify(report, undefined, 2)}\n`
        : renderLocalMarkdown(report),
  }));
  writeFilesWhole(files, run.io.cwd);
  return EXIT.done;
}

/** Explains the points in their order; after Ctrl-C or out of time the rest is left out. */
async function explainAll(
  subject: Subject,
  points: readonly (readonly number[])[],
  options: LocalOptions,
  { io, started, timeout, workers }: LocalRun,
): Promise<{ readonly local: readonly LocalExplanation[]; readonly explained: number }> {
  const limit = 1000 * (timeout ?? DEFAULT_TIMEOUT);
  const progress = createSearchProgress(io, started, limit);
  const interrupt = listenForInterrupt(() => {
    progress.note('stopping; the explanations so far are kept (Ctrl-C again to leave at once)');
  });
  const searches = points.length * subject.cells.length;
  const local: LocalExplanation[] = [];
  const preparing = prepareLatex();
  try {
    for (const [position, point] of points.entries()) {
      const isOver = interrupt.isRequested() || io.clock() - started > limit;
      if (position > 0 && isOver) return { local, explained: position };
      const hooksOf = (cell: Cell, at: number): SearchHooks => ({
        onProgress: (reached) => {
          progress.report(cell, reached);
        },
        // Each search has its share of the time that is left.
        shouldStop: () => {
          const share = (position * subject.cells.length + at + 1) / searches;
          return interrupt.isRequested() || io.clock() - started > limit * share;
        },
      });
      const found = await explainLocally(
        subject,
        point,
        position,
        options,
        (cell) => threadsFor(cell, workers),
        hooksOf,
      );
      for (const { explanation } of found) {
        local.push(explanation);
        progress.note(localLine(explanation));
      }
    }
    return { local, explained: points.length };
  } finally {
    await preparing;
    interrupt.end();
    progress.end();
  }
}
