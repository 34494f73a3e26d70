import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { inferProgram } from '../../../src/infer/index.js';
import { dumpProgram } from '../../../src/ir/program-dump.js';
import { disguise } from '../../helpers/disguise.js';
import { maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';
import { maxsatGraph, orientationGraph } from './graphs.js';
import { allInputs, compileChecked, countLines, inferChecked, sampleInputs } from './helpers.js';

const DISGUISE = { permute: true, rescale: true, noise: 1e-9, dead: 5, duplicates: 5 };

/** The text of a program with the sizes of the problem and the last digits of reals left out. */
function shapeOf(text: string): string {
  return text.replace(/\d+(\.\d+)?/g, 'N');
}

describe('orientation', () => {
  it('computes line sums once and fuses all balances into one nest', () => {
    expect(dumpProgram(inferProgram(orientationGraph(28)))).toMatchInlineSnapshot(`
      "program orientation(image: number[28 × 28])
        allocate columnSums: number[28] = 0
        allocate rowSums: number[28] = 0
        for row = 0 .. 28
          let rowSum: number = 0
          for column = 0 .. 28
            columnSums[column] += image[row][column]
            rowSum += image[row][column]
          rowSums[row] = rowSum
        allocate columnBalances: number[28] = 0
        let total: number = 0
        allocate rowBalances: number[28] = 0
        for column~2 = 0 .. 28
          let columnBalance: number = 0
          for row~2 = 0 .. 28
            const comparison: number = sign(columnSums[column~2] - rowSums[row~2])
            columnBalance += comparison
            total += comparison
            rowBalances[row~2] += comparison
          columnBalances[column~2] = columnBalance
        let vertical: number = 0
        for column~3 = 0 .. 28
          vertical += sign(((28 * columnBalances[column~3]) - (27 * total)) - 756)
        for row~3 = 0 .. 28
          vertical -= sign(((27 * total) - (28 * rowBalances[row~3])) - 756)
        const score: number = 0.20565 * vertical
        return [score, -score]
      "
    `);
  });

  it.each([2, 3])('is the graph on every image of side %i', (n) => {
    const graph = orientationGraph(n);
    const program = inferChecked(graph, allInputs(graph.interface));
    expect(program.tables).toEqual([]);
  });

  it.each([5, 12, 28])('is the network at side %i, without tables', (n) => {
    const network = orientationNetwork(n);
    const program = compileChecked(network, sampleInputs(network, 20, n));
    expect(program.tables).toEqual([]);
    expect(countLines(program.body)).toBeLessThanOrEqual(32);
  });

  it('is the same program under a disguise, at another size', () => {
    const plain = inferProgram(clusterNetwork(orientationNetwork(28)));
    for (const seed of [1, 2]) {
      const hidden = disguise(orientationNetwork(12), { ...DISGUISE, seed });
      const program = inferProgram(clusterNetwork(hidden));
      expect(shapeOf(dumpProgram(program))).toBe(shapeOf(dumpProgram(plain)));
    }
  });
});

describe('MAXSAT', () => {
  it('is one loop over clauses and three features', () => {
    expect(dumpProgram(inferProgram(maxsatGraph(10, 50)))).toMatchInlineSnapshot(`
      "program maxsat(formula: number[10 × 50])
        let score: number = 0
        for clause = 0 .. 50
          let otherLiterals: number = 0
          for literal = 2 .. 10
            otherLiterals += formula[literal][clause]
          score += (formula[0][clause] - formula[1][clause]) * ((otherLiterals === 0) ? 10 : 2.2975599)
        return softmax([score, -score])
      "
    `);
  });

  it('is the graph on every formula of 4 literals and 3 clauses', () => {
    const graph = maxsatGraph(4, 3);
    const program = inferChecked(graph, allInputs(graph.interface));
    expect(program.tables).toEqual([]);
  });

  it('is the network, clause 0 included', () => {
    const network = maxsatNetwork(10, 50);
    const program = compileChecked(network, sampleInputs(network, 60, 3));
    expect(countLines(program.body)).toBeLessThanOrEqual(10);
    expect(dumpProgram(program)).not.toMatch(/formula\[\d\]\[\d\]/);
  });

  it('is the same program under a disguise, at another size', () => {
    const plain = inferProgram(clusterNetwork(maxsatNetwork(10, 50)));
    for (const seed of [1, 2]) {
      const hidden = disguise(maxsatNetwork(6, 17), { ...DISGUISE, seed });
      const program = compileChecked(hidden, sampleInputs(hidden, 30, seed));
      expect(shapeOf(dumpProgram(program))).toBe(shapeOf(dumpProgram(plain)));
    }
  });
});
