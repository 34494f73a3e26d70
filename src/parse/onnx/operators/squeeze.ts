/**
 * Squeeze and Unsqueeze: axes of the extent 1 go or come. The axes are an attribute up to operator set
 * 12, an argument from 13 on; without them Squeeze takes all, but not the batch.
 */
import { axesOf, hasBatch } from '../axes.js';
import type { Importer } from '../context.js';
import { withAxes, withoutAxes } from '../views.js';

/** The operator set from which on axes are an argument. */
const AXES_ARGUMENT = 13;

export const SQUEEZE: Importer = {
  operator: 'Squeeze',
  attributes: ['axes'],
  read(context) {
    const value = context.argument(0);
    const { shape } = value;
    const given = context.integersSince(AXES_ARGUMENT, 'axes', 1);
    const ones = [...shape.keys()].filter((axis) => shape[axis] === 1);
    const free = hasBatch(value) ? ones.filter((axis) => axis > 0) : ones;
    const axes = given === undefined ? free : axesOf(context, shape.length, given);
    if (axes.some((axis) => shape[axis] !== 1)) throw context.mismatch(shape, [1]);
    return withoutAxes(value, axes);
  },
};

export const UNSQUEEZE: Importer = {
  operator: 'Unsqueeze',
  attributes: ['axes'],
  read(context) {
    const value = context.argument(0);
    const given = context.integersSince(AXES_ARGUMENT, 'axes', 1);
    if (given === undefined) throw context.unsupported('without axes');
    return withAxes(value, axesOf(context, value.shape.length + given.length, given));
  },
};
