import { describe, expect, it } from 'vitest';
import {
  binProbabilities,
  countedShare,
  expectedCalibrationError,
} from '../../../src/numeric/calibration.js';

describe('binProbabilities', () => {
  it('counts rows by tenths, ends included, and leaves empty bins out', () => {
    const probabilities = [0, 0.05, 0.1, 0.55, 0.59, 1];
    const cameTrue = [false, true, false, true, true, true];
    const bins = binProbabilities(probabilities, cameTrue);
    expect(bins.map(({ least, most, rows, hits }) => [least, most, rows, hits])).toEqual([
      [0, 0.1, 2, 1],
      [0.1, 0.2, 1, 0],
      [0.5, 0.6, 2, 2],
      [0.9, 1, 1, 1],
    ]);
    expect(bins[2].predicted).toBeCloseTo(0.57, 12);
  });
});

describe('expectedCalibrationError', () => {
  it('is the mean distance by rows', () => {
    const bins = [
      { rows: 30, predicted: 0.5, hits: 15 },
      { rows: 10, predicted: 0.9, hits: 5 },
    ];
    expect(expectedCalibrationError(bins)).toBeCloseTo((10 * 0.4) / 40, 12);
    expect(expectedCalibrationError([])).toBe(0);
  });
});

describe('countedShare', () => {
  it('has the interval of Wilson', () => {
    const { share, interval } = countedShare(9, 10);
    expect(share).toBe(0.9);
    expect(interval[0]).toBeCloseTo(0.5958, 4);
    expect(interval[1]).toBeCloseTo(0.9821, 4);
  });
});
