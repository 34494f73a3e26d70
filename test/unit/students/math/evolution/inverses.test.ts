import { describe, expect, it } from 'vitest';
import { codeOfOperator } from '../../../../../src/students/math/evolution/genome.js';
import { inverseOf } from '../../../../../src/students/math/evolution/inverses.js';
import { OPERATORS } from '../../../../../src/students/math/operators/index.js';

const POINTS = [-2.3, -0.8, -0.2, 0.3, 0.7, 1.9];

describe('inverseOf', () => {
  it('gives back the argument from the value, next to what it was', () => {
    let checked = 0;
    for (const operator of OPERATORS) {
      for (let argument = 0; argument < operator.arity; argument++) {
        const inverse = inverseOf(codeOfOperator(operator.name), argument);
        if (inverse === undefined || operator.arity === 3) continue;
        for (const [k, at] of POINTS.entries()) {
          const other = POINTS[(k + 2) % POINTS.length];
          const [left, right] = argument === 0 ? [at, other] : [other, at];
          const value = operator.arity === 1 ? operator.value(at) : operator.value(left, right);
          if (!Number.isFinite(value)) continue;
          const found = inverse(value, other, at + 0.01);
          const again =
            operator.arity === 1
              ? operator.value(found)
              : argument === 0
                ? operator.value(found, other)
                : operator.value(other, found);
          expect(Math.abs(again - value), `${operator.name} at ${at}, ${other}`).toBeLessThan(1e-9);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('has none for what has no inverse', () => {
    expect(inverseOf(codeOfOperator('floor'), 0)).toBeUndefined();
    expect(inverseOf(codeOfOperator('cond'), 1)).toBeUndefined();
  });
});
