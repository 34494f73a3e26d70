/** `deepdistill logic` on a network that decides: rules, reports, picture, explanation; what `verify` says of it. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModule } from '../../src/verify/run-module.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

const LOAN = join(import.meta.dirname, '../../examples/loan');

describe('logic', () => {
  let work: WorkFolder;
  beforeAll(() => {
    work = createWorkFolder();
    for (const file of ['network.json', 'loan.safetensors', 'harder.json', 'harder.safetensors']) {
      copyFileSync(join(LOAN, file), join(work.path, file));
    }
  });
  afterAll(() => {
    work.remove();
  });
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');

  it('finds the rule that the network learned, and its module passes', async () => {
    const files = ['-o', 'loan.ts', '--report', 'loan.md', '--report', 'loan.json', '--tree', 'loan.svg']; // prettier-ignore
    const { code, stdout, stderr } = await work.run(['logic', 'network.json', ...files]);
    expect(stderr).toMatch(
      /^if income > 6 and debt <= 3: approve\notherwise: refuse\nloan\.ts: approximate: fidelity (1|0\.99\d*) on the declared inputs, .+ scores not compared\)\n$/,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const { predict, scores, network } = await loadModule(read('loan.ts'));
    expect(predict([7, 2, 0, 0, 0])).toBe('approve');
    expect(predict([7, 4, 0, 0, 0])).toBe('refuse');
    expect(scores([7, 2, 0, 0, 0])).toEqual([1]);
    expect(network).toMatchObject({ explains: 'decisions', complexity: 3 });
    const report = JSON.parse(read('loan.json')) as { fidelity: number };
    expect(report.fidelity).toBeGreaterThan(0.995);
    expect(report).toMatchObject({
      decides: true,
      rules: [{ conditions: 'income > 6 and debt <= 3', answer: 'approve' }, { answer: 'refuse' }],
      answers: ['refuse', 'approve'],
    });
    expect(read('loan.md')).toContain('| 1 | `income > 6 and debt <= 3` | `approve` |');
    expect(read('loan.svg')).toMatch(/^<svg .+<\/svg>\n$/s);
    expect(await work.run(['verify', 'network.json', 'loan.ts'])).toMatchObject({ code: 0 });
  });

  it('gives the same bytes for the same seed', async () => {
    const words = ['logic', 'network.json', '--seed', '3', '--support', '-o', '-'];
    const first = await work.run(words);
    expect(first.stdout).toMatch(/\/\/ \d+ inputs, (9\d(\.\d)?|100) % agree\n {4}return 'approve';/);
    expect((await work.run(words)).stdout).toBe(first.stdout);
  });

  it('is what compile --student logic does', async () => {
    const words = ['compile', 'network.json', '--student', 'logic', '-o', '-'];
    const compiled = await work.run(words);
    expect(compiled.code, compiled.stderr).toBe(0);
    expect(compiled.stdout).toBe(read('loan.ts'));
  });

  it('verify refutes a module whose threshold was moved', async () => {
    const moved = read('loan.ts').replace('income > 6', 'income > 4');
    writeFileSync(join(work.path, 'moved.ts'), moved);
    const { code, stdout } = await work.run(['verify', 'network.json', 'moved.ts']);
    expect(stdout).toMatch(/^moved\.ts: refuted: fidelity 0\.\d+ on the declared inputs/);
    expect(code).toBe(1);
  });

  it('verify refutes scores that contradict predict', async () => {
    const swapped = read('loan.ts').replace('[1] : [0]', '[0] : [1]');
    expect(swapped).not.toBe(read('loan.ts'));
    writeFileSync(join(work.path, 'swapped.ts'), swapped);
    const { code, stdout } = await work.run(['verify', 'network.json', 'swapped.ts']);
    expect(stdout).toMatch(/^swapped\.ts: refuted: /);
    expect(stdout).toContain('predict, which its own scores contradict');
    expect(code).toBe(1);
  });

  it('tells rules in an order, of few conditions each, where it is asked to', async () => {
    const words = ['logic', 'harder.json', '--conditions', '2', '-o', 'list.ts'];
    const { code, stderr } = await work.run([...words, '--tree', 'list.svg']);
    expect(code, stderr).toBe(0);
    const rules = [...read('list.ts').matchAll(/^ {2}if \((.+)\) return '(.+)';$/gm)];
    expect(rules.map(([, conditions, answer]) => [conditions, answer]).sort()).toEqual([
      ['income > 6 && debt <= 3', 'approve'],
      ['savings > 8 && tenure > 5', 'approve'],
    ]);
    expect(read('list.svg')).toContain('income &gt; 6 and debt &lt;= 3');
    expect(await work.run(['verify', 'harder.json', 'list.ts'])).toMatchObject({ code: 0 });
    const single = ['logic', 'harder.json', '--conditions', '1', '--fidelity', '0.99', '-o', '-'];
    const refused = await work.run(single);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/^error LOGIC_NOT_FAITHFUL: no tree reaches fidelity 0\.99; the best reached 0\.9/);
  });

  it('explains an input, and says what would flip the decision', async () => {
    const words = ['logic', 'network.json', '-o', 'explained.ts', '--explain', '7,4,2,5,3'];
    const { stdout } = await work.run(words);
    expect(stdout).toMatch(
      /^income = 7, debt = 4, savings = 2, tenure = 5, age = 3: refuse\n( {2}.+: (yes|no)\n)+approve with debt from 4 to (3\.0|2\.9)\d*, the smallest change found\n$/,
    );
  });

  it('explains one number by constants where it is asked to', async () => {
    const words = ['logic', 'network.json', '--target', 'score', '--leaves', '6', '-o', 'score.ts'];
    const { code, stderr } = await work.run(words);
    expect(code, stderr).toBe(0);
    const [low] = (await loadModule(read('score.ts'))).scores([1, 9, 5, 5, 5]) as [number];
    expect(low).toBeCloseTo(-1, 1);
    expect(await work.run(['verify', 'network.json', 'score.ts'])).toMatchObject({ code: 0 });
  });

  it('is exact, and proved, where all inputs are few', async () => {
    // An exclusive or of two of three inputs, and the third one against both.
    writeFileSync(
      join(work.path, 'gate.json'),
      JSON.stringify({
        name: 'gate',
        input: { name: 'switches', shape: [3], features: ['a', 'b', 'c'], domain: [0, 1] },
        layers: [
          { weights: 'gate_1.csv', activation: 'step' },
          { weights: 'gate_2.csv', activation: 'step' },
        ],
        output: { name: 'light' },
      }),
    );
    writeFileSync(join(work.path, 'gate_1.csv'), '1,-1,0\n-1,1,0\n0,0,1\n-0.5,-0.5,-0.5\n');
    writeFileSync(join(work.path, 'gate_2.csv'), '1\n1\n1\n-0.5\n');
    const words = ['logic', 'gate.json', '-o', 'gate.ts', '--report', 'gate.report.json'];
    const { code, stderr } = await work.run(words);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('gate.ts: proved: ');
    const { scores } = await loadModule(read('gate.ts'));
    for (let k = 0; k < 8; k++) {
      const [a, b, c] = [k >> 2, (k >> 1) & 1, k & 1];
      expect(scores([a, b, c])).toEqual([Number(a !== b || c === 1)]);
    }
    expect(JSON.parse(read('gate.report.json'))).toMatchObject({
      exact: { points: 8, isMinimal: true, explains: 'scores' },
      verdict: { status: 'proved' },
    });
    expect(await work.run(['verify', 'gate.json', 'gate.ts'])).toMatchObject({ code: 0 });
    const changed = read('gate.ts').replace('c === 1', 'c === 0');
    expect(changed).not.toBe(read('gate.ts'));
    writeFileSync(join(work.path, 'changed.ts'), changed);
    expect(await work.run(['verify', 'gate.json', 'changed.ts'])).toMatchObject({ code: 1 });
  });

  it('tells a small ReLU network by its regions', async () => {
    const layers = ['relu', 'identity'].map((activation, k) => ({
      weights: `bend_${k + 1}.csv`,
      activation,
    }));
    const domain = { min: -1, max: 1 };
    writeFileSync(
      join(work.path, 'bend.json'),
      JSON.stringify({
        name: 'bend',
        input: { name: 'x', shape: [2], features: ['p', 'q'], domain },
        layers,
        output: { name: 'y' },
      }),
    );
    writeFileSync(join(work.path, 'bend_1.csv'), '1,0\n-2,1\n0.25,0.5\n');
    writeFileSync(join(work.path, 'bend_2.csv'), '3\n-1\n0.5\n');
    const words = ['logic', 'bend.json', '--exact', '-o', 'bend.ts', '--report', 'bend.report.json'];
    const { code, stderr } = await work.run(words);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('bend.ts: proved: symbolic: linear on each of 3 regions of the inputs (');
    const { scores, network } = await loadModule(read('bend.ts'));
    expect(network).toMatchObject({ verdict: 'proved', tolerance: 1e-6 });
    const relu = (value: number): number => Math.max(0, value);
    for (const [p, q] of [[0, 0], [1, -1], [-1, 1], [0.3, 0.9], [-0.7, -0.8]]) {
      const wanted = 3 * relu(p - 2 * q + 0.25) - relu(q + 0.5) + 0.5;
      expect((scores([p, q]) as number[])[0]).toBeCloseTo(wanted, 12);
    }
    expect(JSON.parse(read('bend.report.json'))).toMatchObject({
      exact: { regions: 3 },
      verdict: { status: 'proved', checked: 3 },
    });
    expect(await work.run(['verify', 'bend.json', 'bend.ts'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^bend\.ts: proved: symbolic: linear on each of 3 regions/) as string,
    });
    const moved = read('bend.ts').replace('-0.25', '-0.2501');
    expect(moved).not.toBe(read('bend.ts'));
    writeFileSync(join(work.path, 'moved.ts'), moved);
    expect(await work.run(['verify', 'bend.json', 'moved.ts'])).toMatchObject({ code: 1 });
    const manifest = JSON.parse(read('bend.json')) as object;
    const output = { name: 'y', decision: 'threshold', threshold: 0.5 };
    writeFileSync(join(work.path, 'choice.json'), JSON.stringify({ ...manifest, output }));
    const choice = ['logic', 'choice.json', '--exact', '-o', 'choice.ts', '--report', 'choice.md'];
    const decided = await work.run([...choice, '--report', 'choice.report.json']);
    expect(decided.stderr).toMatch(/choice\.ts: approximate: .+, decisions proved on \d+ regions of the inputs apart from scores closer than \d+(\.\d+)?e-1\d /); // prettier-ignore
    expect(read('choice.md')).toMatch(/Proved on the whole domain.+decides as the network does \(\d+ regions of the inputs\)/); // prettier-ignore
    const { verdict } = JSON.parse(read('choice.report.json')) as { verdict: object };
    expect(verdict).toMatchObject({ status: 'approximate', provedDecisions: { regions: 4 } });
    // Two numbers are told at once, but only by exact rules.
    writeFileSync(join(work.path, 'both_2.csv'), '3,1\n-1,-2\n0.5,0\n');
    const both = { ...manifest, name: 'both', layers: [layers[0], { ...layers[1], weights: 'both_2.csv' }] };
    writeFileSync(join(work.path, 'both.json'), JSON.stringify(both));
    expect(await work.run(['logic', 'both.json', '-o', 'both.ts'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('error LOGIC_SEVERAL_OUTPUTS') as string,
    });
    const told = await work.run(['logic', 'both.json', '--exact', '-o', 'both.ts']);
    expect(told.stderr).toContain('both.ts: proved: symbolic: linear on each of ');
    const several = await loadModule(read('both.ts'));
    const [first, second] = several.scores([0.7, -0.2]) as number[];
    const units = [relu(0.7 + 0.4 + 0.25), relu(-0.2 + 0.5)];
    expect(first).toBeCloseTo(3 * units[0] - units[1] + 0.5, 12);
    expect(second).toBeCloseTo(units[0] - 2 * units[1], 12);
    expect(await work.run(['logic', 'network.json', '--exact'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('error LOGIC_NOT_EXACT: no exact rules were found') as string,
    });
  });

  it.each([
    [
      'a sum of features',
      'oblique',
      { rows: '2\n-3\n0\n-4\n', output: '1\n0\n' },
      'if (2 * a - 3 * b > 4) return 1;',
    ],
    [
      'at least two of three conditions',
      'm-of-n',
      { rows: '40,0,0\n0,40,0\n0,0,-40\n-200,-120,280\n', output: '1\n1\n1\n0\n' },
      'if ((a > 5 ? 1 : 0) + (b > 3 ? 1 : 0) + (c < 7 ? 1 : 0) >= 2) return 1;',
    ],
  ])('finds %s, where splits of the kind are allowed', async (_, splits, weights, text) => {
    writeFileSync(
      join(work.path, 'rich.json'),
      JSON.stringify({
        name: 'rich',
        input: { name: 'x', shape: [3], features: ['a', 'b', 'c'], domain: { min: 0, max: 10 } },
        layers: [{ weights: 'rich_1.csv', activation: 'tanh' }, { weights: 'rich_2.csv' }],
        output: { name: 'y', decision: 'threshold' },
      }),
    );
    writeFileSync(join(work.path, 'rich_1.csv'), weights.rows);
    writeFileSync(join(work.path, 'rich_2.csv'), weights.output);
    const files = ['-o', 'rich.ts', '--report', 'rich.report.md'];
    const { code, stderr } = await work.run(['logic', 'rich.json', '--splits', splits, ...files]);
    expect(code, stderr).toBe(0);
    expect(read('rich.ts')).toContain(text);
    expect(await work.run(['verify', 'rich.json', 'rich.ts'])).toMatchObject({ code: 0 });
    expect((await work.run(['logic', 'rich.json', '-o', 'plain.ts'])).code).toBe(0);
    expect(read('plain.ts')).not.toContain(text);
  });

  it.each([
    [['--fidelity', '1.5'], 'error CLI_OPTION_VALUE: --fidelity cannot be "1.5"\n  hint: give a share between 0 and 1, such as 0.99\n', 2],
    [['--tree', 'tree.png'], 'error CLI_OPTION_VALUE: --tree cannot be "tree.png"\n  hint: give a file that ends in .svg\n', 2],
    [['--monotone', 'incom'], 'error STUDENT_UNKNOWN_FEATURE: unknown feature "incom"', 3],
    [['--explain', '1,x,2,3,4'], 'error CLI_OPTION_VALUE: --explain cannot be "1,x,2,3,4"\n  hint: give numbers separated by commas, one for each feature\n', 2],
    [['--explain', '1,2', '-o', 'one.ts'], 'error LOGIC_EXPLAIN_COUNT: 2 values for 5 features\n  hint: give a number for each, in this order: income, debt, savings, tenure, age\n', 3],
    [['-o', 'network.json'], 'error CLI_OPTIONS_CONFLICT: network.json cannot be used with an input of that name\n  hint: choose another name for the output\n', 2],
    [['--leaves', '2', '--fidelity', '0.999'], 'error LOGIC_NOT_FAITHFUL: no tree reaches fidelity 0.999; the best reached 0.', 3],
  ] as const)('refuses %j', async (words, text, exit) => {
    const { code, stderr } = await work.run(['logic', 'network.json', ...words]);
    expect(stderr).toContain(text);
    expect(code).toBe(exit);
  });
}); // prettier-ignore
