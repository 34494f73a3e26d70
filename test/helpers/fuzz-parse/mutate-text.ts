/** Damage to texts of numbers and of JSON that keeps most of their grammar. */
import type { Random } from '../../../src/numeric/random.js';
import { between, chance, pick } from '../fuzz/choose.js';

/** What may stand in a cell, or in the place of a number. */
const TELLING_CELLS = [
  '2', '-3.25', '1e-5', '0', '-0', '00012', '+7', '5.', '.5', '1e-999', '4.9406564584124654e-324', '1.7976931348623157e308',
  '', ' ', '-', '+', '.', 'e', '1e', '1e999', '-1e999', '1e-999', 'nan', 'NaN', 'inf', '-Infinity', '0x10', '1_000',
  '1;2', '"1"', "'1'", '00012', '-0', '.5', '5.', '+7', '1,', '1e+0000000000000000005', '9'.repeat(400),
  `0.${'0'.repeat(400)}1`, '1'.repeat(20_000), '٣', '\u{feff}1', '\0', 'null', 'true',
]; // prettier-ignore

const LINE_ENDS = ['\n', '\r\n', '\r', '\n\n', ' \n', ',\n'];

/** A table of cells with a few of them, or of its lines, changed. */
export function damageCsv(text: string, random: Random): string {
  const rows = text.split('\n').map((line) => line.split(','));
  for (let k = between(random, 1, 4); k > 0; k--) {
    const at = random.below(rows.length);
    const row = rows[at];
    const cell = random.below(row.length);
    switch (random.below(7)) {
      case 0:
      case 1:
        row[cell] = pick(random, TELLING_CELLS);
        break;
      case 2:
        row.splice(cell, 1);
        break;
      case 3:
        row.splice(cell, 0, pick(random, TELLING_CELLS));
        break;
      case 4:
        rows.splice(at, 1 + random.below(2));
        if (rows.length === 0) rows.push(['']);
        break;
      case 5:
        rows.splice(random.below(rows.length), 0, ...new Array<string[]>(between(random, 1, 50)).fill(row)); // prettier-ignore
        break;
      default:
        rows.reverse();
    }
  }
  const end = chance(random, 0.7) ? '\n' : pick(random, LINE_ENDS);
  return `${chance(random, 0.05) ? '\u{feff}' : ''}${rows.map((row) => row.join(',')).join(end)}`;
}

/** Values that a key of a manifest hardly expects, as JSON. */
const TELLING_VALUES = [
  'null', 'true', '[]', '{}', '""', '0', '-1', '0.5', '1e400', '-0', '16777217', '9007199254740993', '1e999', 'NaN',
  '[[]]', '[0, 1]', '[1, 0]', '[0, 0]', '{"min": 0, "max": 1}', '{"min": 1, "max": 0}', '"real"', '"sign"', '"softmax"',
  '"../../secret.csv"', '"/etc/passwd"', '"constructor"', '"__proto__"', '"\\u0000"', '"\\ud800"', '[1e9, 1e9]',
  `"${'a'.repeat(5000)}"`, `${'['.repeat(200)}${']'.repeat(200)}`, `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`,
]; // prettier-ignore

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const TELLING_KEYS = [
  'name',
  'shape',
  'layers',
  'weight',
  'domain',
  '__proto__',
  'min',
  'Input',
  '',
];

/** JSON with a few values changed, keys added, renamed or left out: still JSON. */
export function damageJsonValues(text: string, random: Random): string | undefined {
  const root = parsedJson(text);
  if (root === undefined) return undefined;
  let result = root;
  for (let k = between(random, 1, 3); k > 0; k--) result = changedJson(result, random);
  return JSON.stringify(result, undefined, 2);
}

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The value with a change somewhere in it. */
function changedJson(value: Json, random: Random): Json {
  const isInner = typeof value === 'object' && value !== null;
  if (!isInner || chance(random, 0.1)) {
    const other = parsedJson(pick(random, TELLING_VALUES)) ?? null;
    if (typeof value === 'number' && chance(random, 0.4)) return value * (random.below(5) - 2);
    return chance(random, 0.15) ? [value, other] : other;
  }
  const entries: [string, Json][] = Object.entries(value);
  if (entries.length === 0) return [value];
  const at = random.below(entries.length);
  const [key, inner] = entries[at];
  const kind = random.below(12);
  if (kind === 0) entries.splice(at, 1);
  else if (kind === 1) entries.splice(at, 0, [pick(random, TELLING_KEYS), inner]);
  else if (kind === 2) entries[at] = [pick(random, TELLING_KEYS), inner];
  else entries[at] = [key, changedJson(inner, random)];
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

/** A scalar of JSON, or a key. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/g;

/** JSON with a few of its keys and scalars changed, left out or repeated; seldom still JSON. */
export function damageJson(text: string, random: Random): string {
  let damaged = text;
  for (let k = between(random, 1, 3); k > 0; k--) {
    const tokens = [...damaged.matchAll(TOKEN)];
    if (tokens.length === 0) break;
    const { 0: token, index } = pick(random, tokens);
    const other = pick(random, tokens)[0];
    const replacement = [
      pick(random, TELLING_VALUES),
      pick(random, TELLING_VALUES),
      other,
      `${token}, ${token}`,
      `${token}: ${token}`,
      `[${token}]`,
      '',
      token.slice(0, -1),
      `${token} // comment`,
    ];
    damaged = `${damaged.slice(0, index)}${pick(random, replacement)}${damaged.slice(index + token.length)}`; // prettier-ignore
  }
  return damaged;
}
