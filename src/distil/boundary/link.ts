/**
 * The monotone function that leads from a formula to the network's number: a + b·ψ of it, with ψ out of a few
 * functions that have an inverse, fitted by least squares.
 */
import { explainedShare } from '../../ir/fidelity.js';
import { call, constant } from '../../students/math/formula.js';
import type { Formula } from '../../students/math/formula.js';

export interface Link {
  /** Over variable 0, which stands for the formula's value. */
  readonly formula: Formula;
  /** Share of the number's variation that it explains. */
  readonly share: number;
}

interface Shape {
  readonly operator: string | undefined;
  readonly isDefined: (value: number) => boolean;
  readonly value: (value: number) => number;
}

/** Simple ones first: a later one has to explain more. All rise or fall where they are defined. */
const SHAPES: readonly Shape[] = [
  { operator: undefined, isDefined: Number.isFinite, value: (f) => f },
  { operator: 'log', isDefined: (f) => f > 0, value: Math.log },
  { operator: 'exp', isDefined: (f) => f < 300, value: Math.exp },
  { operator: 'sqrt', isDefined: (f) => f >= 0, value: Math.sqrt },
  { operator: 'square', isDefined: (f) => f >= 0, value: (f) => f * f },
  { operator: 'cube', isDefined: Number.isFinite, value: (f) => f * f * f },
  { operator: 'atan', isDefined: Number.isFinite, value: Math.atan },
  { operator: 'tanh', isDefined: Number.isFinite, value: Math.tanh },
];

/** What a further function has to explain more, of what is left. */
const LEAST_GAIN = 0.02;

/** @param values of the formula. @param target the network's number, at the same rows. */
export function linkOf(values: Float64Array, target: Float64Array): Link | undefined {
  let best: Link | undefined;
  for (const { operator, isDefined, value } of SHAPES) {
    if (!values.every(isDefined)) continue;
    const bent = values.map(value);
    const line = lineOf(bent, target);
    if (line === undefined) continue;
    const share = explainedShare(target, bent.map((x) => line.offset + line.factor * x)); // prettier-ignore
    if (best !== undefined && !(1 - share < (1 - best.share) * (1 - LEAST_GAIN))) continue;
    const variable: Formula = { kind: 'variable', index: 0 };
    const inner = operator === undefined ? variable : call(operator, variable);
    const formula = call('+', constant(line.offset), call('*', constant(line.factor), inner));
    best = { formula, share };
  }
  return best;
}

/** Share of the mean square below which a variance is nothing but rounding. */
const CONSTANT = 1e-20;

function lineOf(
  x: Float64Array,
  y: Float64Array,
): { readonly offset: number; readonly factor: number } | undefined {
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [variance, covariance] = [0, 0];
  for (let row = 0; row < x.length; row++) {
    variance += (x[row] - meanX) ** 2;
    covariance += (x[row] - meanX) * (y[row] - meanY);
  }
  const factor = covariance / variance;
  const isMoving = variance > CONSTANT * x.length * (meanX * meanX);
  return isMoving && Number.isFinite(factor) && factor !== 0
    ? { offset: meanY - factor * meanX, factor }
    : undefined;
}
