/**
 * Comparisons: 1 where the first cell is greater (less, equal ...), else 0. Where a linear map is
 * compared, the answer is a layer with the activation `step`, which clustering can read.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import { compare } from '../../../ir/program-builders.js';
import type { Comparison } from '../../../ir/program-builders.js';
import { addValues } from '../arithmetic.js';
import type { Extent } from '../builder.js';
import { commonExtent, computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { staysLinear } from '../linearity.js';
import { complementOf } from '../logic.js';
import { cellOfTruth } from '../truth.js';
import type { Value } from '../values.js';

/** How a comparison is `step` of a difference: which way round, and whether its opposite is. */
interface StepForm {
  readonly swapped: boolean;
  readonly complement: boolean;
}

function comparison(operator: string, sign: Comparison, form?: StepForm): Importer {
  return {
    operator,
    attributes: [],
    read(context) {
      const [left, right] = [context.argument(0), context.argument(1)];
      const extent = commonExtent(context, [left, right]);
      if (form !== undefined && isOfLayer(context, [left, right], extent)) {
        return stepOf(context, form.swapped ? [right, left] : [left, right], form);
      }
      return computeEach(context, [left, right], (a, b) => cellOfTruth(compare(sign, a, b)), {
        type: 'bool',
      });
    },
  };
}

export const GREATER = comparison('Greater', '>', { swapped: false, complement: false });
export const LESS = comparison('Less', '<', { swapped: true, complement: false });
export const GREATER_OR_EQUAL = comparison('GreaterOrEqual', '>=', {
  swapped: true,
  complement: true,
});
export const LESS_OR_EQUAL = comparison('LessOrEqual', '<=', { swapped: false, complement: true });
export const EQUAL = comparison('Equal', '===');

function isOfLayer(
  { layers }: OperatorContext,
  values: readonly Value[],
  { shape }: Extent,
): boolean {
  const continues = values.some((value) => value.kind === 'tensor' && value.form.kind === 'linear');
  return continues && staysLinear(layers, values, sizeOf(shape));
}

/** 1 where left > right, or its opposite. */
function stepOf(
  context: OperatorContext,
  [left, right]: readonly [Value, Value],
  { complement }: StepForm,
): Value {
  const difference = addValues(context, left, right, -1);
  if (difference.kind === 'constant') throw context.unsupported('of constants');
  const step = context.layers.activate(difference, { kind: 'step' }, context.name);
  const truth: Value = { ...step, type: 'bool' };
  return complement ? complementOf(context, truth) : truth;
}
