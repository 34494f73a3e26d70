/**
 * Modules that stand for another model, through the command line: every module against every other model,
 * and modules that were tampered with. All are refused, exit code 1 (3 where a file cannot be read), never
 * accepted and never left undecided.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../src/ir/network.js';
import { adder } from '../helpers/build/adder.js';
import { majority, parity } from '../helpers/build/counts.js';
import { elementaryAutomaton } from '../helpers/build/local-rules.js';
import { pairwise } from '../helpers/build/pairs.js';
import { totalistic } from '../helpers/build/totalistic.js';
import { csvFiles } from '../helpers/model-files.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';
import { createWorkFolder, runIn } from './run-in-folder.js';

const ROOT = join(import.meta.dirname, '../..');
const DIGITS = { kind: 'values', values: [0, 1, 2, 3] } as const;

/** Models that the test compiles itself, at sizes that are quick; some are alike but for their size. */
const BUILT: Readonly<Record<string, Network>> = {
  orientation4: orientationNetwork(4),
  orientation5: orientationNetwork(5),
  maxsat: maxsatNetwork(4, 4),
  life: totalistic({ rows: 4, columns: 4, border: 'wrap', hidden: 'sign' }).network,
  argmax: pairwise({ values: 4, pairs: 'some', output: 'scores', domain: DIGITS, decision: { kind: 'argmax' } }).network,
  adder: adder({ bits: 4, order: 'lsb', encoding: 'look-ahead' }).network,
  rule30: elementaryAutomaton({ rule: 30, width: 16, border: 'wrap' }).network,
  rule110: elementaryAutomaton({ rule: 110, width: 16, border: 'wrap' }).network,
  majority: majority(16).network,
  parity: parity(16).network,
}; // prettier-ignore

/** Committed models with their committed modules. */
const COMMITTED: readonly (readonly [model: string, module: string])[] = [
  ['examples/risk/network.json', 'risk'],
  ['examples/physics/network.json', 'physics'],
  ['examples/kinetic-energy/network.json', 'kinetic-energy'],
  ['examples/loan/network.json', 'loan'],
  ['examples/loan/harder.json', 'loan.harder'],
  ['examples/controller/network.json', 'controller'],
  ['examples/controller/network.json', 'controller.exact'],
  ['examples/hybrid/network.json', 'hybrid'],
  ['examples/wetzel/bell.json', 'wetzel/bell'],
];

/** Milliseconds that a busy machine may take to compile them. */
const PATIENCE = 120_000;

interface Pair {
  readonly name: string;
  readonly model: string;
  readonly module: string;
}

const work = createWorkFolder();
const pairs: Pair[] = COMMITTED.map(([model, module]) => ({
  name: module,
  model: join(ROOT, model),
  module: join(ROOT, 'output', `${module}.ts`),
}));

beforeAll(async () => {
  for (const [name, network] of Object.entries(BUILT)) {
    const folder = join(work.path, name);
    mkdirSync(folder);
    for (const [file, content] of Object.entries(csvFiles(network))) {
      writeFileSync(join(folder, file), content);
    }
    const [model, module] = ['network.json', 'module.ts'].map((file) => join(folder, file));
    const { code, stderr } = await work.run(['compile', model, '-o', module]);
    expect(code, stderr).toBe(0);
    pairs.push({ name, model, module });
  }
}, PATIENCE);

afterAll(() => {
  work.remove();
});

const verify = (model: string, module: string) => runIn(work.path, ['verify', model, module]);

describe('every module', () => {
  it('is accepted for its own model', async () => {
    for (const { name, model, module } of pairs) {
      const { code, stdout } = await verify(model, module);
      expect(code, `${name}: ${stdout}`).toBe(0);
    }
  });

  it('is refuted for every other', async () => {
    const accepted: string[] = [];
    let count = 0;
    for (const { name, model } of pairs) {
      for (const other of pairs) {
        if (other.model === model) continue;
        count++;
        const { code, stdout } = await verify(model, other.module);
        if (code !== 1) accepted.push(`${other.name} for ${name}: exit code ${code}, ${stdout}`);
      }
    }
    expect(accepted).toEqual([]);
    expect(count).toBeGreaterThan(300);
  });
});

/** A copy of a built module with some of its text replaced. */
function tampered(name: string, ...changes: readonly (readonly [string | RegExp, string])[]): string {
  const code = readFileSync(join(work.path, name, 'module.ts'), 'utf8');
  const changed = changes.reduce((text, [from, to]) => text.replace(from, to), code);
  expect(changed).not.toBe(code);
  const file = join(work.path, name, 'tampered.ts');
  writeFileSync(file, changed);
  return file;
} // prettier-ignore

const modelOf = (name: string) => join(work.path, name, 'network.json');

/** What `verify` prints of a tampered module, without where it stands. */
async function told(name: string, ...changes: Parameters<typeof tampered> extends [string, ...infer Rest] ? Rest : never) {
  const { code, stdout } = await verify(modelOf(name), tampered(name, ...changes));
  return { code, stdout: stdout.replace(/^.*?tampered\.ts: /, '') };
} // prettier-ignore

describe('a module that was tampered with', () => {
  it('is refuted with its labels exchanged', async () => {
    const back = ["'assign false' : 'assign true'", "'assign true' : 'assign false'"] as const;
    expect(await told('maxsat', [back[1], back[0]])).toMatchObject({ code: 1, stdout: expect.stringContaining('they part in: predict') as string }); // prettier-ignore
  });

  it('is refuted where it names a verdict that was not reached', async () => {
    expect(await told('parity', ["verdict: 'proved'", "verdict: 'exhaustive'"])).toEqual({
      code: 1,
      stdout:
        'refuted: the network constant is false (its functions: proved) (17 inputs run, 0 ties, maxError 0)\n' +
        '  scores[0]: proved (canonical forms and tables of states), exactly\n' +
        '  network: []\n' +
        "  module: declares 'exhaustive', found 'proved'\n" +
        '  they part in: verdict\n',
    });
  });

  it('is refuted for a tolerance within which everything is right', async () => {
    expect(await told('parity', [/tolerance: \S+,/, 'tolerance: 1000,'], ['total % 2', '0.5'])).toEqual({
      code: 1,
      stdout:
        'refuted: the network constant is false (its functions: proved) (0 inputs run, 0 ties, maxError 0.51)\n' +
        '  scores[0]: proved (canonical forms and intervals), within 0.51\n' +
        '  network: []\n' +
        '  module: declares 1000, within which every score could be one number\n' +
        '  they part in: network.tolerance\n',
    });
  }); // prettier-ignore

  it('is refuted for another shape of its output', async () => {
    const { code, stdout } = await told('parity', ['outputShape: [1]', 'outputShape: [2]']);
    expect(code).toBe(1);
    expect(stdout).toContain('they part in: network.outputShape\n');
  });

  it.each([
    ['cut off in the middle', /export default[^]*/, ''],
    ['cut off in a word', /\n {2}const lengths[^]*/, '\n  const len'],
  ])('is not accepted: %s', async (_, from, to) => {
    const { code } = await told('maxsat', [from, to]);
    expect([1, 3, 4]).toContain(code);
  });

  it('is refuted where one of its numbers is another', async () => {
    for (const change of [['2.29756', '2.30756'], ['2.29756', '2.19756'], ['=== 0 ? 10', '=== 0 ? 11']] as const) {
      expect((await told('maxsat', change)).code, change.join()).toBe(1);
    }
  }); // prettier-ignore

  it('is told to be made from other weights, which is no error: the two compute the same', async () => {
    const other = `source: 'sha256:${'0'.repeat(64)}'`;
    expect(await told('parity', [/source: '\S+'/, other])).toEqual({
      code: 0,
      stdout:
        'proved: symbolic: canonical forms and tables of states; note: the module was made from other weights than these (17 states enumerated, 0 ties, maxError 0)\n' +
        '  scores[0]: proved (canonical forms and tables of states), exactly\n',
    });
  });
});

describe('a model that was trained again', () => {
  it.each([0, 1, 2])('refutes the module of the old one: a weight of layer %i is another', async (layer) => {
    const network = maxsatNetwork(4, 4);
    const layers = network.layers.map((one, index) => {
      if (index !== layer) return one;
      const values = Float64Array.from(one.weights.values);
      values[0] += 3;
      return { ...one, weights: { ...one.weights, values } };
    });
    const folder = join(work.path, `again${layer}`);
    mkdirSync(folder);
    for (const [file, content] of Object.entries(csvFiles({ ...network, layers }))) {
      writeFileSync(join(folder, file), content);
    }
    const { code, stdout } = await verify(join(folder, 'network.json'), join(work.path, 'maxsat/module.ts'));
    expect(code, stdout).toBe(1);
  }); // prettier-ignore
});

describe('an approximate module', () => {
  it.each([
    ['a fidelity raised', 'loan.harder', 'fidelity: 0.998', 'fidelity: 0.9999'],
    ['a fidelity out of range raised', 'loan.harder', 'fidelityOutOfRange: 0.887', 'fidelityOutOfRange: 0.95'],
    ['another verdict', 'loan.harder', "'approximate'", "'proved'"],
    ['an explanation of something else', 'loan', "explains: 'decisions'", "explains: 'other'"],
    ['a complexity below 0', 'loan', /complexity: \d+/, 'complexity: -3'],
    ['another threshold', 'loan', 'income > 6', 'income > 7'],
    ['other layers', 'controller', "replaces: ['hidden', 'output']", "replaces: ['hidden', 'other']"],
  ])('is refuted with %s', async (_, name, from, to) => {
    const [model] = COMMITTED.find(([, module]) => module === name) ?? [];
    const code = readFileSync(join(ROOT, 'output', `${name}.ts`), 'utf8');
    const file = join(work.path, 'approximate.ts');
    expect(code.replace(from, to)).not.toBe(code);
    writeFileSync(file, code.replace(from, to));
    const outcome = await verify(join(ROOT, model ?? ''), file);
    expect(outcome.code, outcome.stdout).toBe(1);
  }); // prettier-ignore
});
