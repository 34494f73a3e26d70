/** Rules in words, for reports: guards by the features' names, answers by the labels. */
import type { Block, Guard } from './guards.js';
import type { ToldTree } from '../../ir/student.js';
import type { Affine, Condition, Leaf, Term, Tree } from './tree.js';

/** A rule of an ordered list: it answers where all guards hold and no rule before did. */
export interface Rule {
  readonly guards: readonly Guard[];
  readonly leaf: Leaf;
}

/** The answers of a block in order, each under its guards; the last rule has none. */
export function rulesOf(block: Block, before: readonly Guard[] = []): readonly Rule[] {
  if (block.kind === 'answer') return [{ guards: before, leaf: block.leaf }];
  return [...rulesOf(block.then, [...before, block.guard]), ...rulesOf(block.otherwise, before)];
}

/** `income > 6 and debt <= 3`; empty without guards. */
export function tellGuards(guards: readonly Guard[], names: readonly string[]): string {
  // Guards one after the other, and what all of one has to hold, read alike.
  const parts = guards.flatMap((guard) => (guard.kind === 'all' ? guard.parts : [guard]));
  return parts.map((part) => tellGuard(part, names, parts.length > 1)).join(' and ');
}

function tellGuard(guard: Guard, names: readonly string[], isPart: boolean): string {
  if (guard.kind === 'ask') return tellCondition(guard.condition, names, guard.isNegated);
  const word = guard.kind === 'all' ? ' and ' : ' or ';
  const text = guard.parts.map((part) => tellGuard(part, names, true)).join(word);
  return isPart ? `(${text})` : text;
}

/** The tree in words. */
export function tellTree(
  tree: Tree,
  names: readonly string[],
  answers: readonly string[],
): ToldTree {
  if (tree.kind === 'split') {
    const [yes, no] = [tree.yes, tree.no].map((part) => tellTree(part, names, answers));
    return { kind: 'split', condition: tellCondition(tree.condition, names), yes, no };
  }
  const { support, agreeing } = tree;
  const agreement = support > 0 ? agreeing / support : 1;
  return { kind: 'leaf', answer: tellPrediction(tree, names, answers), support, agreement };
}

/** A condition, or its opposite. */
export function tellCondition(
  condition: Condition,
  names: readonly string[],
  isNegated = false,
): string {
  switch (condition.kind) {
    case 'above':
      return `${names[condition.feature]} ${isNegated ? '<=' : '>'} ${condition.threshold}`;
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
      const parts = condition.conditions.map((one) => tellCondition(one, names)).join(', ');
      const least = isNegated ? `fewer than ${condition.least}` : `at least ${condition.least}`;
      return `${least} of (${parts})`;
    }
  }
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
