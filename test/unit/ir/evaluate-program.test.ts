import { describe, expect, it } from 'vitest';
import { array, compare, element, giveBack, math, multiply, num, reduction, ref, symbol } from '../../../src/ir/program-builders.js'; // prettier-ignore
import type { Program, ReductionOperation } from '../../../src/ir/program.js';
import { createRandom } from '../../../src/numeric/random.js';
import { evaluateProgram } from '../../helpers/evaluate-program.js';
import { maxsatProgram, orientationProgram } from '../../helpers/programs.js';

describe('evaluateProgram', () => {
  it('runs the orientation program', () => {
    const program = orientationProgram(4);
    const column = Array.from({ length: 16 }, (_, cell) => (cell % 4 === 2 ? 1 : 0));
    const row = Array.from({ length: 16 }, (_, cell) => (Math.floor(cell / 4) === 1 ? 1 : 0));
    const [vertical, horizontal] = evaluateProgram(program, [column]);
    expect(vertical).toBe(-horizontal);
    expect(vertical).toBeGreaterThan(0);
    expect(evaluateProgram(program, [row])).toEqual([horizontal, vertical]);
  });

  it('runs the MAXSAT program', () => {
    const random = createRandom(3);
    const cells = Array.from({ length: 5 * 7 }, () => random.below(2));
    const [first, second] = evaluateProgram(maxsatProgram(5, 7), [cells]);
    expect(first + second).toBeCloseTo(1, 12);
  });

  it.each<[ReductionOperation, number]>([
    ['sum', 6],
    ['min', 1],
    ['max', 3],
  ])('reduces by %s', (operation, expected) => {
    expect(reduce(operation)).toBe(expected);
  });

  it.each<[ReductionOperation, number]>([
    ['count', 2],
    ['any', 1],
    ['all', 0],
  ])('reduces truths by %s', (operation, expected) => {
    expect(reduce(operation)).toBe(expected);
  });
});

/** A reduction over [1, 2, 3], for truths of `x >= 2`, as a number. */
function reduce(operation: ReductionOperation): number {
  const [x, i] = [symbol('x', 'number', [3]), symbol('i')];
  const cell = element(x, ref(i));
  const logical = operation === 'count' || operation === 'any' || operation === 'all';
  const body = logical ? compare('>=', cell, num(2)) : cell;
  const result = reduction(operation, i, 0, 3, body);
  const truth = operation === 'any' || operation === 'all';
  const value = truth
    ? ({ kind: 'conditional', condition: result, then: num(1), otherwise: num(0) } as const)
    : multiply(num(1), math('abs', result));
  const program: Program = {
    interface: {
      name: 'reduce',
      source: 'sha256:test',
      inputs: [{ name: 'x', shape: [3], domain: { kind: 'real' } }],
      outputs: [{ name: 'y', shape: [1] }],
      decision: { kind: 'none' },
    },
    parameters: [x],
    tables: [],
    body: [giveBack(array(value))],
  };
  return evaluateProgram(program, [[1, 2, 3]])[0];
}
