/** Leaves out the layers and stages that no result depends on: outputs of nodes that nobody reads. */
import type { Node, TensorRef } from '../../ir/network.js';

interface Tensors {
  readonly layers: readonly Node[];
  readonly results: readonly TensorRef[];
}

/** The same results with the layers they need, in their order. */
export function withoutUnused({ layers, results }: Tensors): Tensors {
  const isUsed = new Uint8Array(layers.length);
  const use = ({ kind, index }: TensorRef): void => {
    if (kind === 'layer') isUsed[index] = 1;
  };
  results.forEach(use);
  for (let index = layers.length - 1; index >= 0; index--) {
    if (isUsed[index] === 1) layers[index].sources.forEach(use);
  }
  if (!isUsed.includes(0)) return { layers, results };
  const positions = new Map<number, number>();
  isUsed.forEach((used, index) => {
    if (used === 1) positions.set(index, positions.size);
  });
  const moved = (ref: TensorRef): TensorRef =>
    ref.kind === 'layer' ? { kind: 'layer', index: positions.get(ref.index) ?? 0 } : ref;
  return {
    layers: layers
      .filter((_, index) => isUsed[index] === 1)
      .map((layer) => withSources(layer, moved)),
    results: results.map(moved),
  };
}

function withSources(node: Node, moved: (ref: TensorRef) => TensorRef): Node {
  if (node.kind === 'tap') return { ...node, sources: [moved(node.sources[0])] as const };
  return { ...node, sources: node.sources.map(moved) };
}
