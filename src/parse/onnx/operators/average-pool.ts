/**
 * AveragePool: the mean of every window. Its padding counts as zeros with `count_include_pad`, and not at
 * all without.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import { divide, multiply, reduction } from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { hasBatch } from '../axes.js';
import { computeValue } from '../compute.js';
import type { Importer } from '../context.js';
import { hasEmptyWindow, spaceWords, WINDOW_ATTRIBUTES, walkOf, windowsOf } from '../windows.js';
import type { WindowAxis } from '../windows.js';

export const AVERAGE_POOL: Importer = {
  operator: 'AveragePool',
  attributes: [...WINDOW_ATTRIBUTES, 'ceil_mode', 'count_include_pad'],
  read(context) {
    const value = context.argument(0);
    const taps = context.integers('kernel_shape');
    if (taps === undefined) throw context.unsupported('without a kernel_shape');
    const windows = windowsOf(context, value, taps, context.integer('ceil_mode', 0) !== 0);
    if (windows.some(hasEmptyWindow)) throw context.unsupported('with a window of padding alone');
    const counted = context.integer('count_include_pad', 0) !== 0 ? windows.map(padded) : windows;
    const words = spaceWords(windows.length);
    return computeValue(
      context,
      [value],
      {
        shape: [...value.shape.slice(0, 2), ...windows.map(({ count }) => count)],
        batch: hasBatch(value),
      },
      ([example, channel, ...space], [read]) => {
        const walks = windows.map((window, axis) => walkOf(window, space[axis], words[axis]));
        const sum = walks.reduceRight<Expression>(
          (inner, { iterator, from, to }) => reduction('sum', iterator, from, to, inner),
          read([example, channel, ...walks.map((walk) => walk.cell)]),
        );
        const counts = counted.map(
          (window, axis) => walkOf(window, space[axis], words[axis]).count,
        );
        return divide(sum, counts.reduce(multiply));
      },
      { terms: sizeOf(taps), axes: ['example', 'channel', ...words] },
    );
  },
};

/** The windows over the tensor with its padding as cells. */
function padded(window: WindowAxis): WindowAxis {
  const { extent, before, behind } = window;
  return { ...window, extent: before + extent + behind, before: 0, behind: 0 };
}
