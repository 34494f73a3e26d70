/** Constant: a tensor or numbers that stand in an attribute. */
import { diagnose } from '../../../diagnostics/diagnostic.js';
import type { Importer, OperatorContext } from '../context.js';
import { sparseConstantOf } from '../sparse.js';
import { constantOf } from '../tensor.js';
import type { ConstantValue } from '../values.js';

export const CONSTANT: Importer = {
  operator: 'Constant',
  attributes: ['value', 'sparse_value', 'value_float', 'value_floats', 'value_int', 'value_ints'],
  read(context) {
    const [name] = context.node.output;
    const tensor = context.attribute('value')?.t;
    if (tensor !== undefined) return constantOf(tensor, name, context.place);
    const sparse = context.attribute('sparse_value')?.sparseTensor;
    if (sparse !== undefined) return sparseConstantOf(sparse, name, context.place);
    const floats = context.attribute('value_floats') ?? context.attribute('value_ints');
    if (floats !== undefined) {
      const type = floats.name === 'value_floats' ? 'float' : 'int64';
      const numbers = type === 'float' ? floats.floats : floats.ints;
      return checked(context, name, type, [numbers.length], numbers);
    }
    const float = context.attribute('value_float');
    if (float !== undefined) return checked(context, name, 'float', [], [float.f]);
    const integer = context.attribute('value_int');
    if (integer !== undefined) return checked(context, name, 'int64', [], [integer.i]);
    throw context.unsupported('without a value');
  },
};

function checked(
  context: OperatorContext,
  name: string,
  type: 'float' | 'int64',
  shape: readonly number[],
  numbers: readonly number[],
): ConstantValue {
  const data = Float64Array.from(numbers, (value) => value + 0);
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    const value = String(data[index]);
    throw diagnose('ONNX_NOT_FINITE', context.place, { tensor: name, index, value });
  }
  // An attribute's integers come as doubles: beyond 2^53 nothing tells whether they were others.
  const unsafe = type === 'int64' ? data.findIndex((value) => !Number.isSafeInteger(value)) : -1;
  return {
    kind: 'constant',
    name,
    type,
    shape,
    data,
    ...(unsafe < 0 ? {} : { rounded: { index: unsafe, text: String(data[unsafe]) } }),
  };
}
