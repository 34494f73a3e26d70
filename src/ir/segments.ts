/**
 * Cuts a network at its stages and scans: what lies between them are plain networks, which can be clustered; the
 * tensors that cross a cut are inputs and outputs of theirs.
 *
 *   layer 0, stage 1, layer 2, layer 3   →   [0] → stage 1 → [2, 3]
 */
import type { CellDomain, InputTensor, OutputTensor } from './model-interface.js';
import type {
  Layer,
  Network,
  Node,
  Scan,
  Stage,
  StagedNetwork,
  Tap,
  TensorRef,
} from './network.js';
import { isPlainNetwork } from './network.js';

export type Segment =
  | {
      readonly kind: 'layers';
      readonly network: Network;
      /** For each input of `network`, the tensor of the whole network that it is. */
      readonly inputs: readonly TensorRef[];
      /** For each output of `network`, likewise. */
      readonly outputs: readonly TensorRef[];
      /** For each layer of `network`, its position in the whole. */
      readonly layers: readonly number[];
    }
  | { readonly kind: 'stage'; readonly stage: Stage; readonly layer: number }
  | { readonly kind: 'scan'; readonly scan: Scan; readonly layer: number }
  | { readonly kind: 'tap'; readonly tap: Tap; readonly layer: number };

/** The segments in topological order; of a plain network one, which holds it as it is. */
export function segmentsOf(network: StagedNetwork): readonly Segment[] {
  if (isPlainNetwork(network)) {
    const inputs = network.inputs.map((_, index): TensorRef => ({ kind: 'input', index }));
    const layers = [...network.layers.keys()];
    return [{ kind: 'layers', network, inputs, outputs: network.results, layers }];
  }
  const segments: Segment[] = [];
  let run: number[] = [];
  const close = (): void => {
    if (run.length > 0) segments.push(cutOut(network, run));
    run = [];
  };
  network.layers.forEach((layer, index) => {
    if (layer.kind === undefined) {
      run.push(index);
      return;
    }
    close();
    segments.push(segmentOf(layer, index));
  });
  close();
  return segments;
}

function segmentOf(node: Stage | Scan | Tap, layer: number): Segment {
  switch (node.kind) {
    case 'stage':
      return { kind: 'stage', stage: node, layer };
    case 'scan':
      return { kind: 'scan', scan: node, layer };
    case 'tap':
      return { kind: 'tap', tap: node, layer };
  }
}

/** The layers `run` (ascending) as a network of their own. */
function cutOut(whole: StagedNetwork, run: readonly number[]): Segment {
  const inputs: TensorRef[] = [];
  const layers = run.map((index): Layer => {
    const layer = whole.layers[index];
    if (layer.kind !== undefined) throw new TypeError('a stage is no layer');
    return { ...layer, sources: layer.sources.map((ref) => localRef(ref, run, inputs)) };
  });
  const outputs = run
    .filter((index) => isReadOutside(whole, index, run))
    .map((index): TensorRef => ({ kind: 'layer', index }));
  const network: Network = {
    name: whole.name,
    source: whole.source,
    inputs: inputs.map((ref) => inputOf(whole, ref)),
    outputs: outputs.map((ref): OutputTensor => {
      const { name, shape } = whole.layers[ref.index];
      return { name, shape };
    }),
    decision: { kind: 'none' },
    layers,
    results: outputs.map(({ index }) => ({ kind: 'layer', index: run.indexOf(index) })),
    parameters: 0,
    warnings: [],
  };
  return { kind: 'layers', network, inputs, outputs, layers: run };
}

/** The reference within the segment; a tensor from outside becomes an input. */
function localRef(ref: TensorRef, run: readonly number[], inputs: TensorRef[]): TensorRef {
  const own = ref.kind === 'layer' ? run.indexOf(ref.index) : -1;
  if (own >= 0) return { kind: 'layer', index: own };
  const known = inputs.findIndex(({ kind, index }) => kind === ref.kind && index === ref.index);
  if (known < 0) inputs.push(ref);
  return { kind: 'input', index: known < 0 ? inputs.length - 1 : known };
}

function isReadOutside(whole: StagedNetwork, index: number, run: readonly number[]): boolean {
  const reads = (ref: TensorRef): boolean => ref.kind === 'layer' && ref.index === index;
  return (
    whole.results.some(reads) ||
    whole.layers.some(({ sources }, other) => !run.includes(other) && sources.some(reads))
  );
}

function inputOf(whole: StagedNetwork, ref: TensorRef): InputTensor {
  if (ref.kind === 'input') return whole.inputs[ref.index];
  const { name, shape } = whole.layers[ref.index];
  return { name, shape, domain: domainOf(whole.layers[ref.index]) };
}

/** What the cells of a layer or stage can be, as far as its last step tells. */
function domainOf(layer: Node): CellDomain {
  if (layer.kind === 'scan' || layer.kind === 'tap') return { kind: 'real' };
  if (layer.kind === 'stage') {
    const { body } = layer;
    const isTruth =
      body.kind === 'conditional' &&
      [body.then, body.otherwise].every(
        (side) => side.kind === 'number' && (side.value === 0 || side.value === 1),
      );
    return isTruth ? { kind: 'values', values: [0, 1] } : { kind: 'real' };
  }
  switch (layer.activation.kind) {
    case 'sign':
      return { kind: 'values', values: [-1, 0, 1] };
    case 'step':
      return { kind: 'values', values: [0, 1] };
    case 'tanh':
      return { kind: 'interval', min: -1, max: 1 };
    case 'sigmoid':
    case 'softmax':
      return { kind: 'interval', min: 0, max: 1 };
    case 'clamp':
      return { kind: 'interval', min: layer.activation.low, max: layer.activation.high };
    case 'identity':
    case 'relu':
    case 'leaky-relu':
    case 'abs':
    case 'max':
    case 'min':
      return { kind: 'real' };
  }
}
