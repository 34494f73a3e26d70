/** `deepdistill math --at`: explanations around points, their reports, and a module that is checked again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadModule } from '../../src/verify/run-module.js';
import { writeLinearNetwork } from '../helpers/math-inputs.js';
import { startBuilt } from './run-built.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

/** |x| + x/4 on −4 … 4. */
const BENT = {
  name: 'bent',
  input: { name: 'x', shape: [1], domain: { min: -4, max: 4 } },
  layers: [{ weights: 'bent_1.csv', activation: 'relu' }, { weights: 'bent_2.csv' }],
  output: { name: 'height' },
};

/** Scouts over sums and products: a second or two. */
const SHORT = ['--mode', 'scouts', '--operators', '+,-,*', '--samples', '60', '--workers', '1'];

describe('math --at', () => {
  let work: WorkFolder;
  beforeEach(() => {
    work = createWorkFolder();
    writeLinearNetwork(work.path);
    write('bent.json', JSON.stringify(BENT));
    write('bent_1.csv', '1,-1\n0,0\n');
    write('bent_2.csv', '1.25\n0.75\n0\n');
  });
  afterEach(() => {
    work.remove();
  });
  const write = (file: string, text: string) => {
    writeFileSync(join(work.path, file), text);
  };
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');

  it('tells each point in a line and in reports, and writes no module', async () => {
    write('points.csv', 'x\n3\n-2\n');
    const { code, stdout, stderr } = await work.run([
      ...['math', 'bent.json', '--at', 'x=1', '--at-data', 'points.csv', ...SHORT],
      ...['--bound', '0.01', '--report', 'l.json', '--report', 'l.md'],
    ]);
    expect(stderr).toMatch(
      /^height near x = 1: 1\.25 \* x, off by at most 0\.01 up to 0\.12\d* of each range\nheight near x = 3: 1\.25 \* x, .+\nheight near x = -2: -0\.75 \* x, .+\n$/,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const report = JSON.parse(read('l.json')) as { local: object[] };
    expect(report).toMatchObject({ schema: 1, model: { name: 'bent', layers: 2 } });
    expect(report).not.toHaveProperty('verdict');
    expect(report.local).toHaveLength(3);
    expect(report.local[0]).toMatchObject({
      target: 'height',
      point: { x: 1 },
      ofNetwork: 1.25,
      ofFormula: 1.25,
      expression: '1.25 * x',
      bound: 0.01,
      width: 0.1,
      rows: { neighbours: 0, samples: 60 },
      isWhole: false,
      check: { inputs: 3000, confidence: 0.99 },
    });
    expect(report.local[0]).not.toHaveProperty('boundShare');
    expect(read('l.md')).toContain(
      'Sampled, not proved: none of 3,000 inputs drawn uniformly in the box is off by more.',
    );
    expect([...work.snapshot().keys()]).not.toContain('bent.ts');
  }, 60_000);

  it('writes a module for the box around one point, which verify measures again', async () => {
    const words = ['math', 'bent.json', '--at', '1', '--bound', '0.01', ...SHORT];
    const { code, stderr } = await work.run([...words, '-o', 'near.ts', '--report', 'near.json']);
    expect(stderr).toMatch(
      /\nnear\.ts: approximate: fidelity 0\.99\d+ on the declared inputs, 0\.99\d+ on fresh ones, no error above the bound 0\.01 \(2000 inputs run/,
    );
    expect(code).toBe(0);
    const text = read('near.ts');
    expect(text).toContain('An approximation of the network\'s scores around [1] alone, off by at most 0.01 where it was tried.'); // prettier-ignore
    const { scores, network } = await loadModule(text);
    expect(scores([2])).toEqual([2.5]);
    expect(network).toMatchObject({ verdict: 'approximate', around: [1], bound: 0.01 });
    expect(JSON.parse(read('near.json'))).toMatchObject({ verdict: { status: 'approximate' } });
    expect(await work.run(['verify', 'bent.json', 'near.ts'])).toMatchObject({ code: 0 });
    // A box that reaches over the kink, a smaller bound, a point outside of the box: refuted.
    for (const [from, to] of [
      [/ranges: \[\[[^,]+/, 'ranges: [[-1'],
      [/1\.25/, '1.27'],
      [/around: \[1\]/, 'around: [-3]'],
    ] as const) {
      write('worse.ts', text.replace(from, to));
      expect(await work.run(['verify', 'bent.json', 'worse.ts'])).toMatchObject({ code: 1 });
    }
  }, 60_000);

  it('explains every score of a decision, or the target alone, and learns from rows', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${(row % 7) / 3 - 1},${(row % 5) / 2 - 1}`);
    write('rows.csv', `u,v\n${rows.join('\n')}\n`);
    const words = ['math', 'pair.json', '--at', 'v=0.5, u=-1', '--data', 'rows.csv', ...SHORT];
    const { code, stderr } = await work.run([...words, '--neighbours', '9', '--report', 'p.json', '-o', 'p.ts']); // prettier-ignore
    expect(stderr).toMatch(
      /^low of scores near u = -1, v = 0\.5: .+, off by at most .+ on the whole domain\nhigh of scores near u = -1, v = 0\.5: .+ on the whole domain\np\.ts: approximate: fidelity 1 /,
    );
    expect(code).toBe(0);
    expect(JSON.parse(read('p.json'))).toMatchObject({
      local: [{ target: 'low of scores', rows: { samples: 60 } }, { target: 'high of scores' }],
    });
    expect(await work.run(['verify', 'pair.json', 'p.ts'])).toMatchObject({ code: 0 });
    const alone = await work.run([...words, '--target', 'hidden.csv[0]', '--features', 'u,v']);
    expect(alone.stderr).toMatch(/^neuron 0 of hidden\.csv near u = -1, v = 0\.5: u - v, /);
  }, 60_000); // prettier-ignore

  it('gives the same bytes with any number of workers', async () => {
    const words = ['math', 'bent.json', '--at', '0.2', ...SHORT.slice(0, -2)];
    for (const workers of ['1', '3']) {
      await work.run([...words, '--workers', workers, '--report', `${workers}.json`]);
    }
    expect(read('3.json')).toBe(read('1.json'));
  }, 60_000);

  it.each([
    ['Ctrl-C', '112', /^stopping; the explanations so far are kept \(Ctrl-C again to leave at once\)$/m],
    ['the time limit', '0', /^height near x = -4: .+$/m],
  ])('keeps what was explained, ended by %s', async (how, timeout, text) => {
    write('points.csv', Array.from({ length: 400 }, (_, k) => k / 50 - 4).join('\n'));
    const running = startBuilt(work.path, [
      ...['math', 'bent.json', '--at-data', 'points.csv', ...SHORT, '--timeout', timeout],
      ...['--report', 's.json', '--report', 's.md'],
    ]);
    if (how === 'Ctrl-C') {
      await running.sees(/^height near x = -3\.98/m);
      running.interrupt();
    }
    const { code, stderr } = await running.ended;
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(text);
    const { local, unexplained } = JSON.parse(read('s.json')) as { local: object[]; unexplained: number }; // prettier-ignore
    expect(local.length).toBeGreaterThan(0);
    expect(local.length + unexplained).toBe(400);
    expect(unexplained).toBeGreaterThan(0);
    expect(read('s.md')).toContain(`Stopped early: ${unexplained} points left unexplained.`);
  }, 120_000); // prettier-ignore

  const POINT_HINT =
    '  hint: give NAME=NUMBER for each feature, such as x=1,y=2, or numbers alone\n';
  it.each([
    ['a point outside', ['pair.json', '--at', '1,3'], 'error LOCAL_POINT_OUTSIDE: v = 3 is outside of the domain, from -2 to 2\n  hint: choose a point within it; where the model declares no domain, --range says what it is\n', 3],
    ['a row outside', ['pair.json', '--at-data', 'far.csv'], 'error LOCAL_POINT_OUTSIDE: u = 9 is outside of the domain, from -2 to 2\n  at far.csv, row 2\n  hint: choose a point within it; where the model declares no domain, --range says what it is\n', 3],
    ['a row of another width', ['bent.json', '--at-data', 'far.csv'], 'error DATA_WIDTH: the row has 2 values, an input of shape [1] has 1\n  at far.csv, row 2\n  hint: write one flattened input per row, row-major\n', 3],
    ['too few numbers', ['pair.json', '--at', '1'], 'error LOCAL_POINT_COUNT: a point with 1 value for 2 features\n  hint: give a number for each, in this order: u, v\n', 3],
    ['an unknown feature', ['pair.json', '--at', 'u=1,w=0'], 'error STUDENT_UNKNOWN_FEATURE: unknown feature "w"\n  hint: known are: u, v\n', 3],
    ['a feature without a value', ['pair.json', '--at', 'v=1'], 'error LOCAL_POINT_INCOMPLETE: the point has no value for u\n  hint: give one for each feature, or hold features at rest by leaving them out of --features\n', 3],
    ['a word', ['pair.json', '--at', 'u=1,v=one'], `error CLI_OPTION_VALUE: --at cannot be "u=1,v=one"\n${POINT_HINT}`, 2],
    ['a feature twice', ['pair.json', '--at', 'u=1,u=2'], `error CLI_OPTION_VALUE: --at cannot be "u=1,u=2"\n${POINT_HINT}`, 2],
    ['names and numbers mixed', ['pair.json', '--at', 'u=1,2'], `error CLI_OPTION_VALUE: --at cannot be "u=1,2"\n${POINT_HINT}`, 2],
    ['a table', ['--data', 'far.csv', '--target', 'u', '--at', '1'], 'error CLI_OPTIONS_CONFLICT: a table cannot be used with --at\n  hint: the option describes a model, or how it is asked\n', 2],
    ['a bound of 0', ['pair.json', '--at', '1,1', '--bound', '0%'], 'error CLI_OPTION_VALUE: --bound cannot be "0%"\n  hint: give a positive number, or a share of the local range such as 5%\n', 2],
    ['a width above 1', ['pair.json', '--at', '1,1', '--width', '2'], 'error CLI_OPTION_VALUE: --width cannot be "2"\n  hint: give a share of the ranges, above 0 and at most 1\n', 2],
    ['neighbours of nothing', ['pair.json', '--at', '1,1', '--neighbours', '3'], 'error CLI_OPTIONS_CONFLICT: no --data cannot be used with --neighbours\n  hint: neighbours are rows of --data\n', 2],
    ['a bound without a point', ['pair.json', '--bound', '1'], 'error CLI_OPTIONS_CONFLICT: no --at cannot be used with --bound\n  hint: name a point with --at, or leave the option out\n', 2],
    ['a front', ['pair.json', '--at', '1,1', '--front', 'f.csv'], 'error CLI_OPTIONS_CONFLICT: --at cannot be used with --front\n  hint: leave one of them out: they are of a formula for the whole domain\n', 2],
    ['a module for two points', ['pair.json', '--at', '1,1', '--at', '0,0', '-o', 'm.ts'], 'error CLI_OPTIONS_CONFLICT: several points cannot be used with --output\n  hint: a module stands around one point: leave out -o for reports alone\n', 2],
    ['residuals of another ending', ['pair.json', '--residuals', 'r.png'], 'error CLI_OPTION_VALUE: --residuals cannot be "r.png"\n  hint: give a file that ends in .svg\n', 2],
  ])('refuses %s', async (_, words, text, exit) => {
    write('far.csv', 'u,v\n9,9\n');
    const before = work.snapshot();
    const { code, stdout, stderr } = await work.run(['math', ...words]);
    expect(stderr).toBe(text);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(work.snapshot()).toEqual(before);
  }); // prettier-ignore

  it('refuses a module of a formula that keeps its bound nowhere', async () => {
    const words = ['--at', '0', '--bound', '1e-6', '--width', '0.5', '-o', 'm.ts', ...SHORT];
    const { code, stderr } = await work.run(['math', 'bent.json', ...words]);
    expect(stderr).toMatch(/^height near x = 0: .+, off by more than 0\.000001 as near as was looked\n/);
    expect(stderr.slice(stderr.indexOf('\n') + 1)).toBe(
      'error LOCAL_NO_RADIUS: no formula for height keeps its error within 0.000001 around the point\n' +
        '  hint: allow more with --bound, or other --operators; without -o the report is written all the same\n',
    );
    expect(code).toBe(3);
    expect([...work.snapshot().keys()]).not.toContain('m.ts');
  }, 60_000); // prettier-ignore
});

describe('math --residuals', () => {
  it('draws the residuals of each output, and reports where formulas are off', async () => {
    const work = createWorkFolder();
    writeLinearNetwork(work.path);
    const { code, stderr } = await work.run([
      ...['math', 'pair.json', '--probes', '60', '--residuals', 'r.svg', '-o', 'm.ts'],
      ...['--report', 'r.json', ...SHORT.slice(0, 4), '--workers', '1'],
    ]);
    expect(code, stderr).toBe(0);
    const files = work.snapshot();
    expect(files.get('r.svg')).toContain('low of scores');
    expect(files.get('r.1.svg')).toContain('high of scores');
    const report = JSON.parse(files.get('r.json') ?? '') as object;
    expect(report).toMatchObject({
      errors: {
        figures: [
          { name: 'training range', inputs: 1000, fidelity: 1, decisions: 1 },
          { name: 'wider' },
          { name: 'boundary of the decision' },
          { name: 'corners', inputs: 4, fidelity: null },
          { name: 'u shifted', inputs: 500 },
          { name: 'v shifted' },
        ],
      },
      targets: [{}, { errors: {} }],
    });
    work.remove();
  }, 60_000);
});
