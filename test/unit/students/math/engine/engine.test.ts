import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { createEngine } from '../../../../../src/students/math/engine/engine.js';
import { evaluateFormula } from '../../../../../src/students/math/engine/evaluate-formula.js';
import { createEvaluator } from '../../../../../src/students/math/engine/evaluator.js';
import { createDifferentiator } from '../../../../../src/students/math/engine/jacobian.js';
import { compileTape } from '../../../../../src/students/math/engine/tape.js';
import {
  call,
  constant,
  constantsOf,
  variable,
  withConstants,
} from '../../../../../src/students/math/formula.js';
import { OPERATORS } from '../../../../../src/students/math/operators/index.js';
import { DEFAULT_SETTINGS } from '../../../../../src/students/math/problem.js';
import { randomColumns, randomFormula } from '../../../../helpers/random-formulas.js';

const ROWS = 1500; // more than one block

describe('evaluator', () => {
  it('gives what the tree means, to the last bit, for every operator', () => {
    const random = createRandom(1);
    const columns = randomColumns(random, { count: 3, rows: ROWS, low: -2, high: 2 });
    const evaluator = createEvaluator(columns, ROWS);
    let defined = 0;
    for (let k = 0; k < 600; k++) {
      const formula = randomFormula(random, { variables: 3, depth: 5 });
      const values = evaluator.values(compileTape(formula));
      if (values === undefined) continue;
      defined++;
      for (const row of [0, 7, 1023, 1024, ROWS - 1]) {
        const point = columns.map((column) => column[row]);
        expect(values[row]).toBe(evaluateFormula(formula, point));
      }
    }
    expect(defined).toBeGreaterThan(150);
  });

  it('is undefined where any row is, wherever that row lies', () => {
    const column = new Float64Array(ROWS).fill(1);
    column[ROWS - 1] = 0;
    const evaluator = createEvaluator([column], ROWS);
    const inverse = call('/', constant(1), variable(0));
    expect(evaluator.values(compileTape(inverse))).toBeUndefined();
    expect(evaluator.values(compileTape(call('/', constant(1), inverse)))).toBeUndefined();
    expect(evaluator.values(compileTape(call('log', variable(0))))).toBeUndefined();
  });

  it('lets the branch that is not taken be undefined', () => {
    const column = Float64Array.of(-1, 0, 4);
    const guarded = call('cond', variable(0), call('sqrt', variable(0)), constant(0));
    const values = createEvaluator([column], 3).values(compileTape(guarded));
    expect(Array.from(values ?? [])).toEqual([0, 0, 2]);
  });

  it('keeps what depends on constants alone as one number, and fills the column', () => {
    const values = createEvaluator([new Float64Array(3)], 3).values(
      compileTape(call('sqrt', constant(9))),
    );
    expect(Array.from(values ?? [])).toEqual([3, 3, 3]);
  });

  it('refuses columns of different lengths and unknown operators', () => {
    expect(() => createEvaluator([new Float64Array(2)], 3)).toThrow(RangeError);
    expect(() => compileTape(call('sine', variable(0)))).toThrow('no operator is called sine');
  });
});

describe('differentiator', () => {
  const smooth = OPERATORS.map(({ name }) => name).filter(
    (name) =>
      !['<', '<=', '>', '>=', '==', 'floor', 'sign', 'cond', 'abs', 'min', 'max'].includes(name),
  );

  it('gives slopes by constants and variables that differences confirm', () => {
    const random = createRandom(2);
    const columns = randomColumns(random, { count: 2, rows: 1100, low: 0.2, high: 1.5 });
    const differentiator = createDifferentiator(columns, 1100);
    let compared = 0;
    for (let k = 0; k < 400; k++) {
      const formula = randomFormula(random, { variables: 2, depth: 5, operators: smooth });
      const slopes = differentiator.slopes(compileTape(formula), undefined, { byVariable: true });
      if (slopes === undefined) continue;
      const constants = constantsOf(formula);
      for (const row of [0, 1050]) {
        const point = columns.map((column) => column[row]);
        expect(slopes.values[row]).toBe(evaluateFormula(formula, point));
        constants.forEach((value, position) => {
          const at = (shifted: number): number =>
            evaluateFormula(
              withConstants(
                formula,
                constants.map((c, l) => (l === position ? shifted : c)),
              ),
              point,
            );
          compared += compareSlope(at, value, slopes.byConstant[position][row]);
        });
        point.forEach((value, position) => {
          const at = (shifted: number): number =>
            evaluateFormula(
              formula,
              point.map((x, l) => (l === position ? shifted : x)),
            );
          compared += compareSlope(at, value, slopes.byVariable[position][row]);
        });
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  /** 1 where the differences of two step sizes agree well enough to judge the slope. */
  function compareSlope(at: (shifted: number) => number, value: number, slope: number): number {
    const difference = (step: number): number => (at(value + step) - at(value - step)) / (2 * step);
    const [near, far] = [difference(1e-6), difference(4e-6)];
    const scale = 1 + Math.abs(near);
    if (!(Math.abs(near - far) < 1e-6 * scale) || Math.abs(at(value)) > 1e4) return 0;
    expect(Math.abs(slope - near) / scale).toBeLessThan(1e-5);
    return 1;
  }
});

describe('engine', () => {
  const data = {
    names: ['x'],
    columns: [Float64Array.of(1, 2, 3)],
    target: Float64Array.of(1, 2, 5),
    weights: Float64Array.of(1, 1, 2),
  };

  it('judges with the weights of the rows', () => {
    const engine = createEngine({ data, settings: DEFAULT_SETTINGS, domains: [{ kind: 'real' }] });
    expect(engine.judge(variable(0), 'test')?.loss).toBeCloseTo((2 * 4) / 4, 12);
    expect(engine.evaluations()).toBe(1);
  });

  it('knows no formula that the settings forbid', () => {
    const settings = { ...DEFAULT_SETTINGS, nesting: { sin: { sin: 0 } }, maxComplexity: 4 };
    const engine = createEngine({ data, settings, domains: [{ kind: 'real' }] });
    const sine = call('sin', variable(0));
    expect(engine.judge(sine, 'test')).toBeDefined();
    expect(engine.judge(call('sin', sine), 'test')).toBeUndefined();
    expect(engine.judge(call('sin', call('neg', sine)), 'test')).toBeUndefined();
    expect(engine.judge(call('tan', variable(0)), 'test')).toBeUndefined();
    expect(engine.judge(call('+', sine, sine), 'test')).toBeUndefined();
  });
});
