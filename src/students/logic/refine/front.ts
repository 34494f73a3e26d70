/**
 * The front of trees by size: what pruning leaves of the grown tree, or at any size what a search over drafts
 * found better; and a tree of the front made as good as its size allows.
 */
import type { LogicCandidate, LogicData, LogicProblem } from '../problem.js';
import { judge, nestedTrees, risingBy } from '../prune/prune.js';
import type { Tree } from '../tree.js';
import { treeOfDraft } from './draft.js';
import { DraftSearch } from './draft-search.js';
import { refineBest } from './refine.js';

/** Rows that a further leaf is right about by chance. */
const CHANCE_ROWS = 2;

export interface Front {
  /** Simplest first, each expected to be more faithful than all before it. */
  readonly candidates: readonly LogicCandidate[];
  /** A tree of at most as many leaves that costs less on the rows, or the same one. */
  readonly polish: (candidate: LogicCandidate) => LogicCandidate;
}

/**
 * @param tree as grown.
 * @param problem its data are the rows that the tree learned from.
 */
export function findFront(tree: Tree, problem: LogicProblem, judged: LogicData): Front {
  const nested = nestedTrees(tree, problem, judged);
  const expected = (one: LogicCandidate): number => expectedFidelity(one, problem, judged);
  if (!isSearched(problem)) {
    return { candidates: risingBy(expected, nested), polish: (one) => one };
  }
  const search = new DraftSearch(problem);
  search.descend(problem.settings.maxLeaves);
  const drafted = search
    .rising()
    .map((draft) => judge(treeOfDraft(draft, search.grid), problem, judged));
  // Of equal ones the grown tree's: its thresholds were found by asking.
  const all = [...nested, ...drafted].sort((a, b) => a.leaves - b.leaves || expected(b) - expected(a)); // prettier-ignore
  return {
    candidates: risingBy(expected, all),
    polish: (one) => polish(one, problem, judged, search),
  };
}

/** Monotone predictions depend on each other, and affine leaves are no drafts. */
function isSearched({ settings, classes }: LogicProblem): boolean {
  return (
    Object.keys(settings.monotone).length === 0 && !(classes === 0 && settings.allowsAffineLeaves)
  );
}

function polish(
  candidate: LogicCandidate,
  problem: LogicProblem,
  judged: LogicData,
  search: DraftSearch,
): LogicCandidate {
  search.disturb(candidate.leaves);
  const found = search.bestOf(candidate.leaves);
  const trees = [candidate.tree, ...(found === undefined ? [] : [treeOfDraft(found, search.grid)])];
  return judge(refineBest(trees, problem), problem, judged);
}

/**
 * The fidelity that is to be expected anywhere in the domain. Where a network was asked the rows that a tree
 * learned from are many, spread evenly, and tell more than the few it is judged on; where there is only a
 * table the tree may know them by heart.
 */
export function expectedFidelity(
  { leaves, trainingFidelity, fidelity }: LogicCandidate,
  { ask, data }: LogicProblem,
  judged: LogicData,
): number {
  if (ask === undefined) return fidelity;
  const [learned, fresh] = [data.target.length, judged.target.length];
  const gained = CHANCE_ROWS * leaves;
  return (learned * trainingFidelity - gained + fresh * fidelity) / (learned + fresh);
}
