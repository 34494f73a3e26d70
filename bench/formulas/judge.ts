/**
 * Whether a formula that was found is the one behind the data: decided by algebra and by values, never by
 * eye.
 *
 * Exact: the same normal form, or the same values to 1e-9 at 10,000 fresh rows outside of the range. From
 * noisy rows nobody finds exact constants; there the structure is right when its constants, fitted again to
 * rows without noise, leave nothing but rounding and none of them vanishes, which only noise had asked for.
 * Whether the constants that were found are near those is said apart: noise may not allow it.
 */
import { createRandom } from '../../src/numeric/random.js';
import { areEquivalent } from '../../src/students/math/algebra/equivalence.js';
import { createEngine } from '../../src/students/math/engine/engine.js';
import { fitConstants } from '../../src/students/math/fit/fit-constants.js';
import { constantsOf } from '../../src/students/math/formula.js';
import type { Formula } from '../../src/students/math/formula.js';
import { DEFAULT_SETTINGS } from '../../src/students/math/problem.js';
import type { Dataset } from '../../src/students/math/problem.js';
import { evaluateColumns } from './evaluate.js';
import type { FormulaProblem, Sampling } from './problem-set.js';
import { sampleProblem, sampleWider } from './sample.js';

/**
 * From right to wrong: the same function; the same structure with constants within the problem's tolerance;
 * the same structure; another one.
 */
export type Judgement = 'exact' | 'near' | 'structure' | 'wrong';

/** Fresh rows, and how near all values there must be. */
const FRESH_ROWS = 10_000;
const VALUES_WITHIN = 1e-9;

/** Rows without noise to which constants are fitted again, at least, and what may be left of the variance. */
const CLEAN_ROWS = 200;
const VARIANCE_LEFT = 1e-20;
const FIT = { iterations: 500, restarts: 4 };

/** A constant that shrinks to this share of itself without noise stood for noise. */
const VANISHED = 1e-6;

/** Seeds of judging lie far from those of trials. */
const JUDGE_SEED = 100_003;

/**
 * How right a formula is.
 *
 * @param isExactAsked whether only `exact` counts: where the rows have no noise.
 */
export function judgeFormula(
  problem: FormulaProblem,
  found: Formula,
  isExactAsked: boolean,
): Judgement {
  if (isExact(problem, found)) return 'exact';
  return isExactAsked ? 'wrong' : judgeStructure(problem, found);
}

function isExact(problem: FormulaProblem, found: Formula): boolean {
  // Values of a size of their own have no 1 + |y| to be compared with, and no constants of a nice size.
  if (problem.positive !== true) {
    const ranges = problem.sampling.map(rangeOf);
    if (areEquivalent(found, problem.formula, ranges).decidedBy === 'normal form') return true;
  }
  const { columns, target } = sampleWider(problem, JUDGE_SEED, FRESH_ROWS);
  const values = evaluateColumns(found, columns, FRESH_ROWS);
  const offset = problem.positive === true ? 0 : 1;
  return target.every(
    (y, row) => Math.abs(values[row] - y) < VALUES_WITHIN * (offset + Math.abs(y)),
  );
}

function judgeStructure(problem: FormulaProblem, found: Formula): Judgement {
  const data = cleanRows(problem);
  const settings = { ...DEFAULT_SETTINGS, ...(problem.loss && { loss: problem.loss }) };
  const domains = data.columns.map(() => ({ kind: 'real' }) as const);
  const engine = createEngine({ data, settings, domains });
  const spread = varianceOf(problem.loss?.kind === 'log' ? data.target.map(Math.log) : data.target);
  const own = constantsOf(found);
  // In a / (1 / b − 1 / c) only some constants are free: the whole numbers stay if the others can do it.
  const whole = new Set(own.flatMap((value, k) => (Number.isInteger(value) ? [k] : [])));
  const fitted = [whole, new Set<number>()]
    .map((held) => fitConstants(found, engine, { ...FIT, random: createRandom(JUDGE_SEED), held }))
    .find((one) => one !== undefined && one.loss < VARIANCE_LEFT * spread);
  if (fitted === undefined) return 'wrong';
  const right = constantsOf(fitted.formula);
  if (own.some((value, k) => Math.abs(right[k]) < VANISHED * Math.abs(value))) return 'wrong';
  const isNear = own.every(
    (value, k) => Math.abs(value - right[k]) <= problem.constantTolerance * Math.abs(right[k]),
  );
  return isNear ? 'near' : 'structure';
}

/** Rows as the problem draws them, with exact targets; enough of them to determine every constant. */
function cleanRows(problem: FormulaProblem): Dataset {
  const isTable = problem.sampling.some(({ kind }) => kind === 'listed');
  const rows = isTable ? problem.rows : Math.max(problem.rows, CLEAN_ROWS);
  const data = sampleProblem({ ...problem, rows }, JUDGE_SEED, { kind: 'none' });
  return { ...data, target: evaluateColumns(problem.formula, data.columns, rows) };
}

function rangeOf(sampling: Sampling): readonly [number, number] {
  switch (sampling.kind) {
    case 'listed':
      return sampling.wider;
    case 'whole-above':
      return [1, 1 + sampling.span];
    default:
      return [sampling.min, sampling.max];
  }
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
