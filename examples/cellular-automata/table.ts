/**
 * Compiles all 256 rules and writes one line about each into output/cellular-automata/rules.md.
 *
 *   npx tsx examples/cellular-automata/table.ts
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { compile } from '../../src/compile.js';
import { elementaryAutomaton } from '../../test/helpers/build/local-rules.js';
import { bodyOperators } from '../../test/helpers/fuzz/body-operators.js';
import { isMain, progressLines } from '../common/script.js';
import { asTrained } from '../common/write-symbolic.js';
import { WIDTH } from './build.js';

const SEED = 1;
const HEAD = ['rule', 'next state of a cell', 'operators', 'verdict'];

const INTRODUCTION = `# All 256 elementary cellular automata

Each rule is a network of ${WIDTH} cells that go round: a neuron for each cell and each neighbourhood that
gives 1, and their disjunction, shuffled, scaled and noisy. This is what its compiled loop says of a cell;
\`left\`, \`own\` and \`right\` stand for reading the three cells. Operators are counted without what only
turns a number into a truth or back.

`;

/** One rule's cells of the table. */
export async function ruleRow(rule: number): Promise<readonly string[]> {
  const { network } = elementaryAutomaton({ rule, width: WIDTH, border: 'wrap' });
  const { code, verdict } = await compile(asTrained(network, SEED));
  return [
    String(rule),
    `\`${bodyOf(code)}\``,
    String(Math.max(0, ...bodyOperators(code))),
    verdict.status,
  ];
}

/** The page of some rows. */
export function rulesPage(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return `${INTRODUCTION}${line(HEAD)}|---:|---|---:|---|\n${rows.map(line).join('')}`;
}

/**
 * What the outermost loop over the cells writes, with local names put in and reads of the three cells
 * named; the whole body where it is more than one expression, and the filling where there is no loop.
 */
export function bodyOf(code: string): string {
  const loop =
    /\n {2}for \(let (\w+) = 0; [^)]*\) \{\n([\s\S]*?)\n {2}\}/.exec(code) ??
    /\n {2}for \(let (\w+) = 0; [^)]*\) ([^{\n].*;)\n/.exec(code);
  if (loop === null) return /\.fill\((.*)\)/.exec(code)?.[1] ?? '0';
  const [, cell, inner] = loop;
  const names = new Map<string, string>();
  const statements: string[] = [];
  for (const statement of inner
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=;) /)) {
    const local = /^const (\w+) = (.*);$/.exec(statement);
    if (local === null) statements.push(nameCells(statement, cell));
    else names.set(local[1], nameCells(local[2], cell));
  }
  const text = putIn(names, statements.join(' '));
  const written = statements.length === 1 ? /^\w+\[\w+\] = (.*);$/.exec(text) : null;
  if (written === null) return text;
  return withoutOuterParentheses(written[1].replace(/ \? 1 : 0$/, ''));
}

/** Local names replaced by what they stand for. */
function putIn(names: ReadonlyMap<string, string>, text: string): string {
  let result = text;
  for (const [name, value] of names) {
    const put = /^!?\w+$/.test(value) ? value : `(${value})`;
    result = result.replace(new RegExp(`\\b${name}\\b`, 'g'), put);
  }
  return result.replaceAll('!!', '');
}

/** `(a ? b : c)` as `a ? b : c`; not `(a) && (b)`. */
function withoutOuterParentheses(text: string): string {
  const inner = /^\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(text);
  return inner === null ? text : inner[1];
}

/** `cells[(cell + 1) % 17] === 1` as `right`, `!== 1` as `!right`; in sums the cell itself. */
function nameCells(text: string, cell: string): string {
  const reads: readonly (readonly [string, string])[] = [
    [`cells[(${cell} + ${WIDTH - 1}) % ${WIDTH}]`, 'left'],
    [`cells[(${cell} + 1) % ${WIDTH}]`, 'right'],
    [`cells[${cell}]`, 'own'],
  ];
  const named = reads.reduce((result, [read, name]) => result.replaceAll(read, name), text);
  return named
    .replace(/(?<![-+*%] )\b(left|own|right) === 1\b/g, '$1')
    .replace(/(?<![-+*%] )\b(left|own|right) !== 1\b/g, '!$1')
    .replace(/(?<!\w)\((!?(?:left|own|right))\)/g, '$1');
}

if (isMain(import.meta.url)) {
  const tell = progressLines('compiling rules');
  const rows: (readonly string[])[] = [];
  for (let rule = 0; rule < 256; rule++) {
    rows.push(await ruleRow(rule));
    tell(rule + 1, 256);
  }
  const folder = new URL('../../output/cellular-automata/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('rules.md', folder), rulesPage(rows));
}
