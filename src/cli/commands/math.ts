/**
 * `deepdistill math`: a network or a table in, a formula out, as a module whose fidelity has been measured.
 * The front is kept on disk at every improvement; Ctrl-C and the time limit end the search, not the work.
 */
import { basename } from 'node:path';
import { availableParallelism } from 'node:os';
import { diagnose, renderDiagnostic } from '../../diagnostics/diagnostic.js';
import { subjectOfNetwork, subjectOfTable } from '../../distil/subject.js';
import type { Subject } from '../../distil/subject.js';
import type { Distilled, DistilOptions } from '../../distil/index.js';
import { renderStudentMarkdown } from '../../report/index.js';
import { sourceHash } from '../../parse/source-hash.js';
import { parseSelection } from '../../students/math/front.js';
import type { Settings } from '../../students/math/problem.js';
import type { SearchState } from '../../students/math/search/state.js';
import { flagOption, listOption, textOption, textOptions } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { checkFrontPaths } from '../front-files.js';
import type { CliIo } from '../io.js';
import { describeSettings, readSettings, SEARCH_OPTIONS, wholeOption } from '../math-options.js';
import { readTarget } from '../math-target.js';
import { DESCRIBING_OPTIONS } from '../model-options.js';
import { moduleFileName } from '../module-files.js';
import { readBytes, readTextIfPresent } from '../read-file.js';
import { readModel } from '../read-model.js';
import { readTable } from '../read-table.js';
import { reportKind } from '../render-report.js';
import { runSearches } from '../run-searches.js';
import { describeCounterexample, describeVerdict } from '../verdict-text.js';
import { writeFilesWhole } from '../write-files.js';
import type { PendingFile } from '../write-files.js';

const STDOUT = '-';
const STRATEGIES = ['mixed', 'uniform', 'sobol', 'boundary'] as const;

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
    'max-evaluations': { kind: 'text', value: 'N', description: 'formulas evaluated over the data' }, // prettier-ignore
    workers: { kind: 'text', value: 'N', description: 'threads; they do not change the result' },
    state: { kind: 'text', value: 'FILE', description: 'where the search is stored at every barrier' }, // prettier-ignore
    resume: { kind: 'flag', description: 'go on from the stored search' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...SEARCH_OPTIONS,
    ...DESCRIBING_OPTIONS,
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
  const reports = textOptions(parsed, 'report');
  reports.forEach(reportKind);
  checkFrontPaths(textOptions(parsed, 'front'));
  const options = readDistilOptions(parsed, settings, io);
  const subject = await readSubject(parsed, settings, io);
  for (const note of subject.notes) io.stderr.write(`${renderDiagnostic(note, 'note')}\n`);
  const distilled = await runSearches(subject, options, {
    io,
    started,
    timeout: wholeOption(parsed, 'timeout', 0),
    workers: wholeOption(parsed, 'workers', 1) ?? availableParallelism(),
    fronts: textOptions(parsed, 'front'),
    state: textOption(parsed, 'state'),
  });
  return deliver(parsed, subject, distilled, io);
}

function readDistilOptions(parsed: Arguments, settings: Settings, io: CliIo): DistilOptions {
  const maxEvaluations = wholeOption(parsed, 'max-evaluations', 1);
  const digits = wholeOption(parsed, 'digits', 1);
  const mode = textOption(parsed, 'mode') as DistilOptions['mode'];
  const resume = readState(parsed, io);
  return {
    selection: parseSelection(textOption(parsed, 'select') ?? 'best'),
    ...(mode === undefined ? {} : { mode }),
    ...(maxEvaluations === undefined ? {} : { maxEvaluations }),
    ...(digits === undefined ? {} : { digits: Math.min(digits, 17) }),
    ...(resume === undefined ? {} : { resume }),
    told: describeSettings(parsed, settings),
    settings: `math student, seed ${settings.seed}${digits === undefined ? '' : `, ${digits} digits`}`,
  };
}

function readState(parsed: Arguments, io: CliIo): SearchState | undefined {
  if (!flagOption(parsed, 'resume')) return undefined;
  const path = textOption(parsed, 'state');
  if (path === undefined) {
    const hint = 'name the file with --state FILE';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--resume', second: 'no --state', hint });
  }
  const text = readTextIfPresent(path, io.cwd);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as SearchState;
  } catch {
    throw diagnose('STUDENT_STATE_FOREIGN', { file: path }, { reason: 'it is not JSON' });
  }
}

async function readSubject(parsed: Arguments, settings: Settings, io: CliIo): Promise<Subject> {
  const data = textOption(parsed, 'data');
  const target = textOption(parsed, 'target');
  const features = listOption(parsed, 'features');
  if (parsed.positionals.length > 0) {
    if (data !== undefined) {
      const hint = 'give a model or a table';
      throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: 'a model', second: '--data', hint });
    }
    const { network } = await readModel(parsed, parsed.positionals, io);
    const rows = wholeOption(parsed, 'probes', 2);
    const strategy = textOption(parsed, 'probing') as (typeof STRATEGIES)[number] | undefined;
    const range = readRange(parsed);
    return subjectOfNetwork(
      network,
      target === undefined ? undefined : readTarget(target, network),
      settings,
      {
        ...(rows === undefined ? {} : { rows }),
        ...(strategy === undefined ? {} : { strategy }),
        ...(range === undefined ? {} : { range }),
        ...(features === undefined ? {} : { features }),
      },
    );
  }
  if (data === undefined || target === undefined) {
    const positionals = '<model..>, or --data FILE.csv --target COLUMN';
    throw diagnose('CLI_ARGUMENT_COUNT', {}, { command: 'math', positionals, actual: 0 });
  }
  const bytes = readBytes(data, io.cwd);
  const weights = textOption(parsed, 'weights');
  const { lines, ...table } = readTable(new TextDecoder().decode(bytes), data, {
    target,
    ...(features === undefined ? {} : { features }),
    ...(weights === undefined ? {} : { weights }),
  });
  return subjectOfTable(
    {
      name: textOption(parsed, 'name') ?? basename(data).replace(/\.[^.]*$/, ''),
      target,
      data: table,
      source: await sourceHash([bytes]),
      place: { file: data },
      lineOf: (row) => lines[row],
    },
    settings,
  );
}

/** `--range -5..5`. @throws Diagnostic `CLI_OPTION_VALUE`. */
function readRange(parsed: Arguments): readonly [number, number] | undefined {
  const text = textOption(parsed, 'range');
  if (text === undefined) return undefined;
  const [min, max] = (/^(.+?)\.\.(.+)$/.exec(text) ?? []).slice(1).map(Number);
  if (min < max && Number.isFinite(max - min)) return [min, max];
  const expected = 'an interval such as -5..5';
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'range', value: text, expected });
}

function deliver(
  parsed: Arguments,
  { model }: Subject,
  { code, verdict, report, findings }: Distilled,
  io: CliIo,
): number {
  const output = textOption(parsed, 'output');
  const path = output ?? moduleFileName(model.name);
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
