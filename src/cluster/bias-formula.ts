/** Recognises biases that are affine in the ranks of a family, exactly. */
import type { IndexExpression } from '../ir/cluster.js';

/** The affine expression that equals `biases` (row-major over `extents`) at every rank, if any. */
export function solveRankBias(
  biases: Float64Array,
  extents: readonly number[],
): IndexExpression | undefined {
  // Any two numbers lie on a line: a formula needs a third to be evidence.
  if (biases.length < 3 || extents.length === 0) return undefined;
  const coefficients = new Array<number>(extents.length).fill(0);
  let stride = 1;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    if (extents[axis] > 1) coefficients[axis] = biases[stride] - biases[0];
    stride *= extents[axis];
  }
  const [constant] = biases;
  const fits = biases.every((bias, rank) => {
    let value = constant;
    let rest = rank;
    for (let axis = extents.length - 1; axis >= 0; axis--) {
      value += coefficients[axis] * (rest % extents[axis]);
      rest = Math.floor(rest / extents[axis]);
    }
    return value === bias;
  });
  return fits ? { kind: 'affine', constant, coefficients } : undefined;
}
