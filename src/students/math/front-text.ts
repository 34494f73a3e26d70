/**
 * A front as text: CSV for people and spreadsheets, JSON that can be read back to the same front, with
 * each formula as it is read and, exactly, as it is.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Place } from '../../diagnostics/diagnostic.js';
import { scoresOf } from './front.js';
import type { Candidate } from './problem.js';
import { parseFormula } from './text/parse-formula.js';
import { printFormula } from './text/print-formula.js';

/** The version of the JSON. */
const VERSION = 1;

/**
 * `complexity,loss,score,equation`, one line for each member (RFC 4180, ended by a newline). `digits`
 * rounds the constants of equations.
 */
export function frontToCsv(
  front: readonly Candidate[],
  names: readonly string[],
  digits?: number,
): string {
  const scores = scoresOf(front);
  const rows = front.map(({ formula, complexity, loss }, at) => {
    const equation = printFormula(formula, names, digits === undefined ? {} : { digits });
    return [complexity, loss, scores[at], quoted(equation)].join(',');
  });
  return `${['complexity,loss,score,equation', ...rows].join('\n')}\n`;
}

/** A cell, in quotes where a comma, a quote or a line break would end it. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The front as JSON, two spaces deep, ended by a newline. */
export function frontToJson(front: readonly Candidate[], names: readonly string[]): string {
  const scores = scoresOf(front);
  const rows = front.map(({ formula, complexity, loss, origin }, at) => ({
    complexity,
    loss,
    score: scores[at],
    equation: printFormula(formula, names),
    exact: printFormula(formula, names, { exact: true }),
    origin,
  }));
  return `${JSON.stringify({ version: VERSION, names, front: rows }, undefined, 2)}\n`;
}

export interface StoredFront {
  readonly names: readonly string[];
  readonly front: readonly Candidate[];
}

/**
 * The front that `frontToJson` wrote, formulas and losses to the last bit. `place` names the file.
 *
 * @throws Diagnostic FRONT_UNREADABLE, or that of a formula.
 */
export function frontFromJson(text: string, place: Place = {}): StoredFront {
  const stored = readObject(text, place);
  const { version, names, front } = stored;
  if (version !== VERSION) throw unreadable(place, `version ${String(version)}`);
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw unreadable(place, 'no list of names');
  }
  if (!Array.isArray(front)) throw unreadable(place, 'no list called front');
  const rows: readonly unknown[] = front;
  return { names, front: rows.map((row, at) => readMember(row, at, names, place)) };
}

function readObject(text: string, place: Place): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable(place, 'no JSON');
  }
  if (typeof value !== 'object' || value === null) throw unreadable(place, 'no object');
  return value as Readonly<Record<string, unknown>>;
}

function readMember(row: unknown, at: number, names: readonly string[], place: Place): Candidate {
  const key = `front[${at}]`;
  if (typeof row !== 'object' || row === null) throw unreadable({ ...place, key }, 'no object');
  const { complexity, loss, origin, exact } = row as Readonly<Record<string, unknown>>;
  const isWhole = typeof complexity === 'number' && typeof loss === 'number';
  if (!isWhole || typeof origin !== 'string' || typeof exact !== 'string') {
    throw unreadable({ ...place, key }, 'no complexity, loss, origin and exact formula');
  }
  const formula = parseFormula(exact, names, { ...place, key: `${key}.exact` });
  return { formula, complexity, loss, origin };
}

function unreadable(place: Place, found: string): Error {
  return diagnose('FRONT_UNREADABLE', place, { found });
}
