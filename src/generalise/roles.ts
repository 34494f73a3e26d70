/**
 * What each number of a program stands for, by its place alone: the bound of a loop, the extent of an
 * array, part of an index, something that a sum is compared with, a factor, or a value of its own.
 */
import { dumpExpression } from '../ir/program-dump.js';
import type { Expression, ProgramSymbol, Statement } from '../ir/program.js';
import type { AxisId, AxisMap } from './axes.js';
import { expressionsOf, operandsOf, partsOf, statementsOf } from './walk.js';

/** The terms of one comparison or of one argument of `Math.sign`. */
export interface Group {
  /** Every symbol read in it, in the order of its text. */
  readonly symbols: readonly ProgramSymbol[];
}

/** Where whole numbers meet a fraction: at the next one above, or below. */
export type Rounding = 'up' | 'down';

export type Role =
  /** Bound of a loop, or extent of an array, along these axes. */
  | { readonly kind: 'extent'; readonly axes: readonly AxisId[] }
  /** Width of a window: what a bound adds to another iterator, or by what an iterator is multiplied. */
  | { readonly kind: 'width'; readonly axes: readonly AxisId[] }
  /**
   * Part of an index: `alone` is a fixed position, `reflected` one that an iterator is taken from
   * (`n - 1 - i`), anything else is `shifted`.
   */
  | {
      readonly kind: 'index';
      readonly axes: readonly AxisId[];
      readonly use: 'alone' | 'reflected' | 'shifted';
    }
  /**
   * Decides something: coefficient of `near` in a group, or a threshold, without `near`. Whole numbers
   * meet `>= 2.5` as they meet `>= 3`: `rounding` says which way a threshold may be off.
   */
  | {
      readonly kind: 'condition';
      readonly group: Group;
      readonly near: readonly ProgramSymbol[];
      readonly rounding?: Rounding;
    }
  /** Factor of `near` in a value. */
  | { readonly kind: 'factor'; readonly near: readonly ProgramSymbol[] }
  /** A value by itself. */
  | { readonly kind: 'value' };

/** A role and the text in which the number stands, for people. */
export interface Placed {
  readonly role: Role;
  readonly place: string;
}

/** The surroundings of an expression on the way down. */
interface Surroundings {
  readonly group?: Group;
  readonly near?: readonly ProgramSymbol[];
  readonly place: string;
}

/** The role of every number node of a body. */
export function findRoles(
  body: readonly Statement[],
  axes: AxisMap,
): ReadonlyMap<Expression, Placed> {
  const finder = new RoleFinder(axes);
  for (const statement of statementsOf(body)) finder.visitStatement(statement);
  return finder.roles;
}

const COMPARISONS: readonly string[] = ['===', '!==', '<', '<=', '>', '>='];

/** For a threshold on the right. */
const ROUNDINGS: Readonly<Partial<Record<string, Rounding>>> = {
  '>=': 'up',
  '<': 'up',
  '>': 'down',
  '<=': 'down',
};

class RoleFinder {
  readonly roles = new Map<Expression, Placed>();

  constructor(private readonly axes: AxisMap) {}

  visitStatement(statement: Statement): void {
    switch (statement.kind) {
      case 'for': {
        const { iterator, from, to } = statement;
        const place = `${iterator.hint} = ${dumpExpression(from)} .. ${dumpExpression(to)}`;
        const axes = this.axes.ofIterator(iterator);
        for (const bound of [from, to]) this.giveBound(bound, axes, place);
        return;
      }
      case 'allocate': {
        const { symbol, extents = [] } = statement;
        extents.forEach((extent, dimension) => {
          const axes = this.axes.ofDimension(symbol, dimension);
          this.giveAll(extent, { kind: 'extent', axes }, symbol.hint);
        });
        return;
      }
      case 'assign': {
        const { symbol, indices, value } = statement;
        this.visitIndices(symbol, indices);
        this.visit(value, { place: dumpExpression(value) });
        return;
      }
      case 'const':
      case 'let':
      case 'if':
      case 'for-of':
      case 'return':
        for (const expression of expressionsOf(statement)) {
          this.visit(expression, { place: dumpExpression(expression) });
        }
    }
  }

  private visit(expression: Expression, around: Surroundings): void {
    switch (expression.kind) {
      case 'number':
        this.give(expression, roleIn(around), around.place);
        return;
      case 'element':
        this.visitIndices(expression.array, expression.indices);
        return;
      case 'binary':
        this.visitBinary(expression, around);
        return;
      case 'math':
        if (expression.function === 'sign') this.visitGroup(expression.arguments, expression);
        else this.visitAll(expression.arguments, around);
        return;
      case 'conditional':
        this.visit(expression.condition, { place: dumpExpression(expression.condition) });
        for (const part of [expression.then, expression.otherwise]) {
          this.visit(part, { place: dumpExpression(expression) });
        }
        return;
      default:
        this.visitAll(operandsOf(expression), { place: dumpExpression(expression) });
    }
  }

  private visitAll(expressions: readonly Expression[], around: Surroundings): void {
    for (const expression of expressions) this.visit(expression, around);
  }

  private visitBinary(
    expression: Extract<Expression, { kind: 'binary' }>,
    around: Surroundings,
  ): void {
    const { operator, left, right } = expression;
    if (COMPARISONS.includes(operator)) {
      this.visitGroup([left, right], expression);
      const threshold = this.roles.get(right);
      const rounding = ROUNDINGS[operator];
      if (threshold?.role.kind === 'condition' && rounding !== undefined) {
        this.give(right, { ...threshold.role, rounding }, threshold.place);
      }
      return;
    }
    if (operator === '*' || operator === '/') {
      const place = dumpExpression(expression);
      this.visit(left, { ...around, place, near: symbolsIn(right) });
      this.visit(right, { ...around, place, near: symbolsIn(left) });
      return;
    }
    for (const operand of [left, right]) {
      this.visit(operand, { ...around, near: [], place: dumpExpression(expression) });
    }
  }

  private visitGroup(terms: readonly Expression[], whole: Expression): void {
    const group = { symbols: terms.flatMap(symbolsIn) };
    const place = dumpExpression(whole);
    for (const term of terms) this.visit(term, { group, place, near: [] });
  }

  private visitIndices(array: ProgramSymbol, indices: readonly Expression[]): void {
    indices.forEach((index, dimension) => {
      const axes = this.axes.ofDimension(array, dimension);
      const use = index.kind === 'number' ? 'alone' : 'shifted';
      const place = `${array.hint}${indices.map((one) => `[${dumpExpression(one)}]`).join('')}`;
      this.giveAll(index, { kind: 'index', axes, use }, place);
    });
  }

  /** `i + 3` ends a window of 3; `28 - i` ends at the axis, whatever the iterator. */
  private giveBound(bound: Expression, axes: readonly AxisId[], place: string): void {
    const follows =
      bound.kind === 'binary' && bound.operator === '+' && symbolsIn(bound).length > 0;
    this.giveAll(bound, { kind: follows ? 'width' : 'extent', axes }, place);
  }

  /** One role for all numbers of an expression; arrays within it are accesses of their own. */
  private giveAll(expression: Expression, role: Role, place: string): void {
    if (expression.kind === 'element') this.visitIndices(expression.array, expression.indices);
    else if (expression.kind === 'number') this.give(expression, role, place);
    else if (isReflection(expression) && role.kind === 'index') {
      this.give(expression.left, { ...role, use: 'reflected' }, place);
      this.giveAll(expression.right, role, place);
    } else {
      const scales = expression.kind === 'binary' && expression.operator === '*';
      const axes = 'axes' in role ? role.axes : [];
      const inner: Role = scales ? { kind: 'width', axes } : role;
      for (const part of operandsOf(expression)) this.giveAll(part, inner, place);
    }
  }

  private give(node: Expression, role: Role, place: string): void {
    this.roles.set(node, { role, place });
  }
}

/** A number that something with a symbol is subtracted from. */
function isReflection(
  expression: Expression,
): expression is Extract<Expression, { kind: 'binary' }> {
  if (expression.kind !== 'binary' || expression.operator !== '-') return false;
  return expression.left.kind === 'number' && symbolsIn(expression.right).length > 0;
}

function roleIn({ group, near = [] }: Surroundings): Role {
  if (group !== undefined) return { kind: 'condition', group, near };
  return near.length > 0 ? { kind: 'factor', near } : { kind: 'value' };
}

function symbolsIn(expression: Expression): readonly ProgramSymbol[] {
  return [...partsOf(expression)].flatMap((part) => {
    if (part.kind === 'symbol') return [part.symbol];
    return part.kind === 'element' ? [part.array] : [];
  });
}
