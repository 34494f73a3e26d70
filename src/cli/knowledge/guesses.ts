/** `--guess 'a*x + b'`: formulas to begin with. One that could never stand on the front is refused. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Cell, Subject } from '../../distil/subject.js';
import { plainFormula } from '../../distil/over-inputs.js';
import { complexityOf, isAllowed } from '../../students/math/complexity.js';
import { evaluateFormula } from '../../students/math/engine/evaluate-formula.js';
import type { Formula } from '../../students/math/formula.js';
import { variablesOf } from '../../students/math/formula.js';
import { wrongDimensionsOf } from '../../students/math/knowledge/rules.js';
import type { Settings } from '../../students/math/problem.js';
import { parseFormula } from '../../students/math/text/parse-formula.js';
import { textOptions } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import { functionsOf } from './operators.js';

/** The subject with the guesses that the options give. @throws Diagnostic of a formula, GUESS_NOT_ALLOWED. */
export function readGuesses(parsed: Arguments, subject: Subject): Subject {
  const texts = textOptions(parsed, 'guess');
  if (texts.length === 0) return subject;
  const cells = subject.cells.map((cell) => {
    const { problem } = cell;
    const { settings, data } = problem;
    const own = functionsOf(settings.knowledge?.operators ?? []);
    const guesses = texts.map((text) => {
      const formula = parseFormula(text, data.names, { key: '--guess' }, own);
      refuse(text, formula, cell);
      return formula;
    });
    const knowledge = { ...settings.knowledge, guesses };
    return { ...cell, problem: { ...problem, settings: { ...settings, knowledge } } };
  });
  return { ...subject, cells };
}

function refuse(text: string, formula: Formula, cell: Cell): void {
  const { settings, data } = cell.problem;
  const row = rowWithoutValue(plainFormula(formula, cell), data.columns, data.target.length);
  const reason = whyNotAllowed(formula, settings, data.names);
  const guess = `"${text}"`;
  if (reason !== undefined) throw diagnose('GUESS_NOT_ALLOWED', {}, { guess, ...reason });
  if (row < 0) return;
  const hint = 'write it with constants with which it is a number at every row';
  throw diagnose(
    'GUESS_NOT_ALLOWED',
    {},
    { guess, reason: `has no value at row ${row + 1}`, hint },
  );
}

function rowWithoutValue(formula: Formula, columns: readonly Float64Array[], rows: number): number {
  for (let row = 0; row < rows; row++) {
    const point = columns.map((column) => column[row]);
    if (!Number.isFinite(evaluateFormula(formula, point))) return row;
  }
  return -1;
}

/** Why a formula that is not allowed is not, and what to do about it. */
function whyNotAllowed(
  formula: Formula,
  settings: Settings,
  names: readonly string[],
): { readonly reason: string; readonly hint: string } | undefined {
  if (isAllowed(formula, settings)) return undefined;
  const operator = [...operatorsOf(formula)].find((name) => !settings.operators.includes(name));
  if (operator !== undefined) {
    const hint = 'name it in --operators, with the others';
    return { reason: `uses ${operator}, which formulas may not`, hint };
  }
  const complexity = complexityOf(formula, settings);
  if (complexity > settings.maxComplexity) {
    const hint = 'allow more with --max-complexity';
    return { reason: `has complexity ${complexity}, more than ${settings.maxComplexity}`, hint };
  }
  const { required = [], apart = [], dimensions } = settings.knowledge ?? {};
  const read = variablesOf(formula);
  const missing = required.find((at) => !read.includes(at));
  if (missing !== undefined) {
    const hint = 'take it out of --require, or into the guess';
    return { reason: `does not read ${names[missing]}, which is required`, hint };
  }
  const pair = apart.find(([a, b]) => read.includes(a) && read.includes(b));
  if (pair !== undefined) {
    const [a, b] = pair.map((at) => names[at]);
    return { reason: `reads both ${a} and ${b}`, hint: 'take the pair out of --forbid' };
  }
  if (dimensions?.policy === 'rule' && wrongDimensionsOf(formula, settings) > 0) {
    const hint = 'check the units, or let it pass with --dimensions penalty';
    return { reason: 'is wrong in its dimensions', hint };
  }
  return { reason: 'is nested deeper than is allowed', hint: 'see --max-depth and --nesting' };
}

function operatorsOf(formula: Formula): ReadonlySet<string> {
  if (formula.kind !== 'call') return new Set();
  return new Set([formula.operator, ...formula.arguments.flatMap((one) => [...operatorsOf(one)])]);
}
