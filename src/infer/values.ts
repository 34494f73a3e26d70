/**
 * The level between ClusterGraph and Program: array-valued definitions. A value has axes like a
 * cluster; at each index point it is a gate (activation of a sum of references), and where a shorter
 * equal form was found, a formula over features. References are sums over regions of inputs or of
 * other values. Neurons no longer occur: nothing here depends on `Cluster.members` but for holes.
 */
import type { AxisAccess, Bias, ClusterAxis, Factor } from '../ir/cluster.js';
import type { ModelInterface } from '../ir/model-interface.js';
import type { Activation } from '../ir/network.js';
import type { Expression, ProgramSymbol } from '../ir/program.js';
import { visitAccesses } from '../ir/region-cells.js';
import type { Champion } from './quantifiers/champion.js';
import type { RecurrenceUse } from './recurrence/carry-loop.js';
import type { Proposal } from './rules/rule.js';

export type ValueSource =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'value'; readonly id: number };

/**
 * Σ of the cells of a region, each times its factors; a point when every access is `at`. Over the
 * owner's iterators.
 */
export interface Reference {
  readonly source: ValueSource;
  readonly accesses: readonly AxisAccess[];
  readonly factors?: readonly Factor[];
}

export interface GateTerm {
  readonly coefficient: number;
  /** Largest change of the coefficient that normalisation made: what cancels up to it is nothing. */
  readonly spread: number;
  readonly reference: Reference;
}

/** Weights without structure: weights[point · size(source) + cell], row-major. */
export interface GateTable {
  readonly source: ValueSource;
  readonly weights: Float64Array;
}

/** activation(Σ coefficient · reference + Σ tables + bias). */
export interface Gate {
  readonly terms: readonly GateTerm[];
  readonly tables: readonly GateTable[];
  readonly bias: Bias;
  readonly activation: Activation;
  /** How far normalisation moved the sum at most (`Cluster.snapError`); absent: 0. */
  readonly snapError?: number;
  /**
   * Of a sign or step gate that reads real numbers: one bound for each index point (row-major); |z| at
   * or below it counts as 0. Absent: only z = 0 does.
   */
  readonly ties?: Float64Array;
}

/** A feature of a formula: a sum of references, known in the expression by its symbol. */
export interface FeatureUse {
  readonly symbol: ProgramSymbol;
  /** Of a boolean symbol: the value that makes it true; absent: 1. */
  readonly truth?: number;
  /** The symbol stands for the whole input of which the only part is a cell. */
  readonly whole?: true;
  readonly parts: readonly { readonly coefficient: 1 | -1; readonly reference: Reference }[];
}

/** An expression proved equal to the gate on every reachable state of its features. */
export interface Formula {
  readonly features: readonly FeatureUse[];
  readonly expression: Expression;
}

export interface Value {
  /** Position in `Model.values`. */
  readonly id: number;
  readonly axes: readonly ClusterAxis[];
  /** Index points (row-major) that do not exist; a reader never reads them. */
  readonly holes: ReadonlySet<number>;
  readonly gate: Gate;
  readonly formula?: Formula;
  /** Where it is computed by a loop with a state, its place there; the gate then is a closed one. */
  readonly recurrence?: RecurrenceUse;
  /** Where it asks for the largest or smallest of some cells; the gate then is a closed one. */
  readonly champion?: Champion;
  /** Every value it can take, ascending, when that is known to be a short list of integers. */
  readonly range?: readonly number[];
  /** It takes no values but 0 and 1 up to noise: a word for it, no fact to compute with. */
  readonly nearlyFlag?: true;
  /** Largest |formula − network's value|, spreads of the cone's sums included; absent: 0. */
  readonly error?: number;
  /** Singular word to name it by, when there is a better one than its body suggests. */
  readonly hint?: string;
  /** What the layer is called that it was a part of, where the model says. */
  readonly layerWord?: string;
}

/** One number of an output: ± the value at an index point. */
export interface OutputEntry {
  readonly value: number;
  readonly rank: number;
  readonly negated: boolean;
}

export interface ModelOutput {
  readonly entries: readonly OutputEntry[];
  /** True when the tensor is the softmax of its entries. */
  readonly softmax: boolean;
}

export interface Model {
  readonly interface: ModelInterface;
  /** In no particular order; readers refer by id. */
  readonly values: Value[];
  readonly outputs: readonly ModelOutput[];
  /** Answers of the rules by table, so that equal cones (borders, corners) are searched once. */
  readonly searches: Map<string, Proposal | undefined>;
}

/** Whether a reference is a single cell. */
export function isPoint(reference: Reference): boolean {
  return reference.accesses.every((access) => access.kind === 'at');
}

/** The extents of a source. */
export function extentsOf(
  model: Pick<Model, 'values' | 'interface'>,
  source: ValueSource,
): readonly number[] {
  return source.kind === 'input'
    ? model.interface.inputs[source.index].shape
    : model.values[source.id].axes.map((axis) => axis.extent);
}

/**
 * Calls `visit` with every flat cell of a reference at an index point and its weight (the factors
 * there); cells beyond a border and holes of the source count as 0 and are left out.
 */
export function visitCells(
  model: Pick<Model, 'values' | 'interface'>,
  reference: Reference,
  point: readonly number[],
  visit: (cell: number, weight: number) => void,
): void {
  const { source, accesses, factors } = reference;
  const holes = source.kind === 'value' ? model.values[source.id].holes : undefined;
  visitAccesses(
    accesses,
    extentsOf(model, source),
    point,
    (cell, weight) => {
      if (holes?.has(cell) !== true) visit(cell, weight);
    },
    factors,
  );
}

/** A text that is equal for equal references. */
export function referenceKey(reference: Reference): string {
  return JSON.stringify([reference.source, reference.accesses, reference.factors]);
}

/** The references of a value's chosen form: its formula's features, or else its gate's terms. */
export function referencesOf(value: Value): readonly Reference[] {
  if (value.formula !== undefined) {
    return value.formula.features.flatMap((feature) => feature.parts.map((part) => part.reference));
  }
  return value.gate.terms.map((term) => term.reference);
}

/** The index point of a row-major rank. */
export function pointOfRank(rank: number, extents: readonly number[]): number[] {
  const point = new Array<number>(extents.length).fill(0);
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    point[axis] = rank % extents[axis];
    rank = Math.floor(rank / extents[axis]);
  }
  return point;
}
