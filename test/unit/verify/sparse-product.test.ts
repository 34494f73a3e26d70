import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sparseRows } from '../../../src/ir/builders.js';
import { createProduct } from '../../../src/verify/sparse-product.js';

describe('createProduct', () => {
  it('equals the definition for every share of zeros, in weights and in the vector', () => {
    const mostlyZero = fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: -9, max: 9 }) },
    );
    const never = fc.integer({ min: 1, max: 9 });
    const vector = (width: number) =>
      fc.oneof(
        fc.array(mostlyZero, { minLength: width, maxLength: width }),
        fc.array(never, { minLength: width, maxLength: width }),
      );
    const problem = fc.integer({ min: 1, max: 11 }).chain((width) =>
      fc.tuple(fc.array(vector(width), { minLength: 1, maxLength: 5 }), vector(width), vector(width)),
    ); // prettier-ignore
    fc.assert(
      fc.property(problem, ([rows, first, second]) => {
        const multiply = createProduct(sparseRows(rows), first.length);
        const sums = new Float64Array(rows.length);
        for (const source of [first, second]) {
          multiply(Float64Array.from(source), sums);
          // + 0 makes a negative zero positive: both are the same sum.
          expect(Array.from(sums, (sum) => sum + 0)).toEqual(
            rows.map((row) => row.reduce((sum, weight, k) => sum + weight * source[k], 0) + 0),
          );
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
