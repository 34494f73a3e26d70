import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import {
  countWrongDimensions,
  dimensionOf,
} from '../../../../../src/students/math/dimensions/check.js';
import type { Dimensions } from '../../../../../src/students/math/dimensions/check.js';
import { dimensionText } from '../../../../../src/students/math/dimensions/dimension.js';
import type { Dimension } from '../../../../../src/students/math/dimensions/dimension.js';
import { evaluateFormula } from '../../../../../src/students/math/engine/evaluate-formula.js';
import { parseFormula } from '../../../../../src/students/math/text/parse-formula.js';
import { parseUnit } from '../../../../../src/students/math/text/parse-unit.js';
import { randomFormula } from '../random-formula.js';
import { isSolvable } from './solvable.js';

const NAMES = ['m', 'v', 't', 'n'];
const UNITS = ['kg', 'm/s', 's', '1'];
const OPERATORS = [
  '+', '-', '*', '/', 'neg', 'square', 'cube', 'sqrt', 'cbrt', 'abs', 'min', 'max', 'exp', 'sin',
  'log', 'sign', '<', 'cond', 'pow', 'tanh',
]; // prettier-ignore

async function dimensionsOf(target: string, more: Partial<Dimensions> = {}): Promise<Dimensions> {
  const variables = await Promise.all(UNITS.map((unit) => parseUnit(unit, {})));
  return {
    variables,
    target: await parseUnit(target, {}),
    constants: 'free',
    policy: 'rule',
    ...more,
  };
}

describe('countWrongDimensions', () => {
  it.each([
    ['0.5 * m * v^2', 'J', 0, 0],
    ['m * v^2', 'J', 0, 0],
    ['m + v', 'J', 1, 1],
    // The 3 can be one of kg m/s, the exponent of kg^-1.
    ['m * v^2 + 3 * v', 'J', 0, 1],
    // Nobody sees a factor of 1 that carries a unit.
    ['m + 1 * v', 'kg', 1, 1],
    ['m - -1 * v', 'kg', 1, 1],
    ['m + v / 1', 'kg', 1, 1],
    ['m + 1', 'kg', 0, 1],
    ['exp(2 * m)', '1', 0, 1],
    ['exp(m)', '1', 1, 1],
    ['exp(n) * m', 'kg', 0, 0],
    ['m', 'J', 1, 1],
    ['sqrt(m^2 + m * m)', 'kg', 0, 0],
    ['(m^3)^(1/3)', 'kg', 0, 0],
    ['m^n', '1', 1, 1],
    ['2^n * m', 'kg', 0, 0],
    ['max(m, 0)', 'kg', 0, 0],
    ['max(m, 1)', 'kg', 0, 1],
    ['m > 0 ? v * t : 0', 'm', 0, 0],
    ['m > 0 ? v : t', 'm', 1, 1],
    ['sign(v) * m', 'kg', 0, 0],
    ['floor(v)', 'm/s', 1, 1],
    // Two mistakes are two; what is above is not blamed again.
    ['sin(m) + cos(v)', '1', 2, 2],
    ['(m + v) * t', 'J', 1, 1],
  ])('%s as %s', async (text, target, free, asNumbers) => {
    const formula = parseFormula(text, NAMES);
    const known = await dimensionsOf(target);
    expect(countWrongDimensions(formula, known)).toBe(free);
    expect(countWrongDimensions(formula, { ...known, constants: 'numbers' })).toBe(asNumbers);
  });

  it('takes a variable without a unit for anything', async () => {
    const known = await dimensionsOf('J');
    const [, ...others] = known.variables;
    const formula = parseFormula('m + v', NAMES);
    expect(countWrongDimensions(formula, { ...known, variables: [null, ...others], target: null })).toBe(0); // prettier-ignore
  });

  it('follows what an operator of the user stands for', async () => {
    const body = parseFormula('log(1 + exp(x))', ['x']);
    const known = await dimensionsOf('1');
    const soft = (text: string) =>
      countWrongDimensions(
        parseFormula(text, NAMES, {}, new Map([['soft', { operator: '#1.0', arity: 1 }]])),
        known,
        (name) => (name === '#1.0' ? body : undefined),
      );
    expect([soft('soft(n)'), soft('soft(m)'), soft('soft(2 * m)')]).toEqual([0, 1, 0]);
  });

  it('says of constant-free formulas what a change of units says', async () => {
    const random = createRandom(7);
    const { variables } = await dimensionsOf('1');
    let [right, wrong] = [0, 0];
    for (let k = 0; k < 6000; k++) {
      const formula = randomFormula(random, { variables: 4, depth: 4, operators: OPERATORS });
      const reading = dimensionOf(formula, variables);
      const scalings = Array.from({ length: 12 }, () => scaling(random, variables));
      const tried = scalings.flatMap(({ point, scaled, factorOf }) => {
        const [before, after] = [point, scaled].map((one) => evaluateFormula(formula, one));
        if (![before, after].every((value) => Math.abs(value) > 1e-6 && Math.abs(value) < 1e6)) return []; // prettier-ignore
        return [{ before, after, factorOf }];
      });
      if (tried.length < 6) continue;
      if (reading.dimension !== undefined) {
        right++;
        for (const { before, after, factorOf } of tried) {
          const expected = before * factorOf(reading.dimension);
          expect(Math.abs(after - expected) / Math.abs(expected), JSON.stringify(formula)).toBeLessThan(1e-6); // prettier-ignore
        }
      } else if (reading.wrong !== undefined) {
        wrong++;
      }
    }
    expect(right).toBeGreaterThan(200);
    expect(wrong).toBeGreaterThan(200);
  });

  it('says that constants can make it right exactly where the equations for their units have a solution', async () => {
    const random = createRandom(11);
    const known = await dimensionsOf('J');
    const counts = { right: 0, wrong: 0 };
    for (let k = 0; k < 4000; k++) {
      const formula = randomFormula(random, { variables: 4, depth: 4, operators: OPERATORS });
      const expected = isSolvable(formula, known);
      if (expected === undefined) continue;
      expect(countWrongDimensions(formula, known) === 0, JSON.stringify(formula)).toBe(expected);
      counts[expected ? 'right' : 'wrong']++;
    }
    expect(Math.min(counts.right, counts.wrong)).toBeGreaterThan(400);
  });
});

interface Scaling {
  readonly point: readonly number[];
  /** The point in other base units. */
  readonly scaled: readonly number[];
  /** What a value of a dimension becomes. */
  readonly factorOf: (dimension: Dimension) => number;
}

function scaling(
  random: ReturnType<typeof createRandom>,
  variables: Dimensions['variables'],
): Scaling {
  const factors = Array.from({ length: 8 }, () => Math.exp(1.5 * random.normal()));
  const factorOf = (dimension: Dimension): number =>
    dimension.reduce((product, exponent, k) => product * factors[k] ** exponent, 1);
  const point = variables.map(() => 0.5 + 1.5 * random.unit());
  const scaled = point.map((value, k) => value * factorOf(variables[k] ?? []));
  return { point, scaled, factorOf };
}

describe('dimensionText', () => {
  it.each([
    ['J/(mol K)', 'kg m^2 / (s^2 K mol)'],
    ['1', '1'],
    ['Hz', '1 / s'],
    ['m^(1/2)', 'm^0.5'],
  ])('%s is %s', async (unit, text) => {
    expect(dimensionText(await parseUnit(unit, {}))).toBe(text);
  });
});
