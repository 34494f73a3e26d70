/** `deepdistill boundary`: a formula that decides, whatever the number of threads; what it refuses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

/** tanh of a + b, then a sigmoid: positive where a + b > 0.1. */
const WEIGHTS = { 'hidden.csv': '1\n1\n0\n', 'output.csv': '4\n-0.39867199\n' };
const MANIFEST = {
  name: 'sides',
  input: { name: 'point', shape: [2], features: ['a', 'b'], domain: { min: -1, max: 1 } },
  layers: [
    { weights: 'hidden.csv', activation: 'tanh' },
    { weights: 'output.csv', activation: 'sigmoid' },
  ],
  output: { name: 'side', labels: ['left', 'right'], decision: 'threshold', threshold: 0.5 },
};

describe('boundary', () => {
  let work: WorkFolder;
  beforeAll(() => {
    work = createWorkFolder();
    for (const [file, text] of Object.entries(WEIGHTS)) writeFileSync(join(work.path, file), text);
    const write = (file: string, manifest: object): void => {
      writeFileSync(join(work.path, file), JSON.stringify(manifest));
    };
    write('sides.json', MANIFEST);
    write('plain.json', { ...MANIFEST, output: { name: 'side' } });
    const [hidden, output] = MANIFEST.layers;
    write('steps.json', { ...MANIFEST, layers: [{ ...hidden, activation: 'sign' }, output] });
    write('other.json', { ...MANIFEST, output: { ...MANIFEST.output, labels: ['up', 'down'] } });
  });
  afterAll(() => {
    work.remove();
  });
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');
  const words = (...more: readonly string[]): string[] => [
    'boundary',
    'sides.json',
    '--operators',
    '+,-,*',
    '--mode',
    'scouts',
    '--rows',
    '40',
    ...more,
  ];

  it('writes a module that decides, and reports, the same however many threads there are', async () => {
    const outcome = await work.run(
      words('-o', 'one.ts', '--report', 'one.md', '--report', 'one.json', '--front', 'one.csv', '--workers', '1'), // prettier-ignore
    );
    expect(outcome).toMatchObject({ code: 0, stdout: '' });
    expect(outcome.stderr).toContain('right: a + b > 0.1\n');
    expect(read('one.ts')).toContain("  if (a + b > 0.1) return 'right';\n  return 'left';\n");
    expect(read('one.md')).toContain('mean |cos| 1.');
    const { boundary } = JSON.parse(read('one.json')) as { boundary: { latents: { condition: string }[] } }; // prettier-ignore
    expect(boundary.latents[0].condition).toBe('a + b > 0.1');
    const again = await work.run(
      words('-o', 'two.ts', '--report', 'two.md', '--report', 'two.json', '--front', 'two.csv', '--workers', '2'), // prettier-ignore
    );
    expect(again.code).toBe(0);
    for (const kind of ['ts', 'md', 'json', 'csv']) expect(read(`two.${kind}`)).toBe(read(`one.${kind}`)); // prettier-ignore
    expect(await work.run(['verify', 'sides.json', 'one.ts'])).toMatchObject({ code: 0 });
    const wrong = read('one.ts').replace('a + b > 0.1', 'a + b > 0.6');
    writeFileSync(join(work.path, 'wrong.ts'), wrong);
    expect(await work.run(['verify', 'sides.json', 'wrong.ts'])).toMatchObject({ code: 1 });
  });

  it('goes on from a stored search', async () => {
    const state = words('-o', 'state.ts', '--state', 'state.json');
    expect(await work.run(state)).toMatchObject({ code: 0 });
    const resumed = words('-o', 'resumed.ts', '--state', 'state.json', '--resume');
    expect(await work.run(resumed)).toMatchObject({ code: 0 });
    expect(read('resumed.ts')).toBe(read('state.ts'));
  });

  it('compares with a second network', async () => {
    const outcome = await work.run(words('-o', 's.ts', '--second', 'sides.json', '--report', 's.md')); // prettier-ignore
    expect(outcome.code).toBe(0);
    expect(read('s.md')).toMatch(
      /A second network has mean 1 − cos² \S+ to the first there and decides as it does in 100 %/,
    );
  });

  it('explains a hidden neuron', async () => {
    const outcome = await work.run(words('--target', 'hidden.csv[0]', '-o', 'neuron.ts'));
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toContain('neuron 0 of hidden.csv: a + b\n');
    expect(read('neuron.ts')).toContain('Math.tanh(');
  });

  const REFUSED: readonly (readonly [string, readonly string[], string, number])[] = [
    ['no decision', ['plain.json'], 'error BOUNDARY_NO_DECISION: the model draws no decision: it has no boundary to be explained\n  hint: name one with --decision argmax, argmin, sign or threshold, or a neuron or score with --target\n', 3],
    ['no gradients', ['steps.json'], 'error BOUNDARY_NO_GRADIENT: gradients cannot be taken through "output.csv"\n  hint: all that leads to the decision has to be layers whose activations have a slope; `deepdistill logic` asks for decisions alone\n', 3],
    ['another task', ['sides.json', '--second', 'other.json'], 'error BOUNDARY_OTHER_TARGET: the second model has no right\n  hint: name with --second a model of the same outputs, labels and decision\n', 3],
    ['a band of no width', ['sides.json', '--band', '0.5'], 'error CLI_OPTION_VALUE: --band cannot be "0.5"\n  hint: give a number between 0 and 0.5\n', 2],
    ['few rows', ['sides.json', '--rows', '5'], 'error CLI_OPTION_VALUE: --rows cannot be "5"\n  hint: give a number, 20 or more\n', 2],
    ['no model', [], 'error CLI_ARGUMENT_COUNT: "boundary" was given 0 arguments\n  hint: the usage is: deepdistill boundary <model..>\n', 2],
    ['the model as output', ['sides.json', '-o', 'sides.json'], 'error CLI_OPTIONS_CONFLICT: sides.json cannot be used with an input of that name\n  hint: choose another name for the output\n', 2],
    ['an unknown contrast', ['sides.json', '--contrast', 'all'], 'error CLI_OPTION_VALUE: --contrast cannot be "all"\n  hint: give one of rest, pairs\n', 2],
    ['a missing second', ['sides.json', '--second', 'none.json'], 'error FILE_NOT_FOUND: the file does not exist\n  at none.json\n  hint: check the path; paths in a manifest are relative to the manifest\n', 3],
    ['a loss', ['sides.json', '--loss', 'mae'], 'error CLI_UNKNOWN_OPTION', 2],
  ]; // prettier-ignore

  it.each(REFUSED)('refuses %s', async (_, given, text, code) => {
    const before = [...work.snapshot().keys()];
    const outcome = await work.run(['boundary', ...given]);
    expect(outcome.stderr.slice(0, text.length)).toBe(text);
    expect(outcome.code).toBe(code);
    expect([...work.snapshot().keys()]).toEqual(before);
  });
});
