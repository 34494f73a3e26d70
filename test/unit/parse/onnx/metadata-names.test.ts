/** Names of features and classes in a model's metadata. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/compile.js';
import { parse } from '../../../../src/parse/index.js';
import { namesIn } from '../../../../src/parse/onnx/metadata-names.js';
import { writeOnnx } from '../../../helpers/onnx-writer.js';

describe('names in metadata', () => {
  it.each([
    ['["age", "income"]', ['age', 'income']],
    ["['age', 'it\\'s income']", ['age', "it's income"]],
    ['(\'age\', "income")', ['age', 'income']],
    ['{"0": "cat", "1": "dog"}', ['cat', 'dog']],
    ["{1: 'dog', 0: 'cat'}", ['cat', 'dog']],
    ["{'cat': 0, 'dog': 1}", ['cat', 'dog']],
    ['{"dog": 1, "cat": 0}', ['cat', 'dog']],
    ['no, yes', ['no', 'yes']],
    ['no\nyes\n', ['no', 'yes']],
  ])('%s', (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });

  it.each([
    '',
    '[]',
    '[1, 2]',
    '["a", "a"]',
    '["a", ["b"]]',
    "{0: 'a', 2: 'b'}",
    "{0: 'a', 1}",
    'a,,b',
    "['a' 'b",
    '{"a": "b"}',
    '[[[[',
  ])('none in %j', (text) => {
    expect(namesIn(text)).toBeUndefined();
  });
});

describe('a model with metadata', () => {
  const model = (metadata: Readonly<Record<string, string>>): Uint8Array =>
    writeOnnx({
      inputs: [{ name: 'X', shape: ['batch', 2], type: 'float' }],
      outputs: [{ name: 'Y', shape: ['batch', 3], type: 'float' }],
      nodes: [{ op: 'Gemm', inputs: ['X', 'w'], outputs: ['Y'], attributes: { transB: 1 } }],
      initializers: [{ name: 'w', dims: [3, 2], data: [1, 2, -1, 3, 0.5, 1], type: 'float' }],
      metadata,
    });

  it('takes its names where the manifest has none', async () => {
    const bytes = model({ 'Feature-Names': '["age", "income"]', names: "{0: 'no', 1: 'maybe', 2: 'yes'}" }); // prettier-ignore
    const network = await parse({ 'm.onnx': bytes });
    expect(network.inputs[0].features).toEqual(['age', 'income']);
    expect(network.outputs[0].labels).toEqual(['no', 'maybe', 'yes']);
    expect((await compile(network)).code).toContain('(age, income)');
    const manifest = { input: { features: ['a', 'b'] }, output: { labels: ['x', 'y', 'z'] } };
    const told = await parse({ 'm.onnx': bytes, 'm.json': JSON.stringify(manifest) });
    expect(told.inputs[0].features).toEqual(['a', 'b']);
    expect(told.outputs[0].labels).toEqual(['x', 'y', 'z']);
  });

  it('says which names do not fit, and goes without', async () => {
    const network = await parse({
      'm.onnx': model({ features: 'a, b, c', classes: '["p", "q"]' }),
    });
    expect(network.inputs[0]).not.toHaveProperty('features');
    expect(network.outputs[0]).not.toHaveProperty('labels');
    expect(network.warnings).toEqual([
      'm.onnx: the metadata features has 3 names for 2, and was left out',
      'm.onnx: the metadata classes has 2 names for 3, and was left out',
    ]);
  });
});
