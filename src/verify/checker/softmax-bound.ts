/**
 * How far softmax can move when its logits' differences move: not a quarter of the largest move
 * anywhere, since it moves at all only where a difference is small. The largest move e under |d| ≤ D is
 * bounded by Lagrange: for every μ, max e ≤ max (e + μ·d) + |μ|·D, the maximum over all inputs.
 */
import type { Context } from './context.js';
import type { Form } from './forms.js';
import { SOFTMAX_LIPSCHITZ } from './functions.js';

/** Beyond this difference of logits, softmax has a slope below e^−24 = 4e-11. */
const SATURATED = 24;

/** Multipliers tried on each side of 0; the bound holds for each, the search only makes it tight. */
const STEPS = 24;

/** Largest value of a form over all inputs, or a bound on it. */
export type LargestValue = (form: Form) => number;

/**
 * A bound on |Δp| for one class, from the moves of its differences and the differences themselves (of
 * the network). `largestMove` bounds every |move|.
 */
export function softmaxMove(
  context: Context,
  moves: readonly Form[],
  differences: readonly Form[],
  largestMove: number,
  largest: LargestValue,
): number {
  const simple = SOFTMAX_LIPSCHITZ * largestMove;
  const tail = largestMove * Math.exp(-(SATURATED - largestMove));
  let total = 0;
  for (let k = 0; k < moves.length; k++) {
    // |∂p/∂d| = p·p′ with p′/p = e^d, so it is at most a quarter and at most e^−|d|.
    const near = Math.max(
      underSmall(context, moves[k], differences[k], 1, largest),
      underSmall(context, moves[k], differences[k], -1, largest),
    );
    total += Math.max(SOFTMAX_LIPSCHITZ * near, tail);
    if (total >= simple) return simple;
  }
  return total;
}

/** A bound on the largest sign · move where |difference| ≤ SATURATED: the best multiplier found. */
function underSmall(
  context: Context,
  move: Form,
  difference: Form,
  sign: 1 | -1,
  largest: LargestValue,
): number {
  const dual = (multiplier: number): number => {
    context.accumulator.addForm(move, sign);
    context.accumulator.addForm(difference, multiplier);
    return largest(context.accumulator.finish()) + Math.abs(multiplier) * SATURATED;
  };
  // The dual is convex in the multiplier; a golden section finds its lowest point near enough.
  const scale = multiplierScale(move, difference);
  let [low, high] = [-scale, scale];
  let best = dual(0);
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [atLeft, atRight] = [dual(left), dual(right)];
  for (let step = 0; step < STEPS; step++) {
    best = Math.min(best, atLeft, atRight);
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - ratio * (high - low);
      atLeft = dual(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + ratio * (high - low);
      atRight = dual(right);
    }
  }
  return best;
}

/** A multiplier beyond which the difference outweighs the move. */
function multiplierScale(move: Form, difference: Form): number {
  const size = (form: Form) =>
    form.coefficients.reduce((sum, factor) => sum + Math.abs(factor), 0) + Math.abs(form.constant);
  const whole = size(difference);
  return whole === 0 ? 0 : (8 * size(move)) / whole;
}
