/**
 * Products of matrices. With a constant factor they are layers, since clustering looks for structure in
 * the weights of a vector's product; several rows share them as a stage, unless the weights look as if
 * they had been meant.
 */
import { sizeOf } from '../../ir/model-interface.js';
import { multiply, num, reduction, ref, symbol } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { letterOf } from '../../ir/stage.js';
import { matrixOf, multiplyLeft, multiplyRight } from './arithmetic.js';
import { hasBatch } from './axes.js';
import type { Extent } from './builder.js';
import { broadcastIndices, computeValue } from './compute.js';
import type { OperatorContext } from './context.js';
import { isStaged, isSymbolic, LARGE_MAP } from './linearity.js';
import { selectCells } from './selection.js';
import { broadcastShape } from './shapes.js';
import type { ConstantValue, TensorValue, Value } from './values.js';

/** A factor of a product: a vector, or matrices along the last two axes. */
export interface Factor {
  readonly value: Value;
  /** Whether the last two axes are read the other way round. */
  readonly transposed: boolean;
}

/** The product of the matrices of two factors, with the axes before them broadcast, as MatMul has it. */
export function multiplyFactors(context: OperatorContext, left: Factor, right: Factor): Value {
  if (left.value.kind === 'tensor' && right.value.kind === 'constant') {
    const product = constantOnRight(context, left.value, left.transposed, right.value, right);
    if (product !== undefined) return product;
  }
  if (left.value.kind === 'constant' && right.value.kind === 'tensor') {
    const product = constantOnLeft(context, left.value, left, right.value, right.transposed);
    if (product !== undefined) return product;
  }
  return multiplyByStage(context, left, right);
}

function constantOnRight(
  context: OperatorContext,
  tensor: TensorValue,
  turned: boolean,
  constant: ConstantValue,
  { transposed }: Factor,
): Value | undefined {
  const blocks = sizeOf(turned ? tensor.shape.slice(1) : tensor.shape.slice(0, -1));
  if (!isLayer(context, tensor, constant, blocks)) return undefined;
  const matrix = matrixOf(context, context.useWeights(constant), !transposed);
  const own = turned ? transpose(context, tensor) : tensor;
  return multiplyRight(context, own, matrix, constant.shape.length === 1);
}

function constantOnLeft(
  context: OperatorContext,
  constant: ConstantValue,
  { transposed }: Factor,
  tensor: TensorValue,
  turned: boolean,
): Value | undefined {
  if (tensor.batch || tensor.shape.length > 2) return undefined;
  const blocks = sizeOf(turned ? tensor.shape.slice(0, 1) : tensor.shape.slice(1));
  if (!isLayer(context, tensor, constant, blocks)) return undefined;
  const matrix = matrixOf(context, context.useWeights(constant), transposed);
  const own = turned ? transpose(context, tensor) : tensor;
  return multiplyLeft(context, matrix, own, constant.shape.length === 1);
}

/** Whether a product with a constant, once for each of several rows, is to be a layer. */
function isLayer(
  { layers }: OperatorContext,
  tensor: TensorValue,
  { data, shape }: ConstantValue,
  blocks: number,
): boolean {
  if (shape.length < 1 || shape.length > 2) return false;
  if (blocks === 1) return true;
  return !isStaged(layers, tensor) && blocks * data.length <= LARGE_MAP && isSymbolic(data);
}

/** A matrix the other way round. */
function transpose(context: OperatorContext, tensor: TensorValue): TensorValue {
  if (tensor.batch) throw context.unsupported('with a transposed batch');
  const [rows, columns] = tensor.shape;
  const extent: Extent = { shape: [columns, rows], batch: false };
  const turned = selectCells(context, tensor, { extent, source: ([row, column]) => [column, row] });
  if (turned.kind === 'constant') throw new TypeError('a selection of a tensor is a tensor');
  return turned;
}

function multiplyByStage(context: OperatorContext, left: Factor, right: Factor): Value {
  const rows = axesOfFactor(left);
  const columns = axesOfFactor(right);
  const lead = broadcastShape(rows.lead, columns.lead);
  const inner = rows.last;
  const contracted = columns.first ?? columns.last;
  if (lead === undefined || inner !== contracted) {
    throw context.mismatch(left.value.shape, right.value.shape);
  }
  const hasColumns = columns.first !== undefined;
  const extent: Extent = {
    shape: [
      ...lead,
      ...(rows.first === undefined ? [] : [rows.first]),
      ...(hasColumns ? [columns.last] : []),
    ],
    batch: hasBatch(left.value) || hasBatch(right.value),
  };
  checkBatch(context, left, right, lead.length);
  return computeValue(
    context,
    [left.value, right.value],
    extent,
    (at, [readLeft, readRight]) => {
      const iterator = symbol('k');
      const k = ref(iterator);
      const outer = at.slice(0, lead.length);
      const row = rows.first === undefined ? [] : [at[lead.length]];
      const column = hasColumns ? [at[at.length - 1]] : [];
      const ofLeft = [...broadcastIndices(outer, rows.lead), ...order([...row, k], left)];
      const ofRight = [...broadcastIndices(outer, columns.lead), ...order([k, ...column], right)];
      const product = multiply(readLeft(ofLeft), readRight(ofRight));
      return reduction('sum', iterator, num(0), num(inner), product);
    },
    {
      terms: inner,
      axes: [
        ...lead.map((_, axis) => letterOf(axis)),
        ...(rows.first === undefined ? [] : ['row']),
        'column',
      ],
    },
  );
}

/** The extents of a factor as it is multiplied; a vector has no `first` of its two. */
function axesOfFactor({ value: { shape }, transposed }: Factor): {
  readonly lead: readonly number[];
  readonly first: number | undefined;
  readonly last: number;
} {
  if (shape.length < 2) return { lead: [], first: undefined, last: shape.at(-1) ?? 1 };
  const [first, last] = shape.slice(-2);
  const lead = shape.slice(0, -2);
  return transposed ? { lead, first: last, last: first } : { lead, first, last };
}

/** The last two indices in the order in which the factor is stored. */
function order(indices: readonly Expression[], { transposed }: Factor): readonly Expression[] {
  return transposed ? [...indices].reverse() : indices;
}

/** The batch must stay the first axis, and never be the one that is contracted. */
function checkBatch(context: OperatorContext, left: Factor, right: Factor, lead: number): void {
  if (left.transposed && hasBatch(left.value)) throw context.unsupported('with a transposed batch');
  const ranks = [left.value.shape.length, right.value.shape.length];
  const leftFits = ranks[0] === lead + 2;
  const rightFits = ranks[1] === lead + 2 && ranks[1] > 2;
  if ((hasBatch(left.value) && !leftFits) || (hasBatch(right.value) && !rightFits)) {
    throw context.mismatch(left.value.shape, right.value.shape);
  }
}
