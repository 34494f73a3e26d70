/**
 * Another way to say whether constants can make a formula right in its dimensions: every constant has an
 * unknown dimension, every operator asks for equations between linear expressions, and Gauss says whether
 * they have a solution.
 */
import type { Dimensions } from '../../../../../src/students/math/dimensions/check.js';
import { evaluateFormula } from '../../../../../src/students/math/engine/evaluate-formula.js';
import { constantsOf, variablesOf } from '../../../../../src/students/math/formula.js';
import type { Formula } from '../../../../../src/students/math/formula.js';

/** Of one base unit: an exponent, and how often each constant's goes in. */
type Linear = readonly number[];

const POWERS: Readonly<Record<string, number>> = { square: 2, cube: 3, sqrt: 1 / 2, cbrt: 1 / 3 };
const NUMBERS = new Set(['exp', 'sin', 'log', 'tanh']);

/** `undefined` where an exponent is no number. */
export function isSolvable(formula: Formula, known: Dimensions): boolean | undefined {
  const unknowns = constantsOf(formula).length;
  for (let base = 0; base < 8; base++) {
    const equations: Linear[] = [];
    let next = 0;
    const failures: number[] = [];
    const zero = (): number[] => Array.from({ length: 1 + unknowns }, () => 0);
    const equal = (a: Linear, b: Linear): void => {
      equations.push(a.map((value, k) => value - b[k]));
    };
    const visit = (part: Formula): Linear => {
      if (part.kind === 'variable') {
        const own = zero();
        own[0] = known.variables[part.index]?.[base] ?? 0;
        return own;
      }
      if (part.kind === 'constant') {
        const own = zero();
        own[1 + next++] = 1;
        return own;
      }
      const parts = part.arguments.map((one, place) => {
        const own = visit(one);
        const isFactor = part.operator === '*' || (part.operator === '/' && place === 1);
        const isOne = one.kind === 'constant' && Math.abs(one.value) === 1;
        return isFactor && isOne ? zero() : own;
      });
      const [a, b, c] = parts;
      const { operator } = part;
      if (operator in POWERS) return a.map((value) => value * POWERS[operator]);
      if (operator === '*') return a.map((value, k) => value + b[k]);
      if (operator === '/') return a.map((value, k) => value - b[k]);
      if (operator === 'sign') return zero();
      if (operator === 'pow') {
        equal(b, zero());
        if (variablesOf(part.arguments[1]).length > 0) {
          equal(a, zero());
          return zero();
        }
        const exponent = evaluateFormula(part.arguments[1], []);
        if (!Number.isFinite(exponent)) failures.push(exponent);
        return a.map((value) => value * exponent);
      }
      if (NUMBERS.has(operator)) {
        equal(a, zero());
        return zero();
      }
      if (operator === 'cond') {
        equal(b, c);
        return b;
      }
      if (parts.length > 1) equal(a, b);
      return operator === '<' ? zero() : a;
    };
    const root = visit(formula);
    if (known.target !== null) {
      const target = zero();
      target[0] = known.target[base];
      equal(root, target);
    }
    if (failures.length > 0) return undefined;
    if (!hasSolution(equations)) return false;
  }
  return true;
}

/** Whether constant + Σ coefficient · unknown = 0 can hold for all equations. */
function hasSolution(equations: readonly Linear[]): boolean {
  const rows = equations.map((row) => [...row]);
  const width = rows.length === 0 ? 0 : rows[0].length;
  let done = 0;
  for (let column = 1; column < width; column++) {
    const pivot = rows.findIndex((row, k) => k >= done && Math.abs(row[column]) > 1e-9);
    if (pivot < 0) continue;
    [rows[done], rows[pivot]] = [rows[pivot], rows[done]];
    const top = rows[done];
    for (const row of rows) {
      if (row === top || row[column] === 0) continue;
      const factor = row[column] / top[column];
      row.forEach((value, k) => (row[k] = value - factor * top[k]));
    }
    done++;
  }
  return rows.slice(done).every((row) => Math.abs(row[0]) < 1e-9);
}
