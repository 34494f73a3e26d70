/**
 * Networks of rectified units that compute trees of comparisons, the way such networks are written by
 * hand: (a + b)/2 ± |a − b|/2 with |z| = r(z) + r(−z), and what waits for its turn carried as r(z) − r(−z).
 */
import { denseLayer } from '../../../src/ir/builders.js';
import type { Domain } from '../../../src/ir/model-interface.js';
import type { Layer, Network, TensorRef } from '../../../src/ir/network.js';
import type { Random } from '../../../src/numeric/random.js';

/** An affine function of the inputs, its constant last; or the largest or smallest of some trees. */
export type Tree =
  | { readonly kind: 'affine'; readonly weights: readonly number[] }
  | { readonly kind: 'max' | 'min'; readonly parts: readonly Tree[] };

export interface PiecewiseOptions {
  readonly inputs: number;
  readonly domain?: Domain;
  /** Whether the first layer carries the affine functions, or compares them already. Default: carries. */
  readonly first?: 'carries' | 'compares';
  /** How many parts are compared: two halves, or one after the other. Default: halves. */
  readonly order?: 'halves' | 'chain';
  /** Whether equal parts of different groups are computed once. Default: they are. */
  readonly shares?: boolean;
}

/** weights · parts of the layer before. */
type Mix = ReadonlyMap<number, number>;

/** `group` tells equal parts apart that are computed apart. */
type Binary = { readonly group?: number } & (
  | { readonly kind: 'affine'; readonly weights: readonly number[] }
  | { readonly kind: 'max' | 'min'; readonly left: Binary; readonly right: Binary }
);

export function affine(...weights: readonly number[]): Tree {
  return { kind: 'affine', weights };
}

export function largest(...parts: readonly Tree[]): Tree {
  return { kind: 'max', parts };
}

export function smallest(...parts: readonly Tree[]): Tree {
  return { kind: 'min', parts };
}

/** The value of a tree. */
export function evaluateTree(tree: Tree, x: ArrayLike<number>): number {
  if (tree.kind === 'affine') {
    const { weights } = tree;
    return weights.reduce((sum, weight, k) => sum + weight * (k < x.length ? x[k] : 1), 0);
  }
  const parts = tree.parts.map((part) => evaluateTree(part, x));
  return tree.kind === 'max' ? Math.max(...parts) : Math.min(...parts);
}

/** max over groups of min over some of a few affine functions with random coefficients. */
export function randomLattice(
  options: {
    readonly inputs: number;
    readonly functions: number;
    readonly groups: readonly number[];
  },
  random: Random,
): Tree {
  const { inputs, functions, groups } = options;
  const pieces = Array.from({ length: functions }, () =>
    affine(...Array.from({ length: inputs + 1 }, () => 2 * random.unit() - 1)),
  );
  return largest(
    ...groups.map((size) => {
      const order = random.permutation(functions);
      return smallest(...Array.from({ length: size }, (_, k) => pieces[order[k]]));
    }),
  );
}

/** The network that computes the trees, one output each. */
export function piecewiseNetwork(
  name: string,
  trees: readonly Tree[],
  options: PiecewiseOptions,
): Network {
  const { inputs, domain = { kind: 'interval', min: -1, max: 1 }, first = 'carries', order = 'halves', shares = true } = options; // prettier-ignore
  const roots = trees.map((tree) => {
    if (shares || tree.kind === 'affine') return binary(tree, order);
    const parts = tree.parts.map((part, group) => inGroup(binary(part, order), group));
    return joined(tree.kind, parts, order);
  });
  const known = new Map<string, Mix>();
  const layers: Layer[] = [];
  let source: TensorRef = { kind: 'input', index: 0 };
  let width = inputs;
  // Where an affine function is, as a mix of the inputs and a constant (place −1).
  for (const root of roots) {
    for (const own of leaves(root)) {
      if (own.kind === 'affine') known.set(keyOf(own), new Map(own.weights.map((weight, k) => [k < inputs ? k : -1, weight]))); // prettier-ignore
    }
  }
  const isDone = (): boolean => roots.every((root) => known.has(keyOf(root)));
  for (let step = 0; !isDone(); step++) {
    const units: Mix[] = [];
    const next = new Map<string, Mix>();
    for (const value of demanded(roots, known, step === 0 && first === 'carries')) {
      next.set(keyOf(value), addUnits(units, value, known));
    }
    layers.push(layerOf(`${name}_${layers.length + 1}`, source, width, units, 'relu'));
    known.clear();
    for (const [key, mix] of next) known.set(key, mix);
    source = { kind: 'layer', index: layers.length - 1 };
    width = units.length;
  }
  const outputs = roots.map((root) => mixOf(root, known));
  layers.push(layerOf(`${name}_${layers.length + 1}`, source, width, outputs, 'identity'));
  return {
    name,
    source: 'sha256:test',
    inputs: [{ name: 'x', shape: [inputs], domain }],
    outputs: [{ name: 'scores', shape: [roots.length] }],
    decision: { kind: 'none' },
    layers,
    results: [{ kind: 'layer', index: layers.length - 1 }],
    parameters: storedSize(inputs, layers),
    warnings: [],
  };
}

function storedSize(inputs: number, layers: readonly Layer[]): number {
  let before = inputs;
  return layers.reduce((sum, { size }) => {
    const own = size * (before + 1);
    before = size;
    return sum + own;
  }, 0);
}

function binary(tree: Tree, order: 'halves' | 'chain'): Binary {
  if (tree.kind === 'affine') return tree;
  return joined(tree.kind, tree.parts.map((part) => binary(part, order)), order); // prettier-ignore
}

function joined(kind: 'max' | 'min', parts: readonly Binary[], order: 'halves' | 'chain'): Binary {
  if (parts.length === 1) return parts[0];
  const middle = order === 'halves' ? parts.length >> 1 : parts.length - 1;
  const half = (some: readonly Binary[]): Binary => joined(kind, some, order);
  return { kind, left: half(parts.slice(0, middle)), right: half(parts.slice(middle)) };
}

function inGroup(tree: Binary, group: number): Binary {
  if (tree.kind === 'affine') return { ...tree, group };
  return { ...tree, group, left: inGroup(tree.left, group), right: inGroup(tree.right, group) };
}

function leaves(tree: Binary): readonly Binary[] {
  return tree.kind === 'affine' ? [tree] : [...leaves(tree.left), ...leaves(tree.right)];
}

function keyOf(tree: Binary): string {
  return JSON.stringify(tree);
}

/** What the next layer computes or carries: comparisons of what is there, and all that waits. */
function demanded(
  roots: readonly Binary[],
  known: ReadonlyMap<string, Mix>,
  carriesOnly: boolean,
): readonly Binary[] {
  const found = new Map<string, Binary>();
  const visit = (tree: Binary): void => {
    if (known.has(keyOf(tree))) {
      found.set(keyOf(tree), tree);
    } else if (tree.kind !== 'affine') {
      const isReady = known.has(keyOf(tree.left)) && known.has(keyOf(tree.right));
      if (isReady && !carriesOnly) found.set(keyOf(tree), tree);
      else [tree.left, tree.right].forEach(visit);
    }
  };
  roots.forEach(visit);
  return [...found.values()];
}

function mixOf(tree: Binary, known: ReadonlyMap<string, Mix>): Mix {
  const mix = known.get(keyOf(tree));
  if (mix === undefined) throw new Error('a value is not there');
  return mix;
}

function plus(left: Mix, right: Mix, factor: number): Mix {
  const sum = new Map(left);
  for (const [place, weight] of right) sum.set(place, (sum.get(place) ?? 0) + factor * weight);
  return sum;
}

/** Adds the units for a value; the mix of them that gives it. */
function addUnits(units: Mix[], value: Binary, known: ReadonlyMap<string, Mix>): Mix {
  const add = (mix: Mix, factor: number): number => units.push(plus(new Map(), mix, factor)) - 1;
  if (value.kind === 'affine' || known.has(keyOf(value))) {
    const mix = mixOf(value, known);
    return new Map([[add(mix, 1), 1], [add(mix, -1), -1]]); // prettier-ignore
  }
  const [left, right] = [mixOf(value.left, known), mixOf(value.right, known)];
  const sum = plus(left, right, 1);
  const difference = plus(left, right, -1);
  const sign = value.kind === 'max' ? 0.5 : -0.5;
  return new Map([[add(sum, 1), 0.5], [add(sum, -1), -0.5], [add(difference, 1), sign], [add(difference, -1), sign]]); // prettier-ignore
}

function layerOf(
  name: string,
  source: TensorRef,
  width: number,
  units: readonly Mix[],
  kind: 'relu' | 'identity',
): Layer {
  const rows = units.map((mix) => Array.from({ length: width }, (_, place) => mix.get(place) ?? 0));
  const bias = units.map((mix) => mix.get(-1) ?? 0);
  return denseLayer({ name, sources: [source], rows, bias, activation: { kind } });
}
