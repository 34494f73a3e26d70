/** The options of `deepdistill math` that ask for explanations around points: which, how near, how well. */
import { diagnose } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Bound, LocalOptions } from '../distil/local/index.js';
import type { Subject } from '../distil/subject.js';
import { sizeOf } from '../ir/model-interface.js';
import type { CellDomain } from '../ir/model-interface.js';
import { numberOption, refuse, textOption, textOptions } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { Option } from './command.js';
import type { CliIo } from './io.js';
import { wholeOption } from './math-options.js';
import { readInputs } from './read-data.js';

export const LOCAL_OPTIONS = {
  at: { kind: 'text', value: 'X=1,Y=2', repeatable: true, description: 'explain a model around this point alone; may be repeated' }, // prettier-ignore
  'at-data': { kind: 'text', value: 'FILE.csv', description: 'explain a model around each row' },
  bound: { kind: 'text', value: '5%', description: 'with --at: how far the formula may be off, a number or a share of the local range' }, // prettier-ignore
  width: { kind: 'text', value: '0.1', description: 'with --at: how far samples lie from the point, as a share of each range' }, // prettier-ignore
  samples: { kind: 'text', value: '400', description: 'with --at: points asked around it' },
  neighbours: { kind: 'text', value: '100', description: 'with --at and --data: nearest rows that are learned from as well' }, // prettier-ignore
} as const satisfies Readonly<Record<string, Option>>;

/** What says nothing without a point, and what an explanation does not have. */
const OF_POINTS = ['bound', 'width', 'samples', 'neighbours'];
const OF_SEARCHES = ['front', 'state', 'resume', 'residuals'];

const DEFAULTS = { width: 0.1, samples: 400, neighbours: 100, share: 0.05 } as const;

/** Whether points are to be explained. @throws Diagnostic `CLI_OPTIONS_CONFLICT`. */
export function isLocal(parsed: Arguments): boolean {
  const asked = ['at', 'at-data'].find((name) => parsed.options.has(name));
  if (asked === undefined) {
    refuse(parsed, 'no --at', OF_POINTS, 'name a point with --at, or leave the option out');
    return false;
  }
  refuse(parsed, `--${asked}`, OF_SEARCHES, 'leave one of them out: they are of a formula for the whole domain'); // prettier-ignore
  return true;
}

/** @throws Diagnostic `CLI_OPTION_VALUE`, `CLI_OPTIONS_CONFLICT`. */
export function readLocalOptions(parsed: Arguments): Omit<LocalOptions, 'search'> {
  const hasRows = parsed.options.has('data');
  if (!hasRows) refuse(parsed, 'no --data', ['neighbours'], 'neighbours are rows of --data');
  const width = numberOption(parsed, 'width', 0) ?? DEFAULTS.width;
  if (!(width > 0 && width <= 1)) {
    throw wrongValue('width', String(width), 'a share of the ranges, above 0 and at most 1');
  }
  return {
    bound: readBound(parsed),
    width,
    samples: wholeOption(parsed, 'samples', 8) ?? DEFAULTS.samples,
    neighbours: wholeOption(parsed, 'neighbours', 0) ?? DEFAULTS.neighbours,
    hasRows,
  };
}

function readBound(parsed: Arguments): Bound {
  const text = textOption(parsed, 'bound');
  if (text === undefined) return { kind: 'share', share: DEFAULTS.share };
  const found = /^(\S+?)\s*(%?)$/.exec(text.trim());
  const value = found === null ? NaN : Number(found[1]);
  if (!(value > 0 && value < Infinity)) {
    throw wrongValue('bound', text, 'a positive number, or a share of the local range such as 5%');
  }
  return found?.[2] === '%' ? { kind: 'share', share: value / 100 } : { kind: 'value', value };
}

/** The points as `--at` says them, one number for each feature. */
export interface PointText {
  readonly text: string;
  readonly values: readonly number[];
  /** Absent where numbers stand alone, in the order of the features. */
  readonly names?: readonly string[];
}

/** @throws Diagnostic `CLI_OPTION_VALUE`. */
export function readPointTexts(parsed: Arguments): readonly PointText[] {
  return textOptions(parsed, 'at').map((text) => {
    const parts = text.split(',').map((part) => /^(?:([^=]*)=)?([^=]*)$/.exec(part.trim()));
    const values = parts.map((part) => numberOf(part?.[2].trim() ?? ''));
    const names = parts.flatMap((part) => part?.at(1)?.trim() ?? []);
    const isNamed = names.length === parts.length && new Set(names).size === names.length;
    if (!values.every(Number.isFinite) || (names.length > 0 && !isNamed)) {
      throw wrongValue('at', text, 'NAME=NUMBER for each feature, such as x=1,y=2, or numbers alone'); // prettier-ignore
    }
    return { text, values, ...(names.length > 0 ? { names } : {}) };
  });
}

function numberOf(text: string): number {
  return text === '' ? NaN : Number(text);
}

/**
 * The points of `--at` and of `--at-data`, in this order, each with a number for every feature of the
 * subject.
 *
 * @throws Diagnostic LOCAL_POINT_COUNT, LOCAL_POINT_INCOMPLETE, LOCAL_POINT_OUTSIDE,
 *   STUDENT_UNKNOWN_FEATURE, and those of the file.
 */
export function readPoints(
  texts: readonly PointText[],
  parsed: Arguments,
  { model, cells }: Subject,
  io: CliIo,
): readonly (readonly number[])[] {
  const [{ problem, inputs }] = cells;
  const { names } = problem.data;
  const points = texts.map((point) => orderPoint(point, names));
  const file = textOption(parsed, 'at-data');
  for (const point of points) checkInside(point, names, problem.domains);
  if (file === undefined) return refuseSeveral(points, parsed);
  const width = model.inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const shown = model.inputs.map(({ shape }) => JSON.stringify(shape)).join(' and ');
  const table = readInputs(file, { width, shown }, io.cwd);
  const rows = Array.from({ length: table.rows }, (_, row) =>
    inputs.map((cell) => table.cells[row * table.columns + cell]),
  );
  rows.forEach((row, at) => {
    checkInside(row, names, problem.domains, { file, row: table.header + at + 1 });
  });
  return refuseSeveral([...points, ...rows], parsed);
}

/** A module stands around one point. */
function refuseSeveral(
  points: readonly (readonly number[])[],
  parsed: Arguments,
): readonly (readonly number[])[] {
  if (points.length > 1) {
    refuse(parsed, 'several points', ['output'], 'a module stands around one point: leave out -o for reports alone'); // prettier-ignore
  }
  return points;
}

function orderPoint({ values, names }: PointText, features: readonly string[]): readonly number[] {
  if (names === undefined) {
    if (values.length === features.length) return values;
    throw diagnose('LOCAL_POINT_COUNT', {}, { expected: features, actual: values.length });
  }
  for (const word of names) {
    if (features.includes(word)) continue;
    const nearest = nearestWord(word, features);
    throw diagnose('STUDENT_UNKNOWN_FEATURE', {}, { word, nearest, known: features });
  }
  const missing = features.filter((name) => !names.includes(name));
  if (missing.length > 0) throw diagnose('LOCAL_POINT_INCOMPLETE', {}, { missing });
  return features.map((name) => values[names.indexOf(name)]);
}

function checkInside(
  point: readonly number[],
  names: readonly string[],
  domains: readonly CellDomain[],
  place: { readonly file?: string; readonly row?: number } = {},
): void {
  domains.forEach((domain, k) => {
    const value = point[k];
    if (isWithin(value, domain)) return;
    throw diagnose('LOCAL_POINT_OUTSIDE', place, { name: names[k], value, allowed: wordsOf(domain) }); // prettier-ignore
  });
}

function isWithin(value: number, domain: CellDomain): boolean {
  if (domain.kind === 'values') return domain.values.includes(value);
  return domain.kind === 'real' || (value >= domain.min && value <= domain.max);
}

function wordsOf(domain: CellDomain): string {
  if (domain.kind === 'values') return `one of ${domain.values.join(', ')}`;
  return domain.kind === 'real' ? 'any number' : `from ${domain.min} to ${domain.max}`;
}

function wrongValue(option: string, value: string, expected: string): Diagnostic {
  return diagnose('CLI_OPTION_VALUE', {}, { option, value, expected });
}
