/** Constant: a tensor or numbers that stand in an attribute. */
import { diagnose } from '../../../diagnostics/diagnostic.js';
import type { Importer, OperatorContext } from '../context.js';
import { constantOf } from '../tensor.js';
import type { ConstantValue } from '../values.js';

export const CONSTANT: Importer = {
  operator: 'Constant',
  attributes: ['value', 'value_float', 'value_floats', 'value_int', 'value_ints'],
  read(context) {
    const [name] = context.node.output;
    const tensor = context.attribute('value')?.t;
    if (tensor !== undefined) return constantOf(tensor, name, context.place);
    const floats = context.attribute('value_floats') ?? context.attribute('value_ints');
    if (floats !== undefined) {
      const numbers = floats.floats.length > 0 ? floats.floats : floats.ints;
      return checked(context, name, [numbers.length], numbers);
    }
    const float = context.attribute('value_float');
    if (float !== undefined) return checked(context, name, [], [float.f]);
    const integer = context.attribute('value_int');
    if (integer !== undefined) return checked(context, name, [], [integer.i]);
    throw context.unsupported('without a value');
  },
};

function checked(
  context: OperatorContext,
  name: string,
  shape: readonly number[],
  numbers: readonly number[],
): ConstantValue {
  const data = Float64Array.from(numbers, (value) => value + 0);
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    const value = String(data[index]);
    throw diagnose('ONNX_NOT_FINITE', context.place, { tensor: name, index, value });
  }
  return { kind: 'constant', name, shape, data };
}
