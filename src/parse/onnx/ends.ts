/**
 * The ends of a graph: what its inputs are to the importer and to the model's interface, and how an
 * output becomes a tensor with the shape that a caller sees.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { TensorRef } from '../../ir/network.js';
import type { ModelTensor } from '../interface.js';
import { checkShape } from '../shape.js';
import type { IndexRange, LayerBuilder } from './builder.js';
import { axisWords } from './compute.js';
import { elementTypeOf, nameOfDataType } from './element-type.js';
import { isStaged } from './linearity.js';
import type { ValueInfoMessage } from './schema.js';
import { sameShape } from './shapes.js';
import { shapeWithoutBatch } from './values.js';
import type { ConstantValue, Recipe, TensorValue, Value } from './values.js';

/**
 * The value of an input. A first axis without a fixed extent is the batch.
 *
 * @throws Diagnostic ONNX_NO_SHAPE, ONNX_SYMBOLIC_SHAPE, ONNX_UNSUPPORTED_TYPE, SHAPE_INVALID, SHAPE_TOO_LARGE.
 */
export function inputValue(info: ValueInfoMessage, index: number, file: string): TensorValue {
  const dimensions = info.type?.tensorType?.shape?.dim;
  if (dimensions === undefined) throw diagnose('ONNX_NO_SHAPE', { file }, { tensor: info.name });
  const isFixed = (axis: number): boolean => (dimensions[axis].value ?? -1) >= 0;
  const batch = dimensions.length > 0 && !isFixed(0);
  const shape = dimensions.map(({ value, symbol }, axis) => {
    if (isFixed(axis)) return value ?? 0;
    if (axis === 0) return 1;
    throw diagnose('ONNX_SYMBOLIC_SHAPE', { file }, { tensor: info.name, axis, symbol });
  });
  checkShape(shape, { file, node: `input ${info.name}` });
  const dataType = info.type?.tensorType?.elementType ?? 0;
  const type = elementTypeOf(dataType);
  if (type === undefined) {
    const found = nameOfDataType(dataType);
    throw diagnose('ONNX_UNSUPPORTED_TYPE', { file }, { tensor: info.name, type: found });
  }
  const ref: TensorRef = { kind: 'input', index };
  return { kind: 'tensor', type, shape, batch, form: { kind: 'stored', ref } };
}

/**
 * The input as the model's interface has it. What the graph leaves open is any number, but a bool is 0 or
 * 1, and what serves as an index stays within the axis that it counts along.
 */
export function inputTensor(
  name: string,
  value: TensorValue,
  index: IndexRange | undefined,
): ModelTensor {
  const shape = shapeWithoutBatch(value);
  if (index !== undefined) return { name, shape, index };
  return value.type === 'bool'
    ? { name, shape, domain: { kind: 'values', values: [0, 1] } }
    : { name, shape };
}

/**
 * The value of an output as its readers see it. Within the graph the batch may have stood behind another
 * axis, as recurrent operators want it; where the model says that the output's first axis is that of an
 * input's batch, the one example there is no axis of its own.
 */
export function withDeclaredBatch(
  value: Value,
  info: ValueInfoMessage,
  inputs: readonly ValueInfoMessage[],
): Value {
  const symbolOf = ({ type }: ValueInfoMessage): string | undefined => {
    const first = type?.tensorType?.shape?.dim.at(0);
    return first === undefined || (first.value ?? -1) >= 0 ? undefined : first.symbol;
  };
  const symbol = symbolOf(info);
  const isDeclared =
    symbol !== undefined &&
    inputs.some((input) => {
      const own = symbolOf(input);
      return own !== undefined && (own === symbol || own === '' || symbol === '');
    });
  const isOne = value.kind === 'tensor' && !value.batch && value.shape.at(0) === 1;
  return isOne && isDeclared ? { ...value, batch: true } : value;
}

/**
 * The tensor of an output; a constant, what is still an input, a waiting map or a view becomes one of its
 * own, with the shape that a caller is to see.
 */
export function outputValue(
  value: Value,
  name: string,
  builder: LayerBuilder,
  file: string,
): { readonly shape: readonly number[]; readonly ref: TensorRef } {
  if (value.kind === 'constant') return constantOutput(value, name, builder, file);
  const { form } = value;
  const shape = shapeWithoutBatch(value);
  if (form.kind === 'stored' && form.ref.kind === 'layer') {
    const isSeen = sameShape(builder.storedShape(form.ref), shape);
    // A program without stages shapes its outputs by itself.
    if (isSeen || builder.isPlain) return { shape, ref: form.ref };
  }
  const stored = isStaged(builder, value)
    ? builder.compute(outputRecipe(value, name, builder), value, value.type, true)
    : builder.activate(value, { kind: 'identity' }, name);
  return { shape, ref: stored.form.ref };
}

/**
 * A constant beside what is computed, such as a shape: biases without a weight. A batch has no fixed extent
 * that a constant could say.
 */
function constantOutput(
  constant: ConstantValue,
  name: string,
  builder: LayerBuilder,
  file: string,
): { readonly shape: readonly number[]; readonly ref: TensorRef } {
  const { data, shape, rounded, batchCells = [] } = constant;
  if (builder.inputCount === 0 || batchCells.length > 0) {
    throw diagnose(
      'ONNX_CONSTANT_OUTPUT',
      { file },
      { value: name, ofBatch: batchCells.length > 0 },
    );
  }
  checkShape(shape, { file, node: `output ${name}` });
  if (rounded !== undefined) {
    const { index, text } = rounded;
    throw diagnose('ONNX_INEXACT_WEIGHT', { file }, { tensor: name, index, value: text });
  }
  return { shape, ref: builder.constant(data, shape, name) };
}

/** The cells of a value under the name of an output. */
function outputRecipe(value: TensorValue, name: string, builder: LayerBuilder): Recipe {
  const axes = axisWords(builder, value) ?? [];
  return { name, operands: [value], shape: value.shape, body: (at, [read]) => read(at), axes };
}
