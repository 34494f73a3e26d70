/**
 * The rows that formulas for a network are judged on: the very inputs on which the module's fidelity is
 * stated and measured again, so that reports and modules say the same.
 */
import { inRangeProbes, outOfRangeProbes } from '../ir/fidelity-probes.js';
import type { FidelityProbe } from '../ir/fidelity-probes.js';
import type { CellRange } from '../ir/fidelity.js';
import type { ModelInterface } from '../ir/model-interface.js';
import type { Ask } from '../students/ask.js';
import type { Dataset } from '../students/math/problem.js';

/** Probes of a fidelity, in range and out of range each. */
export const JUDGED_PROBES = 1000;

export interface JudgedRows {
  readonly inRange: Dataset;
  /** Rows around the domain whose answers are numbers; absent where nothing lies outside of it. */
  readonly outOfRange?: Dataset;
}

interface Judged {
  readonly model: ModelInterface;
  /** The target over all flattened input cells. */
  readonly ask: Ask;
  /** Positions of the formulas' variables among the cells, and their names. */
  readonly inputs: readonly number[];
  readonly names: readonly string[];
  readonly ranges: readonly CellRange[] | undefined;
  readonly seed: number;
}

export function judgedRows(judged: Judged): JudgedRows {
  const { model, ranges, seed } = judged;
  const settings = { count: JUDGED_PROBES, seed, ...(ranges === undefined ? {} : { ranges }) };
  const outside = outOfRangeProbes(model, settings);
  return {
    inRange: rowsOf(judged, inRangeProbes(model, settings)),
    ...(outside === undefined ? {} : { outOfRange: rowsOf(judged, outside) }),
  };
}

function rowsOf({ ask, inputs, names }: Judged, probes: readonly FidelityProbe[]): Dataset {
  const points = probes.map((probe) => probe.flatMap((input) => Array.from(input)));
  const cells = points[0].map((_, cell) => Float64Array.from(points, (point) => point[cell]));
  const target = ask(cells);
  const isKept = (_: number, row: number): boolean => Number.isFinite(target[row]);
  return {
    names,
    columns: inputs.map((cell) => cells[cell].filter(isKept)),
    target: target.filter(isKept),
  };
}
