/**
 * Laws of the synthesiser on random cones: the text computes the table, whatever the table; and the
 * answer is seldom dearer than the expression that the table was made from.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinaryOperator, Expression } from '../../src/ir/program.js';
import { costOf } from '../../src/infer/cost.js';
import { dropIrrelevant } from '../../src/infer/synthesis/relevance.js';
import { synthesise } from '../../src/infer/synthesis/synthesise.js';
import type { SynthesisProblem } from '../../src/infer/synthesis/problem.js';
import {
  bits,
  booleans,
  print,
  range,
  runnable,
  table,
  typeOf,
  wrongStates,
  type Axis,
} from '../unit/infer/synthesis/support.js';

const SEED = 20261121;

const COUNTS: readonly Axis[] = [
  ['k', 'count', range(0, 8)],
  ['m', 'count', range(0, 4)],
];

/** Features of all cones, with the expressions that name them. */
function frame(axes: readonly Axis[]) {
  const { features } = table(axes, () => 0);
  const names = features.map(({ symbol }): Expression => ({ kind: 'symbol', symbol }));
  return { axes, features, names };
}

const binary = (operator: BinaryOperator, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});
const number = (value: number): Expression => ({ kind: 'number', value });

interface Grammar {
  readonly condition: fc.Arbitrary<Expression>;
  readonly value: fc.Arbitrary<Expression>;
}

/** Random expressions over the frame, as a person might write them. */
function grammar(names: readonly Expression[], kinds: readonly string[]): Grammar {
  const counts = names.filter((_, index) => kinds[index] === 'count');
  const cells = names.filter((_, index) => kinds[index] !== 'count');
  const literal = fc
    .constantFrom(...cells)
    .map((cell): Expression =>
      cell.kind === 'symbol' && cell.symbol.type.scalar === 'boolean'
        ? cell
        : binary('===', cell, number(1)),
    );
  const test = fc
    .tuple(fc.constantFrom('===', '>=', '<', '>' as const), fc.constantFrom(...counts), fc.nat(5))
    .map(([operator, count, bound]) => binary(operator as BinaryOperator, count, number(bound)));
  const { condition, value } = fc.letrec<{ condition: Expression; value: Expression }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      literal,
      test,
      fc
        .tuple(fc.constantFrom('&&', '||'), tie('condition'), tie('condition'))
        .map(([operator, left, right]) => binary(operator as BinaryOperator, left, right)),
      fc.tuple(literal, tie('condition')).map(([left, right]) => binary('!==', left, right)),
      tie('condition').map((operand): Expression => ({ kind: 'unary', operator: '!', operand })),
    ),
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.constantFrom(...counts),
      fc.constantFrom(-3, 1, 2, 2.5, 10).map(number),
      fc
        .tuple(fc.constantFrom('+', '-', '*'), tie('value'), tie('value'))
        .map(([operator, left, right]) => binary(operator as BinaryOperator, left, right)),
      fc
        .tuple(tie('condition'), tie('value'), tie('value'))
        .map(([asked, then, otherwise]): Expression => ({
          kind: 'conditional',
          condition: asked,
          then,
          otherwise,
        })),
    ),
  }));
  return { condition, value };
}

/** The cone of an expression: its printed text run by JavaScript on every state. */
function coneOf(expression: Expression, { axes, features }: ReturnType<typeof frame>) {
  const names = features.map(({ symbol }) => symbol.hint);
  const run = runnable(expression, names);
  const cone = table(axes, (...values) =>
    run(...values.map((value, index) => (axes[index][1] === 'boolean' ? value === 1 : value))),
  );
  return { ...cone, features };
}

/** Shares of cones that are right, and that cost no more than their generator. */
function measure(expressions: readonly Expression[], world: ReturnType<typeof frame>) {
  let cheap = 0;
  for (const generator of expressions) {
    const cone = coneOf(generator, world);
    const synthesis = synthesise({ ...cone, effort: 60_000 });
    if (synthesis === undefined) throw new Error(`no answer for ${print(generator)}`);
    expect(typeOf(synthesis.expression)).toBe(cone.type);
    expect(wrongStates(synthesis.expression, cone), print(generator)).toEqual([]);
    if (synthesis.cost <= costOf(generator)) cheap++;
  }
  return cheap / expressions.length;
}

describe('random cones', () => {
  const world = frame([...booleans('a', 'b', 'c'), ...COUNTS]);
  const kinds = world.features.map(({ kind }) => kind);
  const { condition, value } = grammar(world.names, kinds);

  it('conditions are right, and rarely dearer than what they were made from', () => {
    const share = measure(fc.sample(condition, { seed: SEED, numRuns: 60 }), world);
    expect(share).toBeGreaterThanOrEqual(0.95);
  });

  it('numbers are right, and rarely dearer than what they were made from', () => {
    const share = measure(fc.sample(value, { seed: SEED, numRuns: 60 }), world);
    expect(share).toBeGreaterThanOrEqual(0.85);
  });

  it('bits as numbers: the same', () => {
    const other = frame([...bits('a', 'b', 'c'), ...COUNTS]);
    const { value: numbers } = grammar(
      other.names,
      other.features.map(({ kind }) => kind),
    );
    const share = measure(fc.sample(numbers, { seed: SEED + 1, numRuns: 40 }), other);
    expect(share).toBeGreaterThanOrEqual(0.85);
  });
});

describe('any table', () => {
  const small = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 24, maxLength: 24 });
  const axes: Axis[] = [
    ['x', 'integer', [-1, 0, 1]],
    ['cell', 'bit', [0, 1]],
    ['k', 'count', range(0, 3)],
  ];

  it('of numbers is computed exactly', () => {
    fc.assert(
      fc.property(small, (values) => {
        let next = 0;
        const problem: SynthesisProblem = { ...table(axes, () => values[next++]), effort: 5_000 };
        const synthesis = synthesise(problem);
        expect(synthesis && wrongStates(synthesis.expression, problem)).toEqual([]);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('with a part of its states reachable is computed exactly', () => {
    const kept = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(small, kept, (values, reachable) => {
        fc.pre(reachable.includes(true));
        let next = 0;
        let asked = 0;
        const problem = table(
          axes,
          () => values[next++] > 0,
          () => reachable[asked++],
        );
        const synthesis = synthesise({ ...problem, effort: 5_000 });
        expect(synthesis && wrongStates(synthesis.expression, problem)).toEqual([]);
        expect(synthesis && typeOf(synthesis.expression)).toBe('boolean');
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('loses the features that it does not depend on, and no others', () => {
    fc.assert(
      fc.property(fc.nat(255), (rule) => {
        const problem = table(booleans('a', 'b', 'c'), (a, b, c) => {
          return ((rule >> (4 * a + 2 * b + c)) & 1) === 1;
        });
        const depends = [4, 2, 1].filter((weight) =>
          range(0, 7).some((row) => ((rule >> row) & 1) !== ((rule >> (row ^ weight)) & 1)),
        );
        const { features, states } = dropIrrelevant(problem);
        expect(features.map(({ symbol }) => 4 >> 'abc'.indexOf(symbol.hint))).toEqual(depends);
        expect(states).toBe(2 ** depends.length);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('gives the same answer twice', () => {
    fc.assert(
      fc.property(small, (values) => {
        const solve = (): string => {
          let next = 0;
          const synthesis = synthesise({ ...table(axes, () => values[next++]), effort: 3_000 });
          return synthesis === undefined ? '' : print(synthesis.expression);
        };
        expect(solve()).toBe(solve());
      }),
      { seed: SEED, numRuns: 10 },
    );
  });
});
