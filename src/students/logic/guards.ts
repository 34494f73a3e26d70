/**
 * A tree as a person writes it: guards that return, and what is left after them. Splits that lead to the
 * same answer are joined by && and ||.
 *
 *     income > 6 ? (debt > 3 ? refuse : approve) : refuse
 *       →  income > 6 && debt <= 3: approve; otherwise refuse
 */
import {
  featuresOf,
  featuresOfCondition,
  holds,
  mapCondition,
  mapFeatures,
  isSamePrediction,
} from './tree.js';
import type { Condition, Leaf, Tree } from './tree.js';

/** A condition over several questions. */
export type Guard =
  | { readonly kind: 'ask'; readonly condition: Condition; readonly isNegated: boolean }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Guard[] };

/** What is done in order: the first guard that holds decides, by a block of its own; else what follows. */
export type Block =
  | { readonly kind: 'answer'; readonly leaf: Leaf }
  | {
      readonly kind: 'guarded';
      readonly guard: Guard;
      readonly then: Block;
      readonly otherwise: Block;
    };

/** The tree as blocks, short branches first. */
export function blockOf(tree: Tree): Block {
  if (tree.kind === 'leaf') return { kind: 'answer', leaf: tree };
  return joined(guardOf(tree.condition), blockOf(tree.yes), blockOf(tree.no));
}

/** The tree as blocks, split by split: of a list of rules one guard for each. */
export function plainBlockOf(tree: Tree): Block {
  if (tree.kind === 'leaf') return { kind: 'answer', leaf: tree };
  const [then, otherwise] = [plainBlockOf(tree.yes), plainBlockOf(tree.no)];
  return { kind: 'guarded', guard: guardOf(tree.condition), then, otherwise };
}

/** The question; of a rule of a list all that it asks. */
function guardOf(condition: Condition): Guard {
  if (condition.kind !== 'all') return { kind: 'ask', condition, isNegated: false };
  const parts = condition.literals.map((one): Guard => {
    const guard = guardOf(one.condition);
    return one.isTrue ? guard : negate(guard);
  });
  return parts.length === 1 ? parts[0] : { kind: 'all', parts };
}

/** Whether two blocks give the same answers in the same cases. */
function areSame(a: Block, b: Block): boolean {
  if (a.kind === 'answer' || b.kind === 'answer') {
    return (
      a.kind === 'answer' &&
      b.kind === 'answer' &&
      isSamePrediction(a.leaf.prediction, b.leaf.prediction)
    );
  }
  return (
    JSON.stringify(a.guard) === JSON.stringify(b.guard) &&
    areSame(a.then, b.then) &&
    areSame(a.otherwise, b.otherwise)
  );
}

/** The guarded block, with guards inside of it joined to its own where they lead to the same. */
function joined(guard: Guard, then: Block, otherwise: Block): Block {
  if (areSame(then, otherwise)) return merged(then, otherwise);
  if (then.kind === 'guarded') {
    if (areSame(then.otherwise, otherwise)) {
      const rest = merged(then.otherwise, otherwise);
      return joined(join('all', guard, then.guard), then.then, rest);
    }
    if (areSame(then.then, otherwise)) {
      const rest = merged(then.then, otherwise);
      return joined(join('all', guard, negate(then.guard)), then.otherwise, rest);
    }
  }
  if (otherwise.kind === 'guarded') {
    if (areSame(otherwise.then, then)) {
      const same = merged(otherwise.then, then);
      return joined(join('any', guard, otherwise.guard), same, otherwise.otherwise);
    }
    if (areSame(otherwise.otherwise, then)) {
      const same = merged(otherwise.otherwise, then);
      return joined(join('any', guard, negate(otherwise.guard)), same, otherwise.then);
    }
  }
  const first = askedFirst(guard, then, otherwise);
  if (first !== undefined) return first;
  // The shorter branch first; of equal ones what all has to hold, or the question as it is asked.
  const [before, after] = [lengthOf(then), lengthOf(otherwise)];
  if (after < before || (after === before && guard.kind === 'any')) {
    return { kind: 'guarded', guard: negate(guard), then: otherwise, otherwise: then };
  }
  return { kind: 'guarded', guard, then, otherwise };
}

/**
 * What both sides ask and answer alike is asked once, before what parts them:
 *
 *     S ? (G ? p : q) : (G ? p : r)   →   G ? p : (S ? q : r)
 */
function askedFirst(guard: Guard, then: Block, otherwise: Block): Block | undefined {
  if (then.kind !== 'guarded' || otherwise.kind !== 'guarded') return undefined;
  const key = JSON.stringify(then.guard);
  const isTurned = JSON.stringify(negate(otherwise.guard)) === key;
  if (!isTurned && JSON.stringify(otherwise.guard) !== key) return undefined;
  const [yes, no] = isTurned
    ? [otherwise.otherwise, otherwise.then]
    : [otherwise.then, otherwise.otherwise];
  if (!areSame(then.then, yes) && !areSame(then.otherwise, no)) return undefined;
  return joined(then.guard, joined(guard, then.then, yes), joined(guard, then.otherwise, no));
}

function lengthOf(block: Block): number {
  return block.kind === 'answer' ? 1 : 1 + lengthOf(block.then) + lengthOf(block.otherwise);
}

/** The block with the rows of both. */
function merged(a: Block, b: Block): Block {
  if (a.kind === 'answer' && b.kind === 'answer') {
    const { prediction } = a.leaf;
    const support = a.leaf.support + b.leaf.support;
    const agreeing = a.leaf.agreeing + b.leaf.agreeing;
    return { kind: 'answer', leaf: { kind: 'leaf', prediction, support, agreeing } };
  }
  if (a.kind === 'guarded' && b.kind === 'guarded') {
    return {
      ...a,
      then: merged(a.then, b.then),
      otherwise: merged(a.otherwise, b.otherwise),
    };
  }
  throw new TypeError('the blocks are not the same');
}

function join(kind: 'all' | 'any', a: Guard, b: Guard): Guard {
  const partsOf = (guard: Guard): readonly Guard[] => (guard.kind === kind ? guard.parts : [guard]);
  // The order of the features, whichever was asked first.
  const all = [...partsOf(a), ...partsOf(b)];
  const parts = all.filter(
    (part, at) => !all.some((other, k) => isNeedless(part, other, kind, at, k)),
  );
  if (parts.length === 1) return parts[0];
  return { kind, parts: parts.sort((one, other) => firstOf(one) - firstOf(other)) };
}

/**
 * Whether a part says nothing beside another: x > 2 beside x > 3 where both must hold, and the other way
 * round where one is enough. Of equal parts the first stays.
 */
function isNeedless(
  part: Guard,
  other: Guard,
  kind: 'all' | 'any',
  at: number,
  otherAt: number,
): boolean {
  if (at === otherAt || part.kind !== 'ask' || other.kind !== 'ask') return false;
  const [own, theirs] = [part.condition, other.condition];
  if (own.kind !== 'above' || theirs.kind !== 'above') return false;
  if (own.feature !== theirs.feature || part.isNegated !== other.isNegated) return false;
  if (own.threshold === theirs.threshold) return at > otherAt;
  // The larger threshold is the narrower one of x > t, the wider one of x <= t.
  const isWider = own.threshold < theirs.threshold !== part.isNegated;
  return isWider === (kind === 'all');
}

/** The least feature that a guard reads. */
function firstOf(guard: Guard): number {
  if (guard.kind !== 'ask') return Math.min(...guard.parts.map(firstOf));
  return Math.min(...featuresOfCondition(guard.condition));
}

export function negate(guard: Guard): Guard {
  if (guard.kind === 'ask') return { ...guard, isNegated: !guard.isNegated };
  return { kind: guard.kind === 'all' ? 'any' : 'all', parts: guard.parts.map(negate) };
}

/** Whether a guard holds; `valueAt` reads a feature. */
export function guardHolds(guard: Guard, valueAt: (feature: number) => number): boolean {
  if (guard.kind === 'ask') return holds(guard.condition, valueAt) !== guard.isNegated;
  const part = (one: Guard): boolean => guardHolds(one, valueAt);
  return guard.kind === 'all' ? guard.parts.every(part) : guard.parts.some(part);
}

/** The features that guards and answers read. */
export function featuresOfBlock(block: Block): ReadonlySet<number> {
  if (block.kind === 'answer') return featuresOf(block.leaf);
  return new Set([
    ...featuresOfGuard(block.guard),
    ...featuresOfBlock(block.then),
    ...featuresOfBlock(block.otherwise),
  ]);
}

function featuresOfGuard(guard: Guard): readonly number[] {
  if (guard.kind === 'ask') return featuresOfCondition(guard.condition);
  return guard.parts.flatMap(featuresOfGuard);
}

/** How many questions there are to read. */
export function countAsks(block: Block): number {
  if (block.kind === 'answer') return 0;
  return asksOf(block.guard) + countAsks(block.then) + countAsks(block.otherwise);
}

function asksOf(guard: Guard): number {
  if (guard.kind === 'ask') return Math.max(1, featuresOfCondition(guard.condition).length);
  return guard.parts.reduce((sum, part) => sum + asksOf(part), 0);
}

/** The block with other features in place of its own. */
export function mapBlock(block: Block, moved: (feature: number) => number): Block {
  if (block.kind === 'answer') {
    const leaf = mapFeatures(block.leaf, moved);
    if (leaf.kind !== 'leaf') throw new TypeError('a leaf became a split');
    return { kind: 'answer', leaf };
  }
  return {
    kind: 'guarded',
    guard: mapGuard(block.guard, moved),
    then: mapBlock(block.then, moved),
    otherwise: mapBlock(block.otherwise, moved),
  };
}

function mapGuard(guard: Guard, moved: (feature: number) => number): Guard {
  return guard.kind === 'ask'
    ? { ...guard, condition: mapCondition(guard.condition, moved) }
    : { ...guard, parts: guard.parts.map((part) => mapGuard(part, moved)) };
}

/** The block with every leaf changed. */
export function mapLeaves(block: Block, changed: (leaf: Leaf) => Leaf): Block {
  if (block.kind === 'answer') return { kind: 'answer', leaf: changed(block.leaf) };
  return {
    ...block,
    then: mapLeaves(block.then, changed),
    otherwise: mapLeaves(block.otherwise, changed),
  };
}
