/** Checks shared by the tests of `infer`: programs are legal, keep the value, and hold no numbers. */
import { expect } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { inferProgram } from '../../../src/infer/index.js';
import type { ClusterGraph } from '../../../src/ir/cluster.js';
import type { ModelInterface } from '../../../src/ir/model-interface.js';
import { sizeOf } from '../../../src/ir/model-interface.js';
import type { Network } from '../../../src/ir/network.js';
import { checkProgram } from '../../../src/ir/program-check.js';
import type { Program, Statement } from '../../../src/ir/program.js';
import { createRandom } from '../../../src/numeric/random.js';
import { forward } from '../../../src/verify/teacher.js';
import { createClusterEvaluator } from '../../helpers/evaluate-cluster-graph.js';
import { evaluateProgram } from '../../helpers/evaluate-program.js';

/** Inputs of every density, the empty and the full one first; row-major, one array per input. */
export function sampleInputs(model: ModelInterface, count: number, seed: number): number[][][] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, sample) =>
    model.inputs.map(({ shape, domain }) => {
      const density = sample < 2 ? sample : random.unit();
      return Array.from({ length: sizeOf(shape) }, () => {
        if (domain.kind !== 'values') return 2 * random.unit() - 1;
        const { values } = domain;
        if (values.length !== 2) return values[random.below(values.length)];
        return random.unit() < density ? values[1] : values[0];
      });
    }),
  );
}

/** Every input of a model with one small {0, 1} input. */
export function allInputs(model: ModelInterface): number[][][] {
  const size = sizeOf(model.inputs[0].shape);
  return Array.from({ length: 2 ** size }, (_, code) => [
    Array.from({ length: size }, (_cell, cell) => (code >> cell) & 1),
  ]);
}

/** Legal, and within `tolerance` of `wanted` on every input. */
export function expectValues(
  program: Program,
  inputs: readonly number[][][],
  wanted: (input: readonly number[][]) => readonly number[],
  tolerance: number,
): void {
  expect(checkProgram(program, { lowered: true })).toEqual([]);
  let worst = 0;
  for (const input of inputs) {
    const got = evaluateProgram(program, input);
    const expected = wanted(input);
    expect(got).toHaveLength(expected.length);
    got.forEach((value, index) => {
      // NaN must not pass as a small difference.
      worst = Math.max(worst, Number.isNaN(value) ? Infinity : Math.abs(value - expected[index]));
    });
  }
  expect(worst).toBeLessThanOrEqual(tolerance);
}

/** The program of a graph built by hand, compared with the graph itself. */
export function inferChecked(graph: ClusterGraph, inputs: readonly number[][][]): Program {
  const program = inferProgram(graph);
  const evaluate = createClusterEvaluator(graph);
  expectValues(program, inputs, (input) => evaluate(input).flat(), 1e-6);
  return program;
}

/** The program of a network, compared with the network's own forward pass. */
export function compileChecked(network: Network, inputs: readonly number[][][]): Program {
  const program = inferProgram(clusterNetwork(network));
  expectValues(
    program,
    inputs,
    (input) => forward(network, input).flatMap((output) => [...output]),
    1e-6,
  );
  return program;
}

/** Number of printed lines of a program's body: statements, and an end for each block. */
export function countLines(block: readonly Statement[]): number {
  return block.reduce((sum, statement) => {
    if (statement.kind === 'for' || statement.kind === 'for-of') {
      return sum + 2 + countLines(statement.body);
    }
    if (statement.kind !== 'if') return sum + 1;
    const otherwise = statement.otherwise.length === 0 ? 0 : 1 + countLines(statement.otherwise);
    return sum + 2 + countLines(statement.then) + otherwise;
  }, 0);
}
