/**
 * The Logic student's pipeline: subject → tree → pruned, selected, rounded → Program → text → verdict →
 * report. What leaves has been measured from its own text.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
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
import { mapBlock, mapLeaves } from '../students/logic/guards.js';
import { blockToProgram } from '../students/logic/to-program.js';
import { leavesOf } from '../students/logic/tree.js';
import type { Leaf, Tree } from '../students/logic/tree.js';
import { verify, verifyRows } from '../verify/index.js';
import { JUDGED_PROBES } from './judged-rows.js';
import { chooseRules } from './logic-choose.js';
import type { ChoiceOptions } from './logic-choose.js';
import { logicFindingsOf } from './logic-findings.js';
import { judgeByLabels } from './logic-labels.js';
import type { LabelledRows } from './logic-labels.js';
import { fidelityOnRows } from './logic-measure.js';
import type { LogicChoice } from './logic-measure.js';
import type { LogicSubject } from './logic-subject.js';

export interface LogicOptions extends ChoiceOptions {
  readonly showsSupport?: boolean;
  /** What the student was told, for the report. */
  readonly told?: LogicFindings['settings'];
  /** Text of the options for the module's header. */
  readonly settings?: string;
  /** Rows with labels that rules and network are held against; of a network that decides. */
  readonly labelled?: LabelledRows;
}

export interface LogicDistilled {
  readonly code: string;
  readonly verdict: Verdict;
  readonly report: LogicReport;
  readonly findings: LogicFindings;
  /** The tree of the module; features as in the problem. */
  readonly tree: Tree;
}

/** @throws Diagnostic as `chooseRules`. */
export async function distilLogic(
  subject: LogicSubject,
  options: LogicOptions = {},
): Promise<LogicDistilled> {
  const choice = chooseRules(subject, options);
  const { tree } = choice;
  const { emitted, verdict } = await emitAndJudge(subject, choice, options);
  const findings: LogicFindings = {
    ...logicFindingsOf(subject, choice, options.told ?? {}),
    ...labelsOf(subject, choice, options),
  };
  const report = buildLogicReport(reportOf(subject, emitted, verdict), findings);
  return { code: emitted.code, verdict, report, findings, tree };
}

function labelsOf(
  subject: LogicSubject,
  { block }: LogicChoice,
  { labelled }: LogicOptions,
): Pick<LogicFindings, 'labels'> {
  const { network } = subject;
  if (labelled === undefined || network === undefined) return {};
  return { labels: judgeByLabels(subject, network, block, labelled) };
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
    { decides, showsSupport, countsRows: subject.table !== undefined },
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
  const { decides, ranges, declared, inRange, outOfRange, problem, table } = subject;
  const { seed } = problem.settings;
  const heldOut =
    table?.heldOut === undefined
      ? {}
      : { fidelityHeldOut: roundFidelity(fidelityOnRows(subject, tree, table.heldOut)) };
  return {
    ...(declared === undefined ? {} : { target: declared }),
    ...(decides ? { explains: 'decisions' as const } : {}),
    complexity: leavesOf(tree).length,
    fidelity: roundFidelity(fidelityOnRows(subject, tree, inRange)),
    ...(outOfRange === undefined
      ? {}
      : { fidelityOutOfRange: roundFidelity(fidelityOnRows(subject, tree, outOfRange)) }),
    ...heldOut,
    measured:
      table === undefined
        ? { kind: 'probes', count: JUDGED_PROBES, seed }
        : {
            kind: 'rows',
            count: inRange.target.length,
            ...(table.heldOut === undefined
              ? {}
              : { heldOut: { share: table.heldOutShare, seed } }),
          },
    ...(ranges === undefined ? {} : { ranges }),
  };
}

/** A class as the decision that it stands for. */
export function toDecision(leaf: Leaf, model: ModelInterface): Leaf {
  const { prediction } = leaf;
  if (prediction.kind !== 'class') return leaf;
  return { ...leaf, prediction: { kind: 'class', index: decisionsOf(model)[prediction.index] } };
}

/** The module is measured again from its text: on fresh answers of the network, or on the table's rows. */
function judge({ network, model, inRange }: LogicSubject, code: string): Promise<Verdict> {
  return network === undefined ? verifyRows(model, code, inRange) : verify(network, code);
}

function reportOf({ network, model }: LogicSubject, emitted: Emitted, verdict: Verdict): Report {
  const { lines, bytes, weightsInData } = emitted;
  return {
    schema: 1,
    model:
      network === undefined
        ? { name: model.name, source: model.source, parameters: 0, neurons: 0, layers: 0 }
        : describeModel(network),
    code: { lines, bytes, weightsInData },
    clusters: [],
    unexplainedNeurons: [],
    changes: [],
    verdict: describeVerdict(verdict),
  };
}
