/**
 * Formulas as modules have them: over input cells in place of the variables that were searched over, the
 * user's operators told as what they stand for.
 */
import { variable } from '../students/math/formula.js';
import type { Formula } from '../students/math/formula.js';
import {
  expandOperators,
  nameOperators,
  substitute,
} from '../students/math/knowledge/custom-operator.js';
import { wholeFormula } from '../students/math/knowledge/rules.js';
import type { Cell, Transforms } from './subject.js';

/** Over input cells and, as the variables that follow them, transforms. */
export function overDefinitions(formula: Formula, cell: Cell): Formula {
  const { meanings = cell.inputs.map(variable) } = cell;
  return substitute(plainFormula(formula, cell), meanings);
}

/** Over input cells alone. */
export function overInputs(formula: Formula, cell: Cell, transforms?: Transforms): Formula {
  return inlineTransforms(overDefinitions(formula, cell), transforms);
}

/** With every transform, from the last to the first, replaced by what it is. */
export function inlineTransforms(
  formula: Formula,
  { first, definitions }: Transforms = { first: 0, definitions: [] },
): Formula {
  return definitions.reduceRight((whole, { formula: own }, k) => {
    const before = Array.from({ length: first + k }, (_, index) => variable(index));
    return substitute(whole, [...before, own]);
  }, formula);
}

/** Of built-in operators alone, over the variables of the problem. */
export function plainFormula(formula: Formula, { problem }: Pick<Cell, 'problem'>): Formula {
  const { settings } = problem;
  return expandOperators(wholeFormula(formula, settings), settings.knowledge?.operators);
}

/** As people read it: the user's operators by their names. */
export function toldFormula(formula: Formula, { problem }: Pick<Cell, 'problem'>): Formula {
  const { settings } = problem;
  return nameOperators(wholeFormula(formula, settings), settings.knowledge?.operators);
}
