/**
 * How a prediction is judged: one entry for each kind of loss, with its slope by the prediction, and the
 * signed residual whose square it is where it is a square (least squares then fits the constants).
 */
import { evaluateFormula } from './engine/evaluate-formula.js';
import { createDifferentiator } from './engine/jacobian.js';
import { compileTape } from './engine/tape.js';
import type { Formula } from './formula.js';
import type { LossSettings } from './problem.js';

export interface Loss {
  /** The loss at one row; NaN where the prediction has none. */
  readonly value: (prediction: number, target: number) => number;
  /** Its derivative by the prediction. */
  readonly slope: (prediction: number, target: number) => number;
  /** Present where `value` is the square of it. */
  readonly residual?: Residual;
}

export interface Residual {
  readonly value: (prediction: number, target: number) => number;
  readonly slope: (prediction: number, target: number) => number;
}

type Kind = LossSettings['kind'];
type SettingsOf<K extends Kind> = Extract<LossSettings, { readonly kind: K }>;

const LOSSES: { readonly [K in Kind]: (settings: SettingsOf<K>) => Loss } = {
  mse: () => square({ value: (p, y) => p - y, slope: () => 1 }),
  relative: () => square({ value: (p, y) => (p - y) / y, slope: (_, y) => 1 / y }),
  log: () => square({ value: (p, y) => Math.log(p / y), slope: (p) => 1 / p }),
  mae: () => ({ value: (p, y) => Math.abs(p - y), slope: (p, y) => Math.sign(p - y) }),
  huber: ({ delta }) => ({
    value: (p, y) => {
      const distance = Math.abs(p - y);
      return distance <= delta ? (distance * distance) / 2 : delta * (distance - delta / 2);
    },
    slope: (p, y) => Math.max(-delta, Math.min(delta, p - y)),
  }),
  pinball: ({ quantile }) => ({
    value: (p, y) => (y > p ? quantile * (y - p) : (1 - quantile) * (p - y)),
    slope: (p, y) => (y > p ? -quantile : 1 - quantile),
  }),
  // Gradients are judged in place of predictions: `engine/directions.ts`.
  direction: () => ({ value: () => NaN, slope: () => NaN }),
  custom: ({ formula }) => custom(formula),
};

/** The loss that settings describe. */
export function createLoss<K extends Kind>(settings: SettingsOf<K>): Loss {
  const { kind }: { readonly kind: K } = settings;
  return LOSSES[kind](settings);
}

function square(residual: Residual): Loss {
  return {
    value: (p, y) => residual.value(p, y) ** 2,
    slope: (p, y) => 2 * residual.value(p, y) * residual.slope(p, y),
    residual,
  };
}

/** Variable 0 of the formula is the prediction, variable 1 the target. */
function custom(formula: Formula): Loss {
  const columns = [new Float64Array(1), new Float64Array(1)];
  const differentiator = createDifferentiator(columns, 1);
  const tape = compileTape(formula);
  return {
    value: (p, y) => evaluateFormula(formula, [p, y]),
    slope: (p, y) => {
      [columns[0][0], columns[1][0]] = [p, y];
      const slopes = differentiator.slopes(tape, tape.constants, { byVariable: true });
      return slopes === undefined ? NaN : slopes.byVariable[0][0];
    },
  };
}
