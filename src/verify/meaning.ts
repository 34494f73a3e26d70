/**
 * A hash of what a network computes, and on which inputs: weights, activations, ties, domains, labels and
 * decision; names of layers and files are no part of it.
 */
import type { Node, StagedNetwork } from '../ir/network.js';
import { sha256 } from '../numeric/sha256.js';

/** `sha256:` and the hex digest; equal for networks that are equal but for the names of layers. */
export function meaningHash(network: StagedNetwork): string {
  const parts: Uint8Array[] = [];
  collect(network, parts);
  return `sha256:${sha256(parts)}`;
}

/** `sha256:` and the hex digest of a text in UTF-8. */
export function textHash(text: string): string {
  return `sha256:${sha256([encoder.encode(text)])}`;
}

const encoder = new TextEncoder();

function collect(network: StagedNetwork, parts: Uint8Array[]): void {
  const { inputs, outputs, decision, layers, results } = network;
  addText({ inputs, outputs, decision, results }, parts);
  for (const node of layers) addNode(node, parts);
}

function addNode(node: Node, parts: Uint8Array[]): void {
  if (node.kind === undefined) {
    const { sources, size, shape, weights, bias, activation, tieTolerance, moved } = node;
    addText({ sources, size, shape, activation, tieTolerance }, parts);
    for (const numbers of [weights.rowStart, weights.columns, weights.values, bias, moved]) {
      if (numbers !== undefined) addNumbers(numbers, parts);
    }
    return;
  }
  if (node.kind === 'scan') {
    addText({ ...node, name: undefined, body: undefined }, parts);
    collect(node.body, parts);
    return;
  }
  addText({ ...node, name: undefined }, parts);
}

/** Plain data as JSON, numbers in typed arrays among them. */
function addText(value: object, parts: Uint8Array[]): void {
  const text = JSON.stringify(value, (_, one: unknown) => plain(one));
  parts.push(encoder.encode(`${text}\n`));
}

/** What JSON would lose: typed arrays as lists, and numbers that are not finite by their names. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as Float64Array, plain);
  }
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** The numbers as float64, little-endian whatever the machine. */
function addNumbers(numbers: ArrayLike<number>, parts: Uint8Array[]): void {
  const bytes = new Uint8Array(8 * numbers.length);
  const view = new DataView(bytes.buffer);
  for (let k = 0; k < numbers.length; k++) view.setFloat64(8 * k, numbers[k], true);
  parts.push(bytes);
}
