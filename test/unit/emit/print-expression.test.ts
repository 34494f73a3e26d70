import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { print } from '../../../src/emit/print-expression.js';
import { resolveNames } from '../../../src/emit/naming.js';
import { constant, element, giveBack, num, symbol } from '../../../src/ir/program-builders.js';
import type { BinaryOperator, Expression, Program } from '../../../src/ir/program.js';
import { evaluateProgram } from '../../helpers/evaluate-program.js';

const x = symbol('x', 'number', [3]);
const truth = symbol('truth', 'boolean');

function programReturning(value: Expression): Program {
  return {
    interface: {
      name: 'expression',
      source: 'sha256:test',
      inputs: [{ name: 'x', shape: [3], domain: { kind: 'real' } }],
      outputs: [{ name: 'y', shape: [] }],
      decision: { kind: 'none' },
    },
    parameters: [x],
    tables: [],
    body: [giveBack(value)],
  };
}

function textOf(value: Expression): string {
  const program = programReturning(value);
  const names = resolveNames({ ...program, body: [constant(truth, num(0)), ...program.body] }, []);
  return print(value, { names, isForeign: () => false, typed: new Set() });
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right };
}

const cell = (index: number): Expression => element(x, index);
const [a, b, c] = [cell(0), cell(1), cell(2)];

describe('print', () => {
  it.each([
    [binary('-', a, binary('-', b, c)), 'x[0] - (x[1] - x[2])'],
    [binary('-', binary('-', a, b), c), 'x[0] - x[1] - x[2]'],
    [binary('+', a, binary('+', b, c)), 'x[0] + (x[1] + x[2])'],
    [binary('*', binary('+', a, b), c), '(x[0] + x[1]) * x[2]'],
    [binary('+', binary('*', a, b), c), 'x[0] * x[1] + x[2]'],
    [binary('/', a, binary('*', b, c)), 'x[0] / (x[1] * x[2])'],
    [binary('===', binary('<', a, b), binary('>', b, c)), '(x[0] < x[1]) === (x[1] > x[2])'],
    [binary('*', num(-2), a), '-2 * x[0]'],
    [{ kind: 'unary', operator: '-', operand: num(-2) }, '-(-2)'],
    [{ kind: 'unary', operator: '-', operand: binary('+', a, b) }, '-(x[0] + x[1])'],
    [
      { kind: 'unary', operator: '-', operand: binary('*', binary('*', num(2), a), b) },
      '-2 * x[0] * x[1]',
    ],
    [{ kind: 'unary', operator: '-', operand: binary('*', a, b) }, '-(x[0] * x[1])'],
    [{ kind: 'unary', operator: '!', operand: binary('<', a, b) }, '!(x[0] < x[1])'],
  ] satisfies [Expression, string][])('%#: %s', (expression, text) => {
    expect(textOf(expression)).toBe(text);
  });

  it('refuses a reduction', () => {
    const reduction = { kind: 'reduction', operation: 'sum', iterator: symbol('i'), from: num(0), to: num(3), step: 1, body: a } as const; // prettier-ignore
    expect(() => textOf(reduction)).toThrow('a reduction (sum) cannot be printed');
  });

  it('prints what JavaScript reads as the same tree', () => {
    fc.assert(
      fc.property(
        numericExpression(),
        fc.tuple(cellValue(), cellValue(), cellValue()),
        (tree, cells) => {
          const value: unknown = runInNewContext(textOf(tree), { x: cells });
          expect(value).toEqual(evaluateProgram(programReturning(tree), [cells])[0]);
        },
      ),
      { seed: 5, numRuns: 400 },
    );
  });
});

function cellValue(): fc.Arbitrary<number> {
  return fc.constantFrom(-3, -1, 0, 0.5, 1, 2, 7);
}

/** Trees of numbers, with conditions inside them. */
function numericExpression(): fc.Arbitrary<Expression> {
  return fc.letrec<{ number: Expression; condition: Expression }>((tie) => ({
    number: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom(a, b, c, num(2), num(-1.5)),
      fc
        .tuple(
          fc.constantFrom<BinaryOperator>('+', '-', '*', '/', '%', '**'),
          tie('number'),
          tie('number'),
        )
        .map(([operator, left, right]) => binary(operator, left, right)),
      tie('number').map((operand): Expression => ({ kind: 'unary', operator: '-', operand })),
      fc
        .tuple(tie('condition'), tie('number'), tie('number'))
        .map(([condition, then, otherwise]): Expression => ({ kind: 'conditional', condition, then, otherwise })), // prettier-ignore
      fc
        .tuple(tie('number'), tie('number'))
        .map((operands): Expression => ({ kind: 'math', function: 'max', arguments: operands })),
    ),
    condition: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc
        .tuple(
          fc.constantFrom<BinaryOperator>('===', '!==', '<', '<=', '>', '>='),
          tie('number'),
          tie('number'),
        ) // prettier-ignore
        .map(([operator, left, right]) => binary(operator, left, right)),
      fc
        .tuple(
          fc.constantFrom<BinaryOperator>('&&', '||', '===', '!=='),
          tie('condition'),
          tie('condition'),
        ) // prettier-ignore
        .map(([operator, left, right]) => binary(operator, left, right)),
      tie('condition').map((operand): Expression => ({ kind: 'unary', operator: '!', operand })),
    ),
  })).number;
}
