/** Large dense layers become calls that give the very same numbers; names and tables follow the layers. */
import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../../src/cluster/index.js';
import { inferProgram } from '../../../../src/infer/index.js';
import { callDense } from '../../../../src/infer/passes/call-dense.js';
import { nameLayers } from '../../../../src/infer/passes/name-layers.js';
import {
  accumulate, allocate, assign, element, giveBack, loop, math, multiply, num, ref, symbol, variable,
} from '../../../../src/ir/program-builders.js'; // prettier-ignore
import { checkProgram } from '../../../../src/ir/program-check.js';
import { dumpProgram } from '../../../../src/ir/program-dump.js';
import type { Expression, Program, ProgramSymbol } from '../../../../src/ir/program.js';
import { evaluateProgram } from '../../../helpers/evaluate-program.js';
import { modelOf } from '../graphs.js';
import { sampleInputs } from '../helpers.js';
import { dense } from '../structures.js';

const OPTIONS = { tolerance: 0 };

/** What stands where a dense layer has the plain loop. */
interface Variation {
  readonly neurons?: number;
  readonly start?: (biases: ProgramSymbol, i: ProgramSymbol) => Expression;
  readonly weight?: (weights: ProgramSymbol, i: ProgramSymbol, j: ProgramSymbol) => Expression;
  readonly inputs?: number;
  readonly value?: (sum: Expression, units: ProgramSymbol) => Expression;
}

/** One layer of ten inputs as lowering writes it, weights 0.1, 0.2, … in a square table. */
function layerProgram(variation: Variation = {}): Program {
  const { neurons = 10, inputs = 10 } = variation;
  const cells = symbol('cells', 'number', [10]);
  const weights = symbol('unitWeights', 'number', [neurons, 10]);
  const biases = symbol('unitBiases', 'number', [neurons]);
  const [units, sum, i, j] = [symbol('units', 'number', [neurons]), symbol('sum'), symbol('i'), symbol('j')]; // prettier-ignore
  const start = variation.start?.(biases, i) ?? element(biases, ref(i));
  const weight = variation.weight?.(weights, i, j) ?? element(weights, ref(i), ref(j));
  const value = variation.value?.(ref(sum), units) ?? math('tanh', ref(sum));
  const numbers = (size: number) => Float64Array.from({ length: size }, (_, k) => (k + 1) / 10);
  return {
    interface: modelOf({ shape: [10] }, { shape: [neurons] }),
    parameters: [cells],
    tables: [
      { symbol: biases, values: numbers(neurons) },
      { symbol: weights, values: numbers(10 * neurons) },
    ],
    body: [
      allocate(units),
      loop(i, 0, neurons, [
        variable(sum, start),
        loop(j, 0, inputs, [accumulate(sum, [], multiply(weight, element(cells, ref(j))))]),
        assign(units, [ref(i)], '=', value),
      ]),
      giveBack(ref(units)),
    ],
  };
}

/** The dump after the pass, once the program is legal and gives the same numbers to the last bit. */
function called(program: Program): string {
  expect(checkProgram(program, { lowered: true })).toEqual([]);
  const after = callDense.run(program, OPTIONS);
  expect(checkProgram(after, { lowered: true })).toEqual([]);
  for (const input of sampleInputs(program.interface, 25, 4)) {
    expect(evaluateProgram(after, input)).toEqual(evaluateProgram(program, input));
  }
  return dumpProgram(after);
}

describe('call-dense', () => {
  it('leaves to the loop what the layer does with its sums', () => {
    const text = called(layerProgram());
    expect(text).toContain('= dense(cells, unitWeights, unitBiases)');
    expect(text).toContain('tanh(units[i])');
    expect(text).not.toContain('sum');
  });

  it('needs no loop where the sums are the result', () => {
    expect(called(layerProgram({ value: (sum) => sum }))).not.toMatch(/^ *for /m);
  });

  it('puts one bias for all in a table beside the weights', () => {
    const program = layerProgram({ start: () => num(0.25) });
    expect(called(program)).toContain('= dense(cells, unitWeights, unitBiases~2)');
    const { tables } = callDense.run(program, OPTIONS);
    expect(tables[2].values).toEqual(new Float64Array(10).fill(0.25));
  });

  it.each<readonly [string, Variation]>([
    ['a small layer', { neurons: 6 }],
    ['weights read by columns', { weight: (weights, i, j) => element(weights, ref(j), ref(i)) }],
    ['a part of the inputs', { inputs: 9 }],
    ['a start that is no bias', { start: (_, i) => ref(i) }],
    ['biases read elsewhere', { start: (biases) => element(biases, num(0)) }],
    ['cells that are read before they are set', { value: (_, units) => element(units, num(0)) }],
  ])('leaves %s alone', (_, variation) => {
    expect(called(layerProgram(variation))).not.toContain('= dense(');
  });
});

describe('names of layers', () => {
  const tablesOf = (program: Program): readonly string[] => program.tables.map(({ symbol: { hint } }) => hint); // prettier-ignore

  it('count the hidden layers, and put tables in the order of the layers', () => {
    const program = inferProgram(
      clusterNetwork(dense([6, 15, 9, 4], ['relu', 'tanh', 'identity'], 2)),
    );
    expect(tablesOf(program)).toEqual([
      'hidden1Weights', 'hidden1Biases', 'hidden2Weights', 'hidden2Biases', 'outputWeights', 'outputBiases',
    ]); // prettier-ignore
  });

  it('are given to small networks, too, which keep their loops', () => {
    const program = inferProgram(clusterNetwork(dense([4, 5, 3], ['relu', 'identity'], 2)));
    expect(tablesOf(program)).toEqual(['hidden1Weights', 'hidden1Biases', 'outputWeights', 'outputBiases']); // prettier-ignore
    expect(dumpProgram(program)).not.toContain('= dense(');
  });

  it('call every layer of a network by the helper where one is large, the last of one neuron left', () => {
    const program = inferProgram(
      clusterNetwork(dense([6, 15, 3, 1], ['relu', 'relu', 'identity'], 2)),
    );
    expect(dumpProgram(program).match(/= dense\(/g)).toHaveLength(2);
  });

  it('are those of the output for the layer that is given back', () => {
    const program = layerProgram();
    const named = nameLayers.run(program, OPTIONS);
    expect(tablesOf(named)).toEqual(['outputWeights', 'outputBiases']);
    expect(dumpProgram(named)).toContain('return scores');
  });
});
