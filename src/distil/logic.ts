/**
 * The Logic student's pipeline: subject → tree → pruned, selected, rounded → Program → text → verdict →
 * report. What leaves has been measured from its own text.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { emitProgram } from '../emit/index.js';
import type { EmitOptions, Emitted } from '../emit/index.js';
import { decisionsOf } from '../ir/decision.js';
import { roundFidelity } from '../ir/fidelity.js';
import type { Approximation } from '../ir/fidelity.js';
import type { ModelInterface } from '../ir/model-interface.js';
import { checkProgram } from '../ir/program-check.js';
import type { LogicFindings } from '../ir/student.js';
import type { Verdict } from '../ir/verdict.js';
import { buildLogicReport, describeModel, describeVerdict } from '../report/index.js';
import type { LogicReport, Report } from '../report/index.js';
import { growWithProbes } from '../students/logic/grow/grow.js';
import type { LogicCandidate, LogicProblem } from '../students/logic/problem.js';
import { measureTree } from '../students/logic/measure.js';
import { pruneTree, selectTree } from '../students/logic/prune/prune.js';
import { shareThresholds } from '../students/logic/round/share-thresholds.js';
import { simplifyTree } from '../students/logic/prune/simplify.js';
import { roundThresholds } from '../students/logic/round/round-thresholds.js';
import { mapBlock, mapLeaves } from '../students/logic/guards.js';
import { shortestBlock } from '../students/logic/shortest-block.js';
import { blockToProgram } from '../students/logic/to-program.js';
import { leavesOf } from '../students/logic/tree.js';
import type { Leaf, Tree } from '../students/logic/tree.js';
import { verify } from '../verify/index.js';
import { JUDGED_PROBES } from './judged-rows.js';
import { exactRulesOf, regionRulesOf } from './logic-exact.js';
import { logicFindingsOf } from './logic-findings.js';
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

export interface LogicOptions {
  readonly selection?: TreeSelection;
  /** Whether the rules must hold on the whole domain, however long they are. */
  readonly isExact?: boolean;
  readonly showsSupport?: boolean;
  /** What the student was told, for the report. */
  readonly told?: LogicFindings['settings'];
  /** Text of the options for the module's header. */
  readonly settings?: string;
}

export interface LogicDistilled {
  readonly code: string;
  readonly verdict: Verdict;
  readonly report: LogicReport;
  readonly findings: LogicFindings;
  /** The tree of the module; features as in the problem. */
  readonly tree: Tree;
}

/**
 * Rules for the whole domain, where they were asked for or are short.
 *
 * @throws Diagnostic LOGIC_NOT_EXACT where they were asked for and are not to be had.
 */
function exactChoice(
  subject: LogicSubject,
  { selection, isExact = false }: LogicOptions,
): LogicChoice | undefined {
  if (isExact) {
    const found = exactRulesOf(subject, Infinity) ?? regionRulesOf(subject);
    if (found === undefined) throw diagnose('LOGIC_NOT_EXACT', {}, {});
    return found;
  }
  const isOpen = selection === undefined || selection.kind === 'best';
  return isOpen ? exactRulesOf(subject) : undefined;
}

/** @throws Diagnostic LOGIC_NOT_FAITHFUL where no tree reaches the fidelity that was asked for. */
export async function distilLogic(
  subject: LogicSubject,
  options: LogicOptions = {},
): Promise<LogicDistilled> {
  const { selection = { kind: 'best' } } = options;
  const choice = exactChoice(subject, options) ?? choose(subject, selection);
  const { tree } = choice;
  const { emitted, verdict } = await emitAndJudge(subject, choice, options);
  const findings = logicFindingsOf(subject, choice, options.told ?? {});
  const report = buildLogicReport(reportOf(subject, emitted, verdict), findings);
  return { code: emitted.code, verdict, report, findings, tree };
}

function choose(subject: LogicSubject, selection: TreeSelection): LogicChoice {
  const { problem, inRange } = subject;
  const judged = inRange.target.length;
  const growth = growWithProbes(problem);
  const learned = { ...problem, data: growth.data };
  const front = pruneTree(growth.tree, learned, inRange);
  const selected = positionOf(front, selection, judged);
  if (selected === undefined) throw notFaithful(front, selection);
  const rounded = roundThresholds(front[selected].tree, learned);
  const tidied = tidyTree(shareThresholds(rounded.tree, learned), learned);
  // With its thresholds where they belong, a tree may need fewer of its splits.
  const again = pruneTree(tidied, learned, inRange);
  const last = again[positionOf(again, selection, judged) ?? again.length - 1];
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
  rows: number,
): number | undefined {
  if (selection.kind === 'leaves') {
    const allowed = front.filter(({ leaves }) => leaves <= selection.most);
    const best = allowed.reduce((a, b) => (b.fidelity > a.fidelity ? b : a), front[0]);
    return front.indexOf(best);
  }
  if (selection.kind === 'best') return positionOfBest(front);
  const found = selectTree(front, rows, selection.least);
  return found === undefined ? undefined : front.indexOf(found);
}

/** What a further leaf has to add to the fidelity: one in a thousand inputs is worth a line to be read. */
const WORTH_OF_A_LEAF = 0.001;

function positionOfBest(front: readonly LogicCandidate[]): number {
  const worth = front.map(({ fidelity, leaves }) => fidelity - WORTH_OF_A_LEAF * leaves);
  return worth.indexOf(Math.max(...worth));
}

function notFaithful(front: readonly LogicCandidate[], selection: TreeSelection): Diagnostic {
  const wanted = selection.kind === 'fidelity' ? selection.least : 0;
  const reached = Math.max(...front.map(({ fidelity }) => fidelity));
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

interface Judged {
  readonly emitted: Emitted;
  readonly verdict: Verdict;
}

/** The module, with the verdict that its text earns: proved where it is the network's function. */
async function emitAndJudge(
  subject: LogicSubject,
  choice: LogicChoice,
  options: LogicOptions,
): Promise<Judged> {
  if (choice.exact?.explains === 'scores') {
    const earned = await emitExact(subject, choice, options);
    if (earned !== undefined) return earned;
  }
  const emitted = await emitRules(subject, choice, options, {
    verdict: 'approximate',
    approximation: approximationOf(subject, choice),
  });
  return { emitted, verdict: await judge(subject, emitted.code) };
}

/** Statuses that a module may claim of itself, the strongest first. */
const EXACT_STATUSES = ['proved', 'exhaustive', 'sampled'] as const;

/** `undefined` where the checker neither proves the rules nor finds them equal. */
async function emitExact(
  subject: LogicSubject,
  choice: LogicChoice,
  options: LogicOptions,
): Promise<Judged | undefined> {
  for (const claimed of EXACT_STATUSES) {
    const emitted = await emitRules(subject, choice, options, { verdict: claimed });
    const verdict = await judge(subject, emitted.code);
    if (verdict.status === claimed) return { emitted, verdict };
  }
  return undefined;
}

function emitRules(
  subject: LogicSubject,
  { block, exact }: LogicChoice,
  { showsSupport = false, settings }: LogicOptions,
  claims: Pick<EmitOptions, 'verdict' | 'approximation'>,
): Promise<Emitted> {
  const { model, inputs } = subject;
  const decides = subject.decides && exact?.explains !== 'scores';
  const told = decides ? mapLeaves(block, (leaf) => toDecision(leaf, model)) : block;
  const program = blockToProgram(
    mapBlock(told, (feature) => inputs[feature]),
    model,
    { decides, showsSupport },
  );
  const problems = checkProgram(program, { lowered: true });
  if (problems.length > 0) {
    throw diagnose('INTERNAL_ILLEGAL_LEVEL', {}, { level: 'program', problem: problems[0] });
  }
  return emitProgram(program, {
    tolerance: 0,
    ...claims,
    ...(settings === undefined ? {} : { settings }),
  });
}

function approximationOf(subject: LogicSubject, { tree }: LogicChoice): Approximation {
  const { decides, ranges, declared, inRange, outOfRange, problem } = subject;
  return {
    ...(declared === undefined ? {} : { target: declared }),
    ...(decides ? { explains: 'decisions' as const } : {}),
    complexity: leavesOf(tree).length,
    fidelity: roundFidelity(fidelityOnRows(subject, tree, inRange)),
    ...(outOfRange === undefined
      ? {}
      : { fidelityOutOfRange: roundFidelity(fidelityOnRows(subject, tree, outOfRange)) }),
    measured: { kind: 'probes' as const, count: JUDGED_PROBES, seed: problem.settings.seed },
    ...(ranges === undefined ? {} : { ranges }),
  };
}

/** A class as the decision that it stands for. */
function toDecision(leaf: Leaf, model: ModelInterface): Leaf {
  const { prediction } = leaf;
  if (prediction.kind !== 'class') return leaf;
  return { ...leaf, prediction: { kind: 'class', index: decisionsOf(model)[prediction.index] } };
}

/** The module is measured again from its text. */
function judge({ network }: LogicSubject, code: string): Promise<Verdict> {
  if (network === undefined) throw new TypeError('the subject has no network');
  return verify(network, code);
}

function reportOf({ network }: LogicSubject, emitted: Emitted, verdict: Verdict): Report {
  if (network === undefined) throw new TypeError('the subject has no network');
  const { lines, bytes, weightsInData } = emitted;
  return {
    schema: 1,
    model: describeModel(network),
    code: { lines, bytes, weightsInData },
    clusters: [],
    unexplainedNeurons: [],
    changes: [],
    verdict: describeVerdict(verdict),
  };
}
