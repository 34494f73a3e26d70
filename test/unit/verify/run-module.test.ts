import { describe, expect, it } from 'vitest';
import type { ModelInterface } from '../../../src/ir/model-interface.js';
import {
  createPredictor,
  createRunner,
  flatten,
  labelOf,
  loadModule,
  nest,
} from '../../../src/verify/run-module.js';
import { stripTypes } from '../../../src/verify/strip-types.js';
import { BINARY } from '../../helpers/networks.js';

const MODEL: ModelInterface = {
  name: 'sum',
  source: 'sha256:test',
  inputs: [{ name: 'grid', shape: [2, 2], domain: BINARY }],
  outputs: [{ name: 'scores', shape: [2], labels: ['even', 'odd'] }],
  decision: { kind: 'argmax' },
};

const CODE = `
export function scores(grid: ArrayLike<ArrayLike<number>>): [number, number] {
  const sum: number = grid[0][0] + grid[0][1] * 10 + grid[1][0] * 100 + grid[1][1] * 1000;
  return [sum, -sum];
}
export function predict(grid: ArrayLike<ArrayLike<number>>): 'even' | 'odd' {
  return scores(grid)[0] >= 0 ? 'even' : 'odd';
}
export const network = { name: 'sum', verdict: 'proved' } as const;
export default predict;
`;

describe('loadModule', () => {
  it('turns emitted text into functions', async () => {
    const module = await loadModule(CODE);
    const run = createRunner(module, MODEL);
    expect(run([[1, 2, 3, 4]])).toEqual({ scores: [[4321, -4321]], decision: 'even' });
    expect(module.network).toEqual({ name: 'sum', verdict: 'proved' });
  });

  it('links the sibling module with the weights', async () => {
    const weights = 'export const TABLE: readonly number[] = [7, 8];\n';
    const code = CODE.replace('const sum: number = ', 'const sum = TABLE[1] +');
    const module = await loadModule(`import { TABLE } from './sum.weights.js';\n${code}`, weights);
    expect(createRunner(module, MODEL)([[0, 0, 0, 0]]).scores).toEqual([[8, -8]]);
  });

  it('says what is missing or wrong', async () => {
    await expect(loadModule('export const scores = 1;')).rejects.toThrow('no function `scores`');
    await expect(loadModule('export const scores = () => 1;')).rejects.toThrow('`predict`');
    await expect(loadModule('let x = ;\n')).rejects.toThrow('line 1: Expression expected.');
    const short = await loadModule(CODE.replace('[sum, -sum]', '[sum]'));
    expect(() => createRunner(short, MODEL)([[0, 0, 0, 0]])).toThrow('expected 2 scores, got 1');
    const words = await loadModule(CODE.replace('[sum, -sum]', "['a', sum]"));
    expect(() => createRunner(words, MODEL)([[0, 0, 0, 0]])).toThrow('got a string');
  });

  it('takes several outputs by name and leaves out a missing decision', async () => {
    const model: ModelInterface = {
      ...MODEL,
      outputs: [
        { name: 'a', shape: [] },
        { name: 'b', shape: [1, 2] },
      ],
      decision: { kind: 'none' },
    };
    const module = await loadModule(CODE.replace('[sum, -sum]', '{ b: [[2, 3]], a: sum }'));
    const run = createRunner(module, model);
    expect(run([[1, 0, 0, 0]])).toEqual({ scores: [[1], [2, 3]], decision: undefined });
    expect(() => run([[1]])).toThrow('expected 4 values, got 1');
  });
});

describe('stripTypes', () => {
  it('keeps the code and drops the types', async () => {
    expect(await stripTypes('export const f = (x: number): number => x;\n')).toBe(
      'export const f = (x) => x;\n',
    );
  });
});

describe('nest', () => {
  it('follows the shape row-major, a scalar being a number', () => {
    expect(nest([1, 2, 3, 4, 5, 6], [2, 3])).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(nest([7], [])).toBe(7);
    expect(flatten(nest([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(() => flatten([1, [true]])).toThrow('got a boolean');
  });

  it('names an index by its label', () => {
    expect(labelOf(MODEL, 1)).toBe('odd');
    expect(labelOf({ ...MODEL, outputs: [{ name: 's', shape: [2] }] }, 1)).toBe(1);
  });
});

describe('createPredictor', () => {
  it('gives what predict gives', async () => {
    const predict = createPredictor(await loadModule(CODE), MODEL);
    expect([predict([[1, 0, 0, 0]]), predict([[-1, 0, 0, 0]])]).toEqual(['even', 'odd']);
  });
});
