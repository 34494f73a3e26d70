/** The trainer of small networks, and the networks that the examples store. */
import { describe, expect, it } from 'vitest';
import {
  layersOfPerceptron,
  randomPerceptron,
  runPerceptron,
} from '../../../examples/common/perceptron.js';
import { measureExample } from '../../../examples/common/train-example.js';
import { trainNetwork } from '../../../examples/common/train-network.js';
import type { TrainedLayer } from '../../../examples/common/weights-csv.js';
import { kineticEnergy } from '../../../examples/kinetic-energy/train.js';
import { physics } from '../../../examples/physics/train.js';
import { risk } from '../../../examples/risk/train.js';
import { createRandom } from '../../../src/numeric/random.js';

/** Random columns of 20 rows. */
function randomColumns(count: number): readonly Float64Array[] {
  const random = createRandom(5);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: 20 }, () => 2 * random.unit() - 1),
  );
}

describe('runPerceptron', () => {
  it.each(['tanh', 'relu'] as const)('has the slopes of its outputs (%s)', (activation) => {
    const network = randomPerceptron(2, 5, activation, 3);
    const columns = randomColumns(2);
    const width = network.parameters.length;
    const jacobian = new Float64Array(20 * width);
    runPerceptron(network, columns, jacobian);
    for (let p = 0; p < width; p++) {
      const moved = (step: number): Float64Array => {
        const parameters = network.parameters.slice();
        parameters[p] += step;
        return runPerceptron({ ...network, parameters }, columns);
      };
      const [above, below] = [moved(1e-6), moved(-1e-6)];
      for (let row = 0; row < 20; row++) {
        const slope = (above[row] - below[row]) / 2e-6;
        expect(Math.abs(jacobian[row * width + p] - slope)).toBeLessThan(1e-7);
      }
    }
  });
});

/** The output of two layers at a row. */
function run([hidden, output]: readonly TrainedLayer[], row: readonly number[]): number {
  const values = hidden.rows.map((weights, unit) =>
    Math.tanh(weights.reduce((sum, weight, k) => sum + weight * row[k], hidden.bias[unit])),
  );
  return values.reduce((sum, value, unit) => sum + value * output.rows[0][unit], output.bias[0]);
}

describe('layersOfPerceptron', () => {
  it('gives layers of the same function of raw numbers', () => {
    const network = randomPerceptron(1, 4, 'tanh', 8);
    const layers = layersOfPerceptron(
      network,
      [{ centre: 10, scale: 2 }],
      { centre: 100, scale: 50 }, // prettier-ignore
    );
    const [scaled] = runPerceptron(network, [Float64Array.of(0.25)]);
    expect(run(layers, [10.5])).toBeCloseTo(100 + 50 * scaled, 10);
  });
});

describe('trainNetwork', () => {
  const column = Float64Array.from({ length: 60 }, (_, k) => 3 + k / 10);
  const task = {
    columns: [column],
    target: column.map((x) => 1000 + 7 * Math.sin(x)),
    hidden: 8,
    activation: 'tanh',
    seed: 2,
    goal: 1e-4,
  } as const;

  it('reaches the error that it reports, which is the one asked for', () => {
    const { layers, error } = trainNetwork(task);
    const square = task.target.reduce((sum, y, k) => sum + (run(layers, [column[k]]) - y) ** 2, 0);
    expect(error).toBeLessThan(14 * task.goal);
    expect(Math.sqrt(square / 60)).toBeCloseTo(error, 8);
  });

  it('gives the same weights for the same seed, others for another', () => {
    const { layers } = trainNetwork(task);
    expect(trainNetwork(task).layers).toEqual(layers);
    expect(trainNetwork({ ...task, seed: 3 }).layers).not.toEqual(layers);
  });

  it('knows a constant', () => {
    const { layers, error } = trainNetwork({ ...task, target: column.map(() => 4) });
    expect(error).toBeLessThan(1e-3);
    expect(run(layers, [5])).toBeCloseTo(4, 2);
  });
});

describe('the stored networks', () => {
  it.each([kineticEnergy(1), physics(1), risk(1)])('$name fits its formula', async (learned) => {
    const { share } = await measureExample(learned);
    expect(share).toBeLessThan(3e-4);
  });
});
