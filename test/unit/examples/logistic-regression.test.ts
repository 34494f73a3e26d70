import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLogistic } from '../../../examples/common/logistic-regression.js';
import { createRandom } from '../../../src/numeric/random.js';

describe('fitLogistic', () => {
  it('makes the gradient vanish', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (seed, width) => {
        const random = createRandom(seed);
        const examples = Array.from({ length: 40 }, () => {
          const features = Array.from({ length: width }, () => random.normal());
          return { features, answer: random.unit() < 1 / (1 + Math.exp(-features[0])) };
        });
        const weights = fitLogistic(examples, 0.01);
        for (let k = 0; k < width; k++) {
          const slope = examples.reduce((sum, { features, answer }) => {
            const z = features.reduce((total, value, i) => total + value * weights[i], 0);
            return sum + (1 / (1 + Math.exp(-z)) - (answer ? 0.99 : 0.01)) * features[k];
          }, 0);
          expect(Math.abs(slope)).toBeLessThan(1e-8);
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('reaches the certainty asked for on separable data, with the least weights', () => {
    const examples = [
      { features: [1, 1, 0], answer: true },
      { features: [-1, -1, 0], answer: false },
    ];
    const [first, second, third] = fitLogistic(examples, 1e-10);
    expect(first).toBe(second);
    expect(third).toBe(0);
    expect(first + second).toBeCloseTo(Math.log(1e10 - 1), 8);
  });
});
