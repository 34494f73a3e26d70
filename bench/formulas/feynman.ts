/**
 * Ten formulas of the Feynman database (Udrescu and Tegmark, AI Feynman, 2020) with its ranges, and the
 * symbolic solution rates that the ground-truth table of SRBench (La Cava et al. 2021) has for them
 * without noise. SRBench draws up to 10,000 rows, here it is 1,000; its noise is the additive kind.
 */
import type { Formula } from '../../src/students/math/formula.js';
import { apply, power, product, quotient, sum, variables } from './build.js';
import { CONSTANT_TOLERANCE, repeated, uniform } from './problem-set.js';
import type { FormulaProblem, Sampling, Suite } from './problem-set.js';

/** Rows of each problem. */
export const FEYNMAN_ROWS = 1000;

const [a, b, c, d] = variables(4);
const square = (part: Formula): Formula => apply('square', part);
const USUAL = uniform(1, 5);

/** A formula of the database by its number; `names` in the database's order. */
export function feynman(
  name: string,
  text: string,
  names: readonly string[],
  formula: Formula,
  sampling: readonly Sampling[] = repeated(USUAL, names.length),
): FormulaProblem {
  return {
    name,
    source: 'Feynman database',
    text,
    variables: names,
    sampling,
    rows: FEYNMAN_ROWS,
    formula,
    noise: { kind: 'none' },
    constantTolerance: CONSTANT_TOLERANCE,
  };
}

export const FEYNMAN: Suite = {
  name: 'feynman',
  problems: [
    feynman('I.12.1', 'mu * Nn', ['mu', 'Nn'], product(a, b)),
    feynman('I.29.4', 'omega / c', ['omega', 'c'], quotient(a, b), repeated(uniform(1, 10), 2)),
    feynman('I.34.8', 'q * v * B / p', ['q', 'v', 'B', 'p'], quotient(product(a, b, c), d)),
    feynman(
      'III.17.37',
      'beta * (1 + alpha * cos(theta))',
      ['beta', 'alpha', 'theta'],
      product(a, sum(1, product(b, apply('cos', c)))),
    ),
    feynman('I.14.4', 'k * x^2 / 2', ['k', 'x'], quotient(product(a, square(b)), 2)),
    feynman(
      'II.38.14',
      'Y / (2 * (1 + sigma))',
      ['Y', 'sigma'],
      quotient(a, product(2, sum(1, b))),
    ),
    feynman(
      'I.27.6',
      '1 / (1 / d1 + n / d2)',
      ['d1', 'd2', 'n'],
      quotient(1, sum(quotient(1, a), quotient(c, b))),
    ),
    feynman(
      'I.12.2',
      'q1 * q2 / (4 * pi * epsilon * r^2)',
      ['q1', 'q2', 'epsilon', 'r'],
      quotient(product(a, b), product(4 * Math.PI, c, power(d, 2))),
    ),
    feynman(
      'I.18.4',
      '(m1 * r1 + m2 * r2) / (m1 + m2)',
      ['m1', 'm2', 'r1', 'r2'],
      quotient(sum(product(a, c), product(b, d)), sum(a, b)),
    ),
    feynman(
      'I.37.4',
      'I1 + I2 + 2 * sqrt(I1 * I2) * cos(delta)',
      ['I1', 'I2', 'delta'],
      sum(a, b, product(2, apply('sqrt', product(a, b)), apply('cos', c))),
    ),
  ],
  published: {
    systems: ['AI Feynman', 'GP-GOMEA', 'DSR', 'Operon', 'gplearn', 'AFP_FE'],
    rates: {
      'I.12.1': [100, 100, 88, 90, 100, 100],
      'I.29.4': [100, 0, 88, 60, 100, 90],
      'I.34.8': [100, 38, 88, 50, 88, 50],
      'III.17.37': [100, 88, 88, 0, 38, 80],
      'I.14.4': [100, 88, 12, 80, 0, 50],
      'II.38.14': [100, 88, 88, 10, 0, 10],
      'I.27.6': [100, 50, 88, 0, 12, 20],
      'I.12.2': [100, 38, 0, 20, 0, 50],
      'I.18.4': [100, 0, 0, 0, 0, 0],
      'I.37.4': [0, 0, 0, 0, 0, 0],
    },
  },
};
