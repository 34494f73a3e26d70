/** Approximate modules at the command line: exit codes of `verify`, and targets in `evaluate`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../../src/parse/index.js';
import { call, constant, variable } from '../../src/students/math/formula.js';
import { approximateModule } from '../helpers/approximate-modules.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

const MAJORITY = join(import.meta.dirname, '../../examples/majority');

const MANIFEST = {
  name: 'law',
  input: { name: 'sample', features: ['speed', 'mass'], domain: { min: 0, max: 2 } },
  layers: [
    { weights: 'law_1.csv', activation: 'tanh' },
    { weights: 'law_2.csv', activation: 'identity' },
  ],
};

describe('an approximate module at the command line', () => {
  let work: WorkFolder;
  const write = (name: string, text: string) => writeFileSync(join(work.path, name), text);

  beforeAll(async () => {
    work = createWorkFolder(MAJORITY);
    write('law.json', JSON.stringify(MANIFEST));
    write('law_1.csv', '0.5,0\n0,0.5\n0,0\n');
    write('law_2.csv', '2\n1\n0\n');
    write('rows.csv', '0.5,1\n1,1.5\n2,0\n');
    const names = ['law.json', 'law_1.csv', 'law_2.csv'];
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(work.path, name))])); // prettier-ignore
    const network = await parse(files);
    const [speed, mass] = [variable(0), variable(1)];
    const sum = call('+', call('*', constant(0.9), speed), call('*', constant(0.45), mass));
    write('law.ts', (await approximateModule(network, [sum])).code);
    const bold = await approximateModule(network, [sum], { change: { fidelity: 0.9999 } });
    write('bold.ts', bold.code);
    const target = { kind: 'neuron', layer: 0, neuron: 1 } as const;
    const tanh = call('tanh', call('*', constant(0.5), mass));
    write('neuron.ts', (await approximateModule(network, [tanh], { target })).code);
  }, 60_000);
  afterAll(() => {
    work.remove();
  });

  it('verifies with exit code 0 where its fidelity holds', async () => {
    const { code, stdout } = await work.run(['verify', 'law.json', 'law.ts']);
    expect(stdout).toMatch(/^law\.ts: approximate: fidelity 0\.9\d+ on the declared inputs, 0\.9\d+ on fresh ones, -?\d\S* out of range \(1200 inputs run, 0 ties, maxError/); // prettier-ignore
    expect(code).toBe(0);
  });

  it('is refuted with exit code 1 where it does not', async () => {
    const { code, stdout } = await work.run(['verify', 'law.json', 'bold.ts']);
    expect(stdout).toContain('bold.ts: refuted: fidelity 0.');
    expect(stdout).toContain('they part in: fidelity');
    expect(code).toBe(1);
  });

  it('tells its fidelity as JSON', async () => {
    const { stdout } = await work.run(['verify', 'law.json', 'neuron.ts', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, status: 'approximate', fidelity: 1 });
  });

  it('is evaluated against its target', async () => {
    const run = (module: string) => work.run(['evaluate', module, '--data', 'rows.csv', '--model', 'law.json']); // prettier-ignore
    expect((await run('neuron.ts')).stdout).toMatch(/^rows\.csv: 3 inputs, fidelity 1\.0000 \(3 of 3\), R² 1\.000000, maxError/); // prettier-ignore
    expect((await run('law.ts')).stdout).toMatch(
      /fidelity 0\.0000 \(0 of 3\), R² 0\.657325, maxError/,
    );
  });
});
