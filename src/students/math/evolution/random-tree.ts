/** Random nodes and random subtrees of a given size, of the operators that the settings allow. */
import type { Random } from '../../../numeric/random.js';
import type { Draft } from './draft.js';
import { pushConstant, pushOperator, pushVariable } from './draft.js';
import type { Rules } from './rules.js';

export interface Growth {
  readonly random: Random;
  readonly rules: Rules;
  /** Number of columns of the data set. */
  readonly variables: number;
}

/** Share of leaves that are constants, and of these that are small integers. */
const CONSTANT_SHARE = 0.3;
const INTEGER_SHARE = 0.5;
const LARGEST_INTEGER = 5;

export function pushLeaf(draft: Draft, { random, variables }: Growth): void {
  if (variables === 0 || random.unit() < CONSTANT_SHARE) {
    pushConstant(draft, randomConstant(random));
  } else {
    pushVariable(draft, random.below(variables));
  }
}

/** A normal number, or a small integer: laws are full of them. */
export function randomConstant(random: Random): number {
  if (random.unit() >= INTEGER_SHARE) return random.normal();
  return 1 + random.below(LARGEST_INTEGER);
}

/** One of the codes. */
export function pick(codes: readonly number[], random: Random): number {
  return codes[random.below(codes.length)];
}

/** Appends a subtree of at most `size` nodes; fewer where no operator has the right number of arguments. */
export function pushTree(draft: Draft, size: number, growth: Growth): void {
  const { random, rules } = growth;
  const { unary, binary, ternary } = rules;
  const room = size - 1;
  const counts = [
    room >= 1 ? unary.length : 0,
    room >= 2 ? 2 * binary.length : 0,
    room >= 3 ? ternary.length : 0,
  ];
  const total = counts[0] + counts[1] + counts[2];
  if (total === 0) {
    pushLeaf(draft, growth);
    return;
  }
  const drawn = random.below(total);
  if (drawn < counts[0]) {
    pushTree(draft, room, growth);
    pushOperator(draft, unary[drawn]);
  } else if (drawn < counts[0] + counts[1]) {
    const left = 1 + random.below(room - 1);
    pushTree(draft, left, growth);
    pushTree(draft, room - left, growth);
    pushOperator(draft, pick(binary, random));
  } else {
    const first = 1 + random.below(room - 2);
    const second = 1 + random.below(room - first - 1);
    pushTree(draft, first, growth);
    pushTree(draft, second, growth);
    pushTree(draft, room - first - second, growth);
    pushOperator(draft, pick(ternary, random));
  }
}
