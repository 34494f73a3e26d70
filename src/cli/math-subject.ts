/** What `deepdistill math` explains, as its arguments say: a model, a part of it, or a column of a table. */
import { basename } from 'node:path';
import { diagnose } from '../diagnostics/diagnostic.js';
import { subjectOfNetwork, subjectOfTable } from '../distil/subject.js';
import type { Asking, Subject } from '../distil/subject.js';
import { sizeOf } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';
import { sourceHash } from '../parse/source-hash.js';
import type { Settings } from '../students/math/problem.js';
import { listOption, refuse, textOption } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { CliIo } from './io.js';
import type { PROBING } from './math-options.js';
import { wholeOption } from './math-options.js';
import { readTarget } from './math-target.js';
import { readInputs } from './read-data.js';
import { readBytes } from './read-file.js';
import { readModel } from './read-model.js';
import { readTable } from './read-table.js';

export interface AskedSubject {
  readonly subject: Subject;
  /** The files that were read. */
  readonly files: readonly string[];
}

/** Options that mean nothing for the other kind of subject, or where rows say what is asked. */
const OF_MODELS = ['probes', 'probing', 'range', 'shape', 'domain', 'activation', 'decision', 'labels', 'tie-tolerance', 'root', 'at', 'at-data']; // prettier-ignore
const OF_TABLES = ['weights'];
const OF_PROBES = ['probes', 'probing', 'range'];

/**
 * The subject that the arguments name: a model, or a table with its `--target`.
 *
 * @throws Diagnostic of the command line, of the files, of the target or of the interrogation.
 */
export function readSubject(
  parsed: Arguments,
  settings: Settings,
  io: CliIo,
): Promise<AskedSubject> {
  const data = textOption(parsed, 'data');
  if (parsed.positionals.length > 0) {
    refuse(parsed, 'a model', OF_TABLES, 'rows of a table have weights');
    return subjectOfModel(parsed, settings, io);
  }
  const target = textOption(parsed, 'target');
  if (data === undefined) {
    const positionals = '<model..>, or --data FILE.csv --target COLUMN';
    throw diagnose('CLI_ARGUMENT_COUNT', {}, { command: 'math', positionals, actual: 0 });
  }
  if (target === undefined) {
    const hint = 'name the column to be explained with --target COLUMN';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--data', second: 'no --target', hint });
  }
  refuse(parsed, 'a table', OF_MODELS, 'the option describes a model, or how it is asked');
  return subjectOfData(parsed, { data, target }, settings, io);
}

async function subjectOfModel(
  parsed: Arguments,
  settings: Settings,
  io: CliIo,
): Promise<AskedSubject> {
  const target = textOption(parsed, 'target');
  const { network, files } = await readModel(parsed, parsed.positionals, io);
  const what = target === undefined ? undefined : readTarget(target, network);
  const { asking, data } = readAsking(parsed, network, io);
  const subject = subjectOfNetwork(network, what, settings, asking);
  return { subject, files: data === undefined ? files : [...files, data] };
}

/**
 * How a network is asked, as the options say, and the file of the rows where there is one.
 *
 * @param columns the rows of that file, one column for each flattened input cell; absent: they are read.
 * @throws Diagnostic of the command line or of the file.
 */
export function readAsking(
  parsed: Arguments,
  network: StagedNetwork,
  io: CliIo,
  columns?: readonly Float64Array[],
): { readonly asking: Asking; readonly data: string | undefined } {
  const data = textOption(parsed, 'data');
  if (data !== undefined) {
    refuse(parsed, '--data', OF_PROBES, 'the model is asked at the rows of the data');
  }
  const rows = wholeOption(parsed, 'probes', 2);
  const range = readRange(parsed);
  const features = listOption(parsed, 'features');
  const strategy = textOption(parsed, 'probing') as (typeof PROBING)[number] | undefined;
  const points = columns ?? (data === undefined ? undefined : readPoints(data, network, io));
  const asking = {
    ...(points === undefined ? {} : { points }),
    ...(rows === undefined ? {} : { rows }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(range === undefined ? {} : { range }),
    ...(features === undefined ? {} : { features }),
  };
  return { asking, data };
}

/** The rows of a data file, one flattened input each, as columns. */
function readPoints(path: string, { inputs }: StagedNetwork, io: CliIo): readonly Float64Array[] {
  const width = inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const shown = inputs.map(({ shape }) => JSON.stringify(shape)).join(' and ');
  const { rows, columns, cells } = readInputs(path, { width, shown }, io.cwd);
  return Array.from({ length: columns }, (_, column) =>
    Float64Array.from({ length: rows }, (__, row) => cells[row * columns + column]),
  );
}

async function subjectOfData(
  parsed: Arguments,
  { data, target }: { readonly data: string; readonly target: string },
  settings: Settings,
  io: CliIo,
): Promise<AskedSubject> {
  const bytes = readBytes(data, io.cwd);
  const features = listOption(parsed, 'features');
  const weights = textOption(parsed, 'weights');
  const { lines, ...table } = readTable(new TextDecoder().decode(bytes), data, {
    target,
    ...(features === undefined ? {} : { features }),
    ...(weights === undefined ? {} : { weights }),
  });
  const subject = subjectOfTable(
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
  return { subject, files: [data] };
}

/** `--range -5..5`. @throws Diagnostic `CLI_OPTION_VALUE`. */
export function readRange(parsed: Arguments): readonly [number, number] | undefined {
  const text = textOption(parsed, 'range');
  if (text === undefined) return undefined;
  const [min, max] = (/^(.+?)\.\.(.+)$/.exec(text) ?? []).slice(1).map(Number);
  if (min < max && Number.isFinite(max - min)) return [min, max];
  const expected = 'an interval such as -5..5';
  throw diagnose('CLI_OPTION_VALUE', {}, { option: 'range', value: text, expected });
}
