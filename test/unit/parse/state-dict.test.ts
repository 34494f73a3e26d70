/** What holds of state dicts in either format: types, names, shapes, the hash, what is left unused. */
import { describe, expect, it } from 'vitest';
import { denseRows } from '../../../src/ir/builders.js';
import { checkNetwork } from '../../../src/ir/network-check.js';
import { plainNetwork } from '../../../src/ir/network.js';
import type { Network } from '../../../src/ir/network.js';
import { parse } from '../../../src/parse/index.js';
import { forward } from '../../../src/verify/teacher.js';
import type { NumberType } from '../../helpers/number-bytes.js';
import { writeSafetensors } from '../../helpers/safetensors-writer.js';
import type { SafeTensor } from '../../helpers/safetensors-writer.js';
import { codeOf, stateDictFiles } from '../../helpers/state-dict-files.js';
import { writeTorch } from '../../helpers/torch-writer.js';
import type { TorchTensor } from '../../helpers/torch-writer.js';

const FORMATS = [
  ['model.pth', writeTorch],
  ['model.safetensors', writeSafetensors],
] as const;

async function read(file: string, bytes: Uint8Array, ...prefixes: string[]): Promise<Network> {
  const network = plainNetwork(await parse(stateDictFiles(file, bytes, prefixes)));
  expect(checkNetwork(network)).toEqual([]);
  return network;
}

function rowsOf(network: Network, layer = 0): number[][] {
  const width = layer === 0 ? network.inputs[0].shape[0] : network.layers[layer - 1].size;
  return denseRows(network.layers[layer].weights, width).map((row) => Array.from(row));
}

describe.each(FORMATS)('%s', (file, write: (tensors: Record<string, SafeTensor>) => Uint8Array) => {
  const small = { shape: [2, 3], data: [1, 0, -2, 0.5, 3, -0] };

  it('reads weights as [outputs, inputs] and biases', async () => {
    const bytes = write({
      'net.0.weight': small,
      'net.0.bias': { shape: [2], data: [0.25, -0] },
      'net.2.weight': { shape: [1, 2], data: [1, -1] },
    });
    const network = await read(file, bytes, 'net.0', 'net.2');
    expect(rowsOf(network)).toEqual([
      [1, 0, -2],
      [0.5, 3, 0],
    ]);
    expect(Array.from(network.layers[0].bias)).toEqual([0.25, 0]);
    expect(network.layers.map(({ name }) => name)).toEqual(['net.0', 'net.2']);
    expect(network.inputs[0].shape).toEqual([3]);
    expect(network.warnings).toEqual([]);
    // (1 − 2·3 + 0.25, 0.5 + 3·2), then the first minus the second.
    expect(Array.from(forward(network, [[1, 2, 3]])[0])).toEqual([-4.75 - 6.5]);
  });

  it('takes a missing bias as zeros, which are no parameters', async () => {
    const network = await read(file, write({ 'a.weight': small }), 'a');
    expect(Array.from(network.layers[0].bias)).toEqual([0, 0]);
    expect(network.parameters).toBe(6);
    const bias = { shape: [2], data: [0, 0] };
    expect((await read(file, write({ 'a.weight': small, 'a.bias': bias }), 'a')).parameters).toBe(
      8,
    );
  });

  it('reads a layer that was saved by itself by an empty prefix', async () => {
    const bytes = write({ weight: small, bias: { shape: [2], data: [1, 2] } });
    expect(Array.from((await read(file, bytes, '')).layers[0].bias)).toEqual([1, 2]);
  });

  it('reads names that mean something to JavaScript as names', async () => {
    const bytes = write({
      ['__proto__.weight']: small,
      'constructor.weight': { ...small, shape: [3, 2] },
    });
    expect((await read(file, bytes, '__proto__', 'constructor')).layers).toHaveLength(2);
    expect(await codeOf(stateDictFiles(file, bytes, ['toString']))).toBe('STATE_DICT_NAME');
    const plain = write({ ['__proto__']: small, 'a.weight': small });
    expect((await read(file, plain, 'a')).layers).toHaveLength(1);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  const types: readonly (readonly [NumberType, readonly number[], readonly number[]])[] = [
    ['float64', [0.1, -1e300, 5e-324], [0.1, -1e300, 5e-324]],
    ['float32', [0.1, -1.5, 2 ** -149], [Math.fround(0.1), -1.5, 2 ** -149]],
    // One and a third, the smallest number, the largest one, the smallest normal one.
    ['float16', [0x3d55, 0x0001, 0x7bff, 0x8400], [1365 / 1024, 2 ** -24, 65504, -(2 ** -14)]],
    [
      'bfloat16',
      [0x3fab, 0x0001, 0xff7f, 0x8080],
      [171 / 128, 2 ** -133, -(2 - 2 ** -7) * 2 ** 127, -(2 ** -126)],
    ],
    ['int64', [-7, 2 ** 53, -(2 ** 62)], [-7, 2 ** 53, -(2 ** 62)]],
    ['int32', [-7, 2 ** 31 - 1], [-7, 2 ** 31 - 1]],
    ['int16', [-7, 32767], [-7, 32767]],
    ['int8', [-128, 127], [-128, 127]],
    ['uint8', [1, 255], [1, 255]],
    ['bool', [0, 1, 255], [0, 1, 1]],
  ];
  it.each(types)('reads %s', async (type, data, numbers) => {
    const network = await read(
      file,
      write({ 'a.weight': { type, shape: [1, data.length], data } }),
      'a',
    );
    expect(rowsOf(network)).toEqual([numbers]);
  });

  it.each([
    ['float64', [1, NaN]],
    ['float32', [1, -Infinity]],
    ['float16', [0x3c00, 0x7c00]],
    ['float16', [0x3c00, 0xfe00]],
    ['bfloat16', [0x3f80, 0xff80]],
    ['bfloat16', [0x3f80, 0x7fc0]],
  ] as const)('refuses what is not finite in %s: %j', async (type, data) => {
    const weight = { type, shape: [1, 2], data };
    const files = stateDictFiles(file, write({ 'a.weight': weight }), ['a']);
    await expect(parse(files)).rejects.toMatchObject({ code: 'STATE_DICT_NOT_FINITE' });
    await expect(parse(files)).rejects.toThrow('"a.weight"[0, 1] is ');
    const bias = { type, shape: [2], data };
    const biased = write({ 'a.weight': { shape: [2, 1], data: [1, 1] }, 'a.bias': bias });
    await expect(parse(stateDictFiles(file, biased, ['a']))).rejects.toThrow('"a.bias"[1] is ');
  });

  it('refuses whole numbers that no double is', async () => {
    const exact = [2n ** 62n, -(2n ** 63n)];
    const read = (data: readonly bigint[]): Promise<string> => {
      const bytes = write({ 'a.weight': { type: 'int64', shape: [1, 2], data } });
      return codeOf(stateDictFiles(file, bytes, ['a']));
    };
    expect(await read(exact)).toBe('accepted');
    expect(await read([1n, 2n ** 53n + 1n])).toBe('STATE_DICT_NOT_EXACT');
    expect(await read([1n, -(2n ** 63n) + 1n])).toBe('STATE_DICT_NOT_EXACT');
  });

  it('says which tensors no layer uses', async () => {
    const bytes = write({
      'a.weight': small,
      'b.weight': small,
      'b.running_mean': { shape: [2], data: [0, 0] },
    });
    const told: string[] = [];
    const network = await parse(stateDictFiles(file, bytes, ['a']), {
      onWarning: (text) => told.push(text),
    });
    expect(told).toEqual([`${file}: no layer uses b.weight, b.running_mean`]);
    expect(network.warnings).toEqual(told);
  });

  it('refuses names and shapes that do not fit', async () => {
    const bytes = write({
      'a.weight': small,
      'wide.weight': { shape: [2, 2], data: [1, 2, 3, 4] },
      'line.weight': { shape: [3], data: [1, 2, 3] },
      'none.weight': { shape: [0, 3], data: [] },
      'odd.weight': small,
      'odd.bias': { shape: [3], data: [1, 2, 3] },
      'flat.weight': small,
      'flat.bias': { shape: [1, 2], data: [1, 2] },
    });
    const code = (prefixes: string[], more: object = {}) =>
      codeOf(stateDictFiles(file, bytes, prefixes, more));
    expect(await code(['a', 'wide'])).toBe('accepted');
    expect(await code(['b'])).toBe('STATE_DICT_NAME');
    expect(await code(['a.weight'])).toBe('STATE_DICT_NAME');
    expect(await code(['line'])).toBe('STATE_DICT_NOT_DENSE');
    expect(await code(['none'])).toBe('STATE_DICT_NOT_DENSE');
    expect(await code(['odd'])).toBe('STATE_DICT_BIAS');
    expect(await code(['flat'])).toBe('STATE_DICT_BIAS');
    expect(await code(['wide', 'a'])).toBe('STATE_DICT_CHAIN');
    expect(await code(['a'], { input: { shape: [3, 1] } })).toBe('accepted');
    expect(await code(['a'], { input: { shape: [2, 2] } })).toBe('STATE_DICT_INPUT');
    expect(await code(['a'], { input: [{ shape: [1] }, { shape: [2] }] })).toBe('accepted');
    expect(await code(['a'], { input: [{ shape: [1] }, {}] })).toBe('MANIFEST_MISSING_KEY');
  });

  it('is described by options, too', async () => {
    const files = stateDictFiles(
      file,
      write({ 'a.weight': small, 'b.weight': { ...small, shape: [3, 2] } }),
      ['a', 'b'],
    );
    const network = await parse(files, { activation: ['sign'], decision: 'argmax', name: 'other' });
    expect(plainNetwork(network).layers.map(({ activation }) => activation.kind)).toEqual([
      'sign',
      'identity',
    ]);
    expect([network.name, network.decision.kind]).toEqual(['other', 'argmax']);
  });

  it('shares the numbers of layers of one prefix', async () => {
    const square = { shape: [2, 2], data: [1, 2, 3, 4] };
    const network = await read(file, write({ 'a.weight': square }), 'a', 'a', 'a');
    expect(network.layers[2].weights).toBe(network.layers[0].weights);
    expect(network.parameters).toBe(12);
  });
});

describe('the source hash', () => {
  const tensors = (type: NumberType): Record<string, TorchTensor> => ({
    'a.weight': { type, shape: [2, 3], data: [1, 2, 3, 4, 5, 6] },
    'a.bias': { type, shape: [2], data: [7, 8] },
    'b.weight': { type, shape: [1, 2], data: [9, 10] },
  });
  const sourceOf = async (file: string, bytes: Uint8Array) =>
    (await read(file, bytes, 'a', 'b')).source;
  const digest = async (bytes: Uint8Array<ArrayBuffer>) => {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return `sha256:${Buffer.from(hash).toString('hex')}`;
  };

  it('is that of the elements, row-major, in layer order, weight before bias', async () => {
    const elements = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const expected = await digest(new Uint8Array(elements.buffer));
    expect(await sourceOf('m.pth', writeTorch(tensors('float32')))).toBe(expected);
    expect(await sourceOf('m.safetensors', writeSafetensors(tensors('float32')))).toBe(expected);
  });

  it('does not depend on how a file holds the tensors', async () => {
    const plain = await sourceOf('m.pth', writeTorch(tensors('int16')));
    const options = [
      { bigEndian: true },
      { deflate: true },
      { protocol: 4 },
      { withoutCrc: true },
    ] as const;
    for (const option of options) {
      expect(await sourceOf('m.pth', writeTorch(tensors('int16'), option))).toBe(plain);
    }
    const views: Record<string, TorchTensor> = {
      other: { type: 'int16', shape: [1], data: [0] },
      'b.weight': {
        type: 'int16',
        shape: [1, 2],
        strides: [1, 5],
        offset: 2,
        data: [0, 0, 9, 0, 0, 0, 0, 10],
      },
      'a.bias': { type: 'int16', shape: [2], data: [], shares: 'a.weight', offset: 6 },
      'a.weight': { type: 'int16', shape: [2, 3], strides: [1, 2], data: [1, 4, 2, 5, 3, 6, 7, 8] },
    };
    expect(await sourceOf('m.pth', writeTorch(views))).toBe(plain);
    expect(await sourceOf('m.pth', writeTorch(tensors('int32')))).not.toBe(plain);
  });
});

describe('manifests', () => {
  it('name a state dict at the top, and its ending says what it is', async () => {
    const code = (manifest: object) => codeOf({ 'network.json': JSON.stringify(manifest) });
    const layers = [{ weights: 'a' }];
    expect(await code({ weights: 'model.pth', layers })).toBe('FILE_NOT_FOUND');
    expect(await code({ weights: 'model.PT', layers })).toBe('FILE_NOT_FOUND');
    expect(await code({ weights: 'model.bin', layers })).toBe('STATE_DICT_ENDING');
    expect(await code({ weights: 'model.onnx', layers })).toBe('STATE_DICT_ENDING');
    expect(await code({ weights: 'model.pth' })).toBe('MANIFEST_MISSING_KEY');
    expect(await code({ weights: 'model.pth', layers: [{ weights: 1 }] })).toBe(
      'MANIFEST_WRONG_TYPE',
    );
    expect(await code({ weights: 'model.pth', layers: [{}] })).toBe('MANIFEST_MISSING_KEY');
    expect(await code({ layers: [{ weights: 'model.safetensors' }] })).toBe('MANIFEST_STATE_DICT');
    expect(
      await codeOf({
        'network.json': JSON.stringify({ weights: 'model.pth', layers }),
        'model.pth': '',
      }),
    ).toBe('FILE_EMPTY');
  });

  it('are needed: a state dict alone is told so', async () => {
    expect(await codeOf({ 'model.pth': 'x' })).toBe('STATE_DICT_ALONE');
    expect(await codeOf({ 'model.safetensors': 'x', 'a.json': '{}' }, 'model.safetensors')).toBe(
      'STATE_DICT_ALONE',
    );
  });
});
