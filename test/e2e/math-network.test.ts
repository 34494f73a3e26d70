/** `deepdistill math` on a network: all outputs, one of them, a hidden neuron; and what `verify` says of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModule } from '../../src/verify/run-module.js';
import { SHORT_SEARCH, writeLinearNetwork } from '../helpers/math-inputs.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

describe('math on a network', () => {
  let work: WorkFolder;
  beforeAll(() => {
    work = createWorkFolder();
    writeLinearNetwork(work.path);
  });
  afterAll(() => {
    work.remove();
  });
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');
  const math = (...words: string[]) =>
    work.run(['math', 'pair.json', '--probes', '60', ...words, ...SHORT_SEARCH]);

  it('finds a formula for each output, and measures the decision', async () => {
    const files = ['--report', 'all.json', '--report', 'all.md', '--front', 'all.csv'];
    const { code, stdout, stderr } = await math('-o', 'all.ts', ...files);
    expect(stderr).toMatch(
      /^low of scores = .+\nhigh of scores = .+\nall\.ts: approximate: fidelity 1 on the declared inputs, 1 on fresh ones, 1 out of range \(3000 inputs run, 0 ties, maxError .+\)\n$/,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const { scores, predict, network } = await loadModule(read('all.ts'));
    const [low, high] = scores([0.5, 1]) as [number, number];
    expect(low).toBeCloseTo(0.5, 9);
    expect(high).toBeCloseTo(1.5, 9);
    expect([predict([0.5, 1]), predict([1, -1])]).toEqual(['high', 'low']);
    expect(network).toMatchObject({ verdict: 'approximate', fidelity: 1, outputShape: [2] });
    const report = JSON.parse(read('all.json')) as { targets: object[]; front: object[] };
    expect(report).toMatchObject({ target: 'low of scores', data: 'network' });
    expect(report.targets).toMatchObject([
      { target: 'low of scores', front: report.front },
      { target: 'high of scores' },
    ]);
    expect(read('all.md')).toContain('**low of scores** =');
    expect(read('all.md')).toContain('**high of scores** =');
    for (const file of ['all.csv', 'all.1.csv']) {
      expect(read(file)).toMatch(/^complexity,loss,score,equation\n1,/);
    }
    expect(await work.run(['verify', 'pair.json', 'all.ts'])).toMatchObject({ code: 0 });
  });

  it('asks at the rows of a data file, which say the range of what has none', async () => {
    const rows = Array.from({ length: 30 }, (_, row) => [row / 3, (row * row) % 7]);
    writeFileSync(join(work.path, 'rows.csv'), `v,m\n${rows.join('\n')}\n`);
    const words = ['math', 'pair.json', '--target', 'high', '--data', 'rows.csv'];
    const { code, stderr } = await work.run([
      ...words,
      ...['-o', 'rows.ts', '--report', 'rows.json'],
      ...SHORT_SEARCH,
    ]);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(read('rows.json'))).toMatchObject({ rows: 30 });
    const [answer] = (await loadModule(read('rows.ts'))).scores([0.5, 1]) as [number];
    expect(answer).toBeCloseTo(1.5, 9);
    expect(await work.run(['verify', 'pair.json', 'rows.ts'])).toMatchObject({ code: 0 });
  });

  it('is what compile --student math does, which refuses what a formula does not have', async () => {
    const words = ['compile', 'pair.json', '--student', 'math', '-o', 'student.ts'];
    const { code, stderr } = await work.run(words);
    expect(stderr).toContain('student.ts: approximate: fidelity 1 on the declared inputs');
    expect(code).toBe(0);
    expect(await work.run([...words, '--check'])).toMatchObject({
      code: 2,
      stderr:
        'error CLI_OPTIONS_CONFLICT: --check cannot be used with --student math\n' +
        '  hint: leave out --check: what a student finds stands for the model, it is not the model\n',
    });
  });

  it.each([
    ['low', 'low of scores', [0.5]],
    ['scores[1]', 'high of scores', [1.5]],
    ['hidden.csv[2]', 'neuron 2 of hidden.csv', [1.5]],
  ])('explains %s alone', async (target, name, answer) => {
    const { code, stderr } = await math('--target', target, '-o', 'one.ts');
    expect(stderr.startsWith(`${name} = `)).toBe(true);
    expect(code).toBe(0);
    const { scores } = await loadModule(read('one.ts'));
    expect((scores([0.5, 1]) as number[]).map((value) => Number(value.toFixed(9)))).toEqual(answer);
    expect(await work.run(['verify', 'pair.json', 'one.ts'])).toMatchObject({ code: 0 });
  });

  it('verify refutes the formula of a hidden neuron once a constant of it has been changed', async () => {
    await math('--target', 'hidden.csv[2]', '-o', 'neuron.ts');
    const code = read('neuron.ts');
    expect(code).toMatch(/return \[.*0\.5.*\];/);
    writeFileSync(
      join(work.path, 'neuron.ts'),
      code.replace(/(return \[.*)0\.5/, (_, before: string) => `${before}0.75`),
    );
    const { code: exit, stdout } = await work.run(['verify', 'pair.json', 'neuron.ts']);
    expect(stdout).toMatch(/^neuron\.ts: refuted: /);
    expect(exit).toBe(1);
  });

  it('explains over some of the inputs, the others at rest', async () => {
    const { code } = await math('--features', 'v', '-o', 'some.ts', '--target', 'high');
    expect(code).toBe(0);
    const [answer] = (await loadModule(read('some.ts'))).scores([77, 1]) as [number];
    expect(answer).toBeCloseTo(1, 9);
    expect(await work.run(['verify', 'pair.json', 'some.ts'])).toMatchObject({ code: 0 });
  });

  it('reads CSV files with flags in place of a manifest', async () => {
    const { code, stderr } = await work.run([
      ...['math', 'hidden.csv', 'scores.csv', '--shape', '2', '--domain', '-2..2'],
      ...['--activation', 'identity', '--decision', 'argmax', '--labels', 'low,high'],
      ...['--target', 'high', '--probes', '60', '-o', '-', ...SHORT_SEARCH],
    ]);
    expect(stderr).toMatch(/: approximate: fidelity 1 on the declared inputs/);
    expect(code).toBe(0);
  });
});
