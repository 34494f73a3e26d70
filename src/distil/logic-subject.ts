/**
 * What the Logic student explains: the decision of a network, or where it draws none one of its numbers, or
 * with exact rules all of them. A column of a table is a subject as well (`logic-table.ts`).
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { decisionsOf } from '../ir/decision.js';
import type { CellRange } from '../ir/fidelity.js';
import { sizeOf } from '../ir/model-interface.js';
import type { ModelInterface } from '../ir/model-interface.js';
import { interfaceOf } from '../ir/network.js';
import type { StagedNetwork } from '../ir/network.js';
import { declareTarget, describeTarget, networkOfTarget } from '../ir/target.js';
import type { DeclaredTarget, Target } from '../ir/target.js';
import type { Ask } from '../students/ask.js';
import { constantOf } from '../students/check-data.js';
import { interrogate } from '../students/interrogate.js';
import type { LogicProblem, LogicSettings } from '../students/logic/problem.js';
import type { Dataset } from '../students/math/problem.js';
import { labelOf } from '../verify/run-module.js';
import { createAsk, createDecisionAsk } from './create-ask.js';
import { judgedRows } from './judged-rows.js';
import type { JudgedRows } from './judged-rows.js';
import { rangesOf } from './subject.js';
import type { Asking } from './subject.js';

export interface LogicSubject extends JudgedRows {
  readonly kind: 'network' | 'table';
  readonly name: string;
  /** Of the module. */
  readonly model: ModelInterface;
  readonly network?: StagedNetwork;
  readonly declared?: DeclaredTarget;
  /** Whether answers are decisions; their classes are `decisionsOf(model)`, in order. */
  readonly decides: boolean;
  readonly problem: LogicProblem;
  /** For each feature of the problem its position among the input cells of the module. */
  readonly inputs: readonly number[];
  /** What counts as in range, one for each input cell; absent where the domain says it. */
  readonly ranges?: readonly CellRange[];
  /** Of a table: its rows are `inRange`, of which the problem has those that were not held out. */
  readonly table?: TableRows;
  readonly notes: readonly Diagnostic[];
}

/** How the rows of a table are used. */
export interface TableRows {
  /** Rows that nothing was learned from; absent where none were held out. */
  readonly heldOut?: Dataset;
  readonly heldOutShare: number;
}

/**
 * The subject of a network: its decision, or the target's number. Exact rules can tell several numbers at
 * once; the rows, which only say how often a rule answers, then have the first of them.
 *
 * @throws Diagnostic LOGIC_SEVERAL_OUTPUTS where there is neither one decision nor one number, and those of
 * the interrogation.
 */
export function logicSubjectOf(
  network: StagedNetwork,
  target: Target | undefined,
  settings: LogicSettings,
  asking: Asking = {},
  isExact = false,
): LogicSubject {
  const decide = target === undefined ? createDecisionAsk(network) : undefined;
  const decides = decide !== undefined;
  if (decides && network.outputs.length > 1) {
    throw diagnose('LOGIC_SEVERAL_OUTPUTS', {}, { outputs: network.outputs.length });
  }
  const count = network.outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const isSeveral = target === undefined && !decides && count > 1;
  if (isSeveral && !isExact) throw diagnose('LOGIC_SEVERAL_OUTPUTS', {}, { outputs: count });
  const cell = target ?? { kind: 'output', output: 0, cell: 0 };
  const model = interfaceOf(
    decides || target === undefined ? network : networkOfTarget(network, target),
  );
  const ask =
    decide === undefined ? createAsk({ network, target: cell }) : classesOf(model, decide);
  const found = interrogate(network, ask, { ...asking, seed: settings.seed, decide: ask });
  const ranges = rangesOf(model, found.features, found.domains);
  const { names } = found.training;
  return {
    kind: 'network',
    name: decides
      ? `decision of ${network.outputs[0].name}`
      : isSeveral
        ? network.outputs.map(({ name }) => name).join(', ')
        : describeTarget(network, cell),
    model,
    network,
    ...(target === undefined ? {} : { declared: declareTarget(network, target) }),
    decides,
    problem: {
      data: found.training,
      classes: decides ? decisionsOf(model).length : 0,
      domains: found.domains,
      settings,
      ...(isSeveral ? {} : { ask: found.ask }),
    },
    inputs: found.features,
    ...(ranges === undefined ? {} : { ranges }),
    notes: notesOn(found.training.target, decides ? model : undefined),
    ...judgedRows({ model, ask, inputs: found.features, names, ranges, seed: settings.seed }),
  };
}

/** Decisions as positions among all that the model can draw. */
function classesOf(model: ModelInterface, decide: Ask): Ask {
  const classes = new Map(decisionsOf(model).map((decided, index) => [decided, index]));
  return (columns) => decide(columns).map((decided) => classes.get(decided) ?? NaN);
}

/** Where all rows have one answer there is nothing to tell apart. */
function notesOn(target: Float64Array, decided: ModelInterface | undefined): readonly Diagnostic[] {
  const constant = constantOf(target);
  if (constant === undefined) return [];
  const answer = decided && labelOf(decided, decisionsOf(decided)[constant]);
  const values = { answer: String(answer ?? constant), rows: target.length };
  return [diagnose('LOGIC_SAME_ANSWER', {}, values)];
}
