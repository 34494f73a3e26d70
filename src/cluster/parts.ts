/**
 * The rows of a layer as they read tensors: each row in parts, one for each source, positions
 * ascending. All rows are split at once, in time linear in the weights: sorting by counting (first by
 * cell, then by row) brings every row into the order of the tensors' positions.
 */
import type { NormalLayer } from './normalise.js';
import type { SourceMap } from './sources.js';
import { NO_CELL } from './sources.js';

/** Weights of one row over one source. */
export interface Part {
  readonly tensor: number;
  readonly positions: Int32Array;
  readonly weights: Float64Array;
}

type Weights = Pick<NormalLayer, 'rowStart' | 'cells' | 'values'>;

/** The parts of every row; tensors and positions ascend. */
export function splitRows(layer: NormalLayer, map: SourceMap): Part[][] {
  const { rowStart, cells, values } = isOrdered(layer, map) ? layer : orderRows(layer, map);
  const positions = new Int32Array(cells.length);
  for (let k = 0; k < cells.length; k++) positions[k] = map.positionOf[cells[k]];
  return Array.from(layer.neurons, (_, row) => {
    const parts: Part[] = [];
    let from = rowStart[row];
    for (let k = from + 1; k <= rowStart[row + 1]; k++) {
      const tensor = map.tensorOf[cells[from]];
      if (k < rowStart[row + 1] && map.tensorOf[cells[k]] === tensor) continue;
      const part = { positions: positions.subarray(from, k), weights: values.subarray(from, k) };
      parts.push({ tensor, ...part });
      from = k;
    }
    return parts;
  });
}

/** The parts of the opposite of a row. */
export function negateParts(parts: readonly Part[]): Part[] {
  return parts.map((part) => ({ ...part, weights: part.weights.map((weight) => -weight) }));
}

/** Order of rows that read the same tensors, by positions and weights. */
export function compareParts(a: readonly Part[], b: readonly Part[]): number {
  for (const [k, part] of a.entries()) {
    const other = b[k];
    const length = Math.min(part.positions.length, other.positions.length);
    for (let cell = 0; cell < length; cell++) {
      if (part.positions[cell] !== other.positions[cell]) {
        return part.positions[cell] - other.positions[cell];
      }
      if (part.weights[cell] !== other.weights[cell]) {
        return part.weights[cell] - other.weights[cell];
      }
    }
    if (part.positions.length !== other.positions.length) {
      return part.positions.length - other.positions.length;
    }
  }
  return 0;
}

function isOrdered({ rowStart, cells }: Weights, { tensorOf, positionOf }: SourceMap): boolean {
  for (let row = 0; row + 1 < rowStart.length; row++) {
    for (let k = rowStart[row] + 1; k < rowStart[row + 1]; k++) {
      const tensor = tensorOf[cells[k]];
      const before = tensorOf[cells[k - 1]];
      if (tensor < before) return false;
      if (tensor === before && positionOf[cells[k]] < positionOf[cells[k - 1]]) return false;
    }
  }
  return true;
}

/** The same weights, those of each row in the order of tensors and positions. */
function orderRows({ rowStart, cells, values }: Weights, map: SourceMap): Weights {
  const ends = new Uint32Array(map.tensorOf.length);
  for (let k = 0; k < cells.length; k++) ends[cells[k]]++;
  const order = Uint32Array.from(map.tensors.flatMap(({ cells: own }) => [...own])).filter(
    (cell) => cell !== NO_CELL && ends[cell] > 0,
  );
  const counts = order.map((cell) => ends[cell]);
  let end = 0;
  for (let k = 0; k < order.length; k++) {
    ends[order[k]] = end;
    end += counts[k];
  }
  // By cell: `ends` is where the next weight on a cell goes.
  const rows = new Uint32Array(cells.length);
  const byCell = new Float64Array(cells.length);
  for (let row = 0; row + 1 < rowStart.length; row++) {
    for (let k = rowStart[row]; k < rowStart[row + 1]; k++) {
      const at = ends[cells[k]]++;
      rows[at] = row;
      byCell[at] = values[k];
    }
  }
  const next = rowStart.slice();
  const ordered = { rowStart, cells: cells.slice(), values: values.slice() };
  let at = 0;
  for (let k = 0; k < order.length; k++) {
    for (; at < ends[order[k]]; at++) {
      const place = next[rows[at]]++;
      ordered.cells[place] = order[k];
      ordered.values[place] = byCell[at];
    }
  }
  return ordered;
}
