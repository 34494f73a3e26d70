/** Fidelity as a number, and the inputs that it is measured on. */
import { describe, expect, it } from 'vitest';
import type { CellRange } from '../../../src/ir/fidelity.js';
import {
  explainedShare,
  fidelityOf,
  roundFidelity,
  tellFidelity,
} from '../../../src/ir/fidelity.js';
import { inRangeProbes, isBounded, outOfRangeProbes } from '../../../src/ir/fidelity-probes.js';
import type { CellDomain, ModelInterface } from '../../../src/ir/model-interface.js';

function model(...cells: readonly CellDomain[]): ModelInterface {
  return {
    name: 'model',
    source: 'sha256:test',
    inputs: [{ name: 'x', shape: [cells.length], domain: { kind: 'per-cell', cells } }],
    outputs: [{ name: 'y', shape: [1] }],
    decision: { kind: 'none' },
  };
}

const interval = (min: number, max: number): CellDomain => ({ kind: 'interval', min, max });
const REAL: CellDomain = { kind: 'real' };
const BITS: CellDomain = { kind: 'values', values: [0, 1] };

describe('fidelity', () => {
  it('is the share of variation that is explained', () => {
    expect(explainedShare([1, 2, 3, 4], [1, 2, 3, 4])).toBe(1);
    expect(explainedShare([1, 2, 3, 4], [2.5, 2.5, 2.5, 2.5])).toBe(0);
    expect(explainedShare([1, 2, 3, 4], [1, 2, 3, 5])).toBeCloseTo(0.8, 12);
    expect(explainedShare([1e9 + 1, 1e9 + 2], [1e9 + 1, 1e9 + 2.1])).toBeCloseTo(0.98, 5);
  });

  it('of a constant network is 1 or 0', () => {
    expect(explainedShare([2, 2], [2, 2])).toBe(1);
    expect(explainedShare([2, 2], [2, 2.1])).toBe(0);
  });

  it('has no bound where an answer is no number', () => {
    expect(explainedShare([1, 2], [1, NaN])).toBe(-Infinity);
    expect(explainedShare([1, 2], [1, Infinity])).toBe(-Infinity);
  });

  it('of several scores is the least', () => {
    const expected = [{ scores: [0, 0] }, { scores: [1, 1] }];
    expect(fidelityOf(expected, [{ scores: [0, 0] }, { scores: [1, 0.5] }])).toBeCloseTo(0.5, 12);
  });

  it('of decisions is the share of equal ones', () => {
    const answers = (...decisions: string[]) => decisions.map((decision) => ({ scores: [0], decision })); // prettier-ignore
    expect(fidelityOf(answers('a', 'b', 'a', 'b'), answers('a', 'b', 'b', 'b'))).toBe(0.75);
  });

  it('is stated rounded down', () => {
    expect(roundFidelity(0.99912399)).toBe(0.999123);
    expect(roundFidelity(1)).toBe(1);
    expect(roundFidelity(-0.5000001)).toBe(-0.500001);
    expect(roundFidelity(-Infinity)).toBe(-Infinity);
  });
});

describe('tellFidelity', () => {
  it.each([
    [1, '1'],
    [0.9999999, '0.999999'],
    [-0.25, '-0.25'],
    [-96150.3, '-96151'],
    [-Infinity, '-Infinity'],
  ])('says of %d never more than it is', (fidelity, text) => {
    expect(tellFidelity(fidelity)).toBe(text);
  });
});

describe('probes of fidelity', () => {
  const settings = { count: 500, seed: 3 };

  it('cover the domain', () => {
    const probes = inRangeProbes(model(interval(-1, 3), BITS), settings);
    const [first, second] = [0, 1].map((cell) => probes.map(([cells]) => cells[cell]));
    expect(Math.min(...first)).toBeGreaterThanOrEqual(-1);
    expect(Math.min(...first)).toBeLessThan(-0.9);
    expect(Math.max(...first)).toBeGreaterThan(2.9);
    expect(Math.max(...first)).toBeLessThanOrEqual(3);
    expect(new Set(second)).toEqual(new Set([0, 1]));
  });

  it('lie around it, half a width on each side', () => {
    const probes = outOfRangeProbes(model(interval(-1, 3), interval(0, 1), BITS), settings) ?? [];
    expect(probes).toHaveLength(500);
    for (const [[x, y, bit]] of probes) {
      expect(x < -1 || x > 3 || y < 0 || y > 1).toBe(true);
      expect(x >= -3 && x <= 5 && y >= -0.5 && y <= 1.5).toBe(true);
      expect([0, 1]).toContain(bit);
    }
    expect(probes.some(([[x]]) => x < -2.9)).toBe(true);
  });

  it('are none where there is no outside', () => {
    expect(outOfRangeProbes(model(BITS, interval(2, 2)), settings)).toBeUndefined();
    expect(outOfRangeProbes(model(interval(3, 3 + 2 ** -51)), settings)).toBeUndefined();
  });

  it('take ranges where a domain has no bounds', () => {
    const own = model(REAL, interval(0, 1));
    const ranges: CellRange[] = [[10, 20], [0.5, 1]]; // prettier-ignore
    expect(isBounded(own)).toBe(false);
    expect(() => inRangeProbes(own, settings)).toThrow('cell 0 has neither bounds nor a range');
    for (const [[x, y]] of inRangeProbes(own, { ...settings, ranges })) {
      expect(x >= 10 && x <= 20 && y >= 0.5 && y <= 1).toBe(true);
    }
    expect(() => inRangeProbes(own, { ...settings, ranges: ranges.slice(1) })).toThrow('1 ranges for 2 cells'); // prettier-ignore
    expect(() => inRangeProbes(own, { ...settings, ranges: [[2, 1], [0, 1]] })).toThrow('[2, 1] is no range'); // prettier-ignore
  });

  it('are the same for the same seed', () => {
    const own = model(interval(0, 1));
    expect(inRangeProbes(own, settings)).toEqual(inRangeProbes(own, settings));
    expect(inRangeProbes(own, settings)).not.toEqual(inRangeProbes(own, { ...settings, seed: 4 }));
  });
});
