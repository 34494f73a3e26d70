/** What `deepdistill logic` explains, as its arguments say: a model, or a column of a table. */
import { basename } from 'node:path';
import { diagnose } from '../diagnostics/diagnostic.js';
import type { LabelledRows } from '../distil/logic-labels.js';
import { logicSubjectOf } from '../distil/logic-subject.js';
import type { LogicSubject } from '../distil/logic-subject.js';
import { logicSubjectOfTable } from '../distil/logic-table.js';
import type { LogicTable } from '../distil/logic-table.js';
import type { StagedNetwork } from '../ir/network.js';
import { sourceHash } from '../parse/source-hash.js';
import { featureNames } from '../students/feature-names.js';
import { flagOption, listOption, numberOption, refuse, textOption } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { CliIo } from './io.js';
import { readSettings } from './logic-options.js';
import { readAsking } from './math-subject.js';
import { readTarget } from './math-target.js';
import { readBytes, readText } from './read-file.js';
import { readLabelledInputs } from './read-labelled-inputs.js';
import { readLabelledTable } from './read-labelled-table.js';
import type { TargetKind } from './read-labelled-table.js';
import { readModel } from './read-model.js';

/** Questions asked before a tree grows; a node asks for more. */
const DEFAULT_PROBES = 40_000;

/** All over the domain alike, so that what the rows say is true of it; nodes ask at borders. */
const DEFAULT_PROBING = 'uniform';

/** Options that mean nothing for the other kind of subject. */
const OF_MODELS = [
  'probes', 'probing', 'range', 'node-probes', 'exact', 'timeout', 'shape', 'domain', 'activation',
  'decision', 'labels', 'label-column', 'tie-tolerance', 'root',
]; // prettier-ignore
const OF_TABLES = ['classes', 'numbers', 'hold-out'];

export interface AskedRules {
  readonly subject: LogicSubject;
  /** The files that were read. */
  readonly files: readonly string[];
  /** Rows with labels that the rules of a network are held against. */
  readonly labelled?: LabelledRows;
}

/**
 * The subject that the arguments name: a model, or a table with its `--target`.
 *
 * @throws Diagnostic of the command line, of the files, of the target or of the interrogation.
 */
export async function readLogicSubject(parsed: Arguments, io: CliIo): Promise<AskedRules> {
  if (parsed.positionals.length > 0) {
    refuse(parsed, 'a model', OF_TABLES, 'the option describes the target of a table');
    return subjectOfModel(parsed, io);
  }
  const data = textOption(parsed, 'data');
  if (data === undefined) {
    const positionals = '<model..>, or --data FILE.csv --target COLUMN';
    throw diagnose('CLI_ARGUMENT_COUNT', {}, { command: 'logic', positionals, actual: 0 });
  }
  refuse(parsed, 'a table', OF_MODELS, 'the option describes a model, or how it is asked');
  const heldOut = numberOption(parsed, 'hold-out', 0);
  if (heldOut !== undefined && heldOut > MOST_HELD_OUT) {
    const expected = `a share from 0 to ${MOST_HELD_OUT}, such as 0.25`;
    const value = String(heldOut);
    throw diagnose('CLI_OPTION_VALUE', {}, { option: 'hold-out', value, expected });
  }
  const table = await readLogicTable(parsed, io, readKind(parsed));
  const settings = readSettings(parsed, table.data.names, { minSupport: 0 });
  return { subject: logicSubjectOfTable(table, settings, heldOut), files: [data] };
}

/** More than this leaves too little to learn from. */
const MOST_HELD_OUT = 0.5;

/** Whether `--classes` or `--numbers` says what the target is. @throws Diagnostic `CLI_OPTIONS_CONFLICT`. */
function readKind(parsed: Arguments): TargetKind | undefined {
  if (!flagOption(parsed, 'classes')) return flagOption(parsed, 'numbers') ? 'numbers' : undefined;
  refuse(parsed, '--classes', ['numbers'], 'the target holds the one or the other');
  return 'classes';
}

/**
 * The table of `--data`, with the columns of `--target` and `--features`.
 *
 * @param kind of the target; absent: its cells say it.
 * @throws Diagnostic as `readLabelledTable`, `CLI_OPTIONS_CONFLICT` without `--target`.
 */
export async function readLogicTable(
  parsed: Arguments,
  io: CliIo,
  kind: TargetKind | undefined,
): Promise<LogicTable> {
  const data = textOption(parsed, 'data') ?? '';
  const target = textOption(parsed, 'target');
  if (target === undefined) {
    const hint = 'name the column to be explained with --target COLUMN';
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, { first: '--data', second: 'no --target', hint });
  }
  const bytes = readBytes(data, io.cwd);
  const features = listOption(parsed, 'features');
  const chosen = { target, ...(features === undefined ? {} : { features }) };
  const table = readLabelledTable(new TextDecoder().decode(bytes), data, chosen, kind);
  const { lines, ...rows } = table.data;
  return {
    name: textOption(parsed, 'name') ?? basename(data).replace(/\.[^.]*$/, ''),
    target,
    data: rows,
    ...(table.classes === undefined ? {} : { classes: table.classes }),
    source: await sourceHash([bytes]),
    place: { file: data },
    lineOf: (row) => lines[row],
  };
}

async function subjectOfModel(parsed: Arguments, io: CliIo): Promise<AskedRules> {
  const { network, files } = await readModel(parsed, parsed.positionals, io);
  const target = textOption(parsed, 'target');
  const settings = readSettings(parsed, featureNames(network));
  const what = target === undefined ? undefined : readTarget(target, network);
  const labelled = readLabelColumn(parsed, network, io);
  const { asking, data } = readAsking(parsed, network, io, labelled?.columns);
  const subject = logicSubjectOf(
    network,
    what,
    settings,
    { rows: DEFAULT_PROBES, strategy: DEFAULT_PROBING, ...asking },
    flagOption(parsed, 'exact'),
  );
  return {
    subject,
    files: data === undefined ? files : [...files, data],
    ...(labelled === undefined ? {} : { labelled }),
  };
}

/** The rows of `--data` with the labels of `--label-column`; `undefined` without that option. */
function readLabelColumn(
  parsed: Arguments,
  network: StagedNetwork,
  io: CliIo,
): LabelledRows | undefined {
  const column = textOption(parsed, 'label-column');
  if (column === undefined) return undefined;
  refuse(parsed, '--label-column', ['target'], 'labels are compared with decisions, not with a number'); // prettier-ignore
  const data = textOption(parsed, 'data');
  if (data === undefined) {
    const hint = 'name the file whose column it is with --data FILE.csv';
    const conflict = { first: '--label-column', second: 'no --data', hint };
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, conflict);
  }
  return readLabelledInputs(readText(data, io.cwd), data, column, network);
}
