/** And, Or, Xor and Not of truth values. */
import { and, compare, or } from '../../../ir/program-builders.js';
import type { Expression } from '../../../ir/program.js';
import { computeEach } from '../compute.js';
import type { Importer } from '../context.js';
import { complementOf } from '../logic.js';
import { cellOfTruth, truthOfCell } from '../truth.js';

function connective(
  operator: string,
  connect: (left: Expression, right: Expression) => Expression,
): Importer {
  return {
    operator,
    attributes: [],
    read: (context) =>
      computeEach(context, [context.argument(0), context.argument(1)], (left, right) =>
        cellOfTruth(connect(left, right)),
      ),
  };
}

export const AND = connective('And', (left, right) => and(truthOfCell(left), truthOfCell(right)));
export const OR = connective('Or', (left, right) => or(truthOfCell(left), truthOfCell(right)));
export const XOR = connective('Xor', (left, right) => compare('!==', left, right));

export const NOT: Importer = {
  operator: 'Not',
  attributes: [],
  read: (context) => complementOf(context, context.argument(0)),
};
