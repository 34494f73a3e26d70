/**
 * Runs `deepdistill boundary`: reads what is asked, searches, writes what was found. Loaded when the command is
 * known to be wanted, since it brings the student along.
 */
import { availableParallelism } from 'node:os';
import { diagnose } from '../diagnostics/diagnostic.js';
import { distilBoundary } from '../distil/boundary/index.js';
import type { BoundaryDistilled } from '../distil/boundary/index.js';
import { subjectOfBoundary } from '../distil/boundary/subject.js';
import type { BoundaryAsked } from '../distil/boundary/subject.js';
import type { DistilOptions } from '../distil/index.js';
import type { BoundaryFindings } from '../ir/boundary.js';
import type { StagedNetwork } from '../ir/network.js';
import { renderBoundaryMarkdown } from '../report/index.js';
import type { Settings } from '../students/math/problem.js';
import { flagOption, listOption, numberOption, textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import { EXIT } from './exit-codes.js';
import { checkFrontPaths } from './front-files.js';
import type { CliIo } from './io.js';
import { describeSettings, readSelection, readSettings, wholeOption } from './math-options.js';
import { checkResume } from './run-math.js';
import { readRange } from './math-subject.js';
import { readTarget } from './math-target.js';
import { moduleFileName } from './module-files.js';
import { readModel } from './read-model.js';
import { reportKind } from './render-report.js';
import { searchWithin } from './run-searches.js';
import { readStates } from './search-states.js';
import { describeRefusal, describeVerdict } from './verdict-text.js';
import { checkWritable, refuseOverwriting, writeFilesWhole } from './write-files.js';
import type { PendingFile } from './write-files.js';

const STDOUT = '-';

const DEFAULT_ROWS = 250;
const DEFAULT_BAND = 0.1;

/** Evaluations of a search: each is a gradient at every row. */
const DEFAULT_EVALUATIONS = 20_000;

/** The exit code; what was written is told on stderr. @throws Diagnostic for what the user must know. */
export async function runBoundary(parsed: Arguments, io: CliIo): Promise<number> {
  const started = io.clock();
  const settings = readSettings(parsed);
  const fronts = textOptions(parsed, 'front');
  const state = textOption(parsed, 'state');
  const timeout = wholeOption(parsed, 'timeout', 0);
  const workers = wholeOption(parsed, 'workers', 1) ?? availableParallelism();
  const reports = textOptions(parsed, 'report');
  reports.forEach(reportKind);
  checkFrontPaths(fronts);
  checkResume(parsed);
  const options = readOptions(parsed, settings);
  const { network, files } = await readModel(parsed, parsed.positionals, io);
  const { asked, read } = await readAsked(parsed, network, io);
  const path = textOption(parsed, 'output') ?? moduleFileName(network.name);
  const written = [path, ...reports, ...fronts, state ?? STDOUT].filter((file) => file !== STDOUT);
  refuseOverwriting([...files, ...read], written, io.cwd);
  checkWritable(written, io.cwd);
  const subject = subjectOfBoundary(network, asked, settings);
  const isResumed = state !== undefined && flagOption(parsed, 'resume');
  const resume = isResumed ? readStates(state, subject.cells.length, io.cwd) : [];
  const run = { io, started, timeout, workers, fronts, state };
  const distilled = await searchWithin(subject.cells.length, run, (createTransport, hooksOf) =>
    distilBoundary(subject, { ...options, resume }, createTransport, hooksOf),
  );
  return deliver(parsed, network, path, distilled, io);
}

function readOptions(parsed: Arguments, settings: Settings): DistilOptions {
  const maxEvaluations = wholeOption(parsed, 'max-evaluations', 1) ?? DEFAULT_EVALUATIONS;
  const mode = textOption(parsed, 'mode') as DistilOptions['mode'];
  const told = withoutLoss(describeSettings(parsed, settings));
  return {
    selection: readSelection(parsed),
    ...(mode === undefined ? {} : { mode }),
    maxEvaluations,
    told,
    settings: `math student at the boundary, seed ${settings.seed}`,
  };
}

/** Gradients have a loss of their own. */
function withoutLoss({ loss: _, ...told }: BoundaryFindings['settings']) {
  return told;
}

interface Asked {
  readonly asked: BoundaryAsked;
  /** Files of the second model. */
  readonly read: readonly string[];
}

/** @throws Diagnostic of the command line, or of the second model. */
async function readAsked(parsed: Arguments, network: StagedNetwork, io: CliIo): Promise<Asked> {
  const band = numberOption(parsed, 'band', 0) ?? DEFAULT_BAND;
  if (!(band > 0 && band < 0.5)) {
    const expected = 'a number between 0 and 0.5';
    throw diagnose('CLI_OPTION_VALUE', {}, { option: 'band', value: String(band), expected });
  }
  const target = textOption(parsed, 'target');
  const range = readRange(parsed);
  const features = listOption(parsed, 'features');
  const second = textOption(parsed, 'second');
  const other = second === undefined ? undefined : await readModel(parsed, [second], io);
  return {
    asked: {
      contrast: textOption(parsed, 'contrast') === 'pairs' ? 'pairs' : 'rest',
      band,
      rows: wholeOption(parsed, 'rows', 20) ?? DEFAULT_ROWS,
      ...(target === undefined ? {} : { target: readTarget(target, network) }),
      ...(range === undefined ? {} : { range }),
      ...(features === undefined ? {} : { features }),
      ...(other === undefined ? {} : { second: other.network }),
    },
    read: other?.files ?? [],
  };
}

function deliver(
  parsed: Arguments,
  { name }: StagedNetwork,
  path: string,
  { code, verdict, report, findings }: BoundaryDistilled,
  io: CliIo,
): number {
  for (const { target, condition, expression, rivals } of findings.latents) {
    io.stderr.write(`${target}: ${condition ?? expression}\n`);
    for (const rival of rivals)
      io.stderr.write(`  not identifiable here, also: ${rival.condition}\n`);
  }
  io.stderr.write(`${path === STDOUT ? name : path}: ${describeVerdict(verdict)}\n`);
  if (verdict.status === 'refuted') {
    io.stderr.write(describeRefusal(verdict));
    return EXIT.negative;
  }
  const files = textOptions(parsed, 'report').map((file): PendingFile => ({
    path: file,
    text:
      reportKind(file) === 'json'
        ? `${JSON.stringify(report, undefined, 2)}\n`
        : renderBoundaryMarkdown(name, findings),
  }));
  if (path === STDOUT) io.stdout.write(code);
  else files.push({ path, text: code });
  writeFilesWhole(files, io.cwd);
  return EXIT.done;
}
