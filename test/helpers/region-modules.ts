/**
 * Modules that tell a ReLU network by its linear regions, as nested ifs, and systematic mistakes in them:
 * trees in which one thing is wrong, and inputs near the borders at which that shows.
 */
import type { Network } from '../../src/ir/network.js';
import { maximise } from '../../src/numeric/linear-program.js';
import type { Box, HalfSpace } from '../../src/numeric/linear-program.js';
import type { Random } from '../../src/numeric/random.js';
import type { ReluLayers } from '../../src/students/logic/exact/regions-network.js';
import { leafOf } from '../../src/students/logic/tree.js';
import type { Affine, Condition, Leaf, Split, Term, Tree } from '../../src/students/logic/tree.js';
import { chainNetwork } from './networks.js';

/** The layers as a Network over [−1, 1]ⁿ. */
export function reluNetwork(name: string, { inputs, layers, decision }: ReluLayers): Network {
  return chainNetwork({
    name,
    input: { name: 'x', shape: [inputs], domain: { kind: 'interval', min: -1, max: 1 } },
    layers: layers.map(({ weights, bias, slopeBelow }) => ({
      rows: weights,
      bias,
      activation: slopeBelow === 1 ? 'identity' : 'relu',
    })),
    decision,
  });
}

/** The module of a tree: of affine leaves its scores, of classes what it predicts. */
export function regionModule(tree: Tree, { inputs, decision }: ReluLayers): string {
  const decides = decision.kind !== 'none';
  const [own, other] = decides ? ['predict', 'scores'] : ['scores', 'predict'];
  return `
export function ${own}(x: ArrayLike<number>) {
  if (x.length !== ${inputs}) {
    throw new RangeError('expected ${inputs} numbers, got ' + x.length);
  }
${statements(tree, '  ', decision.kind === 'sign' ? -1 : 0)}
}

export function ${other}(x: ArrayLike<number>) {
  return ${own}(x);
}

export const network = {
  name: 'regions',
  inputShape: [${inputs}],
  verdict: 'proved',
} as const;

export default predict;
`;
}

/** `shift` is what a decision is more than the index of its class. */
function statements(tree: Tree, indent: string, shift: number): string {
  if (tree.kind === 'leaf') return `${indent}return ${answer(tree, shift)};`;
  const { condition, yes, no } = tree;
  const inner = statements(yes, `${indent}  `, shift);
  return `${indent}if (${asked(condition)}) {\n${inner}\n${indent}}\n${statements(no, indent, shift)}`;
}

function answer({ prediction }: Leaf, shift: number): string {
  if (prediction.kind === 'class') return String(prediction.index + shift);
  return `[${prediction.cells.map(({ terms, offset }) => sum(terms, offset)).join(', ')}]`;
}

function asked(condition: Condition): string {
  return `${sum(termsOf(condition), 0)} > ${thresholdOf(condition)}`;
}

function sum(terms: readonly Term[], offset: number): string {
  const parts = terms.map(({ feature, coefficient }) => `${coefficient} * x[${feature}]`);
  return [...parts, ...(offset === 0 && parts.length > 0 ? [] : [String(offset)])].join(' + ');
}

function termsOf(condition: Condition): readonly Term[] {
  if (condition.kind === 'linear') return condition.terms;
  if (condition.kind === 'above') return [{ feature: condition.feature, coefficient: 1 }];
  throw new Error('no sum');
}

function thresholdOf(condition: Condition): number {
  if (condition.kind === 'linear' || condition.kind === 'above') return condition.threshold;
  throw new Error('no sum');
}

function leavesIn(tree: Tree): readonly Leaf[] {
  return tree.kind === 'leaf' ? [tree] : [...leavesIn(tree.yes), ...leavesIn(tree.no)];
}

function splitsIn(tree: Tree): readonly Split[] {
  return tree.kind === 'leaf' ? [] : [tree, ...splitsIn(tree.yes), ...splitsIn(tree.no)];
}

/** Widths of strips that are wrong, from seen to never hit by chance. */
export const STRIPS = [1e-3, 1e-6, 1e-9, 1e-12] as const;

/** One mistake in a tree, by name. */
export const MISTAKES = [
  'slope', 'offset', 'threshold', 'border', 'sliver', 'swapped', 'doubled', 'strip',
] as const; // prettier-ignore

/** The tree with one mistake of a kind, at a place that follows from the seed. Of classes, no slope is wrong. */
export function mistaken(tree: Tree, kind: (typeof MISTAKES)[number], random: Random): Tree {
  const splits = splitsIn(tree);
  const leaves = leavesIn(tree);
  const split = splits[random.below(splits.length)];
  const leaf = leaves[random.below(leaves.length)];
  switch (kind) {
    case 'slope':
      return replaced(tree, leaf, changed(leaf, random, 1e-3, 0));
    case 'offset':
      return replaced(tree, leaf, changed(leaf, random, 0, 1e-3));
    case 'threshold':
      return replaced(tree, split, { ...split, condition: moved(split.condition, 0, 1e-3) });
    case 'border':
      return replaced(tree, split, { ...split, condition: moved(split.condition, 1e-3, 0) });
    case 'sliver':
      return replaced(tree, split, { ...split, condition: moved(split.condition, 0, 1e-4) });
    case 'swapped':
      return replaced(tree, split, { ...split, yes: split.no, no: split.yes });
    case 'doubled':
      return replaced(tree, leaf, leaves[random.below(leaves.length)]);
    case 'strip': {
      // Within one leaf, along a random direction through the point that the leaf answers for.
      const condition = { ...moved(splits[0].condition, random.normal(), random.normal() / 2) };
      const width = STRIPS[random.below(STRIPS.length)];
      const beyond: Split = { kind: 'split', condition: moved(condition, 0, width), yes: leaf, no: changed(leaf, random, 0, 1e-2) }; // prettier-ignore
      return replaced(tree, leaf, { kind: 'split', condition, yes: beyond, no: leaf });
    }
  }
}

function replaced(tree: Tree, from: Tree, to: Tree): Tree {
  if (tree === from) return to;
  if (tree.kind === 'leaf') return tree;
  const { yes, no } = tree;
  return { ...tree, yes: replaced(yes, from, to), no: replaced(no, from, to) };
}

function changed(leaf: Leaf, random: Random, slope: number, offset: number): Leaf {
  const { prediction } = leaf;
  if (prediction.kind === 'class') {
    return { ...leaf, prediction: { kind: 'class', index: prediction.index === 0 ? 1 : 0 } };
  }
  const at = random.below(prediction.cells.length);
  const change = (cell: Affine, k: number): Affine => {
    if (k !== at) return cell;
    const [first, ...others] = cell.terms.length > 0 ? cell.terms : [{ feature: 0, coefficient: 0 }]; // prettier-ignore
    const turned = { ...first, coefficient: first.coefficient + slope };
    return { offset: cell.offset + offset, terms: [turned, ...others] };
  };
  return { ...leaf, prediction: { kind: 'values', cells: prediction.cells.map(change) } };
}

function moved(condition: Condition, slope: number, threshold: number): Condition {
  const [first, ...others] = termsOf(condition);
  const terms = [{ ...first, coefficient: first.coefficient + slope }, ...others];
  return { kind: 'linear', terms, threshold: thresholdOf(condition) + threshold };
}

/** Inputs anywhere, and on and near to the borders of a tree. */
export function* probesOf(tree: Tree, inputs: number, count: number, random: Random): Generator<Float64Array> {
  const draw = (): Float64Array => Float64Array.from({ length: inputs }, () => 2 * random.unit() - 1);
  yield* middlesOf(tree, inputs);
  for (let k = 0; k < count; k++) yield draw();
  const offsets = [0, ...STRIPS.map((width) => width / 2), 5e-5, 5e-4].flatMap((own) => [own, -own]);
  for (const { condition } of splitsIn(tree)) {
    const terms = termsOf(condition);
    const square = terms.reduce((total, { coefficient }) => total + coefficient ** 2, 0);
    for (let k = 0; k < count / 50; k++) {
      const point = draw();
      for (const offset of offsets) {
        const value = terms.reduce((total, { feature, coefficient }) => total + coefficient * point[feature], 0);
        const near = point.slice();
        for (const { feature, coefficient } of terms) near[feature] += ((thresholdOf(condition) + offset - value) / square) * coefficient;
        if (near.every((one) => Math.abs(one) <= 1)) yield near;
      }
    }
  }
} // prettier-ignore

/** For every leaf a point in the middle of the inputs that come to it, however thin they are. */
function middlesOf(tree: Tree, inputs: number): readonly Float64Array[] {
  const box = { low: new Float64Array(inputs).fill(-1), high: new Float64Array(inputs).fill(1) };
  const walk = (at: Tree, halfSpaces: readonly HalfSpace[]): readonly Float64Array[] => {
    if (at.kind === 'leaf') return middleOf(box, halfSpaces);
    const coefficients = new Float64Array(inputs);
    for (const { feature, coefficient } of termsOf(at.condition)) {
      coefficients[feature] = coefficient;
    }
    const bound = thresholdOf(at.condition);
    const above = { coefficients: coefficients.map((one) => -one), bound: -bound };
    return [
      ...walk(at.yes, [...halfSpaces, above]),
      ...walk(at.no, [...halfSpaces, { coefficients, bound }]),
    ];
  };
  return walk(tree, []);
}

function middleOf(box: Box, halfSpaces: readonly HalfSpace[]): readonly Float64Array[] {
  const points = halfSpaces.flatMap(({ coefficients }) => {
    const inwards = coefficients.map((coefficient) => -coefficient);
    const answer = maximise(inwards, box, halfSpaces);
    return answer.kind === 'optimal' ? [answer.point] : [];
  });
  if (points.length === 0) return [];
  return [box.low.map((_, k) => points.reduce((total, one) => total + one[k], 0) / points.length)];
}

/** What a tree of affine leaves answers. */
export function valuesOf(tree: Tree, point: Float64Array): readonly number[] {
  const { prediction } = leafOf(tree, (feature) => point[feature]);
  if (prediction.kind === 'class') throw new Error('no numbers');
  return prediction.cells.map(({ offset, terms }) =>
    terms.reduce((total, { feature, coefficient }) => total + coefficient * point[feature], offset),
  );
}
