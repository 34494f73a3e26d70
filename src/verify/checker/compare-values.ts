/**
 * One value of the text against the network's: what does not cancel in their difference is bounded by
 * intervals, by the slopes of paired units, piece by piece, or by tables; softmax by its logits.
 */
import type { Extremes, Means, Witness } from './components.js';
import { extremesOf } from './components.js';
import type { Context } from './context.js';
import type { Form } from './forms.js';
import { SOFTMAX_LIPSCHITZ } from './functions.js';
import { isNumeric } from './interpreter/machine.js';
import type { Value } from './interpreter/values.js';
import { describeValue } from './interpreter/values.js';
import type { Num } from './num.js';
import { rangeOf } from './products.js';
import { softmaxMove } from './softmax-bound.js';

/** What the bounds of a proof rest on, in the order in which they are told. */
const MEANS = ['intervals', 'slopes of paired units', 'linear pieces', 'tables of states'] as const;
export type Mean = (typeof MEANS)[number];

export const EQUAL = 'canonical forms equal';

/** `canonical forms equal`, `canonical forms and intervals`, … */
export function methodOf(means: ReadonlySet<Mean>): string {
  const used = MEANS.filter((mean) => means.has(mean));
  if (used.length === 0) return EQUAL;
  const last = used.pop() ?? '';
  return used.length === 0 ? `canonical forms and ${last}` : `canonical forms, ${used.join(', ')} and ${last}`; // prettier-ignore
}

/** How far one value of the text is from the network's. */
export interface PairResult {
  readonly error: number;
  readonly rounding: number;
  readonly states: number;
  readonly means: ReadonlySet<Mean>;
  readonly reason?: string;
  readonly witnesses: readonly { readonly size: number; readonly witness: Witness }[];
}

/** Bounds |value − expected| over all inputs; `tolerance` is what suffices. */
export function compareValues(
  context: Context,
  value: Value,
  expected: Num,
  means: Means,
  tolerance: number,
): PairResult {
  if (!isNumeric(value) || (typeof value === 'number' && !Number.isFinite(value))) {
    const reason = `an output is ${describeValue(value)}`;
    return {
      error: Infinity,
      rounding: Infinity,
      states: 0,
      means: new Set(),
      reason,
      witnesses: [],
    };
  }
  const actual = typeof value === 'number' ? context.constant(value) : value;
  const [a, b] = [context.flatten(actual), context.flatten(expected)];
  const errors = actual.err + expected.err;
  // Where rounding has no bound, it is still worth knowing that there is nothing but rounding.
  const room = Number.isFinite(errors) ? tolerance - errors : tolerance;
  const used = new Set<Mean>();
  const apart = (one: Form, other: Form, enough: number): Extremes => {
    const form = subtract(context, one, other);
    const bound = boundedBy(context, form, enough, means, used);
    if (bound !== undefined) return bound;
    const distance = means.piecewise.distance(one, other, enough);
    if (distance === undefined) {
      const extremes = extremesOf(context, form, means);
      used.add(extremes.states > 0 ? 'tables of states' : 'intervals');
      return extremes;
    }
    used.add('linear pieces');
    const { size, pieces, witness } = distance;
    if (witness === undefined) return { ...within(size), states: pieces };
    return { ...within(size), atMax: witness, doubt: 'a difference on a piece' };
  };
  const [left, others] = [softmaxParts(context, a), softmaxParts(context, b)];
  if (left !== undefined && others?.length === left.length) {
    // Softmax moves by no more than a quarter of its logits' differences.
    const enough = Math.max(tolerance, room / SOFTMAX_LIPSCHITZ);
    const isNear = (part: Form, k: number): boolean =>
      boundedBy(context, subtract(context, part, others[k]), enough, means) !== undefined;
    const right = left.every(isNear) ? others : paired(context, left, others);
    const ranges = left.map((part, k) => apart(part, right[k], enough));
    const worst = ranges.reduce((most, range) => Math.max(most, sizeOfRange(range)), 0);
    let moved = worst * SOFTMAX_LIPSCHITZ;
    if (moved + errors > tolerance && worst < 1) {
      const moves = left.map((part, k) => subtract(context, part, right[k]));
      moved = softmaxMove(context, moves, right, worst, (form) => {
        return extremesOf(context, form, means).max;
      });
    }
    return result(Math.min(1, moved), errors, ranges, tolerance, used);
  }
  const range = apart(a, b, Math.max(0, room));
  return result(sizeOfRange(range), errors, [range], tolerance, used);
}

/** `apart`: how far the two are in real arithmetic; `errors`: what rounding adds to that. */
function result(
  apart: number,
  errors: number,
  ranges: readonly Extremes[],
  tolerance: number,
  means: ReadonlySet<Mean>,
): PairResult {
  const states = ranges.reduce((sum, range) => sum + range.states, 0);
  const error = apart + errors;
  const known = { error, rounding: errors, states, means };
  if (error <= tolerance) return { ...known, witnesses: [] };
  if (apart <= tolerance) {
    const size = Number.isFinite(errors) ? `may add up to ${errors.toPrecision(2)}` : 'has no bound, since the inputs have none'; // prettier-ignore
    return {
      ...known,
      witnesses: [],
      reason: `${apart === 0 ? 'equal' : `at most ${apart.toPrecision(2)} apart`} in real arithmetic, but rounding ${size}`,
    };
  }
  const doubt = ranges.find((range) => range.doubt !== undefined)?.doubt;
  const witnesses = ranges.flatMap(({ min, max, atMin, atMax }) => [
    { size: Math.abs(max), witness: atMax },
    { size: Math.abs(min), witness: atMin },
  ]);
  return { ...known, witnesses, ...(doubt === undefined ? {} : { reason: doubt }) };
}

/** The interval of a form, or a bound with its units paired, where one alone is small enough. */
function boundedBy(
  context: Context,
  form: Form,
  enough: number,
  means: Means,
  used?: Set<Mean>,
): Extremes | undefined {
  let { lo, hi } = rangeOf(context, form);
  if (Math.max(Math.abs(lo), Math.abs(hi)) > enough) {
    hi = means.relaxation.magnitudeOf(form);
    lo = -hi;
    if (hi > enough) return undefined;
    used?.add('slopes of paired units');
  } else if (lo !== 0 || hi !== 0) {
    used?.add('intervals');
  }
  return { ...within(hi), min: lo };
}

/** Extremes of which no more is known than how far from 0 they are at most. */
function within(size: number): Extremes {
  return { min: -size, max: size, atMin: new Map(), atMax: new Map(), states: 0, doubt: undefined };
}

function sizeOfRange(range: Extremes): number {
  return Math.max(Math.abs(range.min), Math.abs(range.max));
}

function subtract(context: Context, a: Form, b: Form): Form {
  context.accumulator.addForm(a, 1);
  context.accumulator.addForm(b, -1);
  return context.accumulator.finish();
}

/** Most classes that are paired by what they are; of more, the k-th is taken for the k-th. */
const MAX_PAIRED = 64;

/** The parts of the one softmax in the order of those of the other that are nearest to them. */
function paired(context: Context, left: readonly Form[], right: readonly Form[]): readonly Form[] {
  if (left.length > MAX_PAIRED) return right;
  const rest = [...right];
  return left.map((part) => {
    const sizes = rest.map((other) => {
      const { lo, hi } = rangeOf(context, subtract(context, part, other));
      return Math.max(Math.abs(lo), Math.abs(hi));
    });
    const nearest = sizes.indexOf(Math.min(...sizes));
    return rest.splice(Math.max(0, nearest), 1)[0];
  });
}

/** The differences of logits, when a form is softmax of one class and nothing else. */
function softmaxParts(context: Context, form: Form): readonly Form[] | undefined {
  if (form.atoms.length !== 1 || form.coefficients[0] !== 1 || form.constant !== 0)
    return undefined;
  const atom = context.atoms[form.atoms[0]];
  return atom.kind === 'operation' && atom.name === 'softmax' ? atom.parts : undefined;
}
