/** Which rules are the answer: those of the whole domain, or a tree of the front, rounded and tidied. */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { roundFidelity } from '../ir/fidelity.js';
import { growTree, growWithProbes } from '../students/logic/grow/grow.js';
import { measureTree } from '../students/logic/measure.js';
import type { LogicCandidate, LogicProblem } from '../students/logic/problem.js';
import { crossValidate } from '../students/logic/prune/cross-validate.js';
import {
  nestedTrees,
  pruneTree,
  risingBy,
  selectTree,
  standardErrorOf,
} from '../students/logic/prune/prune.js';
import { simplifyTree } from '../students/logic/prune/simplify.js';
import { expectedFidelity, findFront } from '../students/logic/refine/front.js';
import { roundAnswers } from '../students/logic/round/round-answers.js';
import { DEFAULT_SHARE, roundThresholds } from '../students/logic/round/round-thresholds.js';
import { shareThresholds } from '../students/logic/round/share-thresholds.js';
import { plainBlockOf } from '../students/logic/guards.js';
import { ruleListOf, treeOfList } from '../students/logic/rules/rule-list.js';
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
  /** Where given, rules in order take the place of the tree, of at most so many conditions each. */
  readonly mostConditions?: number;
}

/**
 * @throws Diagnostic LOGIC_NOT_FAITHFUL where no tree reaches the fidelity that was asked for,
 *   LOGIC_NOT_EXACT where exact rules were asked for and are not to be had.
 */
export function chooseRules(subject: LogicSubject, options: ChoiceOptions): LogicChoice {
  const { selection = { kind: 'best' } } = options;
  const { mostConditions } = options;
  if (subject.table !== undefined) return chooseOfRows(subject, selection, mostConditions);
  return exactChoice(subject, options) ?? choose(subject, selection, mostConditions);
}

/**
 * Of a table: the size is chosen by cross-validation on the rows learned from. Of the rows held out nothing is
 * known here.
 */
function chooseOfRows(
  subject: LogicSubject,
  selection: TreeSelection,
  mostConditions: number | undefined,
): LogicChoice {
  const { problem, inRange } = subject;
  const rows = problem.data.target.length;
  const grown = pruneTree(growTree(problem), problem, problem.data);
  const front = crossValidate(grown, problem);
  const selected =
    selection.kind === 'best'
      ? positionByErrors(front, rows)
      : positionOf(front, selection, ({ fidelity }) => fidelity, rows);
  if (selected === undefined) throw notFaithful(front, selection);
  // Within one standard error a shorter number is as good as a longer one, as a smaller tree is.
  const share = Math.max(DEFAULT_SHARE, standardErrorOf(front[selected], rows));
  const rounded = roundThresholds(front[selected].tree, problem, share, true);
  const shared = shareThresholds(rounded.tree, problem);
  const short = subject.decides ? shared : roundAnswers(shared, problem.data);
  const tidied = tidyTree(short, problem);
  const listed = mostConditions === undefined ? tidied : asList(tidied, problem, mostConditions);
  const { tree } = measureTree(listed, inRange);
  const block = mostConditions === undefined ? shortestBlock(tree) : plainBlockOf(tree);
  return {
    asked: 0,
    front,
    selected,
    selection: wordsOf(selection),
    tree,
    block: countAnswers(block, inRange, false),
    rounded: rounded.rounded,
  };
}

/** Rules for the whole domain, where they were asked for or are short. */
function exactChoice(
  subject: LogicSubject,
  { selection, isExact = false, mostConditions }: ChoiceOptions,
): LogicChoice | undefined {
  if (isExact) {
    const found = exactRulesOf(subject, Infinity) ?? regionRulesOf(subject);
    if (found === undefined) throw diagnose('LOGIC_NOT_EXACT', {}, {});
    return found;
  }
  const isOpen =
    (selection === undefined || selection.kind === 'best') && mostConditions === undefined;
  return isOpen ? exactRulesOf(subject) : undefined;
}

function choose(
  subject: LogicSubject,
  selection: TreeSelection,
  mostConditions: number | undefined,
): LogicChoice {
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
  const ways = [last.tree, tidied, rounded.tree].flatMap((one) =>
    subject.decides ? [one] : [roundAnswers(one, learned.data), one],
  );
  const kept = ways.find((one) => fidelityOnRows(subject, one, inRange) >= least);
  // Rows were asked for where it is hard; how often a rule is right is told of inputs that are spread evenly.
  const chosen = kept ?? front[selected].tree;
  const listed = mostConditions === undefined ? chosen : asList(chosen, learned, mostConditions);
  const { tree } = measureTree(listed, inRange);
  const reached = fidelityOnRows(subject, tree, inRange);
  if (mostConditions !== undefined && reached < least) throw notReached(least, reached);
  const told = kept === undefined ? [] : rounded.rounded;
  return {
    asked: growth.asked,
    front,
    selected,
    selection: wordsOf(selection),
    tree,
    block: countAnswers(
      mostConditions === undefined ? shortestBlock(tree) : plainBlockOf(tree),
      inRange,
      false,
    ),
    rounded: told,
  };
}

/** The leaves as rules in an order, each with no more conditions than it needs or may have. */
function asList(tree: Tree, { data }: LogicProblem, mostLiterals: number): Tree {
  return treeOfList(ruleListOf(tree, data, { mostLiterals }));
}

/** A tree that is better than a constant by no more of its standard errors tells nothing but chance. */
const ERRORS_OF_CHANCE = 2;

/** The smallest tree within one standard error of the best, or the constant where none stands out. */
function positionByErrors(front: readonly LogicCandidate[], rows: number): number {
  const best = front.reduce((a, b) => (b.fidelity > a.fidelity ? b : a));
  const margin = ERRORS_OF_CHANCE * standardErrorOf(best, rows);
  if (best.fidelity - front[0].fidelity <= margin) return 0;
  return front.indexOf(selectTree(front, rows) ?? best);
}

/**
 * Where the best of a size is wanted, all shorter numbers together may cost this share of what the tree is wrong
 * about.
 */
const ROUNDED_LOSS = 0.02;

/** What a shorter number may cost, as a share of its node's rows. */
function shareOfRounding(
  { trainingFidelity, leaves }: LogicCandidate,
  selection: TreeSelection,
): number {
  if (selection.kind !== 'leaves') return DEFAULT_SHARE;
  const splits = Math.max(1, leaves - 1);
  return Math.min(DEFAULT_SHARE, (ROUNDED_LOSS * (1 - trainingFidelity)) / splits);
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
  return notReached(wanted, Math.max(...front.map(({ fidelity }) => fidelity)));
}

function notReached(wanted: number, reached: number): Diagnostic {
  return diagnose('LOGIC_NOT_FAITHFUL', {}, { wanted, reached: roundFidelity(reached) });
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
