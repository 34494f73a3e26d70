/**
 * `--target` of a network, in words: an output or one of its labels, a cell of an output, a neuron of a
 * layer: `score`, `"assign true"`, `score[1]`, `hidden[12]`.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { nearestWord } from '../diagnostics/nearest.js';
import { sizeOf } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';
import type { Target } from '../ir/target.js';

const WITH_CELL = /^(.*)\[(\d+)\]$/;

/** @throws Diagnostic STUDENT_UNKNOWN_TARGET, STUDENT_TARGET_CELL. */
export function readTarget(text: string, network: StagedNetwork): Target {
  return labelTarget(text, network) ?? namedTarget(text, network);
}

function labelTarget(text: string, { outputs }: StagedNetwork): Target | undefined {
  for (const [output, { labels }] of outputs.entries()) {
    const cell = labels?.indexOf(text) ?? -1;
    if (cell >= 0) return { kind: 'output', output, cell };
  }
  return undefined;
}

function namedTarget(text: string, network: StagedNetwork): Target {
  const found = WITH_CELL.exec(text);
  const [word, cell] = found === null ? [text, undefined] : [found[1], Number(found[2])];
  const { outputs, layers } = network;
  const output = outputs.findIndex(({ name }) => name === word);
  if (output >= 0) {
    return { kind: 'output', output, cell: checkCell(word, cell, sizeOf(outputs[output].shape)) };
  }
  const layer = layers.findIndex(({ name }) => name === word);
  if (layer >= 0) {
    return { kind: 'neuron', layer, neuron: checkCell(word, cell, sizeOf(layers[layer].shape)) };
  }
  const known = [
    ...outputs.map(({ name }) => name),
    ...outputs.flatMap(({ labels }) => labels ?? []),
    ...layers.map(({ name }) => name),
  ];
  throw diagnose('STUDENT_UNKNOWN_TARGET', {}, { word, nearest: nearestWord(word, known), known });
}

function checkCell(word: string, cell: number | undefined, size: number): number {
  if (cell === undefined && size === 1) return 0;
  if (cell !== undefined && cell < size) return cell;
  throw diagnose('STUDENT_TARGET_CELL', {}, { word, size });
}
