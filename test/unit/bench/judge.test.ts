/** What counts as the formula behind the data. */
import { describe, expect, it } from 'vitest';
import {
  apply,
  minus,
  power,
  product,
  quotient,
  sum,
  variables,
} from '../../../bench/formulas/build.js';
import { SUITES } from '../../../bench/formulas/index.js';
import { judgeFormula } from '../../../bench/formulas/judge.js';
import type { FormulaProblem } from '../../../bench/formulas/problem-set.js';

const [x, y, z] = variables(3);

function byName(name: string): FormulaProblem {
  const found = SUITES.flatMap(({ problems }) => problems).find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

describe('judgeFormula', () => {
  it.each(SUITES.flatMap(({ problems }) => problems))('$name is itself', (problem) => {
    expect(judgeFormula(problem, problem.formula, true)).toBe('exact');
  });

  it('takes another form of the same function', () => {
    const horner = product(x, sum(1, product(x, sum(1, x))));
    expect(judgeFormula(byName('Nguyen-1'), horner, true)).toBe('exact');
    const sines = minus(
      product(0.5, sum(apply('sin', sum(power(x, 2), x)), apply('sin', minus(power(x, 2), x)))),
      1,
    );
    expect(judgeFormula(byName('Nguyen-5'), sines, true)).toBe('exact');
  });

  it('refuses what is only near, however near it is where it was fitted', () => {
    const near = sum(product(1.0001, power(x, 3)), power(x, 2), x);
    expect(judgeFormula(byName('Nguyen-1'), near, true)).toBe('wrong');
    const taylor = minus(1, quotient(power(x, 2), 2));
    expect(judgeFormula(byName('Livermore-8'), taylor, true)).toBe('wrong');
  });

  it('takes the structure with near constants where the rows had noise', () => {
    const parabola = (factor: number): typeof x => product(factor, x, power(y, 2));
    expect(judgeFormula(byName('I.14.4'), parabola(0.503), false)).toBe('structure');
    expect(judgeFormula(byName('I.14.4'), parabola(0.503), true)).toBe('wrong');
    expect(judgeFormula(byName('I.14.4'), parabola(0.52), false)).toBe('wrong');
  });

  it('refuses terms that noise has left over', () => {
    const cluttered = sum(product(0.5, x, power(y, 2)), product(1e-3, y));
    expect(judgeFormula(byName('I.14.4'), cluttered, false)).toBe('wrong');
  });

  it('compares laws of any size relatively', () => {
    const ideal = (factor: number): typeof x => quotient(product(factor, x, y), z);
    expect(judgeFormula(byName('Ideal gas'), ideal(8.5), false)).toBe('structure');
    expect(judgeFormula(byName('Ideal gas'), ideal(9), false)).toBe('wrong');
    expect(judgeFormula(byName('Ideal gas'), quotient(product(2910, x), z), false)).toBe('wrong');
    const newton = quotient(product(6.6e-11, x, y), power(z, 2));
    expect(judgeFormula(byName('Newton'), newton, false)).toBe('structure');
    expect(judgeFormula(byName('Planck'), product(1e-17, x), false)).toBe('wrong');
    const kepler = product(365.3, power(x, 1.5));
    expect(judgeFormula(byName('Kepler'), kepler, false)).toBe('structure');
  });
});
