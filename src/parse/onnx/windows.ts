/**
 * Windows that slide along the spatial axes of a tensor [examples, channels, ...space]: convolutions and
 * pools. A window never reads its padding: its first and last tap are bounds that follow from where it
 * stands.
 *
 *   taps of window o:  k from max(0, ⌈(p − o·s) / d⌉) below min(K, ⌈(n + p − o·s) / d⌉)
 *   cell of tap k:     o·s + k·d − p
 */
import {
  add,
  divide,
  math,
  multiply,
  num,
  reduction,
  ref,
  subtract,
  symbol,
} from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import { letterOf } from '../../ir/stage.js';
import type { OperatorContext } from './context.js';
import type { Value } from './values.js';

/** Windows along one spatial axis. */
export interface WindowAxis {
  /** Cells of the tensor. */
  readonly extent: number;
  /** Taps of a window. */
  readonly taps: number;
  readonly stride: number;
  /** Distance of two taps. */
  readonly dilation: number;
  /** Cells of padding before the first cell. */
  readonly before: number;
  /** Cells of padding behind the last cell. */
  readonly behind: number;
  /** Number of windows. */
  readonly count: number;
}

/** What the attributes of convolutions and pools have in common. */
export const WINDOW_ATTRIBUTES = ['auto_pad', 'dilations', 'kernel_shape', 'pads', 'strides'];

/**
 * The windows of a node over a tensor, one for each spatial axis; `taps` are those of the kernel.
 * `ceil`: whether a last window may reach beyond the padding, where it begins within the tensor.
 *
 * @throws Diagnostic ONNX_UNSUPPORTED_FORM, ONNX_UNSUPPORTED_ATTRIBUTE, ONNX_SHAPE_MISMATCH.
 */
export function windowsOf(
  context: OperatorContext,
  value: Value,
  taps: readonly number[],
  ceil = false,
): readonly WindowAxis[] {
  const space = value.shape.slice(2);
  if (space.length < 1 || space.length > 3) {
    throw context.unsupported(`over ${space.length} spatial axes`);
  }
  if (taps.length !== space.length) throw context.mismatch(value.shape, taps);
  const list = (name: string, absent: number, length: number): readonly number[] => {
    const given = context.integers(name) ?? Array.from({ length }, () => absent);
    if (given.length !== length || given.some((item) => item < absent)) {
      throw context.unsupportedAttribute(name, given.join(', '));
    }
    return given;
  };
  const strides = list('strides', 1, space.length);
  const dilations = list('dilations', 1, space.length);
  const pads = list('pads', 0, 2 * space.length);
  const mode = context.text('auto_pad', 'NOTSET');
  if (!['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'].includes(mode)) {
    throw context.unsupportedAttribute('auto_pad', mode);
  }
  if (mode !== 'NOTSET' && pads.some((pad) => pad > 0)) {
    throw context.unsupportedAttribute('auto_pad', `${mode} beside pads`);
  }
  return space.map((extent, axis) => {
    const [stride, dilation] = [strides[axis], dilations[axis]];
    const reach = dilation * (taps[axis] - 1) + 1;
    const frame = { extent, taps: taps[axis], stride, dilation };
    if (mode.startsWith('SAME')) {
      const count = Math.ceil(extent / stride);
      const total = Math.max((count - 1) * stride + reach - extent, 0);
      const less = Math.floor(total / 2);
      const [before, behind] = mode === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
      return { ...frame, before, behind, count };
    }
    const [before, behind] = [pads[axis], pads[axis + space.length]];
    const steps = (extent + before + behind - reach) / stride;
    // A window that would begin behind the tensor reads nothing at all.
    const most = Math.ceil((extent + before) / stride);
    const count = ceil ? Math.min(Math.ceil(steps) + 1, most) : Math.floor(steps) + 1;
    return { ...frame, before, behind, count };
  });
}

/** A walk along one axis of a window. */
export interface Walk {
  /** Absent where there is nothing to walk: the window has one tap, and it stands on a cell. */
  readonly iterator?: ProgramSymbol;
  readonly from: Expression;
  readonly to: Expression;
  /** The tap of the kernel, from 0. */
  readonly tap: Expression;
  /** The cell of the tensor. */
  readonly cell: Expression;
}

/** The walk over the taps of the window at `at` that stand on cells of the tensor; `word` names the axis. */
export function walkTaps(axis: WindowAxis, at: Expression, word: string): Walk {
  const { extent, taps, stride, dilation, before, count } = axis;
  const start = multiply(num(stride), at);
  const isCut = (count - 1) * stride + (taps - 1) * dilation - before >= extent;
  const iterator = symbol(`kernel${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  const isSingle = taps === 1 && before === 0 && !isCut;
  const tap = isSingle ? num(0) : ref(iterator);
  return {
    ...(isSingle ? {} : { iterator }),
    from: before === 0 ? num(0) : largest(num(0), ceiling(subtract(num(before), start), dilation)),
    to: isCut
      ? smallest(num(taps), ceiling(subtract(num(extent + before), start), dilation))
      : num(taps),
    tap,
    cell: subtract(add(start, multiply(num(dilation), tap)), num(before)),
  };
}

/**
 * The walk over the cells of the window at `at` that the tensor has: where its taps are neighbours, from
 * cell to cell.
 */
export function walkCells(axis: WindowAxis, at: Expression, word: string): Omit<Walk, 'tap'> {
  const { extent, taps, stride, dilation, before, count } = axis;
  if (dilation > 1 || taps === 1) return walkTaps(axis, at, word);
  const iterator = symbol(word);
  const start = subtract(multiply(num(stride), at), num(before));
  const end = add(multiply(num(stride), at), num(taps - before));
  const isCut = (count - 1) * stride - before + taps > extent;
  return {
    iterator,
    from: before === 0 ? start : largest(num(0), start),
    to: isCut ? smallest(num(extent), end) : end,
    cell: ref(iterator),
  };
}

/** The number of cells of a walk. */
export function countOf(axis: WindowAxis, { from, to }: Pick<Walk, 'from' | 'to'>): Expression {
  const { extent, taps, stride, dilation, before, count } = axis;
  const isCut = (count - 1) * stride + (taps - 1) * dilation - before >= extent;
  return before === 0 && !isCut ? num(taps) : subtract(to, from);
}

/** The reduction of a body over all walks, the first one outermost. */
export function reduceWalks(
  operation: 'sum' | 'max' | 'min',
  walks: readonly Pick<Walk, 'iterator' | 'from' | 'to'>[],
  body: Expression,
): Expression {
  return walks.reduceRight<Expression>(
    (inner, { iterator, from, to }) =>
      iterator === undefined ? inner : reduction(operation, iterator, from, to, inner),
    body,
  );
}

function largest(left: Expression, right: Expression): Expression {
  if (left.kind !== 'number' || right.kind !== 'number') return math('max', left, right);
  return num(Math.max(left.value, right.value));
}

function smallest(left: Expression, right: Expression): Expression {
  if (left.kind !== 'number' || right.kind !== 'number') return math('min', left, right);
  return num(Math.min(left.value, right.value));
}

/** Whether some window stands on padding alone. */
export function hasEmptyWindow({
  extent,
  taps,
  stride,
  dilation,
  before,
  count,
}: WindowAxis): boolean {
  for (let at = 0; at < count; at++) {
    const start = at * stride - before;
    const first = start < 0 ? start + Math.ceil(-start / dilation) * dilation : start;
    if (first >= extent || first > start + (taps - 1) * dilation) return true;
  }
  return false;
}

function ceiling(dividend: Expression, divisor: number): Expression {
  if (divisor === 1) return dividend;
  return dividend.kind === 'number'
    ? num(Math.ceil(dividend.value / divisor))
    : math('ceil', divide(dividend, num(divisor)));
}

/** Words for the spatial axes, from the first. */
export function spaceWords(count: number): readonly string[] {
  return [['position'], ['row', 'column'], ['layer', 'row', 'column']].at(count - 1) ?? [];
}

/** Words for the axes of a tensor of images, examples and channels first. */
export function imageWords(rank: number): readonly string[] {
  const words = ['example', 'channel', ...spaceWords(rank - 2)];
  return Array.from({ length: rank }, (_, axis) => words.at(axis) ?? letterOf(axis));
}
