/**
 * Runs `deepdistill math --at`: explains a model around points, tells each as soon as it stands, and
 * writes the reports.
 */
import { explainLocally } from '../distil/local/index.js';
import type { Local, LocalOptions } from '../distil/local/index.js';
import { emitLocal } from '../distil/local/module.js';
import type { LocalModule } from '../distil/local/module.js';
import type { Cell, Subject } from '../distil/subject.js';
import {
  buildLocalReport,
  describeModel,
  describeVerdict as verdictReport,
  localLine,
  renderLocalMarkdown,
} from '../report/index.js';
import type { SearchHooks } from '../students/math/search.js';
import { prepareLatex } from '../students/math/text/latex.js';
import { textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import { EXIT } from './exit-codes.js';
import { listenForInterrupt } from './interrupt.js';
import type { CliIo } from './io.js';
import { reportKind } from './render-report.js';
import { DEFAULT_TIMEOUT, threadsFor } from './run-searches.js';
import { createSearchProgress } from './search-progress.js';
import { describeRefusal, describeVerdict } from './verdict-text.js';
import { writeFilesWhole } from './write-files.js';
import type { PendingFile } from './write-files.js';

const STDOUT = '-';

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
  const { io } = run;
  const { found, explained } = await explainAll(subject, points, options, run);
  const local = found.map(({ explanation }) => explanation);
  const own = buildLocalReport(describeModel(network), local, points.length - explained);
  const output = textOption(parsed, 'output');
  const settings = options.search.settings ?? '';
  const written = output === undefined ? undefined : await emitLocal(subject, found, settings);
  const report = written === undefined ? own : { ...own, ...describeModule(written) };
  if (written !== undefined) {
    const { verdict } = written;
    const shown = output === STDOUT ? subject.model.name : output;
    io.stderr.write(`${String(shown)}: ${describeVerdict(verdict)}\n`);
    if (verdict.status === 'refuted') {
      io.stderr.write(describeRefusal(verdict));
      return EXIT.negative;
    }
  }
  const files: PendingFile[] = textOptions(parsed, 'report').map((path) => ({
    path,
    text:
      reportKind(path) === 'json'
        ? `${JSON.stringify(report, undefined, 2)}\n`
        : renderLocalMarkdown(report),
  }));
  if (written !== undefined && output !== undefined) {
    if (output === STDOUT) io.stdout.write(written.emitted.code);
    else files.push({ path: output, text: written.emitted.code });
  }
  writeFilesWhole(files, io.cwd);
  return EXIT.done;
}

function describeModule({ emitted, verdict }: LocalModule) {
  const { lines, bytes, weightsInData } = emitted;
  return { code: { lines, bytes, weightsInData }, verdict: verdictReport(verdict) };
}

/** Explains the points in their order; after Ctrl-C or out of time the rest is left out. */
async function explainAll(
  subject: Subject,
  points: readonly (readonly number[])[],
  options: LocalOptions,
  { io, started, timeout, workers }: LocalRun,
): Promise<{ readonly found: readonly Local[]; readonly explained: number }> {
  const limit = 1000 * (timeout ?? DEFAULT_TIMEOUT);
  const progress = createSearchProgress(io, started, limit);
  const interrupt = listenForInterrupt(() => {
    progress.note('stopping; the explanations so far are kept (Ctrl-C again to leave at once)');
  });
  const searches = points.length * subject.cells.length;
  const found: Local[] = [];
  const preparing = prepareLatex();
  try {
    for (const [position, point] of points.entries()) {
      const isOver = interrupt.isRequested() || io.clock() - started > limit;
      if (position > 0 && isOver) return { found, explained: position };
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
      const locals = await explainLocally(
        subject,
        point,
        position,
        options,
        (cell) => threadsFor(cell, workers),
        hooksOf,
      );
      found.push(...locals);
      for (const { explanation } of locals) progress.note(localLine(explanation));
    }
    return { found, explained: points.length };
  } finally {
    await preparing;
    interrupt.end();
    progress.end();
  }
}
