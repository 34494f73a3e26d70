/**
 * One way to write a shape, whatever the scale and sign of the units that it was found in:
 *
 *   |−2 · x + 2 · y| / 2  =  |x − y|        clamp(−x, −1, 0)  =  −clamp(x, 0, 1)
 *
 * The first weight is positive. Of the scales at which it is 1, at which a clamp or a hat spans 1, and that
 * of the units, the one with the shortest numbers is taken.
 */
import type { Form } from './form.js';
import { combine } from './form.js';
import type { Nodes } from './nodes.js';
import type { Shape } from './shapes.js';

/** The same shape at its scale; its weight balances that. */
export function rescaled(shape: Shape, nodes: Nodes): Shape {
  switch (shape.kind) {
    case 'abs':
    case 'relu': {
      const { form, weight } = shape;
      const sign = shape.kind === 'abs' ? Math.sign(form.weights[0]) : 1;
      const factor = shortest([1 / Math.abs(form.weights[0]), 1], form, []) * sign;
      return { ...shape, form: combine(nodes, [form, factor]), weight: weight / Math.abs(factor) };
    }
    case 'hat': {
      const { form, reach, weight } = shape;
      const size = shortest([1 / reach, 1 / Math.abs(form.weights[0]), 1], form, [reach]);
      const factor = size * Math.sign(form.weights[0]);
      return { ...shape, form: combine(nodes, [form, factor]), reach: reach * size, weight: weight / size }; // prettier-ignore
    }
    case 'clamp': {
      const { form, low, high, weight } = shape;
      const scales = [1 / (high - low), 1 / Math.abs(form.weights[0]), 1];
      const factor = shortest(scales, form, [low, high]) * Math.sign(form.weights[0]);
      const ends = [low * factor + 0, high * factor + 0].sort((a, b) => a - b);
      return { ...shape, form: combine(nodes, [form, factor]), low: ends[0], high: ends[1], weight: weight / factor }; // prettier-ignore
    }
    default:
      return shape;
  }
}

/** The factor that leaves the shortest numbers, of equals the first. */
function shortest(
  factors: readonly number[],
  { weights, constant }: Form,
  others: readonly number[],
): number {
  const numbers = [...weights, constant, ...others];
  const lengths = factors.map((factor) =>
    numbers.reduce((sum, value) => sum + digitsOf(value * factor), 0),
  );
  return factors[lengths.indexOf(Math.min(...lengths))];
}

/** Digits are counted up to this one: beyond it stands what rounding and noise leave. */
const PRECISION = 9;

/** The digits that a reader has to take in: none for 0 and ±1. */
function digitsOf(value: number): number {
  const rounded = Math.abs(Number(value.toPrecision(PRECISION)));
  if (rounded === 0 || rounded === 1) return 0;
  return rounded.toExponential().replace(/\.|e.*/g, '').length;
}
