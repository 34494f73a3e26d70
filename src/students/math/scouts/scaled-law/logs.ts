/** The logarithms that laws with a scale are fitted on, and what a scale leaves of them. */
import { dot, norm, subtractBasis } from '../shared/least-squares.js';
import type { Sample } from '../shared/sample.js';
import type { Response } from './responses.js';

const MOST_VARIABLES = 6;

/** The logarithms that a law is fitted on; rows whose target is 0 have no weight. */
export interface Logs {
  readonly variables: readonly number[];
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  readonly roots: Float64Array;
  readonly sign: number;
  /** Orthonormal: the weighted columns and a constant. */
  readonly basis: readonly Float64Array[];
  /** What they leave of the weighted target. */
  readonly rest: Float64Array;
}

export function logsOf(sample: Sample): Logs | undefined {
  const { columns, rows, target, logRoots: weights } = sample;
  const variables = columns
    .map((_, index) => index)
    .filter((index) => isUsable(columns[index]))
    .slice(0, MOST_VARIABLES);
  if (variables.length === 0) return undefined;
  const sign = target.reduce((sum, y) => sum + Math.sign(y), 0) < 0 ? -1 : 1;
  if (target.every((y) => y === 0)) return undefined;
  const logTarget = target.map((y) => (y === 0 ? 0 : Math.log(Math.abs(y))));
  const logs = variables.map((index) => columns[index].map(Math.log));
  const basis: Float64Array[] = [];
  for (const column of [new Float64Array(rows).fill(1), ...logs]) {
    const direction = column.map((value, i) => value * weights[i]);
    const before = norm(direction);
    subtractBasis(direction, basis);
    subtractBasis(direction, basis);
    const length = norm(direction);
    if (length > DEPENDENT * before) basis.push(direction.map((value) => value / length));
  }
  const rest = logTarget.map((value, i) => value * weights[i]);
  subtractBasis(rest, basis);
  subtractBasis(rest, basis);
  return { variables, columns: logs, target: logTarget, roots: weights, sign, basis, rest };
}

/** A column whose part off the others is smaller than this share of it depends on them. */
const DEPENDENT = 1e-10;

/** Only positive variables have powers of every kind. */
function isUsable(column: Float64Array): boolean {
  return column.every((value) => value > 0) && column.some((value) => value !== column[0]);
}

/** u at every row. */
export function productColumn(exponents: readonly number[], { columns }: Logs): Float64Array {
  return columns[0].map((_, i) =>
    Math.exp(exponents.reduce((sum, e, k) => sum + e * columns[k][i], 0)),
  );
}

/** Share of the target that the powers and φ(scale · u) leave; NaN where φ is not defined at a row. */
export function leftBy(
  scale: number,
  values: Float64Array,
  response: Response,
  logs: Logs,
): number {
  const { roots, basis, rest } = logs;
  const column = values.map((u, i) =>
    roots[i] === 0 ? 0 : roots[i] * response.logarithm(scale * u),
  );
  const before = norm(column);
  if (!Number.isFinite(before)) return NaN;
  subtractBasis(column, basis);
  const length = norm(column);
  const whole = dot(rest, rest);
  if (!(length > DEPENDENT * before)) return whole;
  return whole - (dot(column, rest) / length) ** 2;
}
