/** What `deepdistill math` does with what is known beforehand: it holds for the whole front, and helps. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numeric/random.js';
import { countWrongDimensions } from '../../src/students/math/dimensions/check.js';
import type { Dimensions } from '../../src/students/math/dimensions/check.js';
import { variablesOf } from '../../src/students/math/formula.js';
import type { Formula } from '../../src/students/math/formula.js';
import { parseFormula } from '../../src/students/math/text/parse-formula.js';
import { parseUnit } from '../../src/students/math/text/parse-unit.js';
import { loadModule } from '../../src/verify/run-module.js';
import { SHORT_SEARCH, tableText, writeLinearNetwork } from '../helpers/math-inputs.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

/** Numbers without pattern from 0.5 to 2.5, by row and column. */
function cell(row: number, column: number): number {
  return 0.5 + 2 * createRandom(97 * row + column).unit();
}

/** Kinetic energy of a body, with noise, besides a column that goes with it by chance. */
const ENERGY = {
  mass: (row: number): number => cell(row, 0),
  speed: (row: number): number => cell(row, 1),
  time: (row: number): number => cell(row, 2),
  energy: (row: number): number => {
    const noise = 0.15 * (cell(row, 3) - 1.5);
    return 0.5 * ENERGY.mass(row) * ENERGY.speed(row) ** 2 + 0.2 * ENERGY.time(row) + noise;
  },
};
const UNITS = 'mass=kg, speed=m/s, time=s, energy=J';

/** Options and their values, without those that are given otherwise. */
function withoutGiven(words: readonly string[], given: readonly string[]): readonly string[] {
  return words.filter((_, at) => !given.includes(words[at - (at % 2)]));
}

describe('math with what is known', () => {
  let work: WorkFolder;
  beforeEach(() => {
    work = createWorkFolder();
    writeFileSync(join(work.path, 't.csv'), tableText(ENERGY, 40));
  });
  afterEach(() => {
    work.remove();
  });
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');
  const math = async (...words: string[]): Promise<readonly string[]> => {
    const outcome = await work.run([
      ...['math', '--data', 't.csv', '--target', 'energy', '--front', 'f.json', '-o', 'm.ts'],
      ...[...withoutGiven(SHORT_SEARCH, words), ...words],
    ]);
    expect(outcome.stderr).toContain('energy = ');
    expect(outcome).toMatchObject({ code: 0 });
    const stored = JSON.parse(read('f.json')) as { front: { equation: string; origin: string }[] };
    return stored.front.map(({ equation }) => equation);
  };
  const NAMES = ['mass', 'speed', 'time'];
  const formulasOf = (front: readonly string[]): Formula[] =>
    front.map((text) => parseFormula(text, NAMES));
  const wrongOf = async (
    front: readonly string[],
    constants: Dimensions['constants'],
  ): Promise<string[]> => {
    const units = ['kg', 'm/s', 's'];
    const variables = await Promise.all(units.map((unit) => parseUnit(unit, {})));
    const known: Dimensions = { variables, target: await parseUnit('J', {}), constants, policy: 'rule' };
    return front.filter((text) => countWrongDimensions(parseFormula(text, NAMES), known) > 0);
  }; // prettier-ignore

  it('has no formula on the front that is wrong in its dimensions', async () => {
    const front = await math('--units', UNITS, '--max-evaluations', '2000');
    expect(await wrongOf(front, 'free')).toEqual([]);
    expect(front.length).toBeGreaterThan(1);
  });

  it('has some where dimensions are off', async () => {
    const off = await math('--units', UNITS, '--dimensions', 'off', '--max-evaluations', '2000');
    expect(await wrongOf(off, 'free')).not.toEqual([]);
  });

  it('keeps the rule in both halves of the search, with constants that are numbers', async () => {
    const front = await math(
      ...['--units', UNITS, '--constant-units', 'none', '--mode', 'both', '--max-evaluations', '3000'],
      ...['--operators', '+,-,*,square', '--guess', 'mass * speed^2'],
    ); // prettier-ignore
    expect(front.length).toBeGreaterThan(0);
    expect(await wrongOf(front, 'numbers')).toEqual([]);
  });

  it('reads what is required, and never both of a forbidden pair', async () => {
    const front = formulasOf(await math('--require', 'time', '--forbid', 'speed'));
    for (const formula of front.slice(1)) {
      expect(variablesOf(formula)).toContain(2);
      expect(variablesOf(formula)).not.toContain(1);
    }
    const apart = formulasOf(await math('--forbid', 'mass:speed'));
    expect(apart.length).toBeGreaterThan(1);
    for (const formula of apart) {
      const both = variablesOf(formula);
      expect(both.includes(0) && both.includes(1)).toBe(false);
    }
  });

  it('begins with a guess, its constants fitted', async () => {
    const words = [
      '--operators',
      '+,-,*,square',
      '--max-evaluations',
      '8',
      '--max-complexity',
      '12',
    ];
    const front = await math(...words, '--guess', '2 * mass * speed^2 + 3 * time');
    expect(front.at(-1)).toMatch(/mass \* speed\^2/);
    const module = await loadModule(read('m.ts'));
    const [value] = module.scores([2, 1, 1]) as number[];
    expect(value).toBeCloseTo(1.2, 0);
    expect(JSON.parse(read('f.json'))).toMatchObject({
      front: [{ origin: 'constant' }, { origin: 'guess' }],
    });
  });

  it('reads transforms by their names, in the report and in the module', async () => {
    const front = await math(
      ...['--transform', 'push = mass * speed', '--transform', 'effort = push * speed'],
      ...['--features', 'effort,time', '--report', 'r.md'],
    );
    expect(front.at(-1)).toMatch(/effort/);
    expect(front.every((text) => !/mass|speed/.test(text))).toBe(true);
    const code = read('m.ts');
    expect(code).toContain('  const [mass, speed');
    expect(code).toContain('  const push = mass * speed;\n  const effort = push * speed;\n');
    expect(read('r.md')).toContain('| transform | `push = mass * speed, effort = push * speed` |');
    const { network, scores } = await loadModule(code);
    expect(network).toMatchObject({ inputShape: [3] });
    const [value] = scores([2, 1.5, 1]) as number[];
    expect(Math.abs(value - 2.45)).toBeLessThan(0.3);
  });

  it('takes operators of the user’s, tells them by name, and writes out what they are', async () => {
    const front = await math(
      ...['--operator', 'moved(a, b) = a * square(b)', '--operators', '+,*'],
      ...['--complexity', 'moved=2', '--report', 'r.md'],
    );
    expect(front.some((text) => text.includes('moved('))).toBe(true);
    expect(read('m.ts')).toMatch(/mass \* speed \*\* 2/);
    expect(read('r.md')).toContain('| operators | `+, *, moved` |');
  });

  it('fills the holes of a template, a hole that repeats with one formula', async () => {
    const front = await math(
      ...['--template', 'f(mass) * g(speed) + c() * time', '--max-evaluations', '8000'],
    );
    const shape = /^.*\* time$/;
    expect(front.length).toBeGreaterThan(1);
    expect(front.filter((text) => !shape.test(text))).toEqual([]);
    const [value] = (await loadModule(read('m.ts'))).scores([2, 1.5, 1]) as number[];
    expect(Math.abs(value - 2.45)).toBeLessThan(0.6);
    const tied = await math('--template', 'f(mass) - f(time)', '--max-evaluations', '3000');
    expect(tied.every((text) => /mass|^-?[\d.e-]+ - |0/.test(text))).toBe(true);
    const { scores } = await loadModule(read('m.ts'));
    expect(scores([1.3, 1, 1.3])).toEqual([0]);
  });

  it('says the same however many workers there are', async () => {
    const words = [
      ...['--units', UNITS, '--transform', 'effort = mass * speed^2', '--require', 'effort'],
      ...['--operator', 'half(x) = x / 2', '--guess', 'half(effort) + 0.1 * time'],
    ];
    const alone = await math(...words);
    expect(await math(...words, '--workers', '3')).toEqual(alone);
  });

  it('takes units from the manifest, and the network’s answers at forbidden inputs too', async () => {
    writeLinearNetwork(work.path);
    const manifest = JSON.parse(read('pair.json')) as {
      readonly input: object;
      readonly output: object;
    };
    const told = {
      ...manifest,
      input: { ...manifest.input, units: ['m', 's'] },
      output: { ...manifest.output, units: 'm' },
    };
    writeFileSync(join(work.path, 'pair.json'), JSON.stringify(told));
    const run = async (...words: string[]): Promise<string> => {
      const outcome = await work.run([
        ...['math', 'pair.json', '--target', 'high', '-o', 'p.ts', '--probes', '60'],
        ...[...SHORT_SEARCH, ...words],
      ]);
      expect(outcome).toMatchObject({ code: 0 });
      return outcome.stderr;
    };
    // u + v is wrong in its dimensions: 1 m/s · v is not told from v.
    expect(await run('--constant-units', 'any')).not.toMatch(/^high of scores = (u \+ v|v \+ u)$/m);
    expect(await run('--dimensions', 'off')).toMatch(/^high of scores = (u \+ v|v \+ u)$/m);
    expect(await run('--forbid', 'v')).toMatch(/^high of scores = [^v]*$/m);
  });
});
