/**
 * Templates: the candidate of one member with its positions replaced by columns, and rows predicted
 * from them. A prediction is compared with the actual row weight by weight, so a template never
 * claims a neuron that it does not describe exactly.
 */
import { joinHash, mixCell } from './hash.js';
import { levelOf } from './level-table.js';
import type { NormalLayer } from './normalise.js';
import type { Access } from './region.js';
import { visitRegion } from './region.js';
import type { Candidate } from './signatures.js';
import { rowTolerance } from './signatures.js';
import type { SourceMap } from './sources.js';
import { NO_CELL } from './sources.js';

export type TemplateAccess =
  | { readonly kind: 'all' }
  | { readonly kind: 'at'; readonly column: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly step: number }
  | { readonly kind: 'list'; readonly indices: readonly number[] };

interface TemplateTerm {
  readonly tensor: number;
  readonly coefficient: number;
  readonly accesses: readonly TemplateAccess[];
}

/** Where a parameter column stands. */
interface Column {
  readonly tensor: number;
  readonly axis: number;
  readonly extent: number;
  readonly role: 'at' | 'from' | 'to';
}

export interface Template {
  readonly terms: readonly TemplateTerm[];
  readonly columns: readonly Column[];
}

/** The template of all candidates that share the signature of `candidate`. */
export function templateOf(candidate: Candidate, map: SourceMap): Template {
  const columns: Column[] = [];
  const terms = candidate.terms.map(({ tensor, coefficient, accesses }) => ({
    tensor,
    coefficient,
    accesses: accesses.map((access, axis): TemplateAccess => {
      const extent = map.tensors[tensor].shape[axis];
      switch (access.kind) {
        case 'at':
          return { kind: 'at', column: columns.push({ tensor, axis, extent, role: 'at' }) - 1 };
        case 'range': {
          const from = columns.push({ tensor, axis, extent, role: 'from' }) - 1;
          const to = columns.push({ tensor, axis, extent, role: 'to' }) - 1;
          return { kind: 'range', from, to, step: access.step };
        }
        case 'all':
        case 'list':
          return access;
      }
    }),
  }));
  return { terms, columns };
}

/** The accesses of one member. */
function placeAccesses(term: TemplateTerm, parameters: readonly number[]): Access[] {
  return term.accesses.map((access): Access => {
    switch (access.kind) {
      case 'at':
        return { kind: 'at', index: parameters[access.column] };
      case 'range': {
        const { from, to, step } = access;
        return { kind: 'range', from: parameters[from], to: parameters[to], step };
      }
      case 'all':
      case 'list':
        return access;
    }
  });
}

/** Finds the rows of a layer that a template predicts. */
export class RowFinder {
  private readonly rowsByHash = new Map<number, number[]>();
  private readonly sum: Float64Array;
  private readonly seen: Uint8Array;
  private readonly touched: Uint32Array;
  private count = 0;
  private readonly tolerance: number;

  constructor(
    private readonly layer: NormalLayer,
    private readonly map: SourceMap,
    totalCells: number,
  ) {
    this.sum = new Float64Array(totalCells);
    this.seen = new Uint8Array(totalCells);
    this.touched = new Uint32Array(totalCells);
    layer.hashes.forEach((hash, row) => {
      const bucket = this.rowsByHash.get(hash);
      if (bucket === undefined) this.rowsByHash.set(hash, [row]);
      else bucket.push(row);
    });
    const { values } = layer.table;
    const largest = Math.max(0, -(values.at(0) ?? 0), values.at(-1) ?? 0);
    this.tolerance = largest * layer.tolerance;
  }

  /** Rows that equal the template at these parameters, in the order of their biases. */
  find(template: Template, parameters: readonly number[]): readonly number[] {
    if (!this.predict(template, parameters)) return [];
    let low = 0;
    let high = 0;
    for (let k = 0; k < this.count; k++) {
      const cell = this.touched[k];
      const value = this.sum[cell];
      if (Math.abs(value) <= this.tolerance) continue;
      const level = levelOf(this.layer.table, value, this.tolerance);
      if (level < 0) return [];
      low = (low + mixCell(cell, level)) | 0;
      high = (high + mixCell(level, cell)) | 0;
    }
    const rows = this.rowsByHash.get(joinHash(low, high)) ?? [];
    const { bias } = this.layer;
    return rows.filter((row) => this.equals(row)).sort((a, b) => bias[a] - bias[b]);
  }

  /** Whether `row` is exactly the template at these parameters. */
  matches(template: Template, parameters: readonly number[], row: number): boolean {
    return this.predict(template, parameters) && this.equals(row);
  }

  /**
   * Adds the regions up; false if a region leaves its source or covers a hole, or if the sum would
   * round where every bit counts.
   */
  private predict(template: Template, parameters: readonly number[]): boolean {
    for (let k = 0; k < this.count; k++) {
      this.sum[this.touched[k]] = 0;
      this.seen[this.touched[k]] = 0;
    }
    this.count = 0;
    for (const { extent, role, column } of template.columns.map((own, column) => ({
      ...own,
      column,
    }))) {
      const value = parameters[column];
      if (value < 0 || value > extent || (value === extent && role !== 'to')) return false;
    }
    for (const term of template.terms) {
      const tensor = this.map.tensors[term.tensor];
      const accesses = placeAccesses(term, parameters);
      const legal = visitRegion(accesses, tensor.shape, tensor.strides, (position) =>
        this.addCell(tensor.cells[position], term.coefficient),
      );
      if (!legal) return false;
    }
    return true;
  }

  /** Adds to the predicted weight of a cell; false where there is no cell or no exact sum. */
  private addCell(cell: number, coefficient: number): boolean {
    if (cell === NO_CELL) return false;
    if (this.seen[cell] === 0) {
      this.seen[cell] = 1;
      this.touched[this.count++] = cell;
      this.sum[cell] = coefficient;
      return true;
    }
    const before = this.sum[cell];
    const sum = before + coefficient;
    this.sum[cell] = sum;
    return this.tolerance > 0 || isExactSum(before, coefficient, sum);
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
      if (Math.abs(this.sum[layer.cells[k]] - layer.values[k]) > tolerance) return false;
    }
    return true;
  }
}

/** Whether the floating-point sum of a and b is their true sum (Knuth's two-sum has no error term). */
function isExactSum(a: number, b: number, sum: number): boolean {
  const rounded = sum - a;
  return a - (sum - rounded) + (b - rounded) === 0;
}
