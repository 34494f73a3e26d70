/**
 * Slice: every step-th index from start up to (not including) end, along some axes; negative numbers
 * count from the end, and a negative step walks backwards. Attributes up to operator set 9, arguments
 * from 10 on.
 */
import { add, multiply, num } from '../../../ir/program-builders.js';
import { axesOf, hasBatch } from '../axes.js';
import type { Importer, OperatorContext } from '../context.js';
import { selectCells } from '../selection.js';

/** What exporters write for "to the end" is at least this. */
const TO_THE_END = 2 ** 31 - 1;

/** The indices start, start + step, … of an axis, `count` of them. */
interface Run {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

export const SLICE: Importer = {
  operator: 'Slice',
  attributes: ['starts', 'ends', 'axes'],
  read(context) {
    const value = context.argument(0);
    const starts = context.integersSince(10, 'starts', 1) ?? [];
    const ends = context.integersSince(10, 'ends', 2) ?? [];
    const rank = value.shape.length;
    const given = context.integersSince(10, 'axes', 3) ?? starts.map((_, index) => index);
    const stepsGiven = context.opset < 10 ? undefined : context.optionalConstant(4, 'its steps');
    const steps = stepsGiven === undefined ? starts.map(() => 1) : Array.from(stepsGiven.data);
    if ([ends, given, steps].some(({ length }) => length !== starts.length)) {
      throw context.mismatch([starts.length], [ends.length, given.length, steps.length]);
    }
    axesOf(context, rank, given);
    const runs = value.shape.map((extent): Run => ({ start: 0, step: 1, count: extent }));
    given.forEach((axis, index) => {
      const own = axis < 0 ? axis + rank : axis;
      if (own === 0 && hasBatch(value)) {
        if (starts[index] === 0 && ends[index] >= TO_THE_END && steps[index] === 1) return;
        throw context.unsupported('over the batch');
      }
      runs[own] = runOf(context, value.shape[own], starts[index], ends[index], steps[index]);
    });
    if (runs.every((run, axis) => isWhole(run, value.shape[axis]))) return value;
    return selectCells(context, value, {
      extent: { shape: runs.map(({ count }) => count), batch: hasBatch(value) },
      source: (at) =>
        at.map((index, axis) => add(multiply(index, num(runs[axis].step)), num(runs[axis].start))),
    });
  },
};

function isWhole({ start, step, count }: Run, extent: number): boolean {
  return start === 0 && step === 1 && count === extent;
}

function runOf(
  context: OperatorContext,
  extent: number,
  start: number,
  end: number,
  step: number,
): Run {
  if (step === 0) throw context.unsupported('with a step of 0');
  const [low, high] = step > 0 ? [0, extent] : [-1, extent - 1];
  const place = (index: number, least: number): number =>
    Math.min(Math.max(index < 0 ? index + extent : index, least), high);
  const from = place(start, 0);
  const to = place(end, low);
  return { start: from, step, count: Math.max(0, Math.ceil((to - from) / step)) };
}
