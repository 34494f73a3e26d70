/**
 * Finds, in one layer, neurons that always say the same as another one (duplicates), always the
 * opposite (complements), or always one thing (constants). Rows are in normal form, so equal functions
 * have equal rows; nothing here depends on the order of neurons but which of several equals is kept.
 */
import type { Activation } from '../ir/network.js';
import type { CellSpace } from './cells.js';
import { bitsOf, flipSign, foldBits, joinHash, mixCell } from './hash.js';
import type { NormalLayer } from './normalise.js';

/** A row that is another one, or its opposite. */
export interface Twin {
  readonly row: number;
  readonly of: number;
  readonly isOpposite: boolean;
}

/** The rows that follow from earlier ones; `skips` says which rows take no part. */
export function findTwins(
  layer: NormalLayer,
  space: CellSpace,
  skips: (row: number) => boolean,
): Twin[] {
  const { kind } = layer.activation;
  const mayOppose = kind === 'sign' || kind === 'step';
  const seen = new Map<number, number[]>();
  const twins: Twin[] = [];
  for (let row = 0; row < layer.neurons.length; row++) {
    if (skips(row)) continue;
    const same = seen.get(layer.hashes[row])?.find((other) => equalRows(layer, row, other));
    if (same !== undefined) {
      twins.push({ row, of: same, isOpposite: false });
      continue;
    }
    const other = mayOppose
      ? seen.get(oppositeHash(layer, row))?.find((twin) => areOpposite(layer, row, twin))
      : undefined;
    if (other !== undefined && (kind === 'sign' || neverTies(layer, space, row))) {
      twins.push({ row, of: other, isOpposite: true });
      continue;
    }
    const bucket = seen.get(layer.hashes[row]);
    if (bucket === undefined) seen.set(layer.hashes[row], [row]);
    else bucket.push(row);
  }
  return twins;
}

/** The hash of the opposite of a row. */
function oppositeHash({ rowStart, cells, values }: NormalLayer, row: number): number {
  const bits = bitsOf(values);
  let low = 0;
  let high = 0;
  for (let k = rowStart[row]; k < rowStart[row + 1]; k++) {
    const word = flipSign(foldBits(bits, k));
    low = (low + mixCell(cells[k], word)) | 0;
    high = (high + mixCell(word, cells[k])) | 0;
  }
  return joinHash(low, high);
}

function equalRows(layer: NormalLayer, a: number, b: number): boolean {
  if (layer.bias[a] !== layer.bias[b]) return false;
  return matchRows(layer, a, b, 1);
}

function areOpposite(layer: NormalLayer, a: number, b: number): boolean {
  if (layer.bias[a] !== -layer.bias[b]) return false;
  return matchRows(layer, a, b, -1);
}

/** Whether the weights of row `a` are those of row `b` times `factor`. */
function matchRows(layer: NormalLayer, a: number, b: number, factor: 1 | -1): boolean {
  const { rowStart, cells, values, tieBound } = layer;
  const length = rowStart[a + 1] - rowStart[a];
  if (tieBound[a] !== tieBound[b] || length !== rowStart[b + 1] - rowStart[b]) return false;
  for (let k = 0; k < length; k++) {
    const [i, j] = [rowStart[a] + k, rowStart[b] + k];
    if (cells[i] !== cells[j] || values[i] !== factor * values[j]) return false;
  }
  return true;
}

/**
 * Whether the pre-activation of a row is never 0: integers of some unit plus a half of it. Then a step
 * and the step of the opposite row say opposite things.
 */
export function neverTies(layer: NormalLayer, space: CellSpace, row: number): boolean {
  if (layer.tieBound[row] !== 0) return false;
  let unit = 1;
  for (let k = layer.rowStart[row]; k < layer.rowStart[row + 1]; k++) {
    if (!Number.isInteger(layer.values[k])) return false;
    unit = Math.min(unit, space.unit[layer.cells[k]]);
  }
  const halves = (2 * layer.bias[row]) / unit;
  return unit > 0 && Number.isInteger(halves) && halves % 2 !== 0;
}

/** What a row always says, whatever its cells hold; `undefined` where that depends. */
export function constantValue(
  layer: NormalLayer,
  space: CellSpace,
  row: number,
): number | undefined {
  const { kind } = layer.activation;
  const from = layer.rowStart[row];
  const to = layer.rowStart[row + 1];
  const bias = layer.bias[row];
  if (from === to)
    return activate(layer.activation, Math.abs(bias) <= layer.tieBound[row] ? 0 : bias);
  if (kind !== 'sign' && kind !== 'step') return undefined;
  let low = bias;
  let high = bias;
  let size = Math.abs(bias);
  for (let k = from; k < to; k++) {
    const weight = layer.values[k];
    const [least, most] = [space.least[layer.cells[k]], space.magnitude[layer.cells[k]]];
    low += weight * (weight > 0 ? least : most);
    high += weight * (weight > 0 ? most : least);
    size += Math.abs(weight) * Math.max(Math.abs(least), most);
  }
  if (!(size < Infinity)) return undefined;
  // A sum of n rounded terms is off by at most n·u·size (Higham, section 4.2); twice that is ample.
  const slack = layer.tieBound[row] + (to - from + 1) * 2 ** -51 * size;
  if (low > slack) return 1;
  if (high < -slack) return kind === 'sign' ? -1 : 0;
  return undefined;
}

/** The value of an activation other than softmax. */
function activate(activation: Activation, z: number): number {
  switch (activation.kind) {
    case 'sign':
      return Math.sign(z);
    case 'step':
      return z > 0 ? 1 : 0;
    case 'relu':
      return Math.max(0, z);
    case 'leaky-relu':
      return z > 0 ? z : activation.slope * z;
    case 'abs':
      return Math.abs(z);
    case 'clamp':
      return Math.min(Math.max(z, activation.low), activation.high);
    case 'tanh':
      return Math.tanh(z);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-z));
    case 'identity':
    case 'softmax':
    case 'max':
    case 'min':
      return z;
  }
}
