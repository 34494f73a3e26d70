/** Words to commands: values, repetitions, values that begin with a minus sign, wrong usage. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/cli/command.js';
import { readModelOptions } from '../../../src/cli/model-options.js';
import { parseArguments } from '../../../src/cli/parse-arguments.js';
import { MODEL_OPTIONS } from '../../../src/cli/model-options.js';
import { Diagnostic } from '../../../src/diagnostics/diagnostic.js';

const COMMAND: Command = {
  name: 'press',
  positionals: '<model..>',
  count: [0, 2],
  summary: 'Presses.',
  options: {
    output: { kind: 'text', alias: 'o', value: 'FILE', description: 'where to' },
    report: { kind: 'text', repeatable: true, description: 'told' },
    check: { kind: 'flag', description: 'only look' },
    ...MODEL_OPTIONS,
  },
  examples: ['press grapes'],
  run: () => Promise.resolve(0),
};

async function parse(...words: string[]) {
  const invocation = await parseArguments(['press', ...words], [COMMAND]);
  if (invocation.kind !== 'run') throw new Error('expected a command');
  return invocation.parsed;
}

async function failure(...words: string[]): Promise<string> {
  return parse(...words).then(
    () => 'no failure',
    (error: unknown) => (error instanceof Diagnostic ? error.code : String(error)),
  );
}

describe('parseArguments', () => {
  it('takes options before, between and after the models, long, short or joined', async () => {
    const parsed = await parse('-o', 'x.ts', 'a.csv', '--check', 'b.csv', '--report=r.md');
    expect(parsed.positionals).toEqual(['a.csv', 'b.csv']);
    expect(Object.fromEntries(parsed.options)).toEqual({
      output: ['x.ts'],
      check: ['true'],
      report: ['r.md'],
    });
  });

  it('keeps the order of repeated options', async () => {
    const parsed = await parse('--report', 'b', '--report', 'a');
    expect(parsed.options.get('report')).toEqual(['b', 'a']);
  });

  it('takes - and negative numbers for values', async () => {
    const parsed = await parse('-o', '-', '--domain', '-1,0,1', '--tie-tolerance', '-1');
    expect(parsed.options.get('output')).toEqual(['-']);
    expect(parsed.options.get('domain')).toEqual(['-1,0,1']);
    expect(parsed.options.get('tie-tolerance')).toEqual(['-1']);
  });

  it('keeps numbers and dots in names as they are', async () => {
    expect((await parse('007', '1e3')).positionals).toEqual(['007', '1e3']);
  });

  it('refuses what it does not know', async () => {
    expect(await failure('--outptu', 'x')).toBe('CLI_UNKNOWN_OPTION');
    expect(await failure('--no-check')).toBe('CLI_UNKNOWN_OPTION');
    expect(await failure('-x')).toBe('CLI_UNKNOWN_OPTION');
    expect(await failure('--__proto__', 'x')).toBe('CLI_UNKNOWN_OPTION');
    expect(await failure('a', 'b', 'c')).toBe('CLI_ARGUMENT_COUNT');
    expect(await failure('-o', 'a', '--output', 'b')).toBe('CLI_OPTION_REPEATED');
    expect(await failure('-o')).toBe('CLI_OPTION_VALUE');
  });
});

describe('readModelOptions', () => {
  it.each([
    ['0,1', { kind: 'values', values: [0, 1] }],
    ['1, -1,0,1', { kind: 'values', values: [-1, 0, 1] }],
    ['-1..1', { kind: 'interval', min: -1, max: 1 }],
    ['real', { kind: 'real' }],
  ])('--domain %s', async (text, domain) => {
    expect(readModelOptions(await parse('--domain', text))).toEqual({ domain });
  });

  it('reads everything that describes CSV files', async () => {
    const parsed = await parse(
      ...['--name', 'm', '--shape', '2x3', '--activation', 'sign,relu', '--decision', 'argmin'],
      ...['--labels', 'a, b', '--tie-tolerance', '1e-6'],
    );
    expect(readModelOptions(parsed)).toEqual({
      name: 'm',
      shape: [2, 3],
      activation: ['sign', 'relu'],
      decision: 'argmin',
      labels: ['a', 'b'],
      tieTolerance: 1e-6,
    });
  });

  it.each([
    ['--domain', 'a,b'],
    ['--domain', '1..'],
    ['--domain', '0,,1'],
    ['--shape', '2x0'],
    ['--shape', '1e3'],
    ['--tie-tolerance', '-1'],
    ['--tie-tolerance', 'Infinity'],
  ])('refuses %s %s', async (option, value) => {
    const parsed = await parse(option, value);
    expect(() => readModelOptions(parsed)).toThrow(Diagnostic);
  });
});
