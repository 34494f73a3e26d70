/** `deepdistill diff` on files: where the account goes, exit codes, formats, what cannot be read. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComparisonReport } from '../../src/report/index.js';
import { disguise } from '../helpers/disguise.js';
import { csvFiles, safetensorsFiles, torchFiles } from '../helpers/model-files.js';
import { edited } from '../helpers/model-pairs.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

describe('diff on files', () => {
  let work: WorkFolder;
  const diff = (...words: string[]) => work.run(['diff', ...words]);
  const write = (folder: string, files: Record<string, Uint8Array | string>): void => {
    mkdirSync(join(work.path, folder));
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(work.path, folder, name), content);
    }
  };

  const network = maxsatNetwork(5, 6);
  const [OLD, NEW] = ['old/network.json', 'new/network.json'];
  beforeAll(() => {
    work = createWorkFolder();
    write('old', csvFiles(network));
    write('new', csvFiles(edited(network, 2, (rows) => void (rows[0][0] *= 2))));
    write('permuted', safetensorsFiles(disguise(network, { seed: 3, permute: true })));
    write('torch', torchFiles(network));
    write('wide', csvFiles(orientationNetwork(4)));
  });
  afterAll(() => {
    work.remove();
  });

  it('prints Markdown, and exits with 0 whatever changed', async () => {
    const { code, stdout, stderr } = await diff(OLD, NEW);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\*\*Changed: 1 of 2 neurons of layer 3\*\*; .*\n\n\*How it is known:\* an input /); // prettier-ignore
    expect(await diff(OLD, NEW)).toEqual({ code, stdout, stderr });
  });

  it('--check exits with 1 where the meaning changed', async () => {
    const changed = await diff(OLD, NEW, '--check', '-o', 'out/changes.md');
    expect(changed).toEqual({ code: 1, stdout: '', stderr: '' });
    const text = readFileSync(join(work.path, 'out/changes.md'), 'utf8');
    expect(text).toBe((await diff(OLD, NEW)).stdout);
    expect(await diff(OLD, 'permuted/network.json', '--check')).toMatchObject({ code: 0 });
  });

  it('sees through formats: the same weights in CSV files and in a state dict', async () => {
    const { stdout } = await diff(OLD, 'torch/network.json');
    expect(stdout).toMatch(/^\*\*No change in meaning\*\* \(the same weights\)\.\n/);
    const permuted = await diff(OLD, 'permuted/network.json');
    expect(permuted.stdout).toMatch(/^\*\*No change in meaning\*\* \(proved\)\.\n/);
  });

  it('tells the same as JSON', async () => {
    const { code, stdout } = await diff(OLD, NEW, '--json');
    const report = JSON.parse(stdout) as ComparisonReport;
    expect(code).toBe(0);
    expect(report).toMatchObject({
      schema: 1,
      meaning: 'changed',
      known: { by: 'counterexample' },
      old: { name: 'maxsat', verdict: 'proved' },
      layers: [{ layer: 3, size: 2, changed: 1, neurons: [{ neuron: 1, how: 'weight 1: -5 → -10' }] }], // prettier-ignore
      inputs: { cells: 30, oldRead: 30, newRead: 30, dropped: [], added: [] },
    });
    // The counterexample is one: the networks were run on it.
    if (report.known.by !== 'counterexample') throw new Error('no counterexample');
    const { inputs, oldScores, newScores } = report.known.example;
    expect(inputs[0]).toHaveLength(30);
    expect(Math.abs(oldScores[0] - newScores[0])).toBeGreaterThan(1e-6);
  });

  it('explains what it cannot read, with exit code 3', async () => {
    for (const [words, error] of [
      [[OLD, 'nowhere.json'], 'error FILE_NOT_FOUND: the file does not exist\n  at nowhere.json'],
      [['old/layer_1.txt', NEW], 'error MODEL_NOT_FOUND'],
    ] as const) {
      const { code, stdout, stderr } = await diff(...words);
      expect(stderr).toMatch(new RegExp(`^${error}`));
      expect(stdout).toBe('');
      expect(code).toBe(3);
    }
  });

  it('refuses wrong usage: one model, three, an output that is an input', async () => {
    expect(await diff(OLD)).toMatchObject({ code: 2, stdout: '' });
    expect(await diff(OLD, NEW, NEW)).toMatchObject({ code: 2, stdout: '' });
    const clash = await diff(OLD, NEW, '-o', 'new/layer_1.csv');
    expect(clash.stderr).toContain(
      'error CLI_OPTIONS_CONFLICT: new/layer_1.csv cannot be used with',
    );
    expect(clash.code).toBe(2);
  });

  it('compares models of another kind', async () => {
    const { code, stdout } = await diff(OLD, 'wide/network.json', '--check');
    expect(stdout).toMatch(/^\*\*Changed: the shape of the input and the labels\*\*\.\n/);
    expect(code).toBe(1);
  });
});
