/**
 * Finds the candidates of all rows of a layer. Rows of one family are copies of each other in other
 * places, so only two of each class are decomposed; their descriptions are then moved to the others
 * and compared weight by weight. The rows to decompose are chosen by content, never by file order.
 */
import { isExtreme } from '../ir/activation-words.js';
import { decompose } from './decompose.js';
import type { NormalLayer } from './normalise.js';
import type { Part } from './parts.js';
import { compareParts } from './parts.js';
import type { Description } from './region.js';
import { CELL_COST, accessRange } from './region.js';
import { Residual } from './residual.js';
import type { Candidate, Model, PlacedTerm } from './signatures.js';
import { keepsSignature, makeCandidate, modelOf, placeModel, rowTolerance } from './signatures.js';
import type { SourceMap } from './sources.js';
import { compareNumbers } from './order.js';
import type { RowFinder } from './template.js';
import type { RowShape } from './transfer.js';
import { moveTerms, shapeOf } from './transfer.js';
import type { WrapClass } from './wrap.js';
import { frameParts, unframeTerms, wrapClasses } from './wrap.js';

/** More combinations of descriptions of the parts of one row are not looked at. */
const MAX_COMBINATIONS = 8;
/** Saying that an axis is a circle. */
const WRAP_COST = 0.5;
/** See countAllButs. */
const ALL_BUT_COST = 4;
/** After so many rounds of one class the rest is decomposed row by row. */
const MAX_ROUNDS = 8;

/** All candidates of every row of a layer; an empty list for a row that no pattern explains. */
export function describeRows(
  layer: NormalLayer,
  parts: readonly (readonly Part[])[],
  map: SourceMap,
  finder: RowFinder,
): Candidate[][] {
  const result: Candidate[][] = Array.from(layer.neurons, () => []);
  const shapes = parts.map((own) => shapeOf(own, map));
  const decomposer = new Decomposer(layer, map, finder);
  for (const rows of classesOf(shapes, ({ key, order }) => `${key} ${order}`)) {
    let pending = rows;
    if (rows.length > 2) {
      const byContent = (a: number, b: number): number =>
        compareParts(parts[a], parts[b]) || layer.bias[a] - layer.bias[b];
      pending = rows.slice().sort(byContent);
    }
    for (let round = 0; pending.length > 2 && round < MAX_ROUNDS; round++) {
      const models = [0, pending.length >> 1].map((index) => pending[index]);
      for (const row of models) result[row] = decomposer.candidates(row, parts[row]);
      const sources = models.map((row) => ({
        shape: shapes[row],
        candidates: result[row].map(modelOf),
      }));
      const others = pending.filter((row) => !models.includes(row));
      pending = others.filter((row) => {
        result[row] = moveCandidates(row, shapes[row], sources, finder);
        return result[row].length === 0;
      });
    }
    for (const row of pending) result[row] = decomposer.candidates(row, parts[row]);
  }
  if (isExtreme(layer.activation)) {
    result.forEach((own, row) => {
      if (own.length === 0) own.push(cellByCell(row, parts[row], map));
    });
  }
  for (const rows of classesOf(shapes, ({ key }) => key)) {
    for (const own of wrapClasses(rows, parts, shapes, map)) {
      addWrapped(own, result, parts, decomposer, map, finder);
    }
  }
  return result;
}

/** Every cell for itself: what is compared has no table. */
function cellByCell(row: number, parts: readonly Part[], map: SourceMap): Candidate {
  const terms = parts.flatMap(({ tensor, positions, weights }) =>
    Array.from(positions, (position, k): PlacedTerm => {
      const { shape, strides } = map.tensors[tensor];
      const accesses = shape.map((extent, axis) => {
        const at = Math.floor(position / strides[axis]) % extent;
        return accessRange(at, at, 1, extent);
      });
      return { tensor, coefficient: weights[k], accesses };
    }),
  );
  return makeCandidate(row, terms, CELL_COST * terms.length);
}

/** Tells the rows of a class that wraps around once, and every member by moving that description. */
function addWrapped(
  own: WrapClass,
  result: readonly Candidate[][],
  parts: readonly (readonly Part[])[],
  decomposer: Decomposer,
  map: SourceMap,
  finder: RowFinder,
): void {
  // The member whose places come first: a choice by content.
  const keys = own.starts.map((starts) => starts.flat());
  const model = keys.reduce((best, key, k) => (compareNumbers(key, keys[best]) < 0 ? k : best), 0);
  const modelParts = parts[own.rows[model]];
  const frame = frameParts(own, model, modelParts, map);
  const circles = own.wraps.flat().filter((wraps) => wraps).length;
  for (const { terms, cost } of decomposer.combinations(own.rows[model], frame)) {
    own.rows.forEach((row, index) => {
      const moved = unframeTerms(own, model, index, terms, modelParts, map);
      const whole = cost + WRAP_COST * circles + ALL_BUT_COST * countAllButs(moved);
      const candidate = makeCandidate(row, moved, whole);
      if (result[row].some(({ signature }) => signature === candidate.signature)) return;
      if (isRebuilt(candidate, finder)) result[row].push(candidate);
    });
  }
}

function classesOf(shapes: readonly RowShape[], keyOf: (shape: RowShape) => string): number[][] {
  const classes = new Map<string, number[]>();
  shapes.forEach((shape, row) => {
    const key = keyOf(shape);
    const rows = classes.get(key);
    if (rows === undefined) classes.set(key, [row]);
    else rows.push(row);
  });
  return [...classes.values()];
}

function moveCandidates(
  row: number,
  shape: RowShape,
  models: readonly { readonly shape: RowShape; readonly candidates: readonly Model[] }[],
  finder: RowFinder,
): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const model of models) {
    for (const own of model.candidates) {
      const moved = moveTerms(own.terms, model.shape, shape);
      if (moved === undefined) continue;
      const isAlike = keepsSignature(own, moved);
      if (isAlike && found.has(own.signature)) continue;
      const candidate = isAlike ? placeModel(own, row, moved) : makeCandidate(row, moved, own.cost);
      if (found.has(candidate.signature)) continue;
      // What tells the model tells no row with other weights.
      if (isAlike && finder.differ(row, own.row) && isEqual(candidate, own)) continue;
      if (isRebuilt(candidate, finder)) found.set(candidate.signature, candidate);
    }
  }
  return [...found.values()];
}

/** Whether two candidates of one signature stand at one place. */
function isEqual({ parameters }: Candidate, other: Candidate): boolean {
  return parameters.every((value, k) => value === other.parameters[k]);
}

/** The guard of the phase: what a candidate says, added up, must be the row, weight by weight. */
function isRebuilt({ terms, row }: Candidate, finder: RowFinder): boolean {
  return finder.matches(terms, row);
}

/** Windows on a circle that lack exactly one position: "all but one" says that better. */
function countAllButs(terms: readonly PlacedTerm[]): number {
  const accesses = terms.flatMap((term) => term.accesses);
  return accesses.filter(
    (access) =>
      access.kind === 'range' &&
      access.modulus !== undefined &&
      access.step === 1 &&
      access.to - access.from === access.modulus - 1,
  ).length;
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
    return this.combinations(row, parts)
      .map(({ terms, cost }) => makeCandidate(row, terms, cost))
      .filter((candidate) => isRebuilt(candidate, this.finder));
  }

  /** Descriptions of the weights in `parts`, which belong to `row`. */
  combinations(row: number, parts: readonly Part[]): readonly Combination[] {
    const tolerance = rowTolerance(this.layer, row);
    let combinations: Combination[] = [{ terms: [], cost: 0 }];
    for (const { tensor, positions, weights } of parts) {
      const descriptions = decompose(this.residual(tensor), positions, weights, tolerance);
      combinations = combine(combinations, tensor, descriptions);
    }
    return combinations;
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
