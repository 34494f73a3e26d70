/**
 * Legality of expressions: scope, types, and indices by interval arithmetic on the iterators.
 *
 * An index is refused where its interval leaves the array. Intervals know no relation between
 * iterators, so behind a condition, or where a loop's bounds are themselves computed, an index is
 * refused only when all of its interval lies outside.
 */
import { BOOLEAN, NUMBER, sameType, typeOf } from './program-types.js';
import type { BinaryOperator, Expression, ProgramSymbol, Statement, ValueType } from './program.js';

/** The values of a number; `sharp` when each of low and high is really reached. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly sharp: boolean;
}

/** What may be done with a declared symbol. */
export type Declaration =
  | { readonly kind: 'fixed' }
  | { readonly kind: 'variable' }
  /** An array whose cells may change, and whose place another array may take. */
  | { readonly kind: 'rebound' }
  /** An array that only takes values at its end. */
  | { readonly kind: 'growing' }
  | { readonly kind: 'iterator'; readonly range: Range };

/** The symbols in scope; a block copies its surroundings' map. */
export type Scope = Map<ProgramSymbol, Declaration>;

const ARITHMETIC: readonly BinaryOperator[] = ['+', '-', '*', '/', '%', '**'];
const UNKNOWN: Range = { low: -Infinity, high: Infinity, sharp: false };

export class ExpressionChecker {
  private readonly declared = new Set<ProgramSymbol>();

  constructor(
    private readonly report: (problem: string) => void,
    private readonly options: { readonly lowered: boolean },
  ) {}

  /** Puts a symbol in scope; a second declaration anywhere in the program is a problem. */
  declare(scope: Scope, symbol: ProgramSymbol, declaration: Declaration): void {
    if (this.declared.has(symbol)) this.report(`'${symbol.hint}' is declared twice`);
    this.declared.add(symbol);
    scope.set(symbol, declaration);
  }

  /** Checks an expression and that its type is `type`. */
  expectType(expression: Expression, type: ValueType, scope: Scope, guarded = false): void {
    this.check(expression, scope, guarded);
    const actual = typeOf(expression);
    if (sameType(actual, type)) return;
    this.report(`expected ${typeText(type)}, got ${typeText(actual)} (${expression.kind})`);
  }

  /** The one value that an expression of literals and sizes can have; `undefined` for any other. */
  fixedValue(expression: Expression, scope: Scope): number | undefined {
    const { low, high } = rangeOf(expression, scope);
    return low === high ? low : undefined;
  }

  /** Checks the bounds of a loop or reduction; the scope of its body. */
  openLoop(
    head: Pick<Extract<Statement, { kind: 'for' }>, 'iterator' | 'from' | 'to' | 'step'>,
    outer: Scope,
    guarded: boolean,
  ): Scope {
    const { iterator, from, to, step } = head;
    this.expectType(from, NUMBER, outer, guarded);
    this.expectType(to, NUMBER, outer, guarded);
    if (!sameType(iterator.type, NUMBER)) this.report(`iterator '${iterator.hint}' is no number`);
    if (!Number.isInteger(step) || step < 1) {
      this.report(`the step of '${iterator.hint}' is ${step}, not a positive integer`);
    }
    const start = rangeOf(from, outer);
    const end = rangeOf(to, outer);
    const fixed = start.low === start.high && end.low === end.high;
    const last = fixed
      ? start.low + step * (Math.ceil((end.high - start.low) / step) - 1)
      : end.high - 1;
    const scope: Scope = new Map(outer);
    const range = { low: start.low, high: last, sharp: fixed };
    this.declare(scope, iterator, { kind: 'iterator', range });
    return scope;
  }

  /** Checks an expression of any type. `guarded`: a condition decides whether it is evaluated. */
  check(expression: Expression, scope: Scope, guarded: boolean): void {
    switch (expression.kind) {
      case 'number':
        if (!Number.isFinite(expression.value)) this.report(`the number ${expression.value}`);
        break;
      case 'boolean':
        break;
      case 'symbol':
        this.checkUse(expression.symbol, scope);
        break;
      case 'element':
        this.checkElement(expression, scope, guarded);
        break;
      case 'unary':
        this.expectType(
          expression.operand,
          expression.operator === '!' ? BOOLEAN : NUMBER,
          scope,
          guarded,
        );
        break;
      case 'binary':
        this.checkBinary(expression, scope, guarded);
        break;
      case 'conditional':
        this.expectType(expression.condition, BOOLEAN, scope, guarded);
        this.check(expression.then, scope, true);
        this.expectType(expression.otherwise, typeOf(expression.then), scope, true);
        break;
      case 'math':
        this.checkMath(expression, scope, guarded);
        break;
      case 'helper':
        this.checkHelper(expression, scope, guarded);
        break;
      case 'array':
        for (const element of expression.elements) {
          this.expectType(element, typeOf(expression.elements[0]), scope, guarded);
        }
        break;
      case 'reduction':
        this.checkReduction(expression, scope, guarded);
        break;
    }
  }

  private checkUse(symbol: ProgramSymbol, scope: Scope): void {
    if (!scope.has(symbol)) this.report(`'${symbol.hint}' is not declared here`);
  }

  private checkElement(
    expression: Extract<Expression, { kind: 'element' }>,
    scope: Scope,
    guarded: boolean,
  ): void {
    const { array, indices } = expression;
    this.checkUse(array, scope);
    const { extents } = array.type;
    if (indices.length === 0 || indices.length > extents.length) {
      this.report(`'${array.hint}' has ${extents.length} axes, not ${indices.length}`);
    }
    indices.forEach((index, axis) => {
      this.expectType(index, NUMBER, scope, guarded);
      if (axis >= extents.length) return;
      const { low, high, sharp } = rangeOf(index, scope);
      const leaves = low < 0 || high >= extents[axis];
      const outside = high < 0 || low >= extents[axis];
      const empty = low > high;
      if (!empty && (outside || (leaves && sharp && !guarded))) {
        this.report(`index ${low}..${high} leaves axis ${axis} of '${array.hint}'`);
      }
    });
  }

  private checkBinary(
    expression: Extract<Expression, { kind: 'binary' }>,
    scope: Scope,
    guarded: boolean,
  ): void {
    const { operator, left, right } = expression;
    if (operator === '&&' || operator === '||') {
      this.expectType(left, BOOLEAN, scope, guarded);
      this.expectType(right, BOOLEAN, scope, true);
    } else if (operator === '===' || operator === '!==') {
      const wanted = typeOf(left).scalar === 'boolean' ? BOOLEAN : NUMBER;
      this.expectType(left, wanted, scope, guarded);
      this.expectType(right, wanted, scope, guarded);
    } else {
      this.expectType(left, NUMBER, scope, guarded);
      this.expectType(right, NUMBER, scope, guarded);
    }
  }

  private checkMath(
    expression: Extract<Expression, { kind: 'math' }>,
    scope: Scope,
    guarded: boolean,
  ): void {
    const { function: name, arguments: operands } = expression;
    const variadic = name === 'min' || name === 'max';
    if (variadic ? operands.length === 0 : operands.length !== 1) {
      this.report(`Math.${name} of ${operands.length} arguments`);
    }
    for (const operand of operands) {
      const isRow = variadic && typeOf(operand).extents.length === 1;
      this.expectType(operand, isRow ? rowOf(operand) : NUMBER, scope, guarded);
    }
  }

  private checkHelper(
    expression: Extract<Expression, { kind: 'helper' }>,
    scope: Scope,
    guarded: boolean,
  ): void {
    const { helper, arguments: operands } = expression;
    if (operands.length !== (helper === 'dense' ? 3 : 1)) {
      this.report(`${helper} of ${operands.length} arguments`);
      return;
    }
    if (helper === 'dense') {
      const [source, , biases] = operands;
      const [columns, rows] = [rowOf(source).extents[0], rowOf(biases).extents[0]];
      const wanted = [[columns], [rows, columns], [rows]];
      operands.forEach((operand, place) => {
        this.expectType(operand, { scalar: 'number', extents: wanted[place] }, scope, guarded);
      });
      return;
    }
    const wanted = helper === 'softmax' ? rowOf(operands[0]) : NUMBER;
    this.expectType(operands[0], wanted, scope, guarded);
  }

  private checkReduction(
    expression: Extract<Expression, { kind: 'reduction' }>,
    scope: Scope,
    guarded: boolean,
  ): void {
    if (this.options.lowered) this.report(`a reduction (${expression.operation}) is left`);
    const inner = this.openLoop(expression, scope, guarded);
    const logical = ['count', 'any', 'all'].includes(expression.operation);
    this.expectType(expression.body, logical ? BOOLEAN : NUMBER, inner, guarded);
  }
}

/** The interval of an index; only literals, iterators and their sums are followed. */
function rangeOf(expression: Expression, scope: Scope): Range {
  if (expression.kind === 'number') {
    return { low: expression.value, high: expression.value, sharp: true };
  }
  if (expression.kind === 'symbol') {
    const declaration = scope.get(expression.symbol);
    return declaration?.kind === 'iterator' ? declaration.range : UNKNOWN;
  }
  if (expression.kind !== 'binary' || !ARITHMETIC.includes(expression.operator)) return UNKNOWN;
  const left = rangeOf(expression.left, scope);
  const right = rangeOf(expression.right, scope);
  const sharp = left.sharp && right.sharp && !shareSymbols(expression.left, expression.right);
  switch (expression.operator) {
    case '+':
      return { low: left.low + right.low, high: left.high + right.high, sharp };
    case '-':
      return { low: left.low - right.high, high: left.high - right.low, sharp };
    case '*':
      return scale(left, right, sharp);
    case '%':
      return remainderRange(left, right);
    case '/':
      return right.low === right.high && right.low > 0
        ? { low: left.low / right.low, high: left.high / right.low, sharp }
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** Products are followed where one factor is a fixed number. */
function scale(left: Range, right: Range, sharp: boolean): Range {
  const [fixed, other] = left.low === left.high ? [left, right] : [right, left];
  if (fixed.low !== fixed.high) return UNKNOWN;
  const ends = [fixed.low * other.low, fixed.low * other.high];
  return { low: Math.min(...ends), high: Math.max(...ends), sharp };
}

/** JavaScript's remainder by a fixed positive number; a possible negative result counts as reached. */
function remainderRange(left: Range, right: Range): Range {
  if (right.low !== right.high || right.low <= 0) return UNKNOWN;
  const most = right.low - 1;
  const wraps = left.high > most;
  const high = wraps ? most : left.high;
  if (left.low >= 0) return { low: wraps ? 0 : left.low, high, sharp: left.sharp };
  return { low: Math.max(left.low, -most), high, sharp: left.sharp };
}

function shareSymbols(left: Expression, right: Expression): boolean {
  const seen = new Set(symbolsOf(left));
  return symbolsOf(right).some((symbol) => seen.has(symbol));
}

function symbolsOf(expression: Expression): readonly ProgramSymbol[] {
  if (expression.kind === 'symbol') return [expression.symbol];
  if (expression.kind !== 'binary') return [];
  return [...symbolsOf(expression.left), ...symbolsOf(expression.right)];
}

function rowOf(operand: Expression): ValueType {
  return { scalar: 'number', extents: [typeOf(operand).extents[0] ?? 1] };
}

function typeText({ scalar, extents }: ValueType): string {
  return extents.length === 0 ? scalar : `${scalar}[${extents.join(' × ')}]`;
}
