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
import { array, constant, element, giveBack, ref, symbol } from '../../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
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
  const inputs = readInputs(formulas, model, options.names);
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

interface Inputs {
  readonly parameters: readonly ProgramSymbol[];
  readonly declarations: readonly Statement[];
  /** By variable: the expression that reads it, and what it is called. */
  readonly reads: readonly Expression[];
  readonly names: readonly string[];
}

function readInputs(
  formulas: readonly Formula[],
  model: ModelInterface,
  given: readonly string[] | undefined,
): Inputs {
  const used = new Set(formulas.flatMap(variablesOf));
  const declarations: Statement[] = [];
  const reads: Expression[] = [];
  const names: string[] = [];
  const parameters = model.inputs.map(({ name, shape, features }) => {
    const first = reads.length;
    const words = given?.slice(first, first + sizeOf(shape)) ?? features;
    const parameter = symbol(parameterName(name, words, used, first), 'number', shape);
    for (let cell = 0; cell < sizeOf(shape); cell++) {
      const variable = first + cell;
      const read = element(parameter, ...indicesOf(cell, shape));
      names.push(words?.[cell] ?? `${name} ${cell}`);
      if (words === undefined || shape.length === 0 || !used.has(variable)) {
        reads.push(read);
        continue;
      }
      const named = symbol(words[cell]);
      declarations.push(constant(named, read));
      reads.push(ref(named));
    }
    return parameter;
  });
  const missing = [...used].find((variable) => variable >= reads.length);
  if (missing !== undefined) throw new RangeError(`variable ${missing} of ${reads.length}`);
  return { parameters, declarations, reads, names };
}

/** A parameter does not take the name of a feature that is read from it. */
function parameterName(
  name: string,
  features: readonly string[] | undefined,
  used: ReadonlySet<number>,
  first: number,
): string {
  const isTaken = features?.some(
    (feature, cell) => used.has(first + cell) && feature.toLowerCase() === name.toLowerCase(),
  );
  return isTaken === true && features !== undefined && features.length > 0
    ? `${name} values`
    : name;
}

/** The indices of a row-major position. */
function indicesOf(cell: number, shape: readonly number[]): readonly number[] {
  let rest = cell;
  const indices: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    indices.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return indices;
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
