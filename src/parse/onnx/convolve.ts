/** A convolution with a constant kernel as a linear map: one sparse row for every cell of the result. */
import { sizeOf } from '../../ir/model-interface.js';
import { hasBatch } from './axes.js';
import type { OperatorContext } from './context.js';
import type { ConstantValue, TensorValue, Value } from './values.js';
import type { WindowAxis } from './windows.js';

/** A convolution, its extents checked. */
export interface Convolution {
  readonly value: Value;
  readonly kernel: Value;
  readonly bias: Value | undefined;
  readonly groups: number;
  readonly windows: readonly WindowAxis[];
  /** Shape of the result, examples and channels first. */
  readonly shape: readonly number[];
}

/** The weights of the taps of one window, by their distance from the first cell of their channel. */
interface Taps {
  readonly cells: readonly number[];
  /** Positions in the kernel of one channel. */
  readonly taps: readonly number[];
}

/** The convolution of a tensor, which is to be a layer. */
export function convolve(
  context: OperatorContext,
  { shape, windows, groups }: Convolution,
  value: TensorValue,
  kernel: ConstantValue,
  bias: ConstantValue | undefined,
): TensorValue {
  const { data } = context.useWeights(kernel);
  const biases = bias === undefined ? undefined : context.useWeights(bias).data;
  const [channels, ownChannels] = kernel.shape;
  const kernelSize = sizeOf(kernel.shape.slice(2));
  const channelSize = sizeOf(value.shape.slice(2));
  const places = windowTaps(windows);
  const size = sizeOf(shape);
  const rowStart = new Uint32Array(size + 1);
  const columns: number[] = [];
  const values: number[] = [];
  const offsets = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const channel = Math.floor(row / places.length) % channels;
    const example = Math.floor(row / (places.length * channels));
    const group = Math.floor(channel / (channels / groups));
    const { cells, taps } = places[row % places.length];
    for (let own = 0; own < ownChannels; own++) {
      const first = (example * value.shape[1] + group * ownChannels + own) * channelSize;
      const kernelStart = (channel * ownChannels + own) * kernelSize;
      taps.forEach((tap, index) => {
        const weight = data[kernelStart + tap];
        if (weight === 0) return;
        columns.push(first + cells[index]);
        values.push(weight);
      });
    }
    rowStart[row + 1] = columns.length;
    offsets[row] = biases?.[channel] ?? 0;
  }
  const rows = { rowStart, columns: Uint32Array.from(columns), values: Float64Array.from(values) };
  const extent = { shape, batch: hasBatch(value) };
  return context.layers.apply(value, { rows, bias: offsets }, extent, context.name);
}

/** For every window, in their order, the taps that stand on cells. */
function windowTaps(windows: readonly WindowAxis[]): readonly Taps[] {
  let places: readonly Taps[] = [{ cells: [0], taps: [0] }];
  for (const { extent, taps, stride, dilation, before, count } of windows) {
    const along = Array.from({ length: count }, (_, at) =>
      Array.from({ length: taps }, (__, tap) => [
        tap,
        at * stride + tap * dilation - before,
      ]).filter(([, cell]) => cell >= 0 && cell < extent),
    );
    places = places.flatMap((place) =>
      along.map((pairs) => ({
        cells: place.cells.flatMap((cell) => pairs.map(([, own]) => cell * extent + own)),
        taps: place.taps.flatMap((tap) => pairs.map(([own]) => tap * taps + own)),
      })),
    );
  }
  return places;
}
