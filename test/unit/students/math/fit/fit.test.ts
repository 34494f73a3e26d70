import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { createEngine } from '../../../../../src/students/math/engine/engine.js';
import type { Engine } from '../../../../../src/students/math/engine/engine.js';
import { fitConstants } from '../../../../../src/students/math/fit/fit-constants.js';
import { niceNumbersNear } from '../../../../../src/students/math/fit/nice-numbers.js';
import { dataSizeOf, polish } from '../../../../../src/students/math/fit/polish.js';
import {
  call,
  constant,
  constantsOf,
  keyOfFormula,
  variable,
} from '../../../../../src/students/math/formula.js';
import type { Formula } from '../../../../../src/students/math/formula.js';
import { DEFAULT_SETTINGS } from '../../../../../src/students/math/problem.js';
import type { LossSettings } from '../../../../../src/students/math/problem.js';
import { selectBest } from '../../../../../src/students/math/select.js';

const X = variable(0);
const MSE: LossSettings = { kind: 'mse' };

/** a · x² + cos(b · x) + c */
function family(a: number, b: number, c: number): Formula {
  const square = call('*', constant(a), call('square', X));
  return call('+', call('+', square, call('cos', call('*', constant(b), X))), constant(c));
}

function engineFor(
  target: (x: number) => number,
  { noise = 0, rows = 200, loss = MSE } = {},
): Engine {
  const random = createRandom(5);
  const x = Float64Array.from({ length: rows }, () => 6 * random.unit() - 3);
  const y = x.map((value) => target(value) + noise * random.normal());
  return createEngine({
    data: { names: ['x'], columns: [x], target: y },
    settings: { ...DEFAULT_SETTINGS, loss },
    domains: [{ kind: 'real' }],
  });
}

describe('fitConstants', () => {
  const target = (x: number): number => 2.5 * x * x + Math.cos(1.3 * x) + 0.7;
  const squared = call('square', call('-', X, variable(1)));
  const losses: readonly (readonly [LossSettings, number])[] = [
    [{ kind: 'mse' }, 1e-12],
    [{ kind: 'relative' }, 1e-12],
    [{ kind: 'log' }, 1e-12],
    [{ kind: 'huber', delta: 0.1 }, 1e-8],
    [{ kind: 'custom', formula: squared }, 1e-8],
    [{ kind: 'mae' }, 1e-3],
    [{ kind: 'pinball', quantile: 0.5 }, 1e-3],
  ];
  it.each(losses)('finds the constants by %o', (loss, accuracy) => {
    const fitted = fitConstants(family(1, 1.1, 1), engineFor(target, { loss }), {
      iterations: 200,
    });
    const constants = constantsOf(fitted?.formula ?? X).map(Math.abs); // cos is even
    [2.5, 1.3, 0.7].forEach((value, k) => {
      expect(Math.abs(constants[k] - value)).toBeLessThan(accuracy);
    });
  });

  it('is as exact in large units where the loss is relative', () => {
    const law = (factor: number, exponent: number): Formula =>
      call('*', constant(factor), call('pow', call('+', X, constant(4)), constant(exponent)));
    const engine = engineFor((x) => 3e20 * (x + 4) ** 2, { loss: { kind: 'log' } });
    const fitted = fitConstants(law(2e20, 1.9), engine, { iterations: 100 });
    const [factor, , exponent] = constantsOf(fitted?.formula ?? X);
    expect(factor / 3e20).toBeCloseTo(1, 9);
    expect(exponent).toBeCloseTo(2, 9);
  });

  it('ends where a slope overflows', () => {
    const steep = call('*', constant(1e-300), call('exp', call('*', constant(200), X)));
    const engine = engineFor(() => 1);
    expect(() => polish({ formula: steep, complexity: 5, loss: 1, origin: 'test' }, engine, (f) => f)).not.toThrow(); // prettier-ignore
  });

  it('leaves held constants alone and fits the others around them', () => {
    const engine = engineFor(target);
    const fitted = fitConstants(family(1, 1.1, 1), engine, { held: new Set([2]) });
    expect(constantsOf(fitted?.formula ?? X)[2]).toBe(1);
    expect(fitted?.loss).toBeLessThan(engine.judge(family(1, 1.1, 1), 'start')?.loss ?? 0);
  });

  it('says nothing of a formula that is undefined at a row', () => {
    expect(fitConstants(call('log', call('*', constant(1), X)), engineFor(target))).toBeUndefined();
  });
});

describe('nice numbers', () => {
  it.each([
    [0.3333334, 1 / 3],
    [3.1415927, Math.PI],
    [1.5707963, Math.PI / 2],
    [2.7182818, Math.E],
    [1.4142136, Math.SQRT2],
    [-2.0000001, -2],
    [0.2500001, 0.25],
    [6.67, 6.67],
    [1200000.1, 1200000],
  ])('near %d is %d', (value, nice) => {
    expect(niceNumbersNear(value, 1e-6 * Math.abs(value))[0]?.value).toBe(nice);
  });

  it('are none near a number that is known to many digits', () => {
    expect(niceNumbersNear(0.7310585786300049, 1e-9)).toEqual([]);
  });
});

describe('polish', () => {
  const run = (start: Formula, engine: Engine): string => {
    const candidate = engine.judge(start, 'test');
    if (candidate === undefined) throw new Error('the start is undefined');
    return keyOfFormula(polish(candidate, engine).formula);
  };

  it('snaps what the data leave open, and drops what is 0 or 1', () => {
    const engine = engineFor((x) => x * x + Math.cos(x), { noise: 0.01 });
    expect(run(family(0.9, 1.1, 0.2), engine)).toBe('+(square(x0),cos(x0))');
  });

  it('keeps constants that the data know better than any nice number', () => {
    const engine = engineFor((x) => 2.4837 * x * x + Math.cos(1.3151 * x) + 0.7129);
    const constants = run(family(2, 1.1, 1), engine).match(/\d+\.\d+/g) ?? [];
    expect(constants.map(Number).map((value) => Math.round(value * 1e9) / 1e9)).toEqual([
      2.4837, 1.3151, 0.7129,
    ]);
  });

  it('never answers with a worse or a longer formula', () => {
    const engine = engineFor((x) => Math.sin(x) * x, { noise: 0.3 });
    for (const start of [family(1, 1, 1), call('*', X, call('sin', X)), constant(1)]) {
      const before = engine.judge(start, 'test');
      if (before === undefined) throw new Error('the start is undefined');
      const after = polish(before, engine);
      expect(after.complexity).toBeLessThanOrEqual(before.complexity);
      expect(after.loss).toBeLessThanOrEqual(before.loss * 1.1);
    }
  });
});

describe('selectBest', () => {
  it('takes the simplest of exact formulas, and no bloat that follows noise', () => {
    const engine = engineFor((x) => x * x, { noise: 0.1 });
    const bloat = call('+', call('square', X), call('*', constant(0.003), call('sin', X)));
    const fitted = fitConstants(bloat, engine);
    const front = [constant(3), call('square', X), fitted?.formula ?? X].flatMap((formula) => {
      const candidate = engine.judge(formula, 'test');
      return candidate === undefined ? [] : [candidate];
    });
    expect(front[2].loss).toBeLessThan(front[1].loss);
    expect(selectBest(front, dataSizeOf(engine))).toBe(1);
  });
});
