/**
 * Where: cells of the second tensor where the first one is true, of the third elsewhere. A choice
 * between constants is a linear map of the condition.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import { conditional } from '../../../ir/program-builders.js';
import { commonExtent, computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { exactSum } from '../exact.js';
import { staysLinear } from '../linearity.js';
import { selectionRows } from '../rows.js';
import { broadcastCells } from '../shapes.js';
import { truthOfCell } from '../truth.js';
import type { ConstantValue, TensorValue, Value } from '../values.js';

export const WHERE: Importer = {
  operator: 'Where',
  attributes: [],
  read(context) {
    const [condition, then, otherwise] = [0, 1, 2].map((position) => context.argument(position));
    const { type } = then;
    if (condition.kind === 'tensor' && then.kind === 'constant' && otherwise.kind === 'constant') {
      const map = mapOfChoice(context, condition, then, otherwise);
      if (map !== undefined) return { ...map, type };
    }
    return computeEach(
      context,
      [condition, then, otherwise],
      (truth, a, b) => conditional(truthOfCell(truth), a, b),
      { type },
    );
  },
};

/** otherwise + (then − otherwise) · condition, where that is exact and a layer says it well. */
function mapOfChoice(
  context: OperatorContext,
  condition: TensorValue,
  then: ConstantValue,
  otherwise: ConstantValue,
): Value | undefined {
  const extent = commonExtent(context, [condition, then, otherwise]);
  const size = sizeOf(extent.shape);
  if (!staysLinear(context.layers, [condition], size)) return undefined;
  const bias = spread(context, otherwise, extent.shape);
  const steps = spread(context, then, extent.shape).map(
    (value, cell) => exactSum(value, -bias[cell]) ?? NaN,
  );
  if (steps.some(Number.isNaN)) return undefined;
  const rows = selectionRows(broadcastCells(condition.shape, extent.shape), steps);
  return context.layers.apply(condition, { rows, bias }, extent, context.name);
}

function spread(
  context: OperatorContext,
  constant: ConstantValue,
  shape: readonly number[],
): Float64Array {
  const { data } = context.useWeights(constant);
  return Float64Array.from(broadcastCells(constant.shape, shape), (cell) => data[cell]);
}
