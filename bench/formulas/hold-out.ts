/**
 * The hold-out: twenty formulas, fixed before anything was tuned, by position in lists that others
 * published and not by what they look like.
 *
 * The rule: of the lists of Keijzer (15), Vladislavleva (8), Livermore (22), Jin (6) and of the constants
 * suite (8) every fourth formula, in published order; of the three R rationals, too few for that, the last;
 * of the 100 rows of the Feynman database every sixteenth. A formula that a listed suite has (Nguyen,
 * Feynman subset) gives way to the next one of its list: Keijzer 8 (√x) to 9, Keijzer 12 (Nguyen 12) to 13,
 * Feynman row 16 (I.14.4) to row 17. Ranges and numbers of rows are the published ones.
 */
import type { Formula } from '../../src/students/math/formula.js';
import { apply, minus, power, powerSum, product, quotient, sum, variables } from './build.js';
import { feynman } from './feynman.js';
import { CONSTANT_TOLERANCE, repeated, uniform } from './problem-set.js';
import type { FormulaProblem, Sampling, Suite } from './problem-set.js';

const [x, y] = variables(5);
const square = (part: Formula): Formula => apply('square', part);
const sin = (part: Formula): Formula => apply('sin', part);
const cos = (part: Formula): Formula => apply('cos', part);
const exp = (part: Formula): Formula => apply('exp', part);
const log = (part: Formula): Formula => apply('log', part);

function problem(
  name: string,
  source: string,
  text: string,
  design: { readonly sampling: readonly Sampling[]; readonly rows: number },
  formula: Formula,
): FormulaProblem {
  return {
    name,
    source,
    text,
    variables: ['x', 'y', 'z', 'v', 'w'].slice(0, design.sampling.length),
    ...design,
    formula,
    noise: { kind: 'none' },
    constantTolerance: CONSTANT_TOLERANCE,
  };
}

/** U[min, max, rows] of the lists, for each of `count` variables. */
function random(
  min: number,
  max: number,
  rows: number,
  count = 1,
): { sampling: readonly Sampling[]; rows: number } {
  return { sampling: repeated(uniform(min, max), count), rows };
}

/** E[min, max, …] of the lists: a grid of so many rows. */
function spaced(
  min: number,
  max: number,
  rows: number,
): { sampling: readonly Sampling[]; rows: number } {
  return { sampling: [{ kind: 'spaced', min, max }], rows };
}

const KEIJZER = 'Keijzer 2003';
const keijzer: readonly FormulaProblem[] = [
  problem(
    'Keijzer-4',
    KEIJZER,
    'x^3 * exp(-x) * cos(x) * sin(x) * (sin(x)^2 * cos(x) - 1)',
    spaced(0, 10, 201),
    product(
      power(x, 3),
      exp(apply('neg', x)),
      cos(x),
      sin(x),
      minus(product(square(sin(x)), cos(x)), 1),
    ),
  ),
  problem(
    'Keijzer-9',
    KEIJZER,
    'log(x + sqrt(x^2 + 1))',
    spaced(0, 100, 101),
    log(sum(x, apply('sqrt', sum(square(x), 1)))),
  ),
  problem(
    'Keijzer-13',
    KEIJZER,
    '6 * sin(x) * cos(y)',
    random(-3, 3, 20, 2),
    product(6, sin(x), cos(y)),
  ),
];

const VLADISLAVLEVA = 'Vladislavleva, Smits and den Hertog 2009';
const vladislavleva: readonly FormulaProblem[] = [
  problem(
    'Vladislavleva-4',
    VLADISLAVLEVA,
    '10 / (5 + (x - 3)^2 + (y - 3)^2 + (z - 3)^2 + (v - 3)^2 + (w - 3)^2)',
    random(0.05, 6.05, 1024, 5),
    quotient(10, sum(5, ...variables(5).map((part) => square(minus(part, 3))))),
  ),
  problem(
    'Vladislavleva-8',
    VLADISLAVLEVA,
    '((x - 3)^4 + (y - 3)^3 - (y - 3)) / ((y - 2)^4 + 10)',
    random(0.05, 6.05, 50, 2),
    quotient(
      minus(sum(power(minus(x, 3), 4), power(minus(y, 3), 3)), minus(y, 3)),
      sum(power(minus(y, 2), 4), 10),
    ),
  ),
];

const LIVERMORE = 'Mundhenk et al. 2021';
const livermore: readonly FormulaProblem[] = [
  problem(
    'Livermore-4',
    LIVERMORE,
    'log(x + 1) + log(x^2 + 1) + log(x)',
    random(0, 2, 20),
    sum(log(sum(x, 1)), log(sum(square(x), 1)), log(x)),
  ),
  problem('Livermore-8', LIVERMORE, 'cosh(x)', random(-1, 1, 20), apply('cosh', x)),
  problem(
    'Livermore-12',
    LIVERMORE,
    'x^5 / y^3',
    random(-1, 1, 50, 2),
    quotient(power(x, 5), power(y, 3)),
  ),
  problem('Livermore-16', LIVERMORE, 'x^(2 / 5)', random(0, 4, 20), power(x, 0.4)),
  problem('Livermore-20', LIVERMORE, 'exp(-x^2)', random(-1, 1, 20), exp(apply('neg', square(x)))),
];

const others: readonly FormulaProblem[] = [
  problem(
    'Jin-4',
    'Jin et al. 2019',
    '1.5 * exp(x) + 5 * cos(y)',
    random(-3, 3, 100, 2),
    sum(product(1.5, exp(x)), product(5, cos(y))),
  ),
  problem(
    'Constant-4',
    'Petersen et al. 2021',
    '2.7 * x^y',
    random(0, 1, 20, 2),
    product(2.7, power(x, y)),
  ),
  problem(
    'Constant-8',
    'Petersen et al. 2021',
    'log(x + 1.4) + log(x^2 + 1.3)',
    random(0, 2, 20),
    sum(log(sum(x, 1.4)), log(sum(square(x), 1.3))),
  ),
  problem(
    'R-3',
    'Krawiec and Pawlak 2013',
    '(x^6 + x^5) / (x^4 + x^3 + x^2 + x + 1)',
    spaced(-1, 1, 20),
    quotient(sum(power(x, 6), power(x, 5)), sum(powerSum(x, 4), 1)),
  ),
];

const [a, b, c, d, e] = variables(5);
const rows: readonly FormulaProblem[] = [
  feynman(
    'I.15.3x',
    '(x - u * t) / sqrt(1 - u^2 / c^2)',
    ['x', 'u', 'c', 't'],
    quotient(minus(a, product(b, d)), apply('sqrt', minus(1, quotient(square(b), square(c))))),
    [uniform(5, 10), uniform(1, 2), uniform(3, 20), uniform(1, 2)],
  ),
  feynman(
    'I.32.5',
    'q^2 * a^2 / (6 * pi * epsilon * c^3)',
    ['q', 'a', 'epsilon', 'c'],
    quotient(product(square(a), square(b)), product(6 * Math.PI, c, power(d, 3))),
  ),
  feynman(
    'I.44.4',
    'n * kb * T * log(V2 / V1)',
    ['n', 'kb', 'T', 'V1', 'V2'],
    product(a, b, c, log(quotient(e, d))),
  ),
  feynman(
    'II.11.27',
    'n * alpha / (1 - n * alpha / 3) * epsilon * Ef',
    ['n', 'alpha', 'epsilon', 'Ef'],
    product(quotient(product(a, b), minus(1, quotient(product(a, b), 3))), c, d),
    [uniform(0, 1), uniform(0, 1), uniform(1, 2), uniform(1, 2)],
  ),
  feynman(
    'II.35.18',
    'n_0 / (exp(mom * B / (kb * T)) + exp(-mom * B / (kb * T)))',
    ['n_0', 'kb', 'T', 'mom', 'B'],
    quotient(
      a,
      sum(
        exp(quotient(product(d, e), product(b, c))),
        exp(apply('neg', quotient(product(d, e), product(b, c)))),
      ),
    ),
    repeated(uniform(1, 3), 5),
  ),
  feynman(
    'III.15.14',
    '(h / (2 * pi))^2 / (2 * E_n * d^2)',
    ['h', 'E_n', 'd'],
    quotient(square(quotient(a, 2 * Math.PI)), product(2, b, square(c))),
  ),
];

export const HOLD_OUT: Suite = {
  name: 'hold-out',
  problems: [...keijzer, ...vladislavleva, ...livermore, ...others, ...rows],
};
