import { describe, expect, it } from 'vitest';
import type { Arguments } from '../../../src/cli/arguments.js';
import {
  describeSettings,
  readSelection,
  readSettings,
  wholeOption,
} from '../../../src/cli/math-options.js';
import { DEFAULT_SETTINGS } from '../../../src/students/math/problem.js'; // prettier-ignore

function parsed(options: Readonly<Record<string, readonly string[]>>): Arguments {
  return { positionals: [], options: new Map(Object.entries(options)) };
}

describe('readSettings', () => {
  it('has defaults', () => {
    expect(readSettings(parsed({}))).toEqual(DEFAULT_SETTINGS);
  });

  it('reads operators, complexities of operators and leaves, and nesting', () => {
    const settings = readSettings(
      parsed({
        operators: ['+, sin,<='],
        complexity: ['sin=3', 'constant=2', 'variable=0.5'],
        nesting: ['sin:sin=0', 'sin:+=2', 'exp:log=1'],
        'no-snap': ['true'],
        seed: ['7'],
      }),
    );
    expect(settings).toMatchObject({
      operators: ['+', 'sin', '<='],
      complexities: { sin: 3 },
      constantComplexity: 2,
      variableComplexity: 0.5,
      nesting: { sin: { sin: 0, '+': 2 }, exp: { log: 1 } },
      snaps: false,
      seed: 7,
    });
    expect(settings.complexities).not.toHaveProperty('constant');
  });

  it.each([
    ['mae', { kind: 'mae' }],
    ['huber:0.5', { kind: 'huber', delta: 0.5 }],
    ['pinball:0.9', { kind: 'pinball', quantile: 0.9 }],
  ])('reads the loss %s', (text, loss) => {
    expect(readSettings(parsed({ loss: [text] })).loss).toEqual(loss);
  });

  it('reads a loss that is a formula of prediction and target', () => {
    const { loss } = readSettings(parsed({ loss: ['abs(prediction - target)'] }));
    expect(loss).toMatchObject({ kind: 'custom', formula: { kind: 'call', operator: 'abs' } });
  });

  it.each(['huber:0', 'pinball:1', 'mse:3', 'prediction -', 'price'])('refuses the loss %s', (text) => {
    expect(() => readSettings(parsed({ loss: [text] }))).toThrow(`--loss cannot be "${text}"`);
  }); // prettier-ignore

  it.each([
    [{ nesting: ['sin:foo=1'] }, '--nesting cannot be "sin:foo=1"'],
    [{ complexity: ['foo=1'] }, '--complexity cannot be "foo=1"'],
    [{ operators: ['+,foo'] }, '--operators cannot be "foo"'],
    [{ 'max-depth': ['2.5'] }, '--max-depth cannot be "2.5"'],
  ])('says which option names an operator that is none: %j', (options, message) => {
    expect(() => readSettings(parsed(options))).toThrow(message);
  });
});

describe('readSelection', () => {
  it('is the best, an end of the front or a complexity', () => {
    expect(readSelection(parsed({}))).toBe('best');
    expect(readSelection(parsed({ select: ['simplest'] }))).toBe('simplest');
    expect(readSelection(parsed({ select: ['12'] }))).toEqual({ complexity: 12 });
    expect(() => readSelection(parsed({ select: ['most'] }))).toThrow('--select cannot be "most"');
  });
});

describe('describeSettings', () => {
  it('tells what was given by the names of the options', () => {
    const given = parsed({ complexity: ['sin=3', 'cos=3'], loss: ['mae'] });
    expect(describeSettings(given, readSettings(given))).toMatchObject({
      loss: 'mae',
      complexity: 'sin=3, cos=3',
      'max-complexity': 30,
      seed: 0,
    });
  });
});

describe('wholeOption', () => {
  it('takes whole numbers alone', () => {
    expect(wholeOption(parsed({ digits: ['3'] }), 'digits', 1)).toBe(3);
    expect(wholeOption(parsed({}), 'digits', 1)).toBeUndefined();
    expect(() => wholeOption(parsed({ digits: ['0'] }), 'digits', 1)).toThrow('--digits cannot be');
    expect(() => wholeOption(parsed({ digits: ['1.5'] }), 'digits', 1)).toThrow('--digits cannot');
  });
});
