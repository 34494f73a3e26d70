/**
 * Decision diagrams against full enumeration: random atoms over cells of several domains, stacked on each
 * other, and random sums of them; least and greatest value and the inputs that reach them must agree.
 */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { Budget } from '../../src/verify/checker/budget.js';
import { conjunction } from '../../src/verify/checker/conjunctions.js';
import { Context } from '../../src/verify/checker/context.js';
import { DiagramCones } from '../../src/verify/checker/diagram-cones.js';
import type { Num } from '../../src/verify/checker/num.js';
import { combine } from '../../src/verify/checker/num.js';
import { remainder } from '../../src/verify/checker/integer-parts.js';
import { compareEqual, compareGreater, maximum } from '../../src/verify/checker/operations.js';
import { choose, multiplied } from '../../src/verify/checker/products.js';
import { valueOf } from './checker-atoms.js';

const DOMAINS = [
  [0, 1],
  [0, 1],
  [0, 1],
  [-1, 0, 1],
  [0, 1, 2, 3],
  [0, 1],
  [-2, 5],
] as const;

/** A random sum of up to four of the numbers so far. */
function randomSum(context: Context, numbers: readonly Num[], random: Random): Num {
  let sum = context.constant(random.below(5) - 2);
  for (let k = 0; k < 2 + random.below(3); k++) {
    const factor = random.below(7) - 3;
    if (factor !== 0) sum = combine(sum, 1, numbers[random.below(numbers.length)], factor, 0, true);
  }
  return sum;
}

/** One more number, made of those before. */
function randomNumber(context: Context, numbers: readonly Num[], random: Random): Num {
  const [a, b] = [randomSum(context, numbers, random), randomSum(context, numbers, random)];
  const bits = numbers.filter(({ atom }) => atom >= 0 && context.atoms[atom].binary);
  const bit = bits[random.below(bits.length)];
  switch (random.below(8)) {
    case 0:
      return maximum(context, [a, b]);
    case 1:
      return remainder(context, a, 2 + random.below(3));
    case 2:
      return multiplied(context, a, b);
    case 3:
      return choose(context, bit, a, b);
    case 4:
      return conjunction(
        context,
        bits.slice(0, 3).map(({ atom }) => 2 * atom + random.below(2)),
      );
    case 5:
      return compareEqual(context, a, b);
    default:
      return compareGreater(context, a, b, random.below(2) === 0);
  }
}

function* assignments(): Generator<readonly number[]> {
  const total = DOMAINS.reduce((product, values) => product * values.length, 1);
  for (let code = 0; code < total; code++) {
    let rest = code;
    yield DOMAINS.map((values) => {
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return value;
    });
  }
}

describe('decision diagrams', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'have the extremes of enumeration (seed %i)',
    (seed) => {
      const random = createRandom(seed);
      const context = new Context();
      const cells = DOMAINS.map((values) => context.addCell({ kind: 'values', values }));
      const numbers: Num[] = [...cells];
      for (let k = 0; k < 10; k++) numbers.push(randomNumber(context, numbers, random));
      const form = context.flatten(randomSum(context, numbers.slice(-6), random));
      const at = (given: (cell: number) => number): number => {
        return valueOf(context, form, new Map(cells.map(({ atom }) => [atom, given(atom)])));
      };
      let [least, greatest] = [Infinity, -Infinity];
      for (const given of assignments()) {
        const value = at((atom) => given[atom]);
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
      const diagrams = new DiagramCones(context, new Budget(2 ** 31, () => undefined));
      const extremes = diagrams.extremes(form);
      expect(extremes.max - extremes.min).toBeLessThan(greatest - least + 1e-3);
      expect(extremes.min).toBeLessThanOrEqual(least);
      expect(extremes.max).toBeGreaterThanOrEqual(greatest);
      expect(at((atom) => extremes.atMin.get(atom) ?? DOMAINS[atom][0])).toBe(least);
      expect(at((atom) => extremes.atMax.get(atom) ?? DOMAINS[atom][0])).toBe(greatest);
    },
  );
});
