/**
 * Interchangeable cells: a table that depends on a group of cells through their number only is a table
 * over that number, which is far smaller, and its short expressions are about counts.
 *
 *   l, c, r (8 states)  →  count (4 states): count === 1  →  l + c + r === 1
 */
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import type { Feature, SynthesisProblem } from './problem.js';
import { dropIrrelevant, isFunction } from './relevance.js';
import { binary, numberExpression } from './term.js';

/** Two cells are as easily named one by one. */
const MIN_GROUP = 3;
/** A sum of cells reads as one thing, though a longer one than a name. */
const COUNT_READING_COST = 3;

/** The same table over other features, and the way back to the original ones. */
interface View {
  readonly problem: SynthesisProblem;
  /** What a feature of the view stands for; features that are not here stand for themselves. */
  readonly meaning: ReadonlyMap<ProgramSymbol, Expression>;
}

function sumOf(columns: readonly Float64Array[], states: number): Float64Array {
  const total = new Float64Array(states);
  for (const column of columns) {
    for (let state = 0; state < states; state++) total[state] += column[state];
  }
  return total;
}

/** The problem with the group's columns replaced by their sum, which comes last. */
function withCount(
  problem: SynthesisProblem,
  group: readonly number[],
  symbol: ProgramSymbol,
): SynthesisProblem {
  const members = new Set(group);
  const others = [...problem.features.keys()].filter((index) => !members.has(index));
  const count: Feature = { symbol, kind: 'count', cost: COUNT_READING_COST };
  const sum = sumOf(
    group.map((index) => problem.columns[index]),
    problem.states,
  );
  return {
    ...problem,
    features: [...others.map((index) => problem.features[index]), count],
    columns: [...others.map((index) => problem.columns[index]), sum],
  };
}

/** Groups of cells that only their number matters of, each at least `MIN_GROUP` long. */
function interchangeable(problem: SynthesisProblem): number[][] {
  const symbol: ProgramSymbol = { hint: 'count', type: { scalar: 'number', extents: [] } };
  const cells = [...problem.features.keys()].filter((index) => {
    const { kind } = problem.features[index];
    return kind === 'bit' || kind === 'boolean';
  });
  const groups: number[][] = [];
  for (const cell of cells) {
    const home = groups.find((group) => isFunction(withCount(problem, [group[0], cell], symbol)));
    if (home === undefined) groups.push([cell]);
    else home.push(cell);
  }
  return groups.filter(
    (group) => group.length >= MIN_GROUP && isFunction(withCount(problem, group, symbol)),
  );
}

/** A cell as a number. */
function cellNumber({ symbol, kind }: Feature): Expression {
  const name: Expression = { kind: 'symbol', symbol };
  if (kind !== 'boolean') return name;
  const [then, otherwise] = [numberExpression(1), numberExpression(0)];
  return { kind: 'conditional', condition: name, then, otherwise };
}

/** The view in which every group of interchangeable bits is its count; `undefined` without groups. */
export function countView(problem: SynthesisProblem): View | undefined {
  const meaning = new Map<ProgramSymbol, Expression>();
  let viewed = problem;
  for (const group of interchangeable(problem)) {
    const symbols = new Set(group.map((index) => problem.features[index].symbol));
    const symbol: ProgramSymbol = { hint: 'count', type: { scalar: 'number', extents: [] } };
    const places = [...viewed.features.keys()].filter((index) =>
      symbols.has(viewed.features[index].symbol),
    );
    const counted = withCount(viewed, places, symbol);
    // Groups may be interchangeable one at a time but not together.
    if (!isFunction(counted)) continue;
    viewed = counted;
    meaning.set(
      symbol,
      group
        .map((index) => cellNumber(problem.features[index]))
        .reduce((sum, cell) => binary('+', sum, cell)),
    );
  }
  return meaning.size === 0 ? undefined : { problem: dropIrrelevant(viewed), meaning };
}

/** The expression with the view's features replaced by what they stand for. */
export function substitute(
  expression: Expression,
  meaning: ReadonlyMap<ProgramSymbol, Expression>,
): Expression {
  const run = (inner: Expression): Expression => substitute(inner, meaning);
  switch (expression.kind) {
    case 'symbol':
      return meaning.get(expression.symbol) ?? expression;
    case 'unary':
      return { ...expression, operand: run(expression.operand) };
    case 'binary':
      return binary(expression.operator, run(expression.left), run(expression.right));
    case 'conditional':
      return {
        ...expression,
        condition: run(expression.condition),
        then: run(expression.then),
        otherwise: run(expression.otherwise),
      };
    case 'math':
      return { ...expression, arguments: expression.arguments.map(run) };
    default:
      return expression;
  }
}
