/**
 * The checker's interpreter, run on concrete values, is JavaScript: random programs of the subset give
 * what the engine gives.
 */
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { HELPERS } from '../../src/emit/helpers.js';
import { callExport, runModule } from '../../src/verify/checker/interpreter/index.js';
import { ArrayValue } from '../../src/verify/checker/interpreter/values.js';
import type { Value } from '../../src/verify/checker/interpreter/values.js';
import { readText } from '../../src/verify/checker/read-text.js';

/** Numeric expressions over a, b (numbers), xs (array of three) and i (0 .. 2). */
const { number } = fc.letrec<{ number: string; condition: string }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'i', 'xs[i]', 'xs[0]', 'xs.length', '0', '1', '-2', '0.5', '3', 'xs[7]'),
    fc.tuple(tie('number'), fc.constantFrom('+', '-', '*', '/', '%', '**'), tie('number')).map(([x, op, y]) => `((${x}) ${op} ${y})`),
    fc.tuple(fc.constantFrom('Math.sign', 'Math.abs', 'Math.floor', 'Math.exp', 'Math.tanh', 'Math.trunc', 'Math.ceil', 'Math.round', 'Math.sqrt', 'Math.log', 'Math.log1p', 'Math.expm1', 'Math.sin', 'Math.cos', 'Math.tan', 'Math.asin', 'Math.acos', 'Math.atan', 'Math.sinh', 'Math.cosh', 'Math.cbrt', 'erf', 'roundHalfEven', 'sigmoid'), tie('number')).map(([f, x]) => `${f}(${x})`),
    fc.tuple(fc.constantFrom('Math.max', 'Math.min'), tie('number'), tie('number')).map(([f, x, y]) => `${f}(${x}, ${y}, ...xs)`),
    fc.tuple(tie('condition'), tie('number'), tie('number')).map(([c, x, y]) => `(${c} ? ${x} : ${y})`),
    tie('condition').map((c) => `Number(${c})`),
    tie('number').map((x) => `xs.map((x, k) => x * k + ${x}).reduce((s, x) => s + x, 0)`),
    tie('condition').map((c) => `xs.filter((x) => x > 0 && ${c}).length`),
    tie('number').map((x) => `xs.indexOf(${x})`),
    tie('number').map((x) => `[${x}, ...xs].slice(1).concat(${x}).at(-1)`),
    tie('number').map((x) => `(-(${x}))`),
  ),
  condition: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('true', 'false', 'a > b', 'xs[i] === a'),
    fc.tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '===', '!=='), tie('number')).map(([x, op, y]) => `(${x} ${op} ${y})`),
    fc.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition')).map(([x, op, y]) => `(${x} ${op} ${y})`),
    tie('condition').map((c) => `!${c}`),
    tie('number').map((x) => `xs.some((x) => x > ${x})`),
    tie('number').map((x) => `xs.every((x, k) => x !== ${x} || k > 1)`),
    tie('number').map((x) => `xs.includes(${x})`),
  ),
})); // prettier-ignore

/** Statements over the same names and an accumulator s. */
const statement = fc.oneof(
  number.map((x) => `s += ${x};`),
  number.map((x) => `if (${x} > s) { s = ${x}; } else s--;`),
  number.map((x) => `for (let k = 0; k < 4; k++) { if (k === 2) continue; s += k * ${x}; }`),
  number.map((x) => `for (const x of xs) { if (x < 0) break; s -= x; s *= ${x}; }`),
  number.map((x) => `for (const [k, x] of xs.entries()) ys[k] += x + ${x};`),
  number.map((x) => `{ const t = ${x}; ys[0] = t; ys.push(t); }`),
  number.map((x) => `if (s > ${x}) return [s, ...ys];`),
  number.map((x) => `{ let k = 3; while (k > 0) { k -= 1; s += helper(${x}, k); } }`),
);

function program(statements: readonly string[]): string {
  return `${[HELPERS.erf, HELPERS.roundHalfEven, HELPERS.sigmoid].map(({ name, body }) => `function ${name}(value: number): number { ${body} }`).join('\n')}
const helper = (x: number, y: number = 2): number => {
  if (x > y) return x - y;
  return x < 0 ? -1 : y;
};
export function scores(a: number, b: number, xs: number[], i: number): number[] {
  let s = 0;
  const ys = new Array<number>(3).fill(1);
  ${statements.join('\n  ')}
  return [s, ...ys];
}
`;
}

async function load(text: string): Promise<(...values: unknown[]) => unknown> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ES2022 },
  });
  const url = `data:text/javascript,${encodeURIComponent(outputText)}`;
  const module = (await import(/* @vite-ignore */ url)) as {
    scores: (...values: unknown[]) => unknown;
  };
  return module.scores;
}

function plain(value: Value): unknown {
  return value instanceof ArrayValue ? value.items.map((item) => plain(item)) : value;
}

const inputs: readonly (readonly [number, number, number[], number])[] = [
  [0, 0, [0, 0, 0], 0],
  [1, -1, [1, 0, -1], 1],
  [2.5, 3, [2.5, -7, 0.25], 2],
  [-4, 1e300, [1e-300, 2, -0], 0],
];

describe('the interpreter on concrete values', () => {
  it('computes what JavaScript computes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 5 }), async (statements) => {
        const text = program(statements);
        const [native, module] = await Promise.all([load(text), readText(text)]);
        const running = runModule(module, {});
        for (const [a, b, xs, i] of inputs) {
          const array = running.machine.array([...xs]);
          const actual = plain(callExport(running, 'scores', [a, b, array, i]));
          expect(actual).toEqual(native(a, b, [...xs], i));
        }
      }),
      { seed: 20260, numRuns: 300 },
    );
  });
});
