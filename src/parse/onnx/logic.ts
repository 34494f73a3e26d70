/** Truth values that are computed from others, as maps where these are layers. */
import { sizeOf } from '../../ir/model-interface.js';
import { compare, num } from '../../ir/program-builders.js';
import { computeEach } from './compute.js';
import type { OperatorContext } from './context.js';
import { staysLinear } from './linearity.js';
import { allCells, selectionRows } from './rows.js';
import { cellOfTruth } from './truth.js';
import type { Value } from './values.js';

/** 1 where a truth value is 0, and 0 where it is 1. */
export function complementOf(context: OperatorContext, truth: Value): Value {
  const size = sizeOf(truth.shape);
  if (truth.kind === 'tensor' && staysLinear(context.layers, [truth], size)) {
    const rows = selectionRows(allCells(size), new Float64Array(size).fill(-1));
    const map = { rows, bias: new Float64Array(size).fill(1) };
    return context.layers.apply(truth, map, truth, context.name);
  }
  return computeEach(context, [truth], (cell) => cellOfTruth(compare('===', cell, num(0))));
}
