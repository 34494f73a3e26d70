/** Formulas as programs: what is written, and that it computes what the formula does. */
import { describe, expect, it } from 'vitest';
import { emitProgram } from '../../../../src/emit/index.js';
import type { ModelInterface } from '../../../../src/ir/model-interface.js';
import { checkProgram } from '../../../../src/ir/program-check.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { evaluateFormula } from '../../../../src/students/math/engine/evaluate-formula.js';
import { call, constant, variable } from '../../../../src/students/math/formula.js';
import type { Formula } from '../../../../src/students/math/formula.js';
import { OPERATORS } from '../../../../src/students/math/operators/index.js';
import { formulaToProgram } from '../../../../src/students/math/to-program.js';
import { loadModule } from '../../../../src/verify/run-module.js';
import { compilerMessages } from '../../../helpers/emitted-text.js';
import { evaluateProgram } from '../../../helpers/evaluate-program.js';
import { randomFormula } from './random-formulas.js';

function model(outputs = 1): ModelInterface {
  return {
    name: 'law',
    source: 'sha256:test',
    inputs: [
      {
        name: 'sample',
        shape: [4],
        features: ['a', 'b', 'speed', 'mass'],
        domain: { kind: 'interval', min: -2, max: 2 },
      },
    ],
    outputs: [{ name: 'y', shape: [outputs] }],
    decision: { kind: 'none' },
  };
}

async function codeOf(...formulas: readonly Formula[]): Promise<string> {
  const program = formulaToProgram(formulas, model(formulas.length));
  expect(checkProgram(program, { lowered: true })).toEqual([]);
  return (await emitProgram(program, { verdict: 'sampled', tolerance: 1e-6 })).code;
}

/** The lines of `scores` behind its shape check. */
async function bodyOf(...formulas: readonly Formula[]): Promise<string> {
  const code = await codeOf(...formulas);
  const [, body] = /export function scores[^]*?\n {2}}\n([^]*?)\n}/.exec(code) ?? [];
  return body.replace(/^ {2}/gm, '');
}

const [a, b, v, m] = [0, 1, 2, 3].map(variable);
const c = constant;
const sine = call('sin', call('*', a, b));

describe('formulaToProgram', () => {
  it.each<[Formula, string]>([
    [call('*', c(0.5), call('square', v)), '0.5 * speed ** 2'],
    [call('*', call('*', m, c(0.5)), call('*', v, v)), '0.5 * mass * speed ** 2'],
    [call('+', a, call('*', c(-2), b)), 'a - 2 * b'],
    [call('-', call('neg', a), call('neg', b)), 'b - a'],
    [call('-', a, call('+', b, c(-3))), 'a - b + 3'],
    [call('+', c(-1.5), call('*', b, c(2))), '2 * b - 1.5'],
    [call('neg', call('+', a, b)), '-a - b'],
    [call('neg', call('*', a, b)), '-(a * b)'],
    [call('square', call('neg', a)), '(-a) ** 2'],
    [call('neg', call('square', a)), '-(a ** 2)'],
    [call('square', c(-3)), '9'],
    [call('pow', c(-2.5), a), '(-2.5) ** a'],
    [call('pow', a, call('neg', b)), 'a ** -b'],
    [call('pow', call('pow', a, b), v), '(a ** b) ** speed'],
    [call('pow', a, call('pow', b, v)), 'a ** (b ** speed)'],
    [call('pow', a, c(0.5)), 'Math.sqrt(a)'],
    [call('pow', a, c(1 / 3)), 'a ** (1 / 3)'],
    [call('pow', a, c(-1)), '1 / a'],
    [call('*', m, call('pow', v, c(-2))), 'mass / speed ** 2'],
    [call('*', m, call('/', c(1), call('square', v))), 'mass / speed ** 2'],
    [call('/', call('/', a, b), v), 'a / (b * speed)'],
    [call('/', a, call('*', b, v)), 'a / (b * speed)'],
    [call('*', call('/', a, b), call('neg', v)), '(-a * speed) / b'],
    [call('/', c(-1), a), '-1 / a'],
    [call('*', a, call('square', a)), 'a ** 3'],
    [call('cube', call('-', a, b)), '(a - b) ** 3'],
    [call('*', call('+', a, b), call('-', a, b)), '(a + b) * (a - b)'],
    [call('<', a, b), 'a < b ? 1 : 0'],
    [call('*', call('>=', a, c(1)), b), '(a >= 1 ? 1 : 0) * b'],
    [call('cond', call('<', a, b), v, m), 'a < b ? speed : mass'],
    [call('cond', call('==', a, b), v, m), 'a === b ? speed : mass'],
    [call('cond', a, v, m), 'a > 0 ? speed : mass'],
    [call('min', call('min', a, b), v), 'Math.min(a, b, speed)'],
    [call('cos', call('*', c(2 * Math.PI), a)), 'Math.cos(2 * Math.PI * a)'],
    [call('*', c(-Math.PI / 2), a), '(-Math.PI / 2) * a'],
    [call('/', call('*', c(4), call('*', c(Math.PI), a)), c(3)), '(4 * Math.PI * a) / 3'],
    [call('exp', call('neg', call('square', a))), 'Math.exp(-(a ** 2))'],
    [call('+', call('sign', a), call('floor', call('cbrt', b))), 'Math.sign(a) + Math.floor(Math.cbrt(b))'],
    [call('erf', a), 'erf(a)'],
  ])('writes %j as %s', async (formula, text) => {
    expect(await bodyOf(formula)).toMatch(new RegExp(`return \\[\\s*${escaped(text)},?\\s*\\];$`));
  }); // prettier-ignore

  it('reads the features that occur, and no others', async () => {
    const code = await codeOf(call('*', m, v));
    expect(code).toContain('const speed = sample[2];\n  const mass = sample[3];');
    expect(code).not.toMatch(/sample\[[01]\]/);
  });

  it('says once what occurs often', async () => {
    expect(await bodyOf(call('/', sine, call('+', c(1), sine)))).toBe(`const a = sample[0];
const b = sample[1];
const sine = Math.sin(a * b);
return [sine / (1 + sine)];`);
  });

  it('shares between outputs, inner parts first', async () => {
    const inner = call('exp', v);
    const outer = call('*', call('+', inner, a), inner);
    expect(await bodyOf(outer, call('sqrt', outer))).toBe(`const a = sample[0];
const speed = sample[2];
const exponentialOfSpeed = Math.exp(speed);
const product = (exponentialOfSpeed + a) * exponentialOfSpeed;
return [product, Math.sqrt(product)];`);
  });

  it('leaves short parts where they are', async () => {
    const square = call('square', a);
    expect(await bodyOf(call('/', square, call('+', c(1), square)))).toContain('return [a ** 2 / (1 + a ** 2)];'); // prettier-ignore
  });

  it('calls the parameter otherwise than a feature', async () => {
    const own = model();
    const inputs = [{ ...own.inputs[0], name: 'speed' }];
    const program = formulaToProgram([v], { ...own, inputs });
    const { code } = await emitProgram(program, { verdict: 'sampled', tolerance: 1e-6 });
    expect(code).toContain('const speed = speedValues[2];');
  });

  it('reads cells of tables and scalars in place', async () => {
    const own: ModelInterface = {
      ...model(),
      inputs: [
        { name: 'image', shape: [2, 2], domain: { kind: 'real' } },
        { name: 'gain', shape: [], domain: { kind: 'real' } },
      ],
      outputs: [
        { name: 'level', shape: [] },
        { name: 'pair', shape: [1, 2] },
      ],
    };
    const formulas = [variable(4), call('*', variable(3), variable(4)), c(0)];
    const program = formulaToProgram(formulas, own);
    expect(checkProgram(program, { lowered: true })).toEqual([]);
    const { code } = await emitProgram(program, { verdict: 'sampled', tolerance: 1e-6 });
    expect(code).toContain('return { level: gain, pair: [[image[1][1] * gain, 0]] };');
    expect(evaluateProgram(program, [[1, 2, 3, 4], [5]])).toEqual([5, 20, 0]);
  });

  it('refuses what does not fit', () => {
    expect(() => formulaToProgram([a, b], model())).toThrow('2 formulas for 1 cells of outputs');
    expect(() => formulaToProgram([variable(4)], model())).toThrow('variable 4 of 4');
    expect(() => formulaToProgram([call('other', a)], model())).toThrow("the operator 'other' has no program"); // prettier-ignore
  });
});

describe('random formulas', () => {
  it('compute as programs what they compute as trees', () => {
    const random = createRandom(3);
    const wrong: unknown[] = [];
    for (let run = 0; run < 3000; run++) {
      const formula = randomFormula(random, 4, 1 + random.below(5));
      const program = formulaToProgram([formula], model());
      expect(checkProgram(program, { lowered: true })).toEqual([]);
      for (let k = 0; k < 4; k++) {
        const point = Array.from({ length: 4 }, () => 4 * random.unit() - 2);
        const expected = evaluateFormula(formula, point);
        if (!(Math.abs(expected) < 1e6)) continue;
        const [actual] = evaluateProgram(program, [point]);
        if (!isNear(formula, point, expected, actual))
          wrong.push({ formula, point, expected, actual });
      }
    }
    expect(wrong).toEqual([]);
  });

  it('are modules that the compiler takes and that compute them', async () => {
    const random = createRandom(4);
    const formulas = Array.from({ length: 40 }, () => randomFormula(random, 4, 4));
    for (const formula of [
      ...formulas,
      ...OPERATORS.map(({ name, arity }) => call(name, ...[a, b, v].slice(0, arity))),
    ]) {
      // prettier-ignore
      const code = await codeOf(formula);
      const { scores } = await loadModule(code);
      const point = [0.3, 0.7, 0.2, 0.9];
      const [actual] = scores(point) as number[];
      const expected = evaluateFormula(formula, point);
      if (Number.isFinite(expected)) expect(isNear(formula, point, expected, actual)).toBe(true);
    }
    expect(compilerMessages(await codeOf(...formulas.slice(0, 10)))).toEqual([]);
  });
});

/** Equal but for rounding, which is judged by how far the formula moves when its arguments do. */
function isNear(formula: Formula, point: readonly number[], expected: number, actual: number): boolean {
  const off = Math.abs(expected - actual);
  if (off <= 1e-9 * (1 + Math.abs(expected))) return true;
  const moved = [1 - 1e-13, 1 + 1e-13].map((factor) => evaluateFormula(formula, point.map((x) => x * factor)));
  return moved.some((value) => !(Math.abs(value - expected) < off / 1e4));
} // prettier-ignore

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
