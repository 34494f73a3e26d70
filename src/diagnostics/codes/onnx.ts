/** Diagnostics of ONNX files: their bytes, their tensors, their graph, their operators. */
import { entry } from '../entry.js';

/** What the operators that can be imported are about. */
const SUPPORTED =
  'supported are arithmetic, activations, products, convolutions, pools, normalisations, reductions and ' +
  'selections; no control flow, no sequences, no quantisation';

export const ONNX_DIAGNOSTICS = {
  ONNX_TRUNCATED: entry<{ size: number }>(
    ({ size }) => `the file ends after ${size} bytes, in the middle of the model`,
    () => 'was the download or the export interrupted? fetch the file again',
  ),
  ONNX_MALFORMED: entry<{ offset: number; problem: string }>(
    ({ offset, problem }) => `not an ONNX model: ${problem} at byte ${offset}`,
    () => 'is it another kind of file? an ONNX model is a binary protocol buffer',
  ),
  ONNX_TOO_MANY_PARTS: entry<{ most: number }>(
    ({ most }) => `the model has more than ${most} parts (nodes, tensors, attributes)`,
    () => 'is the file a model of layers? graphs of this size do not fit into memory',
  ),
  ONNX_TOO_LARGE: entry<{ most: number; size: number }>(
    ({ most, size }) =>
      `the layers have more than ${most} cells and weights together, the file ${size} bytes`,
    () => 'cut the model into smaller ones, or export it for smaller inputs',
  ),
  ONNX_NO_GRAPH: entry(
    () => 'the model holds no graph',
    () => 'is the file an ONNX model, and complete?',
  ),
  ONNX_NO_OPSET: entry(
    () => 'the model does not say which version of the operators it uses',
    () => 'is the file complete? a model from IR version 3 on names its operator sets',
  ),
  ONNX_UNSUPPORTED_OPERATOR: entry<{
    operator: string;
    /** Version of the operator set that the model uses. */
    opset?: number;
    /** Domain of an operator that is not ONNX's own. */
    domain?: string;
    /** Whether the model defines the operator itself. */
    isFunction?: boolean;
  }>(
    ({ operator, opset, domain, isFunction }) =>
      `the operator ${operator}` +
      (domain === undefined ? '' : ` of the domain "${domain}"`) +
      (opset === undefined ? '' : ` of operator set ${opset}`) +
      `${isFunction === true ? ', a function of the model,' : ''} is not supported`,
    ({ domain, isFunction }) => {
      if (isFunction === true) return 'export the model with its functions inlined';
      if (domain !== undefined) {
        return "supported are operators of ONNX's own domain; export without the fusions of a runtime";
      }
      return SUPPORTED;
    },
  ),
  ONNX_UNSUPPORTED_ATTRIBUTE: entry<{
    operator: string;
    /** Version of the operator set that the model uses. */
    opset?: number;
    attribute: string;
    value: string;
  }>(
    ({ operator, opset, attribute, value }) =>
      `${operator}${opset === undefined ? '' : ` of operator set ${opset}`} with the attribute ${attribute}${value === '' ? '' : ` = ${value}`} is not supported`,
    () => 'export the model with a newer operator set, or without this attribute',
  ),
  ONNX_UNSUPPORTED_FORM: entry<{ operator: string; form: string }>(
    ({ operator, form }) => `${operator} ${form} is not supported`,
    () => 'models are compiled for inference on one example at a time, with fixed shapes',
  ),
  ONNX_UNSUPPORTED_TYPE: entry<{ tensor: string; type: string }>(
    ({ tensor, type }) => `the tensor "${tensor}" holds ${type}`,
    () => 'supported are floats, integers of 8 bits and more, and bool',
  ),
  ONNX_EXTERNAL_DATA: entry<{ tensor: string; problem: string }>(
    ({ tensor, problem }) => `the data of the tensor "${tensor}" stand elsewhere: ${problem}`,
    () => 'export the model again, or with its weights inside the .onnx file',
  ),
  ONNX_EXTERNAL_PATH: entry<{ tensor: string; location: string }>(
    ({ tensor, location }) =>
      `the data of the tensor "${tensor}" stand at "${location}", outside of the model's folder`,
    () => 'models come from strangers: their data are read from the folder of the .onnx file only',
  ),
  ONNX_EXTERNAL_SIZE: entry<{ tensor: string; end: number; size: number; data: string }>(
    ({ tensor, end, size, data }) =>
      `the data of the tensor "${tensor}" end at byte ${end}, but ${data} has ${size} bytes`,
    () => 'is the file complete, and the one that was exported with this model?',
  ),
  ONNX_TENSOR_SIZE: entry<{
    tensor: string;
    dims: readonly number[];
    expected: number;
    actual: number;
  }>(
    ({ tensor, dims, expected, actual }) =>
      `the tensor "${tensor}" of shape ${shape(dims)} needs ${expected} numbers, its data hold ${actual}`,
    () => 'was the export interrupted? write the file again',
  ),
  ONNX_TENSOR_RANGE: entry<{ tensor: string; index: number; value: string; type: string }>(
    ({ tensor, index, value, type }) =>
      `number ${index + 1} of the tensor "${tensor}" is ${value}, which is no ${type}`,
    () => 'is the file damaged? write it again',
  ),
  ONNX_TENSOR_AXES: entry<{ tensor: string; axes: number; most: number }>(
    ({ tensor, axes, most }) => `the tensor "${tensor}" has ${axes} axes, more than ${most}`,
    () => 'is the file damaged? write it again',
  ),
  ONNX_TENSOR_SEGMENT: entry<{ tensor: string }>(
    ({ tensor }) => `the tensor "${tensor}" is stored in pieces`,
    () => 'export the model with every tensor in one piece, as current exporters do',
  ),
  ONNX_SPARSE_TENSOR: entry<{ tensor: string; problem: string }>(
    ({ tensor, problem }) => `the sparse tensor "${tensor}" ${problem}`,
    () => 'export the model with dense weights',
  ),
  ONNX_NOT_FINITE: entry<{ tensor: string; index: number; value: string }>(
    ({ tensor, index, value }) => `number ${index + 1} of the tensor "${tensor}" is ${value}`,
    () => 'weights are finite; did the training diverge?',
  ),
  ONNX_INEXACT_WEIGHT: entry<{ tensor: string; index: number; value: string }>(
    ({ tensor, index, value }) =>
      `number ${index + 1} of the tensor "${tensor}" is ${value}, which no double equals`,
    () => 'weights are computed with as doubles; integers beyond 2^53 serve as bounds only',
  ),
  ONNX_SYMBOLIC_SHAPE: entry<{ tensor: string; axis: number; symbol: string }>(
    ({ tensor, axis, symbol }) =>
      `axis ${axis + 1} of "${tensor}" has no fixed extent${symbol === '' ? '' : ` (${symbol})`}`,
    () => 'export with fixed extents; only the first axis, the batch, may be symbolic',
  ),
  ONNX_NO_SHAPE: entry<{ tensor: string }>(
    ({ tensor }) => `the input "${tensor}" has no tensor type with a shape`,
    () => 'export the model with the shapes of its inputs',
  ),
  ONNX_SHAPE_MISMATCH: entry<{
    operator: string;
    left: readonly number[];
    right: readonly number[];
  }>(
    ({ operator, left, right }) =>
      `${operator}: the shapes ${shape(left)} and ${shape(right)} do not fit`,
    () => 'is the graph complete, and were its shapes edited by hand?',
  ),
  ONNX_MISSING_VALUE: entry<{ value: string }>(
    ({ value }) => `nothing computes the value "${value}"`,
    () => 'is the graph complete? every value is an input, an initializer or a result',
  ),
  ONNX_MISSING_ARGUMENT: entry<{ operator: string; position: number }>(
    ({ operator, position }) => `${operator} lacks its argument ${position}`,
    () => 'is the graph complete, and of the operator set that it names?',
  ),
  ONNX_NOT_CONSTANT: entry<{ operator: string; argument: string }>(
    ({ operator, argument }) => `${operator} needs ${argument} to be a constant`,
    () => 'fold the constants of the model before the export',
  ),
  ONNX_DUPLICATE_VALUE: entry<{ value: string }>(
    ({ value }) => `the value "${value}" is defined twice`,
    () => 'every value of a graph has one definition',
  ),
  ONNX_DUPLICATE_ATTRIBUTE: entry<{ operator: string; attribute: string }>(
    ({ operator, attribute }) => `${operator} has the attribute ${attribute} twice`,
    () => 'is the file damaged? write it again',
  ),
  ONNX_DUPLICATE_OUTPUT: entry<{ value: string }>(
    ({ value }) => `the value "${value}" is an output twice`,
    () => 'name every output once in the export',
  ),
  ONNX_CYCLE: entry<{ value: string }>(
    ({ value }) => `the value "${value}" depends on itself`,
    () => 'the graph of a model has no cycles',
  ),
  ONNX_NO_OUTPUT: entry(
    () => 'the graph has no output',
    () => 'is the file complete? name at least one output in the export',
  ),
  ONNX_CONSTANT_OUTPUT: entry<{ value: string; ofBatch: boolean }>(
    ({ value, ofBatch }) =>
      ofBatch
        ? `the output "${value}" tells how large the batch is, which a module for one example cannot know`
        : `the output "${value}" is a constant, and the model has no input`,
    () => 'leave this output out of the export',
  ),
} as const;

function shape(dims: readonly number[]): string {
  return dims.length === 0 ? '(scalar)' : dims.join('x');
}
