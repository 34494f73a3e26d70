/**
 * A column of a table as a subject of the Logic student: classes become a decision, numbers one output.
 * There is no network to ask, so some rows are held out: nothing is learned from them, and what the rules
 * say of them is the figure to believe.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic, Place } from '../diagnostics/diagnostic.js';
import type { CellDomain, ModelInterface } from '../ir/model-interface.js';
import { heldOutRows } from '../numeric/hold-out.js';
import { hullOf } from '../numeric/hull.js';
import { checkData, constantOf } from '../students/check-data.js';
import { takeRows } from '../students/logic/measure.js';
import { oneHotGroups } from '../students/logic/one-hot.js';
import type { LogicSettings } from '../students/logic/problem.js';
import { DEFAULT_SETTINGS } from '../students/math/problem.js';
import type { Dataset } from '../students/math/problem.js';
import type { LogicSubject } from './logic-subject.js';

/** Share of the rows that is held out where nothing else is said. */
export const DEFAULT_HELD_OUT = 0.25;

/** Fewer rows than this teach nothing that could be judged. */
const LEAST_ROWS = 10;

/** More classes than this are names of things, not classes. */
const MOST_CLASSES = 50;

/** Rows that a leaf has at least, and the share of the rows that this may be at most. */
const MIN_SUPPORT = 5;
const MIN_SUPPORT_SHARE = 0.1;

export interface LogicTable {
  /** Of the module; an identifier's words. */
  readonly name: string;
  readonly target: string;
  /** Of classes the target holds their positions. */
  readonly data: Dataset;
  /** Absent: the target is numbers. */
  readonly classes?: readonly string[];
  /** `sha256:` of the file. */
  readonly source: string;
  readonly place: Place;
  readonly lineOf: (row: number) => number;
}

/**
 * The subject of a table. The module reads the features, in their order, and gives the target.
 *
 * @param settings `minSupport` 0 stands for one that suits the number of rows.
 * @param heldOutShare from 0 to less than 1.
 * @throws Diagnostic as `checkData`, LOGIC_ONE_ANSWER, LOGIC_MANY_CLASSES, LOGIC_FEW_ROWS.
 */
export function logicSubjectOfTable(
  table: LogicTable,
  settings: LogicSettings,
  heldOutShare = DEFAULT_HELD_OUT,
): LogicSubject {
  const { data, classes, target } = table;
  const notes = checkTable(table, heldOutShare);
  const model = modelOfTable(table);
  const groups = classes === undefined ? new Float64Array(data.target.length) : data.target;
  const heldOut = heldOutRows(groups, heldOutShare, settings.seed);
  const isHeldOut = new Set(heldOut);
  const learned = Uint32Array.from(groups.keys()).filter((row) => !isHeldOut.has(row));
  const problemData = takeRows(data, learned);
  return {
    kind: 'table',
    name: target,
    model,
    decides: classes !== undefined,
    problem: {
      data: problemData,
      classes: classes?.length ?? 0,
      domains: domainsOf(data),
      oneHot: oneHotGroups(data),
      settings: {
        ...settings,
        minProbes: 0,
        minSupport: settings.minSupport || supportFor(learned.length),
      },
    },
    inputs: data.columns.map((_, position) => position),
    inRange: data,
    ranges: data.columns.map(hullOf),
    table: {
      heldOutShare,
      ...(heldOut.length === 0 ? {} : { heldOut: takeRows(data, heldOut) }),
    },
    notes,
  };
}

/**
 * The interface of modules for a table. Classes that are called 0, 1, 2, … are indices; others are labels,
 * which `predict` gives.
 */
export function modelOfTable({
  name,
  source,
  target,
  data,
  classes,
}: Pick<LogicTable, 'name' | 'source' | 'target' | 'data' | 'classes'>): ModelInterface {
  const isCounted = classes?.every((label, position) => label === String(position));
  const input = {
    name: 'row',
    shape: [data.names.length],
    features: data.names,
    domain: { kind: 'per-cell' as const, cells: domainsOf(data) },
  };
  return {
    name,
    source,
    inputs: [input],
    outputs: [
      {
        name: target,
        shape: [classes?.length ?? 1],
        ...(classes === undefined || isCounted === true ? {} : { labels: classes }),
      },
    ],
    decision: { kind: classes === undefined ? 'none' : 'argmax' },
  };
}

/** A column of zeros and ones is a flag, which is asked for by its value; any other may be any number. */
function domainsOf({ columns }: Dataset): readonly CellDomain[] {
  return columns.map((column): CellDomain => {
    const isFlag = column.every((value) => value === 0 || value === 1);
    return isFlag && constantOf(column) === undefined
      ? { kind: 'values', values: [0, 1] }
      : { kind: 'real' };
  });
}

function supportFor(rows: number): number {
  return Math.max(1, Math.min(MIN_SUPPORT, Math.floor(MIN_SUPPORT_SHARE * rows)));
}

/** What the user should know; what makes rules pointless is thrown. */
function checkTable(table: LogicTable, heldOutShare: number): readonly Diagnostic[] {
  const { data, classes, target, place, lineOf } = table;
  const rows = data.target.length;
  const noted = checkData(data, DEFAULT_SETTINGS.loss, place, lineOf);
  const constant = constantOf(data.target);
  if (constant !== undefined) {
    const answer = classes?.[constant] ?? String(constant);
    throw diagnose('LOGIC_ONE_ANSWER', place, { target, answer });
  }
  if (rows < LEAST_ROWS) throw diagnose('LOGIC_FEW_ROWS', place, { rows, least: LEAST_ROWS });
  const count = classes?.length ?? 0;
  if (count > Math.min(MOST_CLASSES, rows / 2)) {
    throw diagnose('LOGIC_MANY_CLASSES', place, { target, classes: count, rows });
  }
  const isOfTarget = ({ code }: Diagnostic): boolean => code === 'STUDENT_CONSTANT_TARGET';
  const rare = (classes ?? []).flatMap((answer, position) => {
    const own = data.target.filter((at) => at === position).length;
    if (heldOutShare === 0 || Math.floor(heldOutShare * own) > 0) return [];
    return [diagnose('LOGIC_RARE_CLASS', place, { answer, rows: own })];
  });
  return [...noted.filter((note) => !isOfTarget(note)), ...rare];
}
