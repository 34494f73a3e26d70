/** Monomials Π x_i^e_i with whole exponents, in order of degree. */
import type { Sample } from './sample.js';

/**
 * All monomials of the largest degree up to `mostDegree` of which there are at most `most`; the constant
 * comes first, then the variables in order.
 */
export function monomialsUpTo(
  variables: number,
  mostDegree: number,
  most: number,
): readonly (readonly number[])[] {
  let found: (readonly number[])[] = [new Array<number>(variables).fill(0)];
  for (let degree = 1; degree <= mostDegree; degree++) {
    const layer = monomialsOf(variables, degree);
    if (found.length + layer.length > most) break;
    found = [...found, ...layer];
  }
  return found;
}

function monomialsOf(variables: number, degree: number): readonly (readonly number[])[] {
  if (variables === 0) return [];
  if (variables === 1) return [[degree]];
  const found: (readonly number[])[] = [];
  for (let first = degree; first >= 0; first--) {
    for (const rest of monomialsOf(variables - 1, degree - first)) found.push([first, ...rest]);
  }
  return found;
}

/** The value of a monomial at every row of a sample. */
export function columnOfMonomial(
  exponents: readonly number[],
  { columns, rows }: Pick<Sample, 'columns' | 'rows'>,
): Float64Array {
  const column = new Float64Array(rows).fill(1);
  exponents.forEach((exponent, index) => {
    for (let k = 0; k < exponent; k++) {
      for (let i = 0; i < rows; i++) column[i] *= columns[index][i];
    }
  });
  return column;
}
