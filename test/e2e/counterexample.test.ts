/** The test of a counterexample, run by Node's own runner: it fails for the wrong module and passes for the right one. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '../../src/ir/network.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stripTypes } from '../../src/verify/strip-types.js';
import { csvFiles } from '../helpers/model-files.js';
import { chainNetwork, maxsatNetwork } from '../helpers/networks.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

interface Holder {
  work: WorkFolder;
}

const holder = {} as Holder;
beforeEach(() => {
  holder.work = createWorkFolder();
});
afterEach(() => {
  holder.work.remove();
});

function writeNetwork(network: Network): void {
  for (const [file, text] of Object.entries(csvFiles(network))) {
    writeFileSync(join(holder.work.path, file), text);
  }
}

/** Runs a test of the folder under Node, its TypeScript without types. */
async function runTest(
  module: string,
  test: string,
): Promise<{ passed: boolean; output: string }> {
  for (const file of [module, test]) {
    const outputText = await stripTypes(readFileSync(join(holder.work.path, file), 'utf8'));
    writeFileSync(join(holder.work.path, file.replace(/\.ts$/, '.js')), outputText);
  }
  writeFileSync(join(holder.work.path, 'package.json'), '{"type": "module"}');
  const args = ['--test', '--test-reporter=tap', test.replace(/\.ts$/, '.js')];
  // A runner inside of a runner would be told to report to the outer one.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: holder.work.path, env, encoding: 'utf8' });
  return { passed: status === 0, output: stdout };
} // prettier-ignore

it.each([
  ['maxsat', maxsatNetwork(5, 6), 'otherLiterals === 0', 'otherLiterals <= 1'],
  [
    'several inputs of real numbers',
    chainNetwork({
      name: 'line',
      input: { name: 'x', shape: [3], domain: { kind: 'interval', min: -2, max: 2 } },
      layers: [{ rows: [[0.5, -1, 0.25], [1, 1, 1]], bias: [0.5, 0], activation: 'identity' }],
      labels: ["it's", 'not'],
    }),
    '0.5 * x[0]',
    '0.6 * x[0]',
  ],
] as const)('%s', async (_, network, right, wrong) => {
  writeNetwork(network);
  expect((await holder.work.run(['compile', 'network.json', '-o', 'module.ts'])).code).toBe(0);
  const code = readFileSync(join(holder.work.path, 'module.ts'), 'utf8');
  expect(code).toContain(right);
  writeFileSync(join(holder.work.path, 'module.ts'), code.replace(right, wrong));
  const verified = await holder.work.run(['verify', 'network.json', 'module.ts', '--test', 'module.test.ts']); // prettier-ignore
  expect(verified.code).toBe(1);
  expect(verified.stderr).toContain('module.test.ts: the counterexample as a test\n');
  const failed = await runTest('module.ts', 'module.test.ts');
  expect(failed.passed, failed.output).toBe(false);
  expect(failed.output).toMatch(/output 0: .+, not /);
  writeFileSync(join(holder.work.path, 'module.ts'), code);
  const passed = await runTest('module.ts', 'module.test.ts');
  expect(passed.passed, passed.output).toBe(true);
}); // prettier-ignore

it('writes none where there is no input to test, and never over the module', async () => {
  writeNetwork(maxsatNetwork(5, 6));
  await holder.work.run(['compile', 'network.json', '-o', 'module.ts']);
  const good = await holder.work.run([
    'verify',
    'network.json',
    'module.ts',
    '--test',
    'module.test.ts',
  ]);
  expect(good.code).toBe(0);
  expect(good.stderr).toBe(
    'note: no input was found on which the two part, so module.test.ts was not written\n',
  );
  expect(holder.work.snapshot().has('module.test.ts')).toBe(false);
  const over = await holder.work.run([
    'verify',
    'network.json',
    'module.ts',
    '--test',
    'module.ts',
  ]);
  expect(over.code).toBe(2);
  const ending = await holder.work.run(['verify', 'network.json', 'module.ts', '--test', 'x.json']);
  expect(ending.code).toBe(2);
  expect(ending.stderr).toContain('a file that ends in .ts');
});
