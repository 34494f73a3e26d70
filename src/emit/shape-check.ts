/**
 * The guard of `scores`: text that throws a RangeError, naming expected and actual, unless an input has
 * the network's shape. Every row is tested, so that ragged input never gives an answer.
 *
 * One axis is tested in place; for more there is a function, told apart by `nameOfCheck`.
 */
import type { InputTensor, ModelInterface } from '../ir/model-interface.js';
import { inputType, shapeWords } from './interface-types.js';
import { capitalize, freeName, toIdentifier } from './naming.js';

/** A function to be printed: its parameter's text, and its body as statements. */
export interface PrintedFunction {
  readonly name: string;
  readonly doc: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly returnType: string;
  readonly body: string;
}

/** The name of the function that checks an input; `undefined` where none is needed. */
export function nameOfCheck(model: ModelInterface, index: number): string | undefined {
  const { shape, name } = model.inputs[index];
  if (shape.length < 2) return undefined;
  if (model.inputs.length === 1) return 'checkShape';
  const words = `check${capitalize(toIdentifier(name))}`;
  const earlier = model.inputs
    .slice(0, index)
    .filter((other) => toIdentifier(other.name) === toIdentifier(name));
  return earlier.length === 0 ? words : `${words}${earlier.length + 1}`;
}

/** The statement in `scores` that checks one input, whose parameter is called `parameter`. */
export function printGuard(
  { shape }: InputTensor,
  parameter: string,
  check: string | undefined,
): string {
  if (shape.length === 0) return '';
  if (check !== undefined) return `${check}(${parameter});`;
  return lengthGuard(parameter, parameter, shape[0]);
}

/** The function that checks an input of two or more axes. */
export function printCheck(input: InputTensor, parameter: string, name: string): PrintedFunction {
  const { shape } = input;
  return {
    name,
    doc: `Throws a RangeError unless \`${parameter}\` has ${shapeWords(input)}.`,
    parameters: [{ name: parameter, type: inputType(shape) }],
    returnType: 'void',
    body: shape.length === 2 ? matrixCheck(parameter, shape) : nestedCheck(parameter, shape),
  };
}

function matrixCheck(parameter: string, [rows, columns]: readonly number[]): string {
  const lengths = freeName('lengths', new Set([parameter]));
  const message = `${parameter}: expected ${rows} × ${columns}, got row lengths`;
  return [
    `const ${lengths} = Array.from(${parameter}, (row) => row.length);`,
    `if (${lengths}.length === ${rows} && ${lengths}.every((length) => length === ${columns})) return;`,
    `throw new RangeError(\`${message} [\${${lengths}.join(', ')}]\`);`,
  ].join('\n');
}

/** Loops over all axes but the last; the error names the place, such as `volume[2][0]`. */
function nestedCheck(parameter: string, shape: readonly number[]): string {
  const levels = shape.length - 1;
  const lines = [lengthGuard(parameter, parameter, shape[0])];
  let access = parameter;
  let place = parameter;
  for (let axis = 0; axis < levels; axis++) {
    const iterator = freeName(`axis${axis}`, new Set([parameter]));
    lines.push(`for (let ${iterator} = 0; ${iterator} < ${shape[axis]}; ${iterator}++) {`);
    access += `[${iterator}]`;
    place += `[\${${iterator}}]`;
    lines.push(lengthGuard(access, place, shape[axis + 1]));
  }
  return lines.join('\n') + '\n}'.repeat(levels);
}

function lengthGuard(access: string, place: string, extent: number): string {
  const message = `${place}: expected length ${extent}, got \${${access}.length}`;
  return `if (${access}.length !== ${extent}) {\nthrow new RangeError(\`${message}\`);\n}`;
}
