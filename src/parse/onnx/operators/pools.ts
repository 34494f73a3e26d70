/**
 * MaxPool and AveragePool: the largest cell (and where it stands) or the mean of every window. Padding is never the largest; in
 * a mean it counts as zeros with `count_include_pad`, and not at all without.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import {
  add,
  compare,
  conditional,
  divide,
  math,
  multiply,
  num,
  remainder,
} from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { flatIndex } from '../../../ir/stage.js';
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
    const largest = poolOf(context, 'max', (cell) => cell);
    return context.wants(1) ? [largest, placesOf(context, largest)] : [largest];
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

/**
 * Where in the whole tensor the largest cell of each window stands, the first one of equals. Cells count
 * row by row, or column by column with `storage_order`.
 */
function placesOf(context: OperatorContext, largest: Value): Value {
  const value = context.argument(0);
  const windows = windowsOf(
    context,
    value,
    context.integers('kernel_shape') ?? [],
    context.integer('ceil_mode', 0) !== 0,
  );
  const words = spaceWords(windows.length);
  const axes = ['example', 'channel', ...words];
  const extent = { shape: largest.shape, batch: hasBatch(value) };
  const space = value.shape.slice(2);
  const image = sizeOf(space);
  const inImage = computeValue(
    context,
    [value, largest],
    extent,
    (at, [read, readLargest]) => {
      const walks = windows.map((window, axis) => walkCells(window, at[axis + 2], words[axis]));
      const cells = walks.map(({ cell }) => cell);
      const isLargest = compare('===', read([at[0], at[1], ...cells]), readLargest(at));
      const place = conditional(isLargest, flatIndex(cells, space), num(image - 1));
      return reduceWalks('min', walks, place);
    },
    { type: 'int64', terms: sizeOf(windows.map(({ taps }) => taps)), axes, part: 'place' },
  );
  const isByColumn = context.integer('storage_order', 0) !== 0;
  if (isByColumn && space.length !== 2) throw context.unsupportedAttribute('storage_order', '1');
  return computeValue(
    context,
    [inImage],
    extent,
    (at, [read]) => {
      const place = isByColumn ? transposed(read(at), space) : read(at);
      return add(multiply(flatIndex(at.slice(0, 2), value.shape.slice(0, 2)), num(image)), place);
    },
    { type: 'int64', axes },
  );
}

/** The place of a cell of a table, counted by columns, from its place by rows. */
function transposed(place: Expression, [rows, columns]: readonly number[]): Expression {
  const row = math('floor', divide(place, num(columns)));
  return add(multiply(remainder(place, num(columns)), num(rows)), row);
}

/** The window over the tensor with its padding as cells. */
function padded(window: WindowAxis): WindowAxis {
  const { extent, before, behind } = window;
  return { ...window, extent: before + extent + behind, before: 0, behind: 0 };
}
