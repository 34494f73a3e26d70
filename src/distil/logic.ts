/**
 * The Logic student's pipeline: subject → tree → pruned, selected, rounded → Program → text → verdict →
 * report. What leaves has been measured from its own text.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { emitProgram } from '../emit/index.js';
import type { Emitted } from '../emit/index.js';
import { decisionsOf } from '../ir/decision.js';
import { roundFidelity } from '../ir/fidelity.js';
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
import { treeToProgram } from '../students/logic/to-program.js';
import { leavesOf, mapFeatures } from '../students/logic/tree.js';
import type { Tree } from '../students/logic/tree.js';
import { verify } from '../verify/index.js';
import { JUDGED_PROBES } from './judged-rows.js';
import { logicFindingsOf } from './logic-findings.js';
import { fidelityOnRows } from './logic-measure.js';
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

/** @throws Diagnostic LOGIC_NOT_FAITHFUL where no tree reaches the fidelity that was asked for. */
export async function distilLogic(
  subject: LogicSubject,
  options: LogicOptions = {},
): Promise<LogicDistilled> {
  const choice = choose(subject, options.selection ?? { kind: 'best' });
  const { tree } = choice;
  const emitted = await emitTree(subject, tree, options);
  const verdict = await judge(subject, emitted.code);
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
  return { growth, front, selected, selection: wordsOf(selection), tree, rounded: told };
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
  const found = selectTree(
    front,
    rows,
    selection.kind === 'fidelity' ? selection.least : undefined,
  );
  return found === undefined ? undefined : front.indexOf(found);
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

async function emitTree(
  subject: LogicSubject,
  tree: Tree,
  { showsSupport = false, settings }: LogicOptions,
): Promise<Emitted> {
  const { model, decides, inputs, ranges, declared, inRange, outOfRange } = subject;
  const { seed } = subject.problem.settings;
  const program = treeToProgram(
    mapFeatures(toDecisions(tree, subject), (feature) => inputs[feature]),
    model,
    { decides, showsSupport },
  );
  const problems = checkProgram(program, { lowered: true });
  if (problems.length > 0) {
    throw diagnose('INTERNAL_ILLEGAL_LEVEL', {}, { level: 'program', problem: problems[0] });
  }
  const approximation = {
    ...(declared === undefined ? {} : { target: declared }),
    ...(decides ? { explains: 'decisions' as const } : {}),
    complexity: leavesOf(tree).length,
    fidelity: roundFidelity(fidelityOnRows(subject, tree, inRange)),
    ...(outOfRange === undefined
      ? {}
      : { fidelityOutOfRange: roundFidelity(fidelityOnRows(subject, tree, outOfRange)) }),
    measured: { kind: 'probes' as const, count: JUDGED_PROBES, seed },
    ...(ranges === undefined ? {} : { ranges }),
  };
  return emitProgram(program, {
    verdict: 'approximate',
    tolerance: 0,
    approximation,
    ...(settings === undefined ? {} : { settings }),
  });
}

/** Classes as the decisions that they stand for. */
function toDecisions(tree: Tree, { decides, model }: LogicSubject): Tree {
  if (!decides) return tree;
  const decisions = decisionsOf(model);
  const visit = (part: Tree): Tree => {
    if (part.kind === 'split') return { ...part, yes: visit(part.yes), no: visit(part.no) };
    const { prediction } = part;
    if (prediction.kind !== 'class') return part;
    return { ...part, prediction: { kind: 'class', index: decisions[prediction.index] } };
  };
  return visit(tree);
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
