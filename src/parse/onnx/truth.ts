/** Truth values as cells: 1 and 0. */
import { compare, conditional, num } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';

/** The cell that holds a condition. */
export function cellOfTruth(condition: Expression): Expression {
  return conditional(condition, num(1), num(0));
}

/** The condition that a cell holds. */
export function truthOfCell(cell: Expression): Expression {
  return compare('===', cell, num(1));
}
