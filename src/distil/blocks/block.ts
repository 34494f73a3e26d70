/**
 * Blocks of a network: consecutive layers between two tensors at which it can be cut, since nothing behind
 * reads anything before but the last layer there. Blocks are named by their layers.
 *
 *   [means] → [hidden] → [distance] → [action]   blocks: means, hidden, hidden+distance, …
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { nearestWord } from '../../diagnostics/nearest.js';
import type { InputTensor } from '../../ir/model-interface.js';
import type { Node, StagedNetwork, TensorRef } from '../../ir/network.js';

/** Layers `first` … `end` − 1. */
export interface Block {
  /** The names of its layers, joined by `+`. */
  readonly name: string;
  readonly layers: readonly string[];
  readonly first: number;
  readonly end: number;
}

/** Cells of a tensor at which a network is cut; more are an image or the like, and no formula reads one. */
const MOST_CELLS = 1024;

/** Layers are called after files where nothing else names them. */
const FILE_ENDING = /\.\w+$/;

/** What users call a layer. */
export function layerWord({ name }: Pick<Node, 'name'>): string {
  return name.replace(FILE_ENDING, '');
}

/** Whether nothing behind the first `kept` layers reads anything before but the last of them. */
export function leadsOnAlone({ layers, results }: StagedNetwork, kept: number): boolean {
  const isBehind = ({ kind, index }: TensorRef): boolean => kind === 'layer' && index >= kept - 1;
  return [...layers.slice(kept).flatMap(({ sources }) => sources), ...results].every(isBehind);
}

/** Why a network cannot be cut behind its first `kept` layers; `undefined` where it can. */
function whyClosed(network: StagedNetwork, kept: number): string | undefined {
  const { layers, results, outputs } = network;
  if (kept === 0) return undefined;
  const last = layers[kept - 1];
  const word = layerWord(last);
  if (last.kind === 'tap') return `"${word}" is one of several results of a scan`;
  if (last.shape.length > 1) return `"${word}" gives a table and no list of numbers`;
  if (last.size > MOST_CELLS)
    return `"${word}" gives ${last.size} numbers, more than ${MOST_CELLS}`;
  if (kept < layers.length) {
    if (leadsOnAlone(network, kept)) return undefined;
    return `a layer behind "${word}" reads something before it`;
  }
  const isResult = outputs.length === 1 && results[0].kind === 'layer' && results[0].index === kept - 1; // prettier-ignore
  return isResult ? undefined : `"${word}" is not the one output of the network`;
}

/** Numbers of layers behind which the network can be cut, 0 among them. */
export function cutsOfBlocks(network: StagedNetwork): readonly number[] {
  const places = Array.from({ length: network.layers.length + 1 }, (_, kept) => kept);
  return places.filter((kept) => whyClosed(network, kept) === undefined);
}

/** All blocks but the whole network, short ones first, then from the front. */
export function blocksOf(network: StagedNetwork): readonly Block[] {
  const cuts = cutsOfBlocks(network);
  const blocks = cuts.flatMap((first) =>
    cuts
      .filter((end) => end > first && end - first < network.layers.length)
      .map((end) => blockFrom(network, first, end)),
  );
  return blocks.sort((a, b) => a.end - a.first - (b.end - b.first) || a.first - b.first);
}

function blockFrom({ layers }: StagedNetwork, first: number, end: number): Block {
  const own = layers.slice(first, end);
  return {
    name: own.map(layerWord).join('+'),
    layers: own.map(({ name }) => name),
    first,
    end,
  };
}

/**
 * The blocks that texts such as `hidden+distance` mean, from the front.
 *
 * @throws Diagnostic HYBRID_UNKNOWN_LAYER, HYBRID_NOT_CONSECUTIVE, HYBRID_NO_CUT, HYBRID_WHOLE_NETWORK,
 *   HYBRID_OVERLAP.
 */
export function findBlocks(network: StagedNetwork, texts: readonly string[]): readonly Block[] {
  const blocks = texts.map((text) => findBlock(network, text));
  blocks.sort((a, b) => a.first - b.first);
  blocks.forEach((block, k) => {
    if (k === 0 || blocks[k - 1].end <= block.first) return;
    const layer = layerWord(network.layers[block.first]);
    throw diagnose('HYBRID_OVERLAP', {}, { first: blocks[k - 1].name, second: block.name, layer });
  });
  return blocks;
}

function findBlock(network: StagedNetwork, text: string): Block {
  const positions = layersOf(network, text);
  const [first] = positions;
  const end = first + positions.length;
  if (positions.some((position, k) => position !== first + k)) {
    const known = network.layers.map(layerWord);
    throw diagnose('HYBRID_NOT_CONSECUTIVE', {}, { block: text, known });
  }
  if (positions.length === network.layers.length) {
    throw diagnose('HYBRID_WHOLE_NETWORK', {}, { block: text });
  }
  const reason = whyClosed(network, first) ?? whyClosed(network, end);
  if (reason !== undefined) {
    const known = blocksOf(network).map(({ name }) => name);
    throw diagnose('HYBRID_NO_CUT', {}, { block: text, reason, known });
  }
  return blockFrom(network, first, end);
}

/**
 * Positions of the layers that a text names, joined by `+`; a layer's own name may hold one.
 *
 * @throws Diagnostic HYBRID_UNKNOWN_LAYER.
 */
export function layersOf({ layers }: StagedNetwork, text: string): readonly number[] {
  const positionOf = (word: string): number =>
    layers.findIndex((layer) => layer.name === word || layerWord(layer) === word);
  if (positionOf(text) >= 0) return [positionOf(text)];
  return text.split('+').map((part) => {
    const word = part.trim();
    const position = positionOf(word);
    if (position >= 0) return position;
    const known = layers.map(layerWord);
    throw diagnose('HYBRID_UNKNOWN_LAYER', {}, { word, nearest: nearestWord(word, known), known });
  });
}

/**
 * Layers `first` … `end` − 1 as a network of their own, which ends at the network's outputs where they do.
 *
 * @param input what the layers read, where it is no input of the network.
 */
export function partOf(
  network: StagedNetwork,
  first: number,
  end: number,
  input?: InputTensor,
): StagedNetwork {
  const { layers, inputs, results } = network;
  const moved = (ref: TensorRef): TensorRef => {
    if (first === 0) return ref;
    return ref.index < first
      ? { kind: 'input', index: 0 }
      : { kind: 'layer', index: ref.index - first };
  };
  const own = layers.slice(first, end).map((node): Node => {
    if (node.kind === 'tap') return { ...node, sources: [moved(node.sources[0])] as const };
    return { ...node, sources: node.sources.map(moved) };
  });
  const isLast = end === layers.length;
  const { name, shape } = layers[end - 1];
  return {
    ...network,
    inputs: first === 0 || input === undefined ? inputs : [input],
    layers: own,
    parameters: own.reduce((sum, node) => sum + numbersOf(node), 0),
    ...(isLast
      ? { results: results.map(moved) }
      : {
          outputs: [{ name, shape }],
          decision: { kind: 'none' },
          results: [{ kind: 'layer', index: end - 1 - first }],
        }),
  };
}

function numbersOf(node: Node): number {
  return node.kind === undefined ? node.weights.values.length + node.size : 0;
}
