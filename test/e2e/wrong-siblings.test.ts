/** Siblings with weights that are not the module's own, and generic modules of another problem: refused, never accepted. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { csvFiles } from '../helpers/model-files.js';
import { chainNetwork, maxsatNetwork, orientationNetwork } from '../helpers/networks.js';
import { createWorkFolder } from './run-in-folder.js';

const WIDTHS = [5, 40, 40, 3];

/** A network of random weights, which stay a table. */
function dense(seed: number): Network {
  const random = createRandom(seed);
  return chainNetwork({
    name: 'dense',
    input: { name: 'x', shape: [5], domain: { kind: 'interval', min: -1, max: 1 } },
    layers: WIDTHS.slice(1).map((width, layer) => ({
      rows: Array.from({ length: width }, () =>
        Float64Array.from({ length: WIDTHS[layer] }, () => random.normal()),
      ),
      bias: Array.from({ length: width }, () => random.normal()),
      activation: layer < 2 ? 'relu' : 'identity',
    })),
  });
}

describe('a sibling with weights', () => {
  const work = createWorkFolder();
  const path = (file: string): string => join(work.path, file);
  const read = (file: string): string => readFileSync(path(file), 'utf8');
  const SIBLING = 'first/dense.weights.ts';
  const verify = () => work.run(['verify', 'first/network.json', 'first/dense.ts']);

  beforeAll(async () => {
    for (const [folder, seed] of [['first', 1], ['second', 2]] as const) {
      mkdirSync(path(folder));
      for (const [file, text] of Object.entries(csvFiles(dense(seed)))) {
        writeFileSync(path(`${folder}/${file}`), text);
      }
      const { code } = await work.run(['compile', `${folder}/network.json`, '-o', `${folder}/dense.ts`]);
      expect(code).toBe(0);
    }
  }); // prettier-ignore
  afterAll(() => {
    work.remove();
  });

  it('is accepted as it was written', async () => {
    const { code, stdout } = await verify();
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('proved');
  });

  const edits: readonly (readonly [string, (own: string, other: string) => string])[] = [
    ['of another model', (_, other) => other],
    ['with one digit changed', (own) => own.replace(/(\d\.\d)(\d)/, (_, start: string, digit: string) => start + String((Number(digit) + 1) % 10))],
    ['with the sign of one number flipped', (own) => own.replace(/ (\d+\.\d+)/, ' -$1')],
    ['with two numbers exchanged', (own) => own.replace(/(-?\d+\.\d+), (-?\d+\.\d+)/, '$2, $1')],
    ['with a number missing', (own) => own.replace(/-?\d+\.\d+, /, '')],
    ['with a row missing', (own) => own.replace(/\[[^[\]]+\],\n/, '')],
    ['cut in the middle', (own) => own.slice(0, own.length / 2)],
    ['without numbers', () => 'export const nothing = 1;\n'],
  ]; // prettier-ignore

  it.each(edits)('%s is refused', async (_, edit) => {
    const own = read(SIBLING);
    // The comment in front has a number, too, which says nothing.
    const start = own.indexOf('export');
    const edited = own.slice(0, start) + edit(own.slice(start), read('second/dense.weights.ts'));
    expect(edited).not.toBe(own);
    writeFileSync(path(SIBLING), edited);
    try {
      const { code, stdout } = await verify();
      expect([1, 3, 4], stdout).toContain(code);
      expect(stdout).not.toContain('proved:');
    } finally {
      writeFileSync(path(SIBLING), own);
    }
  });
});

describe('a generic module', () => {
  it.each([
    ['of orientation', orientationNetwork(5), maxsatNetwork(5, 6)],
    ['of maxsat', maxsatNetwork(5, 6), orientationNetwork(5)],
  ] as const)('%s is refused for another problem', async (_, own, other) => {
    const work = createWorkFolder();
    try {
      for (const [folder, network] of [['own', own], ['other', other]] as const) {
        mkdirSync(join(work.path, folder));
        for (const [file, text] of Object.entries(csvFiles(network))) {
          writeFileSync(join(work.path, folder, file), text);
        }
      }
      const compiled = await work.run(['compile', 'own/network.json', '--generic', '-o', 'any.ts']);
      expect(compiled.code).toBe(0);
      const { code, stdout } = await work.run(['verify', 'other/network.json', 'any.ts']);
      expect(code, stdout).toBe(1);
      expect(stdout).toContain('refuted');
    } finally {
      work.remove();
    }
  }); // prettier-ignore
});
