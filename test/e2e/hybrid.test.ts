/** `deepdistill hybrid`: blocks become equations, whatever the number of threads; what it refuses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatWeights } from '../../examples/common/weights-csv.js';
import { denseRows } from '../../src/ir/builders.js';
import { blockNetwork } from '../helpers/block-network.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

describe('hybrid', () => {
  let work: WorkFolder;
  beforeAll(() => {
    work = createWorkFolder();
    const { layers, inputs } = blockNetwork();
    let width = inputs[0].shape[0];
    for (const [index, layer] of layers.entries()) {
      const rows = denseRows(layer.weights, width);
      const text = formatWeights({ rows, bias: layer.bias });
      writeFileSync(join(work.path, `block_${index + 1}.csv`), text);
      width = layer.size;
    }
    const manifest = {
      name: 'block',
      input: { name: 'cells', shape: inputs[0].shape, domain: { min: 0, max: 1 } },
      layers: [
        { weights: 'block_1.csv' },
        { weights: 'block_2.csv', activation: 'tanh' },
        { weights: 'block_3.csv' },
        { weights: 'block_4.csv' },
      ],
      output: { name: 'lines' },
    };
    writeFileSync(join(work.path, 'block.json'), JSON.stringify(manifest));
  });
  afterAll(() => {
    work.remove();
  });
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');

  const WORDS = [
    'hybrid',
    'block.json',
    '--blocks',
    'block_2+block_3',
    '--max-evaluations',
    '3000',
  ];

  it('writes module and reports, the same with one thread as with two, and passes', async () => {
    const files = ['-o', 'block.ts', '--report', 'block.md', '--report', 'report.json'];
    const first = await work.run([...WORDS, ...files, '--workers', '1']);
    expect({ code: first.code, stdout: first.stdout }).toEqual({ code: 0, stdout: '' });
    expect(first.stderr).toMatch(
      /^block_2\+block_3 by equations: cost \d+(\.5)?, \d+ lines, fidelity 0\.99\d+$/m,
    );
    expect(first.stderr).toMatch(/^block_3 = `block_1 0` \* `block_1 1`$/m);
    expect(first.stderr).toMatch(/^block\.ts: approximate: fidelity 0\.99/m);
    expect(read('block.md')).toContain(
      'Equations stand in for block\\_2+block\\_3; all else is exact.',
    );
    expect(await work.run(['verify', 'block.json', 'block.ts'])).toMatchObject({ code: 0 });
    const report = read('report.json');
    const again = await work.run([
      ...WORDS,
      '-o',
      '-',
      '--report',
      'report.json',
      '--workers',
      '2',
    ]);
    expect(again.stdout).toBe(read('block.ts'));
    expect(read('report.json')).toBe(report);
  }, 300_000);

  it.each([
    [['--blocks', 'block_7'], 3, 'error HYBRID_UNKNOWN_LAYER: the network has no layer called "block_7"\n  hint: did you mean "block_1"?\n'],
    [['--blocks', 'block_2+block_3,block_3+block_4'], 3, 'error HYBRID_OVERLAP: the blocks "block_2+block_3" and "block_3+block_4" share the layer "block_3"\n  hint: name blocks that have no layer in common\n'],
    [['--blocks', 'block_2', '--exact', 'block_2'], 3, 'error HYBRID_KEPT: the layer "block_2" is to stay exact, but is part of the block "block_2"\n  hint: leave it out of --exact or of --blocks\n'],
    [['--complexity', 'block_2:7'], 2, 'error CLI_OPTION_VALUE: --complexity cannot be "block_2:7"\n  hint: give BLOCK=COMPLEXITY, such as hidden+distance=7\n'],
    [['--select', '7'], 2, 'error CLI_OPTION_VALUE: --select cannot be "7"\n  hint: give best, accuracy or simplest; a complexity is given with --complexity BLOCK=7\n'],
    [['--keep-cells', '2'], 2, 'error CLI_OPTIONS_CONFLICT: no --prune cannot be used with --keep-cells\n  hint: name a schedule with --prune, such as linear\n'],
    [['--fidelity', '2'], 2, 'error CLI_OPTION_VALUE: --fidelity cannot be "2"\n  hint: give a share between 0 and 1, such as 0.99\n'],
    [['--prune', 'quickly'], 2, 'error CLI_OPTION_VALUE: --prune cannot be "quickly"\n  hint: give one of exponential, linear, cosine\n'],
  ])('%j is refused', async (words, code, message) => {
    const outcome = await work.run(['hybrid', 'block.json', ...words, '-o', '-']);
    expect(outcome).toEqual({ code, stdout: '', stderr: message });
  }); // prettier-ignore
});
