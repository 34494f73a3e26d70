/**
 * Formulas with thresholds → Program: a module that decides by itself.
 *
 *     if (x1 ** 2 + 2 * x2 ** 2 > 1) return 'outside';
 *     return 'inside';
 */
import type { ModelInterface } from '../../ir/model-interface.js';
import { interfaceOf } from '../../ir/network.js';
import { and, branch, compare, giveBack, num } from '../../ir/program-builders.js';
import type { Expression, Program } from '../../ir/program.js';
import { readInputs } from '../read-inputs.js';
import type { Formula } from './formula.js';
import { variablesOf } from './formula.js';
import { numberExpression } from './program/numbers.js';
import { sharedFormulas } from './program/shared.js';
import { FormulaPrinter } from './program/translate.js';

/** Whether a formula is above (else below) a threshold. */
export interface Comparison {
  readonly formula: Formula;
  readonly isAbove: boolean;
  readonly threshold: number;
}

/** A decision that is given where all comparisons hold, and no rule before did. */
export interface FormulaRule {
  readonly when: readonly Comparison[];
  /** As `decide` numbers decisions. */
  readonly decision: number;
}

/**
 * The program that gives the decision of the first rule that holds. Variable k of a formula is cell k of the
 * model's inputs, row-major, input after input.
 *
 * @throws RangeError for a variable without a cell.
 */
export function decisionsToProgram(
  rules: readonly FormulaRule[],
  otherwise: number,
  model: ModelInterface,
): Program {
  const formulas = rules.flatMap(({ when }) => when.map(({ formula }) => formula));
  const inputs = readInputs(new Set(formulas.flatMap(variablesOf)), model);
  const printer = new FormulaPrinter(
    (variable) => inputs.reads[variable],
    (variable) => inputs.names[variable],
    sharedFormulas(formulas),
  );
  const branches = rules.map(({ when, decision }) => {
    const conditions = when.map(({ formula, isAbove, threshold }): Expression =>
      compare(isAbove ? '>' : '<=', printer.value(formula), numberExpression(threshold)),
    );
    return branch(
      conditions.reduce((all, one) => and(all, one)),
      [giveBack(num(decision))],
    );
  });
  return {
    interface: interfaceOf(model),
    parameters: inputs.parameters,
    tables: [],
    body: [
      ...inputs.declarations,
      ...printer.declarations(),
      ...branches,
      giveBack(num(otherwise)),
    ],
    decides: true,
  };
}
