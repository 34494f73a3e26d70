/**
 * What a number may be where no second size varies it: an expression of the extents that equals it, in
 * a place where the structure speaks of these extents. Never a value of the network's own: a weight
 * that happens to equal an extent stays a weight.
 */
import { divide, num } from '../ir/program-builders.js';
import type { Expression, ProgramSymbol } from '../ir/program.js';
import { axesIn, exactForms, halved, shifted, sizeForm, valueAt } from './forms.js';
import type { Form, SizeAxis } from './forms.js';
import { roundedFrom } from './intervals.js';
import type { Runs } from './runs.js';
import { cheapestExact } from './solve.js';

/** Smaller numbers are rather what they are: first and second positions, pairs, ±1 sums. */
const SMALLEST_SIZE = 3;

/** How far a bound may stay from the end of its axis: a window of up to 5 cells. */
const WIDEST_WINDOW = 5;

/** A bound of a loop or an extent of an array along the axes. */
export function explainExtent(value: number, axes: readonly SizeAxis[]): Expression | undefined {
  for (const axis of axes) {
    const size = sizeForm(axis);
    const [extent] = axis.extents;
    if (value === extent) return size.expression;
    if (value < SMALLEST_SIZE) continue;
    const distance = extent - value;
    if (Math.abs(distance) < Math.min(WIDEST_WINDOW, value)) {
      return shifted(size, -distance).expression;
    }
    const half = halves(size).find(({ values }) => values[0] === value);
    if (half !== undefined) return half.expression;
  }
  return undefined;
}

/** A part of an index along the axes: a fixed position, or a number beside an iterator. */
export function explainIndex(
  value: number,
  axes: readonly SizeAxis[],
  use: 'alone' | 'reflected' | 'shifted',
): Expression | undefined {
  const alone = use === 'alone';
  for (const axis of axes) {
    const size = sizeForm(axis);
    // Counting from the end means the last position, however short the axis.
    if (use === 'reflected' && value === axis.extents[0] - 1) return shifted(size, -1).expression;
    if (value < SMALLEST_SIZE) continue;
    const steps = alone ? [-1] : [-1, 0, -2, 1];
    const forms = steps.map((step) => shifted(size, step));
    const all = alone ? forms : [...forms, ...halves(size)];
    const found = all.find(({ values }) => values[0] === value);
    if (found !== undefined) return found.expression;
  }
  return undefined;
}

function halves(size: Form): readonly Form[] {
  return [0, -1, 1].map((step) => halved(shifted(size, step)));
}

/**
 * A threshold, or a coefficient beside one, for sums that run over the axes. What a threshold makes of
 * an extent (half of it, all but one) it makes of all axes that the sums run over; an extent itself may
 * stand alone.
 */
export function explainCondition(
  value: number,
  axes: readonly SizeAxis[],
  isThreshold: boolean,
  known: ReadonlySet<string>,
): Expression | undefined {
  const size = Math.abs(value);
  if (size < SMALLEST_SIZE || !Number.isInteger(value)) return undefined;
  const forms = exactForms(axes, false).filter(
    ({ expression }) =>
      !isThreshold ||
      expression.kind === 'symbol' ||
      axesIn(expression, axes).length === axes.length,
  );
  const found = cheapestExact([size], forms.map(firstOnly), known);
  if (found === undefined || value > 0) return found;
  return { kind: 'unary', operator: '-', operand: found };
}

function firstOnly(form: Form): Form {
  return { ...form, values: [form.values[0]] };
}

/**
 * A factor of a sum that is 1 / (number of its terms): the sum's mean, which is what scales. Any other
 * factor stays, since a weight says nothing about sizes.
 */
export function explainFactor(
  value: number,
  near: readonly ProgramSymbol[],
  runs: Runs,
  axes: readonly SizeAxis[],
): Expression | undefined {
  if (near.length !== 1) return undefined;
  const terms = runs.termsOf(near[0]);
  if (terms === undefined || axesIn(terms, axes).length === 0) return undefined;
  const count = valueAt(terms, axes, 0);
  const [low, high] = roundedFrom(Math.abs(value));
  if (count < SMALLEST_SIZE || low > 1 / count || high < 1 / count) return undefined;
  return divide(num(Math.sign(value)), terms);
}
