/**
 * Conv: windows of one to three axes, in groups of channels. A constant kernel of few different weights
 * is a layer, so that clustering can tell what it is for; any other one is a stage: a loop over channels
 * and windows, and in it one over the taps.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import {
  add,
  divide,
  math,
  multiply,
  num,
  reduction,
  ref,
  symbol,
} from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { hasBatch } from '../axes.js';
import { checkCost } from '../builder.js';
import { computeValue } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { convolve } from '../convolve.js';
import type { Convolution } from '../convolve.js';
import { isStaged, isSymbolic, LARGE_MAP } from '../linearity.js';
import type { Value } from '../values.js';
import { reduceWalks, spaceWords, walkTaps, WINDOW_ATTRIBUTES, windowsOf } from '../windows.js';

export const CONV: Importer = {
  operator: 'Conv',
  attributes: [...WINDOW_ATTRIBUTES, 'group'],
  read(context) {
    const convolution = convolutionOf(context);
    const { value, kernel, bias } = convolution;
    if (value.kind === 'tensor' && kernel.kind === 'constant' && bias?.kind !== 'tensor') {
      const { shape } = convolution;
      const weights = sizeOf(shape) * sizeOf(kernel.shape.slice(1));
      const isMeant = isSymbolic(kernel.data) && weights <= LARGE_MAP;
      if (isMeant && !isStaged(context.layers, value)) {
        checkCost(shape, weights, context.node.opType, context.place);
        return convolve(context, convolution, value, kernel, bias);
      }
    }
    return convolveByStage(context, convolution);
  },
};

function convolutionOf(context: OperatorContext): Convolution {
  const [value, kernel] = [context.argument(0), context.argument(1)];
  const bias = context.optional(2);
  const groups = context.integer('group', 1);
  const [channels, ownChannels, ...taps] = kernel.shape;
  const fits =
    kernel.shape.length === value.shape.length &&
    groups >= 1 &&
    value.shape[1] === ownChannels * groups &&
    channels % groups === 0;
  if (!fits) throw context.mismatch(value.shape, kernel.shape);
  const given = context.integers('kernel_shape') ?? taps;
  if (given.join() !== taps.join())
    throw context.unsupportedAttribute('kernel_shape', given.join(', '));
  if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== channels)) {
    throw context.mismatch(kernel.shape, bias.shape);
  }
  if (hasBatch(kernel)) throw context.unsupported('with a batch of kernels');
  const windows = windowsOf(context, value, taps);
  const shape = [value.shape[0], channels, ...windows.map(({ count }) => count)];
  return { value, kernel, bias, groups, windows, shape };
}

function convolveByStage(context: OperatorContext, convolution: Convolution): Value {
  const { value, kernel, bias, groups, windows, shape } = convolution;
  const [channels, ownChannels] = kernel.shape;
  return computeValue(
    context,
    [value, kernel, ...(bias === undefined ? [] : [bias])],
    { shape, batch: hasBatch(value) },
    ([example, channel, ...space], [read, weight, biasAt]) => {
      const source = symbol('source');
      const words = spaceWords(windows.length);
      const walks = windows.map((window, axis) => walkTaps(window, space[axis], words[axis]));
      const own = ownChannels === 1 ? num(0) : ref(source);
      const cell = read([
        example,
        add(firstChannel(channel, channels / groups, groups, ownChannels), own),
        ...walks.map((walk) => walk.cell),
      ]);
      const factor = weight([channel, own, ...walks.map(({ tap }) => tap)]);
      const sum = reduceWalks('sum', walks, multiply(factor, cell));
      const total = ownChannels === 1 ? sum : reduction('sum', source, 0, ownChannels, sum);
      return bias === undefined ? total : add(total, biasAt([channel]));
    },
    {
      terms: sizeOf(kernel.shape.slice(1)),
      axes: ['example', 'channel', ...spaceWords(windows.length)],
    },
  );
}

/** The first channel that the group of an output channel reads. */
function firstChannel(
  channel: Expression,
  channelsOfGroup: number,
  groups: number,
  ownChannels: number,
): Expression {
  if (groups === 1) return num(0);
  const group =
    channelsOfGroup === 1 ? channel : math('floor', divide(channel, num(channelsOfGroup)));
  return multiply(group, num(ownChannels));
}
