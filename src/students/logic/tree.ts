/**
 * Decision trees: what the Logic student finds, in every form it is told. A tree asks one question at each
 * split and gives one prediction at each leaf; rule lists and region trees are trees as well.
 */

/** A question about an input, answered yes or no. Features are counted as in the problem. */
export type Condition =
  /** feature > threshold. */
  | { readonly kind: 'above'; readonly feature: number; readonly threshold: number }
  /** Whether a feature of few values is one of these. */
  | { readonly kind: 'among'; readonly feature: number; readonly values: readonly number[] }
  /** Σ coefficient · feature > threshold. */
  | { readonly kind: 'linear'; readonly terms: readonly Term[]; readonly threshold: number }
  /** At least `least` of the conditions hold. */
  | {
      readonly kind: 'count';
      readonly conditions: readonly Condition[];
      readonly least: number;
    }
  /** All of the literals are as they say: a rule of a list. */
  | { readonly kind: 'all'; readonly literals: readonly Literal[] };

/** A condition that must hold, or must not. */
export interface Literal {
  readonly condition: Condition;
  readonly isTrue: boolean;
}

export interface Term {
  readonly feature: number;
  readonly coefficient: number;
}

export type Prediction =
  /** Of a decision: its class, an index. */
  | { readonly kind: 'class'; readonly index: number }
  /** Of numbers: one for each output cell, offset + Σ coefficient · feature; often without terms. */
  | { readonly kind: 'values'; readonly cells: readonly Affine[] };

export interface Affine {
  readonly offset: number;
  readonly terms: readonly Term[];
}

export interface Leaf {
  readonly kind: 'leaf';
  readonly prediction: Prediction;
  /** Weight of the rows that end here, and of those among them for which the prediction is right. */
  readonly support: number;
  readonly agreeing: number;
}

export interface Split {
  readonly kind: 'split';
  readonly condition: Condition;
  readonly yes: Tree;
  readonly no: Tree;
}

export type Tree = Leaf | Split;

/** Whether the condition holds; `valueAt` reads a feature. */
export function holds(condition: Condition, valueAt: (feature: number) => number): boolean {
  switch (condition.kind) {
    case 'above':
      return valueAt(condition.feature) > condition.threshold;
    case 'among':
      return condition.values.includes(valueAt(condition.feature));
    case 'linear':
      return (
        condition.terms.reduce((sum, { feature, coefficient }) => sum + coefficient * valueAt(feature), 0) >
        condition.threshold
      ); // prettier-ignore
    case 'count':
      return condition.conditions.filter((one) => holds(one, valueAt)).length >= condition.least;
    case 'all':
      return condition.literals.every((one) => holds(one.condition, valueAt) === one.isTrue);
  }
}

/** The leaf that an input ends in. */
export function leafOf(tree: Tree, valueAt: (feature: number) => number): Leaf {
  let at = tree;
  while (at.kind === 'split') at = holds(at.condition, valueAt) ? at.yes : at.no;
  return at;
}

/** The leaves from left (yes) to right (no). */
export function leavesOf(tree: Tree): readonly Leaf[] {
  return tree.kind === 'leaf' ? [tree] : [...leavesOf(tree.yes), ...leavesOf(tree.no)];
}

/** Splits on the longest way down. */
export function depthOf(tree: Tree): number {
  return tree.kind === 'leaf' ? 0 : 1 + Math.max(depthOf(tree.yes), depthOf(tree.no));
}

function mapTerms(terms: readonly Term[], moved: (feature: number) => number): readonly Term[] {
  return terms.map((term) => ({ ...term, feature: moved(term.feature) }));
}

/** The condition with other features in place of its own. */
export function mapCondition(condition: Condition, moved: (feature: number) => number): Condition {
  switch (condition.kind) {
    case 'above':
    case 'among':
      return { ...condition, feature: moved(condition.feature) };
    case 'linear':
      return { ...condition, terms: mapTerms(condition.terms, moved) };
    case 'count':
      return {
        ...condition,
        conditions: condition.conditions.map((one) => mapCondition(one, moved)),
      };
    case 'all':
      return {
        ...condition,
        literals: condition.literals.map((one) => ({
          ...one,
          condition: mapCondition(one.condition, moved),
        })),
      };
  }
}

/** The tree with other features in place of its own. */
export function mapFeatures(tree: Tree, moved: (feature: number) => number): Tree {
  if (tree.kind === 'split') {
    return {
      ...tree,
      condition: mapCondition(tree.condition, moved),
      yes: mapFeatures(tree.yes, moved),
      no: mapFeatures(tree.no, moved),
    };
  }
  const { prediction } = tree;
  if (prediction.kind === 'class') return tree;
  const cells = prediction.cells.map(({ offset, terms }) => ({
    offset,
    terms: mapTerms(terms, moved),
  }));
  return { ...tree, prediction: { kind: 'values', cells } };
}

/** The features that a tree reads, in its conditions and in its answers. */
export function featuresOf(tree: Tree): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (part: Tree): void => {
    if (part.kind === 'split') {
      featuresOfCondition(part.condition).forEach((feature) => found.add(feature));
      visit(part.yes);
      visit(part.no);
    } else if (part.prediction.kind === 'values') {
      for (const { terms } of part.prediction.cells) {
        terms.forEach(({ feature }) => found.add(feature));
      }
    }
  };
  visit(tree);
  return found;
}

/** The features that a condition reads, in its order. */
export function featuresOfCondition(condition: Condition): readonly number[] {
  switch (condition.kind) {
    case 'above':
    case 'among':
      return [condition.feature];
    case 'linear':
      return condition.terms.map(({ feature }) => feature);
    case 'count':
      return condition.conditions.flatMap(featuresOfCondition);
    case 'all':
      return condition.literals.flatMap((one) => featuresOfCondition(one.condition));
  }
}

/** Whether two leaves say the same. */
export function isSamePrediction(first: Prediction, second: Prediction): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}
