/**
 * Decides which way round hidden sign and step neurons are told. −h is as good as h, and 1 − h as a
 * step h that never ties: rows into which an opposite was merged may be told either way, and rows that
 * are their own mirror image (x[i] − x[j]) are told with the first weight positive, so that families do
 * not depend on which of two opposites a file happens to hold.
 */
import type { CellSpace } from './cells.js';
import type { NormalLayer } from './normalise.js';
import { completeLayer } from './normalise.js';
import type { Part } from './parts.js';
import { negateParts } from './parts.js';
import type { Candidate, PlacedTerm } from './signatures.js';
import { makeCandidate } from './signatures.js';
import { neverTies } from './twins.js';

/** A layer with opposites of some of its rows, which belong to the same neurons, behind them. */
export interface OrientedLayer {
  readonly layer: NormalLayer;
  /** For each row. */
  readonly candidates: readonly (readonly Candidate[])[];
  /** The row that each row is the opposite of; its own for a row that is told as it is. */
  readonly origin: readonly number[];
}

/** An oriented layer and what its rows read. */
export interface DescribedLayer extends OrientedLayer {
  readonly parts: readonly (readonly Part[])[];
}

/** A layer before its rows are described. */
type DoubledLayer = Pick<OrientedLayer, 'layer' | 'origin'>;

/** The layer as it is. */
export function keepOrientation(layer: NormalLayer): DoubledLayer {
  return { layer, origin: [...layer.neurons.keys()] };
}

/** The layer with the opposites of the rows into which an opposite was merged. */
export function doubleRows(layer: NormalLayer, space: CellSpace): DoubledLayer {
  const turned = [...layer.neurons.keys()].filter(
    (row) => layer.opposed[row] === 1 && mayTurn(layer, space, row),
  );
  return appendRows(keepOrientation(layer), turned);
}

/**
 * The layer with the opposites of all rows that are their own mirror image. Candidates that read
 * better the other way round are left to the opposite.
 */
export function orientRows(
  doubled: DoubledLayer,
  candidates: OrientedLayer['candidates'],
): OrientedLayer {
  const { layer } = doubled;
  const turned: number[] = [];
  const isMirrored = mirrorTest();
  const kept = candidates.map((own, row) => {
    const mirrored = own.filter((candidate) => isMirrored(layer, candidate));
    if (mirrored.length > 0 && layer.opposed[row] === 0) turned.push(row);
    return own.filter((candidate) => !mirrored.includes(candidate));
  });
  const oriented = appendOpposites({ ...doubled, candidates }, turned);
  const added = oriented.candidates.slice(kept.length);
  return {
    ...oriented,
    candidates: [
      ...kept,
      ...added.map((own) => own.filter((candidate) => !isMirrored(oriented.layer, candidate))),
    ],
  };
}

/** The layer with the opposites of those of `rows` that do not read naturally, and the rows to tell. */
export function orientLone(
  described: DescribedLayer,
  space: CellSpace,
  rows: readonly number[],
): DescribedLayer & { readonly rows: readonly number[] } {
  const { layer, parts } = described;
  const isTurned = (row: number): boolean =>
    mayTurn(layer, space, row) && !readsNaturally(layer, parts[row], row);
  const turned = rows.filter(isTurned);
  const opposites = turned.map((_, k) => layer.neurons.length + k);
  return {
    ...appendOpposites(described, turned),
    parts: [...parts, ...turned.map((row) => negateParts(parts[row]))],
    rows: [...rows.filter((row) => !isTurned(row)), ...opposites],
  };
}

function appendOpposites(oriented: OrientedLayer, turned: readonly number[]): OrientedLayer {
  const { candidates } = oriented;
  const first = oriented.layer.neurons.length;
  const added = turned.map((row, k) =>
    candidates[row].map(({ terms, cost }) => makeCandidate(first + k, negate(terms), cost)),
  );
  return { ...appendRows(oriented, turned), candidates: [...candidates, ...added] };
}

function appendRows({ layer, origin }: DoubledLayer, turned: readonly number[]): DoubledLayer {
  if (turned.length === 0) return { layer, origin };
  return {
    layer: extend(layer, turned),
    origin: [...origin, ...turned.map((row) => origin[row])],
  };
}

/** Whether the opposite of a row says the opposite, exactly. */
function mayTurn(layer: NormalLayer, space: CellSpace, row: number): boolean {
  const { kind } = layer.activation;
  return kind === 'sign' || (kind === 'step' && neverTies(layer, space, row));
}

/** A test whether a candidate's opposite looks alike and comes first. */
function mirrorTest(): (layer: NormalLayer, candidate: Candidate) => boolean {
  // A signature decides what the opposite's is.
  const differs = new Set<string>();
  return (layer, { row, terms, cost, signature, parameters }) => {
    if (layer.activation.kind !== 'sign' || layer.bias[row] !== 0) return false;
    if (terms.reduce((sum, { coefficient }) => sum + coefficient, 0) !== 0) return false;
    if (differs.has(signature)) return false;
    const opposite = makeCandidate(row, negate(terms), cost);
    if (opposite.signature !== signature) {
      differs.add(signature);
      return false;
    }
    // Negative terms stand first: those of the better one lie behind.
    const part = parameters.findIndex((value, k) => value !== opposite.parameters[k]);
    return part >= 0 && parameters[part] < opposite.parameters[part];
  };
}

function negate(terms: readonly PlacedTerm[]): PlacedTerm[] {
  return terms.map((term) => ({ ...term, coefficient: -term.coefficient }));
}

/** More weight for than against; where both are equal a threshold above 0, else the first weight for. */
function readsNaturally(layer: NormalLayer, parts: readonly Part[], row: number): boolean {
  let sum = 0;
  for (let k = layer.rowStart[row]; k < layer.rowStart[row + 1]; k++) sum += layer.values[k];
  if (sum !== 0) return sum > 0;
  if (layer.bias[row] !== 0) return layer.bias[row] < 0;
  return parts.length === 0 || parts[0].weights[0] > 0;
}

/** The layer with the opposites of some rows behind its own. */
function extend(layer: NormalLayer, turned: readonly number[]): NormalLayer {
  const { rowStart, cells, values } = layer;
  const starts = [...rowStart];
  const own = rowStart[rowStart.length - 1];
  for (const row of turned) {
    starts.push(starts[starts.length - 1] + rowStart[row + 1] - rowStart[row]);
  }
  const allCells = new Uint32Array(starts[starts.length - 1]);
  const allValues = new Float64Array(allCells.length);
  allCells.set(cells.subarray(0, own));
  allValues.set(values.subarray(0, own));
  let next = own;
  for (const row of turned) {
    for (let k = rowStart[row]; k < rowStart[row + 1]; k++) {
      allCells[next] = cells[k];
      allValues[next++] = -values[k];
    }
  }
  const append = (numbers: Float64Array, of: (value: number) => number): Float64Array =>
    Float64Array.from([...numbers, ...turned.map((row) => of(numbers[row]))]);
  const same = (value: number): number => value;
  const opposite = layer.activation.kind === 'step' ? (v: number) => 1 - v : (v: number) => -v;
  const complete = completeLayer(
    {
      ...layer,
      neurons: Int32Array.from([...layer.neurons, ...turned.map((row) => layer.neurons[row])]),
      rowStart: Uint32Array.from(starts),
      cells: allCells,
      values: allValues,
      bias: append(layer.bias, (bias) => (bias === 0 ? 0 : -bias)),
      spread: append(layer.spread, same),
      tieBound: append(layer.tieBound, same),
      snapError: append(layer.snapError, same),
    },
    layer.layer,
    layer.activation,
  );
  return {
    ...complete,
    opposed: Uint8Array.from([...layer.opposed, ...turned.map((row) => layer.opposed[row])]),
    constants: append(layer.constants, opposite),
  };
}
