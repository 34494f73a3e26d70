/**
 * Pad: cells before and behind each axis: a constant, the nearest cell, a mirror image, or the other end
 * again. Negative pads cut off. Attributes up to operator set 10, arguments from 11 on.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import {
  add,
  and,
  compare,
  conditional,
  math,
  num,
  remainder,
  subtract,
} from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { axesOf, hasBatch } from '../axes.js';
import { computeValue } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { selectCells } from '../selection.js';
import type { TensorValue, Value } from '../values.js';

/** Pads of an axis with `extent` cells. */
interface Pads {
  readonly before: number;
  readonly behind: number;
  readonly extent: number;
}

/** The index of the cell that stands at an index counted from the first cell, which may be negative. */
type Mode = (index: Expression, extent: number, pads: Pads) => Expression;

const MODES: Readonly<Record<string, Mode>> = {
  edge: (index, extent) => math('min', math('max', index, num(0)), num(extent - 1)),
  // Both mirrors stand on a cell: the first one turns what is before, the second one all of it again.
  reflect: (index, extent) =>
    subtract(num(extent - 1), math('abs', subtract(num(extent - 1), math('abs', index)))),
  wrap: (index, extent, { before }) =>
    remainder(add(index, num(extent * Math.ceil(before / extent))), num(extent)),
};

export const PAD: Importer = {
  operator: 'Pad',
  attributes: ['mode', 'pads', 'value'],
  read(context) {
    const value = context.argument(0);
    const mode = context.text('mode', 'constant');
    const pads = padsOf(context, value);
    if (mode !== 'constant' && !Object.hasOwn(MODES, mode)) {
      throw context.unsupportedAttribute('mode', mode);
    }
    const isPadded = pads.map(({ before, behind }) => before > 0 || behind > 0);
    if (
      mode === 'reflect' &&
      pads.some(({ before, behind, extent }) => Math.max(before, behind) >= extent)
    ) {
      throw context.unsupported('with a mirror image larger than the tensor');
    }
    const extent = {
      shape: pads.map(({ before, behind, extent: own }) => before + own + behind),
      batch: hasBatch(value),
    };
    const inside = (at: readonly Expression[]): Expression =>
      and(...at.flatMap((index, axis) => conditions(index, pads[axis])));
    const place = (index: Expression, axis: number): Expression =>
      subtract(index, num(pads[axis].before));
    const computed = mode === 'constant' ? computedFill(context) : undefined;
    if (computed !== undefined && isPadded.includes(true)) {
      return computeValue(context, [value, computed], extent, (at, [read, readFill]) => {
        const fill = readFill(computed.shape.map(() => num(0)));
        return conditional(inside(at), read(at.map(place)), fill);
      });
    }
    return selectCells(context, value, {
      extent,
      source: (at) =>
        at.map((index, axis) => {
          const own = place(index, axis);
          if (mode === 'constant' || !isPadded[axis]) return own;
          return MODES[mode](own, pads[axis].extent, pads[axis]);
        }),
      ...(mode === 'constant'
        ? {
            inside,
            fill: computed === undefined ? fillOf(context) : 0,
          }
        : {}),
    });
  },
};

/** Where along an axis there is a cell; nothing where there always is. */
function conditions(index: Expression, { before, behind, extent }: Pads): readonly Expression[] {
  return [
    ...(before > 0 ? [compare('>=', index, num(before))] : []),
    ...(behind > 0 ? [compare('<', index, num(before + extent))] : []),
  ];
}

function padsOf(context: OperatorContext, value: Value): readonly Pads[] {
  const rank = value.shape.length;
  const given = context.integersSince(11, 'pads', 1);
  const axesGiven = context.opset < 18 ? undefined : context.optionalConstant(3, 'its axes');
  const wanted = axesGiven === undefined ? [...value.shape.keys()] : Array.from(axesGiven.data);
  if (given?.length !== 2 * wanted.length) throw context.mismatch(value.shape, given ?? []);
  axesOf(context, rank, wanted);
  const pads = value.shape.map((extent): Pads => ({ before: 0, behind: 0, extent }));
  wanted.forEach((axis, index) => {
    const own = axis < 0 ? axis + rank : axis;
    const [before, behind] = [given[index], given[index + wanted.length]];
    if (own === 0 && hasBatch(value) && (before !== 0 || behind !== 0)) {
      throw context.unsupported('over the batch');
    }
    pads[own] = { ...pads[own], before, behind };
  });
  return pads;
}

/** What padding is filled with, where that is no constant. */
function computedFill(context: OperatorContext): TensorValue | undefined {
  const value = context.opset < 11 ? undefined : context.optional(2);
  if (value?.kind !== 'tensor') return undefined;
  if (sizeOf(value.shape) !== 1 || hasBatch(value)) throw context.notConstant('its value');
  return value;
}

function fillOf(context: OperatorContext): number {
  if (context.opset < 11) return context.float('value', 0);
  if (context.attribute('value') !== undefined) throw context.unsupportedAttribute('value', '');
  const constant = context.optionalConstant(2, 'its value');
  if (constant === undefined) return 0;
  context.refuseRounded(constant);
  return constant.data[0];
}
