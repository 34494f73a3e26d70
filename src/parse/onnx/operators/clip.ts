/**
 * Clip: at least min and at most max, either of which may be left out. Up to operator set 10 the bounds
 * are attributes. A bound at the end of float's range is none.
 */
import { math } from '../../../ir/program-builders.js';
import { sizeOf } from '../../../ir/model-interface.js';
import { computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import type { Value } from '../values.js';

/** The largest float32: what exporters write for no bound. */
const LARGEST_FLOAT = (2 - 2 ** -23) * 2 ** 127;

type Bound = 'min' | 'max';

export const CLIP: Importer = {
  operator: 'Clip',
  attributes: ['min', 'max'],
  read(context) {
    const value = context.argument(0);
    const low = boundOf(context, 'min', 1);
    const high = boundOf(context, 'max', 2);
    const bounds = [low, high].filter((bound) => bound !== undefined);
    if (bounds.length === 0) return value;
    return computeEach(context, [value, ...bounds], (cell, ...[first, second]) => {
      const raised = low === undefined ? cell : math('max', cell, first);
      return high === undefined ? raised : math('min', raised, low === undefined ? first : second);
    });
  },
};

/** The bound as a value without axes; `undefined` where there is none. */
function boundOf(context: OperatorContext, bound: Bound, position: number): Value | undefined {
  if (context.opset < 11) return ofAttribute(context, bound);
  if (context.attribute(bound) !== undefined) throw context.unsupportedAttribute(bound, '');
  const value = context.optional(position);
  if (value === undefined) return undefined;
  if (sizeOf(value.shape) !== 1) throw context.mismatch(context.argument(0).shape, value.shape);
  if (value.kind === 'constant' && isNone(bound, value.data[0])) return undefined;
  return value.kind === 'constant'
    ? { ...value, shape: [] }
    : { ...value, shape: [], batch: false };
}

function ofAttribute(context: OperatorContext, bound: Bound): Value | undefined {
  if (context.attribute(bound) === undefined) return undefined;
  const limit = context.float(bound, 0);
  if (isNone(bound, limit)) return undefined;
  const data = Float64Array.of(limit);
  return { kind: 'constant', name: bound, type: 'float', shape: [], data };
}

function isNone(bound: Bound, limit: number): boolean {
  return bound === 'min' ? limit <= -LARGEST_FLOAT : limit >= LARGEST_FLOAT;
}
