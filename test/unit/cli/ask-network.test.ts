import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readExample } from '../../../examples/common/read-example.js';
import { askDecision, askTarget } from '../../../src/cli/ask-network.js';
import { interrogate } from '../../../src/students/interrogate.js';
import { createTeacher } from '../../../src/verify/teacher.js';

const ROOT = new URL('../../../examples/', import.meta.url);

describe('askTarget', () => {
  it('asks an output and a hidden neuron of a stored network', async () => {
    const network = await readExample(fileURLToPath(new URL('risk/network.json', ROOT)));
    const output = askTarget(network, { kind: 'output', output: 0, cell: 0 });
    const row = [0.5, -0.25, 0.1, 0.2, 0.3];
    const columns = row.map((value) => Float64Array.of(value, 0));
    const [first] = output(columns);
    expect(first).toBe(createTeacher(network).forward([row])[0][0]);
    expect(first).toBeCloseTo(1.375, 2);
    const neuron = askTarget(network, { kind: 'neuron', layer: 0, neuron: 3 });
    expect(Math.abs(neuron(columns)[0])).toBeLessThan(1);
    expect(askDecision(network)).toBeUndefined();
  });

  it('lets a student interrogate it', async () => {
    const network = await readExample(fileURLToPath(new URL('physics/network.json', ROOT)));
    const ask = askTarget(network, { kind: 'output', output: 0, cell: 0 });
    const { training } = interrogate(network, ask, { seed: 0, rows: 100, judged: 50 });
    const off = training.target.map((y, k) => {
      const x = training.columns[0][k];
      return Math.abs(y - 2.5 * x * x - Math.cos(x));
    });
    expect(Math.max(...off)).toBeLessThan(0.02);
  });
});

describe('askDecision', () => {
  it('answers the class', async () => {
    const network = await readExample(fileURLToPath(new URL('majority/network.json', ROOT)));
    const bits = (votes: readonly number[]): Float64Array[] =>
      votes.map((vote) => Float64Array.of(vote));
    expect(askDecision(network)?.(bits([1, 1, 1, 0, 0]))).toEqual(Float64Array.of(1));
    expect(askDecision(network)?.(bits([1, 0, 1, 0, 0]))).toEqual(Float64Array.of(0));
  });
});
