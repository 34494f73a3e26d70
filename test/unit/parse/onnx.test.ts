import fc from 'fast-check';
import onnxProto from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../src/diagnostics/diagnostic.js';
import { checkNetwork } from '../../../src/ir/network-check.js';
import { parse } from '../../../src/parse/index.js';
import { decodeMessage } from '../../../src/parse/onnx/fields.js';
import { MODEL } from '../../../src/parse/onnx/schema.js';
import { forward } from '../../../src/verify/teacher.js';
import { writeOnnx } from '../../helpers/onnx-writer.js';
import type { ModelSpec, NodeSpec, TensorSpec } from '../../helpers/onnx-writer.js';
import { plainNetwork } from '../../../src/ir/network.js';

const { onnx } = onnxProto;

/** A chain of two layers that uses every part of the format: types, encodings, attributes. */
const MODEL_SPEC: ModelSpec = {
  inputs: [{ name: 'x', shape: ['N', 2] }],
  outputs: [{ name: 'y', shape: ['N', 2] }],
  initializers: [
    { name: 'W', dims: [3, 2], data: [1, 2, 0, -4, 0.1, 6] },
    { name: 'b', dims: [3], data: [0.5, 0, 1], type: 'float', encoding: 'typed' },
    { name: 'V', dims: [3, 2], data: [1, 2, 3, 4, 5, 6], encoding: 'typed' },
    { name: 'c', dims: [1, 2], data: [1, -1], type: 'float' },
    { name: 'k', dims: [2], data: [3, -4], type: 'int32', encoding: 'typed' },
    { name: 'shape', dims: [2], data: [0, -1], type: 'int64', encoding: 'typed' },
  ],
  nodes: [
    { op: 'Gemm', inputs: ['x', 'W', 'b'], outputs: ['h'], name: 'one', attributes: { transB: 1 } },
    { op: 'Sign', inputs: ['h'], outputs: ['s'] },
    { op: 'MatMul', inputs: ['s', 'V'], outputs: ['m'], name: 'two' },
    { op: 'Mul', inputs: ['m', 'k'], outputs: ['n'] },
    { op: 'Add', inputs: ['n', 'c'], outputs: ['a'] },
    { op: 'Reshape', inputs: ['a', 'shape'], outputs: ['r'] },
    { op: 'Softmax', inputs: ['r'], outputs: ['y'], attributes: { axis: -1 } },
  ],
};

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await parse({ 'm.onnx': bytes });
    return 'accepted';
  } catch (error) {
    if (error instanceof Diagnostic) return error.code;
    throw error;
  }
}

/** Writes and imports a graph over one input `x` of the given shape with outputs `y`. */
async function importNodes(
  shape: readonly (number | string)[],
  nodes: readonly NodeSpec[],
  initializers: readonly TensorSpec[],
  opset = 15,
) {
  const outputs = [{ name: 'y', shape: [] }];
  const bytes = writeOnnx({ inputs: [{ name: 'x', shape }], outputs, nodes, initializers, opset });
  const network = await parse({ 'm.onnx': bytes });
  expect(checkNetwork(network)).toEqual([]);
  return network;
}

describe('the descriptor', () => {
  it('agrees with the published schema on what our writer writes', () => {
    const theirs = onnx.ModelProto.decode(writeOnnx(MODEL_SPEC));
    const { message: ours, unknown } = decodeMessage(MODEL, writeOnnx(MODEL_SPEC));
    expect(unknown).toEqual([]);
    expect(Number(theirs.irVersion)).toBe(ours.irVersion);
    expect(theirs.opsetImport.map(({ version }) => Number(version))).toEqual([15]);
    expect(ours.opsetImport).toEqual([{ domain: '', version: 15 }]);
    expect(
      theirs.graph?.node?.map(({ opType, input, output, name }) => [opType, input, output, name]),
    ).toEqual(
      ours.graph?.node.map(({ opType, input, output, name }) => [opType, input, output, name]),
    );
    expect(
      theirs.graph?.node?.map(({ attribute }) =>
        attribute?.map((a) => [a.name, Number(a.i), a.type]),
      ),
    ).toEqual(ours.graph?.node.map(({ attribute }) => attribute.map((a) => [a.name, a.i, a.type])));
    const tensors = theirs.graph?.initializer?.map((tensor) => ({
      name: tensor.name,
      dims: tensor.dims?.map(Number),
      type: tensor.dataType,
      counts: [tensor.floatData, tensor.doubleData, tensor.int32Data, tensor.int64Data].map(
        (list) => list?.length ?? 0,
      ),
      raw: Array.from(tensor.rawData ?? []),
    }));
    expect(tensors).toEqual(
      ours.graph?.initializer.map((tensor) => ({
        name: tensor.name,
        dims: tensor.dims,
        type: tensor.dataType,
        counts: [tensor.floatData, tensor.doubleData, tensor.int32Data, tensor.int64Data].map(
          (list) => list?.count() ?? 0,
        ),
        raw: Array.from(tensor.rawData ?? []),
      })),
    );
    const dims = theirs.graph?.input?.[0].type?.tensorType?.shape?.dim;
    expect(dims?.map((d) => [d.dimParam ?? '', Number(d.dimValue ?? 0)])).toEqual([
      ['N', 0],
      ['', 2],
    ]);
    expect(ours.graph?.input[0].type?.tensorType?.shape?.dim).toEqual([
      { value: undefined, symbol: 'N' },
      { value: 2, symbol: '' },
    ]);
  });

  it('imports what the published schema encodes', async () => {
    const again = onnx.ModelProto.encode(onnx.ModelProto.decode(writeOnnx(MODEL_SPEC))).finish();
    const theirs = await parse({ 'm.onnx': Uint8Array.from(again) });
    const ours = await parse({ 'm.onnx': writeOnnx(MODEL_SPEC) });
    expect({ ...theirs, source: '' }).toEqual({ ...ours, source: '' });
  });
});

describe('bytes', () => {
  it('reports every truncation', async () => {
    const bytes = writeOnnx(MODEL_SPEC);
    for (let length = 1; length < bytes.length; length++) {
      expect(await codeOf(bytes.subarray(0, length)), String(length)).toMatch(
        /^ONNX_(?:TRUNCATED|NO_GRAPH|NO_OPSET)$/,
      );
    }
  });

  it('meets damaged bytes with a diagnostic or a legal network', async () => {
    const bytes = writeOnnx(MODEL_SPEC);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        expect(await codeOf(damaged)).toMatch(/^[A-Z0-9_]+$|^accepted$/);
      }),
      { seed: 3, numRuns: 1500 },
    );
  });

  it('reads unaligned raw data', async () => {
    const padded = new Uint8Array(writeOnnx(MODEL_SPEC).length + 1);
    padded.set(writeOnnx(MODEL_SPEC), 1);
    const [layer] = plainNetwork(await parse({ 'm.onnx': padded.subarray(1) })).layers;
    expect(Array.from(layer.weights.values)).toEqual([1, 2, -4, 0.1, 6]);
  });
});

describe('the same network as CSV and as ONNX', () => {
  it('has the same layers', async () => {
    const weight = fc.oneof(
      fc.constant(0),
      fc.integer({ min: -3, max: 3 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 });
    const operators = ['Sign', 'Relu', 'Tanh', 'Sigmoid'];
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.infiniteStream(weight),
        fc.boolean(),
        async (extents, weights, gemm) => {
          const next = () => Number(weights.next().value) + 0;
          const layers = extents.slice(1).map((outputs, k) => ({
            inputs: extents[k],
            outputs,
            weights: Array.from({ length: extents[k] * outputs }, next),
            bias: Array.from({ length: outputs }, next),
          }));
          const csv = layers.map(({ outputs, weights: cells, bias }, k) => {
            const all = [...cells, ...bias];
            const rows = Array.from({ length: all.length / outputs }, (_, row) =>
              all
                .slice(row * outputs, (row + 1) * outputs)
                .map((cell) => cell.toExponential(18))
                .join(','),
            );
            return [`l${k}`, rows.join('\n')] as const;
          });
          const nodes = layers.flatMap((_, k): NodeSpec[] => {
            const activate: NodeSpec = {
              op: operators[k],
              inputs: [`z${k}`],
              outputs: [`x${k + 1}`],
            };
            return gemm
              ? [
                  {
                    op: 'Gemm',
                    inputs: [`x${k}`, `W${k}`, `b${k}`],
                    outputs: [`z${k}`],
                    name: `l${k}.csv`,
                  },
                  activate,
                ]
              : [
                  {
                    op: 'MatMul',
                    inputs: [`x${k}`, `W${k}`],
                    outputs: [`p${k}`],
                    name: `l${k}.csv`,
                  },
                  { op: 'Add', inputs: [`b${k}`, `p${k}`], outputs: [`z${k}`] },
                  activate,
                ];
          });
          const bytes = writeOnnx({
            inputs: [{ name: 'x0', shape: ['batch', extents[0]] }],
            outputs: [{ name: `x${layers.length}`, shape: [] }],
            nodes,
            initializers: layers.flatMap(
              ({ inputs, outputs, weights: data, bias }, k): TensorSpec[] => [
                { name: `W${k}`, dims: [inputs, outputs], data },
                { name: `b${k}`, dims: [outputs], data: bias, encoding: 'typed' },
              ],
            ),
          });
          const activation = operators.slice(0, layers.length).map((word) => word.toLowerCase());
          const files = Object.fromEntries(csv.map(([name, text]) => [`${name}.csv`, text]));
          const fromCsv = await parse(files, { activation });
          const fromOnnx = await parse({ 'm.onnx': bytes });
          expect(fromOnnx.layers).toEqual(fromCsv.layers);
          expect(fromOnnx.parameters).toBe(fromCsv.parameters);
          expect(fromOnnx.results).toEqual(fromCsv.results);
          expect(fromOnnx.inputs[0].shape).toEqual(fromCsv.inputs[0].shape);
          expect(fromOnnx.outputs[0].shape).toEqual(fromCsv.outputs[0].shape);
        },
      ),
      { seed: 11, numRuns: 100 },
    );
  });
});

describe('graphs', () => {
  const W: TensorSpec = { name: 'W', dims: [2, 2], data: [1, 2, 3, 4] };
  const v: TensorSpec = { name: 'v', dims: [2], data: [10, 20] };
  const answer = (network: Awaited<ReturnType<typeof importNodes>>, ...x: number[]) =>
    Array.from(forward(network, [x])[0]);

  it('adds a residual as a layer over two sources', async () => {
    const network = await importNodes(
      ['N', 2],
      [
        { op: 'MatMul', inputs: ['x', 'W'], outputs: ['m'] },
        { op: 'Relu', inputs: ['m'], outputs: ['r'] },
        { op: 'Add', inputs: ['r', 'x'], outputs: ['y'] },
      ],
      [W],
    );
    expect(network.layers.map(({ sources }) => sources)).toEqual([
      [{ kind: 'input', index: 0 }],
      [
        { kind: 'layer', index: 0 },
        { kind: 'input', index: 0 },
      ],
    ]);
    expect(answer(network, 1, -1)).toEqual([1, -1]);
    expect(answer(network, 1, 1)).toEqual([5, 7]);
  });

  it('keeps two products apart, and folds scaling and biases', async () => {
    const network = await importNodes(
      ['N', 2],
      [
        { op: 'Mul', inputs: ['x', 'v'], outputs: ['scaled'] },
        { op: 'Sub', inputs: ['scaled', 'v'], outputs: ['shifted'] },
        { op: 'MatMul', inputs: ['shifted', 'W'], outputs: ['m'] },
        { op: 'MatMul', inputs: ['m', 'W'], outputs: ['n'] },
        { op: 'Sub', inputs: ['v', 'n'], outputs: ['y'] },
      ],
      [W, v],
    );
    expect(network.layers).toHaveLength(2);
    // (1·10 − 10, 2·20 − 20) = (0, 20); · W = (60, 80); · W = (300, 440).
    expect(answer(network, 1, 2)).toEqual([10 - 300, 20 - 440]);
  });

  it('keeps a layer where folding would round', async () => {
    const third: TensorSpec = { name: 't', dims: [], data: [1 / 3] };
    const nodes = [
      { op: 'MatMul', inputs: ['x', 'T'], outputs: ['m'] },
      { op: 'Mul', inputs: ['m', 't'], outputs: ['y'] },
    ];
    const exact: TensorSpec = { ...W, name: 'T' };
    const rounded: TensorSpec = { name: 'T', dims: [2, 2], data: [0.1, 0.2, 0.3, 0.7] };
    expect((await importNodes(['N', 2], nodes, [third, rounded])).layers).toHaveLength(2);
    expect(
      (await importNodes(['N', 2], nodes, [{ ...third, data: [0.5] }, exact])).layers,
    ).toHaveLength(1);
  });

  it('stores a map that is read twice once', async () => {
    const network = await importNodes(
      ['N', 2],
      [
        { op: 'MatMul', inputs: ['x', 'W'], outputs: ['m'] },
        { op: 'Relu', inputs: ['m'], outputs: ['r'] },
        { op: 'Sub', inputs: ['r', 'm'], outputs: ['y'] },
      ],
      [W],
    );
    expect(plainNetwork(network).layers.map(({ activation }) => activation.kind)).toEqual([
      'identity',
      'relu',
      'identity',
    ]);
    expect(answer(network, -1, 0)).toEqual([1, 2]);
  });

  it('keeps a fixed first axis, and copies the layer along it', async () => {
    const network = await importNodes(
      [2, 2],
      [{ op: 'MatMul', inputs: ['x', 'W'], outputs: ['y'] }],
      [W],
    );
    expect(network.inputs[0].shape).toEqual([2, 2]);
    expect(network.outputs[0].shape).toEqual([2, 2]);
    expect(answer(network, 1, 0, 0, 1)).toEqual([1, 2, 3, 4]);
    const one = await importNodes(
      [1, 2],
      [{ op: 'MatMul', inputs: ['x', 'W'], outputs: ['y'] }],
      [W],
    );
    expect([one.inputs[0].shape, one.outputs[0].shape]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('multiplies from the left, transposes and scales', async () => {
    const left = await importNodes(
      [2],
      [{ op: 'MatMul', inputs: ['W', 'x'], outputs: ['y'] }],
      [W],
    );
    expect(answer(left, 1, 10)).toEqual([21, 43]);
    const gemm = await importNodes(
      [2, 1],
      [
        {
          op: 'Gemm',
          inputs: ['x', 'W', 'v'],
          outputs: ['y'],
          attributes: { transA: 1, transB: 1, alpha: { float: 2 }, beta: { float: 0.5 } },
        },
      ],
      [W, v],
    );
    expect(answer(gemm, 1, 10)).toEqual([2 * 21 + 5, 2 * 43 + 10]);
    expect(gemm.layers).toHaveLength(1);
  });

  it('broadcasts, flattens and reads constants from nodes', async () => {
    const network = await importNodes(
      ['N', 1, 2],
      [
        {
          op: 'Constant',
          inputs: [],
          outputs: ['c'],
          attributes: { value: { tensor: { name: '', dims: [3, 1], data: [1, 2, 3] } } },
        },
        { op: 'Add', inputs: ['x', 'c'], outputs: ['a'] },
        { op: 'Flatten', inputs: ['a'], outputs: ['y'] },
      ],
      [],
    );
    expect(network.outputs[0].shape).toEqual([6]);
    expect(answer(network, 10, 20)).toEqual([11, 21, 12, 22, 13, 23]);
  });

  it('reads softmax as its operator set defines it', async () => {
    const nodes = [{ op: 'Softmax', inputs: ['x'], outputs: ['y'] }];
    const flat = await importNodes([1, 2, 2], nodes, [], 11);
    expect(answer(flat, 3, 3, 3, 3)).toEqual([0.25, 0.25, 0.25, 0.25]);
    const rows = await importNodes([1, 2, 2], nodes, [], 13);
    expect(answer(rows, 3, 3, 5, 5)).toEqual([0.5, 0.5, 0.5, 0.5]);
    const row = await importNodes([1, 1, 2], nodes, [], 13);
    expect(row.layers.map(({ kind }) => kind)).toEqual([undefined]);
  });

  it('leaves out what no output depends on, and sorts the rest', async () => {
    const network = await importNodes(
      ['N', 2],
      [
        { op: 'Relu', inputs: ['m'], outputs: ['y'] },
        { op: 'LSTM', inputs: ['x'], outputs: ['unused'] },
        { op: 'MatMul', inputs: ['x', 'W'], outputs: ['m'] },
      ],
      [W],
    );
    expect(answer(network, 1, 1)).toEqual([4, 6]);
  });
});
