/** Builders of the Network level: sparse rows from dense ones, and layers with their defaults. */
import type { Activation, Layer, SparseRows, TensorRef } from './network.js';

/** Default of the manifest's `tieTolerance` (contract: relative to Σ|wᵢ|·max|xᵢ| + |b|). */
export const DEFAULT_TIE_TOLERANCE = 1e-8;

/** Packs one array of weights per neuron; zeros are left out. */
export function sparseRows(rows: readonly ArrayLike<number>[]): SparseRows {
  const rowStart = new Uint32Array(rows.length + 1);
  for (let neuron = 0; neuron < rows.length; neuron++) {
    let nonzero = 0;
    const row = rows[neuron];
    for (let column = 0; column < row.length; column++) if (row[column] !== 0) nonzero++;
    rowStart[neuron + 1] = rowStart[neuron] + nonzero;
  }
  const columns = new Uint32Array(rowStart[rows.length]);
  const values = new Float64Array(rowStart[rows.length]);
  let next = 0;
  for (const row of rows) {
    for (let column = 0; column < row.length; column++) {
      if (row[column] === 0) continue;
      columns[next] = column;
      values[next] = row[column];
      next++;
    }
  }
  return { rowStart, columns, values };
}

/** One array of `width` weights per neuron, zeros included; for tests and small tools. */
export function denseRows(rows: SparseRows, width: number): Float64Array[] {
  return Array.from({ length: rows.rowStart.length - 1 }, (_, neuron) => {
    const dense = new Float64Array(width);
    for (let k = rows.rowStart[neuron]; k < rows.rowStart[neuron + 1]; k++) {
      dense[rows.columns[k]] = rows.values[k];
    }
    return dense;
  });
}

/** A layer from one weight array per neuron; the shape is flat unless given. */
export function denseLayer(options: {
  readonly name: string;
  readonly sources: readonly TensorRef[];
  readonly rows: readonly ArrayLike<number>[];
  readonly bias: ArrayLike<number>;
  readonly activation: Activation;
  readonly shape?: readonly number[];
  readonly tieTolerance?: number;
}): Layer {
  const size = options.rows.length;
  return {
    name: options.name,
    sources: options.sources,
    size,
    shape: options.shape ?? [size],
    weights: sparseRows(options.rows),
    bias: Float64Array.from(options.bias),
    activation: options.activation,
    tieTolerance: options.tieTolerance ?? DEFAULT_TIE_TOLERANCE,
  };
}
