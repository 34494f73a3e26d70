/** `deepdistill compile --fidelity`: the cheapest module to read that is as faithful as asked for. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatWeights } from '../../examples/common/weights-csv.js';
import type { Layer } from '../../src/ir/network.js';
import { policyNetwork } from '../helpers/policy-network.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

/** More than a formula has variables. */
const GROUPS = 9;

function rowsOf({ size, weights: { rowStart, columns, values } }: Layer, width: number) {
  return Array.from({ length: size }, (_, neuron) => {
    const row = new Float64Array(width);
    for (let k = rowStart[neuron]; k < rowStart[neuron + 1]; k++) row[columns[k]] = values[k];
    return row;
  });
}

/** Both students search at several cuts, which takes a busy machine more than a minute. */
const LONG = 240_000;

describe('compile --fidelity', () => {
  let work: WorkFolder;
  beforeAll(() => {
    work = createWorkFolder();
    const { layers, inputs, outputs } = policyNetwork(GROUPS);
    let width = inputs[0].shape[0];
    for (const [index, layer] of layers.entries()) {
      const text = formatWeights({ rows: rowsOf(layer, width), bias: layer.bias });
      writeFileSync(join(work.path, `policy_${index + 1}.csv`), text);
      width = layer.size;
    }
    const manifest = {
      name: 'policy',
      input: { name: 'cells', shape: inputs[0].shape, domain: { min: 0, max: 1 } },
      layers: [
        { weights: 'policy_1.csv' },
        { weights: 'policy_2.csv', activation: 'tanh' },
        { weights: 'policy_3.csv' },
      ],
      output: { name: 'answer', labels: outputs[0].labels, decision: 'threshold' },
    };
    writeFileSync(join(work.path, 'policy.json'), JSON.stringify(manifest));
  });
  afterAll(() => {
    work.remove();
  });
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');

  it(
    'writes rules behind exact layers, says what else there was, and passes',
    async () => {
      const files = ['-o', 'policy.ts', '--report', 'policy.md', '--report', 'policy.json.json'];
      const words = ['compile', 'policy.json', '--fidelity', '0.97', ...files];
      const { code, stdout, stderr } = await work.run(words);
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      expect(stderr).toMatch(/^exact: cost \d+(\.5)?, \d+ lines/m);
      expect(stderr).toMatch(
        /^logic for policy_2\.csv, policy_3\.csv: cost \d+(\.5)?, \d+ lines, fidelity 0\.9\d+$/m,
      );
      expect(stderr).toMatch(/^math for all layers: .+ at most$/m);
      expect(stderr).toMatch(/^policy\.ts: approximate: fidelity 0\.9/m);
      expect(read('policy.md')).toMatch(
        /\| → \| logic for policy\\?_2\.csv, policy\\?_3\.csv \| proved \|/,
      );
      const report = JSON.parse(read('policy.json.json')) as { auto: { asked: number } };
      expect(report.auto.asked).toBe(0.97);
      expect(read('policy.ts')).toContain("verdict: 'approximate'");
      expect(await work.run(['verify', 'policy.json', 'policy.ts'])).toMatchObject({ code: 0 });
      const again = await work.run(['compile', 'policy.json', '--fidelity', '0.97', '-o', '-']);
      expect(again.stdout).toBe(read('policy.ts'));
    },
    LONG,
  );

  it('never approximates without being asked to', async () => {
    const { code, stdout } = await work.run(['compile', 'policy.json', '-o', '-']);
    expect(code).toBe(0);
    expect(stdout).toContain("verdict: 'proved'");
  });

  it.each([
    [['--fidelity', '1.5'], '--fidelity'],
    [['--fidelity', '0.9', '--student', 'none'], 'without a student every module is exact'],
    [['--fidelity', '0.9', '--student', 'math'], 'a formula is selected by the front'],
    [['--fidelity', '0.9', '--generic'], 'leave out --generic'],
    [['--fidelity', '0.9', '--tolerance', '0'], 'leave out --tolerance'],
    [['--seed', '3'], 'without --fidelity no student is asked'],
  ])('%j is wrong usage', async (words, message) => {
    const { code, stderr, stdout } = await work.run([
      'compile',
      'policy.json',
      ...words,
      '-o',
      '-',
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
