/**
 * What changed in the stored layers, neuron by neuron: plain facts about the weights, which say nothing of
 * meaning but often say what was done to a model.
 */
import { activationWords } from '../ir/activation-words.js';
import { toldName } from '../ir/told.js';
import type { Layer, Node, StagedNetwork } from '../ir/network.js';
import type { LayerChange } from '../report/index.js';
import { sameNumbers } from './domains.js';
import { sameActivation } from './same-weights.js';

/** More neurons than this are counted. */
const MOST_NEURONS = 3;
/** More weights of a neuron than this are counted. */
const MOST_WEIGHTS = 2;

/** The networks' layers in words, such as `784 sign, 56 sign, 2 softmax`. */
export function layoutWords({ layers }: StagedNetwork): string {
  const words = layers.map((node) => nodeWords(node));
  const shown = words.slice(0, MOST_NODES);
  const rest = words.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** More layers than this are counted. */
const MOST_NODES = 6;

function nodeWords(node: Node): string {
  const kind = node.kind ?? activationWords(node.activation);
  return `${node.size} ${kind}`;
}

/** Layer by layer; `undefined` where the networks do not have the same layers in other weights. */
export function layerChanges(
  old: StagedNetwork,
  fresh: StagedNetwork,
): readonly LayerChange[] | undefined {
  if (old.layers.length !== fresh.layers.length) return undefined;
  const changes: LayerChange[] = [];
  for (const [index, node] of old.layers.entries()) {
    const other = fresh.layers[index];
    if (node.kind !== other.kind || node.size !== other.size) return undefined;
    if (node.kind !== undefined || other.kind !== undefined) continue;
    if (!sameNumbers(widthsOf(old, node), widthsOf(fresh, other))) return undefined;
    const change = layerChange(index, node, other, featuresOf(fresh, other));
    if (change.changed > 0 || change.activation !== undefined) changes.push(change);
  }
  return changes;
}

function widthsOf(network: StagedNetwork, { sources }: Layer): readonly number[] {
  return sources.map(({ kind, index }) =>
    kind === 'layer' ? network.layers[index].size : -1 - index,
  );
}

/** Names of the cells that a layer reads, where they are the features of an input. */
function featuresOf(network: StagedNetwork, { sources }: Layer): readonly string[] {
  const [first] = sources;
  if (sources.length !== 1 || first.kind !== 'input') return [];
  return network.inputs[first.index].features ?? [];
}

function layerChange(
  index: number,
  old: Layer,
  fresh: Layer,
  features: readonly string[],
): LayerChange {
  const neurons: { neuron: number; how: string }[] = [];
  let changed = 0;
  for (let neuron = 0; neuron < old.size; neuron++) {
    const how = neuronChange(old, fresh, neuron, features);
    if (how === undefined) continue;
    changed++;
    if (changed <= MOST_NEURONS) neurons.push({ neuron: neuron + 1, how });
  }
  const activation = {
    old: activationWords(old.activation),
    new: activationWords(fresh.activation),
  };
  return {
    layer: index + 1,
    name: toldName(fresh.word ?? fresh.name),
    size: old.size,
    ...(sameActivation(old.activation, fresh.activation) ? {} : { activation }),
    changed,
    neurons: changed > MOST_NEURONS ? [] : neurons,
  };
}

/** How one neuron's row and bias differ, in words; `undefined` where they do not. */
function neuronChange(
  old: Layer,
  fresh: Layer,
  neuron: number,
  features: readonly string[],
): string | undefined {
  const [one, two] = [rowOf(old, neuron), rowOf(fresh, neuron)];
  const [bias, other] = [old.bias[neuron], fresh.bias[neuron]];
  const columns = [...new Set([...one.keys(), ...two.keys()])].sort((a, b) => a - b);
  const differing = columns.filter((column) => one.get(column) !== two.get(column));
  if (differing.length === 0) {
    return bias === other ? undefined : `bias ${bias} → ${other}`;
  }
  const ratio = factorBetween(one, two, columns);
  const biasText = bias === other ? '' : `, bias ${bias} → ${other}`;
  if (ratio !== undefined) {
    const scaledBias = bias * ratio === other;
    const whole = bias === 0 && other === 0 ? 'all weights' : scaledBias ? 'all weights and the bias' : 'all weights'; // prettier-ignore
    const how = ratio === -1 ? 'negated' : `times ${ratio}`;
    return `${whole} ${how}${scaledBias ? '' : biasText}`;
  }
  if (differing.length <= MOST_WEIGHTS) {
    const texts = differing.map(
      (column) =>
        `weight ${cellName(column, features)}: ${one.get(column) ?? 0} → ${two.get(column) ?? 0}`,
    );
    return `${texts.join(', ')}${biasText}`;
  }
  return `${differing.length} of its weights${biasText}`;
}

/** `of age`, or by its number, counted from 1. */
function cellName(column: number, features: readonly string[]): string {
  return column < features.length ? `of ${toldName(features[column])}` : String(column + 1);
}

/** The one number that all weights were multiplied by, if there is one that is exact. */
function factorBetween(
  old: ReadonlyMap<number, number>,
  fresh: ReadonlyMap<number, number>,
  columns: readonly number[],
): number | undefined {
  const [first] = columns;
  const ratio = (fresh.get(first) ?? 0) / (old.get(first) ?? 0);
  if (columns.length < 2 || !Number.isFinite(ratio) || ratio === 0) return undefined;
  const isAll = columns.every((column) => (old.get(column) ?? 0) * ratio === (fresh.get(column) ?? 0)); // prettier-ignore
  return isAll ? ratio : undefined;
}

function rowOf({ weights }: Layer, neuron: number): ReadonlyMap<number, number> {
  const row = new Map<number, number>();
  for (let k = weights.rowStart[neuron]; k < weights.rowStart[neuron + 1]; k++) {
    row.set(weights.columns[k], weights.values[k]);
  }
  return row;
}
