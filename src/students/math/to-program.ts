/**
 * Formula → Program: what the student found, as the body of `scores`. It reads the features that occur by
 * their names and no others, says once what occurs more than once, and returns the array of outputs.
 *
 *   2 · x₁² + sin(x₀·x₁) / (1 + sin(x₀·x₁))
 *     →  const sine = Math.sin(angle * speed);  return [2 * speed ** 2 + sine / (1 + sine)];
 */
import { sizeOf } from '../../ir/model-interface.js';
import type { ModelInterface, OutputTensor } from '../../ir/model-interface.js';
import { interfaceOf } from '../../ir/network.js';
import { array, giveBack } from '../../ir/program-builders.js';

import type { Expression, Program } from '../../ir/program.js';
import { readInputs } from '../read-inputs.js';
import type { Formula } from './formula.js';
import { variablesOf } from './formula.js';
import { sharedFormulas } from './program/shared.js';
import { FormulaPrinter } from './program/translate.js';

export interface ProgramOptions {
  /**
   * One name for each variable; absent: the features of the inputs. Without either, variables are read
   * where they occur, as `image[2][3]`.
   */
  readonly names?: readonly string[];
}

/**
 * The program that computes formulas. Variable k of a formula is cell k of the model's inputs, row-major,
 * input after input; formula k gives cell k of its outputs, likewise. Values are those of the formulas in
 * real arithmetic: sums and products are regrouped.
 *
 * @throws RangeError for another number of formulas than of cells of outputs, or a variable without a cell.
 */
export function formulaToProgram(
  formulas: readonly Formula[],
  model: ModelInterface,
  options: ProgramOptions = {},
): Program {
  const wanted = model.outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (formulas.length !== wanted) {
    throw new RangeError(`${formulas.length} formulas for ${wanted} cells of outputs`);
  }
  const used = new Set(formulas.flatMap(variablesOf));
  const inputs = readInputs(used, model, options.names);
  const printer = new FormulaPrinter(
    (variable) => inputs.reads[variable],
    (variable) => inputs.names[variable],
    sharedFormulas(formulas),
  );
  const results = formulas.map((formula) => printer.value(formula));
  return {
    interface: interfaceOf(model),
    parameters: inputs.parameters,
    tables: [],
    body: [
      ...inputs.declarations,
      ...printer.declarations(),
      giveBack(resultOf(model.outputs, results)),
    ],
  };
}

/** The value that `scores` gives back, nested like its outputs. */
function resultOf(outputs: readonly OutputTensor[], results: readonly Expression[]): Expression {
  let next = 0;
  const nested = (shape: readonly number[]): Expression => {
    if (shape.length === 0) return results[next++];
    return array(...Array.from({ length: shape[0] }, () => nested(shape.slice(1))));
  };
  const values = outputs.map(({ shape }) => nested(shape));
  return values.length === 1 ? values[0] : array(...values);
}
