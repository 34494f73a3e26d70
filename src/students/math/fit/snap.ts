/**
 * Replaces fitted constants by nice ones, one at a time, the others fitted again: where that makes the
 * description of the data shorter, and nowhere else. What is known to many digits is left alone, since
 * no nice number is near enough; what the data hardly determine gives way to the shortest number.
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { descriptionLength } from '../description-length.js';
import type { DataSize } from '../description-length.js';
import type { Engine } from '../engine/engine.js';
import { constantsOf, withConstants } from '../formula.js';
import type { Formula } from '../formula.js';
import { countBroken } from '../knowledge/rules.js';
import { fitConstants } from './fit-constants.js';
import type { Fitted } from './fit-constants.js';
import { isSumOfSquares, linearise } from './levenberg-marquardt.js';
import { niceNumbersNear } from './nice-numbers.js';
import { trimFormula } from './trim.js';

/**
 * Standard errors around a fitted constant in which nice numbers are looked for: a number that is further
 * off would be told as wrong by every twentieth data set, and hides what was measured.
 */
const WINDOW_ERRORS = 2;
/** And at least so far, relatively: a fit stops a little short of the best. */
const LEAST_WINDOW = 1e-7;
/** Nice numbers tried for one constant. */
const MOST_TRIED = 6;

/** The formula with as many nice constants as shorten the description; its loss is measured anew. */
export function snapConstants(fitted: Fitted, engine: Engine, size: DataSize): Fitted {
  let best = fitted;
  const fixed = new Set<number>();
  for (;;) {
    const next = snapOne(best, fixed, engine, size);
    if (next === undefined) return { formula: trimFormula(best.formula), loss: best.loss };
    best = next.fitted;
    fixed.add(next.position);
  }
}

interface Snapped {
  readonly fitted: Fitted;
  readonly position: number;
}

/** The one replacement that shortens the description most. */
function snapOne(
  { formula, loss }: Fitted,
  fixed: ReadonlySet<number>,
  engine: Engine,
  size: DataSize,
): Snapped | undefined {
  const { settings } = engine.problem;
  const values = constantsOf(formula);
  const windows = windowsOf(formula, engine, size);
  let shortest = descriptionLength(trimFormula(formula), loss, size);
  let best: Snapped | undefined;
  values.forEach((value, position) => {
    if (fixed.has(position)) return;
    const near = niceNumbersNear(value, windows[position]).slice(0, MOST_TRIED);
    for (const nice of near) {
      const tried = fitWithFixed(
        formula,
        new Set([...fixed, position]),
        position,
        nice.value,
        engine,
      );
      if (tried === undefined || countBroken(trimFormula(tried.formula), settings) > 0) continue;
      const length = descriptionLength(trimFormula(tried.formula), tried.loss, size);
      // Equal as it stands: held in place from now on.
      if (length < shortest || (best === undefined && nice.value === value && length <= shortest)) {
        [shortest, best] = [length, { fitted: tried, position }];
      }
    }
  });
  return best;
}

/** Fits all constants but the fixed ones, which stay (the one at `position` at `value`). */
function fitWithFixed(
  formula: Formula,
  fixed: ReadonlySet<number>,
  position: number,
  value: number,
  engine: Engine,
): Fitted | undefined {
  const values = constantsOf(formula);
  values[position] = value;
  const fitted = fitConstants(withConstants(formula, values), engine, { held: fixed });
  return fitted;
}

/** How far from each constant nice numbers may lie: some standard errors. */
function windowsOf(formula: Formula, engine: Engine, size: DataSize): readonly number[] {
  const values = constantsOf(formula);
  const errors = isSumOfSquares(engine) ? standardErrors(formula, engine, size) : undefined;
  return values.map((value, k) => {
    const least = LEAST_WINDOW * Math.abs(value);
    return errors === undefined ? least : Math.max(least, WINDOW_ERRORS * errors[k]);
  });
}

/** Standard errors of the constants by the curvature of the loss; `undefined` where it is singular. */
function standardErrors(
  formula: Formula,
  engine: Engine,
  size: DataSize,
): readonly number[] | undefined {
  const tape = engine.compile(formula);
  const local = linearise(tape, tape.constants, engine);
  if (local === undefined) return undefined;
  const count = tape.constants.length;
  const scales = Array.from({ length: count }, (_, k) => Math.sqrt(local.normal.get(k, k)));
  if (scales.some((scale) => !(scale > 0 && scale < Infinity))) return undefined;
  const scaled = Matrix.zeros(count, count);
  for (let k = 0; k < count; k++) {
    for (let l = 0; l < count; l++)
      scaled.set(k, l, local.normal.get(k, l) / (scales[k] * scales[l]));
  }
  const cholesky = new CholeskyDecomposition(scaled);
  if (!cholesky.isPositiveDefinite()) return undefined;
  const inverse = cholesky.solve(Matrix.eye(count));
  // What the rows are off themselves is no less their variance for a formula that follows them.
  const variance = Math.max(local.loss, size.tolerance ?? size.floor) / size.effectiveRows;
  return scales.map((scale, k) => Math.sqrt(variance * inverse.get(k, k)) / scale);
}
