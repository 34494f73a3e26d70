/**
 * The guard of `scores`: text that throws a RangeError, naming expected and actual, unless an input has
 * the network's shape, or where sizes are symbols a shape that its code can read. Every row is tested, so that ragged input never gives an answer.
 *
 * One axis is tested in place; for more there is a function, told apart by `nameOfCheck`.
 */
import type { ModelInterface } from '../ir/model-interface.js';
import { inputType } from './interface-types.js';
import { capitalize, freeName, toIdentifier } from './naming.js';
import type { Extent } from './sizes.js';

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
  extents: readonly Extent[],
  parameter: string,
  check: string | undefined,
): string {
  if (extents.length === 0) return '';
  if (check !== undefined) return `${check}(${parameter});`;
  return lengthGuard(parameter, parameter, extents[0]);
}

/** The function that checks an input of two or more axes, told in `words`. */
export function printCheck(
  extents: readonly Extent[],
  words: string,
  parameter: string,
  name: string,
): PrintedFunction {
  return {
    name,
    doc: `Throws a RangeError unless \`${parameter}\` has ${words}.`,
    parameters: [{ name: parameter, type: inputType(extents) }],
    returnType: 'void',
    body: extents.length === 2 ? matrixCheck(parameter, extents) : nestedCheck(parameter, extents),
  };
}

/** Copied before it is looked at: engines are slow at `Array.from` with a function. */
function matrixCheck(parameter: string, [rows, columns]: readonly Extent[]): string {
  const lengths = freeName('lengths', new Set([parameter]));
  const width = columns.kind === 'fixed' ? String(columns.value) : `${lengths}[0]`;
  const conditions = [`${lengths}.every((length) => length === ${width})`];
  if (columns.kind === 'size') conditions.unshift(`${lengths}[0] >= ${columns.least}`);
  if (rows.kind === 'fixed') conditions.unshift(`${lengths}.length === ${rows.value}`);
  // A first row that is long enough is a row: one row needs no condition of its own.
  else if (rows.least > 1 || columns.kind === 'fixed') {
    conditions.unshift(`${lengths}.length >= ${rows.least}`);
  }
  const message = `${parameter}: expected ${matrixWords(rows, columns)}, got row lengths`;
  return [
    `const ${lengths} = Array.from(${parameter}).map((row) => row.length);`,
    ...returnIf(conditions, lengths),
    `throw new RangeError(\`${message} [\${${lengths}.join(', ')}]\`);`,
  ].join('\n');
}

/** Three conditions are too many for a line: the first two get a name. */
function returnIf(conditions: readonly string[], taken: string): readonly string[] {
  if (conditions.length < 3) return [`if (${conditions.join(' && ')}) return;`];
  const enough = freeName('enough', new Set([taken]));
  const [first, second, ...rest] = conditions;
  return [`const ${enough} = ${first} && ${second};`, `if (${[enough, ...rest].join(' && ')}) return;`]; // prettier-ignore
}

/** `28 × 28`, or `2 or more rows of equal length`. */
function matrixWords(rows: Extent, columns: Extent): string {
  if (rows.kind === 'fixed' && columns.kind === 'fixed') return `${rows.value} × ${columns.value}`;
  const count = rows.kind === 'fixed' ? `${rows.value} ` : rows.least > 1 ? `${rows.least} or more ` : ''; // prettier-ignore
  if (columns.kind === 'fixed') return `${count}rows of length ${columns.value}`;
  return `${count}rows of equal length${columns.least > 1 ? `, ${columns.least} or more` : ''}`;
}

/** Loops over all axes but the last; the error names the place, such as `volume[2][0]`. */
function nestedCheck(parameter: string, extents: readonly Extent[]): string {
  const levels = extents.length - 1;
  const lines = [lengthGuard(parameter, parameter, extents[0])];
  let [access, first, place] = [parameter, parameter, parameter];
  for (let axis = 0; axis < levels; axis++) {
    const iterator = freeName(`axis${axis}`, new Set([parameter]));
    const extent = extents[axis];
    const end = extent.kind === 'fixed' ? String(extent.value) : `${access}.length`;
    lines.push(`for (let ${iterator} = 0; ${iterator} < ${end}; ${iterator}++) {`);
    access += `[${iterator}]`;
    first += '[0]';
    place += `[\${${iterator}}]`;
    lines.push(nestedGuard(access, first, place, extents[axis + 1]));
  }
  return lines.join('\n') + '\n}'.repeat(levels);
}

/** Arrays of an axis that varies must all be as long as the first one. */
function nestedGuard(access: string, first: string, place: string, extent: Extent): string {
  if (extent.kind === 'fixed') return lengthGuard(access, place, extent);
  const condition = `${access}.length < ${extent.least} || ${access}.length !== ${first}.length`;
  const expected = `length \${${first}.length} (${extent.least} or more)`;
  return throwWhere(condition, place, expected, access);
}

function lengthGuard(access: string, place: string, extent: Extent): string {
  return extent.kind === 'fixed'
    ? throwWhere(`${access}.length !== ${extent.value}`, place, `length ${extent.value}`, access)
    : throwWhere(`${access}.length < ${extent.least}`, place, `length ${extent.least} or more`, access); // prettier-ignore
}

/** Throws where the condition, which says that the shape is wrong, holds. */
function throwWhere(wrong: string, place: string, expected: string, access: string): string {
  const message = `${place}: expected ${expected}, got \${${access}.length}`;
  return `if (${wrong}) {\nthrow new RangeError(\`${message}\`);\n}`;
}
