/**
 * Templates: the candidate of one member with its positions replaced by columns, and rows predicted
 * from them. A prediction is compared with the actual row weight by weight, so a template never
 * claims a neuron that it does not describe exactly.
 */
import { isExtreme } from '../ir/activation-words.js';
import type { Factor, Follow } from '../ir/cluster.js';
import { bitsOf, foldBits, joinHash, mixCell } from './hash.js';
import { distinctValues, nearestValue } from './level-table.js';
import type { NormalLayer } from './normalise.js';
import type { Access } from './region.js';
import type { RegionCells } from './region-fill.js';
import { fillRegion, makeRegionCells } from './region-fill.js';
import type { Candidate, PlacedTerm } from './signatures.js';
import { rowTolerance } from './signatures.js';
import type { SourceMap } from './sources.js';
import { NO_CELL } from './sources.js';

export type TemplateAccess =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'at';
      readonly column: number;
      readonly modulus?: number;
      readonly follow?: Follow;
    }
  | {
      readonly kind: 'range';
      /** Columns. */
      readonly from: number;
      readonly to: number;
      readonly step: number;
      readonly modulus?: number;
      readonly follow?: Follow;
    }
  | { readonly kind: 'list'; readonly indices: readonly number[] };

interface TemplateTerm {
  readonly tensor: number;
  readonly coefficient: number;
  readonly accesses: readonly TemplateAccess[];
  readonly factors?: readonly Factor[];
}

/** Where a parameter column stands. */
export interface Column {
  readonly tensor: number;
  readonly axis: number;
  readonly extent: number;
  /** Of the term that the position belongs to; 0 for a bias. */
  readonly coefficient: number;
  /** `bias`: no position, but how far the bias lies below the template's. */
  readonly role: 'at' | 'from' | 'to' | 'bias';
  /** The position is relative to another axis, or goes on behind the border. */
  readonly isFree: boolean;
  /** The position counts modulo the extent. */
  readonly wraps: boolean;
  /** The position is an offset to the one on another axis. */
  readonly follows: boolean;
}

export interface Template {
  readonly terms: readonly TemplateTerm[];
  readonly columns: readonly Column[];
  /** Present where the last column is a bias: that of a member with 0 there. */
  readonly topBias?: number;
}

type Placed = Extract<Access, { readonly kind: 'at' | 'range' }>;

/** The template of all candidates that share the signature of `candidate`. */
export function templateOf(candidate: Candidate, map: SourceMap): Template {
  const columns: Column[] = [];
  const terms = candidate.terms.map(({ tensor, coefficient, accesses, factors }) => {
    const { shape } = map.tensors[tensor];
    const add = (axis: number, role: Column['role'], access: Placed): number =>
      columns.push({
        tensor,
        axis,
        extent: shape[axis],
        coefficient,
        role,
        isFree: access.follow !== undefined || access.modulus !== undefined,
        wraps: access.modulus !== undefined,
        follows: access.follow !== undefined,
      }) - 1;
    const placed = accesses.map((access, axis): TemplateAccess => {
      switch (access.kind) {
        case 'at': {
          const column = add(axis, 'at', access);
          const { modulus, follow } = access;
          return {
            kind: 'at',
            column,
            ...(modulus === undefined ? {} : { modulus }),
            ...(follow === undefined ? {} : { follow }),
          };
        }
        case 'range': {
          const from = add(axis, 'from', access);
          return { ...access, from, to: add(axis, 'to', access) };
        }
        case 'all':
        case 'list':
          return access;
      }
    });
    const term = { tensor, coefficient, accesses: placed };
    return factors === undefined ? term : { ...term, factors };
  });
  const { topBias } = candidate;
  if (topBias === undefined) return { terms, columns };
  // Behind all axes of the last source: readers see the ladder of thresholds as the last axis.
  const tensor = terms.reduce((last, term) => Math.max(last, term.tensor), 0);
  const axis = map.tensors[tensor].shape.length;
  columns.push({
    tensor,
    axis,
    extent: Infinity,
    coefficient: 0,
    role: 'bias',
    isFree: true,
    wraps: false,
    follows: false,
  });
  return { terms, columns, topBias };
}

/** The term of one member. */
function placeTerm(term: TemplateTerm, parameters: readonly number[]): PlacedTerm {
  const { tensor, coefficient, factors } = term;
  const accesses = term.accesses.map((access): Access => {
    switch (access.kind) {
      case 'at': {
        const { column, ...rest } = access;
        return { ...rest, index: parameters[column] };
      }
      case 'range':
        return { ...access, from: parameters[access.from], to: parameters[access.to] };
      case 'all':
      case 'list':
        return access;
    }
  });
  const placed = { tensor, coefficient, accesses };
  return factors === undefined ? placed : { ...placed, factors };
}

/** Finds the rows of a layer that a template predicts. */
export class RowFinder {
  /** Built by the first search: a finder may only ever compare. */
  private rowsByHash: ReadonlyMap<number, readonly number[]> | undefined;
  /** The distinct weights of the layer; needed where sums are not exact. */
  private weights: Float64Array | undefined;
  private readonly sum: Float64Array;
  /** The bits of `sum`. */
  private readonly bits: Int32Array;
  private readonly seen: Uint8Array;
  private readonly touched: Uint32Array;
  private count = 0;
  /** Cells of the region at hand. */
  private readonly region: RegionCells;
  private readonly tolerance: number;
  private readonly compares: boolean;

  constructor(
    private readonly layer: NormalLayer,
    private readonly map: SourceMap,
    totalCells: number,
  ) {
    this.sum = new Float64Array(totalCells);
    this.bits = bitsOf(this.sum);
    this.seen = new Uint8Array(totalCells);
    this.touched = new Uint32Array(totalCells);
    // A region lies within one tensor, holes of its index set included.
    this.region = makeRegionCells(map.tensors.reduce((most, { size }) => Math.max(most, size), 1));
    this.tolerance = layer.tolerance === 0 ? 0 : largestOf(layer.values) * layer.tolerance;
    this.compares = isExtreme(layer.activation);
  }

  /**
   * Rows that equal the template at these parameters, in the order of their biases. Positions outside
   * a source read nothing; `isClipped` where there are some: then a row without weights is no match.
   */
  find(template: Template, parameters: readonly number[], isClipped: boolean): readonly number[] {
    const terms = template.terms.map((term) => placeTerm(term, parameters));
    if (!this.predict(terms)) return [];
    let low = 0;
    let high = 0;
    for (let k = 0; k < this.count; k++) {
      const cell = this.touched[k];
      const value = this.sum[cell];
      if (Math.abs(value) <= this.tolerance) continue;
      const word = this.tolerance === 0 ? foldBits(this.bits, cell) : this.nearestWord(value);
      if (word === undefined) return [];
      low = (low + mixCell(cell, word)) | 0;
      high = (high + mixCell(word, cell)) | 0;
    }
    if (isClipped && low === 0 && high === 0) return [];
    this.rowsByHash ??= sortByHash(this.layer);
    const rows = this.rowsByHash.get(joinHash(low, high)) ?? [];
    const { bias } = this.layer;
    const { topBias } = template;
    const wanted = topBias === undefined ? undefined : topBias - parameters[parameters.length - 1];
    return rows
      .filter((row) => (wanted === undefined || bias[row] === wanted) && this.equals(row))
      .sort((a, b) => bias[a] - bias[b]);
  }

  /** The bits of the weight of the layer that a sum stands for; `undefined` where there is none. */
  private nearestWord(sum: number): number | undefined {
    this.weights ??= distinctValues(this.layer.values);
    const weight = nearestValue(this.weights, sum, this.tolerance);
    return Number.isNaN(weight) ? undefined : foldBits(bitsOf(Float64Array.of(weight)), 0);
  }

  /** Whether the weights of two rows are known to differ; false where they may be alike. */
  differ(a: number, b: number): boolean {
    const { tolerance, hashes } = this.layer;
    return tolerance === 0 && hashes[a] !== hashes[b];
  }

  /** Whether `row` is exactly the sum of `terms`, all of whose regions lie within their sources. */
  matches(terms: readonly PlacedTerm[], row: number): boolean {
    return this.predict(terms) && this.equals(row);
  }

  /**
   * Adds the regions up, without holes; false if the sum would round where every bit counts.
   */
  private predict(terms: readonly PlacedTerm[]): boolean {
    const { sum, seen, touched, region } = this;
    for (let k = 0; k < this.count; k++) seen[touched[k]] = 0;
    this.count = 0;
    const { positions, weights } = region;
    for (const term of terms) {
      const { cells, shape, strides } = this.map.tensors[term.tensor];
      const size = fillRegion(term, shape, strides, region);
      for (let k = 0; k < size; k++) {
        const cell = cells[positions[k]];
        if (cell === NO_CELL) continue;
        const weight = weights[k];
        if (seen[cell] === 0) {
          seen[cell] = 1;
          touched[this.count++] = cell;
          sum[cell] = weight;
          continue;
        }
        // What is compared is no sum: no cell may be told twice.
        if (this.compares) return false;
        const before = sum[cell];
        sum[cell] = before + weight;
        if (this.tolerance === 0 && !isExactSum(before, weight, sum[cell])) return false;
      }
    }
    return true;
  }

  /** Compares the prediction with a row, weight by weight. */
  private equals(row: number): boolean {
    const { layer } = this;
    const tolerance = rowTolerance(layer, row);
    let nonzero = 0;
    for (let k = 0; k < this.count; k++) {
      if (Math.abs(this.sum[this.touched[k]]) > tolerance) nonzero++;
    }
    if (nonzero !== layer.rowStart[row + 1] - layer.rowStart[row]) return false;
    for (let k = layer.rowStart[row]; k < layer.rowStart[row + 1]; k++) {
      // Sums of cells that this prediction has not seen are left over from another one.
      const cell = layer.cells[k];
      const predicted = this.seen[cell] === 0 ? 0 : this.sum[cell];
      if (Math.abs(predicted - layer.values[k]) > tolerance) return false;
    }
    return true;
  }
}

/** The largest size of a weight; 0 for none. */
function largestOf(values: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k]));
  return largest;
}

function sortByHash({ hashes }: NormalLayer): ReadonlyMap<number, readonly number[]> {
  const rowsByHash = new Map<number, number[]>();
  hashes.forEach((hash, row) => {
    const bucket = rowsByHash.get(hash);
    if (bucket === undefined) rowsByHash.set(hash, [row]);
    else bucket.push(row);
  });
  return rowsByHash;
}

/** Whether the floating-point sum of a and b is their true sum (Knuth's two-sum has no error term). */
function isExactSum(a: number, b: number, sum: number): boolean {
  const rounded = sum - a;
  return a - (sum - rounded) + (b - rounded) === 0;
}
