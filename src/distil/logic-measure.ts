/** The fidelity of a tree to what it explains. */
import { explainedShare } from '../ir/fidelity.js';
import type { Growth } from '../students/logic/grow/grow.js';
import type { LogicCandidate } from '../students/logic/problem.js';
import type { RoundedTree } from '../students/logic/round/round-thresholds.js';
import { leafOf } from '../students/logic/tree.js';
import type { Tree } from '../students/logic/tree.js';
import type { Dataset } from '../students/math/problem.js';
import type { LogicSubject } from './logic-subject.js';

/** What was chosen, and from what. */
export interface LogicChoice {
  readonly growth: Growth;
  readonly front: readonly LogicCandidate[];
  readonly selected: number;
  readonly selection: string;
  /** Of the module: rounded, and rid of what it does not need. Features as in the problem. */
  readonly tree: Tree;
  readonly rounded: RoundedTree['rounded'];
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
