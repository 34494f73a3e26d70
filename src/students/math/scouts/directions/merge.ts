/**
 * Pairs of expressions that matter through one expression alone, found without a search: where f depends on
 * a and b through α(a) + k·β(b), its slopes by the two stand to each other as α′(a) to k·β′(b) at every row.
 * That is linear in k, so that for every pair of functions α, β the best k is a quotient of sums.
 *
 *   slopes 2a : −6b   →   a² − 3·b²          slopes 1/a : 1/b   →   log a + log b   →   a·b
 */
import { call, constant } from '../../formula.js';
import type { Formula } from '../../formula.js';
import type { Settings } from '../../problem.js';
import { powerOf, sumOf } from '../shared/build.js';

/** A function of one number, with its slope. */
interface Bend {
  readonly operator: string | undefined;
  readonly isDefined: (value: number) => boolean;
  readonly slope: (value: number) => number;
}

const BENDS: readonly Bend[] = [
  { operator: undefined, isDefined: Number.isFinite, slope: () => 1 },
  { operator: 'square', isDefined: Number.isFinite, slope: (x) => 2 * x },
  { operator: 'log', isDefined: (x) => x > 0, slope: (x) => 1 / x },
  { operator: 'exp', isDefined: (x) => Math.abs(x) < 300, slope: Math.exp },
  { operator: 'sin', isDefined: Number.isFinite, slope: Math.cos },
  { operator: 'cos', isDefined: Number.isFinite, slope: (x) => -Math.sin(x) },
  { operator: 'sqrt', isDefined: (x) => x > 0, slope: (x) => 0.5 / Math.sqrt(x) },
  { operator: 'cube', isDefined: Number.isFinite, slope: (x) => 3 * x * x },
  { operator: 'inv', isDefined: (x) => x !== 0, slope: (x) => -1 / (x * x) },
];

export interface Merge {
  readonly pair: readonly [number, number];
  /** α(a) + k·β(b), or a product of powers where both are logarithms. */
  readonly formula: Formula;
  /** Mean squared part of the directions that it does not explain of the pair's. */
  readonly residual: number;
}

/** What a merge is looked for in; columns of equal length. */
export interface Paired {
  readonly expressions: readonly Formula[];
  readonly columns: readonly Float64Array[];
  readonly slopes: readonly Float64Array[];
}

/** Rounds in which rows are weighted anew: lengths of gradients depend on k. */
const ROUNDS = 3;

/** Merges of one pair, one for each two functions that the operators allow and that are defined at all rows. */
export function mergesOf(
  field: Paired,
  pair: readonly [number, number],
  settings: Settings,
): readonly Merge[] {
  const [left, right] = pair.map((index) => bendsOf(field.columns[index], settings));
  const [a, b] = pair.map((index) => field.expressions[index]);
  const [slopesA, slopesB] = pair.map((index) => field.slopes[index]);
  return left.flatMap((alpha) =>
    right.flatMap((beta): Merge[] => {
      const found = balance(slopesA, slopesB, alpha.slopes, beta.slopes);
      if (found === undefined) return [];
      const formula = mergedFormula(a, b, alpha.operator, beta.operator, found.factor, settings);
      return formula === undefined ? [] : [{ pair, formula, residual: found.residual }];
    }),
  );
}

interface Bent {
  readonly operator: string | undefined;
  readonly slopes: Float64Array;
}

function bendsOf(column: Float64Array, { operators }: Settings): readonly Bent[] {
  const has = (operator: string | undefined): boolean =>
    operator === undefined || operators.includes(operator === 'inv' ? '/' : operator);
  return BENDS.filter(({ operator }) => has(operator)).flatMap(({ operator, isDefined, slope }) =>
    column.every(isDefined) ? [{ operator, slopes: column.map(slope) }] : [],
  );
}

/** The k for which (slopesA, slopesB) is nearest to parallel to (alpha, k·beta), and what is left. */
function balance(
  slopesA: Float64Array,
  slopesB: Float64Array,
  alpha: Float64Array,
  beta: Float64Array,
): { readonly factor: number; readonly residual: number } | undefined {
  const rows = alpha.length;
  let factor = NaN;
  for (let round = 0; round < ROUNDS; round++) {
    let [above, below] = [0, 0];
    for (let row = 0; row < rows; row++) {
      const scaled = round === 0 ? 1 : factor * beta[row];
      const weight = 1 / (alpha[row] ** 2 + scaled * scaled + Number.MIN_VALUE);
      const toBeta = slopesA[row] * beta[row];
      above += weight * toBeta * slopesB[row] * alpha[row];
      below += weight * toBeta * toBeta;
    }
    factor = above / below;
    if (!Number.isFinite(factor) || factor === 0) return undefined;
  }
  let residual = 0;
  for (let row = 0; row < rows; row++) {
    const scaled = factor * beta[row];
    const crossed = slopesA[row] * scaled - slopesB[row] * alpha[row];
    residual += (crossed * crossed) / (alpha[row] ** 2 + scaled * scaled) / rows;
  }
  return Number.isFinite(residual) ? { factor, residual } : undefined;
}

/** Exponents that products are told with, and how near the measured one has to be, relatively. */
const EXPONENTS = [1, 2, 0.5, 3, 1.5, 1 / 3];
const NEAR = 0.1;

/** A factor this near to ±1 is it; fits find what is left. */
const NEAR_ONE = 0.03;

function mergedFormula(
  a: Formula,
  b: Formula,
  alpha: string | undefined,
  beta: string | undefined,
  factor: number,
  settings: Settings,
): Formula | undefined {
  if (alpha === 'log' && beta === 'log') {
    const size = Math.abs(factor);
    const near = EXPONENTS.find((exponent) => Math.abs(size / exponent - 1) < NEAR);
    const power = powerOf(b, near ?? size, settings);
    const operator = factor > 0 ? '*' : '/';
    return settings.operators.includes(operator) ? call(operator, a, power) : undefined;
  }
  const isUnit = Math.abs(Math.abs(factor) - 1) < NEAR_ONE;
  const coefficient = isUnit ? Math.sign(factor) : factor;
  const terms = [
    { coefficient: 1, formula: bent(a, alpha) },
    { coefficient, formula: bent(b, beta) },
  ];
  if (isUnit && factor < 0 && settings.operators.includes('-')) {
    return call('-', terms[0].formula, terms[1].formula);
  }
  return sumOf(terms, 0, settings);
}

function bent(formula: Formula, operator: string | undefined): Formula {
  if (operator === undefined) return formula;
  return operator === 'inv' ? call('/', constant(1), formula) : call(operator, formula);
}
