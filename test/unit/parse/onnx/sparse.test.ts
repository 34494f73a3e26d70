import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../../src/diagnostics/diagnostic.js';
import { plainNetwork } from '../../../../src/ir/network.js';
import { decodeModel } from '../../../../src/parse/onnx/model.js';
import { sparseConstantOf } from '../../../../src/parse/onnx/sparse.js';
import { parse } from '../../../../src/parse/index.js';
import { writeOnnx } from '../../../helpers/onnx-writer.js';
import type { SparseTensorSpec, TensorSpec } from '../../../helpers/onnx-writer.js';

const VALUES: TensorSpec = { name: 's', dims: [3], data: [5, 6, 7], type: 'float' };

function indices(data: readonly (number | bigint)[], dims = [data.length]): TensorSpec {
  return { name: '', dims, data, type: 'int64' };
}

function decode(spec: SparseTensorSpec) {
  const bytes = writeOnnx({ nodes: [], inputs: [], outputs: [], sparseInitializers: [spec] });
  const [sparse] = decodeModel(bytes, 'm.onnx').graph.sparseInitializer;
  return sparseConstantOf(sparse, 's', { file: 'm.onnx' });
}

function problemOf(spec: SparseTensorSpec): string {
  try {
    decode(spec);
    return 'accepted';
  } catch (error) {
    if (error instanceof Diagnostic) return `${error.code}: ${error.message}`;
    throw error;
  }
}

describe('sparse tensors', () => {
  it('become dense, by flat indices or by one for each axis', () => {
    const dims = [2, 3];
    const flat = decode({ values: VALUES, indices: indices([0, 2, 4]), dims });
    expect(flat.shape).toEqual(dims);
    expect(flat.type).toBe('float');
    expect(Array.from(flat.data)).toEqual([5, 0, 6, 0, 7, 0]);
    const tuples = decode({ values: VALUES, indices: indices([0, 0, 0, 2, 1, 1], [3, 2]), dims });
    expect(tuples).toEqual(flat);
  });

  it('keep the place of an integer that no double equals', () => {
    const values: TensorSpec = { name: 's', dims: [2], data: [1, 2n ** 53n + 1n], type: 'int64' };
    const constant = decode({ values, indices: indices([1, 4]), dims: [6] });
    expect(constant.rounded).toEqual({ index: 4, text: '9007199254740993' });
  });

  it('refuse indices that do not fit', () => {
    const dims = [2, 3];
    const bad: readonly (readonly [TensorSpec, RegExp])[] = [
      [indices([0, 2, 6]), /index 3 out of range/],
      [indices([-1, 2, 4]), /index 1 out of range/],
      [indices([0, 4, 2]), /index 3 .* not above the one before/],
      [indices([0, 2, 2]), /index 3 .* not above the one before/],
      [indices([0, 2, 2n ** 63n - 1n]), /index 3 out of range/],
      [indices([0, 2]), /indices of shape 2 for 3 values/],
      [indices([0, 0, 0, 2, 1, 3], [3, 2]), /index 3 out of range/],
      [indices([0, 0, -1, 2, 1, 1], [3, 2]), /index 2 out of range/],
      [indices([0, 0, 1, 1, 2, 1], [2, 3]), /indices of shape 2x3 for 3 values/],
      [{ ...indices([0, 2, 4]), type: 'int32' }, /indices of type int32/],
    ];
    for (const [wrong, problem] of bad) {
      expect(problemOf({ values: VALUES, indices: wrong, dims })).toMatch(problem);
    }
  });

  it('refuse a dense size beyond what can be held, before anything is allocated', () => {
    const huge = { values: VALUES, indices: indices([0, 2, 4]), dims: [2 ** 20, 2 ** 20] };
    expect(problemOf(huge)).toMatch(/^ONNX_SPARSE_TENSOR: .* has 1099511627776 cells/);
    expect(problemOf({ ...huge, dims: [-2, -3] })).toMatch(/^SHAPE_INVALID/);
  });

  it('are weights and constants like dense ones', async () => {
    const bytes = writeOnnx({
      inputs: [{ name: 'x', shape: ['N', 2] }],
      outputs: [{ name: 'y', shape: [] }],
      sparseInitializers: [
        {
          values: { name: 'W', dims: [2], data: [5, 7] },
          indices: indices([1, 2]),
          dims: [2, 2],
        },
      ],
      nodes: [
        { op: 'MatMul', inputs: ['x', 'W'], outputs: ['m'] },
        {
          op: 'Constant',
          inputs: [],
          outputs: ['c'],
          attributes: {
            sparse_value: {
              sparse: {
                values: { name: '', dims: [1], data: [3] },
                indices: indices([1]),
                dims: [2],
              },
            },
          },
        },
        { op: 'Add', inputs: ['m', 'c'], outputs: ['y'] },
      ],
    });
    const [layer] = plainNetwork(await parse({ 'm.onnx': bytes })).layers;
    expect(Array.from(layer.weights.columns)).toEqual([1, 0]);
    expect(Array.from(layer.weights.values)).toEqual([7, 5]);
    expect(Array.from(layer.bias)).toEqual([0, 3]);
  });
});
