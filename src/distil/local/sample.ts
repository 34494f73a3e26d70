/**
 * The rows that a local formula is learned from (SLIME, in SymTorch, Tan and others 2025, after LIME,
 * Ribeiro and others 2016): neighbours among given rows and samples drawn evenly around the point, nearer
 * ones counting more, by a Gaussian kernel on the distance.
 */
import type { Random } from '../../numeric/random.js';
import type { Ask } from '../../students/ask.js';
import type { Dataset } from '../../students/math/problem.js';
import { joinPoints } from '../../students/probes/box.js';
import { boxAround, distancesOf, evenPoints } from './box.js';
import type { Columns, Place } from './box.js';

export interface SampleOptions {
  /** Half the width of the box that samples are drawn from, as a share of each feature's range. */
  readonly width: number;
  readonly samples: number;
  /** The nearest so many of the given rows. */
  readonly neighbours: number;
}

export interface LocalSample {
  readonly data: Dataset;
  readonly neighbours: number;
  readonly samples: number;
  /** Of the network's answers in the box, without the outermost twentieth on each side. */
  readonly range: number;
}

/** Width of the kernel in widths of the box: at its faces a row still counts a seventh along one feature. */
const KERNEL = 0.5;
/** Rows of less weight are left out. */
const LEAST_WEIGHT = 1e-4;
/** A pole within the box would be all of the range. */
const OUTERMOST = 0.05;

/** @param rows given rows, a column for each feature; absent: there are none. */
export function drawSample(
  place: Place,
  names: readonly string[],
  ask: Ask,
  { width, samples, neighbours }: SampleOptions,
  random: Random,
  rows?: Columns,
): LocalSample {
  const drawn = evenPoints(boxAround(place, width), samples, random);
  const near = rows === undefined ? undefined : nearest(place, rows, neighbours);
  const columns = near === undefined ? drawn : joinPoints([near, drawn]);
  const target = ask(columns);
  const weights = distancesOf(place, columns).map((distance) =>
    Math.exp(-0.5 * (distance / (KERNEL * width)) ** 2),
  );
  const given = near?.[0].length ?? 0;
  const isKept = (_: number, row: number): boolean =>
    weights[row] >= LEAST_WEIGHT && Number.isFinite(target[row]);
  const kept = target.filter(isKept).length;
  const keptGiven = target.filter((value, row) => row < given && isKept(value, row)).length;
  return {
    data: {
      names,
      columns: columns.map((column) => column.filter(isKept)),
      target: target.filter(isKept),
      weights: weights.filter(isKept),
    },
    neighbours: keptGiven,
    samples: kept - keptGiven,
    range: innerRange(target.subarray(given)),
  };
}

/** The nearest rows; of equally near ones the first. */
function nearest(place: Place, rows: Columns, count: number): Columns {
  const distances = distancesOf(place, rows);
  const order = Array.from(distances, (_, row) => row)
    .sort((one, other) => distances[one] - distances[other] || one - other)
    .slice(0, count);
  return rows.map((column) => Float64Array.from(order, (row) => column[row]));
}

function innerRange(values: Float64Array): number {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return 0;
  const last = sorted.length - 1;
  return sorted[Math.ceil((1 - OUTERMOST) * last)] - sorted[Math.floor(OUTERMOST * last)];
}
