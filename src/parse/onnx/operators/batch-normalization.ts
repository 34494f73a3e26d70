/**
 * BatchNormalization in inference: a scaling and a shift for every channel, which follow from the four
 * parameters. With constant ones both are constants, rounded to doubles once.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import { add, divide, math, multiply, num, subtract } from '../../../ir/program-builders.js';
import { addValues, multiplyValues } from '../arithmetic.js';
import { hasBatch } from '../axes.js';
import { axisWords, computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { staysLinear } from '../linearity.js';
import { withAxes } from '../views.js';
import type { Value } from '../values.js';
import { imageWords } from '../windows.js';

/** Where the parameters stand among the arguments. */
const PARAMETERS = [1, 2, 3, 4];

export const BATCH_NORMALIZATION: Importer = {
  operator: 'BatchNormalization',
  attributes: ['epsilon', 'momentum', 'training_mode', 'spatial'],
  read(context) {
    if (context.integer('training_mode', 0) !== 0 || PARAMETERS.some((k) => context.wants(k))) {
      throw context.unsupported('in training');
    }
    if (context.integer('spatial', 1) !== 1) throw context.unsupportedAttribute('spatial', '0');
    const value = context.argument(0);
    const [scale, shift, mean, variance] = PARAMETERS.map((k) => parameterOf(context, value, k));
    const epsilon = num(context.float('epsilon', 1e-5));
    const factor = computeEach(
      context,
      [scale, variance],
      (own, spread) => divide(own, math('sqrt', add(spread, epsilon))),
      { part: 'factor' },
    );
    const offset = computeEach(
      context,
      [shift, mean, factor],
      (own, middle, times) => subtract(own, multiply(middle, times)),
      { part: 'offset' },
    );
    const isMap = factor.kind === 'constant' && offset.kind === 'constant';
    if (isMap && staysLinear(context.layers, [value], sizeOf(value.shape))) {
      return addValues(context, multiplyValues(context, value, factor), offset);
    }
    return computeEach(
      context,
      [value, factor, offset],
      (cell, times, plus) => add(multiply(cell, times), plus),
      { axes: axisWords(context.layers, value) ?? imageWords(value.shape.length) },
    );
  },
};

/** One number for every channel, along the second axis of the tensor. */
function parameterOf(context: OperatorContext, value: Value, position: number): Value {
  const parameter = context.argument(position);
  const { shape } = value;
  const fits = shape.length >= 2 && parameter.shape.length === 1 && !hasBatch(parameter);
  if (!fits || parameter.shape[0] !== shape[1]) throw context.mismatch(shape, parameter.shape);
  return withAxes(
    parameter,
    shape.slice(2).map((_, axis) => axis + 1),
  );
}
