/** What went wrong in earlier attempts at shrinking loop bodies, one test for each. */
import { describe, expect, it } from 'vitest';
import { dropIrrelevant, MAX_STATES, synthesise } from '../../../../src/infer/synthesis/index.js';
import type { Synthesis, SynthesisProblem } from '../../../../src/infer/synthesis/index.js';
import { bits, booleans, feature, print, range, table, typeOf, wrongStates } from './support.js';

function solve(problem: SynthesisProblem): Synthesis {
  const synthesis = synthesise(problem);
  if (synthesis === undefined) throw new Error('no answer');
  expect(wrongStates(synthesis.expression, problem)).toEqual([]);
  expect(typeOf(synthesis.expression)).toBe(problem.type);
  return synthesis;
}

const text = (problem: SynthesisProblem): string => print(solve(problem).expression);
const total = (cells: readonly number[]): number => cells.reduce((sum, cell) => sum + cell, 0);

/** Values without pattern, the same in every run. */
function scrambled(state: number): number {
  let mixed = Math.imul(state + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

describe('pitfalls', () => {
  it('bits are never conditions, booleans never numbers', () => {
    for (let rule = 0; rule < 256; rule += 5) {
      const target = (l: number, c: number, r: number): boolean =>
        ((rule >> (4 * l + 2 * c + r)) & 1) === 1;
      expect(typeOf(solve(table(bits('l', 'c', 'r'), target)).expression)).toBe('boolean');
      expect(typeOf(solve(table(booleans('l', 'c', 'r'), target)).expression)).toBe('boolean');
    }
  });

  it('a number that two conditions choose between finds its exclusive or', () => {
    const problem = table([...booleans('a', 'b'), ['k', 'count', range(0, 4)]], (a, b, k) =>
      (a === 1) !== (b === 1 && k > 2) ? 3.5 : -1,
    );
    expect(solve(problem).cost).toBeLessThanOrEqual(13.5);
  });

  it('a count of three cells lies beyond the first bank level', () => {
    expect(text(table(bits('a', 'b', 'carry'), (...x) => total(x) >= 2))).toBe(
      'a + b + carry >= 2',
    );
  });

  it('many states do not starve the bank', () => {
    const problem = table(
      [
        ['column', 'count', range(0, 28)],
        ['row', 'count', range(0, 28)],
      ],
      (column, row) => Math.sign(column - row),
    );
    expect(text(problem)).toBe('Math.sign(column - row)');
  });

  it('a count that holds the cell is compared with it without penalty', () => {
    const problem = table(
      [...bits('cell'), ['rowCount', 'count', range(0, 8)]],
      (cell, rowCount) => rowCount - cell > 0,
      (cell, rowCount) => cell <= rowCount && rowCount <= 7 + cell,
    );
    expect(solve(problem).cost).toBe(3);
  });

  it('an equality is preferred where unreachable states leave the choice', () => {
    const problem = table(
      [...booleans('cell'), ['rowCount', 'count', range(0, 8)]],
      (cell, rowCount) => cell === 1 && rowCount === 1,
      (cell, rowCount) => cell <= rowCount && rowCount <= 7 + cell,
    );
    expect(text(problem)).toBe('cell && rowCount === 1');
  });

  it('only break points are compared with', () => {
    const problem = table([...booleans('alive'), ['k', 'count', range(0, 100)]], (alive, k) => {
      return k === 3 || (alive === 1 && k === 2);
    });
    expect(text(problem)).toBe('k === 3 || (alive && k === 2)');
  });

  it('a random table still gets an exact answer, and says what it is', () => {
    let state = 0;
    const axes = [
      ...bits('b'),
      ['k', 'count', range(0, 19)],
      ['m', 'count', range(0, 19)],
    ] as const;
    const problem = table(axes, () => (scrambled(state++) % 1000) / 7);
    expect(solve({ ...problem, effort: 4_000 }).quality).toBe('table');
  });

  it('a random function of six cells is about as short as decomposition makes it', () => {
    let state = 0;
    const problem = table(booleans('a', 'b', 'c', 'd', 'e', 'f'), () => {
      return (scrambled(state++) & 64) !== 0;
    });
    expect(solve(problem).cost).toBeLessThanOrEqual(60);
  });

  it('effort is counted, so that the answer is the same each time', () => {
    const problem = table([...bits('p', 'n'), ['r', 'count', range(0, 8)]], (p, n, r) => {
      return (p - n) * (r === 0 ? 10 : 2.29756);
    });
    const answers = [1, 500, 5_000, 20_000].map((effort) => text({ ...problem, effort }));
    const again = [1, 500, 5_000, 20_000].map((effort) => text({ ...problem, effort }));
    expect(again).toEqual(answers);
  });

  it('labels keep their exact values', () => {
    const third = 1 / 3;
    const answer = text(table([['k', 'count', range(0, 4)]], (k) => (k > 2 ? third : 0.1 + 0.2)));
    expect(answer).toContain(String(third));
    expect(answer).toContain(String(0.1 + 0.2));
  });

  it('thresholds with weights beat logic for numbers written in bits', () => {
    const names = bits('a2', 'a1', 'a0', 'b2', 'b1', 'b0');
    const greater = table(names, (a, b, c, d, e, f) => 4 * a + 2 * b + c > 4 * d + 2 * e + f);
    expect(text(greater)).toBe('4 * a2 + 2 * a1 + a0 > 4 * b2 + 2 * b1 + b0');
  });

  it('the sign of a sum of signs', () => {
    const sign = [-1, 0, 1];
    const axes = ['x', 'y', 'z'].map((name) => [name, 'integer', sign] as const);
    expect(text(table(axes, (...x) => Math.sign(total(x))))).toBe('Math.sign(x + y + z)');
  });
});

describe('bounds of the interface', () => {
  const cell = feature('cell', 'bit');
  const contradiction: SynthesisProblem = {
    features: [cell],
    columns: [Float64Array.of(0, 1, 1)],
    states: 3,
    target: Float64Array.of(0, 0, 1),
    type: 'boolean',
  };

  it('a contradictory table has no answer', () => {
    expect(synthesise(contradiction)).toBeUndefined();
    expect(dropIrrelevant(contradiction)).toBe(contradiction);
  });

  it('an empty and an oversized table have none either', () => {
    const sized = (states: number): SynthesisProblem => ({
      features: [cell],
      columns: [new Float64Array(states)],
      states,
      target: new Float64Array(states),
      type: 'number',
    });
    expect(synthesise(sized(0))).toBeUndefined();
    expect(synthesise(sized(MAX_STATES + 1))).toBeUndefined();
  });

  it('columns of the wrong length and mistyped symbols are refused', () => {
    expect(() => synthesise({ ...contradiction, states: 2 })).toThrow(RangeError);
    const mistyped = { ...cell, kind: 'boolean' } as const;
    expect(() => synthesise({ ...contradiction, features: [mistyped] })).toThrow(
      'feature cell: kind boolean, but a number',
    );
  });

  it('expensive features go first when one of two will do', () => {
    const problem = table(
      [...bits('twin', 'cell')],
      (twin) => twin === 1,
      (a, b) => a === b,
    );
    const [twin, other] = problem.features;
    const dear = { ...problem, features: [{ ...twin, cost: 3 }, other] };
    expect(dropIrrelevant(dear).features.map(({ symbol }) => symbol.hint)).toEqual(['cell']);
    expect(dropIrrelevant(problem).features.map(({ symbol }) => symbol.hint)).toEqual(['twin']);
  });

  it('a constant table needs no feature', () => {
    expect(text(table(bits('a', 'b'), () => 2.5))).toBe('2.5');
    expect(text(table(bits('a', 'b'), () => true))).toBe('true');
  });
});
