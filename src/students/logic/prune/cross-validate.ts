/**
 * How faithful trees of each size are to rows that they have not seen, where there is no network to ask for
 * more: the rows are divided, a tree grows on all parts but one and is judged on that one, for each part in
 * turn (Breiman, Friedman, Olshen and Stone 1984, chapters 3 and 8).
 */
import { foldsOf } from '../../../numeric/hold-out.js';
import { growTree } from '../grow/grow.js';
import { allRows, lossOfTree, takeRows, worstLoss } from '../measure.js';
import type { LogicCandidate, LogicProblem } from '../problem.js';
import { pruneTree } from './prune.js';

/** Parts that rows are divided into, one for each row where these are fewer. */
const PARTS = 10;

/**
 * The candidates with the fidelity that trees of at most their size have on rows not learned from; those that
 * are no better than a simpler one are left out.
 *
 * @param candidates simplest first, all grown on the problem's rows.
 */
export function crossValidate(
  candidates: readonly LogicCandidate[],
  problem: LogicProblem,
): readonly LogicCandidate[] {
  const { data, settings } = problem;
  const rows = allRows(data);
  const parts = Math.min(PARTS, rows.length);
  const groups = problem.classes > 0 ? data.target : new Float64Array(rows.length);
  const folds = foldsOf(groups, parts, settings.seed);
  const losses = new Float64Array(candidates.length);
  for (let part = 0; part < parts; part++) {
    const isLeft = (row: number): boolean => folds[row] === part;
    const left = takeRows(data, rows.filter(isLeft));
    const own = {
      ...problem,
      data: takeRows(
        data,
        rows.filter((row) => !isLeft(row)),
      ),
    };
    const nested = pruneTree(growTree(own), own, own.data);
    candidates.forEach(({ leaves }, k) => {
      const largest = nested.filter((one) => one.leaves <= leaves).at(-1) ?? nested[0];
      losses[k] += lossOfTree(largest.tree, left, allRows(left));
    });
  }
  const validated: LogicCandidate[] = [];
  candidates.forEach((candidate, k) => {
    const fidelity = 1 - losses[k] / worstLoss(candidate.tree, data, rows);
    if (fidelity > (validated.at(-1)?.fidelity ?? -Infinity)) {
      validated.push({ ...candidate, fidelity });
    }
  });
  return validated;
}
