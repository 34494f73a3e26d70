/** Which layers reach which: what must keep its weights to the last bit, and its values one by one. */
import { isExtreme } from './activation-words.js';
import type { Network } from './network.js';

/** For each layer, whether a layer that `isReader` names reads it, at once or through others. */
function feedLayers(network: Network, isReader: (layer: number) => boolean): boolean[] {
  const feeds = network.layers.map(() => false);
  for (let index = network.layers.length - 1; index >= 0; index--) {
    if (!isReader(index) && !feeds[index]) continue;
    for (const ref of network.layers[index].sources) {
      if (ref.kind === 'layer') feeds[ref.index] = true;
    }
  }
  return feeds;
}

/**
 * For each layer, whether a sign or step layer reads it, at once or through real layers. Then no bit
 * of its weights may change: the reader would see a change of any size at its threshold.
 */
export function feedDiscrete(network: Network): boolean[] {
  return feedLayers(network, (layer) => isDiscrete(network, layer));
}

/** Layers that stay as stored: signs and steps, neurons that compare, and all that they depend on. */
export function verbatimLayers(network: Network): ReadonlySet<number> {
  const isRoot = (layer: number): boolean =>
    isDiscrete(network, layer) || isExtreme(network.layers[layer].activation);
  const feeds = feedLayers(network, isRoot);
  return new Set(feeds.flatMap((own, layer) => (own || isRoot(layer) ? [layer] : [])));
}

function isDiscrete(network: Network, layer: number): boolean {
  const { kind } = network.layers[layer].activation;
  return kind === 'sign' || kind === 'step';
}

/** For each layer, whether another one compares its values: then two equal ones are no twice as much. */
export function feedExtremes(network: Network): boolean[] {
  const feeds = network.layers.map(() => false);
  for (const { activation, sources } of network.layers) {
    if (!isExtreme(activation)) continue;
    for (const ref of sources) if (ref.kind === 'layer') feeds[ref.index] = true;
  }
  return feeds;
}
