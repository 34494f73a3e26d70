/**
 * What goes into and out of every block: one forward pass over rows spread over the domain, kept for all
 * blocks and all their dimensions. Rows to learn from and rows to be judged on are drawn apart; the latter
 * are those on which a module states its fidelity.
 */
import { decide } from '../../ir/decision.js';
import { cellDomainsOf, inRangeProbes, outOfRangeProbes } from '../../ir/fidelity-probes.js';
import type { FidelityProbe } from '../../ir/fidelity-probes.js';
import type { Answered, CellRange } from '../../ir/fidelity.js';
import { interfaceOf } from '../../ir/network.js';
import type { StagedNetwork } from '../../ir/network.js';
import { boxOf } from '../../students/probes/box.js';
import { createTeacher } from '../../verify/teacher.js';
import { forwardWork } from '../../verify/work.js';
import { JUDGED_PROBES } from '../judged-rows.js';
import { rangesOf } from '../subject.js';
import { cutsOfBlocks } from './block.js';

/** Rows to learn from, where a forward pass is not too long. */
const MOST_ROWS = 2000;
const FEWEST_ROWS = 300;

/** Multiplications that all of them may take: some seconds. */
const MOST_WORK = 2e9;

/** Tells the inputs of rows to learn from and of rows to be judged on apart. */
const TRAINING_SEED = 0x626c6b;

/** What was seen at some inputs. */
export interface Recorded {
  /** Number of rows. */
  readonly count: number;
  /** By number of layers before the cut: a column for each cell there; of 0 the inputs, flattened. */
  readonly at: ReadonlyMap<number, readonly Float64Array[]>;
  /** The network's scores and decision at each row. */
  readonly answers: readonly Answered[];
}

export interface Records {
  readonly training: Recorded;
  readonly inRange: Recorded;
  /** Absent where the domain has no outside. */
  readonly outOfRange?: Recorded;
  /** The ranges of the inputs that the domain leaves open. */
  readonly ranges?: readonly CellRange[];
}

/** The values at every place where the network can be cut. Equal seeds give equal rows. */
export function recordBlocks(network: StagedNetwork, seed: number): Records {
  const model = interfaceOf(network);
  const { cells } = boxOf(cellDomainsOf(model));
  const ranges = rangesOf(model, [...cells.keys()], cells);
  const bounds = ranges === undefined ? {} : { ranges };
  const affordable = Math.floor(MOST_WORK / (1 + 2 * forwardWork(network)));
  const count = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable));
  const judged = { count: JUDGED_PROBES, seed, ...bounds };
  const outside = outOfRangeProbes(model, judged);
  const record = createRecorder(network);
  return {
    training: record(inRangeProbes(model, { count, seed: seed ^ TRAINING_SEED, ...bounds })),
    inRange: record(inRangeProbes(model, judged)),
    ...(outside === undefined ? {} : { outOfRange: record(outside) }),
    ...bounds,
  };
}

function createRecorder(network: StagedNetwork): (probes: readonly FidelityProbe[]) => Recorded {
  const { layers, outputs, results, decision } = network;
  const inner = cutsOfBlocks(network).filter((kept) => kept > 0 && kept < layers.length);
  // The tensors at the cuts are read as outputs beside the network's own.
  const teacher = createTeacher({
    ...network,
    outputs: [
      ...outputs,
      ...inner.map((kept) => ({ name: layers[kept - 1].name, shape: layers[kept - 1].shape })),
    ],
    results: [...results, ...inner.map((kept) => ({ kind: 'layer', index: kept - 1 }) as const)],
    decision: { kind: 'none' },
  });
  return (probes) => {
    const seen = inner.map((): Float64Array[] => []);
    const answers = probes.map((probe): Answered => {
      const values = teacher.forward(probe);
      const scores = values.slice(0, outputs.length).flatMap((output) => [...output]);
      seen.forEach((rows, k) => rows.push(values[outputs.length + k].slice()));
      return answeredOf(decision, scores);
    });
    const at = new Map<number, readonly Float64Array[]>([
      [0, columnsOf(probes.map((probe) => probe.flatMap((input) => [...input])))],
    ]);
    inner.forEach((kept, k) => at.set(kept, columnsOf(seen[k])));
    const scores = answers.map((answer) => answer.scores);
    at.set(layers.length, columnsOf(scores));
    return { count: probes.length, at, answers };
  };
}

/** Scores with the decision that is drawn from them, where one is. */
export function answeredOf(
  decision: StagedNetwork['decision'],
  scores: readonly number[],
): Answered {
  return decision.kind === 'none' ? { scores } : { scores, decision: decide(decision, scores) };
}

function columnsOf(rows: readonly ArrayLike<number>[]): readonly Float64Array[] {
  return Array.from({ length: rows[0].length }, (_, k) => Float64Array.from(rows, (row) => row[k]));
}

/** The values at a cut. @throws TypeError where the network cannot be cut there. */
export function valuesAt({ at }: Recorded, kept: number): readonly Float64Array[] {
  const columns = at.get(kept);
  if (columns === undefined) throw new TypeError(`the network is not cut behind ${kept} layers`);
  return columns;
}

/** One row of columns. */
export function rowOf(columns: readonly Float64Array[], row: number): Float64Array {
  return Float64Array.from(columns, (column) => column[row]);
}
