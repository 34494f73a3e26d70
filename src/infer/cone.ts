/**
 * The cone of one iteration: all that a gate and the gates it reads `at` its own position compute
 * from leaves. Leaves are regions of inputs, and sums over (or cells of) other values that are not
 * opened. Regions that overlap along one axis with fixed positions are cut into disjoint ones:
 *
 *   column c, cell (0, c), cell (1, c)   →   cell (0, c), cell (1, c), cells (2.., c)
 */
import type { AxisAccess, Bias, ClusterAxis, IndexExpression } from '../ir/cluster.js';
import { sizeOf } from '../ir/model-interface.js';
import type { Activation } from '../ir/network.js';
import { evaluateBias, visitAccesses } from '../ir/region-cells.js';
import {
  accessOfPositions,
  axesOfAccess,
  axesOfIndex,
  composeAccess,
  constantIndex,
  evaluateIndex,
  fixedIndex,
  positionsOf,
  rangeOfIndex,
} from './positions.js';
import type { Gate, Model, Reference, Value } from './values.js';
import { extentsOf, isPoint, pointOfRank, referenceKey } from './values.js';

/** A gate of the cone; its inputs are earlier nodes or leaves. */
export interface ConeNode {
  readonly activation: Activation;
  readonly bias: number;
  readonly inputs: readonly ConeInput[];
}

export type ConeInput =
  | { readonly kind: 'leaf'; readonly coefficient: number; readonly leaf: number }
  | { readonly kind: 'node'; readonly coefficient: number; readonly node: number };

export interface Cone {
  /** Over the root's axes. */
  readonly leaves: readonly Reference[];
  /** Sources before readers; the last one is the root. */
  readonly nodes: readonly ConeNode[];
}

/** Larger cones are not tabulated: their tables would not be finite in practice. */
const MAX_LEAVES = 12;

/** Members that a sum may be opened into; a longer ladder is no table that anyone searches. */
const MAX_EXPANDED = 256;

/** Where a cone is computed: index points of these extents that are no holes. */
export interface IndexSet {
  readonly extents: readonly number[];
  readonly holes: ReadonlySet<number>;
}

/**
 * The cone of a gate over an index set. `depth` is the number of layers of other values that may be
 * opened. `undefined` when the gate has tables, ties or a varying bias, or too many leaves.
 */
export function collectCone(
  model: Model,
  root: Gate,
  indexSet: IndexSet,
  depth: number,
): Cone | undefined {
  const collector = new ConeCollector(model, indexSet);
  if (collector.visit(root, depth) === undefined) return undefined;
  const cone = { leaves: collector.leaves, nodes: collector.nodes };
  const split = orderLeaves(splitOverlaps(model, cone, indexSet.extents.length));
  return split.leaves.length > MAX_LEAVES ? undefined : split;
}

/** Cells before sums, then in the order of their positions: how a reader would list them. */
function orderLeaves(cone: Cone): Cone {
  const sums = (leaf: Reference): number => (isPoint(leaf) ? 0 : 1);
  const order = [...cone.leaves.keys()].sort((a, b) => {
    const [first, second] = [cone.leaves[a], cone.leaves[b]];
    return sums(first) - sums(second) || compareKeys(positionKey(first), positionKey(second));
  });
  const leaves = order.map((leaf) => cone.leaves[leaf]);
  const nodes = cone.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((input) =>
      input.kind === 'node' ? input : { ...input, leaf: order.indexOf(input.leaf) },
    ),
  }));
  return { leaves, nodes };
}

/** Source and positions as numbers, compared from the left. */
function positionKey(reference: Reference): readonly number[] {
  const key =
    reference.source.kind === 'input' ? [0, reference.source.index] : [1, reference.source.id];
  for (const access of reference.accesses) {
    if (access.kind === 'list') key.push(...access.indices);
    const index =
      access.kind === 'at' ? access.index : access.kind === 'range' ? access.from : undefined;
    if (index?.kind !== 'affine') continue;
    const wrapped = index.modulus !== undefined && index.constant > index.modulus / 2;
    key.push(wrapped ? index.constant - (index.modulus ?? 0) : index.constant);
  }
  return key;
}

function compareKeys(left: readonly number[], right: readonly number[]): number {
  for (let k = 0; k < Math.min(left.length, right.length); k++) {
    if (left[k] !== right[k]) return left[k] - right[k];
  }
  return left.length - right.length;
}

class ConeCollector {
  leaves: Reference[] = [];
  nodes: ConeNode[] = [];
  private known = new Map<string, readonly ConeInput[]>();

  constructor(
    private readonly model: Model,
    private readonly indexSet: IndexSet,
  ) {}

  /** Adds a gate (over the root's axes) as a node; its number. */
  visit(gate: Gate, depth: number): number | undefined {
    if (gate.tables.length > 0 || gate.bias.kind !== 'constant') return undefined;
    if (gate.ties !== undefined) return undefined;
    const inputs = gate.terms.flatMap((term) =>
      this.resolve(term.reference, depth).map((input) => ({
        ...input,
        coefficient: input.coefficient * term.coefficient,
      })),
    );
    this.nodes.push({ activation: gate.activation, bias: gate.bias.value, inputs });
    return this.nodes.length - 1;
  }

  private resolve(reference: Reference, depth: number): readonly ConeInput[] {
    const key = referenceKey(reference);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const opened = depth > 0 ? this.open(reference, depth) : undefined;
    const inputs = opened ?? [
      { kind: 'leaf' as const, coefficient: 1, leaf: this.leaves.push(reference) - 1 },
    ];
    this.known.set(key, inputs);
    return inputs;
  }

  /** The nodes of the values that a reference to another value reads, over the root's axes. */
  private open(reference: Reference, depth: number): readonly ConeInput[] | undefined {
    if (reference.source.kind === 'input') return undefined;
    if (!isPoint(reference)) return this.expand(reference, depth);
    if (reference.factors !== undefined || !this.alwaysReads(reference)) return undefined;
    const inner: IndexExpression[] = [];
    for (const access of reference.accesses) if (access.kind === 'at') inner.push(access.index);
    const value = this.model.values[reference.source.id];
    const gate = composeGate(value, inner, this.indexSet.extents);
    const node = gate === undefined ? undefined : this.visit(gate, depth - 1);
    return node === undefined ? undefined : [{ kind: 'node', coefficient: 1, node }];
  }

  /**
   * A sum whose members all read the same leaves (thresholds of one total, say), member by member;
   * `undefined`, and nothing added, where members read leaves of their own.
   */
  private expand(reference: Reference, depth: number): readonly ConeInput[] | undefined {
    const members = expandedMembers(this.model, reference, this.indexSet.extents.length);
    if (members === undefined || !this.alwaysReads(reference)) return undefined;
    const before = { leaves: [...this.leaves], nodes: [...this.nodes], known: new Map(this.known) };
    const inputs: ConeInput[] = [];
    let leaves: number | undefined;
    for (const { inner, weight } of members) {
      const value = this.model.values[reference.source.kind === 'value' ? reference.source.id : -1];
      const gate = composeGate(value, inner, this.indexSet.extents);
      const node = gate === undefined ? undefined : this.visit(gate, depth - 1);
      leaves ??= this.leaves.length;
      if (node === undefined || this.leaves.length > leaves) {
        ({ leaves: this.leaves, nodes: this.nodes, known: this.known } = before);
        return undefined;
      }
      inputs.push({ kind: 'node', coefficient: weight, node });
    }
    return inputs;
  }

  /** True when single positions of the reference are members of its source at every index point. */
  private alwaysReads(reference: Reference): boolean {
    return readsMembersOnly(this.model, reference, this.indexSet);
  }
}

interface ExpandedMember {
  /** The member's index point, over the root's iterators. */
  readonly inner: readonly IndexExpression[];
  readonly weight: number;
}

/** The members of a region whose runs are fixed; `undefined` for moving ones, or too many. */
function expandedMembers(
  model: Model,
  reference: Reference,
  axes: number,
): readonly ExpandedMember[] | undefined {
  const { accesses, factors, source } = reference;
  const extents = extentsOf(model, source);
  const isRun = (access: AxisAccess): boolean => access.kind !== 'at';
  if (accesses.some((access) => isRun(access) && axesOfAccess(access).length > 0)) return undefined;
  const follows = (access: AxisAccess): boolean =>
    'follow' in access && access.follow !== undefined;
  const single = accesses.findIndex((access) => !isRun(access));
  if (accesses.some(follows) && single >= 0) return undefined;
  if (factors?.some(({ axis }) => !isRun(accesses[axis])) === true) return undefined;
  const size = accesses.reduce((n, access, axis) => (isRun(access) ? n * extents[axis] : n), 1);
  if (size > MAX_EXPANDED) return undefined;
  // Positions of single accesses do not matter here: they are put in afterwards.
  const fixed = accesses.map((access): AxisAccess =>
    isRun(access) ? access : { kind: 'at', index: constantIndex(0, 0) },
  );
  const holes = source.kind === 'value' ? model.values[source.id].holes : new Set<number>();
  const members: ExpandedMember[] = [];
  visitAccesses(
    fixed,
    extents,
    [],
    (cell, weight) => {
      if (single < 0 && holes.has(cell)) return;
      const point = pointOfRank(cell, extents);
      const inner = accesses.map((access, axis) =>
        access.kind === 'at' ? access.index : constantIndex(point[axis], axes),
      );
      members.push({ inner, weight });
    },
    factors,
  );
  return single >= 0 && holes.size > 0 ? undefined : members;
}

/**
 * True when every `at` position of a reference lies in its source at every index point, and a point
 * reference never meets a hole.
 */
export function readsMembersOnly(
  model: Model,
  reference: Reference,
  { extents, holes }: IndexSet,
): boolean {
  const { accesses, source } = reference;
  const shape = extentsOf(model, source);
  const gaps = source.kind === 'value' ? model.values[source.id].holes : new Set<number>();
  if (accesses.some((access) => access.kind === 'at' && access.follow !== undefined)) return false;
  const inside = accesses.every((access, axis) => {
    if (access.kind !== 'at') return true;
    const [low, high] = rangeOfIndex(access.index, extents);
    return low >= 0 && high < shape[axis];
  });
  const whole = gaps.size === 0 || !isPoint(reference);
  if (inside && whole) return true;
  const size = sizeOf(extents);
  if (size > MAX_CHECKED_POINTS) return false;
  for (let rank = 0; rank < size; rank++) {
    if (holes.has(rank)) continue;
    const point = pointOfRank(rank, extents);
    const positions = accesses.map((access) =>
      access.kind === 'at' ? evaluateIndex(access.index, point) : 0,
    );
    if (positions.some((position, axis) => position < 0 || position >= shape[axis])) return false;
    const cell = positions.reduce((flat, position, axis) => flat * shape[axis] + position, 0);
    if (!whole && gaps.has(cell)) return false;
  }
  return true;
}

/** Index points looked at before a reference is taken to leave its source. */
const MAX_CHECKED_POINTS = 2 ** 20;

/** A gate read at positions over another value's axes; `undefined` when they cannot be composed. */
function composeGate(
  { gate, axes }: Value,
  inner: readonly IndexExpression[],
  extents: readonly number[],
): Gate | undefined {
  if (gate.tables.length > 0 || gate.ties !== undefined) return undefined;
  const bias = composeBias(gate.bias, inner, axes);
  if (bias === undefined) return undefined;
  const terms: Gate['terms'][number][] = [];
  for (const term of gate.terms) {
    const accesses: AxisAccess[] = [];
    for (const access of term.reference.accesses) {
      const composed = composeAccess(access, inner, extents);
      if (composed === undefined) return undefined;
      accesses.push(composed);
    }
    terms.push({ ...term, reference: { ...term.reference, accesses } });
  }
  return { ...gate, terms, bias: { kind: 'constant', value: bias } };
}

/** The bias at positions, where it is the same at all of the reader's index points. */
function composeBias(
  bias: Bias,
  inner: readonly IndexExpression[],
  axes: readonly ClusterAxis[],
): number | undefined {
  if (bias.kind === 'constant') return bias.value;
  const needed =
    bias.kind === 'index'
      ? axesOfIndex(bias.value)
      : bias.kind === 'power'
        ? [bias.axis]
        : [...axes.keys()];
  const point = inner.map((index, axis) => (needed.includes(axis) ? fixedIndex(index) : 0));
  const fixed = point.filter((position) => position !== undefined);
  if (fixed.length < point.length) return undefined;
  const rank = fixed.reduce((flat, position, axis) => flat * axes[axis].extent + position, 0);
  return evaluateBias(bias, rank, fixed);
}

/** Cuts leaves that overlap along an axis on which all of them are fixed into disjoint ones. */
function splitOverlaps(model: Model, cone: Cone, axes: number): Cone {
  let pieces: readonly Reference[] = cone.leaves;
  let made: readonly (readonly number[])[] = cone.leaves.map((_, leaf) => [leaf]);
  const dimensions = Math.max(0, ...cone.leaves.map((leaf) => leaf.accesses.length));
  for (let axis = 0; axis < dimensions; axis++) {
    const cut = splitAlong(model, pieces, axis, axes);
    if (cut === undefined) continue;
    made = made.map((parts) => parts.flatMap((part) => cut.made[part]));
    pieces = cut.pieces;
  }
  if (pieces === cone.leaves) return cone;
  const nodes = cone.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.flatMap((input): readonly ConeInput[] =>
      input.kind === 'node' ? [input] : made[input.leaf].map((leaf) => ({ ...input, leaf })),
    ),
  }));
  return { leaves: pieces, nodes };
}

interface Cut {
  readonly pieces: readonly Reference[];
  /** For each old leaf the pieces that it is the sum of. */
  readonly made: readonly (readonly number[])[];
}

function splitAlong(
  model: Model,
  leaves: readonly Reference[],
  axis: number,
  axes: number,
): Cut | undefined {
  const pieces: Reference[] = [];
  const made: number[][] = leaves.map(() => []);
  let changed = false;
  for (const group of groupsAlong(leaves, axis)) {
    const extent = extentsOf(model, leaves[group[0]].source).at(axis) ?? 1;
    const atoms =
      group.length > 1
        ? disjointSets(group.map((leaf) => positionsOf(leaves[leaf].accesses[axis], [], extent)))
        : undefined;
    if (atoms === undefined || atoms.length > group.length) {
      for (const leaf of group) made[leaf].push(pieces.push(leaves[leaf]) - 1);
      continue;
    }
    changed = true;
    const first = pieces.length;
    for (const atom of atoms) {
      const accesses = [...leaves[group[0]].accesses];
      accesses[axis] = accessOfPositions(atom.positions, extent, axes);
      pieces.push({ ...leaves[group[0]], accesses });
    }
    group.forEach((leaf, member) => {
      atoms.forEach((atom, index) => {
        if (atom.members.has(member)) made[leaf].push(first + index);
      });
    });
  }
  return changed ? { pieces, made } : undefined;
}

/** Leaves that differ on this axis only, where all of them are fixed; others stand alone. */
function groupsAlong(leaves: readonly Reference[], axis: number): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  leaves.forEach((leaf, index) => {
    const access = leaf.accesses.at(axis);
    const fixed =
      leaf.source.kind === 'input' &&
      access !== undefined &&
      axesOfAccess(access).length === 0 &&
      leaf.factors === undefined &&
      leaf.accesses.every((own) => !('follow' in own) || own.follow === undefined);
    const others = leaf.accesses.filter((_, other) => other !== axis);
    const key = fixed ? JSON.stringify([leaf.source, others]) : `alone ${index}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  return [...groups.values()];
}

interface AtomSet {
  readonly positions: readonly number[];
  readonly members: ReadonlySet<number>;
}

/** Positions by the sets that hold them; `undefined` when the sets are disjoint already. */
function disjointSets(sets: readonly (readonly number[])[]): readonly AtomSet[] | undefined {
  const membership = new Map<number, number[]>();
  sets.forEach((set, member) => {
    for (const position of set) {
      membership.set(position, [...(membership.get(position) ?? []), member]);
    }
  });
  if ([...membership.values()].every((members) => members.length === 1)) return undefined;
  const atoms = new Map<string, { positions: number[]; members: Set<number> }>();
  for (const position of [...membership.keys()].sort((a, b) => a - b)) {
    const members = membership.get(position) ?? [];
    const atom = atoms.get(members.join()) ?? { positions: [], members: new Set(members) };
    atom.positions.push(position);
    atoms.set(members.join(), atom);
  }
  return [...atoms.values()];
}
