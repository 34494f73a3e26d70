/** How far the outputs of a network may be from what it was made from. */
import type { Layer, Network, TensorRef } from '../ir/network.js';
import { times } from './form.js';

/** A bound on the error of every output, from `moved` of all layers. */
export function errorOf(network: Network): number {
  const errors: Float64Array[] = [];
  const ofSource = ({ kind, index }: TensorRef): readonly number[] | undefined =>
    kind === 'input' ? undefined : Array.from(errors[index]);
  network.layers.forEach((layer) => {
    const sources = layer.sources.flatMap((ref) => ofSource(ref) ?? zeros(network, ref.index));
    errors.push(
      Float64Array.from({ length: layer.size }, (_, row) => rowError(layer, row, sources)),
    );
  });
  const results = network.results.flatMap(({ kind, index }) =>
    kind === 'input' ? [] : [Math.max(0, ...errors[index])],
  );
  return Math.max(0, ...results);
}

function zeros({ inputs }: Network, index: number): readonly number[] {
  const size = inputs[index].shape.reduce((product, extent) => product * extent, 1);
  return new Array<number>(size).fill(0);
}

function rowError(layer: Layer, row: number, sources: readonly number[]): number {
  const { activation, moved } = layer;
  const { kind } = activation;
  // Thresholds read nothing that was moved.
  if (kind === 'sign' || kind === 'step') return 0;
  const { rowStart, columns, values } = layer.weights;
  let inherited = 0;
  for (let k = rowStart[row]; k < rowStart[row + 1]; k++) {
    const part = times(Math.abs(values[k]), sources[columns[k]]);
    inherited = kind === 'max' || kind === 'min' ? Math.max(inherited, part) : inherited + part;
  }
  const slope = kind === 'leaky-relu' ? Math.max(1, Math.abs(activation.slope)) : 1;
  return times(slope, inherited + (moved?.[row] ?? 0));
}
