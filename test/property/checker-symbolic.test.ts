/**
 * Symbolic evaluation against concrete evaluation: whatever form a random program's result takes, its
 * value at every input is what the program computes there, within the error bound it claims. The forms
 * are evaluated here by a few lines of their own, atom by atom.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellDomain } from '../../src/ir/model-interface.js';
import { HELPERS } from '../../src/emit/helpers.js';
import { Context } from '../../src/verify/checker/context.js';
import { callExport, runModule } from '../../src/verify/checker/interpreter/index.js';
import { ArrayValue, Truth } from '../../src/verify/checker/interpreter/values.js';
import type { Value } from '../../src/verify/checker/interpreter/values.js';
import { Num } from '../../src/verify/checker/num.js';
import { readText } from '../../src/verify/checker/read-text.js';
import { Undecided } from '../../src/verify/checker/undecided.js';
import { valueOf } from './checker-atoms.js';

const { number } = fc.letrec<{ number: string; condition: string }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'xs[0]', 'xs[1]', 'xs[2]', '0', '1', '2', '-1', '0.25', '3', 's'),
    fc.tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number')).map(([x, op, y]) => `(${x} ${op} ${y})`),
    fc.tuple(fc.constantFrom('Math.sign', 'Math.abs', 'Math.tanh'), tie('number')).map(([f, x]) => `${f}(${x})`),
    fc.tuple(fc.constantFrom('Math.max', 'Math.min'), tie('number'), tie('number')).map(([f, x, y]) => `${f}(${x}, ${y}, xs[1])`),
    fc.tuple(fc.constantFrom('Math.max', 'Math.min'), tie('number')).map(([f, x]) => `${f}(0, ${x})`),
    fc.tuple(tie('condition'), tie('number'), tie('number')).map(([c, x, y]) => `(${c} ? ${x} : ${y})`),
    fc.tuple(tie('number'), fc.constantFrom('/ 2', '/ 3', '% 2', '% 3', '* 0.1', '& 1', '>> 1')).map(([x, op]) => `(${x} ${op})`),
    fc.tuple(fc.constantFrom('Math.floor', 'Math.ceil', 'Math.round', 'Math.trunc', 'erf', 'roundHalfEven', 'sigmoid'), tie('number')).map(([f, x]) => `${f}(${x})`),
    fc.tuple(fc.constantFrom('Math.sin', 'Math.cos', 'Math.atan', 'Math.cbrt'), tie('number')).map(([f, x]) => `${f}(${x})`),
    fc.tuple(fc.constantFrom('Math.sinh', 'Math.cosh'), tie('number')).map(([f, x]) => `${f}(Math.min(3, Math.abs(${x})))`),
    fc.tuple(fc.constantFrom('Math.asin', 'Math.acos', 'Math.tan'), tie('number')).map(([f, x]) => `${f}(0.9 * Math.tanh(${x}))`),
    fc.tuple(fc.constantFrom('Math.sqrt', 'Math.log1p'), tie('number')).map(([f, x]) => `${f}(Math.abs(${x}))`),
    fc.tuple(fc.constantFrom('Math.exp', 'Math.expm1'), tie('number')).map(([f, x]) => `${f}(Math.min(${x}, 2))`),
    fc.tuple(tie('number'), tie('number')).map(([x, y]) => `Math.log(Math.exp(Math.min(${x}, 9)) + Math.exp(Math.abs(${y}) % 4))`),
    fc.tuple(tie('number'), fc.constantFrom('2', '3', '0.5', '-1', '1.5')).map(([x, n]) => `((0.5 + Math.abs(${x})) ** ${n})`),
    fc.tuple(tie('number'), tie('number')).map(([x, y]) => `(${x} / (2 + Math.abs(${y})))`),
    tie('condition').map((c) => `xs.filter((x) => x > 0 || ${c}).length`),
    tie('number').map((x) => `xs.indexOf(${x})`),
    tie('number').map((x) => `Math.floor(${x} / 2)`),
    fc.tuple(tie('condition'), fc.constantFrom('^', '&', '|'), tie('condition')).map(([x, op, y]) => `(Number(${x}) ${op} Number(${y}))`),
    tie('condition').map((c) => `((6 >> (Number(${c}) + xs[0])) & 1)`),
    tie('condition').map((c) => `[s, 2, a, 5][2 * Number(${c}) + xs[0]]`),
    tie('number').map((x) => `(-(${x}))`),
  ),
  condition: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a > b', 'xs[0] === 1', 'b === a', 'b > 0'),
    fc.tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '===', '!=='), tie('number')).map(([x, op, y]) => `(${x} ${op} ${y})`),
    fc.tuple(tie('condition'), fc.constantFrom('&&', '||', '===', '!=='), tie('condition')).map(([x, op, y]) => `(${x} ${op} ${y})`),
    tie('condition').map((c) => `!(${c})`),
    tie('number').map((x) => `xs.some((x) => x > ${x})`),
    tie('number').map((x) => `xs.every((x) => x <= ${x})`),
  ),
})); // prettier-ignore

const statement = fc.oneof(
  number.map((x) => `s += ${x};`),
  number.map((x) => `if (${x} > s) { s = ${x}; } else if (s > 0) s--; else ys[1] += 2;`),
  number.map(
    (x) => `for (let k = 0; k < 3; k++) { if (xs[k] === 1) continue; s += xs[k] - ${x}; }`,
  ),
  number.map((x) => `for (const x of xs) { if (x < 0) break; s -= x; ys[0] = ${x}; }`),
  number.map((x) => `if (s > ${x}) return [s, ...ys];`),
  number.map((x) => `s += helper(${x}, a);`),
);

function program(statements: readonly string[]): string {
  return `${[HELPERS.erf, HELPERS.roundHalfEven, HELPERS.sigmoid].map(({ name, body }) => `function ${name}(value: number): number { ${body} }`).join('\n')}
function helper(x: number, y: number): number {
  if (x > y) return x - y;
  for (let k = 0; k < 2; k++) if (x < k) return -k;
  return y;
}
export function scores(a: number, b: number, xs: number[]): number[] {
  let s = 0;
  const ys = [1, 0];
  ${statements.join('\n  ')}
  return [s, ...ys];
}
`;
}

const DOMAINS: readonly (readonly number[])[] = [[0, 1], [-1, 0, 1], [0, 1], [0, 1], [0, 0.5, 2]]; // prettier-ignore

function* assignments(): Generator<number[]> {
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

function evaluate(context: Context, value: Value, cells: Map<number, number>): number {
  if (value instanceof Num) return valueOf(context, context.flatten(value), cells);
  if (value instanceof Truth) return valueOf(context, context.flatten(value.num), cells);
  return value as number;
}

describe('symbolic evaluation', () => {
  it('agrees with concrete evaluation at every input', async () => {
    let decided = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 4 }), async (statements) => {
        const module = await readText(program(statements));
        const context = new Context();
        const leaves = DOMAINS.map((values) => context.addCell({ kind: 'values', values } satisfies CellDomain)); // prettier-ignore
        let symbolic: Value;
        try {
          const running = runModule(module, { context, fuel: 100_000 });
          const array = running.machine.array(leaves.slice(2));
          symbolic = callExport(running, 'scores', [leaves[0], leaves[1], array]);
        } catch (error) {
          if (error instanceof Undecided) return;
          throw error;
        }
        if (!(symbolic instanceof ArrayValue)) return;
        decided++;
        const running = runModule(module, {});
        for (const given of assignments()) {
          const cells = new Map(leaves.map((leaf, k) => [leaf.atom, given[k]]));
          const array = running.machine.array(given.slice(2));
          const concrete = callExport(running, 'scores', [given[0], given[1], array]) as ArrayValue;
          symbolic.items.forEach((item, k) => {
            const [actual, expected] = [evaluate(context, item, cells), concrete.items[k]];
            if (Number.isNaN(actual) && !Number.isNaN(expected)) return;
            const err = item instanceof Num ? item.err : 0;
            const slack = err + 1e-12 * (1 + Math.abs(expected as number));
            expect(Math.abs(actual - (expected as number))).toBeLessThanOrEqual(slack);
            if (item instanceof Num) {
              expect(expected as number).toBeGreaterThanOrEqual(item.lo - slack);
              expect(expected as number).toBeLessThanOrEqual(item.hi + slack);
            }
          });
        }
      }),
      { seed: 7, numRuns: 400 },
    );
    expect(decided).toBeGreaterThan(90);
  });
});
