/**
 * What a student is told of the layers behind a cut: rows of what the layers before give, at inputs spread
 * over the domain, with the network's answers there. It is asked nowhere else, since not every combination of
 * these cells can occur.
 */
import { decisionsOf } from '../../ir/decision.js';
import { cellDomainsOf, inRangeProbes, outOfRangeProbes } from '../../ir/fidelity-probes.js';
import type { FidelityProbe } from '../../ir/fidelity-probes.js';
import type { CellRange } from '../../ir/fidelity.js';
import type { CellDomain } from '../../ir/model-interface.js';
import { interfaceOf } from '../../ir/network.js';
import type { StagedNetwork } from '../../ir/network.js';
import { hullOf } from '../../numeric/hull.js';
import { boxOf } from '../../students/probes/box.js';
import type { Dataset } from '../../students/math/problem.js';
import { createTeacher } from '../../verify/teacher.js';
import { forwardWork } from '../../verify/work.js';
import { JUDGED_PROBES } from '../judged-rows.js';
import { rangesOf } from '../subject.js';

/** Rows to learn from, where a forward pass is not too long. */
const MOST_ROWS = 20_000;
const FEWEST_ROWS = 500;

/** Multiplications that all of them may take: some seconds. */
const MOST_WORK = 2e9;

/** Tells the inputs of rows to learn from and of rows to be judged on apart. */
const TRAINING_SEED = 0x6c6561;

/** The rows of one target. */
export interface TargetRows {
  readonly training: Dataset;
  readonly inRange: Dataset;
  readonly outOfRange?: Dataset;
}

export interface CutRows {
  /** The domain of each cell, as far as the rows tell. */
  readonly domains: readonly CellDomain[];
  /** The ranges of the inputs that the domain leaves open. */
  readonly ranges?: readonly CellRange[];
  /** The rows with the decision, as a position among `decisionsOf`, as their target. */
  readonly decisions: () => TargetRows;
  /** The rows with a cell of the outputs as their target. */
  readonly scores: (cell: number) => TargetRows;
}

/**
 * @param before the layers before the cut.
 * @param names one for each cell that they give.
 */
export function rowsOfCut(
  network: StagedNetwork,
  before: StagedNetwork,
  names: readonly string[],
  seed: number,
): CutRows {
  const model = interfaceOf(network);
  const { cells } = boxOf(cellDomainsOf(model));
  const ranges = rangesOf(model, [...cells.keys()], cells);
  const bounds = ranges === undefined ? {} : { ranges };
  const affordable = Math.floor(MOST_WORK / (1 + 2 * forwardWork(network)));
  const rows = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable));
  const judged = { count: JUDGED_PROBES, seed, ...bounds };
  const outside = outOfRangeProbes(model, judged);
  const answer = answersTo(network, before);
  const training = answer(inRangeProbes(model, { count: rows, seed: seed ^ TRAINING_SEED, ...bounds })); // prettier-ignore
  const inRange = answer(inRangeProbes(model, judged));
  const outOfRange = outside === undefined ? undefined : answer(outside);
  const rowsOf = (target: (answered: Answered) => Float64Array): TargetRows => {
    const dataOf = (answered: Answered): Dataset => ({
      names,
      columns: answered.columns,
      target: target(answered),
    });
    return {
      training: dataOf(training),
      inRange: dataOf(inRange),
      ...(outOfRange === undefined ? {} : { outOfRange: dataOf(outOfRange) }),
    };
  };
  const last = before.layers[before.layers.length - 1];
  const isSign =
    last.kind === undefined && (last.activation.kind === 'sign' || last.activation.kind === 'step');
  return {
    domains: training.columns.map((column) => domainOf(column, isSign)),
    ...bounds,
    decisions: () => rowsOf(({ decisions }) => decisions),
    scores: (cell) => rowsOf(({ scores }) => scores[cell]),
  };
}

interface Answered {
  readonly columns: readonly Float64Array[];
  readonly decisions: Float64Array;
  readonly scores: readonly Float64Array[];
}

function answersTo(
  network: StagedNetwork,
  before: StagedNetwork,
): (probes: readonly FidelityProbe[]) => Answered {
  const [whole, first] = [createTeacher(network), createTeacher(before)];
  const classes = new Map(decisionsOf(network).map((decided, index) => [decided, index]));
  return (probes) => {
    const decisions = new Float64Array(probes.length);
    const scores = probes.map((probe, row) => {
      const outputs = whole.forward(probe);
      decisions[row] = classes.get(whole.decide(outputs)) ?? 0;
      return outputs.flatMap((output) => [...output]);
    });
    const between = probes.map((probe) => first.forward(probe)[0].slice());
    return { columns: transposed(between), decisions, scores: transposed(scores) };
  };
}

function transposed(rows: readonly ArrayLike<number>[]): readonly Float64Array[] {
  return Array.from({ length: rows[0].length }, (_, k) => Float64Array.from(rows, (row) => row[k]));
}

/** What a threshold gives is one of few values; of anything else only the range is known. */
function domainOf(column: Float64Array, isSign: boolean): CellDomain {
  const [min, max] = hullOf(column);
  const values = isSign ? [...new Set(column)].sort((a, b) => a - b) : [];
  if (isSign || min === max) return { kind: 'values', values: isSign ? values : [min] };
  return { kind: 'interval', min, max };
}
