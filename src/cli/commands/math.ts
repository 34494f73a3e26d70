/**
 * `deepdistill math`: a network or a table in, a formula out, as a module whose fidelity has been measured.
 * The front is kept on disk at every improvement; Ctrl-C and the time limit end the search, not the work.
 */
import { availableParallelism } from 'node:os';
import { diagnose, renderDiagnostic } from '../../diagnostics/diagnostic.js';
import type { Subject } from '../../distil/subject.js';
import type { Distilled, DistilOptions } from '../../distil/index.js';
import { renderStudentMarkdown } from '../../report/index.js';
import type { Settings } from '../../students/math/problem.js';
import { flagOption, textOption, textOptions } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { checkFrontPaths } from '../front-files.js';
import type { CliIo } from '../io.js';
import {
  describeSettings,
  readSelection,
  readSettings,
  SEARCH_OPTIONS,
  wholeOption,
} from '../math-options.js';
import { readSubject, STRATEGIES } from '../math-subject.js';
import { MODEL_OPTIONS } from '../model-options.js';
import { moduleFileName } from '../module-files.js';
import { reportKind } from '../render-report.js';
import { runSearches } from '../run-searches.js';
import { readStates } from '../search-states.js';
import { describeCounterexample, describeVerdict } from '../verdict-text.js';
import { checkWritable, writeFilesWhole } from '../write-files.js';
import type { PendingFile } from '../write-files.js';

const STDOUT = '-';

export const mathCommand: Command = {
  name: 'math',
  positionals: '[model..]',
  count: [0, Infinity],
  summary:
    'The Math student: finds a formula for the outputs of a model, for a neuron of it, or for a\n' +
    'column of a table, and writes it as a module whose fidelity has been measured.',
  options: {
    output: { kind: 'text', alias: 'o', value: 'FILE', description: 'the module; - is stdout (default: NAME.ts)' }, // prettier-ignore
    report: { kind: 'text', value: 'FILE', repeatable: true, description: 'a report, .json or .md; may be repeated' }, // prettier-ignore
    front: { kind: 'text', value: 'FILE', repeatable: true, description: 'the front, .csv, .json or .svg, at every improvement' }, // prettier-ignore
    target: { kind: 'text', value: 'NAME', description: 'an output, a label, a cell output[1], a neuron layer[12]; of a table the column' }, // prettier-ignore
    data: { kind: 'text', value: 'FILE.csv', description: 'a table with a header line, instead of a model' }, // prettier-ignore
    features: { kind: 'text', value: 'A,B', description: 'the features that formulas may read (default: all)' }, // prettier-ignore
    weights: { kind: 'text', value: 'NAME', description: 'the column of the rows’ weights' },
    probes: { kind: 'text', value: '1000', description: 'questions asked to a model' },
    probing: { kind: 'text', value: 'mixed', choices: STRATEGIES, description: 'where a model is asked' }, // prettier-ignore
    range: { kind: 'text', value: '-5..5', description: 'where inputs without a domain are asked' },
    select: { kind: 'text', value: 'best', description: 'best, accuracy, simplest, or a complexity' }, // prettier-ignore
    digits: { kind: 'text', value: 'N', description: 'significant digits of constants' },
    mode: { kind: 'text', value: 'both', choices: ['both', 'scouts', 'evolution'], description: 'which halves of the search run' }, // prettier-ignore
    timeout: { kind: 'text', value: '120', description: 'seconds after which the best so far is taken' }, // prettier-ignore
    'max-evaluations': { kind: 'text', value: 'N', description: 'formulas that evolution evaluates over the data; scouts are not cut short' }, // prettier-ignore
    workers: { kind: 'text', value: 'N', description: 'threads; they do not change the result' },
    state: { kind: 'text', value: 'FILE', description: 'where the search is stored at every barrier' }, // prettier-ignore
    resume: { kind: 'flag', description: 'go on from the stored search' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...SEARCH_OPTIONS,
    ...MODEL_OPTIONS,
  },
  examples: [
    'math examples/kinetic-energy/network.json --mode scouts --probes 200 -o kinetic-energy.ts --report report.md',
    'math --data examples/kinetic-energy/table.csv --target energy --features mass,speed -o - --front front.csv',
  ],
  run: runMath,
};

async function runMath(parsed: Arguments, io: CliIo): Promise<number> {
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
  const options = readDistilOptions(parsed, settings);
  const subject = await readSubject(parsed, settings, io);
  const written = [outputPath(parsed, subject), ...reports, ...fronts, state ?? STDOUT];
  checkWritable(
    written.filter((path) => path !== STDOUT),
    io.cwd,
  );
  const isResumed = state !== undefined && flagOption(parsed, 'resume');
  const resume = isResumed ? readStates(state, subject.cells.length, io.cwd) : [];
  for (const note of subject.notes) io.stderr.write(`${renderDiagnostic(note, 'note')}\n`);
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

function checkResume(parsed: Arguments): void {
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
  { code, verdict, report, findings }: Distilled,
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
    if (verdict.counterexample !== undefined) {
      io.stderr.write(describeCounterexample(verdict.counterexample));
    }
    io.stderr.write('nothing was written\n');
    return EXIT.negative;
  }
  const files: PendingFile[] = [];
  for (const file of textOptions(parsed, 'report')) {
    const text =
      reportKind(file) === 'json'
        ? `${JSON.stringify(report, undefined, 2)}\n`
        : findings.map((found) => renderStudentMarkdown(model.name, found)).join('\n');
    files.push({ path: file, text });
  }
  if (path === STDOUT) io.stdout.write(code);
  else files.push({ path, text: code });
  writeFilesWhole(files, io.cwd);
  return EXIT.done;
}
