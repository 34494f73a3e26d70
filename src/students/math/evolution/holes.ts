/**
 * Genomes of a template: the trees of the holes one after another, then what pairs them. A child whose trees
 * are still there is made to fit: every variable becomes one of the arguments of its own hole.
 *
 *     f = 2 * a, g = sin(b):   2 a * b sin pair
 */
import { VARIABLE } from '../engine/tape.js';
import type { Template } from '../knowledge/template.js';
import { PAIR } from '../operators/slots.js';
import { pushOperator } from './draft.js';
import type { Draft } from './draft.js';
import { codeOfOperator, startOfSubtree } from './genome.js';
import { pushTree } from './random-tree.js';
import type { Growth } from './random-tree.js';

const PAIR_CODE = codeOfOperator(PAIR);

/** Whether the draft holds a tree for every hole; its variables are then those of its holes. */
export function fitToHoles(draft: Draft, { holes }: Template): boolean {
  const pairs = holes.length - 1;
  const trees = draft.length - pairs;
  if (trees < holes.length) return false;
  for (let at = 0; at < draft.length; at++) {
    if ((draft.codes[at] === PAIR_CODE) !== at >= trees) return false;
  }
  let end = trees;
  for (let k = holes.length - 1; k >= 0; k--) {
    if (end <= 0) return false;
    const start = startOfSubtree(draft, end - 1);
    const { first, arity } = holes[k];
    for (let at = start; at < end; at++) {
      if (draft.codes[at] !== VARIABLE) continue;
      if (arity === 0) return false;
      const { values } = draft;
      if (values[at] < first || values[at] >= first + arity)
        values[at] = first + (values[at] % arity);
    }
    if (arity === 0 && end - start > 1) return false;
    end = start;
  }
  return end === 0;
}

/** Appends random trees of at most `size` nodes, one for each hole. */
export function pushTrees(draft: Draft, size: number, template: Template, growth: Growth): void {
  for (const { arity } of template.holes) {
    pushTree(draft, arity === 0 ? 1 : 1 + growth.random.below(size), {
      ...growth,
      variables: arity === 0 ? 0 : growth.variables,
    });
  }
  for (let k = 1; k < template.holes.length; k++) pushOperator(draft, PAIR_CODE);
}
