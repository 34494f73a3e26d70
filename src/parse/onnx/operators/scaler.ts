/** Scaler: (x − offset) · scale, each one number or one for each feature, the last axis. */
import { addValues, multiplyValues } from '../arithmetic.js';
import { ML_DOMAIN } from '../model.js';
import type { Importer, OperatorContext } from '../context.js';
import type { ConstantValue } from '../values.js';

export const SCALER: Importer = {
  operator: 'Scaler',
  domain: ML_DOMAIN,
  attributes: ['offset', 'scale'],
  read(context) {
    const value = context.argument(0);
    const features = value.shape.at(-1) ?? 1;
    const [offset, scale] = [
      listOf(context, 'offset', features),
      listOf(context, 'scale', features),
    ];
    return multiplyValues(context, addValues(context, value, offset, -1), scale);
  },
};

function listOf(context: OperatorContext, name: string, features: number): ConstantValue {
  const data = context.floats(name);
  if (data.length !== 1 && data.length !== features) {
    throw context.unsupportedAttribute(name, `${data.length} numbers for ${features} features`);
  }
  const constant = `${context.name}.${name}`;
  return { kind: 'constant', name: constant, type: 'float', shape: [data.length], data: Float64Array.from(data) }; // prettier-ignore
}
