/**
 * Measures where the formulas of a subject are off. Of a network by origins of inputs (`origins.ts`), of a
 * table on its rows, which are all there is.
 */
import { decide } from '../../ir/decision.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { Decision } from '../../ir/model-interface.js';
import type {
  ErrorAnalysis,
  ErrorFigures,
  ResidualRows,
  WorstInput,
} from '../../ir/error-analysis.js';
import { explainedShare } from '../../ir/fidelity.js';
import { evaluateFormula } from '../../students/math/engine/evaluate-formula.js';
import type { Formula } from '../../students/math/formula.js';
import { createAsk } from '../create-ask.js';
import type { Cell, Subject } from '../subject.js';
import { originsOf } from './origins.js';
import type { Origin } from './origins.js';

/** Of fewer inputs R² says nothing: they may lie next to each other, and not be what varies. */
const FEWEST = 10;

/** Listed of the first origin; of each further one the worst alone. */
const WORST_LISTED = 5;

/** What was measured of one cell. */
export interface AnalysedCell {
  readonly analysis: ErrorAnalysis;
  /** Of the first origin: the training range, or the rows. */
  readonly residuals: ResidualRows;
}

/**
 * One analysis for each cell.
 *
 * @param formulas one for each cell, over the input cells of the module; of a table over its features.
 */
export function analyseErrors(
  subject: Subject,
  formulas: readonly Formula[],
): readonly AnalysedCell[] {
  const { cells, kind } = subject;
  const [{ inRange }] = cells;
  const origins =
    kind === 'table' ? [{ name: 'rows', columns: inRange.columns }] : originsOf(subject);
  const answered = origins.map((origin) => answer(subject, formulas, origin));
  return cells.map((cell, k) => {
    const compared = origins.map((origin, at) => compare(cell, origin, answered[at], k));
    const figures = compared.map((one, at) => figuresOf(one, answered[at].decisions));
    const worst = compared.flatMap((one, at) => worstOf(cell, one, at === 0 ? WORST_LISTED : 1));
    const lineOf = kind === 'table' ? subject.lineOf : undefined;
    const { columns, expected, actual } = compared[0];
    const { names } = cell.problem.data;
    return {
      analysis: { figures, worst: worst.map(({ row, ...own }) => withLine(own, row, lineOf)) },
      residuals: { target: cell.name, names, columns, expected, actual },
    };
  });
}

function withLine(
  worst: WorstInput,
  row: number,
  lineOf: ((row: number) => number) | undefined,
): WorstInput {
  return lineOf === undefined ? worst : { ...worst, line: lineOf(row) };
}

/** What network and formulas answer to the inputs of an origin. */
interface Answered {
  /** One column for each cell. */
  readonly expected: readonly Float64Array[];
  readonly actual: readonly Float64Array[];
  readonly decisions: number | undefined;
}

function answer(
  { cells, model, declared, kind }: Subject,
  formulas: readonly Formula[],
  { columns }: Origin,
): Answered {
  const expected = cells.map(({ problem, teacher }) =>
    teacher === undefined
      ? problem.data.target
      : createAsk({ network: teacher.network, target: teacher.target })(columns),
  );
  const actual = formulas.map((formula) => {
    const point = columns.map(() => 0);
    return Float64Array.from(columns[0], (_, row) => {
      columns.forEach((column, k) => (point[k] = column[row]));
      return evaluateFormula(formula, point);
    });
  });
  const isDecided = kind === 'network' && declared === undefined && model.decision.kind !== 'none';
  // A decision is drawn from the first output alone.
  const scores = sizeOf(model.outputs[0].shape);
  const decisions = isDecided
    ? equalDecisions(model.decision, expected.slice(0, scores), actual.slice(0, scores))
    : undefined;
  return { expected, actual, decisions };
}

function equalDecisions(
  decision: Decision,
  expected: readonly Float64Array[],
  actual: readonly Float64Array[],
): number {
  const drawn = (answers: readonly Float64Array[], row: number): number =>
    decide(decision, answers.map((column) => column[row])); // prettier-ignore
  const count = expected[0].length;
  const rows = Array.from({ length: count }, (_, row) => row);
  return rows.filter((row) => drawn(expected, row) === drawn(actual, row)).length / count;
}

/** The rows of an origin at which a cell is a number, with their positions among all. */
interface Compared {
  readonly name: string;
  readonly rows: Uint32Array;
  readonly columns: readonly Float64Array[];
  readonly expected: Float64Array;
  readonly actual: Float64Array;
  readonly errors: Float64Array;
}

function compare(
  { inputs }: Cell,
  { name, columns }: Origin,
  answered: Answered,
  cell: number,
): Compared {
  const all = answered.expected[cell];
  const rows = Uint32Array.from(all.keys()).filter((row) => Number.isFinite(all[row]));
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]); // prettier-ignore
  const [expected, actual] = [pick(all), pick(answered.actual[cell])];
  const errors = expected.map((value, row) => {
    const error = Math.abs(actual[row] - value);
    return Number.isNaN(error) ? Infinity : error;
  });
  return {
    name,
    rows,
    columns: inputs.map((input) => pick(columns[input])),
    expected,
    actual,
    errors,
  };
}

function figuresOf(
  { name, expected, actual, errors }: Compared,
  decisions: number | undefined,
): ErrorFigures {
  return {
    name,
    inputs: errors.length,
    fidelity: errors.length < FEWEST ? NaN : explainedShare(expected, actual),
    rms: Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length),
    worst: errors.reduce((most, error) => Math.max(most, error), 0),
    ...(decisions === undefined ? {} : { decisions }),
  };
}

/** The inputs of the largest errors; of equal ones the first. */
function worstOf(
  { problem }: Cell,
  { name, rows, columns, expected, actual, errors }: Compared,
  count: number,
): readonly (WorstInput & { readonly row: number })[] {
  const { names } = problem.data;
  return Array.from(errors.keys())
    .sort((one, other) => compareErrors(errors[one], errors[other]) || one - other)
    .slice(0, count)
    .map((at) => ({
      from: name,
      input: Object.fromEntries(names.map((feature, k) => [feature, columns[k][at]])),
      expected: expected[at],
      actual: actual[at],
      error: errors[at],
      row: rows[at],
    }));
}

/** Larger errors first; infinite ones are equal. */
function compareErrors(one: number, other: number): number {
  return one === other ? 0 : other - one;
}
