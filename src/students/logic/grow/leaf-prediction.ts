/** What a node says as a leaf: a class, a number, or an affine function where the settings allow it. */
import type { LogicProblem } from '../problem.js';
import type { Prediction } from '../tree.js';
import { fitAffine, hasAffineLeaves } from './affine.js';
import type { RowStore } from './row-store.js';
import { predictionOf } from './statistics.js';
import type { Bounds, Rows, Statistics } from './statistics.js';

export function leafPrediction(
  problem: LogicProblem,
  store: Pick<RowStore, 'columns' | 'target' | 'weights'>,
  statistics: Statistics,
  bounds: Bounds,
  rows: Rows,
): Prediction {
  if (!hasAffineLeaves(problem)) return predictionOf(problem, statistics, bounds);
  return { kind: 'values', cells: [fitAffine(store, problem.domains.length, rows)] };
}
