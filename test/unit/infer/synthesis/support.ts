/** Tables for tests, and a printer of expressions that knows nothing of the synthesiser. */
import { runInThisContext } from 'node:vm';
import type { Expression, ProgramSymbol } from '../../../../src/ir/program.js';
import type { Feature, SynthesisProblem } from '../../../../src/infer/synthesis/problem.js';

export function feature(hint: string, kind: Feature['kind'], cost?: number): Feature {
  const scalar = kind === 'boolean' ? 'boolean' : 'number';
  const symbol: ProgramSymbol = { hint, type: { scalar, extents: [] } };
  return cost === undefined ? { symbol, kind } : { symbol, kind, cost };
}

/** Name, kind and values of one feature of a table. */
export type Axis = readonly [name: string, kind: Feature['kind'], values: readonly number[]];

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The table of `target` over the product of the axes' values, where `reachable` holds. */
export function table(
  axes: readonly Axis[],
  target: (...values: number[]) => number | boolean,
  reachable: (...values: number[]) => boolean = () => true,
): SynthesisProblem {
  let rows: number[][] = [[]];
  for (const [, , values] of axes) {
    rows = rows.flatMap((row) => values.map((value) => [...row, value]));
  }
  rows = rows.filter((row) => reachable(...row));
  const wanted = rows.map((row) => target(...row));
  return {
    features: axes.map(([name, kind]) => feature(name, kind)),
    columns: axes.map((_, index) => Float64Array.from(rows, (row) => row[index])),
    states: rows.length,
    target: Float64Array.from(wanted, Number),
    type: typeof wanted[0] === 'boolean' ? 'boolean' : 'number',
  };
}

export function booleans(...names: readonly string[]): Axis[] {
  return names.map((name) => [name, 'boolean', [0, 1]] as const);
}

export function bits(...names: readonly string[]): Axis[] {
  return names.map((name) => [name, 'bit', [0, 1]] as const);
}

const STRENGTH: Record<string, number> = {
  '||': 1, '&&': 2, '===': 3, '!==': 3, '<': 4, '<=': 4, '>': 4, '>=': 4,
  '+': 5, '-': 5, '*': 6, '/': 6, '%': 6,
}; // prettier-ignore

function strength(expression: Expression): number {
  if (expression.kind === 'conditional') return 0;
  if (expression.kind === 'unary') return 7;
  return expression.kind === 'binary' ? STRENGTH[expression.operator] : 8;
}

/** JavaScript text with the parentheses that a formatter would leave. */
export function print(expression: Expression): string {
  const wrap = (inner: Expression, wanted: boolean): string =>
    wanted ? `(${print(inner)})` : print(inner);
  switch (expression.kind) {
    case 'number':
    case 'boolean':
      return String(expression.value);
    case 'symbol':
      return expression.symbol.hint;
    case 'unary':
      return expression.operator + wrap(expression.operand, strength(expression.operand) < 7);
    case 'binary': {
      const own = strength(expression);
      const { left, right, operator } = expression;
      const side = (inner: Expression, last: boolean): string => {
        const other = inner.kind === 'binary' ? inner.operator : '';
        const equal =
          strength(inner) === own && (last || own === 3 || other === '%' || operator === '%');
        return wrap(inner, strength(inner) < own || equal || (own === 1 && other === '&&'));
      };
      return `${side(left, false)} ${operator} ${side(right, true)}`;
    }
    case 'conditional': {
      const condition = wrap(expression.condition, expression.condition.kind === 'conditional');
      const then = wrap(expression.then, expression.then.kind === 'conditional');
      return `${condition} ? ${then} : ${print(expression.otherwise)}`;
    }
    case 'math':
      return `Math.${expression.function}(${expression.arguments.map(print).join(', ')})`;
    default:
      throw new Error(`no text for ${expression.kind}`);
  }
}

/** Types that a strict TypeScript compiler would give; throws where it would complain. */
export function typeOf(expression: Expression): 'number' | 'boolean' {
  const expect = (inner: Expression, type: 'number' | 'boolean'): void => {
    if (typeOf(inner) !== type) throw new TypeError(`${print(inner)} is not a ${type}`);
  };
  switch (expression.kind) {
    case 'number':
    case 'boolean':
      return expression.kind;
    case 'symbol':
      return expression.symbol.type.scalar;
    case 'unary': {
      const type = expression.operator === '!' ? 'boolean' : 'number';
      expect(expression.operand, type);
      return type;
    }
    case 'math':
      for (const argument of expression.arguments) expect(argument, 'number');
      return 'number';
    case 'conditional':
      expect(expression.condition, 'boolean');
      expect(expression.otherwise, typeOf(expression.then));
      return typeOf(expression.then);
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === '===' || operator === '!==') expect(right, typeOf(left));
      else {
        const type = operator === '&&' || operator === '||' ? 'boolean' : 'number';
        expect(left, type);
        expect(right, type);
      }
      return STRENGTH[operator] <= 4 ? 'boolean' : 'number';
    }
    default:
      throw new Error(`no type for ${expression.kind}`);
  }
}

/** The printed text as a function of the named features: JavaScript itself decides what it means. */
export function runnable(
  expression: Expression,
  names: readonly string[],
): (...values: (number | boolean)[]) => number | boolean {
  return runInThisContext(`(${names.join(', ')}) => (${print(expression)})`) as (
    ...values: (number | boolean)[]
  ) => number | boolean;
}

/** States where the printed text, run by JavaScript itself, differs from the table. */
export function wrongStates(expression: Expression, problem: SynthesisProblem): number[] {
  const names = problem.features.map(({ symbol }) => symbol.hint);
  const run = runnable(expression, names);
  const scale = Math.max(Number.MIN_VALUE, ...problem.target.map(Math.abs));
  return [...problem.target.keys()].filter((state) => {
    const value = run(
      ...problem.columns.map((column, index) =>
        problem.features[index].kind === 'boolean' ? column[state] === 1 : column[state],
      ),
    );
    const wanted = problem.target[state];
    return problem.type === 'boolean'
      ? value !== (wanted === 1)
      : typeof value !== 'number' || Math.abs(value - wanted) > 1e-12 * scale;
  });
}
