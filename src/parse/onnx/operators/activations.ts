/**
 * The operators that are an activation of the contract, cell by cell. They differ in nothing but their
 * names and attributes, so they stand in one file; Softmax, which looks at axes, has its own.
 */
import type { Activation } from '../../../ir/network.js';
import type { Importer, OperatorContext } from '../context.js';

/** The slope that ONNX gives LeakyRelu where the node gives none. */
const DEFAULT_SLOPE = 0.01;

function activation(
  operator: string,
  activationOf: (context: OperatorContext) => Activation,
  attributes: readonly string[] = [],
): Importer {
  return {
    operator,
    attributes,
    read: (context) =>
      context.layers.activate(context.tensor(0), activationOf(context), context.name),
  };
}

export const RELU = activation('Relu', () => ({ kind: 'relu' }));
export const SIGN = activation('Sign', () => ({ kind: 'sign' }));
export const TANH = activation('Tanh', () => ({ kind: 'tanh' }));
export const SIGMOID = activation('Sigmoid', () => ({ kind: 'sigmoid' }));
export const LEAKY_RELU = activation(
  'LeakyRelu',
  (context) => ({ kind: 'leaky-relu', slope: context.float('alpha', DEFAULT_SLOPE) }),
  ['alpha'],
);
