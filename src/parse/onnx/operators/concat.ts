/** Concat: tensors one behind the other along an axis. */
import { sizeOf } from '../../../ir/model-interface.js';
import { and, compare, conditional, num, subtract } from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { addValues } from '../arithmetic.js';
import { axisOf, hasBatch } from '../axes.js';
import type { Extent } from '../builder.js';
import { checkShape } from '../../shape.js';
import { computeValue } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { LARGE_MAP, staysLinear } from '../linearity.js';
import { selectCells } from '../selection.js';
import type { ConstantValue, Value } from '../values.js';

/** More tensors than this make a condition that nobody reads. */
const MOST_PARTS = 256;

/** One of the tensors, and where it begins along the axis. */
interface Part {
  readonly value: Value;
  readonly start: number;
}

export const CONCAT: Importer = {
  operator: 'Concat',
  attributes: ['axis'],
  read(context) {
    const values = context.node.input.map((_, index) => context.argument(index));
    const first = context.argument(0);
    if (context.attribute('axis') === undefined) throw context.unsupported('without an axis');
    const axis = axisOf(context, first, context.integer('axis', 0));
    if (axis === 0 && values.some(hasBatch)) throw context.unsupported('over the batch');
    return joinValues(context, values, axis);
  },
};

/** Values one behind the other along an axis. @throws Diagnostic ONNX_SHAPE_MISMATCH. */
export function joinValues(
  context: OperatorContext,
  values: readonly Value[],
  axis: number,
): Value {
  const [first] = values;
  const parts: Part[] = [];
  let next = 0;
  for (const value of values) {
    checkFit(context, first, value, axis);
    parts.push({ value, start: next });
    next += value.shape[axis];
  }
  const shape = first.shape.map((extent, own) => (own === axis ? next : extent));
  return join(context, parts, { shape, batch: values.some(hasBatch) }, axis);
}

function checkFit(context: OperatorContext, first: Value, value: Value, axis: number): void {
  const fits =
    value.shape.length === first.shape.length &&
    value.shape.every((extent, own) => own === axis || extent === first.shape[own]);
  if (!fits) throw context.mismatch(first.shape, value.shape);
}

function join(
  context: OperatorContext,
  parts: readonly Part[],
  extent: Extent,
  axis: number,
): Value {
  const values = parts.map(({ value }) => value);
  const constants = values.filter((value) => value.kind === 'constant');
  checkShape(extent.shape, context.place, constants.length === parts.length ? 0 : 1);
  if (constants.length === parts.length) return joinConstants(context, constants, extent, axis);
  const size = sizeOf(extent.shape);
  const weights = parts.length * size;
  if (weights <= LARGE_MAP && staysLinear(context.layers, values, size)) {
    return parts
      .map((part) => placed(context, part, extent, axis))
      .reduce((sum, part) => addValues(context, sum, part));
  }
  if (parts.length > MOST_PARTS) throw context.unsupported(`of ${parts.length} tensors`);
  return computeValue(context, values, extent, (at, reads) => {
    const cells = reads.map((read, index) => read(shifted(at, axis, parts[index].start)));
    return cells.reduceRight((behind, cell, index) =>
      conditional(compare('<', at[axis], num(parts[index + 1].start)), cell, behind),
    );
  });
}

/** A part at its place in the result, and zeros everywhere else. */
function placed(
  context: OperatorContext,
  { value, start }: Part,
  extent: Extent,
  axis: number,
): Value {
  const end = start + value.shape[axis];
  return selectCells(context, value, {
    extent,
    source: (at) => shifted(at, axis, start),
    inside: (at) => and(compare('>=', at[axis], num(start)), compare('<', at[axis], num(end))),
  });
}

function shifted(at: readonly Expression[], axis: number, start: number): readonly Expression[] {
  return at.map((index, own) => (own === axis ? subtract(index, num(start)) : index));
}

function joinConstants(
  context: OperatorContext,
  constants: readonly ConstantValue[],
  { shape }: Extent,
  axis: number,
): ConstantValue {
  const data = new Float64Array(sizeOf(shape));
  const batchCells: number[] = [];
  const row = sizeOf(shape.slice(axis));
  let offset = 0;
  for (const constant of constants) {
    const block = sizeOf(constant.shape.slice(axis));
    for (let cell = 0; cell < constant.data.length; cell++) {
      const target = Math.floor(cell / block) * row + offset + (cell % block);
      data[target] = constant.data[cell];
      if (constant.batchCells?.includes(cell) === true) batchCells.push(target);
    }
    offset += block;
  }
  const rounded = constants.find((constant) => constant.rounded !== undefined)?.rounded;
  return {
    kind: 'constant',
    name: context.node.output[0],
    type: constants[0].type,
    shape,
    data,
    batchCells,
    ...(rounded === undefined ? {} : { rounded }),
  };
}
