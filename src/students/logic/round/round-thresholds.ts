/**
 * Thresholds as a person would write them. First each is replaced by the shortest number in the gap that the
 * rows of its node leave, which changes nothing. Then a still shorter number may be taken where the rows that
 * change sides cost nearly nothing: a network's border runs from 5.98 to 6.03 where a rule says 6.
 */
import { middleOf } from '../grow/best-split.js';
import { allRows, divideRows, lossOfTree, measureTree, worstLoss } from '../measure.js';
import type { LogicData, LogicProblem } from '../problem.js';
import type { Condition, Split, Tree } from '../tree.js';
import { digitsOf, roundedTo, shortestBetween } from './short-number.js';

/** What a shorter number may cost by default, in shares of its node's rows. */
export const DEFAULT_SHARE = 0.001;

export interface RoundedThreshold {
  readonly feature: number;
  readonly from: number;
  readonly to: number;
  /** Weight of decisions lost (negative: won), or by how much the squared errors grew; most often 0. */
  readonly cost: number;
}

export interface RoundedTree {
  /** With supports measured anew. */
  readonly tree: Tree;
  readonly rounded: readonly RoundedThreshold[];
  /** Fidelity on the rows before and after. */
  readonly before: number;
  readonly after: number;
}

type Above = Extract<Condition, { kind: 'above' }>;

/**
 * @param problem its rows are those that decide; also those that the network was asked for, if there are any.
 * @param share of the weight (of numbers: the variance) of a node's rows that its threshold may cost; 0: every
 *   row keeps its side.
 */
export function roundThresholds(
  tree: Tree,
  { data }: Pick<LogicProblem, 'data'>,
  share = DEFAULT_SHARE,
): RoundedTree {
  const rounded: RoundedThreshold[] = [];
  const short = roundBelow(tree, data, allRows(data), share, rounded);
  const measured = measureTree(short, data);
  const before = measureTree(tree, data).fidelity;
  return { tree: measured.tree, rounded, before, after: measured.fidelity };
}

/** From the leaves up: what a subtree says is settled when the threshold above it is judged. */
function roundBelow(
  tree: Tree,
  data: LogicData,
  rows: Uint32Array,
  share: number,
  rounded: RoundedThreshold[],
): Tree {
  if (tree.kind === 'leaf') return tree;
  const { condition } = tree;
  const sides = divideRows(condition, data.columns, rows);
  const split: Split = {
    ...tree,
    yes: roundBelow(tree.yes, data, sides.yes, share, rounded),
    no: roundBelow(tree.no, data, sides.no, share, rounded),
  };
  if (condition.kind !== 'above' || sides.yes.length === 0 || sides.no.length === 0) return split;
  const { feature, threshold } = condition;
  const exact = shortestInGap(condition, data, sides);
  const shorter = shorterNumber(split, condition, exact, data, rows, share);
  const to = shorter?.to ?? exact;
  if (to === threshold) return split;
  rounded.push({ feature, from: threshold, to, cost: shorter?.cost ?? 0 });
  return { ...split, condition: { ...condition, threshold: to } };
}

/** Between the largest value of the no side and the smallest of the yes side. */
function shortestInGap(
  { feature }: Above,
  data: LogicData,
  { yes, no }: { readonly yes: Uint32Array; readonly no: Uint32Array },
): number {
  const column = data.columns[feature];
  const low = no.reduce((most, row) => Math.max(most, column[row]), -Infinity);
  const high = yes.reduce((least, row) => Math.min(least, column[row]), Infinity);
  return shortestBetween(low, high, middleOf(low, high));
}

/** The number with the fewest digits whose rows on the wrong side cost no more than the share. */
function shorterNumber(
  split: Split,
  condition: Above,
  exact: number,
  data: LogicData,
  rows: Uint32Array,
  share: number,
): { readonly to: number; readonly cost: number } | undefined {
  if (share <= 0) return undefined;
  const column = data.columns[condition.feature];
  const allowed = share * worstLoss(split, data, rows);
  const wanted = digitsOf(exact);
  const numbers = [0];
  for (let digits = 1; digits < wanted; digits++) numbers.push(...roundedTo(exact, digits));
  for (const to of numbers) {
    if (digitsOf(to) >= wanted) continue;
    const moved = rows.filter((row) => column[row] > exact !== column[row] > to);
    if (moved.length === rows.length) continue;
    // All of them stood on one side and go to the other.
    const [before, after] = to > exact ? [split.yes, split.no] : [split.no, split.yes];
    const cost = lossOfTree(after, data, moved) - lossOfTree(before, data, moved);
    if (cost <= allowed && leavesBothSides(column, rows, to)) return { to, cost };
  }
  return undefined;
}

function leavesBothSides(column: Float64Array, rows: Uint32Array, threshold: number): boolean {
  return (
    rows.some((row) => column[row] > threshold) && rows.some((row) => column[row] <= threshold)
  );
}
