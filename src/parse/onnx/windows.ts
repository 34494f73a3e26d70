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
  ref,
  subtract,
  symbol,
} from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol } from '../../ir/program.js';
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

/** Where the taps of a window begin and end, and the cell of a tap. */
export interface TapRange {
  readonly from: Expression;
  readonly to: Expression;
  readonly cell: (tap: Expression) => Expression;
}

/** The taps of the window at `at` that stand on cells of the tensor. */
export function tapsOf(axis: WindowAxis, at: Expression): TapRange {
  const { extent, taps, stride, dilation, before, count } = axis;
  const start = multiply(at, num(stride));
  const reach = (count - 1) * stride + (taps - 1) * dilation;
  return {
    from:
      before === 0 ? num(0) : math('max', num(0), ceiling(subtract(num(before), start), dilation)),
    to:
      reach - before < extent
        ? num(taps)
        : math('min', num(taps), ceiling(subtract(num(extent + before), start), dilation)),
    cell: (tap) => subtract(add(start, multiply(tap, num(dilation))), num(before)),
  };
}

/** A walk along one axis of a window. */
export interface Walk {
  readonly iterator: ProgramSymbol;
  readonly from: Expression;
  readonly to: Expression;
  /** The cell of the tensor. */
  readonly cell: Expression;
  /** Number of cells walked over. */
  readonly count: Expression;
}

/**
 * The walk over the cells of the window at `at` that the tensor has, over its taps where they are no
 * neighbours. `word` names the axis.
 */
export function walkOf(axis: WindowAxis, at: Expression, word: string): Walk {
  if (axis.dilation > 1) {
    const iterator = symbol(tapWord(word));
    const { from, to, cell } = tapsOf(axis, at);
    return { iterator, from, to, cell: cell(ref(iterator)), count: subtract(to, from) };
  }
  const { extent, taps, stride, before, count } = axis;
  const iterator = symbol(word);
  const start = subtract(multiply(at, num(stride)), num(before));
  const end = add(multiply(at, num(stride)), num(taps - before));
  const isCut = (count - 1) * stride - before + taps > extent;
  const from = before === 0 ? start : math('max', num(0), start);
  const to = isCut ? math('min', num(extent), end) : end;
  const isWhole = before === 0 && !isCut;
  return {
    iterator,
    from,
    to,
    cell: ref(iterator),
    count: isWhole ? num(taps) : subtract(to, from),
  };
}

/** The word for a tap along an axis: `kernelRow`. */
export function tapWord(word: string): string {
  return `kernel${word.charAt(0).toUpperCase()}${word.slice(1)}`;
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
  return divisor === 1 ? dividend : math('ceil', divide(dividend, num(divisor)));
}

/** Words for the spatial axes, from the first. */
export function spaceWords(count: number): readonly string[] {
  return [['position'], ['row', 'column'], ['layer', 'row', 'column']][count - 1];
}
