/** The cost model: what each kind of node costs to read, and that parentheses count where printed. */
import { describe, expect, it } from 'vitest';
import type { BinaryOperator, Expression, ProgramSymbol } from '../../../../src/ir/program.js';
import { costOf } from '../../../../src/infer/cost.js';

const symbolOf = (hint: string, scalar: 'number' | 'boolean', extents: number[] = []) =>
  ({ hint, type: { scalar, extents } }) satisfies ProgramSymbol;
const name = (symbol: ProgramSymbol): Expression => ({ kind: 'symbol', symbol });
const number = (value: number): Expression => ({ kind: 'number', value });
const binary = (operator: BinaryOperator, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});
const either = (condition: Expression, then: Expression, otherwise: Expression): Expression => ({
  kind: 'conditional',
  condition,
  then,
  otherwise,
});

const a = name(symbolOf('a', 'number'));
const b = name(symbolOf('b', 'number'));
const p = name(symbolOf('p', 'boolean'));
const q = name(symbolOf('q', 'boolean'));
const grid = symbolOf('grid', 'number', [8, 8]);
const iterator = symbolOf('row', 'number');

describe('costOf', () => {
  it.each([
    ['0', 0.5, number(0)],
    ['7', 1, number(7)],
    ['-7', 1.5, number(-7)],
    ['2.5', 1.5, number(2.5)],
    ['a', 1, a],
    ['a - b', 3, binary('-', a, b)],
    ['(a - b) * a', 5.5, binary('*', binary('-', a, b), a)],
    ['a - (b - a)', 5.5, binary('-', a, binary('-', b, a))],
    ['a - b - a', 5, binary('-', binary('-', a, b), a)],
    ['(a % 2) + b', 5.5, binary('+', binary('%', a, number(2)), b)],
    ['a % 2 === 1', 5, binary('===', binary('%', a, number(2)), number(1))],
    ['p !== q', 3.5, binary('!==', p, q)],
    ['!p', 1.5, { kind: 'unary', operator: '!', operand: p }],
    ['!(p && q)', 4, { kind: 'unary', operator: '!', operand: binary('&&', p, q) }],
    ['p || (p && q)', 5.5, binary('||', p, binary('&&', p, q))],
    ['p ? a : b', 5, either(p, a, b)],
    ['p ? a : q ? a : b', 10, either(p, a, either(q, a, b))],
    ['a > 0 ? p : q', 7.5, either(binary('>', a, number(0)), p, q)],
    ['Math.max(a, b)', 3.5, { kind: 'math', function: 'max', arguments: [a, b] }],
    ['grid[a][0]', 2, { kind: 'element', array: grid, indices: [a, number(0)] }],
    ['[a, b]', 2.5, { kind: 'array', elements: [a, b] }],
    ['sigmoid(a)', 3, { kind: 'helper', helper: 'sigmoid', arguments: [a] }],
  ] as const)('%s costs %f', (_text, cost, expression) => {
    expect(costOf(expression)).toBe(cost);
  });

  it('a reduction costs its loop, its bounds and its body', () => {
    const sum: Expression = {
      kind: 'reduction',
      operation: 'sum',
      iterator,
      from: number(0),
      to: number(8),
      step: 1,
      body: { kind: 'element', array: grid, indices: [name(iterator)] },
    };
    expect(costOf(sum)).toBe(3 + 0.5 + 1 + 1.5);
  });

  it('takes other reading costs for single symbols', () => {
    expect(costOf(binary('-', a, b), ({ hint }) => (hint === 'a' ? 3 : 1))).toBe(5);
  });
});
