/** Says what normalisation changed, for the report. */
import type { Change } from '../ir/cluster.js';
import type { Neuron } from '../ir/network.js';
import type { LayerStatistics } from './normalise-layer.js';
import type { Normaliser } from './normalise.js';

/** The changes between a network and its normal form, as it stands. */
export function recordChanges(normaliser: Normaliser): Change[] {
  const { network, space, needed, reduction, layers } = normaliser;
  const dead: Neuron[] = [];
  const constant: Neuron[] = [];
  const duplicate: Neuron[] = [];
  network.layers.forEach((layer, index) => {
    for (let neuron = 0; neuron < layer.size; neuron++) {
      const cell = space.layerBase[index] + neuron;
      const own = { layer: index, index: neuron };
      if (needed[cell] === 1) continue;
      if (reduction.constant[cell] === 1) constant.push(own);
      else if (reduction.representative[cell] !== cell) duplicate.push(own);
      else dead.push(own);
    }
  });
  const changes: Change[] = [];
  if (dead.length > 0) changes.push({ kind: 'dead', neurons: dead });
  if (constant.length > 0) changes.push({ kind: 'constant', neurons: constant });
  if (duplicate.length > 0) changes.push({ kind: 'duplicate', neurons: duplicate });
  for (const { layer, statistics } of layers) changes.push(...layerChanges(layer, statistics));
  return changes;
}

function layerChanges(layer: number, statistics: LayerStatistics): Change[] {
  const changes: Change[] = [];
  const { rescaled, minFactor, maxFactor, snapped, maxRelativeChange, residue } = statistics;
  if (rescaled > 0) {
    changes.push({ kind: 'rescaled', layer, count: rescaled, minFactor, maxFactor });
  }
  if (snapped > 0) changes.push({ kind: 'snapped', layer, count: snapped, maxRelativeChange });
  if (residue > 0) {
    const { maxRelativeSize } = statistics;
    changes.push({ kind: 'residue', layer, count: residue, maxRelativeSize });
  }
  return changes;
}
