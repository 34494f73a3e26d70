/** Rules in words, for reports: guards by the features' names, answers by the labels. */
import type { Block, Guard } from './guards.js';
import type { CellDomain } from '../../ir/model-interface.js';
import type { ToldTree } from '../../ir/student.js';
import type { OneHotGroup } from './problem.js';
import type { Affine, Condition, Leaf, Term, Tree } from './tree.js';

/** A rule of an ordered list: it answers where all guards hold and no rule before did. */
export interface Rule {
  readonly guards: readonly Guard[];
  readonly leaf: Leaf;
}

/** What conditions are told by. */
export interface ToldFeatures {
  readonly names: readonly string[];
  readonly domains: readonly CellDomain[];
  /** Features that are the values of one category. */
  readonly oneHot?: readonly OneHotGroup[];
}

/** The answers of a block in order, each under its guards; the last rule has none. */
export function rulesOf(block: Block, before: readonly Guard[] = []): readonly Rule[] {
  if (block.kind === 'answer') return [{ guards: before, leaf: block.leaf }];
  return [...rulesOf(block.then, [...before, block.guard]), ...rulesOf(block.otherwise, before)];
}

/** `income > 6 and debt <= 3`; empty without guards. */
export function tellGuards(guards: readonly Guard[], features: ToldFeatures): string {
  // Guards one after the other, and what all of one has to hold, read alike.
  const parts = guards.flatMap((guard) => (guard.kind === 'all' ? guard.parts : [guard]));
  return parts.map((part) => tellGuard(part, features, parts.length > 1)).join(' and ');
}

function tellGuard(guard: Guard, features: ToldFeatures, isPart: boolean): string {
  if (guard.kind === 'ask') return tellCondition(guard.condition, features, guard.isNegated);
  const word = guard.kind === 'all' ? ' and ' : ' or ';
  const text = guard.parts.map((part) => tellGuard(part, features, true)).join(word);
  return isPart ? `(${text})` : text;
}

/** The tree in words. */
export function tellTree(tree: Tree, features: ToldFeatures, answers: readonly string[]): ToldTree {
  if (tree.kind === 'split') {
    const [yes, no] = [tree.yes, tree.no].map((part) => tellTree(part, features, answers));
    return { kind: 'split', condition: tellCondition(tree.condition, features), yes, no };
  }
  const { support, agreeing } = tree;
  const agreement = support > 0 ? agreeing / support : 1;
  const answer = tellPrediction(tree, features.names, answers);
  return { kind: 'leaf', answer, support, agreement };
}

/** A condition, or its opposite. */
export function tellCondition(
  condition: Condition,
  features: ToldFeatures,
  isNegated = false,
): string {
  const { names } = features;
  switch (condition.kind) {
    case 'above':
      return tellAbove(condition, features, isNegated);
    case 'among': {
      const [first, ...others] = condition.values;
      const name = names[condition.feature];
      if (others.length === 0) return `${name} ${isNegated ? 'is not' : 'is'} ${first}`;
      return `${name} ${isNegated ? 'not among' : 'among'} ${condition.values.join(', ')}`;
    }
    case 'linear':
      if (condition.terms.length === 1 && condition.terms[0].coefficient === -1) {
        const name = names[condition.terms[0].feature];
        return `${name} ${isNegated ? '>=' : '<'} ${-condition.threshold + 0}`;
      }
      return `${tellTerms(condition.terms, names)} ${isNegated ? '<=' : '>'} ${condition.threshold}`;
    case 'count': {
      const category = tellCategory(condition, features, isNegated);
      if (category !== undefined) return category;
      const parts = condition.conditions.map((one) => tellCondition(one, features)).join(', ');
      const least = isNegated ? `fewer than ${condition.least}` : `at least ${condition.least}`;
      return `${least} of (${parts})`;
    }
    case 'all': {
      const parts = condition.literals.map((one) =>
        tellCondition(one.condition, features, one.isTrue === isNegated),
      );
      return parts.join(isNegated ? ' or ' : ' and ');
    }
  }
}

/** `colour among red, green`: one of some flags of a category. */
function tellCategory(
  { conditions, least }: Extract<Condition, { kind: 'count' }>,
  { oneHot = [] }: ToldFeatures,
  isNegated: boolean,
): string | undefined {
  const asked = conditions.map((one) => (one.kind === 'above' ? one.feature : -1));
  const group = oneHot.find(({ features }) => asked.every((one) => features.includes(one)));
  if (least !== 1 || group?.name === undefined) return undefined;
  const values = asked.map((one) => group.values?.[group.features.indexOf(one)] ?? '');
  return `${group.name} ${isNegated ? 'not among' : 'among'} ${values.join(', ')}`;
}

/** Of a category's value its name; of a feature of few values, the one value that is meant is named, as in the module. */
function tellAbove(
  { feature, threshold }: Extract<Condition, { kind: 'above' }>,
  { names, domains, oneHot = [] }: ToldFeatures,
  isNegated: boolean,
): string {
  const group = oneHot.find(({ features }) => features.includes(feature));
  if (group?.name !== undefined) {
    const value = group.values?.[group.features.indexOf(feature)] ?? '';
    return `${group.name} is ${isNegated ? 'not ' : ''}${value}`;
  }
  const domain = domains[feature];
  if (domain.kind === 'values') {
    const above = domain.values.filter((one) => one > threshold);
    const below = domain.values.filter((one) => one <= threshold);
    const is = `${names[feature]} is`;
    if (above.length === 1) return `${is}${isNegated ? ' not' : ''} ${above[0]}`;
    if (below.length === 1) return `${is}${isNegated ? '' : ' not'} ${below[0]}`;
  }
  return `${names[feature]} ${isNegated ? '<=' : '>'} ${threshold}`;
}

/** A class by its label, numbers as they are. */
export function tellPrediction(
  { prediction }: Pick<Leaf, 'prediction'>,
  names: readonly string[],
  answers: readonly string[],
): string {
  if (prediction.kind === 'class') return answers[prediction.index];
  return prediction.cells.map((cell) => tellAffine(cell, names)).join(', ');
}

function tellAffine({ offset, terms }: Affine, names: readonly string[]): string {
  if (terms.length === 0) return String(offset);
  const sum = tellTerms(terms, names);
  if (offset === 0) return sum;
  return offset < 0 ? `${sum} - ${-offset}` : `${sum} + ${offset}`;
}

function tellTerms(terms: readonly Term[], names: readonly string[]): string {
  return terms
    .map(({ feature, coefficient }, k) => {
      const size = Math.abs(coefficient);
      const product = size === 1 ? names[feature] : `${size} * ${names[feature]}`;
      const sign = coefficient < 0 ? '-' : '+';
      if (k === 0) return coefficient < 0 ? `-${product}` : product;
      return `${sign} ${product}`;
    })
    .join(' ');
}
