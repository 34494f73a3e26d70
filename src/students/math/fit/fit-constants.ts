/**
 * Finds the constants of a formula: Levenberg and Marquardt's method where the loss is a square, BFGS
 * where it is not. Starts are the constants as they stand, then seeded ones around them.
 */
import type { Random } from '../../../numeric/random.js';
import type { Engine } from '../engine/engine.js';
import { withConstants } from '../formula.js';
import type { Formula } from '../formula.js';
import { minimise } from './bfgs.js';
import { fitLeastSquares, isSumOfSquares } from './levenberg-marquardt.js';

export interface FitOptions {
  /** Most steps from each start. */
  readonly iterations?: number;
  /** Further starts; needs `random`. */
  readonly restarts?: number;
  readonly random?: Random;
  /** Positions of the constants that stay as they are; none by default. */
  readonly held?: ReadonlySet<number>;
}

export interface Fitted {
  readonly formula: Formula;
  readonly loss: number;
}

const DEFAULT_ITERATIONS = 40;
const NONE: ReadonlySet<number> = new Set();

/**
 * The formula with constants of least loss over the engine's data, as far as a local method finds them;
 * `undefined` where the formula is undefined at some row for every start. Never worse than it came.
 */
export function fitConstants(
  formula: Formula,
  engine: Engine,
  options: FitOptions = {},
): Fitted | undefined {
  const { iterations = DEFAULT_ITERATIONS, restarts = 0, random, held = NONE } = options;
  const tape = engine.compile(formula);
  if (tape.constants.length <= held.size) {
    engine.countEvaluations(1);
    const loss = engine.lossOfTape(tape);
    return Number.isFinite(loss) ? { formula, loss } : undefined;
  }
  const descend = isSumOfSquares(engine) ? fitLeastSquares : minimise;
  let best = descend(tape, tape.constants, engine, { iterations, held });
  for (let k = 0; k < restarts && random !== undefined; k++) {
    const start = tape.constants.map((value, k) =>
      held.has(k) ? value : value * (1 + 0.5 * random.normal()),
    );
    const found = descend(tape, start, engine, { iterations, held });
    if (found !== undefined && (best === undefined || found.loss < best.loss)) best = found;
  }
  if (best === undefined) return undefined;
  return { formula: withConstants(formula, best.constants), loss: best.loss };
}
