/**
 * Two-level lattices and idioms hidden in rectified networks, as built by hand, disguised, at several
 * sizes and from files: the functions and their groups come back, proved.
 */
import { describe, expect, it } from 'vitest';
import type { Compiled } from '../../src/compile.js';
import { compile } from '../../src/compile.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { parse } from '../../src/parse/index.js';
import { agreementOf } from '../helpers/agreement.js';
import type { Tree } from '../helpers/build/piecewise.js';
import { affine, largest, piecewiseNetwork, randomLattice, smallest } from '../helpers/build/piecewise.js'; // prettier-ignore
import { disguise } from '../helpers/disguise.js';
import type { DisguiseOptions } from '../helpers/disguise.js';
import { withoutSource } from '../helpers/emitted-text.js';
import { csvFiles, onnxFiles } from '../helpers/model-files.js';
import { chainNetwork } from '../helpers/networks.js';

const DISGUISES: Readonly<Record<string, Omit<DisguiseOptions, 'seed'>>> = {
  'as built': {},
  permuted: { permute: true },
  stretched: { stretch: true, permute: true },
  'dead neurons': { dead: 3, permute: true },
  'duplicate neurons': { duplicates: 2, permute: true },
  'constant neurons': { constants: 2, permute: true },
  'noise 1e-9': { noise: 1e-9 },
  everything: { permute: true, stretch: true, noise: 1e-9, dead: 3, duplicates: 2 },
};

/** A text with its constants left out: noise moves their last digits. */
function skeleton({ code }: Compiled): string {
  return withoutSource(code).replace(/\d+\.\d+/g, '#');
}

async function expectLattice(network: Network, compiled: Compiled): Promise<void> {
  expect(compiled.verdict).toMatchObject({ status: 'proved' });
  expect(compiled.report.code.lines).toBeLessThanOrEqual(60);
  expect(compiled.report.code.weightsInData).toBeLessThanOrEqual(40);
  expect(compiled.report.unexplainedNeurons).toHaveLength(0);
  expect(await agreementOf(network, compiled, 2000)).toMatchObject({ mismatches: 0 });
}

/** 2 inputs, 8 affine functions, 8 groups: about 17,000 weights where no group shares what another has. */
const LATTICE = randomLattice(
  { inputs: 2, functions: 8, groups: [5, 5, 5, 5, 5, 5, 5, 5] },
  createRandom(1),
);

describe('a lattice of 8 groups of some of 8 functions', () => {
  const built = { inputs: 2, order: 'chain', shares: false } as const;
  const network = piecewiseNetwork('lattice', [LATTICE], built);

  it('has about 17,000 weights', () => {
    expect(network.parameters).toBe(17843);
  });

  it.each(Object.keys(DISGUISES))('%s', async (name) => {
    const disguised = disguise(network, { ...DISGUISES[name], seed: 11 });
    await expectLattice(disguised, await compile(disguised));
  });

  it('is told alike however it is built and disguised', async () => {
    const plain = skeleton(await compile(network));
    const others = [
      piecewiseNetwork('lattice', [LATTICE], { inputs: 2 }),
      piecewiseNetwork('lattice', [LATTICE], { inputs: 2, first: 'compares' }),
      disguise(network, { stretch: true, permute: true, duplicates: 3, seed: 5 }),
    ];
    for (const other of others) expect(skeleton(await compile(other))).toBe(plain);
  });

  it('comes from CSV and from ONNX', async () => {
    const fromCsv = await compile(await parse(csvFiles(network)));
    const fromOnnx = await compile(await parse(onnxFiles(network), { main: 'network.onnx' }));
    await expectLattice(network, fromCsv);
    await expectLattice(network, fromOnnx);
    expect(withoutSource(fromOnnx.code)).toBe(withoutSource(fromCsv.code));
  });

  it('says in the report what was done', async () => {
    const { report } = await compile(network);
    expect(report.model).toMatchObject({ parameters: 17843, layers: 13 });
    expect(report.changes).toContainEqual(expect.objectContaining({ kind: 'simplified' }));
    expect(report.changes.map(({ kind }) => kind)).toContain('always-on');
  });
});

describe.each([
  { inputs: 1, functions: 5, groups: [2, 3, 4] },
  { inputs: 2, functions: 4, groups: [2, 3, 2, 3] },
  { inputs: 2, functions: 12, groups: [5, 3, 7, 4, 6, 2, 8, 3] },
  { inputs: 3, functions: 5, groups: [2, 4, 3, 5] },
  { inputs: 3, functions: 12, groups: [3, 6, 4, 5, 2, 7] },
])('$functions functions of $inputs inputs', ({ inputs, functions, groups }) => {
  const tree = randomLattice({ inputs, functions, groups }, createRandom(3));

  it.each(['as built', 'stretched', 'everything'])('%s', async (name) => {
    const network = piecewiseNetwork('lattice', [tree], { inputs, order: 'halves' });
    const disguised = disguise(network, { ...DISGUISES[name], seed: 4 });
    const compiled = await compile(disguised);
    expect(compiled.verdict).toMatchObject({ status: 'proved' });
    expect(compiled.report.code.lines).toBeLessThanOrEqual(60);
    expect(await agreementOf(disguised, compiled, 1000)).toMatchObject({ mismatches: 0 });
  });
});

/** A cell of n inputs. */
const cell = (k: number, inputs: number): Tree =>
  affine(...Array.from({ length: inputs + 1 }, (_, i) => (i === k ? 1 : 0)));

describe('idioms', () => {
  const cells = [0, 1, 2, 3, 4].map((k) => cell(k, 5));
  const CASES: readonly (readonly [string, Tree, number, string])[] = [
    ['the largest of five', largest(...cells), 5, 'Math.max(x[0], x[1], x[2], x[3], x[4])'],
    ['the smallest of five', smallest(...cells), 5, 'Math.min(x[0], x[1], x[2], x[3], x[4])'],
    ['a distance', largest(affine(1, -1, 0), affine(-1, 1, 0)), 2, 'Math.abs(x[0] - x[1])'],
    ['a clamp', smallest(affine(0, 0.5), largest(affine(0, -0.25), affine(1, 0))), 1, 'Math.min(Math.max(x[0], -0.25), 0.5)'],
    ['a median', largest(smallest(cell(0, 3), cell(1, 3)), smallest(cell(2, 3), largest(cell(0, 3), cell(1, 3)))), 3, 'Math.max(x[0], x[1])'],
    ['a number where it is the largest', largest(cell(0, 2), cell(1, 2), affine(0, 0, 0.5)), 2, 'Math.max(x[0], x[1], 0.5)'],
  ]; // prettier-ignore

  describe.each(CASES)('%s', (_, tree, inputs, text) => {
    it.each(['as built', 'stretched', 'duplicate neurons', 'dead neurons', 'noise 1e-9'])('%s', async (name) => {
      for (const order of ['halves', 'chain'] as const) {
        const network = piecewiseNetwork('idiom', [tree], { inputs, order });
        const compiled = await compile(disguise(network, { ...DISGUISES[name], seed: 6 }));
        expect(compiled.verdict).toMatchObject({ status: 'proved' });
        expect(compiled.code).toContain(text);
      }
    });
  }); // prettier-ignore
});

describe('a sum of distances between neighbours', () => {
  const width = 7;
  const rows = Array.from({ length: 2 * (width - 1) }, (_, k) => {
    const row = new Float64Array(width);
    const [at, sign] = [Math.floor(k / 2), k % 2 === 0 ? 1 : -1];
    row[at] = sign;
    row[at + 1] = -sign;
    return row;
  });
  const network = chainNetwork({
    name: 'variation',
    input: { name: 'x', shape: [width], domain: { kind: 'interval', min: -5, max: 5 } },
    layers: [
      { rows, bias: rows.map(() => 0), activation: 'relu' },
      { rows: [new Float64Array(rows.length).fill(1)], bias: [0], activation: 'identity' },
    ],
  });

  it.each(['as built', 'permuted', 'stretched', 'duplicate neurons', 'noise 1e-9'])('%s: what the distances leave one by one vanishes with the last of them', async (name) => {
    const compiled = await compile(disguise(network, { ...DISGUISES[name], seed: 3 }));
    expect(compiled.verdict).toMatchObject({ status: 'proved' });
    expect(withoutSource(compiled.code)).toMatch(/for \(let i = 0; i < 6; i\+\+\) \w+ \+= Math.abs\(x\[i\] - x\[i \+ 1\]\);/);
    expect(compiled.report.code.lines).toBeLessThanOrEqual(14);
  }); // prettier-ignore
});
