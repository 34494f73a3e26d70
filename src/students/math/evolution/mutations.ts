/**
 * The mutations, one entry each: they write a child of one parent into a draft, or say that they do not
 * apply. Which one is used is drawn by their weights. Whether the child is allowed is judged afterwards.
 */
import { CONSTANT, FIRST_OPERATOR, VARIABLE } from '../engine/tape.js';
import { pushConstant, pushNode, pushOperator, pushPiece, pushVariable } from './draft.js';
import type { Draft } from './draft.js';
import { ARITIES, startOfSubtree } from './genome.js';
import type { Genome } from './genome.js';
import { pick, pushLeaf, pushTree, randomConstant } from './random-tree.js';
import type { Growth } from './random-tree.js';

export interface Mutation {
  readonly name: string;
  readonly weight: number;
  /** Writes the child; false where there is none. `temperature` from 1 down to 0 shrinks its steps. */
  readonly apply: (draft: Draft, parent: Genome, growth: Growth, temperature: number) => boolean;
}

/** Sizes of new subtrees that replace one, that stand beside one. */
const REPLACEMENT_SIZE = 6;
const COMPANION_SIZE = 3;

export const MUTATIONS: readonly Mutation[] = [
  { name: 'change a constant', weight: 1.5, apply: changeConstant },
  { name: 'change a leaf', weight: 1, apply: changeLeaf },
  { name: 'change an operator', weight: 1.5, apply: changeOperator },
  { name: 'grow a leaf', weight: 1.5, apply: growLeaf },
  { name: 'insert an operator', weight: 1.5, apply: insertOperator },
  { name: 'put an operator on top', weight: 1, apply: putOnTop },
  { name: 'delete an operator', weight: 1.5, apply: deleteOperator },
  { name: 'replace a subtree', weight: 1.5, apply: replaceSubtree },
  { name: 'swap arguments', weight: 0.3, apply: swapArguments },
  { name: 'rotate', weight: 0.7, apply: rotate },
];

const TOTAL = MUTATIONS.reduce((sum, { weight }) => sum + weight, 0);

/** A mutation, drawn by weight. */
export function drawMutation({ random }: Growth): Mutation {
  let left = random.unit() * TOTAL;
  for (const mutation of MUTATIONS) {
    left -= mutation.weight;
    if (left < 0) return mutation;
  }
  return MUTATIONS[MUTATIONS.length - 1];
}

/** A position drawn among those whose code passes; −1 where none does. */
function findNode(
  { codes, length }: Genome,
  { random }: Growth,
  passes: (code: number) => boolean,
): number {
  let found = 0;
  for (let at = 0; at < length; at++) if (passes(codes[at])) found++;
  if (found === 0) return -1;
  let left = random.below(found);
  for (let at = 0; ; at++) if (passes(codes[at]) && left-- === 0) return at;
}

const isConstant = (code: number): boolean => code === CONSTANT;
const isLeaf = (code: number): boolean => code < FIRST_OPERATOR;
const isOperator = (code: number): boolean => code >= FIRST_OPERATOR;
const isBinary = (code: number): boolean => ARITIES[code] === 2;

function changeConstant(
  draft: Draft,
  parent: Genome,
  growth: Growth,
  temperature: number,
): boolean {
  const at = findNode(parent, growth, isConstant);
  if (at < 0) return false;
  pushPiece(draft, parent, 0, at);
  pushConstant(draft, jiggle(parent.values[at], growth, temperature));
  pushPiece(draft, parent, at + 1, parent.length);
  return true;
}

function jiggle(value: number, { random }: Growth, temperature: number): number {
  const drawn = random.unit();
  if (drawn < 0.15) return Math.round(value);
  if (drawn < 0.25) return -value;
  if (drawn < 0.4) return value + (random.unit() < 0.5 ? 1 : -1);
  const scale = 0.05 + temperature;
  if (drawn < 0.7) return value * Math.exp(scale * random.normal());
  return value + scale * random.normal();
}

function changeLeaf(draft: Draft, parent: Genome, growth: Growth): boolean {
  const at = findNode(parent, growth, isLeaf);
  pushPiece(draft, parent, 0, at);
  const { random, variables } = growth;
  const wasVariable = parent.codes[at] === VARIABLE;
  if (wasVariable && variables > 1 && random.unit() < 0.7) {
    const other = random.below(variables - 1);
    pushVariable(draft, other < parent.values[at] ? other : other + 1);
  } else if (wasVariable) {
    pushConstant(draft, randomConstant(random));
  } else {
    pushLeaf(draft, growth);
  }
  pushPiece(draft, parent, at + 1, parent.length);
  return true;
}

function changeOperator(draft: Draft, parent: Genome, growth: Growth): boolean {
  const { rules } = growth;
  const at = findNode(parent, growth, isOperator);
  if (at < 0) return false;
  const arity = ARITIES[parent.codes[at]];
  const others = arity === 1 ? rules.unary : arity === 2 ? rules.binary : rules.ternary;
  const code = pick(others, growth.random);
  if (code === parent.codes[at]) return false;
  pushPiece(draft, parent, 0, at);
  pushOperator(draft, code);
  pushPiece(draft, parent, at + 1, parent.length);
  return true;
}

function growLeaf(draft: Draft, parent: Genome, growth: Growth): boolean {
  const at = findNode(parent, growth, isLeaf);
  pushPiece(draft, parent, 0, at);
  pushTree(draft, 2 + growth.random.below(2), growth);
  pushPiece(draft, parent, at + 1, parent.length);
  return true;
}

function insertOperator(draft: Draft, parent: Genome, growth: Growth): boolean {
  return insertAbove(draft, parent, growth.random.below(parent.length), growth);
}

function putOnTop(draft: Draft, parent: Genome, growth: Growth): boolean {
  return insertAbove(draft, parent, parent.length - 1, growth);
}

/** Puts a new operator above a subtree; its other arguments are small and new. */
function insertAbove(draft: Draft, parent: Genome, root: number, growth: Growth): boolean {
  const { random, rules } = growth;
  const start = startOfSubtree(parent, root);
  const choices = rules.unary.length + 2 * rules.binary.length + rules.ternary.length;
  if (choices === 0) return false;
  const drawn = random.below(choices);
  const code =
    drawn < rules.unary.length
      ? rules.unary[drawn]
      : drawn < rules.unary.length + 2 * rules.binary.length
        ? pick(rules.binary, random)
        : pick(rules.ternary, random);
  const place = random.below(ARITIES[code]);
  pushPiece(draft, parent, 0, start);
  for (let argument = 0; argument < ARITIES[code]; argument++) {
    if (argument === place) pushPiece(draft, parent, start, root + 1);
    else pushTree(draft, 1 + random.below(COMPANION_SIZE), growth);
  }
  pushOperator(draft, code);
  pushPiece(draft, parent, root + 1, parent.length);
  return true;
}

/** An operator gives way to one of its arguments. */
function deleteOperator(draft: Draft, parent: Genome, growth: Growth): boolean {
  const at = findNode(parent, growth, isOperator);
  if (at < 0) return false;
  const kept = growth.random.below(ARITIES[parent.codes[at]]);
  let end = at;
  for (let skipped = 0; skipped < kept; skipped++) end = startOfSubtree(parent, end - 1);
  pushPiece(draft, parent, 0, startOfSubtree(parent, at));
  pushPiece(draft, parent, startOfSubtree(parent, end - 1), end);
  pushPiece(draft, parent, at + 1, parent.length);
  return true;
}

function replaceSubtree(draft: Draft, parent: Genome, growth: Growth): boolean {
  const root = growth.random.below(parent.length);
  pushPiece(draft, parent, 0, startOfSubtree(parent, root));
  pushTree(draft, 1 + growth.random.below(REPLACEMENT_SIZE), growth);
  pushPiece(draft, parent, root + 1, parent.length);
  return true;
}

function swapArguments(draft: Draft, parent: Genome, growth: Growth): boolean {
  const { isCommutative } = growth.rules;
  const at = findNode(parent, growth, (code) => isBinary(code) && !isCommutative(code));
  if (at < 0) return false;
  const middle = startOfSubtree(parent, at - 1);
  const start = startOfSubtree(parent, middle - 1);
  pushPiece(draft, parent, 0, start);
  pushPiece(draft, parent, middle, at);
  pushPiece(draft, parent, start, middle);
  pushPiece(draft, parent, at, parent.length);
  return true;
}

/** `(a ∘ b) • c` becomes `a ∘ (b • c)`, or the other way round. */
function rotate(draft: Draft, parent: Genome, growth: Growth): boolean {
  const at = findNode(parent, growth, isBinary);
  if (at < 0) return false;
  const middle = startOfSubtree(parent, at - 1);
  const start = startOfSubtree(parent, middle - 1);
  const [left, right] = [middle - 1, at - 1];
  pushPiece(draft, parent, 0, start);
  if (isBinary(parent.codes[left])) {
    const inner = startOfSubtree(parent, left - 1);
    pushPiece(draft, parent, start, inner);
    pushPiece(draft, parent, inner, left);
    pushPiece(draft, parent, middle, at);
    copyNode(draft, parent, at);
    copyNode(draft, parent, left);
  } else if (isBinary(parent.codes[right])) {
    const inner = startOfSubtree(parent, right - 1);
    pushPiece(draft, parent, start, middle);
    pushPiece(draft, parent, middle, inner);
    copyNode(draft, parent, at);
    pushPiece(draft, parent, inner, right);
    copyNode(draft, parent, right);
  } else {
    return false;
  }
  pushPiece(draft, parent, at + 1, parent.length);
  return true;
}

function copyNode(draft: Draft, parent: Genome, at: number): void {
  pushNode(draft, parent.codes[at], parent.values[at]);
}

/** A subtree of the one parent in place of one of the other. */
export function crossOver(draft: Draft, mother: Genome, father: Genome, growth: Growth): void {
  const root = growth.random.below(mother.length);
  const given = growth.random.below(father.length);
  pushPiece(draft, mother, 0, startOfSubtree(mother, root));
  pushPiece(draft, father, startOfSubtree(father, given), given + 1);
  pushPiece(draft, mother, root + 1, mother.length);
}
