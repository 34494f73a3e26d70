/**
 * Biases as text: a number, arithmetic on iterators (`2 ** (i + 1)`), or a table where no formula says
 * them. The part that is the same everywhere is kept apart, so that integers meet integers.
 */
import type { Bias } from '../../ir/cluster.js';
import { sizeOf } from '../../ir/model-interface.js';
import { element, multiply, num, power } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { evaluateBias } from '../../ir/region-cells.js';
import type { Affine } from '../affine-expression.js';
import { layerHint } from '../hints.js';
import type { Value } from '../values.js';
import { pointOfRank } from '../values.js';
import type { Walk } from './indices.js';
import { indexExpression } from './indices.js';
import { constantForm, formExpression, plus, rangeOfForm } from './linear.js';
import type { Lowering } from './lowering.js';

/** The bias as a constant and what depends on iterators; half integers stay in the constant. */
export function biasParts(
  lowering: Lowering,
  owner: Value,
  walks: readonly Walk[],
): Pick<Affine, 'constant' | 'offset'> {
  const { bias } = owner.gate;
  if (bias.kind === 'constant') return { constant: bias.value };
  if (bias.kind === 'power') {
    const { constant, scale, base, slope, axis, offset } = bias;
    const rank = lowering.indexing.facts.linear(walks[axis].value, {
      low: 0,
      high: walks[axis].extent - 1,
    });
    const exponent = plus(constantForm(offset), rank, slope);
    const value = multiply(num(scale), power(num(base), formExpression(exponent)));
    const whole =
      Number.isInteger(scale) && Number.isInteger(base) && rangeOfForm(exponent).low >= 0;
    return { constant, offset: { value, whole } };
  }
  if (bias.kind === 'index' && bias.value.kind === 'affine' && bias.value.modulus === undefined) {
    const { constant, coefficients } = bias.value;
    const moving = { ...bias, value: { ...bias.value, constant: 0 } };
    const value = biasExpression(lowering, owner, moving, walks);
    return { constant, offset: { value, whole: coefficients.every(Number.isInteger) } };
  }
  const value = biasExpression(lowering, owner, bias, walks);
  return { constant: 0, offset: { value, whole: false } };
}

/** A bias (or table of ties, by its word) at the owner's index point. */
export function biasExpression(
  lowering: Lowering,
  owner: Value,
  bias: Bias,
  walks: readonly Walk[],
  word: 'Biases' | 'Ties' = 'Biases',
): Expression {
  switch (bias.kind) {
    case 'constant':
      return num(bias.value);
    case 'index':
      return indexExpression(bias.value, walks, lowering.indexing);
    case 'power':
    case 'table': {
      const extents = owner.axes.map((axis) => axis.extent);
      const values = Float64Array.from({ length: sizeOf(extents) }, (_, rank) =>
        evaluateBias(bias, rank, pointOfRank(rank, extents)),
      );
      if (extents.length === 0) return num(values[0]);
      const table = lowering.addTable(
        `${layerHint(owner)}${word}`,
        extents,
        values,
        owner.layerWord,
      );
      return element(table, ...walks.map((walk) => walk.value));
    }
  }
}
