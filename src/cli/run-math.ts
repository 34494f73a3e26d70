/**
 * Runs `deepdistill math`: reads what is asked, searches, writes what was found. Loaded when the command is
 * known to be wanted, since it brings the student along.
 */
import { availableParallelism } from 'node:os';
import { diagnose, renderDiagnostic } from '../diagnostics/diagnostic.js';
import type { Subject } from '../distil/subject.js';
import type { Distilled, DistilOptions } from '../distil/index.js';
import { fitComment, renderResidualPlot, renderStudentMarkdown } from '../report/index.js';
import type { Settings } from '../students/math/problem.js';
import { flagOption, refuse, textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import { fileOfCell } from './cell-files.js';
import { EXIT } from './exit-codes.js';
import { checkFrontPaths } from './front-files.js';
import type { CliIo } from './io.js';
import { isLocal, readLocalOptions, readPoints, readPointTexts } from './local-options.js';
import { describeSettings, readSelection, readSettings, wholeOption } from './math-options.js';
import { withKnowledge } from './knowledge/read-knowledge.js';
import { withFeaturesOfTransforms } from './knowledge/transforms.js';
import { readSubject } from './math-subject.js';
import { moduleFileName } from './module-files.js';
import { readPicture, reportKind } from './render-report.js';
import { runLocal } from './run-local.js';
import { runSearches } from './run-searches.js';
import { readStates } from './search-states.js';
import { describeRefusal, describeVerdict } from './verdict-text.js';
import { checkWritable, refuseOverwriting, writeFilesWhole } from './write-files.js';
import type { PendingFile } from './write-files.js';

const STDOUT = '-';

/** The exit code; what was written is told on stderr. @throws Diagnostic for what the user must know. */
export async function runMath(parsed: Arguments, io: CliIo): Promise<number> {
  const started = io.clock();
  const settings = readSettings(parsed);
  const fronts = textOptions(parsed, 'front');
  const state = textOption(parsed, 'state');
  const timeout = wholeOption(parsed, 'timeout', 0);
  const workers = wholeOption(parsed, 'workers', 1) ?? availableParallelism();
  const residuals = readPicture(parsed, 'residuals');
  const reports = textOptions(parsed, 'report');
  reports.forEach(reportKind);
  checkFrontPaths(fronts);
  checkResume(parsed);
  const local = isLocal(parsed) ? readLocalOptions(parsed) : undefined;
  const pointTexts = readPointTexts(parsed);
  const options = readDistilOptions(parsed, settings);
  if (local !== undefined) refuse(parsed, '--at', NOT_AROUND_POINTS, 'around a point formulas are searched over the features as they are'); // prettier-ignore
  const read = await readSubject(withFeaturesOfTransforms(parsed), settings, io);
  const { files } = read;
  const subject = await withKnowledge(parsed, read.subject);
  const points = local && readPoints(pointTexts, parsed, subject, io);
  const output = local === undefined ? outputPath(parsed, subject) : textOption(parsed, 'output');
  const paths = [output, ...reports, ...fronts, residuals, state];
  const written = paths.filter((path) => path !== undefined).filter((path) => path !== STDOUT);
  refuseOverwriting(files, written, io.cwd);
  checkWritable(written, io.cwd);
  const isResumed = state !== undefined && flagOption(parsed, 'resume');
  const resume = isResumed ? readStates(state, subject.cells.length, io.cwd) : [];
  for (const note of subject.notes) io.stderr.write(`${renderDiagnostic(note, 'note')}\n`);
  if (local !== undefined && points !== undefined) {
    const search = textOption(parsed, 'select') === undefined ? withoutSelection(options) : options;
    return runLocal(
      parsed,
      subject,
      points,
      { ...local, search },
      { io, started, timeout, workers },
    );
  }
  const run = { io, started, timeout, workers, fronts, state };
  const distilled = await runSearches(subject, { ...options, resume }, run);
  return deliver(parsed, subject, distilled, io);
}

function readDistilOptions(parsed: Arguments, settings: Settings): DistilOptions {
  const maxEvaluations = wholeOption(parsed, 'max-evaluations', 1);
  const digits = wholeOption(parsed, 'digits', 1);
  const mode = textOption(parsed, 'mode') as DistilOptions['mode'];
  return {
    selection: readSelection(parsed),
    ...(mode === undefined ? {} : { mode }),
    ...(maxEvaluations === undefined ? {} : { maxEvaluations }),
    ...(digits === undefined ? {} : { digits: Math.min(digits, 17) }),
    told: describeSettings(parsed, settings),
    settings: `math student, seed ${settings.seed}${digits === undefined ? '' : `, ${digits} digits`}`,
  };
}

/** What is known of a formula over other variables than the features: no box around a point is told in these. */
const NOT_AROUND_POINTS = ['transform', 'template', 'operator', 'forbid'];

/** Around a point another formula is selected unless the user says which. */
function withoutSelection({ selection: _, ...options }: DistilOptions): DistilOptions {
  return options;
}

/** `--resume` needs a file to go on from. @throws Diagnostic `CLI_OPTIONS_CONFLICT`. */
export function checkResume(parsed: Arguments): void {
  if (!flagOption(parsed, 'resume') || textOption(parsed, 'state') !== undefined) return;
  const hint = 'name the file with --state FILE';
  throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--resume', second: 'no --state', hint });
}

function outputPath(parsed: Arguments, { model }: Subject): string {
  return textOption(parsed, 'output') ?? moduleFileName(model.name);
}

function deliver(
  parsed: Arguments,
  subject: Subject,
  { code, verdict, report, findings, residuals }: Distilled,
  io: CliIo,
): number {
  const { model } = subject;
  const path = outputPath(parsed, subject);
  const shown = path === STDOUT ? model.name : path;
  for (const { target, front, selected } of findings) {
    io.stderr.write(`${target} = ${front[selected].expression}\n`);
  }
  io.stderr.write(`${shown}: ${describeVerdict(verdict)}\n`);
  if (verdict.status === 'refuted') {
    io.stderr.write(describeRefusal(verdict));
    return EXIT.negative;
  }
  const files: PendingFile[] = [];
  for (const file of textOptions(parsed, 'report')) {
    const text =
      reportKind(file) === 'json'
        ? `${JSON.stringify(report, undefined, 2)}\n`
        : fitComment(findings.map((found) => renderStudentMarkdown(model.name, found)).join('\n'));
    files.push({ path: file, text });
  }
  const picture = readPicture(parsed, 'residuals');
  if (picture !== undefined) {
    residuals.forEach((rows, cell) => {
      files.push({ path: fileOfCell(picture, cell), text: renderResidualPlot(rows) });
    });
  }
  if (path === STDOUT) io.stdout.write(code);
  else files.push({ path, text: code });
  writeFilesWhole(files, io.cwd);
  return EXIT.done;
}
