import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../../src/diagnostics/diagnostic.js';
import { decodeModel } from '../../../../src/parse/onnx/model.js';
import { constantOf, readTensor } from '../../../../src/parse/onnx/tensor.js';
import type { ConstantValue } from '../../../../src/parse/onnx/values.js';
import { rawTensor, writeOnnx } from '../../../helpers/onnx-writer.js';
import type { TensorSpec, TensorType } from '../../../helpers/onnx-writer.js';

const PLACE = { file: 'm.onnx' };

function messageOf(tensor: TensorSpec) {
  const model = decodeModel(
    writeOnnx({ nodes: [], inputs: [], outputs: [], initializers: [tensor] }),
    'm.onnx',
  );
  return model.graph.initializer[0];
}

function read(spec: Omit<TensorSpec, 'name' | 'dims'>, dims?: readonly number[]): ConstantValue {
  const tensor = { name: 't', dims: dims ?? [spec.data.length], ...spec };
  return readTensor(messageOf(tensor), 't', PLACE);
}

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'accepted';
  } catch (error) {
    if (error instanceof Diagnostic) return error.code;
    throw error;
  }
}

/** Bits and the binary16 that they are. */
const HALVES: readonly (readonly [number, number])[] = [
  [0x0000, 0],
  [0x8000, 0],
  [0x3c00, 1],
  [0xc000, -2],
  [0x3555, 0.333251953125],
  [0x7bff, 65504],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x7c00, Infinity],
  [0xfc00, -Infinity],
  [0x7e00, NaN],
];

/** What the upper half of a binary32 stands for, by the platform. */
function bfloat16(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits * 2 ** 16);
  return view.getFloat32(0) + 0;
}

describe('elements', () => {
  const LIMITS: readonly (readonly [TensorType, readonly number[]])[] = [
    ['int8', [-128, -1, 0, 127]],
    ['uint8', [0, 1, 128, 255]],
    ['int16', [-32768, -1, 0, 32767]],
    ['uint16', [0, 1, 32768, 65535]],
    ['int32', [-(2 ** 31), -1, 0, 2 ** 31 - 1]],
    ['uint32', [0, 1, 2 ** 31, 2 ** 32 - 1]],
    ['int64', [-(2 ** 53), -1, 0, 2 ** 53]],
    ['uint64', [0, 1, 2 ** 32, 2 ** 53]],
    ['float', [-1.5, 0, 3.4028234663852886e38, 1.401298464324817e-45]],
    ['double', [-0.1, 0, 1.7976931348623157e308, 5e-324]],
    ['bool', [0, 1, 1, 0]],
  ];

  it.each(LIMITS)('reads %s from raw data and from its list', (type, data) => {
    for (const encoding of ['raw', 'typed'] as const) {
      const constant = read({ data, type, encoding });
      expect(constant.type).toBe(type);
      expect(Array.from(constant.data)).toEqual(data);
      expect(constant.rounded).toBeUndefined();
    }
  });

  it('reads half floats by their bits', () => {
    const data = HALVES.map(([bits]) => bits);
    for (const encoding of ['raw', 'typed'] as const) {
      const halves = read({ data, type: 'float16', encoding });
      expect(Array.from(halves.data)).toEqual(HALVES.map(([, half]) => half));
    }
    const every = Array.from({ length: 2 ** 16 }, (_, bits) => bits);
    const brain = read({ data: every, type: 'bfloat16' });
    expect(Array.from(brain.data)).toEqual(every.map(bfloat16));
    expect(Array.from(read({ data: every, type: 'bfloat16', encoding: 'typed' }).data)).toEqual(
      Array.from(brain.data),
    );
  });

  it('takes everything but 0 for true', () => {
    expect(Array.from(read({ data: [2, 0, 255], type: 'bool' }).data)).toEqual([1, 0, 1]);
    const listed = read({ data: [-1, 0, 256], type: 'bool', encoding: 'typed' });
    expect(Array.from(listed.data)).toEqual([1, 0, 1]);
  });

  it('drops the sign of −0', () => {
    for (const type of ['float', 'double'] as const) {
      expect(Object.is(read({ data: [-0], type }).data[0], 0)).toBe(true);
    }
  });

  it('notes the first integer that no double equals, and keeps the nearest', () => {
    const data = [5, 2n ** 60n, 2n ** 53n + 1n, 2n ** 63n - 1n];
    for (const encoding of ['raw', 'typed'] as const) {
      const signed = read({ data, type: 'int64', encoding });
      expect(Array.from(signed.data)).toEqual([5, 2 ** 60, 2 ** 53, 2 ** 63]);
      expect(signed.rounded).toEqual({ index: 2, text: '9007199254740993' });
      const unsigned = read({ data: [2n ** 64n - 1n], type: 'uint64', encoding });
      expect(Array.from(unsigned.data)).toEqual([2 ** 64]);
      expect(unsigned.rounded).toEqual({ index: 0, text: '18446744073709551615' });
      const least = read({ data: [-(2n ** 63n), -(2n ** 53n) - 1n], type: 'int64', encoding });
      expect(Array.from(least.data)).toEqual([-(2 ** 63), -(2 ** 53)]);
      expect(least.rounded).toEqual({ index: 1, text: '-9007199254740993' });
    }
  });

  it('reads every 64-bit integer as the nearest double', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), (data) => {
        const inexact = data.find((value) => BigInt(Number(value)) !== value);
        for (const encoding of ['raw', 'typed'] as const) {
          const constant = read({ data, type: 'int64', encoding });
          expect(Array.from(constant.data)).toEqual(data.map(Number));
          expect(constant.rounded?.text).toBe(inexact === undefined ? undefined : String(inexact));
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('refuses what a list holds and the type does not', () => {
    const cases: readonly (readonly [TensorType, number])[] = [
      ['uint8', 256],
      ['uint8', -1],
      ['int8', 128],
      ['int16', -32769],
      ['uint16', -1],
      ['float16', 65536],
      ['uint32', 2 ** 32],
    ];
    for (const [type, value] of cases) {
      const action = () => read({ data: [0, value], type, encoding: 'typed' });
      expect(codeOf(action), `${type} ${value}`).toBe('ONNX_TENSOR_RANGE');
    }
  });

  it('reads a list whether packed or not, and in several pieces', () => {
    // int32 lists are written one by one, all others packed; see the writer.
    const several = messageOf({ name: 't', dims: [3], data: [1, 2, 3], type: 'float', encoding: 'typed' }); // prettier-ignore
    expect(several.floatData?.count()).toBe(3);
    const single = messageOf({ name: 't', dims: [3], data: [1, -2, 300], type: 'int32', encoding: 'typed' }); // prettier-ignore
    expect(single.int32Data?.count()).toBe(3);
    expect(Array.from(constantOf(single, 't', PLACE).data)).toEqual([1, -2, 300]);
  });

  it('leaves the bytes of large tensors in the file', () => {
    for (const encoding of ['raw', 'typed'] as const) {
      const bytes = writeOnnx({
        nodes: [],
        inputs: [],
        outputs: [],
        initializers: [
          { name: 't', dims: [1000], data: new Float32Array(1000), type: 'float', encoding },
        ],
      });
      const [tensor] = decodeModel(bytes, 'm.onnx').graph.initializer;
      expect((tensor.rawData ?? tensor.floatData?.bytes)?.buffer).toBe(bytes.buffer);
    }
  });
});

describe('tensors', () => {
  it('believes extents only where the data agree', () => {
    const refused = (dims: readonly number[], count: number) =>
      codeOf(() => read({ data: new Array<number>(count).fill(1), type: 'float' }, dims));
    expect(refused([2, 3], 6)).toBe('accepted');
    expect(refused([], 1)).toBe('accepted');
    expect(refused([0], 0)).toBe('accepted');
    expect(refused([2, 3], 5)).toBe('ONNX_TENSOR_SIZE');
    expect(refused([2 ** 40, 2 ** 40], 5)).toBe('ONNX_TENSOR_SIZE');
    expect(refused([-1], 1)).toBe('SHAPE_INVALID');
    expect(refused([-1, -1], 1)).toBe('SHAPE_INVALID');
    expect(refused(new Array<number>(65).fill(1), 1)).toBe('ONNX_TENSOR_AXES');
  });

  it('refuses types that hold no numbers', () => {
    for (const type of ['string', 'complex64'] as const) {
      const action = () => read({ data: [1], type, encoding: 'typed' });
      expect(codeOf(action)).toBe('ONNX_UNSUPPORTED_TYPE');
    }
  });

  it('refuses NaN and infinities as constants, not as numbers', () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      const tensor = messageOf({ name: 't', dims: [1], data: [value] });
      expect(codeOf(() => constantOf(tensor, 't', PLACE))).toBe('ONNX_NOT_FINITE');
      expect(readTensor(tensor, 't', PLACE).data[0]).toBe(value);
    }
  });

  it('refuses data in a place that is not known', () => {
    const tensor = { ...messageOf({ name: 't', dims: [1], data: [1] }), dataLocation: 2 };
    expect(codeOf(() => constantOf(tensor, 't', PLACE))).toBe('ONNX_EXTERNAL_DATA');
    const pieces = { ...messageOf({ name: 't', dims: [1], data: [1] }), segment: rawTensor('int8', []) }; // prettier-ignore
    expect(codeOf(() => constantOf(pieces, 't', PLACE))).toBe('ONNX_TENSOR_SEGMENT');
  });
});
