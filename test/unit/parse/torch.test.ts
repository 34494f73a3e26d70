/**
 * PyTorch files: views and wrappers, and bytes that are damaged. These files come from the writer beside
 * the tests; of the samples of the parser, `torch-legal`, `torch-legal-checkpoint`, `torch-legacy` and
 * `torch-whole-model` were written by PyTorch 2.15, and `safetensors-legal` by safetensors 0.8.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseRows } from '../../../src/ir/builders.js';
import { plainNetwork } from '../../../src/ir/network.js';
import { parse } from '../../../src/parse/index.js';
import type { PickleSpec } from '../../helpers/pickle-writer.js';
import { codeOf, stateDictFiles } from '../../helpers/state-dict-files.js';
import { tensorSpec, writeTorch, writeTorchPickle } from '../../helpers/torch-writer.js';
import type { TorchOptions, TorchTensor } from '../../helpers/torch-writer.js';

const WEIGHT: TorchTensor = { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] };
const BIAS: TorchTensor = { shape: [2], data: [7, 8] };
const PLAIN = { 'a.weight': WEIGHT, 'a.bias': BIAS };

async function rowsOf(bytes: Uint8Array, prefix = 'a'): Promise<number[][]> {
  const network = plainNetwork(await parse(stateDictFiles('m.pth', bytes, [prefix])));
  const [layer] = network.layers;
  return denseRows(layer.weights, network.inputs[0].shape[0]).map((row, neuron) => [
    ...row,
    layer.bias[neuron],
  ]);
}

const codeOfBytes = (bytes: Uint8Array): Promise<string> =>
  codeOf(stateDictFiles('m.pth', bytes, ['a']));
const codeOfPickle = (pickle: PickleSpec | Uint8Array): Promise<string> =>
  codeOfBytes(writeTorchPickle(pickle, { storages: [new Uint8Array(24)] }));

const messageOf = (bytes: Uint8Array): Promise<string> =>
  parse(stateDictFiles('m.pth', bytes, ['a'])).then(
    () => 'accepted',
    (error: unknown) => String(error),
  );

describe('a state dict', () => {
  const expected = [
    [1, 2, 3, 7],
    [4, 5, 6, 8],
  ];

  it('is read as torch.save writes it, whatever its options', async () => {
    const options: TorchOptions[] = [
      {},
      { protocol: 4 },
      { deflate: true },
      { withoutCrc: true },
      { bigEndian: true },
      { zip: { short: true } },
      { zip: { comment: 'packed again' } },
      { entries: (entries) => entries.map((entry) => ({ ...entry, long: true })) },
      { entries: (entries) => entries.filter(({ name }) => !name.endsWith('byteorder')) },
      { entries: (entries) => [...entries].reverse() },
    ];
    for (const option of options) {
      expect(await rowsOf(writeTorch(PLAIN, option)), JSON.stringify(option)).toEqual(expected);
    }
  });

  it('is read from bytes that stand anywhere in a buffer', async () => {
    const bytes = writeTorch({ ...PLAIN, 'a.bias': { ...BIAS, type: 'float64' } });
    const padded = new Uint8Array(bytes.length + 1);
    padded.set(bytes, 1);
    expect(await rowsOf(padded.subarray(1))).toEqual(expected);
  });

  it('is found one level deep, beside what a training script keeps', async () => {
    const beside: [PickleSpec, PickleSpec][] = [
      ['epoch', 3],
      ['loss', { float: 0.25 }],
      ['seed', 2 ** 40],
      ['least', -5],
      ['done', true],
      ['best', null],
      ['tags', { list: ['x', { tuple: ['y', 1] }] }],
      ['optimizer', { dict: [['state', { dict: [[0, { dict: [['step', 1]] }]] }]] }],
    ];
    for (const key of ['state_dict', 'model_state_dict']) {
      for (const protocol of [2, 4] as const) {
        const wrap = (dict: PickleSpec): PickleSpec => ({ dict: [...beside, [key, dict]] });
        expect(await rowsOf(writeTorch(PLAIN, { wrap, protocol }))).toEqual(expected);
      }
    }
    const deeper = (dict: PickleSpec): PickleSpec => ({
      dict: [['state_dict', { dict: [['state_dict', dict]] }]],
    });
    expect(await codeOfBytes(writeTorch(PLAIN, { wrap: deeper }))).toBe('TORCH_NO_STATE_DICT');
    const other = (dict: PickleSpec): PickleSpec => ({
      dict: [
        ['model', dict],
        ['epoch', 3],
      ],
    });
    expect(await messageOf(writeTorch(PLAIN, { wrap: other }))).toContain('a dict of model, epoch');
  });

  it('has tensors that are views of their storage', async () => {
    const bytes = writeTorch({
      'a.weight': { shape: [2, 3], strides: [1, 2], offset: 1, data: [0, 1, 4, 2, 5, 3, 6, 0] },
      'a.bias': { shape: [2], data: [], shares: 'a.weight', strides: [6], offset: 0 },
      'one.weight': { shape: [2, 3], strides: [0, 0], data: [1.5] },
      'row.weight': { shape: [2, 3], strides: [0, 1], data: [1, 2, 3] },
      'overlap.weight': { shape: [2, 3], strides: [1, 1], data: [1, 2, 3, 4] },
    });
    expect(await rowsOf(bytes)).toEqual([
      [1, 2, 3, 0],
      [4, 5, 6, 6],
    ]);
    expect(await rowsOf(bytes, 'one')).toEqual([
      [1.5, 1.5, 1.5, 0],
      [1.5, 1.5, 1.5, 0],
    ]);
    expect(await rowsOf(bytes, 'row')).toEqual([
      [1, 2, 3, 0],
      [1, 2, 3, 0],
    ]);
    expect(await rowsOf(bytes, 'overlap')).toEqual([
      [1, 2, 3, 0],
      [2, 3, 4, 0],
    ]);
  });

  it('may name more tensors than the one-byte memo holds', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`l${index}.weight`, WEIGHT]),
    );
    expect(await rowsOf(writeTorch({ ...many, ...PLAIN }))).toEqual(expected);
  });
});

describe('views that do not lie in their storage', () => {
  const code = (tensor: Partial<TorchTensor>): Promise<string> =>
    codeOfBytes(writeTorch({ 'a.weight': { ...WEIGHT, ...tensor } }));

  it('are refused', async () => {
    expect(await code({ offset: 1 })).toBe('TORCH_STORAGE');
    expect(await code({ strides: [3, 2] })).toBe('TORCH_STORAGE');
    expect(await code({ shape: [3, 3] })).toBe('TORCH_STORAGE');
    expect(await code({ claimed: 5 })).toBe('TORCH_STORAGE');
    expect(await code({ claimed: 7 })).toBe('TORCH_STORAGE');
    expect(await code({ offset: 2 ** 52, strides: [2 ** 52, 2 ** 52] })).toBe('TORCH_STORAGE');
    expect(await code({ shape: [2 ** 52, 2 ** 52] })).toBe('TORCH_STORAGE');
    expect(await code({ strides: [-3, 1] })).toBe('TORCH_PICKLE_MALFORMED');
    expect(await code({ shape: [-2, 3] })).toBe('TORCH_PICKLE_MALFORMED');
    expect(await code({ strides: [3] })).toBe('TORCH_PICKLE_MALFORMED');
    expect(await code({ offset: -1 })).toBe('TORCH_PICKLE_MALFORMED');
  });

  it('may not make a large network of a small file', async () => {
    const large = [2 ** 13, 2 ** 12];
    expect(await code({ shape: large, strides: [0, 0], data: [1] })).toBe('STATE_DICT_TOO_LARGE');
    expect(await code({ shape: [2 ** 40, 2 ** 40], strides: [0, 0] })).toBe('STATE_DICT_TOO_LARGE');
    const square = { shape: [2 ** 10, 2 ** 10], strides: [0, 0], data: [1] };
    const prefixes = Array.from({ length: 17 }, () => 'a');
    const files = stateDictFiles('m.pth', writeTorch({ 'a.weight': square }), prefixes);
    expect(await codeOf(files)).toBe('STATE_DICT_TOO_LARGE');
  });

  it('are refused where the data are missing', async () => {
    const without = writeTorch(PLAIN, {
      entries: (entries) => entries.filter(({ name }) => !name.endsWith('data/0')),
    });
    expect(await codeOfBytes(without)).toBe('TORCH_STORAGE');
    const elsewhere = tensorSpec(WEIGHT, '../../../etc/passwd');
    expect(await codeOfPickle({ dict: [['a.weight', elsewhere]] })).toBe('TORCH_STORAGE');
  });
});

/** How damage may end. */
const MET = /^(?:accepted|(?:TORCH|STATE_DICT)_[A-Z0-9_]+)$/;

describe('bytes', () => {
  it('reports every truncation', async () => {
    const bytes = writeTorch(PLAIN);
    for (let length = 0; length < bytes.length; length++) {
      expect(await codeOfBytes(bytes.subarray(0, length)), String(length)).toMatch(
        /^(?:FILE_EMPTY|TORCH_NOT_A_ZIP|TORCH_ZIP_TRUNCATED)$/,
      );
    }
  });

  it.each([
    ['stored', {}],
    ['stored, without checksums', { withoutCrc: true }],
    ['deflated', { deflate: true }],
    ['deflated, without checksums', { deflate: true, withoutCrc: true, protocol: 4 }],
  ] as const)(
    'meets damaged bytes with a diagnostic or a legal network: %s',
    async (_, options) => {
      const bytes = writeTorch(PLAIN, options);
      const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
        minLength: 1,
        maxLength: 3,
      });
      await fc.assert(
        fc.asyncProperty(damage, async (changes) => {
          const damaged = Uint8Array.from(bytes);
          for (const [at, value] of changes) damaged[at] = value;
          expect(await codeOfBytes(damaged)).toMatch(MET);
        }),
        { seed: 3, numRuns: 400 },
      );
    },
  );
});
