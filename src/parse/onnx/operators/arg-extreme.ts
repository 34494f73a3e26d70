/** ArgMax and ArgMin: where along an axis the largest (smallest) cell stands, the first or the last one. */
import { compare, conditional, num, reduction, ref, symbol } from '../../../ir/program-builders.js';
import { ownAxisOf } from '../axes.js';
import { computeValue } from '../compute.js';
import type { Importer } from '../context.js';
import { reduceValue, reducedExtent, resultWords, wordsFor } from '../reduce.js';

function argExtreme(operator: string, operation: 'max' | 'min'): Importer {
  const part = operation === 'max' ? 'largest' : 'smallest';
  return {
    operator,
    attributes: ['axis', 'keepdims', 'select_last_index'],
    read(context) {
      const value = context.argument(0);
      const axis = ownAxisOf(context, value, context.integer('axis', 0));
      const frame = {
        axes: value.shape.length === 0 ? [] : [axis],
        keep: context.integer('keepdims', 1) !== 0,
      };
      const isLast = context.integer('select_last_index', 0) !== 0;
      const extremes = reduceValue(context, value, frame, { operation, part });
      const words = wordsFor(context, value);
      const extent = value.shape[axis] ?? 1;
      return computeValue(
        context,
        [value, extremes],
        reducedExtent(context, value, frame),
        (at, [read, readExtreme]) => {
          if (value.shape.length === 0) return num(0);
          const iterator = symbol(words[axis]);
          const index = ref(iterator);
          const from = [...at.slice(0, axis), index, ...at.slice(frame.keep ? axis + 1 : axis)];
          const isBest = compare('===', read(from), readExtreme(at));
          return isLast
            ? reduction('max', iterator, 0, extent, conditional(isBest, index, num(0)))
            : reduction('min', iterator, 0, extent, conditional(isBest, index, num(extent - 1)));
        },
        { type: 'int64', terms: extent, axes: resultWords(words, frame) },
      );
    },
  };
}

export const ARG_MAX = argExtreme('ArgMax', 'max');
export const ARG_MIN = argExtreme('ArgMin', 'min');
