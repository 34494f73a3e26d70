/** ConstantOfShape and Range: constants that a formula gives. */
import { sizeOf } from '../../../ir/model-interface.js';
import { checkCost } from '../builder.js';
import type { Importer } from '../context.js';
import { constantOf } from '../tensor.js';

export const CONSTANT_OF_SHAPE: Importer = {
  operator: 'ConstantOfShape',
  attributes: ['value'],
  read(context) {
    const shape = Array.from(context.constant(0, 'its shape').data);
    checkCost(shape, 0, context.node.opType, context.place);
    const [name] = context.node.output;
    const tensor = context.attribute('value')?.t;
    const filler = tensor === undefined ? undefined : constantOf(tensor, name, context.place);
    if (filler !== undefined && filler.data.length !== 1) {
      throw context.unsupportedAttribute('value', `${filler.data.length} numbers`);
    }
    const data = new Float64Array(sizeOf(shape)).fill(filler?.data[0] ?? 0);
    return { kind: 'constant', name, type: filler?.type ?? 'float', shape, data };
  },
};

export const RANGE: Importer = {
  operator: 'Range',
  attributes: [],
  read(context) {
    const [start, limit, delta] = ['start', 'limit', 'delta'].map((word, position) => {
      const constant = context.constant(position, `its ${word}`);
      context.refuseRounded(constant);
      if (constant.data.length !== 1) throw context.mismatch(constant.shape, []);
      return constant;
    });
    const [[from], [to], [step]] = [start.data, limit.data, delta.data];
    if (step === 0) throw context.unsupported('with a step of 0');
    const shape = [Math.max(Math.ceil((to - from) / step), 0)];
    checkCost(shape, 0, context.node.opType, context.place);
    const data = Float64Array.from({ length: shape[0] }, (_, index) => from + index * step);
    return { kind: 'constant', name: context.node.output[0], type: start.type, shape, data };
  },
};
