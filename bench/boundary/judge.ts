/**
 * Whether a formula has the structure of a rule: the same level sets, hence the same terms up to a monotone
 * function. Parallel gradients near the boundary do not show that, since other functions have them there. So the
 * formula's constants are fitted again, without noise, to the rule's own gradients all over a box half as wide
 * again as the domain; only where nothing is left of the loss, and no constant had to move far, is it the rule.
 */
import { createRandom } from '../../src/numeric/random.js';
import { createDifferentiator } from '../../src/students/math/engine/jacobian.js';
import { createEngine } from '../../src/students/math/engine/engine.js';
import { compileTape } from '../../src/students/math/engine/tape.js';
import { fitConstants } from '../../src/students/math/fit/fit-constants.js';
import { constantsOf } from '../../src/students/math/formula.js';
import type { Formula } from '../../src/students/math/formula.js';
import { DEFAULT_SETTINGS } from '../../src/students/math/problem.js';
import type { Problem } from '../../src/students/math/problem.js';

export type Structure =
  /** The rule, constants within 5 %. */
  | 'right'
  /** The rule with other constants. */
  | 'form'
  | 'wrong';

/** How far constants may be off, relatively. */
const NEAR = 0.05;
/** Mean of 1 − cos² that is left where gradients are the same but for rounding and differences. */
const SAME = 1e-9;
const POINTS = 300;
/** Of these so many must have a gradient under both, where roots and logarithms end. */
const FEWEST = 100;
const ITERATIONS = 100;

/**
 * @param rule the quantity whose threshold decides, as a formula over the same variables.
 * @param ranges of the variables.
 */
export function judgeStructure(
  formula: Formula,
  rule: Formula,
  ranges: readonly (readonly [number, number])[],
): Structure {
  const problem = wideProblem(formula, rule, ranges);
  if (problem === undefined) return 'wrong';
  const fitted = fitConstants(formula, createEngine(problem), { iterations: ITERATIONS });
  if (fitted === undefined || !(fitted.loss < SAME)) return 'wrong';
  const before = constantsOf(formula);
  const isNear = constantsOf(fitted.formula).every(
    (value, k) => Math.abs(value - before[k]) <= NEAR * Math.abs(value),
  );
  return isNear ? 'right' : 'form';
}

function wideProblem(
  formula: Formula,
  rule: Formula,
  ranges: readonly (readonly [number, number])[],
): Problem | undefined {
  const random = createRandom(1);
  const points: (readonly number[])[] = [];
  const directions: (readonly number[])[] = [];
  for (let drawn = 0; drawn < 20 * POINTS && points.length < POINTS; drawn++) {
    const point = ranges.map(([min, max]) => {
      const margin = (max - min) / 4;
      return min - margin + (max - min + 2 * margin) * random.unit();
    });
    const [own, other] = [rule, formula].map((one) => gradientAt(one, point));
    if (own === undefined || other === undefined) continue;
    const length = Math.hypot(...own);
    if (!(length > 0)) continue;
    points.push(point);
    directions.push(own.map((part) => part / length));
  }
  if (points.length < FEWEST) return undefined;
  const columnsOf = (rows: readonly (readonly number[])[]): readonly Float64Array[] =>
    ranges.map((_, k) => Float64Array.from(rows, (row) => row[k]));
  return {
    data: {
      names: ranges.map((_, k) => `x${k + 1}`),
      columns: columnsOf(points),
      target: new Float64Array(points.length),
      directions: columnsOf(directions),
    },
    settings: { ...DEFAULT_SETTINGS, loss: { kind: 'direction' } },
    domains: ranges.map(() => ({ kind: 'real' })),
  };
}

function gradientAt(formula: Formula, point: readonly number[]): readonly number[] | undefined {
  const columns = point.map((value) => Float64Array.of(value));
  const slopes = createDifferentiator(columns, 1).slopes(compileTape(formula), undefined, {
    byVariable: true,
  });
  return slopes?.byVariable.map((column) => column[0]);
}
