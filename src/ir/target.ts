/**
 * What a student explains: all outputs of a network, one cell of an output, or one hidden neuron, whose
 * value is what it gives after its activation. A target alone is again a network, of the layers that it
 * depends on; so whoever asks, teaches or verifies one needs nothing of its own.
 *
 *   [1] → [2] → [3] → out      neuron 4 of [2]   →   [1] → neuron 4 of [2]
 */
import { denseLayer } from './builders.js';
import { sizeOf } from './model-interface.js';
import type { OutputTensor } from './model-interface.js';
import type { Layer, Node, StagedNetwork, Tap, TensorRef } from './network.js';

export type Target =
  /** A cell (row-major) of an output: a score after the last activation, before any decision. */
  | { readonly kind: 'output'; readonly output: number; readonly cell: number }
  /** A neuron (row-major) of a layer, of a stage or of what a scan gives. */
  | { readonly kind: 'neuron'; readonly layer: number; readonly neuron: number };

/** A target by names, as modules state it; a position where a name is not unique. */
export type DeclaredTarget =
  | { readonly output: string | number; readonly cell: number }
  | { readonly layer: string | number; readonly neuron: number };

/**
 * The network that computes a target alone: same inputs, same `source`, one output of shape [1], no
 * decision. Its values are those of the whole network to the last bit, ties included: they depend on
 * nothing but domains and the layers before.
 *
 * @throws RangeError when there is no such target.
 */
export function networkOfTarget(network: StagedNetwork, target: Target): StagedNetwork {
  const { ref, cell } = tensorOfTarget(network, target);
  const node = ref.kind === 'layer' ? network.layers[ref.index] : undefined;
  const isPicked = node?.kind === undefined && node !== undefined && node.activation.kind !== 'softmax'; // prettier-ignore
  const kept = [...ancestorsOf(network, ref)].sort((left, right) => left - right);
  const moved = (old: TensorRef): TensorRef =>
    old.kind === 'input' ? old : { kind: 'layer', index: kept.indexOf(old.index) };
  const layers = kept.map((index): Node => {
    const own = network.layers[index];
    return readFrom(isPicked && own === node ? neuronOf(node, cell) : own, moved);
  });
  if (!isPicked) layers.push(pickedCell(network, ref, cell, moved));
  return {
    ...network,
    layers,
    outputs: [outputOf(network, target)],
    results: [{ kind: 'layer', index: layers.length - 1 }],
    decision: { kind: 'none' },
  };
}

/** Whether a network has such an output and cell, or such a layer and neuron. */
export function hasTarget(network: StagedNetwork, target: Target): boolean {
  const [position, cell] =
    target.kind === 'output' ? [target.output, target.cell] : [target.layer, target.neuron];
  const whole = target.kind === 'output' ? network.outputs : network.layers;
  if (!Number.isInteger(position) || position < 0 || position >= whole.length) return false;
  return Number.isInteger(cell) && cell >= 0 && cell < sizeOf(whole[position].shape);
}

/** A target by the names of its network, see `resolveTarget`. */
export function declareTarget(network: StagedNetwork, target: Target): DeclaredTarget {
  const nameAmong = (all: readonly { readonly name: string }[], index: number): string | number => {
    const { name } = all[index];
    return all.filter((other) => other.name === name).length === 1 ? name : index;
  };
  return target.kind === 'output'
    ? { output: nameAmong(network.outputs, target.output), cell: target.cell }
    : { layer: nameAmong(network.layers, target.layer), neuron: target.neuron };
}

/** The target that a declaration means in this network; `undefined` when there is none. */
export function resolveTarget(
  network: StagedNetwork,
  declared: DeclaredTarget,
): Target | undefined {
  const indexAmong = (all: readonly { readonly name: string }[], name: string | number): number =>
    typeof name === 'number' ? name : all.findIndex((one) => one.name === name);
  const target: Target =
    'output' in declared
      ? { kind: 'output', output: indexAmong(network.outputs, declared.output), cell: declared.cell } // prettier-ignore
      : { kind: 'neuron', layer: indexAmong(network.layers, declared.layer), neuron: declared.neuron }; // prettier-ignore
  return hasTarget(network, target) ? target : undefined;
}

/** What a target is called: `out`, `class b of out`, `neuron 4 of hidden`. */
export function describeTarget(network: StagedNetwork, target: Target): string {
  if (target.kind === 'neuron') {
    return `neuron ${target.neuron} of ${network.layers[target.layer].name}`;
  }
  const { name, shape, labels } = network.outputs[target.output];
  if (sizeOf(shape) === 1) return name;
  return labels?.length === sizeOf(shape) ? `${labels[target.cell]} of ${name}` : `cell ${target.cell} of ${name}`; // prettier-ignore
}

function tensorOfTarget(network: StagedNetwork, target: Target): { ref: TensorRef; cell: number } {
  if (!hasTarget(network, target)) {
    throw new RangeError(`the network has no ${JSON.stringify(target)}`);
  }
  if (target.kind === 'output') return { ref: network.results[target.output], cell: target.cell };
  return { ref: { kind: 'layer', index: target.layer }, cell: target.neuron };
}

function outputOf(network: StagedNetwork, target: Target): OutputTensor {
  return { name: describeTarget(network, target), shape: [1] };
}

/** The layers that a tensor depends on, itself included. */
function ancestorsOf({ layers }: StagedNetwork, ref: TensorRef): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [ref];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'input' || found.has(next.index)) continue;
    found.add(next.index);
    open.push(...layers[next.index].sources);
  }
  return found;
}

function readFrom(node: Node, moved: (old: TensorRef) => TensorRef): Node {
  switch (node.kind) {
    case 'tap': {
      const sources: Tap['sources'] = [moved(node.sources[0])];
      return { ...node, sources };
    }
    case undefined:
    case 'stage':
    case 'scan':
      return { ...node, sources: node.sources.map(moved) };
  }
}

/** A layer with one of its neurons alone; not for softmax, which needs them all. */
function neuronOf(layer: Layer, neuron: number): Layer {
  const { rowStart, columns, values } = layer.weights;
  const [from, to] = [rowStart[neuron], rowStart[neuron + 1]];
  return {
    ...layer,
    size: 1,
    shape: [1],
    weights: {
      rowStart: Uint32Array.of(0, to - from),
      columns: columns.slice(from, to),
      values: values.slice(from, to),
    },
    bias: layer.bias.slice(neuron, neuron + 1),
    ...(layer.moved === undefined ? {} : { moved: layer.moved.slice(neuron, neuron + 1) }),
  };
}

/** A layer that gives one cell of a tensor as it is. */
function pickedCell(
  { inputs, layers }: StagedNetwork,
  ref: TensorRef,
  cell: number,
  moved: (old: TensorRef) => TensorRef,
): Layer {
  const { name, shape } = ref.kind === 'input' ? inputs[ref.index] : layers[ref.index];
  const row = new Float64Array(sizeOf(shape));
  row[cell] = 1;
  return denseLayer({
    name: `${name}, cell ${cell}`,
    sources: [moved(ref)],
    rows: [row],
    bias: [0],
    activation: { kind: 'identity' },
  });
}
