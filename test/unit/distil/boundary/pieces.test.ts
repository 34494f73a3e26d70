/** Thresholds, scales, links and orders of classes, each by itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gauge } from '../../../../src/distil/boundary/gauge.js';
import { linkOf } from '../../../../src/distil/boundary/link.js';
import { rivalsOf } from '../../../../src/distil/boundary/rivals.js';
import type { Decider, Judged } from '../../../../src/distil/boundary/rivals.js';
import { comparisonsOf, orderClasses } from '../../../../src/distil/boundary/rules.js';
import { cutOf } from '../../../../src/distil/boundary/threshold.js';
import { evaluateFormula } from '../../../../src/students/math/engine/evaluate-formula.js';
import type { Formula } from '../../../../src/students/math/formula.js';
import { DEFAULT_SETTINGS } from '../../../../src/students/math/problem.js';
import { parseFormula } from '../../../../src/students/math/text/parse-formula.js';
import { printFormula } from '../../../../src/students/math/text/print-formula.js';

const NAMES = ['x1', 'x2'];

describe('cutOf', () => {
  it('finds a short threshold between the sides, whichever is above', () => {
    const values = Float64Array.from({ length: 100 }, (_, k) => k / 100);
    expect(cutOf(values, values.map((v) => Number(v > 0.4949)))).toEqual({ threshold: 0.49, isAbove: true, agreement: 1 }); // prettier-ignore
    const falling = cutOf(values, values.map((v) => Number(v < 0.305))); // prettier-ignore
    expect(falling).toMatchObject({ isAbove: false, agreement: 1 });
    expect(falling.threshold).toBeGreaterThanOrEqual(0.3);
    expect(falling.threshold).toBeLessThan(0.31);
  });

  it('agrees at least as well as any threshold, but for what a shorter one may cost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ value: fc.integer({ min: -20, max: 20 }), above: fc.boolean() }), { minLength: 1, maxLength: 60 }), // prettier-ignore
        (rows) => {
          const values = Float64Array.from(rows, ({ value }) => value);
          const isAbove = Uint8Array.from(rows, ({ above }) => Number(above));
          const { agreement, threshold, isAbove: rises } = cutOf(values, isAbove);
          const shareAt = (at: number, up: boolean): number =>
            rows.filter(({ value, above }) => value > at === (above === up)).length / rows.length;
          expect(agreement).toBeCloseTo(shareAt(threshold, rises), 12);
          const all = [-Infinity, ...values].flatMap((at) => [shareAt(at, true), shareAt(at, false)]); // prettier-ignore
          expect(agreement).toBeGreaterThanOrEqual(Math.max(...all) - 5e-4 - 1e-12);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('gauge', () => {
  it('takes the scale at which the numbers are shortest', () => {
    const points = Array.from({ length: 400 }, (_, k) => [((k * 7) % 40) / 20 - 1, (k % 20) / 10 - 1]); // prettier-ignore
    const truth = (x: readonly number[]): number => Number(Math.exp(x[0]) - Math.PI * x[1] > 1);
    const isAbove = Uint8Array.from(points, truth);
    const cutAgain = (formula: Formula) => cutOf(Float64Array.from(points, (x) => evaluateFormula(formula, x)), isAbove); // prettier-ignore
    const formula = parseFormula('x2 - 0.31831*exp(x1)', NAMES);
    const gauged = gauge({ formula, cut: cutAgain(formula) }, DEFAULT_SETTINGS, cutAgain, () => true); // prettier-ignore
    expect(printFormula(gauged.formula, NAMES)).toBe('exp(x1) - pi * x2');
    expect(gauged.cut.threshold).toBeCloseTo(1, 1);
    expect(gauged.cut.isAbove).toBe(true);
  });

  it('leaves what it may not replace', () => {
    const formula = parseFormula('0.123*x1 + 0.456*x2', NAMES);
    const cut = { threshold: 0.789, isAbove: true, agreement: 1 };
    expect(gauge({ formula, cut }, DEFAULT_SETTINGS, () => cut, () => false).formula).toBe(formula); // prettier-ignore
  });
});

describe('linkOf', () => {
  it('finds the monotone function, the simplest that will do', () => {
    const values = Float64Array.from({ length: 50 }, (_, k) => 0.5 + k / 20);
    const linear = linkOf(values, values.map((v) => 3 * v - 1)); // prettier-ignore
    expect(linear && printFormula(linear.formula, ['f'], { digits: 4 })).toBe('-1 + 3 * f');
    const bent = linkOf(values, values.map((v) => 2 - 5 * Math.log(v))); // prettier-ignore
    expect(bent && printFormula(bent.formula, ['f'], { digits: 4 })).toBe('2 - 5 * log(f)');
    expect(bent?.share).toBeCloseTo(1, 10);
    expect(linkOf(values.map(() => 1), values)).toBeUndefined(); // prettier-ignore
  });
});

describe('orders of classes', () => {
  // Class 0 below 1, class 1 from 1 to 2, class 2 above.
  const rows = Array.from({ length: 30 }, (_, k) => k / 10);
  const decided = rows.map((x) => Math.min(2, Math.floor(x)));

  it('leave the class for the end whose own number is no good', () => {
    const sides = [rows.map((x) => x < 1), rows.map(() => false), rows.map((x) => x >= 2)];
    const found = orderClasses(3, [{ above: 0 }, { above: 1 }, { above: 2 }], sides.map((side) => Uint8Array.from(side, Number)), decided); // prettier-ignore
    expect(found.agreement).toBe(1);
    expect(found.order[2]).toBe(1);
  });

  it('ask a class against those that come later', () => {
    const contrasts = [{ above: 1, below: 0 }, { above: 2, below: 0 }, { above: 2, below: 1 }]; // prettier-ignore
    expect(comparisonsOf(2, [0, 1], contrasts)).toEqual([
      { index: 1, isAbove: true },
      { index: 2, isAbove: true },
    ]);
    expect(comparisonsOf(0, [1], contrasts)).toEqual([{ index: 0, isAbove: false }]);
    const sides = [rows.map((x) => x >= 1), rows.map((x) => x >= 1.5), rows.map((x) => x >= 2)];
    const found = orderClasses(3, contrasts, sides.map((side) => Uint8Array.from(side, Number)), decided); // prettier-ignore
    expect(found.agreement).toBe(1);
  });
});

describe('rivalsOf', () => {
  const columns = [Float64Array.from({ length: 200 }, (_, k) => k / 100 - 1)];
  const decider = (text: string, threshold: number, agreement: number): Decider => ({
    formula: parseFormula(text, ['x']),
    cut: { threshold, isAbove: true, agreement },
    loss: 0.001,
  });
  const inside: Judged = { columns, isAbove: Uint8Array.from(columns[0], (x) => Number(x > 0)) };
  const words = {
    names: ['x'],
    tellCondition: ({ cut }: Decider): string => `f > ${cut.threshold}`,
    sides: ['low', 'high'] as const,
  };

  it('are those that decide no worse, with inputs at which they part', () => {
    const selected = decider('x', 0, 1);
    const found = rivalsOf(
      selected,
      [decider('x', 0.015, 0.99), decider('x', 0.5, 0.75), decider('x^3', 0, 1)],
      0.02,
      inside,
      { columns: [Float64Array.of(-2, 2)], isAbove: Uint8Array.of(0, 1) },
      words,
    );
    // The second decides worse than the network may be off, the third never parts.
    expect(found.map(({ condition }) => condition)).toEqual(['f > 0.015']);
    expect(found[0].parted).toBe(0.005);
    expect(found[0].examples).toEqual([
      {
        input: { x: columns[0][101] },
        isInDomain: true,
        selected: 'high',
        rival: 'low',
        ofNetwork: 'high',
      },
    ]);
  });
});
