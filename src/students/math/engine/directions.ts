/**
 * The loss `direction`: how far the gradient of a formula is from being parallel to the rows' unit vectors,
 * whichever way it points. Its residual at a row is the part of the formula's unit gradient that is
 * perpendicular to the row's direction, whose square is 1 − cos².
 */
import type { Dataset } from '../problem.js';
import type { Differentiator } from './jacobian.js';
import type { Tape } from './tape.js';

export interface DirectionLoss {
  /** Weighted mean of 1 − cos²; `undefined` where the formula or a slope is not finite at some row. */
  readonly lossOf: (tape: Tape, constants?: ArrayLike<number>) => number | undefined;
  /**
   * The residuals, one column for each variable, in arrays that hold until the next call; a row at which the
   * formula does not move has a residual of length 1.
   */
  readonly residualsOf: (
    tape: Tape,
    constants?: ArrayLike<number>,
  ) => readonly Float64Array[] | undefined;
}

/** @throws TypeError for data without directions. */
export function createDirectionLoss(
  { directions }: Dataset,
  differentiator: Differentiator,
  shares: Float64Array,
): DirectionLoss {
  if (directions === undefined) throw new TypeError('the data have no directions');
  const rows = shares.length;
  const width = directions.length;
  const residuals = directions.map(() => new Float64Array(rows));
  const residualsOf = (tape: Tape, constants: ArrayLike<number> = tape.constants) => {
    const slopes = differentiator.slopes(tape, constants, { byVariable: true });
    if (slopes === undefined) return undefined;
    const { byVariable } = slopes;
    for (let row = 0; row < rows; row++) {
      // Scaled by the largest part, so that no square overflows or vanishes.
      let scale = 0;
      for (let k = 0; k < width; k++) scale = Math.max(scale, Math.abs(byVariable[k][row]));
      if (scale === 0) {
        for (let k = 0; k < width; k++) residuals[k][row] = k === 0 ? 1 : 0;
        continue;
      }
      let [square, along] = [0, 0];
      for (let k = 0; k < width; k++) {
        const part = byVariable[k][row] / scale;
        square += part * part;
        along += part * directions[k][row];
      }
      const length = Math.sqrt(square);
      for (let k = 0; k < width; k++) {
        const part = byVariable[k][row] / scale;
        residuals[k][row] = (part - along * directions[k][row]) / length;
      }
    }
    return residuals;
  };
  return {
    residualsOf,
    lossOf(tape, constants) {
      const found = residualsOf(tape, constants);
      if (found === undefined) return undefined;
      let sum = 0;
      for (const column of found) {
        for (let row = 0; row < rows; row++) sum += shares[row] * column[row] * column[row];
      }
      return sum;
    },
  };
}
