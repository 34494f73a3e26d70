/** The head of a program that a student prints: what it reads of its inputs, by the features' names. */
import { sizeOf } from '../ir/model-interface.js';
import type { ModelInterface } from '../ir/model-interface.js';
import { constant, element, ref, symbol } from '../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement } from '../ir/program.js';

export interface ReadInputs {
  readonly parameters: readonly ProgramSymbol[];
  readonly declarations: readonly Statement[];
  /** By variable: the expression that reads it, and what it is called. */
  readonly reads: readonly Expression[];
  readonly names: readonly string[];
}

/**
 * Reads the cells of a model's inputs that are used, counted row-major, input after input.
 *
 * @param given one name for each cell; absent: the features of the inputs. Cells without a name are read
 * where they occur, as `image[2][3]`.
 * @throws RangeError for a used cell that the model has not.
 */
export function readInputs(
  used: ReadonlySet<number>,
  model: ModelInterface,
  given?: readonly string[],
): ReadInputs {
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
