import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { DEFAULT_SETTINGS } from '../../../../../src/students/math/problem.js';
import type { Candidate, Problem } from '../../../../../src/students/math/problem.js';
import { DIMENSIONAL } from '../../../../../src/students/math/scouts/dimensional.js';
import { parseUnit } from '../../../../../src/students/math/text/parse-unit.js';
import { printFormula } from '../../../../../src/students/math/text/print-formula.js';

const NAMES = ['n', 'T', 'V', 'R', 'E'];
const UNITS = ['mol', 'K', 'm^3', 'J/(mol K)', 'J/mol'];
const GAS = 8.314;

async function problemOf(
  target: (n: number, temperature: number, volume: number, energy: number) => number,
  unit: string,
  { noise = 0, constants = 'numbers' }: { noise?: number; constants?: 'numbers' | 'free' } = {},
): Promise<Problem> {
  const random = createRandom(5);
  const draw = (min: number, max: number): Float64Array =>
    Float64Array.from({ length: 40 }, () => min + (max - min) * random.unit());
  const columns = [draw(1, 5), draw(250, 400), draw(0.01, 0.1), draw(GAS, GAS), draw(500, 3000)];
  const values = columns[0].map((n, row) => {
    const exact = target(n, columns[1][row], columns[2][row], columns[4][row]);
    return exact * (1 + noise * random.normal());
  });
  const dimensions = {
    variables: await Promise.all(UNITS.map((one) => parseUnit(one, {}))),
    target: await parseUnit(unit, {}),
    constants,
    policy: 'rule' as const,
  };
  return {
    data: { names: NAMES, columns, target: values },
    settings: { ...DEFAULT_SETTINGS, knowledge: { dimensions } },
    domains: [],
  };
}

function find(problem: Problem): readonly Candidate[] {
  return DIMENSIONAL.find(problem, () => undefined);
}

describe('the scout for dimensions', () => {
  it.each([0, 0.05])('finds a product, of rows with noise %s', async (noise) => {
    const problem = await problemOf((n, t, v) => (n * GAS * t) / v, 'Pa', { noise });
    const [first] = find(problem);
    const text = printFormula(first.formula, NAMES, { digits: 2 });
    expect(text).toMatch(/^(\d(\.\d)? \* )?\(?n \* T \* R\)? \/ V$/);
  });

  it('finds a function of a product without dimension', async () => {
    const rate = (n: number, t: number, _: number, e: number): number =>
      (3 * n * t * GAS) / (Math.exp((2 * e) / (GAS * t)) + 1.5);
    const found = find(await problemOf(rate, 'J'));
    const least = Math.min(...found.map(({ loss }) => loss));
    expect(least).toBeLessThan(1e-12);
  });

  it('says nothing where constants take up any dimension', async () => {
    expect(find(await problemOf((n) => n, 'Pa', { constants: 'free' }))).toEqual([]);
  });
});
