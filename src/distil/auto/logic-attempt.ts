/** The Logic student on the layers behind a cut. */
import { decisionsOf } from '../../ir/decision.js';
import { sizeOf } from '../../ir/model-interface.js';
import { interfaceOf } from '../../ir/network.js';
import type { StagedNetwork } from '../../ir/network.js';
import { diagnose } from '../../diagnostics/diagnostic.js';
import { mapBlock, mapLeaves } from '../../students/logic/guards.js';
import { DEFAULT_LOGIC_SETTINGS } from '../../students/logic/problem.js';
import type { LogicSettings } from '../../students/logic/problem.js';
import { blockToProgram } from '../../students/logic/to-program.js';
import { leavesOf } from '../../students/logic/tree.js';
import { chooseRules } from '../logic-choose.js';
import { exactRulesOf } from '../logic-exact.js';
import { toDecision } from '../logic.js';
import { logicSubjectOf } from '../logic-subject.js';
import type { LogicSubject } from '../logic-subject.js';
import { inputBehind, joinAtCut } from './attempt.js';
import type { Attempt } from './attempt.js';
import type { Cut } from './cut.js';
import { rowsOfCut } from './rows.js';

/** Questions asked to a whole network before a tree grows. */
const ROWS = 40_000;

export interface LogicAsked {
  readonly fidelity: number;
  readonly seed: number;
  readonly shouldStop?: () => boolean;
}

/**
 * The shortest rules of the fidelity; those of all inputs, where they are few and their rules short.
 *
 * @throws Diagnostic LOGIC_NOT_FAITHFUL where none reach it, and those of `logicSubjectOf`.
 */
export function attemptLogic(
  network: StagedNetwork,
  cut: Cut,
  { fidelity, seed, shouldStop }: LogicAsked,
): Attempt {
  const settings = { ...DEFAULT_LOGIC_SETTINGS, seed };
  const found =
    cut.before === undefined
      ? logicSubjectOf(network, undefined, settings, { rows: ROWS, strategy: 'uniform' })
      : subjectBehind(network, { ...cut, before: cut.before }, settings);
  const subject: LogicSubject = {
    ...found,
    problem: { ...found.problem, ...(shouldStop === undefined ? {} : { shouldStop }) },
  };
  const { model, inputs, ranges } = subject;
  const selection = { kind: 'fidelity', least: fidelity } as const;
  const choice = exactRulesOf(subject) ?? chooseRules(subject, { selection });
  const decides = subject.decides && choice.exact?.explains !== 'scores';
  const block = mapLeaves(choice.block, (leaf) => toDecision(leaf, model));
  const own = blockToProgram(
    mapBlock(block, (feature) => inputs[feature]),
    model,
    { decides },
  );
  const program =
    cut.before === undefined ? own : joinAtCut(network, { ...cut, before: cut.before }, own);
  return {
    program,
    complexity: leavesOf(choice.tree).length,
    ...(decides ? { explains: 'decisions' as const } : {}),
    isExact: choice.exact?.explains === 'scores',
    ...(ranges === undefined ? {} : { ranges }),
  };
}

/** What lies behind a cut as a subject: the features are the cells between. */
function subjectBehind(
  network: StagedNetwork,
  cut: Required<Cut>,
  settings: LogicSettings,
): LogicSubject {
  const decides = network.decision.kind !== 'none';
  const cells = network.outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (!decides && cells > 1) throw diagnose('LOGIC_SEVERAL_OUTPUTS', {}, { outputs: cells });
  const input = inputBehind(cut);
  const names = input.features ?? [];
  const rows = rowsOfCut(network, cut.before.network, names, settings.seed);
  const { training, ...judged } = decides ? rows.decisions() : rows.scores(0);
  return {
    kind: 'network',
    notes: [],
    name: network.outputs[0].name,
    model: { ...interfaceOf(network), inputs: [input] },
    decides,
    problem: {
      data: training,
      classes: decides ? decisionsOf(network).length : 0,
      domains: rows.domains,
      settings,
    },
    inputs: names.map((_, position) => position),
    ...(rows.ranges === undefined ? {} : { ranges: rows.ranges }),
    ...judged,
  };
}
