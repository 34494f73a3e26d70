import { describe, expect, it } from 'vitest';
import { evaluateMaxsat, maxsatTable } from '../../../examples/maxsat/evaluate.js';
import { evaluateOrientation, orientationTable } from '../../../examples/orientation/evaluate.js';
import { labelOf } from '../../../src/verify/run-module.js';
import { createTeacher } from '../../../src/verify/teacher.js';
import { maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';

describe('evaluateOrientation', () => {
  const network = orientationNetwork(8);
  const teacher = createTeacher(network);
  const answer = (inputs: readonly ArrayLike<number>[]) =>
    labelOf(network, teacher.decide(teacher.forward(inputs)));

  it('counts right answers of both and answers in common', () => {
    const results = evaluateOrientation(network, answer, { count: 40, seed: 1 });
    expect(results.map(({ set, images }) => [set, images])).toEqual([
      ['training', 16], ['diagonal', 40], ['dotted', 40], ['zigzag', 40], ['outline', 40],
      ['dotted diagonal', 40],
    ]); // prettier-ignore
    for (const { images, networkRight, moduleRight, agreements } of results) {
      expect(agreements).toBe(images);
      expect(moduleRight).toBe(networkRight);
    }
    expect(results.slice(2, 5).map(({ networkRight }) => networkRight)).toEqual([40, 40, 40]);
  });

  it('sees a module that answers otherwise', () => {
    const results = evaluateOrientation(network, () => 'vertical', { count: 10, seed: 1 });
    expect(results[0]).toEqual({
      set: 'training',
      images: 16,
      networkRight: 16,
      moduleRight: 8,
      agreements: 8,
    });
    expect(orientationTable(results.slice(0, 1))).toBe(
      [
        '| set      | images | network | module | same answer |',
        '| -------- | -----: | ------: | -----: | ----------: |',
        '| training |     16 |  1.0000 | 0.5000 |     8 of 16 |',
        '',
      ].join('\n'),
    );
  });

  it('tells how far it is', () => {
    const seen: number[] = [];
    evaluateOrientation(network, answer, {
      count: 2,
      seed: 1,
      onProgress: (done, total) => seen.push(done / total),
    });
    expect(seen).toHaveLength(26);
    expect(seen.at(-1)).toBe(1);
  });
});

describe('evaluateMaxsat', () => {
  it('gives a module that equals its network the same result', () => {
    const network = maxsatNetwork(10, 50);
    const teacher = createTeacher(network);
    const results = evaluateMaxsat(
      network,
      (inputs) => ({ scores: teacher.forward(inputs).map((s) => [...s]), decision: 0 }),
      { formulas: 20, trials: 2, seed: 1 },
    );
    expect(results.map(({ player }) => player)).toEqual([
      'module', 'network', 'greedy majority', '3/4-approximation', 'optimum',
    ]); // prettier-ignore
    expect(results[1]).toMatchObject({ mean: results[0].mean, lead: 0, leadInterval: 0 });
    expect(maxsatTable(results).split('\n')[0]).toBe(
      '| player            | mean satisfied | module leads by | 95 % interval |',
    );
  });
});
