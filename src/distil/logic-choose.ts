/** Which rules are the answer: those of the whole domain, or a tree of the front, rounded and tidied. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { roundFidelity } from '../ir/fidelity.js';
import { growWithProbes } from '../students/logic/grow/grow.js';
import { measureTree } from '../students/logic/measure.js';
import type { LogicCandidate, LogicProblem } from '../students/logic/problem.js';
import { nestedTrees, risingBy, selectTree } from '../students/logic/prune/prune.js';
import { simplifyTree } from '../students/logic/prune/simplify.js';
import { expectedFidelity, findFront } from '../students/logic/refine/front.js';
import { DEFAULT_SHARE, roundThresholds } from '../students/logic/round/round-thresholds.js';
import { shareThresholds } from '../students/logic/round/share-thresholds.js';
import { shortestBlock } from '../students/logic/shortest-block.js';
import type { Tree } from '../students/logic/tree.js';
import { exactRulesOf, regionRulesOf } from './logic-exact.js';
import { countAnswers, fidelityOnRows } from './logic-measure.js';
import type { LogicChoice } from './logic-measure.js';
import type { LogicSubject } from './logic-subject.js';

/** Which tree of the front is the answer. */
export type TreeSelection =
  | { readonly kind: 'best' }
  /** The smallest of at least this fidelity. */
  | { readonly kind: 'fidelity'; readonly least: number }
  /** The best of at most so many leaves. */
  | { readonly kind: 'leaves'; readonly most: number };

export interface ChoiceOptions {
  /** The best where absent. */
  readonly selection?: TreeSelection;
  /** Whether the rules must hold on the whole domain, however long they are. */
  readonly isExact?: boolean;
}

/**
 * @throws Diagnostic LOGIC_NOT_FAITHFUL where no tree reaches the fidelity that was asked for,
 *   LOGIC_NOT_EXACT where exact rules were asked for and are not to be had.
 */
export function chooseRules(subject: LogicSubject, options: ChoiceOptions): LogicChoice {
  const { selection = { kind: 'best' } } = options;
  return exactChoice(subject, options) ?? choose(subject, selection);
}

/** Rules for the whole domain, where they were asked for or are short. */
function exactChoice(
  subject: LogicSubject,
  { selection, isExact = false }: ChoiceOptions,
): LogicChoice | undefined {
  if (isExact) {
    const found = exactRulesOf(subject, Infinity) ?? regionRulesOf(subject);
    if (found === undefined) throw diagnose('LOGIC_NOT_EXACT', {}, {});
    return found;
  }
  const isOpen = selection === undefined || selection.kind === 'best';
  return isOpen ? exactRulesOf(subject) : undefined;
}

function choose(subject: LogicSubject, selection: TreeSelection): LogicChoice {
  const { problem, inRange } = subject;
  const judged = inRange.target.length;
  const growth = growWithProbes(problem);
  const learned = { ...problem, data: growth.data };
  const expected = (one: LogicCandidate): number => expectedFidelity(one, learned, inRange);
  const found = findFront(growth.tree, learned, inRange);
  const selected = positionOf(found.candidates, selection, expected, judged);
  if (selected === undefined) throw notFaithful(found.candidates, selection);
  const polished = found.polish(found.candidates[selected]);
  const front = found.candidates.with(selected, polished);
  const share = shareOfRounding(polished, selection);
  const rounded = roundThresholds(polished.tree, learned, share);
  const tidied = tidyTree(shareThresholds(rounded.tree, learned, share), learned);
  // With its thresholds where they belong, a tree may need fewer of its splits.
  const again = risingBy(expected, nestedTrees(tidied, learned, inRange));
  const last = again[positionOf(again, selection, expected, judged) ?? again.length - 1];
  const least = selection.kind === 'fidelity' ? selection.least : -Infinity;
  const ways = [last.tree, tidied, rounded.tree];
  const kept = ways.find((one) => fidelityOnRows(subject, one, inRange) >= least);
  // Rows were asked for where it is hard; how often a rule is right is told of inputs that are spread evenly.
  const { tree } = measureTree(kept ?? front[selected].tree, inRange);
  const told = kept === undefined ? [] : rounded.rounded;
  return {
    asked: growth.asked,
    front,
    selected,
    selection: wordsOf(selection),
    tree,
    block: countAnswers(shortestBlock(tree), inRange, false),
    rounded: told,
  };
}

/** Where the best of a size is wanted, a shorter number may cost this share of what the tree is wrong about. */
const ROUNDED_LOSS = 0.02;

/** What a shorter number may cost, as a share of its node's rows. */
function shareOfRounding({ trainingFidelity }: LogicCandidate, selection: TreeSelection): number {
  if (selection.kind !== 'leaves') return DEFAULT_SHARE;
  return Math.min(DEFAULT_SHARE, ROUNDED_LOSS * (1 - trainingFidelity));
}

/** Rounding leaves questions that others answer, and leaves that no row reaches. */
function tidyTree(tree: Tree, { data, domains }: LogicProblem): Tree {
  const { tree: measured } = measureTree(simplifyTree(tree, domains), data);
  return simplifyTree(withoutEmptyLeaves(measured), domains);
}

function withoutEmptyLeaves(tree: Tree): Tree {
  if (tree.kind === 'leaf') return tree;
  const [yes, no] = [withoutEmptyLeaves(tree.yes), withoutEmptyLeaves(tree.no)];
  if (yes.kind === 'leaf' && yes.support === 0) return no;
  if (no.kind === 'leaf' && no.support === 0) return yes;
  return { ...tree, yes, no };
}

/** `undefined` where no tree is as faithful as asked for. */
function positionOf(
  front: readonly LogicCandidate[],
  selection: TreeSelection,
  expected: (candidate: LogicCandidate) => number,
  rows: number,
): number | undefined {
  if (selection.kind === 'leaves') {
    const allowed = front.filter(({ leaves }) => leaves <= selection.most);
    const best = allowed.reduce((a, b) => (expected(b) > expected(a) ? b : a), front[0]);
    return front.indexOf(best);
  }
  if (selection.kind === 'best') return positionOfBest(front, expected);
  const found = selectTree(front, rows, selection.least);
  return found === undefined ? undefined : front.indexOf(found);
}

/** What a further leaf has to add to the fidelity: one in a thousand inputs is worth a line to be read. */
const WORTH_OF_A_LEAF = 0.001;

function positionOfBest(
  front: readonly LogicCandidate[],
  expected: (candidate: LogicCandidate) => number,
): number {
  const worth = front.map((candidate) => expected(candidate) - WORTH_OF_A_LEAF * candidate.leaves);
  return worth.indexOf(Math.max(...worth));
}

function notFaithful(front: readonly LogicCandidate[], selection: TreeSelection): Diagnostic {
  const wanted = selection.kind === 'fidelity' ? selection.least : 0;
  const reached = roundFidelity(Math.max(...front.map(({ fidelity }) => fidelity)));
  return diagnose('LOGIC_NOT_FAITHFUL', {}, { wanted, reached });
}

function wordsOf(selection: TreeSelection): string {
  switch (selection.kind) {
    case 'best':
      return 'best';
    case 'fidelity':
      return `fidelity ${selection.least}`;
    case 'leaves':
      return `at most ${selection.most} leaves`;
  }
}
