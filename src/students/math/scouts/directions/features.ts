/** Small expressions over a field, each with its gradient by the variables of the problem. */
import { complexityOf } from '../../complexity.js';
import { createDifferentiator } from '../../engine/jacobian.js';
import { compileTape } from '../../engine/tape.js';
import { call } from '../../formula.js';
import type { Formula } from '../../formula.js';
import { resolveOperators } from '../../knowledge/resolve-operators.js';
import type { Settings } from '../../problem.js';
import { enumerateBlocks } from '../bank/enumerate.js';
import type { EnumerationLimits } from '../bank/enumerate.js';
import type { Field } from './field.js';
import type { Feature } from './sums.js';

/** A formula over the expressions of a field, over the variables of the problem. */
export function overVariables(formula: Formula, expressions: readonly Formula[]): Formula {
  if (formula.kind === 'variable') return expressions[formula.index];
  if (formula.kind === 'constant') return formula;
  return call(
    formula.operator,
    ...formula.arguments.map((part) => overVariables(part, expressions)),
  );
}

/** Mean squares of gradients from here on are not told apart from overflow. */
const LARGEST = 1e60;

/**
 * The expressions in order of complexity; those whose gradient is not finite, or vanishes everywhere, are
 * left out, and one of those whose gradients are multiples of each other is kept.
 *
 * @param directions one column for each variable of the problem.
 */
export function featuresOfField(
  field: Field,
  directions: readonly Float64Array[],
  settings: Settings,
  limits: EnumerationLimits,
): readonly Feature[] {
  const rows = directions[0].length;
  const sample = {
    problem: { settings },
    engine: { operators: resolveOperators(settings.knowledge?.operators) },
    columns: field.columns,
    rows,
    isPossible: () => true,
  };
  const differentiator = createDifferentiator(field.columns, rows);
  const features: Feature[] = [];
  const seen = new Set<string>();
  for (const { formula, isConstant } of enumerateBlocks(sample, limits)) {
    if (isConstant) continue;
    const slopes = differentiator.slopes(compileTape(formula), undefined, { byVariable: true });
    if (slopes === undefined) continue;
    const gradient = chain(slopes.byVariable, field, directions.length, rows);
    if (gradient === undefined) continue;
    const key = keyOfGradient(gradient);
    if (seen.has(key)) continue;
    seen.add(key);
    const whole = overVariables(formula, field.expressions);
    features.push({
      formula: whole,
      complexity: complexityOf(whole, settings),
      gradient,
      across: acrossOf(gradient, directions),
    });
  }
  return features;
}

/** Row after row; brought to a mean square length of 1. `undefined` where there is none, or it is huge. */
function chain(
  byExpression: readonly Float64Array[],
  { gradients }: Field,
  width: number,
  rows: number,
): Float64Array | undefined {
  const result = new Float64Array(rows * width);
  byExpression.forEach((slopes, k) => {
    for (let c = 0; c < width; c++) {
      const own = gradients[k][c];
      for (let row = 0; row < rows; row++) result[row * width + c] += slopes[row] * own[row];
    }
  });
  const square = result.reduce((sum, value) => sum + value * value, 0) / rows;
  if (!(square > 0 && square < LARGEST)) return undefined;
  const length = Math.sqrt(square);
  return result.map((value) => value / length);
}

/** Columns as one array, row after row. */
export function rowsFirst(
  columns: readonly Float64Array[],
  width: number,
  rows: number,
): Float64Array {
  return Float64Array.from({ length: rows * width }, (_, cell) => {
    return columns[cell % width][Math.floor(cell / width)];
  });
}

/** The part of gradients, row after row, that is perpendicular to the rows' directions. */
export function acrossOf(
  gradient: Float64Array,
  directions: readonly Float64Array[],
): Float64Array {
  const width = directions.length;
  const across = gradient.slice();
  for (let row = 0; row * width < gradient.length; row++) {
    let along = 0;
    for (let c = 0; c < width; c++) along += gradient[row * width + c] * directions[c][row];
    for (let c = 0; c < width; c++) across[row * width + c] -= along * directions[c][row];
  }
  return across;
}

const DIGITS = 9;

/** A text that gradients share which are the same up to a factor and to rounding. */
function keyOfGradient(gradient: Float64Array): string {
  let [sum, other] = [0, 0];
  gradient.forEach((value, k) => {
    sum += value * (((k + 1) * 0.6180339887498949) % 1);
    other += value * (((k + 1) * 0.7548776662466927) % 1);
  });
  const sign = sum < 0 ? -1 : 1;
  return `${(sign * sum).toPrecision(DIGITS)} ${(sign * other).toPrecision(DIGITS)}`;
}
