/**
 * Normalisations by what a tensor itself holds: InstanceNormalization (every channel of an example),
 * LayerNormalization (the last axes) and LRN (neighbouring channels).
 */
import { sizeOf } from '../../../ir/model-interface.js';
import {
  add,
  divide,
  math,
  multiply,
  num,
  power,
  reduction,
  ref,
  subtract,
  symbol,
} from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { hasBatch, ownAxisOf } from '../axes.js';
import { computeEach, computeValue } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { reduceValue, wordsFor } from '../reduce.js';
import type { ReduceFrame } from '../reduce.js';
import { withAxes } from '../views.js';
import type { Value } from '../values.js';

/** A value less its mean along some axes, both, and 1 / √(variance + ε). */
interface Centred {
  readonly mean: Value;
  readonly rests: Value;
  readonly scale: Value;
}

function centre(context: OperatorContext, value: Value, frame: ReduceFrame): Centred {
  const count = num(sizeOf(frame.axes.map((axis) => value.shape[axis])));
  const epsilon = num(context.float('epsilon', 1e-5));
  const mean = reduceValue(context, value, frame, {
    operation: 'sum',
    finish: (sum) => divide(sum, count),
    part: 'mean',
  });
  const rests = computeEach(context, [value, mean], subtract, { part: 'rests' });
  const scale = reduceValue(context, rests, frame, {
    operation: 'sum',
    ofCell: (cell) => multiply(cell, cell),
    finish: (sum) => divide(num(1), math('sqrt', add(divide(sum, count), epsilon))),
    part: 'scale',
  });
  return { mean, rests, scale };
}

export const INSTANCE_NORMALIZATION: Importer = {
  operator: 'InstanceNormalization',
  attributes: ['epsilon'],
  read(context) {
    const value = context.argument(0);
    const { shape } = value;
    if (shape.length < 3) throw context.unsupported(`of a tensor with ${shape.length} axes`);
    const behind = [...shape.keys()].slice(2);
    const [factor, shift] = [1, 2].map((position) => {
      const parameter = context.argument(position);
      const fits = parameter.shape.length === 1 && parameter.shape[0] === shape[1];
      if (!fits || hasBatch(parameter)) throw context.mismatch(shape, parameter.shape);
      return withAxes(
        parameter,
        behind.map((axis) => axis - 1),
      );
    });
    const { rests, scale } = centre(context, value, { axes: behind, keep: true });
    return computeEach(context, [rests, scale, factor, shift], normalise);
  },
};

export const LAYER_NORMALIZATION: Importer = {
  operator: 'LayerNormalization',
  attributes: ['axis', 'epsilon', 'stash_type'],
  read(context) {
    const value = context.argument(0);
    const axis = ownAxisOf(context, value, context.integer('axis', -1));
    const frame = { axes: [...value.shape.keys()].slice(axis), keep: true };
    const [factor, shift] = [context.argument(1), context.optional(2)];
    const { mean, rests, scale } = centre(context, value, frame);
    const normal =
      shift === undefined
        ? computeEach(context, [rests, scale, factor], (cell, times, own) =>
            multiply(multiply(cell, times), own),
          )
        : computeEach(context, [rests, scale, factor, shift], normalise);
    return [normal, mean, scale];
  },
};

function normalise(
  cell: Expression,
  scale: Expression,
  factor: Expression,
  shift: Expression,
): Expression {
  return add(multiply(multiply(cell, scale), factor), shift);
}

export const LRN: Importer = {
  operator: 'LRN',
  attributes: ['alpha', 'beta', 'bias', 'size'],
  read(context) {
    const value = context.argument(0);
    const size = context.integer('size', 0);
    if (value.shape.length < 2) throw context.unsupported('of a tensor without channels');
    if (size < 1) throw context.unsupportedAttribute('size', String(size));
    const share = divide(num(context.float('alpha', 1e-4)), num(size));
    const exponent = num(context.float('beta', 0.75));
    const bias = num(context.float('bias', 1));
    const [before, behind] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
    const words = [...wordsFor(context, value)];
    return computeValue(
      context,
      [value],
      { shape: value.shape, batch: hasBatch(value) },
      (at, [read]) => {
        const iterator = symbol(words[1]);
        const neighbour = read([at[0], ref(iterator), ...at.slice(2)]);
        const squares = reduction(
          'sum',
          iterator,
          math('max', num(0), subtract(at[1], num(before))),
          math('min', num(value.shape[1]), add(at[1], num(behind + 1))),
          multiply(neighbour, neighbour),
        );
        return divide(read(at), power(add(bias, multiply(share, squares)), exponent));
      },
      { terms: size, axes: words },
    );
  },
};
