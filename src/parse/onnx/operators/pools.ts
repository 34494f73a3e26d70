/**
 * MaxPool and AveragePool: the largest cell or the mean of every window. Padding is never the largest; in
 * a mean it counts as zeros with `count_include_pad`, and not at all without.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import { divide, multiply } from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { hasBatch } from '../axes.js';
import { computeValue } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import type { Value } from '../values.js';
import {
  countOf,
  hasEmptyWindow,
  reduceWalks,
  spaceWords,
  walkCells,
  WINDOW_ATTRIBUTES,
  windowsOf,
} from '../windows.js';
import type { WindowAxis } from '../windows.js';

export const MAX_POOL: Importer = {
  operator: 'MaxPool',
  attributes: [...WINDOW_ATTRIBUTES, 'ceil_mode', 'storage_order'],
  read(context) {
    if (context.wants(1)) throw context.unsupported('with indices');
    return [poolOf(context, 'max', (largest) => largest)];
  },
};

export const AVERAGE_POOL: Importer = {
  operator: 'AveragePool',
  attributes: [...WINDOW_ATTRIBUTES, 'ceil_mode', 'count_include_pad'],
  read(context) {
    const withPadding = context.integer('count_include_pad', 0) !== 0;
    return poolOf(context, 'sum', (sum, windows, space) => {
      const counts = windows.map((window, axis) => {
        const counted = withPadding ? padded(window) : window;
        return countOf(counted, walkCells(counted, space[axis], ''));
      });
      return divide(sum, counts.reduce(multiply));
    });
  },
};

/** `finish` of what the cells of every window are reduced to; `space` says where the window is. */
function poolOf(
  context: OperatorContext,
  operation: 'max' | 'sum',
  finish: (
    reduced: Expression,
    windows: readonly WindowAxis[],
    space: readonly Expression[],
  ) => Expression,
): Value {
  const value = context.argument(0);
  const taps = context.integers('kernel_shape');
  if (taps === undefined) throw context.unsupported('without a kernel_shape');
  const windows = windowsOf(context, value, taps, context.integer('ceil_mode', 0) !== 0);
  if (windows.some(hasEmptyWindow)) throw context.unsupported('with a window of padding alone');
  const words = spaceWords(windows.length);
  const shape = [...value.shape.slice(0, 2), ...windows.map(({ count }) => count)];
  return computeValue(
    context,
    [value],
    { shape, batch: hasBatch(value) },
    ([example, channel, ...space], [read]) => {
      const walks = windows.map((window, axis) => walkCells(window, space[axis], words[axis]));
      const cell = read([example, channel, ...walks.map((walk) => walk.cell)]);
      return finish(reduceWalks(operation, walks, cell), windows, space);
    },
    { terms: sizeOf(taps), axes: ['example', 'channel', ...words] },
  );
}

/** The window over the tensor with its padding as cells. */
function padded(window: WindowAxis): WindowAxis {
  const { extent, before, behind } = window;
  return { ...window, extent: before + extent + behind, before: 0, behind: 0 };
}
