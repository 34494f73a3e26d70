/**
 * The cone of one iteration: all that a gate and the gates it reads `at` its own position compute
 * from leaves. Leaves are regions of inputs, and sums over (or cells of) other values that are not
 * opened. Regions that overlap along one axis with fixed positions are cut into disjoint ones:
 *
 *   column c, cell (0, c), cell (1, c)   →   cell (0, c), cell (1, c), cells (2.., c)
 */
import { isExtreme } from '../ir/activation-words.js';
import type { IndexExpression } from '../ir/cluster.js';
import type { Activation } from '../ir/network.js';
import { tellByCells } from './cone-cells.js';
import type { IndexSet } from './cone-members.js';
import { MAX_OWN_MEMBERS, composeGate, membersOf, readsMembersOnly } from './cone-members.js';
import { accessOfPositions, axesOfAccess, axesOfIndex, positionsOf } from './positions.js';
import type { Gate, Model, Reference } from './values.js';
import { extentsOf, isPoint, referenceKey } from './values.js';

/** A gate of the cone; its inputs are earlier nodes or leaves. */
export interface ConeNode {
  readonly activation: Activation;
  readonly bias: number;
  readonly inputs: readonly ConeInput[];
  /** True for a member of a sum that an earlier node is a member of, too: as it stands, one loop says both. */
  readonly repeats?: boolean;
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

/** Leaves that a cone may have when the members of a sum bring leaves of their own. */
const MAX_OPENED_LEAVES = 6;

/** Where the members do not move with the reader: more of them are a loop, not a rule. */
const MAX_FIXED_MEMBERS = 3;

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
  const cone = tellByCells(model, collector, indexSet);
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
    if (gate.ties !== undefined || isExtreme(gate.activation)) return undefined;
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
    if (!isPoint(reference)) return this.expand(reference, reference.source.id, depth);
    if (reference.factors !== undefined) return undefined;
    if (!readsMembersOnly(this.model, reference, this.indexSet)) return undefined;
    const inner: IndexExpression[] = [];
    for (const access of reference.accesses) if (access.kind === 'at') inner.push(access.index);
    const gate = composeGate(this.model.values[reference.source.id], inner, this.indexSet);
    const node = gate === undefined ? undefined : this.visit(gate, depth - 1);
    return node === undefined ? undefined : [{ kind: 'node', coefficient: 1, node }];
  }

  /** Whether the members that a sum runs over read cells of inputs, each of them others. */
  private readApart({ accesses }: Reference, id: number): boolean {
    const moving = accesses.flatMap(({ kind }, axis) => (kind === 'at' ? [] : [axis]));
    return this.model.values[id].gate.terms.some(
      ({ reference }) =>
        reference.source.kind === 'input' &&
        reference.accesses.some((access) =>
          axesOfAccess(access).some((axis) => moving.includes(axis)),
        ),
    );
  }

  /**
   * A sum member by member: many that all read the same leaves (thresholds of one total), or a few that
   * read cells of their own (the neurons around a cell). `undefined`, and nothing added, for others.
   */
  private expand(
    reference: Reference,
    id: number,
    depth: number,
  ): readonly ConeInput[] | undefined {
    const most = this.readApart(reference, id) ? MAX_OWN_MEMBERS : undefined;
    const members = membersOf(this.model, reference, this.indexSet, most);
    if (members === undefined) return undefined;
    const before = { leaves: [...this.leaves], nodes: [...this.nodes], known: new Map(this.known) };
    const inputs: ConeInput[] = [];
    let shared: number | undefined;
    const moves = members.some(({ inner }) =>
      inner.every((index) => axesOfIndex(index).length > 0),
    );
    for (const { inner, weight } of members) {
      const gate = composeGate(this.model.values[id], inner, this.indexSet);
      const node = gate === undefined ? undefined : this.visit(gate, depth - 1);
      shared ??= this.leaves.length;
      const own = this.leaves.slice(shared);
      const tooMany =
        own.length > 0 &&
        (members.length > (moves ? MAX_OWN_MEMBERS : MAX_FIXED_MEMBERS) ||
          this.leaves.length > MAX_OPENED_LEAVES);
      if (node === undefined || tooMany || !own.every(isPoint)) {
        ({ leaves: this.leaves, nodes: this.nodes, known: this.known } = before);
        return undefined;
      }
      if (inputs.length > 0) this.nodes[node] = { ...this.nodes[node], repeats: true };
      inputs.push({ kind: 'node', coefficient: weight, node });
    }
    return inputs;
  }
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
      leaf.accesses.every((own) => !('follow' in own));
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
