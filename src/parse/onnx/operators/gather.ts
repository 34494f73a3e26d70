/**
 * Gather: cells along an axis at given indices, negative ones counted from the end. Constant indices
 * select; others are read by the module. An input of the model that serves as an index has the indices
 * as its domain; what else is computed is rounded and kept within the axis.
 */
import { add, compare, conditional, math, num } from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { axisOf, hasBatch } from '../axes.js';
import type { Extent } from '../builder.js';
import { computeValue } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { isWhole } from '../element-type.js';
import { selectCells } from '../selection.js';
import type { ConstantValue, TensorValue, Value } from '../values.js';

export const GATHER: Importer = {
  operator: 'Gather',
  attributes: ['axis'],
  read(context) {
    const [data, indices] = [context.argument(0), context.argument(1)];
    if (data.shape.length === 0) throw context.mismatch(data.shape, indices.shape);
    const axis = axisOf(context, data, context.integer('axis', 0));
    const extent = extentOf(context, data, indices, axis);
    const source = (at: readonly Expression[], index: Expression): readonly Expression[] => [
      ...at.slice(0, axis),
      index,
      ...at.slice(axis + indices.shape.length),
    ];
    const own = (at: readonly Expression[]): readonly Expression[] =>
      at.slice(axis, axis + indices.shape.length);
    if (indices.kind === 'constant') {
      const table = counted(context, indices, data.shape[axis]);
      return selectCells(context, data, {
        extent,
        tables: [table],
        source: (at, [read]) => source(at, read(own(at))),
      });
    }
    const limit = limitOf(context, indices, data.shape[axis]);
    return computeValue(context, [data, indices], extent, (at, [read, index]) =>
      read(source(at, limit(index(own(at))))),
    );
  },
};

/** The axes of the indices stand where the axis stood; at most one of the two has a batch. */
function extentOf(context: OperatorContext, data: Value, indices: Value, axis: number): Extent {
  const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)];
  if (hasBatch(data) && axis === 0) throw context.unsupported('over the batch');
  if (hasBatch(indices) && axis !== 0) throw context.unsupported('with a batch of indices');
  return { shape, batch: hasBatch(data) || hasBatch(indices) };
}

/** Constant indices, all counted from 0. */
function counted(context: OperatorContext, indices: ConstantValue, extent: number): ConstantValue {
  const data = indices.data.map((index) => (index < 0 ? index + extent : index));
  const outside = data.findIndex((index) => !(index >= 0 && index < extent));
  if (outside >= 0) throw context.unsupported(`at the index ${indices.data[outside]} of ${extent}`);
  return { ...indices, data };
}

/** Makes a cell that was computed a legal index. */
function limitOf(
  { layers }: OperatorContext,
  { form, type }: TensorValue,
  extent: number,
): (cell: Expression) => Expression {
  const turned = (cell: Expression): Expression =>
    conditional(compare('<', cell, num(0)), add(cell, num(extent)), cell);
  if (form.kind === 'stored' && form.ref.kind === 'input') {
    layers.limitInput(form.ref.index, { low: -extent, high: extent - 1 });
    return turned;
  }
  return (cell) => {
    const whole = isWhole(type) ? cell : math('trunc', cell);
    return math('min', math('max', turned(whole), num(0)), num(extent - 1));
  };
}
