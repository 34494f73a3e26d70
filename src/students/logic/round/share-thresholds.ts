/**
 * One number for one border: where a tree asks the same feature at 3 here and at 2.981 there, and 3 costs
 * nearly nothing there as well, it is 3 in both places.
 */
import { allRows, divideRows, lossOfTree, weightOf } from '../measure.js';
import type { LogicData, LogicProblem } from '../problem.js';
import type { Condition, Tree } from '../tree.js';
import { DEFAULT_SHARE } from './round-thresholds.js';
import { digitsOf } from './short-number.js';

/**
 * The tree with thresholds of a feature replaced by shorter ones that it has elsewhere.
 *
 * @param share of the weight of a node's rows that a shared number may cost.
 */
export function shareThresholds(
  tree: Tree,
  { data }: Pick<LogicProblem, 'data'>,
  share = DEFAULT_SHARE,
): Tree {
  return shareBelow(tree, data, allRows(data), thresholdsOf(tree), share);
}

function shareBelow(
  tree: Tree,
  data: LogicData,
  rows: Uint32Array,
  known: ReadonlyMap<number, readonly number[]>,
  share: number,
): Tree {
  if (tree.kind === 'leaf') return tree;
  const { condition } = tree;
  const { yes: yesRows, no: noRows } = divideRows(condition, data.columns, rows);
  const below: Tree = {
    ...tree,
    yes: shareBelow(tree.yes, data, yesRows, known, share),
    no: shareBelow(tree.no, data, noRows, known, share),
  };
  if (condition.kind !== 'above') return below;
  const weight = rows.reduce((sum, row) => sum + weightOf(data, row), 0);
  const bar = lossOfTree(below, data, rows) + share * weight;
  const shorter = (known.get(condition.feature) ?? []).filter(
    (threshold) => digitsOf(threshold) < digitsOf(condition.threshold),
  );
  for (const threshold of shorter) {
    const shared: Condition = { ...condition, threshold };
    const candidate: Tree = { ...below, condition: shared };
    if (lossOfTree(candidate, data, rows) <= bar) return candidate;
  }
  return below;
}

/** The thresholds of each feature, those with fewest digits first. */
function thresholdsOf(tree: Tree): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, Set<number>>();
  const visit = (part: Tree): void => {
    if (part.kind === 'leaf') return;
    const { condition } = part;
    if (condition.kind === 'above') {
      const known = found.get(condition.feature) ?? new Set();
      found.set(condition.feature, known.add(condition.threshold));
    }
    visit(part.yes);
    visit(part.no);
  };
  visit(tree);
  const byLength = (a: number, b: number): number => digitsOf(a) - digitsOf(b) || a - b;
  return new Map([...found].map(([feature, values]) => [feature, [...values].sort(byLength)]));
}
