/** The fidelity of a tree to what it explains. */
import { explainedShare } from '../ir/fidelity.js';
import type { ExactRules } from '../ir/student.js';
import { guardHolds, mapLeaves } from '../students/logic/guards.js';
import type { Block } from '../students/logic/guards.js';
import { rulesOf } from '../students/logic/words.js';
import type { LogicCandidate } from '../students/logic/problem.js';
import type { RoundedTree } from '../students/logic/round/round-thresholds.js';
import { leafOf } from '../students/logic/tree.js';
import type { Tree } from '../students/logic/tree.js';
import type { Dataset } from '../students/math/problem.js';
import type { LogicSubject } from './logic-subject.js';

/** What was chosen, and from what. */
export interface LogicChoice {
  /** Points asked for while the tree grew, or all points of the domain. */
  readonly asked: number;
  readonly front: readonly LogicCandidate[];
  readonly selected: number;
  readonly selection: string;
  /** Of the module: rounded, and rid of what it does not need. Features as in the problem. */
  readonly tree: Tree;
  /** The tree as guards, as the module says it. */
  readonly block: Block;
  readonly rounded: RoundedTree['rounded'];
  /** Present where the rules were found for all points of a finite domain. */
  readonly exact?: ExactRules;
}

/** The answers of a tree to rows: positions of decisions, or numbers. */
export function answersOf(tree: Tree, { columns, target }: Dataset): Float64Array {
  return target.map((_, row) => {
    const { prediction } = leafOf(tree, (feature) => columns[feature][row]);
    if (prediction.kind === 'class') return prediction.index;
    const [{ offset, terms }] = prediction.cells;
    return terms.reduce(
      (sum, { feature, coefficient }) => sum + coefficient * columns[feature][row],
      offset,
    );
  });
}

/** Share of equal decisions, or of the variation that is explained. */
export function fidelityOnRows(subject: LogicSubject, tree: Tree, rows: Dataset): number {
  const answers = answersOf(tree, rows);
  if (!subject.decides) return explainedShare(rows.target, answers);
  return answers.filter((answer, row) => answer === rows.target[row]).length / answers.length;
}

/**
 * The guards with how many fresh inputs each answer is given to, and for how many of them it is right: all
 * where the rules are exact.
 */
export function countAnswers(block: Block, { columns, target }: Dataset, isExact: boolean): Block {
  const rules = rulesOf(block);
  const counts = rules.map(() => ({ support: 0, agreeing: 0 }));
  target.forEach((wanted, row) => {
    const valueAt = (feature: number): number => columns[feature][row];
    const at = rules.findIndex(({ guards }) => guards.every((one) => guardHolds(one, valueAt)));
    const { prediction } = rules[at].leaf;
    counts[at].support++;
    // Of numbers none is right to the last digit, and no count says how near they are.
    const isRight = prediction.kind === 'class' && prediction.index === wanted;
    if (isExact || isRight) counts[at].agreeing++;
  });
  // Rules and leaves stand in the same order.
  let next = 0;
  return mapLeaves(block, (leaf) => ({ ...leaf, ...counts[next++] }));
}
