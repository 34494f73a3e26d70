import { describe, expect, it } from 'vitest';
import { layerWord } from '../../../src/parse/layer-words.js';

describe('layerWord', () => {
  it.each([
    ['fc1.weight', '', 'fc1'],
    ['features.0.weight', '/features/0/Conv', 'features 0'],
    ['module.head.weight', '', 'head'],
    ['sequential/dense_1/kernel:0', '', 'sequential dense_1'],
    ['encoder.layer.3.weight', '', 'encoder layer 3'],
    ['onnx::MatMul_12', '/classifier/2/Gemm', 'classifier 2'],
    ['12', '/fc/MatMul', 'fc'],
  ])('%s of node %s is %s', (parameter, node, word) => {
    expect(layerWord(parameter, node)).toBe(word);
  });

  it.each([
    ['onnx::Gemm_12', 'Gemm_3'],
    ['12', 'node_Relu_3'],
    ['0.weight', '/0/Gemm'],
    ['val_3', 'node_linear_1'],
    ['coefficient1', 'MatMul -> mul_result1'],
    ['.weight', ''],
    ['module.0.weight', ''],
    ['', ''],
  ])('%s of node %s says nothing', (parameter, node) => {
    expect(layerWord(parameter, node)).toBeUndefined();
  });
});
