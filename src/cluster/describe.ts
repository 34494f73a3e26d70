/**
 * Finds the candidates of all rows of a layer. Rows of one family are copies of each other in other
 * places, so only two of each class are decomposed; their descriptions are then moved to the others
 * and compared weight by weight. The rows to decompose are chosen by content, never by file order.
 */
import { decompose } from './decompose.js';
import type { NormalLayer } from './normalise.js';
import type { Description } from './region.js';
import { Residual } from './residual.js';
import type { Candidate, Part, PlacedTerm } from './signatures.js';
import { makeCandidate, rowTolerance, splitRow } from './signatures.js';
import type { SourceMap } from './sources.js';
import type { RowFinder } from './template.js';
import type { RowShape } from './transfer.js';
import { moveTerms, shapeOf } from './transfer.js';

/** More combinations of descriptions of the parts of one row are not looked at. */
const MAX_COMBINATIONS = 8;
/** After so many rounds of one class the rest is decomposed row by row. */
const MAX_ROUNDS = 8;

/** All candidates of every row of a layer; an empty list for a row that no pattern explains. */
export function describeRows(layer: NormalLayer, map: SourceMap, finder: RowFinder): Candidate[][] {
  const result: Candidate[][] = Array.from(layer.neurons, () => []);
  const parts = Array.from(layer.neurons, (_, row) => splitRow(layer, map, row));
  const shapes = parts.map((own) => shapeOf(own, map));
  const decomposer = new Decomposer(layer, map, finder);
  for (const rows of classesOf(shapes)) {
    let pending = rows;
    if (rows.length > 2) pending = rows.slice().sort((a, b) => compareParts(parts[a], parts[b]));
    for (let round = 0; pending.length > 2 && round < MAX_ROUNDS; round++) {
      const models = [0, pending.length >> 1].map((index) => pending[index]);
      for (const row of models) result[row] = decomposer.candidates(row, parts[row]);
      const sources = models.map((row) => ({
        shape: shapes[row],
        candidates: result[row],
      }));
      const others = pending.filter((row) => !models.includes(row));
      pending = others.filter((row) => {
        result[row] = moveCandidates(row, shapes[row], sources, finder);
        return result[row].length === 0;
      });
    }
    for (const row of pending) result[row] = decomposer.candidates(row, parts[row]);
  }
  return result;
}

function classesOf(shapes: readonly RowShape[]): number[][] {
  const classes = new Map<string, number[]>();
  shapes.forEach(({ key }, row) => {
    const rows = classes.get(key);
    if (rows === undefined) classes.set(key, [row]);
    else rows.push(row);
  });
  return [...classes.values()];
}

function moveCandidates(
  row: number,
  shape: RowShape,
  models: readonly { readonly shape: RowShape; readonly candidates: readonly Candidate[] }[],
  finder: RowFinder,
): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const model of models) {
    for (const { terms, cost } of model.candidates) {
      const moved = moveTerms(terms, model.shape, shape);
      if (moved === undefined) continue;
      const candidate = makeCandidate(row, moved, cost);
      if (found.has(candidate.signature)) continue;
      if (isRebuilt(candidate, finder)) found.set(candidate.signature, candidate);
    }
  }
  return [...found.values()];
}

/** The guard of the phase: what a candidate says, added up, must be the row, weight by weight. */
function isRebuilt({ terms, row }: Candidate, finder: RowFinder): boolean {
  return finder.matches(terms, row);
}

/** Decomposes rows one by one; keeps one Residual for each source. */
class Decomposer {
  private readonly residuals = new Map<number, Residual>();

  constructor(
    private readonly layer: NormalLayer,
    private readonly map: SourceMap,
    private readonly finder: RowFinder,
  ) {}

  /** Descriptions that rebuild the row exactly. */

  candidates(row: number, parts: readonly Part[]): Candidate[] {
    const tolerance = rowTolerance(this.layer, row);
    let combinations: Combination[] = [{ terms: [], cost: 0 }];
    for (const { tensor, positions, weights } of parts) {
      const descriptions = decompose(this.residual(tensor), positions, weights, tolerance);
      combinations = combine(combinations, tensor, descriptions);
    }
    return combinations
      .map(({ terms, cost }) => makeCandidate(row, terms, cost))
      .filter((candidate) => isRebuilt(candidate, this.finder));
  }

  private residual(tensor: number): Residual {
    let residual = this.residuals.get(tensor);
    if (residual === undefined) {
      residual = new Residual(this.map.tensors[tensor]);
      this.residuals.set(tensor, residual);
    }
    return residual;
  }
}

interface Combination {
  readonly terms: readonly PlacedTerm[];
  readonly cost: number;
}

function combine(
  combinations: readonly Combination[],
  tensor: number,
  descriptions: readonly Description[],
): Combination[] {
  return combinations
    .flatMap(({ terms, cost }) =>
      descriptions.map((description) => ({
        terms: [...terms, ...description.regions.map((region) => ({ tensor, ...region }))],
        cost: cost + description.cost,
      })),
    )
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MAX_COMBINATIONS);
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
