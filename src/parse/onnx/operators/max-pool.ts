/** MaxPool: the largest cell of every window. */
import { sizeOf } from '../../../ir/model-interface.js';
import { reduction } from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { hasBatch } from '../axes.js';
import { computeValue } from '../compute.js';
import type { Importer } from '../context.js';
import { hasEmptyWindow, spaceWords, WINDOW_ATTRIBUTES, walkOf, windowsOf } from '../windows.js';

export const MAX_POOL: Importer = {
  operator: 'MaxPool',
  attributes: [...WINDOW_ATTRIBUTES, 'ceil_mode', 'storage_order'],
  read(context) {
    const value = context.argument(0);
    const taps = context.integers('kernel_shape');
    if (taps === undefined) throw context.unsupported('without a kernel_shape');
    if (context.wants(1)) throw context.unsupported('with indices');
    const windows = windowsOf(context, value, taps, context.integer('ceil_mode', 0) !== 0);
    if (windows.some(hasEmptyWindow)) throw context.unsupported('with a window of padding alone');
    const words = spaceWords(windows.length);
    const pooled = computeValue(
      context,
      [value],
      {
        shape: [...value.shape.slice(0, 2), ...windows.map(({ count }) => count)],
        batch: hasBatch(value),
      },
      ([example, channel, ...space], [read]) => {
        const walks = windows.map((window, axis) => walkOf(window, space[axis], words[axis]));
        const cell = read([example, channel, ...walks.map((walk) => walk.cell)]);
        return walks.reduceRight<Expression>(
          (inner, { iterator, from, to }) => reduction('max', iterator, from, to, inner),
          cell,
        );
      },
      { terms: sizeOf(taps), axes: ['example', 'channel', ...words] },
    );
    return [pooled, undefined];
  },
};
