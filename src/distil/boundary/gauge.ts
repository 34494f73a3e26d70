/**
 * A formula that decides is free in two ways: what is added to it goes to the threshold, and a factor changes
 * nothing. Of the ways to tell it that one is taken whose numbers are shortest, the threshold among them.
 *
 *   x3 − 0.3181·exp(x1 − x2) < −0.3179   →   exp(x1 − x2) − 3.144·x3 > 1
 */
import { call, constant, constantsOf } from '../../students/math/formula.js';
import type { Formula } from '../../students/math/formula.js';
import { niceNumbersNear } from '../../students/math/fit/nice-numbers.js';
import type { Settings } from '../../students/math/problem.js';
import { sumOf } from '../../students/math/scouts/shared/build.js';
import { simplifyFormula } from '../../students/math/algebra/simplify.js';
import { complexityOf } from '../../students/math/complexity.js';
import type { Cut } from './threshold.js';

export interface Gauged {
  readonly formula: Formula;
  readonly cut: Cut;
}

/** Relative distance in which numbers are made nice; what that costs is measured. */
const WINDOW = 0.006;

/** Bits of a node, as one of some twenty symbols. */
const BITS_OF_NODE = 4;

/** Bits of a number that has no nice one near. */
const BITS_OF_FREE = 24;

/** Digits of numbers that stay. */
const DIGITS = 5;

/**
 * @param cutAgain the cut of a formula, `undefined` where it has no value at some row.
 * @param isGood whether a formula may stand in for the given one, as far as gradients tell.
 */
export function gauge(
  given: Gauged,
  settings: Settings,
  cutAgain: (formula: Formula) => Cut | undefined,
  isGood: (formula: Formula) => boolean,
): Gauged {
  const terms = termsOf(given.formula);
  const { threshold, agreement } = given.cut;
  const units = [1, ...terms.map(({ coefficient }) => coefficient), threshold];
  let best = given;
  let shortest = bitsOf(given, settings);
  for (const unit of units) {
    for (const sign of [1, -1]) {
      if (unit === 0) continue;
      const scaled = terms.map(({ coefficient, formula }) => ({
        formula,
        coefficient: nicest((sign * coefficient) / unit),
      }));
      const formula = told(sumOf(scaled, 0, settings), settings);
      const cut = cutAgain(formula);
      if (cut === undefined || cut.agreement < agreement - MOST_COST || !isGood(formula)) continue;
      const bits = bitsOf({ formula, cut }, settings);
      if (bits >= shortest) continue;
      [shortest, best] = [bits, { formula, cut }];
    }
  }
  return best;
}

/** What shorter numbers may cost of the agreement. */
const MOST_COST = 1e-3;

interface Term {
  readonly coefficient: number;
  readonly formula: Formula;
}

/** The terms of a sum with their coefficients; numbers that are added are left out. */
function termsOf(formula: Formula, factor = 1): readonly Term[] {
  if (formula.kind === 'constant') return [];
  if (formula.kind === 'variable') return [{ coefficient: factor, formula }];
  const { operator, arguments: parts } = formula;
  switch (operator) {
    case '+':
      return parts.flatMap((part) => termsOf(part, factor));
    case '-':
      return [...termsOf(parts[0], factor), ...termsOf(parts[1], -factor)];
    case 'neg':
      return termsOf(parts[0], -factor);
    case '*':
      for (const [k, part] of parts.entries()) {
        if (part.kind === 'constant') return termsOf(parts[1 - k], factor * part.value);
      }
      return productTerm(parts[0], parts[1], factor);
    case '/':
      if (parts[1].kind === 'constant') return termsOf(parts[0], factor / parts[1].value);
      return [{ coefficient: factor, formula }];
    default:
      return [{ coefficient: factor, formula }];
  }
}

/** (2·a)·b is 2·(a·b). */
function productTerm(left: Formula, right: Formula, factor: number): readonly Term[] {
  const inner = termsOf(left);
  if (inner.length === 1 && left.kind === 'call' && left.operator === '*') {
    const [{ coefficient, formula }] = inner;
    return [{ coefficient: factor * coefficient, formula: call('*', formula, right) }];
  }
  return [{ coefficient: factor, formula: call('*', left, right) }];
}

function nicest(value: number): number {
  const nice = niceNumbersNear(value, WINDOW * Math.abs(value)).at(0);
  return nice?.value ?? Number(value.toPrecision(DIGITS));
}

/** What a reader has to take in: the numbers, the formula around them, and that it is turned around. */
function bitsOf({ formula, cut }: Gauged, settings: Settings): number {
  const numbers = [...constantsOf(formula), cut.threshold];
  const bits = numbers.reduce((sum, value) => sum + bitsOfNumber(value), 0);
  return bits + BITS_OF_NODE * complexityOf(formula, settings) + Number(!cut.isAbove);
}

function bitsOfNumber(value: number): number {
  if (Math.abs(value) === 1) return value === 1 ? 0 : 0.5;
  const near = niceNumbersNear(value, Math.abs(value) * Number.EPSILON);
  return near.length === 0 ? BITS_OF_FREE : near[0].bits;
}

/** In the shortest form; a sum of one term without a factor is that term. */
function told(formula: Formula, settings: Settings): Formula {
  if (formula.kind !== 'call')
    return formula.kind === 'constant' ? constant(formula.value) : formula;
  return simplifyFormula(formula, (one) => complexityOf(one, settings), {
    operators: settings.operators,
  });
}
