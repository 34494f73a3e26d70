/**
 * Smaller problems made from a larger one by asking its teacher: some variables held at the values of
 * one point, or two variables replaced by an expression of theirs. Their data are fresh answers.
 */
import type { CellDomain } from '../../../../ir/model-interface.js';
import { call, constant, variable } from '../../formula.js';
import type { Formula } from '../../formula.js';
import { withoutRules } from '../../knowledge/rules.js';
import type { Problem } from '../../problem.js';
import { powerOf } from '../shared/build.js';
import { foldFormula } from '../shared/fold.js';
import { spreadRows } from '../shared/sample.js';
import { withFiniteAnswers } from './interrogation.js';
import type { Merge } from './tests.js';

export interface Part {
  readonly problem: Problem;
  /** What each variable of the part is in the whole. */
  readonly meaning: readonly Formula[];
}

const MOST_ROWS = 150;
const LEAST_ROWS = 8;

/**
 * The function of the variables in `group` that is left when the others stand at `base`, with `change`
 * done to every answer; `undefined` where too few answers are finite.
 */
export function sliceProblem(
  problem: Problem,
  group: readonly number[],
  base: readonly number[],
  change: (answer: number) => number,
): Part | undefined {
  const { ask, data } = problem;
  if (ask === undefined) return undefined;
  const rows = spreadRows(data.target.length, MOST_ROWS);
  const answer = (columns: readonly Float64Array[]): Float64Array => {
    const { length } = columns[0];
    const whole = base.map((value): Float64Array => new Float64Array(length).fill(value));
    group.forEach((index, k) => (whole[index] = columns[k]));
    return ask(whole).map(change);
  };
  const columns = group.map((index) => Float64Array.from(rows, (row) => data.columns[index][row]));
  return partOf(problem, columns, answer, {
    names: group.map((index) => data.names[index]),
    domains: group.map((index) => problem.domains[index] ?? { kind: 'real' }),
    meaning: group.map(variable),
  });
}

function partOf(
  problem: Problem,
  columns: readonly Float64Array[],
  ask: NonNullable<Problem['ask']>,
  {
    names,
    domains,
    meaning,
  }: {
    readonly names: readonly string[];
    readonly domains: readonly CellDomain[];
    readonly meaning: readonly Formula[];
  },
): Part | undefined {
  const kept = withFiniteAnswers(columns, ask(columns));
  if (kept.values.length < LEAST_ROWS) return undefined;
  return {
    problem: {
      data: { names, columns: kept.columns, target: kept.values },
      settings: withoutRules(problem.settings),
      domains,
      ask,
    },
    meaning,
  };
}

/** The problem in which the two variables of a merge are one, the last. */
export function mergedProblem(problem: Problem, merge: Merge): Part | undefined {
  const { ask, data, settings } = problem;
  if (ask === undefined) return undefined;
  const [a, b] = merge.pair;
  const rest = data.columns.map((_, index) => index).filter((index) => index !== a && index !== b);
  const rows = spreadRows(data.target.length, MOST_ROWS);
  const values = (index: number): Float64Array =>
    Float64Array.from(rows, (row) => data.columns[index][row]);
  const path = pathOf(merge, values(a), values(b));
  if (path === undefined) return undefined;
  const [columnA, columnB] = [values(a), values(b)];
  const merged = columnA.map((value, row) => path.value(value, columnB[row]));
  const columns = [...rest.map(values), merged];
  const answer = (asked: readonly Float64Array[]): Float64Array => {
    const last = asked[asked.length - 1];
    const whole = data.columns.map((): Float64Array => new Float64Array(last.length));
    rest.forEach((index, k) => (whole[index] = asked[k]));
    last.forEach((value, row) => ([whole[a][row], whole[b][row]] = path.point(value)));
    return ask(whole);
  };
  const operators = new Set(settings.operators);
  // Answers along a path stand for all points with the same value.
  return partOf(problem, columns, answer, {
    names: [...rest.map((index) => data.names[index]), `${data.names[a]} ${data.names[b]}`],
    domains: [...rest.map((index) => problem.domains[index] ?? { kind: 'real' }), { kind: 'real' }],
    meaning: [...rest.map(variable), foldFormula(path.formula(problem), operators)],
  });
}

interface Path {
  readonly value: (a: number, b: number) => number;
  /** A point (a, b) within the ranges with that value, or one at their end. */
  readonly point: (value: number) => [number, number];
  readonly formula: (problem: Problem) => Formula;
}

const BISECTIONS = 60;

function pathOf(
  { kind, factor, pair }: Merge,
  columnA: Float64Array,
  columnB: Float64Array,
): Path | undefined {
  const [a, b] = pair;
  const value = (x: number, y: number): number => {
    if (kind === 'sum') return x + factor * y;
    return kind === 'squares' ? x * x + factor * y * y : x * y ** factor;
  };
  const [rangeA, rangeB] = [columnA, columnB].map((column): [number, number] => [
    column.reduce((low, one) => Math.min(low, one)),
    column.reduce((high, one) => Math.max(high, one)),
  ]);
  // Along the path the expression grows from its least to its largest value.
  if (kind !== 'sum' && (rangeA[0] <= 0 || rangeB[0] <= 0)) return undefined;
  const [fromB, toB] = factor > 0 ? rangeB : [rangeB[1], rangeB[0]];
  const at = (share: number): [number, number] => [
    rangeA[0] + share * (rangeA[1] - rangeA[0]),
    fromB + share * (toB - fromB),
  ];
  return {
    value,
    point(wanted) {
      let [low, high] = [0, 1];
      for (let k = 0; k < BISECTIONS; k++) {
        const middle = (low + high) / 2;
        if (value(...at(middle)) < wanted) low = middle;
        else high = middle;
      }
      return at(low);
    },
    formula: ({ settings }) => {
      const [x, y] = [variable(a), variable(b)];
      if (kind === 'sum') return call('+', x, call('*', constant(factor), y));
      if (kind === 'product') {
        if (factor > 0) return call('*', x, powerOf(y, factor, settings));
        return call('/', x, powerOf(y, -factor, settings));
      }
      const squares = [x, y].map((one) => powerOf(one, 2, settings));
      return call('+', squares[0], call('*', constant(factor), squares[1]));
    },
  };
}

/** The formula of a part, in the variables of the whole. */
export function inTheWhole(formula: Formula, part: Pick<Part, 'meaning'>): Formula {
  if (formula.kind === 'variable') return part.meaning[formula.index];
  if (formula.kind === 'constant') return formula;
  return { ...formula, arguments: formula.arguments.map((one) => inTheWhole(one, part)) };
}
