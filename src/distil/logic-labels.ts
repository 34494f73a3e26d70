/**
 * Rules and the network they were found for, both held against labels: which of them is right how often, and
 * whether what they give as probabilities comes true.
 */
import { decide, decisionsOf } from '../ir/decision.js';
import { sizeOf } from '../ir/model-interface.js';
import type { ModelInterface } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';
import type { Calibration, LabelFindings } from '../ir/student.js';
import {
  binProbabilities,
  countedShare,
  expectedCalibrationError,
} from '../numeric/calibration.js';
import { guardHolds } from '../students/logic/guards.js';
import type { Block } from '../students/logic/guards.js';
import type { Leaf } from '../students/logic/tree.js';
import { rulesOf } from '../students/logic/words.js';
import { createTeacher } from '../verify/teacher.js';
import { answerNamesOf } from './logic-findings.js';
import type { LogicSubject } from './logic-subject.js';

/** Rows with what they are labelled as. */
export interface LabelledRows {
  /** The column of the labels. */
  readonly column: string;
  /** One for each flattened input cell of the model. */
  readonly columns: readonly Float64Array[];
  /** Positions among `decisionsOf(model)`. */
  readonly labels: Float64Array;
}

/** @param block the rules, their features as in the problem, with how often each agrees with the network. */
export function judgeByLabels(
  subject: LogicSubject,
  network: StagedNetwork,
  block: Block,
  { column, columns, labels }: LabelledRows,
): LabelFindings {
  const rules = rulesOf(block);
  const answers = rules.map(({ leaf }) => classOf(leaf, subject.model));
  const rows = labels.length;
  const ruleAt = Array.from(labels, (_, row) => {
    const valueAt = (feature: number): number => columns[subject.inputs[feature]][row];
    return rules.findIndex(({ guards }) => guards.every((one) => guardHolds(one, valueAt)));
  });
  const told = askNetwork(network, columns, rows);
  const ruleIsRight = ruleAt.map((rule, row) => answers[rule] === labels[row]);
  const networkIsRight = told.map(({ decided }, row) => decided === labels[row]);
  const count = (holds: (row: number) => boolean): number =>
    ruleAt.filter((_, row) => holds(row)).length;
  const bins = rules.flatMap(({ leaf }, rule) => {
    const own = count((row) => ruleAt[row] === rule);
    const predicted = leaf.support > 0 ? leaf.agreeing / leaf.support : 1;
    const hits = count((row) => ruleAt[row] === rule && ruleIsRight[row]);
    return own === 0 ? [] : [{ rule, predicted, rows: own, hits }];
  });
  const calibrationOfNetwork = calibrate(subject, network, told, labels, networkIsRight);
  return {
    column,
    rows,
    rules: countedShare(
      count((row) => ruleIsRight[row]),
      rows,
    ),
    network: countedShare(
      count((row) => networkIsRight[row]),
      rows,
    ),
    bothRight: count((row) => ruleIsRight[row] && networkIsRight[row]),
    onlyRules: count((row) => ruleIsRight[row] && !networkIsRight[row]),
    onlyNetwork: count((row) => !ruleIsRight[row] && networkIsRight[row]),
    neither: count((row) => !ruleIsRight[row] && !networkIsRight[row]),
    calibrationOfRules: calibrationOf('answer', bins),
    ...(calibrationOfNetwork === undefined ? {} : { calibrationOfNetwork }),
  };
}

/** What a leaf decides, as a position; of exact rules, which give scores, what follows from them. */
function classOf({ prediction }: Leaf, model: ModelInterface): number {
  if (prediction.kind === 'class') return prediction.index;
  const scores = prediction.cells.map(({ offset }) => offset);
  return decisionsOf(model).indexOf(decide(model.decision, scores));
}

interface Told {
  /** Position among the decisions. */
  readonly decided: number;
  readonly scores: ArrayLike<number>;
}

function askNetwork(
  network: StagedNetwork,
  columns: readonly Float64Array[],
  rows: number,
): readonly Told[] {
  const teacher = createTeacher(network);
  const decisions = decisionsOf(network);
  return Array.from({ length: rows }, (_, row) => {
    let cell = 0;
    const inputs = network.inputs.map(({ shape }) =>
      Float64Array.from({ length: sizeOf(shape) }, () => columns[cell++][row]),
    );
    // The teacher computes in place: what is kept is copied.
    const outputs = teacher.forward(inputs);
    return { decided: decisions.indexOf(teacher.decide(outputs)), scores: outputs[0].slice() };
  });
}

/**
 * Of one sigmoid the probability of the second class; of a softmax, or several sigmoids, that of the answer
 * (Guo, Pleiss, Sun and Weinberger 2017).
 */
function calibrate(
  subject: LogicSubject,
  network: StagedNetwork,
  told: readonly Told[],
  labels: Float64Array,
  isRight: readonly boolean[],
): Calibration | undefined {
  const [result] = network.results;
  const last = result.kind === 'layer' ? network.layers[result.index] : undefined;
  const activation = last?.kind === undefined ? last?.activation.kind : undefined;
  const { kind } = network.decision;
  if (kind === 'threshold' && activation === 'sigmoid') {
    const probabilities = told.map(({ scores }) => scores[0]);
    const isSecond = Array.from(labels, (label) => label === 1);
    const label = answerNamesOf(subject)[1];
    return calibrationOf({ label }, binProbabilities(probabilities, isSecond));
  }
  if (kind !== 'argmax' || (activation !== 'softmax' && activation !== 'sigmoid')) return undefined;
  const probabilities = told.map(({ decided, scores }) => scores[decided]);
  return calibrationOf('answer', binProbabilities(probabilities, isRight));
}

interface Bin {
  readonly rule?: number;
  readonly least?: number;
  readonly most?: number;
  readonly rows: number;
  readonly predicted: number;
  readonly hits: number;
}

function calibrationOf(of: Calibration['of'], bins: readonly Bin[]): Calibration {
  return {
    of,
    bins: bins.map(({ hits, ...bin }) => ({ ...bin, observed: countedShare(hits, bin.rows) })),
    expectedError: expectedCalibrationError(bins),
  };
}
