/**
 * The rows' directions over some expressions of the variables: what a merge has made of them so far. The
 * gradient of every function of these expressions lies in the space that their own gradients span; what part
 * of the directions lies outside of it is lost to all of these functions.
 */
import { createDifferentiator } from '../../engine/jacobian.js';
import { compileTape } from '../../engine/tape.js';
import { variable } from '../../formula.js';
import type { Formula } from '../../formula.js';

/** Columns of numbers, one for each row. */
type Columns = readonly Float64Array[];

export interface Field {
  /** Over the variables of the problem. */
  readonly expressions: readonly Formula[];
  /** Their values. */
  readonly columns: Columns;
  /** The gradient of each, one column for each variable of the problem. */
  readonly gradients: readonly Columns[];
  /** The rows' directions as sums of these gradients: the factor of each. */
  readonly slopes: Columns;
  /** Mean squared length of the part of the directions that is no such sum. */
  readonly lost: number;
}

/** The variables themselves. */
export function wholeField(columns: Columns, directions: Columns): Field {
  const rows = columns[0].length;
  const ones = new Float64Array(rows).fill(1);
  const zeros = new Float64Array(rows);
  return {
    expressions: columns.map((_, k) => variable(k)),
    columns,
    gradients: columns.map((_, k) => columns.map((__, other) => (other === k ? ones : zeros))),
    slopes: directions,
    lost: 0,
  };
}

/**
 * The field with one expression in place of two others.
 *
 * @param columns of the problem's variables.
 * @returns `undefined` where the expression or a slope of it is not finite at some row.
 */
export function mergeField(
  field: Field,
  pair: readonly [number, number],
  merged: Formula,
  columns: Columns,
  directions: Columns,
): Field | undefined {
  const rows = columns[0].length;
  const slopes = createDifferentiator(columns, rows).slopes(compileTape(merged), undefined, {
    byVariable: true,
  });
  if (slopes === undefined) return undefined;
  const rest = <T>(items: readonly T[]): readonly T[] => items.filter((_, k) => !pair.includes(k));
  const gradients = [...rest(field.gradients), slopes.byVariable.map((column) => column.slice())];
  const found = expressDirections(gradients, directions, rows);
  return {
    expressions: [...rest(field.expressions), merged],
    columns: [...rest(field.columns), slopes.values.slice()],
    gradients,
    ...found,
  };
}

/** Share of a squared gradient below which another one says nothing new, and is left out. */
const DEPENDENT = 1e-12;

/** Least squares at every row, by Gram and Schmidt. */
function expressDirections(
  gradients: readonly Columns[],
  directions: Columns,
  rows: number,
): Pick<Field, 'slopes' | 'lost'> {
  const count = gradients.length;
  const width = directions.length;
  const slopes = gradients.map(() => new Float64Array(rows));
  const basis = gradients.map(() => new Float64Array(width));
  const mixing = gradients.map(() => new Float64Array(count));
  let lost = 0;
  for (let row = 0; row < rows; row++) {
    const rest = Float64Array.from(directions, (column) => column[row]);
    const parts = new Float64Array(count);
    for (let k = 0; k < count; k++) {
      const own = basis[k];
      for (let c = 0; c < width; c++) own[c] = gradients[k][c][row];
      const before = dot(own, own);
      mixing[k].fill(0);
      for (let j = 0; j < k; j++) {
        const share = dot(own, basis[j]);
        mixing[k][j] = share;
        for (let c = 0; c < width; c++) own[c] -= share * basis[j][c];
      }
      const square = dot(own, own);
      const length = square > DEPENDENT * before ? Math.sqrt(square) : 0;
      mixing[k][k] = length;
      for (let c = 0; c < width; c++) own[c] = length > 0 ? own[c] / length : 0;
      parts[k] = dot(rest, own);
      for (let c = 0; c < width; c++) rest[c] -= parts[k] * own[c];
    }
    lost += dot(rest, rest) / rows;
    // Back substitution: gradient k is Σ mixing[k][j] · basis[j].
    for (let k = count - 1; k >= 0; k--) {
      const length = mixing[k][k];
      const factor = length > 0 ? parts[k] / length : 0;
      slopes[k][row] = factor;
      for (let j = 0; j < k; j++) parts[j] -= factor * mixing[k][j];
    }
  }
  return { slopes, lost };
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < left.length; k++) sum += left[k] * right[k];
  return sum;
}
