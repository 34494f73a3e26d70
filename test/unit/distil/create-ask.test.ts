import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readExample } from '../../../examples/common/read-example.js';
import { createAsk, createDecisionAsk } from '../../../src/distil/create-ask.js';
import { interrogate } from '../../../src/students/interrogate.js';
import { createTeacher } from '../../../src/verify/teacher.js';

const ROOT = new URL('../../../examples/', import.meta.url);

describe('createAsk', () => {
  it('asks an output and a hidden neuron of a stored network', async () => {
    const network = await readExample(fileURLToPath(new URL('risk/network.json', ROOT)));
    const output = createAsk({ network, target: { kind: 'output', output: 0, cell: 0 } });
    const row = [0.5, -0.25, 0.1, 0.2, 0.3];
    const columns = row.map((value) => Float64Array.of(value, 0));
    const [first] = output(columns);
    expect(first).toBe(createTeacher(network).forward([row])[0][0]);
    expect(first).toBeCloseTo(1.375, 2);
    const neuron = createAsk({ network, target: { kind: 'neuron', layer: 0, neuron: 3 } });
    expect(Math.abs(neuron(columns)[0])).toBeLessThan(1);
    expect(createDecisionAsk(network)).toBeUndefined();
  });

  it('asks over some of the inputs, the others at rest', async () => {
    const network = await readExample(fileURLToPath(new URL('risk/network.json', ROOT)));
    const rest = Float64Array.of(9, 0.2, 0.3, 0.4, 9);
    const ask = createAsk({
      network,
      target: { kind: 'output', output: 0, cell: 0 },
      varying: { features: [4, 0], rest },
    });
    const expected = createTeacher(network).forward([[0.1, 0.2, 0.3, 0.4, 0.5]])[0][0];
    expect(ask([Float64Array.of(0.5), Float64Array.of(0.1)])).toEqual(Float64Array.of(expected));
  });

  it('lets a student interrogate it', async () => {
    const network = await readExample(fileURLToPath(new URL('physics/network.json', ROOT)));
    const ask = createAsk({ network, target: { kind: 'output', output: 0, cell: 0 } });
    const { training } = interrogate(network, ask, { seed: 0, rows: 100 });
    const off = training.target.map((y, k) => {
      const x = training.columns[0][k];
      return Math.abs(y - 2.5 * x * x - Math.cos(x));
    });
    expect(Math.max(...off)).toBeLessThan(0.02);
  });
});

describe('createDecisionAsk', () => {
  it('answers the class', async () => {
    const network = await readExample(fileURLToPath(new URL('majority/network.json', ROOT)));
    const bits = (votes: readonly number[]): Float64Array[] =>
      votes.map((vote) => Float64Array.of(vote));
    expect(createDecisionAsk(network)?.(bits([1, 1, 1, 0, 0]))).toEqual(Float64Array.of(1));
    expect(createDecisionAsk(network)?.(bits([1, 0, 1, 0, 0]))).toEqual(Float64Array.of(0));
  });
});
