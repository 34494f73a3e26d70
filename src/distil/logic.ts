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
import type { Verdict, VerdictStatus } from '../ir/verdict.js';
import { buildLogicReport, describeModel, describeVerdict } from '../report/index.js';
import type { LogicReport, Report } from '../report/index.js';
import { mapBlock, mapLeaves } from '../students/logic/guards.js';
import { blockToProgram } from '../students/logic/to-program.js';
import { leavesOf } from '../students/logic/tree.js';
import type { Leaf, Tree } from '../students/logic/tree.js';
import { verify, verifyRows } from '../verify/index.js';
import type { VerifyOptions } from '../verify/index.js';
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

/**
 * What the module of a network's regions declares: all digits are printed, but linear programs tell regions
 * apart up to a tolerance of theirs, and sums round. The contract's default; the verdict says how far it is.
 */
const REGION_TOLERANCE = 1e-6;

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

/** Statuses that a module may claim of itself besides `approximate`. */
const EXACT_STATUSES: readonly VerdictStatus[] = ['proved', 'exhaustive', 'sampled'];

/**
 * `undefined` where the checker neither proves the rules nor finds them equal. The text is judged with its
 * claim left out, and printed again where that was too bold.
 */
async function emitExact(
  subject: LogicSubject,
  choice: LogicChoice,
  options: LogicOptions,
): Promise<Judged | undefined> {
  const claimed = await emitRules(subject, choice, options, { verdict: 'proved' });
  const verdict = await judge(subject, claimed.code, { ignoreVerdictString: true });
  const { status } = verdict;
  if (!EXACT_STATUSES.includes(status)) return undefined;
  if (status === 'proved') return { emitted: claimed, verdict };
  return { emitted: await emitRules(subject, choice, options, { verdict: status }), verdict };
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
    tolerance: exact?.regions === undefined ? 0 : REGION_TOLERANCE,
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
function judge(
  { network, model, inRange }: LogicSubject,
  code: string,
  options: VerifyOptions = {},
): Promise<Verdict> {
  return network === undefined ? verifyRows(model, code, inRange) : verify(network, code, options);
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
