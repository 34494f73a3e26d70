/** Cones whose shortest expression is known: the text, its cost, and that it equals the table. */
import { describe, expect, it } from 'vitest';
import { synthesise } from '../../../../src/infer/synthesis/synthesise.js';
import type { SynthesisProblem } from '../../../../src/infer/synthesis/problem.js';
import { bits, booleans, print, range, table, typeOf, wrongStates, type Axis } from './support.js';

/** Text and cost of the answer, after running the text on every state. */
function solved(problem: SynthesisProblem): { text: string; cost: number } {
  const synthesis = synthesise(problem);
  if (synthesis === undefined) throw new Error('no answer');
  expect(typeOf(synthesis.expression)).toBe(problem.type);
  expect(wrongStates(synthesis.expression, problem)).toEqual([]);
  return { text: print(synthesis.expression), cost: synthesis.cost };
}

function count(name: string, last: number): Axis {
  return [name, 'count', range(0, last)];
}

const LITERALS = [...bits('positive', 'negative'), count('others', 8)];
const NAMED_LITERALS = [...booleans('positive', 'negative'), count('others', 8)];

function clause(positive: number, negative: number, others: number): number {
  return (positive - negative) * (others === 0 ? 10 : 2.29756);
}

describe('a MAXSAT clause', () => {
  it('is a difference times a weight', () => {
    expect(solved(table(LITERALS, clause))).toEqual({
      text: '(positive - negative) * (others === 0 ? 10 : 2.29756)',
      cost: 12,
    });
  });

  it('does not mention cells that make no difference', () => {
    const odd = table([...bits('first', 'second'), ...LITERALS], (_a, _b, ...rest) =>
      clause(rest[0], rest[1], rest[2]),
    );
    expect(odd.states).toBe(144);
    expect(solved(odd).text).toBe('(positive - negative) * (others === 0 ? 10 : 2.29756)');
  });

  it('keeps the last digits of its weight', () => {
    const weight = 2.297559933;
    const { text } = solved(
      table(LITERALS, (p, n, others) => (p - n) * (others === 0 ? 10 : weight)),
    );
    expect(text).toBe('(positive - negative) * (others === 0 ? 10 : 2.297559933)');
  });

  it.each([
    ['negative && others === 0', 4.5, (_p: number, n: number, r: number) => n === 1 && r === 0],
    ['positive && others === 0', 4.5, (p: number, _n: number, r: number) => p === 1 && r === 0],
    [
      'others > 0 && (!positive || negative)',
      7.5,
      (p: number, n: number, r: number) => r > 0 && (p === 0 || n === 1),
    ],
    [
      'others > 0 && (positive || !negative)',
      7.5,
      (p: number, n: number, r: number) => r > 0 && (p === 1 || n === 0),
    ],
  ])('has the subconcept %s', (text, cost, target) => {
    expect(solved(table(NAMED_LITERALS, target))).toEqual({ text, cost });
  });
});

describe('elementary automata', () => {
  const rule = (number: number): SynthesisProblem =>
    table(
      booleans('left', 'centre', 'right'),
      (l, c, r) => ((number >> (4 * l + 2 * c + r)) & 1) === 1,
    );

  it.each([
    [110, 8],
    [30, 6],
    [90, 3.5],
    [184, 5],
    [150, 6.5],
    [232, 9],
    [0, 0.5],
    [204, 1],
  ])('rule %i costs %f', (number, cost) => {
    expect(solved(rule(number)).cost).toBe(cost);
  });

  it('all 256 are right, and short together', () => {
    let total = 0;
    for (let number = 0; number < 256; number++) total += solved(rule(number)).cost;
    expect(total).toBeLessThanOrEqual(1608.5);
  });

  it('are right as 0/1 numbers too', () => {
    for (const number of [110, 30, 90, 184, 22, 232, 105]) {
      solved(
        table(
          bits('left', 'centre', 'right'),
          (l, c, r) => ((number >> (4 * l + 2 * c + r)) & 1) === 1,
        ),
      );
    }
  });
});

describe('counts', () => {
  const life = (alive: number, neighbours: number): boolean =>
    neighbours === 3 || (alive === 1 && neighbours === 2);

  it.each([8, 784])('the Game of Life with up to %i neighbours', (last) => {
    expect(solved(table([...booleans('alive'), count('neighbours', last)], life))).toEqual({
      text: 'neighbours === 3 || (alive && neighbours === 2)',
      cost: 9.5,
    });
  });

  it('the Game of Life from nine raw cells', () => {
    const cells = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const { text } = solved(
      table([...bits('alive'), ...bits(...cells)], (alive, ...others) =>
        life(
          alive,
          others.reduce((sum, cell) => sum + cell, 0),
        ),
      ),
    );
    expect(text).toContain('a + b + c + d + e + f + g + h === 3');
  });

  it.each([
    ['ones % 2 === 1', 8, (ones: number) => ones % 2 === 1],
    ['ones >= 5', 9, (ones: number) => ones >= 5],
    ['ones >= 3', 5, (ones: number) => ones >= 3],
    ['ones === 8', 8, (ones: number) => ones === 8],
    ['ones === 0', 8, (ones: number) => ones === 0],
    [
      'ones === 1 || ones === 4 || ones === 6',
      8,
      (ones: number) => ones === 1 || ones === 4 || ones === 6,
    ],
  ])('%s', (text, last, target) => {
    expect(solved(table([count('ones', last)], target)).text).toBe(text);
  });

  it.each([
    ['A > B', (a: number, b: number) => a > b],
    ['Math.sign(A - B)', (a: number, b: number) => Math.sign(a - b)],
  ])('%s', (text, target) => {
    expect(solved(table([count('A', 7), count('B', 7)], target)).text).toBe(text);
  });

  it('a clamp', () => {
    const clamp = table([count('k', 8)], (k) => Math.min(5, Math.max(2, k)));
    expect(solved(clamp)).toEqual({ text: 'Math.min(5, Math.max(2, k))', cost: 6 });
  });

  it('column against row, which share a cell', () => {
    const axes = [...bits('cell'), count('column', 28), count('row', 28)];
    const problem = table(
      axes,
      (_cell, column, row) => Math.sign(column - row),
      (cell, column, row) => (cell === 1 ? column > 0 && row > 0 : column < 28 && row < 28),
    );
    expect(solved(problem).text).toBe('Math.sign(column - row)');
  });
});

describe('logic', () => {
  const sum = (cells: readonly number[]): number => cells.reduce((total, cell) => total + cell, 0);

  it.each([
    ['a full adder', 6.5, table(booleans('a', 'b', 'carry'), (...x) => sum(x) % 2 === 1)],
    ['its carry', 7, table(bits('a', 'b', 'carry'), (...x) => sum(x) >= 2)],
    ['a 2:1 multiplexer', 5, table(booleans('s', 'x', 'y'), (s, x, y) => (s === 1 ? x : y) === 1)],
    [
      'a 4:1 multiplexer',
      15,
      table(booleans('s1', 's0', 'w', 'x', 'y', 'z'), (s1, s0, ...data) => data[2 * s1 + s0] === 1),
    ],
    [
      'equality of two numbers',
      12.5,
      table(
        booleans('a2', 'a1', 'a0', 'b2', 'b1', 'b0'),
        (a, b, c, d, e, f) => a === d && b === e && c === f,
      ),
    ],
    [
      'comparison of two numbers',
      19,
      table(
        bits('a2', 'a1', 'a0', 'b2', 'b1', 'b0'),
        (a, b, c, d, e, f) => 4 * a + 2 * b + c > 4 * d + 2 * e + f,
      ),
    ],
    ['majority of five', 11, table(bits('a', 'b', 'c', 'd', 'e'), (...x) => sum(x) >= 3)],
    [
      'a read-once formula of eight cells',
      18,
      table(
        booleans('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
        (a, b, c, d, e, f, g, h) =>
          (a !== b && (c === 1 || d === 1)) || (e === 1 && f === 1) !== (g === 1 || h === 1),
      ),
    ],
  ])('%s costs at most %f', (_name, cost, problem) => {
    expect(solved(problem).cost).toBeLessThanOrEqual(cost);
  });
});

describe('real values', () => {
  it('five labels over a cell and a count', () => {
    const problem = table([...bits('a'), count('k', 8)], (a, k) =>
      k === 0 ? 7.5 : (2 * a - 1) * (k <= 2 ? 1.25 : 3.3),
    );
    expect(solved(problem).cost).toBeLessThanOrEqual(24);
  });

  it('an affine function', () => {
    const axes = [count('k', 8), count('m', 8), ...bits('b')];
    const problem = table(axes, (k, m, b) => 2 * k - m + 3 * b + 0.5);
    expect(solved(problem).cost).toBe(11.5);
  });

  it('two formulas on 20,000 states', () => {
    const problem = table([...bits('b'), count('k', 99), count('m', 99)], (b, k, m) =>
      b === 1 ? Math.sign(k - m) : Math.min(k, 5),
    );
    expect(problem.states).toBe(20_000);
    expect(solved(problem).cost).toBeLessThanOrEqual(12.5);
  });
});
