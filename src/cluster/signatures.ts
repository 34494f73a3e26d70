/**
 * Signatures: what members of a family share. A signature holds coefficients and kinds of access and
 * leaves positions out; the positions become the member's parameters, one column for each.
 *
 *   +1·image[:, 3] −1·image[5, :]   →   "+1·image[:, at] −1·image[at, :]",  parameters (3, 5)
 */
import type { NormalLayer } from './normalise.js';
import type { Access } from './region.js';
import type { SourceMap } from './sources.js';

export interface PlacedTerm {
  /** Position in SourceMap.tensors. */
  readonly tensor: number;
  readonly coefficient: number;
  readonly accesses: readonly Access[];
}

/** One way to tell one row. */
export interface Candidate {
  readonly row: number;
  readonly terms: readonly PlacedTerm[];
  readonly cost: number;
  readonly signature: string;
  /** Positions in the order of the terms: `at` gives one, `range` two (from, to). */
  readonly parameters: readonly number[];
}

/** Weights of one row over one source. */
export interface Part {
  readonly tensor: number;
  readonly positions: Int32Array;
  readonly weights: Float64Array;
}

/** Splits a row by the tensors that it reads; parts and positions ascend. */
export function splitRow(layer: NormalLayer, map: SourceMap, row: number): Part[] {
  const from = layer.rowStart[row];
  const length = layer.rowStart[row + 1] - from;
  const cells = layer.cells.subarray(from, from + length);
  const order = sourceOrder(cells, map);
  const parts: Part[] = [];
  let start = 0;
  for (let k = 1; k <= length; k++) {
    const tensor = map.tensorOf[cells[order[start]]];
    if (k < length && map.tensorOf[cells[order[k]]] === tensor) continue;
    const own = order.subarray(start, k);
    const positions = Int32Array.from(own, (index) => map.positionOf[cells[index]]);
    const weights = Float64Array.from(own, (index) => layer.values[from + index]);
    if (length > 0) parts.push({ tensor, positions, weights });
    start = k;
  }
  return parts;
}

/** Indices of the cells, ordered by tensor and position; usually they are in order already. */
function sourceOrder(cells: Uint32Array, map: SourceMap): Uint32Array {
  const order = Uint32Array.from(cells.keys());
  const key = Float64Array.from(
    cells,
    (cell) => map.tensorOf[cell] * 2 ** 32 + map.positionOf[cell],
  );
  const sorted = key.every((value, k) => k === 0 || value > key[k - 1]);
  return sorted ? order : order.sort((a, b) => key[a] - key[b]);
}

/** Sums of a row's weights within this of each other are equal; 0 where sums are exact. */
export function rowTolerance(layer: NormalLayer, row: number): number {
  if (layer.tolerance === 0) return 0;
  let largest = 0;
  for (let k = layer.rowStart[row]; k < layer.rowStart[row + 1]; k++) {
    largest = Math.max(largest, Math.abs(layer.values[k]));
  }
  return largest * layer.tolerance;
}

/** The candidate that tells `row` as the sum of `terms`. */
export function makeCandidate(row: number, terms: readonly PlacedTerm[], cost: number): Candidate {
  const keyed = terms.map((term) => ({ term, text: signatureOf(term), at: parametersOf(term) }));
  keyed.sort((a, b) => {
    if (a.text !== b.text) return a.text < b.text ? -1 : 1;
    const part = a.at.findIndex((value, k) => value !== b.at[k]);
    return part < 0 ? 0 : a.at[part] - b.at[part];
  });
  return {
    row,
    terms: keyed.map(({ term }) => term),
    cost,
    signature: keyed.map(({ text }) => text).join(' '),
    parameters: keyed.flatMap(({ at }) => at),
  };
}

function signatureOf({ tensor, coefficient, accesses }: PlacedTerm): string {
  const kinds = accesses.map((access) => {
    switch (access.kind) {
      case 'all':
        return ':';
      case 'at':
        return '@';
      case 'range':
        return `r${access.step}`;
      case 'list':
        return `{${access.indices.join()}}`;
    }
  });
  return `${String(tensor).padStart(6, '0')}[${kinds.join()}]*${coefficient}`;
}

function parametersOf({ accesses }: PlacedTerm): number[] {
  return accesses.flatMap((access) => {
    switch (access.kind) {
      case 'at':
        return [access.index];
      case 'range':
        return [access.from, access.to];
      case 'all':
      case 'list':
        return [];
    }
  });
}
