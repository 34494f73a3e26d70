/**
 * Split: parts along an axis, of the sizes that are given, else equal ones. The sizes are an attribute up
 * to operator set 12, an argument from 13 on; from 18 on `num_outputs` may say how many there are, and
 * the last one is smaller where they do not come out even.
 */
import { add, num } from '../../../ir/program-builders.js';
import { hasBatch, ownAxisOf } from '../axes.js';
import type { Importer, OperatorContext } from '../context.js';
import { selectCells } from '../selection.js';

export const SPLIT: Importer = {
  operator: 'Split',
  attributes: ['axis', 'split', 'num_outputs'],
  read(context) {
    const value = context.argument(0);
    const axis = ownAxisOf(context, value, context.integer('axis', 0));
    const sizes = sizesOf(context, value.shape[axis]);
    let next = 0;
    return sizes.map((size, index) => {
      const start = next;
      next += size;
      if (!context.wants(index)) return undefined;
      const shape = value.shape.map((extent, own) => (own === axis ? size : extent));
      return selectCells(context, value, {
        extent: { shape, batch: hasBatch(value) },
        source: (at) => at.map((index, own) => (own === axis ? add(index, num(start)) : index)),
      });
    });
  },
};

function sizesOf(context: OperatorContext, extent: number): readonly number[] {
  const given = context.integersSince(13, 'split', 1);
  if (given !== undefined) {
    const sum = given.reduce((total, size) => total + size, 0);
    if (sum !== extent || given.some((size) => size < 0)) throw context.mismatch([extent], given);
    return given;
  }
  const count = context.integer('num_outputs', context.node.output.length);
  if (count !== context.node.output.length) {
    throw context.unsupportedAttribute('num_outputs', String(count));
  }
  const size = Math.ceil(extent / count);
  const isEven = size * count === extent;
  if (!isEven && context.attribute('num_outputs') === undefined) {
    throw context.unsupported(`of ${extent} cells into ${count} equal parts`);
  }
  const sizes = Array.from({ length: count }, () => size);
  sizes[count - 1] = extent - size * (count - 1);
  return sizes;
}
