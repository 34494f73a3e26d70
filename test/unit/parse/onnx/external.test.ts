import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../../src/diagnostics/diagnostic.js';
import { plainNetwork } from '../../../../src/ir/network.js';
import { listOnnxFiles, parse } from '../../../../src/parse/index.js';
import { rawTensor, writeOnnx } from '../../../helpers/onnx-writer.js';
import type { ExternalSpec, ModelSpec } from '../../../helpers/onnx-writer.js';

/** y = x · W + b, where both constants stand in other files. */
function modelWith(weights: ExternalSpec, bias: ExternalSpec): ModelSpec {
  return {
    inputs: [{ name: 'x', shape: ['N', 2] }],
    outputs: [{ name: 'y', shape: ['N', 2] }],
    initializers: [
      { name: 'W', dims: [2, 2], data: [], type: 'float', encoding: weights },
      { name: 'b', dims: [2], data: [], type: 'double', encoding: bias },
    ],
    nodes: [{ op: 'Gemm', inputs: ['x', 'W', 'b'], outputs: ['y'] }],
  };
}

const DATA = new Uint8Array(35);
DATA.set(rawTensor('float', [1, 2, 3, 4]), 3);
DATA.set(rawTensor('double', [10, 20]), 19);

const SPEC = modelWith(
  { location: 'weights.bin', offset: 3, length: 16 },
  { location: './weights.bin', offset: 19 },
);

async function codeOf(files: Record<string, Uint8Array>, main?: string): Promise<string> {
  try {
    await parse(files, main === undefined ? {} : { main });
    return 'accepted';
  } catch (error) {
    if (error instanceof Diagnostic) return error.code;
    throw error;
  }
}

describe('external data', () => {
  it('reads parts of a file beside the model, aligned or not', async () => {
    const bytes = writeOnnx(SPEC);
    expect(await listOnnxFiles('m.onnx', bytes)).toEqual(['weights.bin']);
    const network = plainNetwork(await parse({ 'm.onnx': bytes, 'weights.bin': DATA }));
    expect(Array.from(network.layers[0].weights.values)).toEqual([1, 3, 2, 4]);
    expect(Array.from(network.layers[0].bias)).toEqual([10, 20]);
  });

  it('looks in the folder of the model', async () => {
    const bytes = writeOnnx(SPEC);
    expect(await listOnnxFiles('models/one/m.onnx', bytes)).toEqual(['models/one/weights.bin']);
    expect(await listOnnxFiles('../m.onnx', bytes)).toEqual(['../weights.bin']);
    const files = { 'models/m.onnx': bytes, 'models/weights.bin': DATA };
    expect(await codeOf(files)).toBe('accepted');
    expect(await codeOf({ 'models/m.onnx': bytes, 'weights.bin': DATA })).toBe('FILE_NOT_FOUND');
  });

  it('hashes the data with the model', async () => {
    const bytes = writeOnnx(SPEC);
    const other = Uint8Array.from(DATA);
    other[3 + 2] ^= 1;
    const one = plainNetwork(await parse({ 'm.onnx': bytes, 'weights.bin': DATA }));
    const two = plainNetwork(await parse({ 'm.onnx': bytes, 'weights.bin': other }));
    expect(one.source).not.toBe(two.source);
  });

  it.each([
    '/etc/passwd',
    '../secret.bin',
    'a/../../secret.bin',
    'a/..',
    '..',
    'C:/data.bin',
    'c:data.bin',
    '..\\secret.bin',
    '\\\\server\\share',
    'a\\b.bin',
    'weights.bin\0.txt',
    'wei\nghts.bin',
  ])('refuses the path %j', async (location) => {
    const bytes = writeOnnx(modelWith({ location }, { location: 'weights.bin' }));
    const files = { 'm.onnx': bytes, 'weights.bin': DATA, [location]: DATA };
    expect(await codeOf(files, 'm.onnx')).toBe('ONNX_EXTERNAL_PATH');
    await expect(listOnnxFiles('m.onnx', bytes)).rejects.toThrow(Diagnostic);
  });

  it('refuses places that are not there', async () => {
    const bad: readonly (readonly [ExternalSpec, string])[] = [
      [{}, 'ONNX_EXTERNAL_DATA'],
      [{ location: '' }, 'ONNX_EXTERNAL_DATA'],
      [{ location: 'weights.bin', offset: '-1' }, 'ONNX_EXTERNAL_DATA'],
      [{ location: 'weights.bin', offset: '1e1' }, 'ONNX_EXTERNAL_DATA'],
      [{ location: 'weights.bin', length: '99999999999999999999' }, 'ONNX_EXTERNAL_DATA'],
      [{ location: 'weights.bin', offset: 20, length: 16 }, 'ONNX_EXTERNAL_SIZE'],
      [{ location: 'weights.bin', offset: 36 }, 'ONNX_EXTERNAL_SIZE'],
      [{ location: 'weights.bin', length: 2 ** 40 }, 'ONNX_EXTERNAL_SIZE'],
      [{ location: 'weights.bin', length: 15 }, 'ONNX_TENSOR_SIZE'],
      [{ location: 'weights.bin' }, 'ONNX_TENSOR_SIZE'],
      [{ location: 'other.bin' }, 'FILE_NOT_FOUND'],
      // A key that every object inherits is no file.
      [{ location: 'constructor' }, 'FILE_NOT_FOUND'],
    ];
    for (const [place, code] of bad) {
      const bytes = writeOnnx(modelWith(place, { location: 'weights.bin', offset: 19 }));
      expect(await codeOf({ 'm.onnx': bytes, 'weights.bin': DATA }), JSON.stringify(place)).toBe(
        code,
      );
    }
  });

  it('reads constants of nodes and both parts of sparse tensors', async () => {
    const indices = new Uint8Array(rawTensor('int64', [0, 3]));
    const spec: ModelSpec = {
      inputs: [{ name: 'x', shape: ['N', 2] }],
      outputs: [{ name: 'y', shape: ['N', 2] }],
      sparseInitializers: [
        {
          dims: [2, 2],
          values: { name: 'W', dims: [2], data: [5, 7] },
          indices: { name: '', dims: [2], data: [], type: 'int64', encoding: { location: 'i' } },
        },
      ],
      nodes: [
        { op: 'MatMul', inputs: ['x', 'W'], outputs: ['m'] },
        {
          op: 'Constant',
          inputs: [],
          outputs: ['c'],
          attributes: {
            value: { tensor: { name: '', dims: [2], data: [], encoding: { location: 'c' } } },
          },
        },
        { op: 'Add', inputs: ['m', 'c'], outputs: ['y'] },
      ],
    };
    const bytes = writeOnnx(spec);
    expect(await listOnnxFiles('m.onnx', bytes)).toEqual(['i', 'c']);
    const network = plainNetwork(
      await parse({ 'm.onnx': bytes, i: indices, c: rawTensor('double', [1, 2]) }),
    );
    expect(Array.from(network.layers[0].weights.values)).toEqual([5, 7]);
    expect(Array.from(network.layers[0].bias)).toEqual([1, 2]);
  });
});
