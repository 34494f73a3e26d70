/**
 * The operators that are an activation of the contract, cell by cell, and others of their kind. They
 * differ in nothing but their names, attributes and formulas, so they stand in one file; Softmax, which
 * looks at axes, has its own.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import type { Activation } from '../../../ir/network.js';
import {
  add,
  conditional,
  divide,
  helper,
  math,
  multiply,
  num,
} from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import {
  clamped,
  elu,
  grown,
  hardSigmoid,
  isNegative,
  leakyRelu,
  relu,
  softplus,
  softsign,
  thresholdedRelu,
} from '../cell-functions.js';
import type { CellFunction } from '../cell-functions.js';
import { computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { staysLinear } from '../linearity.js';
import type { Value } from '../values.js';

/** Gives the function of one cell that the node's attributes ask for. */
type FunctionOf = (context: OperatorContext) => CellFunction;

/** An operator that a layer has as its activation; where no layer can be, `functionOf` says the same. */
function activation(
  operator: string,
  activationOf: (context: OperatorContext) => Activation,
  functionOf: FunctionOf,
  attributes: readonly string[] = [],
): Importer {
  return {
    operator,
    attributes,
    read(context) {
      const value = context.argument(0);
      if (value.kind === 'tensor' && isOfLayer(context, value)) {
        return context.layers.activate(value, activationOf(context), context.name);
      }
      return computeEach(context, [value], functionOf(context));
    },
  };
}

function isOfLayer({ layers }: OperatorContext, value: Value): boolean {
  if (value.kind === 'tensor' && value.form.kind === 'linear') return true;
  return staysLinear(layers, [value], sizeOf(value.shape));
}

/** An operator that only a stage can compute. */
function formula(
  operator: string,
  functionOf: FunctionOf,
  attributes: readonly string[] = [],
): Importer {
  return {
    operator,
    attributes,
    read: (context) => computeEach(context, [context.argument(0)], functionOf(context)),
  };
}

export const RELU = activation(
  'Relu',
  () => ({ kind: 'relu' }),
  () => relu,
);
export const SIGN = activation(
  'Sign',
  () => ({ kind: 'sign' }),
  () => (cell) => math('sign', cell),
);
export const TANH = activation(
  'Tanh',
  () => ({ kind: 'tanh' }),
  () => (cell) => math('tanh', cell),
);
export const SIGMOID = activation(
  'Sigmoid',
  () => ({ kind: 'sigmoid' }),
  () => (cell) => helper('sigmoid', cell),
);

/** The slope that ONNX gives LeakyRelu where the node gives none. */
const DEFAULT_SLOPE = 0.01;

export const LEAKY_RELU = activation(
  'LeakyRelu',
  (context) => ({ kind: 'leaky-relu', slope: context.float('alpha', DEFAULT_SLOPE) }),
  (context) => leakyRelu(context.float('alpha', DEFAULT_SLOPE)),
  ['alpha'],
);

export const ELU = formula('Elu', (context) => elu(context.float('alpha', 1)), ['alpha']);

/** The constants of the paper (Klambauer et al. 2017) as ONNX gives them: the nearest float32. */
const SELU_ALPHA = 1.67326319217681884765625;
const SELU_GAMMA = 1.05070102214813232421875;

export const SELU = formula(
  'Selu',
  (context) => {
    const alpha = context.float('alpha', SELU_ALPHA);
    const gamma = num(context.float('gamma', SELU_GAMMA));
    return (cell) => multiply(gamma, elu(alpha)(cell));
  },
  ['alpha', 'gamma'],
);

export const CELU = formula(
  'Celu',
  (context) => {
    const alpha = context.float('alpha', 1);
    if (alpha === 0) throw context.unsupportedAttribute('alpha', '0');
    return (cell) => conditional(isNegative(cell), grown(alpha, divide(cell, num(alpha))), cell);
  },
  ['alpha'],
);

export const GELU = formula(
  'Gelu',
  (context) => {
    const approximate = context.text('approximate', 'none');
    if (approximate !== 'none' && approximate !== 'tanh') {
      throw context.unsupportedAttribute('approximate', approximate);
    }
    return (cell) => {
      const share =
        approximate === 'none'
          ? helper('erf', divide(cell, math('sqrt', num(2))))
          : math('tanh', gaussianSlope(cell));
      return multiply(multiply(num(0.5), cell), add(num(1), share));
    };
  },
  ['approximate'],
);

/** √(2/π) · (x + 0.044715 x³), whose tanh is nearly erf(x/√2) (Hendrycks and Gimpel 2016). */
function gaussianSlope(cell: Expression): Expression {
  const cube = multiply(multiply(multiply(num(0.044715), cell), cell), cell);
  return multiply(num(Math.sqrt(2 / Math.PI)), add(cell, cube));
}

export const HARD_SIGMOID = formula(
  'HardSigmoid',
  (context) => hardSigmoid(context.float('alpha', 0.2), context.float('beta', 0.5)),
  ['alpha', 'beta'],
);

export const HARD_SWISH = formula(
  'HardSwish',
  () => (cell) => multiply(cell, clamped(add(divide(cell, num(6)), num(0.5)), 0, 1)),
);

export const SOFTPLUS = formula('Softplus', () => softplus);

export const SOFTSIGN = formula('Softsign', () => softsign);

export const THRESHOLDED_RELU = formula(
  'ThresholdedRelu',
  (context) => thresholdedRelu(context.float('alpha', 1)),
  ['alpha'],
);
