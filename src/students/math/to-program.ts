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
import { array, constant, giveBack, ref, symbol } from '../../ir/program-builders.js';

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
  /** Named values that the formulas read besides the cells, as the variables that follow those. */
  readonly definitions?: readonly Definition[];
}

/** A value with a name: `const reach = x1 - x2;`. */
export interface Definition {
  readonly name: string;
  /** Over the cells and the definitions before. */
  readonly formula: Formula;
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
  const cells = model.inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const definitions = usedDefinitions(formulas, options.definitions ?? [], cells);
  const told = [...definitions.values()].map(({ formula }) => formula);
  const used = new Set([...told, ...formulas].flatMap(variablesOf));
  const read = new Set([...used].filter((variable) => !definitions.has(variable)));
  const inputs = readInputs(read, model, options.names);
  const symbols = new Map([...definitions].map(([at, { name }]) => [at, symbol(name)]));
  const printer = new FormulaPrinter(
    (variable) => {
      const named = symbols.get(variable);
      return named === undefined ? inputs.reads[variable] : ref(named);
    },
    (variable) => definitions.get(variable)?.name ?? inputs.names[variable],
    sharedFormulas(formulas),
  );
  const defined = [...definitions].map(([at, { formula }]) =>
    constant(symbols.get(at) ?? symbol('value'), printer.value(formula)),
  );
  const results = formulas.map((formula) => printer.value(formula));
  return {
    interface: interfaceOf(model),
    parameters: inputs.parameters,
    tables: [],
    body: [
      ...inputs.declarations,
      ...defined,
      ...printer.declarations(),
      giveBack(resultOf(model.outputs, results)),
    ],
  };
}

/** The definitions that formulas read, themselves or by way of others, by variable, in their order. */
function usedDefinitions(
  formulas: readonly Formula[],
  definitions: readonly Definition[],
  cells: number,
): ReadonlyMap<number, Definition> {
  const used = new Set(formulas.flatMap(variablesOf));
  for (let k = definitions.length - 1; k >= 0; k--) {
    if (used.has(cells + k)) variablesOf(definitions[k].formula).forEach((one) => used.add(one));
  }
  return new Map(
    definitions.flatMap((one, k) => (used.has(cells + k) ? [[cells + k, one] as const] : [])),
  );
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
