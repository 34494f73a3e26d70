/** Whether probabilities come true: rows are binned by them, and each bin is counted. */
import { wilsonInterval } from './wilson.js';

export interface CountedBin {
  /** Where the bin begins and ends. */
  readonly least: number;
  readonly most: number;
  readonly rows: number;
  /** Mean probability of its rows. */
  readonly predicted: number;
  /** Rows for which it came true. */
  readonly hits: number;
}

/** Bins of equal width from 0 to 1. */
const BINS = 10;

/** The bins that hold rows, ascending; a probability on a border belongs to the bin above it. */
export function binProbabilities(
  probabilities: ArrayLike<number>,
  cameTrue: readonly boolean[],
): readonly CountedBin[] {
  const bins = Array.from({ length: BINS }, () => ({ rows: 0, sum: 0, hits: 0 }));
  for (let row = 0; row < probabilities.length; row++) {
    const bin = bins[Math.max(0, Math.min(BINS - 1, Math.floor(BINS * probabilities[row])))];
    bin.rows++;
    bin.sum += probabilities[row];
    bin.hits += Number(cameTrue[row]);
  }
  return bins.flatMap(({ rows, sum, hits }, k) =>
    rows === 0
      ? []
      : [{ least: k / BINS, most: (k + 1) / BINS, rows, predicted: sum / rows, hits }],
  );
}

/** The mean distance between predicted and observed shares, each bin counted by its rows; 0 without rows. */
export function expectedCalibrationError(
  bins: readonly Pick<CountedBin, 'rows' | 'predicted' | 'hits'>[],
): number {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  if (rows === 0) return 0;
  return bins.reduce((sum, bin) => sum + Math.abs(bin.rows * bin.predicted - bin.hits), 0) / rows;
}

/** A count as a share with its interval. */
export function countedShare(
  equal: number,
  count: number,
): { equal: number; share: number; interval: readonly [low: number, high: number] } {
  return {
    equal,
    share: count === 0 ? NaN : equal / count,
    interval: wilsonInterval(equal, count),
  };
}
