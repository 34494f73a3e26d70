/** A condition on how many of some cells are on:  rule 22  →  `left + centre + right === 1`. */
import { numberKind } from './numeric.js';
import type { Rule, TableProblem } from './rule.js';
import { sayTruth } from './two-valued.js';

/** Two cells are logic. */
const MIN_COUNTED = 3;

/** Applies when there are three 0/1 leaves or more and the table does not tell them apart. */
export const countsRule: Rule = (problem) => {
  const cells = [...problem.columns.keys()].filter(
    (leaf) => numberKind(problem.columns[leaf]) === 'bit',
  );
  if (cells.length < MIN_COUNTED || !areAlike(problem, cells)) return undefined;
  // Numbers throughout: the synthesiser counts cells that it finds interchangeable.
  const said = sayTruth(problem, () => undefined);
  return said === undefined ? undefined : { ...said, cost: said.cost - PLAINNESS };
};

/** Points by which "two of three" is preferred to a choice that happens to compute it. */
const PLAINNESS = 1;

/** Whether exchanging two neighbours of the list never changes the answer; neighbours generate all. */
function areAlike({ columns, states, target }: TableProblem, cells: readonly number[]): boolean {
  const answers = new Map<string, number>();
  const keyOf = (state: number, turned: (leaf: number) => number): string =>
    columns.map((_, leaf) => columns[turned(leaf)][state]).join();
  for (let state = 0; state < states; state++) {
    answers.set(keyOf(state, (leaf) => leaf), target[state]); // prettier-ignore
  }
  return cells.slice(1).every((second, k) => {
    const first = cells[k];
    const turned = (leaf: number): number =>
      leaf === first ? second : leaf === second ? first : leaf;
    for (let state = 0; state < states; state++) {
      if (answers.get(keyOf(state, turned)) !== target[state]) return false;
    }
    return true;
  });
}
