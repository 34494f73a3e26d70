/** Weights that follow a formula along a source axis, as what is added for a cell. */
import {
  add,
  assign,
  compare,
  conditional,
  multiply,
  negate,
  num,
  power,
  ref,
  remainder,
} from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import { constantForm, formExpression, plus, shifted } from './linear.js';
import type { RegionPlan, WeightForm } from './regions.js';

/** cell × its weights: `2 ** k * cell`, `(k + 1) * cell`, `k % 2 === 0 ? cell : -cell`. */
export function weighted(cell: Expression, weights: readonly WeightForm[]): Expression {
  const signs = weights.filter(({ factor }) => isAlternating(factor));
  const sized = weights
    .filter((weight) => !signs.includes(weight))
    .reduceRight((product, weight) => multiply(weightExpression(weight), product), cell);
  if (signs.length === 0) return sized;
  // Signs that change along several axes change along their sum: a chess board.
  const place = signs.reduce((sum, { position }) => plus(sum, position), constantForm(0));
  const offset = signs.reduce((sum, { factor }) => sum + factor.offset, 0);
  const parity = remainder(formExpression(place), num(2));
  return conditional(compare('===', parity, num(Math.abs(offset % 2))), sized, negate(sized));
}

/** True for (−1) ^ …: a sign that changes from position to position. */
export function isAlternating(factor: WeightForm['factor']): boolean {
  return factor.kind === 'power' && factor.base === -1;
}

function weightExpression({ factor, position }: WeightForm): Expression {
  const argument = formExpression(
    shifted(plus(constantForm(0), position, factor.slope), factor.offset),
  );
  return factor.kind === 'power' ? power(num(factor.base), argument) : argument;
}

/**
 * `target = 2 * target + cell;`, where the powers fall to 1 at the end of the region's only loop and the
 * target, 0 before, takes nothing else; `undefined` elsewhere.
 */
export function hornerStep(
  target: ProgramSymbol,
  cell: Expression,
  { heads, guards, weights }: RegionPlan,
): Statement | undefined {
  if (heads.length !== 1 || guards.length > 0 || weights.length !== 1) return undefined;
  const [{ factor, end }] = weights;
  if (factor.kind !== 'power' || factor.slope !== -1 || isAlternating(factor)) return undefined;
  if (end?.terms.length !== 0 || end.constant - 1 !== factor.offset) return undefined;
  return assign(target, [], '=', add(multiply(num(factor.base), ref(target)), cell));
}
