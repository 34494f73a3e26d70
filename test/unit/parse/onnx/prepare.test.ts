import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../../src/diagnostics/diagnostic.js';
import { plainNetwork } from '../../../../src/ir/network.js';
import { parse } from '../../../../src/parse/index.js';
import { decodeModel } from '../../../../src/parse/onnx/model.js';
import { prepareGraph } from '../../../../src/parse/onnx/prepare.js';
import { writeOnnx } from '../../../helpers/onnx-writer.js';
import type { ModelSpec, NodeSpec } from '../../../helpers/onnx-writer.js';

const SPEC: ModelSpec = {
  inputs: [{ name: 'x', shape: ['N', 2] }],
  outputs: [{ name: 'y', shape: [] }],
  nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }],
};

function prepare(spec: Partial<ModelSpec>) {
  return prepareGraph(decodeModel(writeOnnx({ ...SPEC, ...spec }), 'm.onnx'), {}, 'm.onnx');
}

function problemOf(spec: Partial<ModelSpec>): string {
  try {
    prepare(spec);
    return 'accepted';
  } catch (error) {
    if (error instanceof Diagnostic) return `${error.code}: ${error.message}`;
    throw error;
  }
}

/** Nodes v0 → v1 → … of n Relus. */
function chain(length: number): NodeSpec[] {
  return Array.from({ length }, (_, k) => ({
    op: 'Relu',
    inputs: [`v${k}`],
    outputs: [`v${k + 1}`],
  }));
}

describe('names', () => {
  const twice = { name: 'c', dims: [1], data: [1] };

  it('of values are unique, those of nodes need not be', () => {
    const named = { op: 'Relu', name: 'same' };
    const nodes = [
      { ...named, inputs: ['x'], outputs: ['h'] },
      { ...named, inputs: ['h'], outputs: ['y'] },
    ];
    expect(problemOf({ nodes })).toBe('accepted');
    expect(problemOf({ initializers: [twice, twice] })).toMatch(/^ONNX_DUPLICATE_VALUE/);
    expect(problemOf({ inputs: [SPEC.inputs[0], SPEC.inputs[0]] })).toMatch(/^ONNX_DUPLICATE_VALUE/); // prettier-ignore
    expect(problemOf({ nodes: [...SPEC.nodes, ...SPEC.nodes] })).toMatch(/^ONNX_DUPLICATE_VALUE/);
    expect(problemOf({ outputs: [...SPEC.outputs, ...SPEC.outputs] })).toMatch(
      /^ONNX_DUPLICATE_OUTPUT/,
    );
  });

  it('of sparse initializers count among those of the others', () => {
    const sparse = {
      values: twice,
      indices: { name: '', dims: [1], data: [0], type: 'int64' as const },
      dims: [1],
    };
    expect(problemOf({ sparseInitializers: [sparse] })).toBe('accepted');
    expect(problemOf({ sparseInitializers: [sparse, sparse] })).toMatch(/^ONNX_DUPLICATE_VALUE/);
    expect(problemOf({ initializers: [twice], sparseInitializers: [sparse] })).toMatch(
      /^ONNX_DUPLICATE_VALUE/,
    );
  });

  it('of initializers may stand among the inputs, as in old models', () => {
    const inputs = [{ name: 'c', shape: [1] }, ...SPEC.inputs];
    const graph = prepare({ inputs, initializers: [twice], irVersion: 3 });
    expect(graph.inputs.map(({ name }) => name)).toEqual(['x']);
    expect([...graph.initializers.keys()]).toEqual(['c']);
  });

  it('of attributes are unique in a node, and none refers to a function', () => {
    const [relu] = SPEC.nodes;
    const reference = [{ ...relu, attributes: { alpha: { reference: 'slope' } } }];
    expect(problemOf({ nodes: reference })).toBe(
      'ONNX_UNSUPPORTED_ATTRIBUTE: Relu with the attribute alpha = attribute slope of a function is not supported',
    );
  });
});

describe('operators', () => {
  const foreign: NodeSpec = { op: 'Magic', domain: 'com.example', inputs: ['x'], outputs: ['m'] };
  const reader: NodeSpec = { op: 'Relu', inputs: ['m'], outputs: ['z'] };

  it('of other domains are refused where an output needs them', () => {
    const nodes = [...SPEC.nodes, foreign, reader];
    const opsets = { 'com.example': 1 };
    expect(problemOf({ nodes, opsets })).toBe('accepted');
    expect(problemOf({ nodes, opsets, outputs: [{ name: 'z', shape: [] }] })).toBe(
      'ONNX_UNSUPPORTED_OPERATOR: the operator Magic of the domain "com.example" is not supported',
    );
  });

  it('that the model defines are refused where an output needs them', () => {
    const outputs = [{ name: 'z', shape: [] }];
    const nodes = [...SPEC.nodes, foreign, reader];
    const functions = { 'com.example': 'Magic' };
    expect(problemOf({ nodes, functions })).toBe('accepted');
    expect(problemOf({ nodes, functions, outputs })).toBe(
      'ONNX_UNSUPPORTED_OPERATOR: the operator Magic of the domain "com.example", a function of the model, is not supported',
    );
    // Whether a function or the operator of the same name counts is for each runtime to say.
    expect(problemOf({ functions: { 'ai.onnx': 'Relu' } })).toBe(
      'ONNX_UNSUPPORTED_OPERATOR: the operator Relu, a function of the model, is not supported',
    );
  });
});

describe('order', () => {
  it('is that of the file where it can be, and walks long chains and wide nodes', () => {
    const inputs = [{ name: 'v0', shape: [1] }];
    const long = { inputs, nodes: chain(50_000).reverse(), outputs: [{ name: 'v50000', shape: [] }] }; // prettier-ignore
    expect(prepare(long).nodes[0].input).toEqual(['v0']);
    const names = Array.from({ length: 200_000 }, (_, k) => `v${k + 1}`);
    const wide: NodeSpec = { op: 'Sum', inputs: names, outputs: ['y'] };
    const nodes = [wide, ...names.map((name) => ({ op: 'Relu', inputs: ['v0'], outputs: [name] }))];
    expect(prepare({ inputs, nodes }).nodes.at(-1)?.opType).toBe('Sum');
  });

  it('has no cycle, long or short', () => {
    const inputs = [{ name: 'x', shape: [1] }];
    const self = [{ op: 'Add', inputs: ['x', 'y'], outputs: ['y'] }];
    expect(problemOf({ inputs, nodes: self })).toMatch(/^ONNX_CYCLE/);
    const ring = [...chain(50_000), { op: 'Add', inputs: ['x', 'v50000'], outputs: ['v0'] }];
    expect(problemOf({ inputs, nodes: ring, outputs: [{ name: 'v9', shape: [] }] })).toMatch(
      /^ONNX_CYCLE/,
    );
  });

  it('finds every value', () => {
    expect(problemOf({ outputs: [{ name: 'z', shape: [] }] })).toMatch(/^ONNX_MISSING_VALUE/);
    const nodes = [{ op: 'Relu', inputs: ['z'], outputs: ['y'] }];
    expect(problemOf({ nodes })).toMatch(/^ONNX_MISSING_VALUE/);
  });

  it('knows no input of more axes than can be walked', () => {
    const inputs = [{ name: 'x', shape: new Array<number>(1000).fill(1) }];
    expect(problemOf({ inputs })).toMatch(/^ONNX_TENSOR_AXES/);
  });
});

describe('graphs that are wide', () => {
  const many = 20_000;
  const names = Array.from({ length: many }, (_, k) => `v${k}`);

  it('have thousands of inputs or outputs, at a cost in proportion', async () => {
    const outputs = names.map((name) => ({ name, shape: [] }));
    const split = { op: 'Split', inputs: ['x', 'parts'], outputs: names, attributes: { axis: 0 } };
    const wide = writeOnnx({
      inputs: [{ name: 'x', shape: [many] }],
      initializers: [{ name: 'parts', dims: [many], data: new Array<number>(many).fill(1), type: 'int64' }], // prettier-ignore
      nodes: [split],
      outputs,
    });
    expect((await parse({ 'm.onnx': wide })).results).toHaveLength(many);
    const inputs = names.map((name) => ({ name, shape: [1] }));
    const sum = writeOnnx({ inputs, nodes: [{ op: 'Sum', inputs: names, outputs: ['y'] }], outputs: SPEC.outputs }); // prettier-ignore
    const [layer] = plainNetwork(await parse({ 'm.onnx': sum })).layers;
    expect(layer.sources.map(({ index }) => index)).toEqual([...names.keys()]);
    expect(Array.from(layer.weights.values)).toEqual(new Array<number>(many).fill(1));
  });
});
