/**
 * Leaving out cells that a block gives and that hardly matter: they are held at their mean. SymTorch prunes the
 * dimensions of least variance while a network trains, along a schedule; here the network is finished, so
 * nothing learns to do without what was left out, and what a stage costs is measured instead.
 */
import type { PruningFindings, Schedule } from '../../ir/hybrid.js';
import type { StagedNetwork } from '../../ir/network.js';
import { constant, variable } from '../../students/math/formula.js';
import { varianceOf } from './dependence.js';
import type { Block } from './block.js';
import { rowOf, valuesAt } from './record.js';
import type { Recorded } from './record.js';
import { fidelityOfWhole, runLayers } from './whole.js';
import type { InputAt } from './whole.js';

export interface PruneOptions {
  readonly schedule: Schedule;
  /** Cells that are kept whatever they matter. */
  readonly keep: number;
  /** The least fidelity of the whole with the cells left out held at their means. */
  readonly fidelity: number;
}

export interface Pruned {
  /** Positions of the cells that are kept, ascending. */
  readonly kept: readonly number[];
  /** For each cell its mean, shortened. */
  readonly means: readonly number[];
  readonly findings: PruningFindings;
}

/** Stages of a schedule, the one that keeps all left out. */
const STAGES = 8;

/** How steep the exponential schedule is: e^−3 of what it leaves out is left for its end. */
const DECAY = 3;

/** Rows that are looked at. */
const MOST_ROWS = 500;

/** Significant digits of a mean: far finer than what leaving out a cell changes. */
const MEAN_DIGITS = 6;

/**
 * How many cells are kept at each stage, from the first that leaves any out to the last, which keeps `target`.
 * At progress p = stage / stages the share of the cells to go that is gone is
 *
 *   linear p,   cosine (1 − cos πp) / 2,   exponential (1 − e^−3p) / (1 − e^−3)   (SymTorch; rounded up).
 *
 * Of a network that is not trained on, a schedule only says which counts are tried: the order in which cells
 * go is the same in all three, and so is the network between two stages. Exponential takes most at once and
 * ends in small steps, cosine begins and ends in small steps. Pruning ends before the first stage that
 * costs too much, so that small steps near the end leave out more where few cells matter.
 */
export function keptByStage(schedule: Schedule, cells: number, target: number): readonly number[] {
  const gone = {
    linear: (p: number) => p,
    cosine: (p: number) => (1 - Math.cos(Math.PI * p)) / 2,
    exponential: (p: number) => (1 - Math.exp(-DECAY * p)) / (1 - Math.exp(-DECAY)),
  }[schedule];
  const counts = Array.from({ length: STAGES }, (_, stage) => {
    const share = stage + 1 === STAGES ? 1 : gone((stage + 1) / STAGES);
    return Math.max(target, cells - Math.ceil((cells - target) * share));
  });
  return [...new Set(counts)].filter((count) => count < cells);
}

/** Leaves out cells stage by stage, as long as the whole stays faithful enough. */
export function pruneBlock(
  network: StagedNetwork,
  inputAt: InputAt,
  block: Block,
  recorded: Recorded,
  { schedule, keep, fidelity }: PruneOptions,
): Pruned {
  const values = valuesAt(recorded, block.end);
  const means = values.map((column) => Number(meanOf(column).toPrecision(MEAN_DIGITS)));
  const rows = Math.min(MOST_ROWS, recorded.count);
  const order = byImportance(network, inputAt, block, values, means, rows);
  const stages: { kept: number; fidelity: number }[] = [];
  let kept = values.length;
  for (const count of keptByStage(schedule, values.length, Math.min(keep, values.length))) {
    const formulas = formulasWith(order.slice(0, count), means);
    // The cells that are kept are given as they were recorded: an empty block of formulas behind this one.
    const at = { block: { ...block, first: block.end }, formulas };
    const reached = fidelityOfWhole(network, inputAt, [at], recorded, rows);
    stages.push({ kept: count, fidelity: reached });
    if (reached < fidelity) break;
    kept = count;
  }
  return {
    kept: order.slice(0, kept).sort((a, b) => a - b),
    means,
    findings: { schedule, stages, kept },
  };
}

function formulasWith(kept: readonly number[], means: readonly number[]) {
  const isKept = new Set(kept);
  return means.map((mean, cell) => (isKept.has(cell) ? variable(cell) : constant(mean)));
}

/**
 * The cells of a block, the one first without which the network's outputs change most: the mean square by
 * which an output moves when the cell is held at its mean, in units of that output's variance, of several
 * outputs the greatest. For what adds up linearly behind the block this is the cell's variance times its
 * squared weight; SymTorch takes the variance alone.
 */
function byImportance(
  network: StagedNetwork,
  inputAt: InputAt,
  { end }: Block,
  values: readonly Float64Array[],
  means: readonly number[],
  rows: number,
): readonly number[] {
  const behind = runLayers(network, end, network.layers.length, inputAt);
  const points = Array.from({ length: rows }, (_, row) => rowOf(values, row));
  const before = points.map((point) => Array.from(behind(point)));
  const variances = before[0].map((_, score) => varianceOf(before.map((row) => row[score])));
  const importances = means.map((mean, cell) => {
    const moved = new Float64Array(variances.length);
    points.forEach((point, row) => {
      const held = point.slice();
      held[cell] = mean;
      Array.from(behind(held)).forEach((score, k) => {
        if (variances[k] > 0) moved[k] += (score - before[row][k]) ** 2 / variances[k];
      });
    });
    return Math.max(...moved);
  });
  // Where the outputs do not move, as behind a threshold, the cells' own variances tell.
  const own = values.map((column) => varianceOf(column));
  return [...means.keys()].sort(
    (a, b) => importances[b] - importances[a] || own[b] - own[a] || a - b,
  );
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}
