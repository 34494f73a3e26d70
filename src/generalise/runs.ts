/**
 * Over what accumulators run: the axes that a sum collects, and how many terms it has. A threshold on a
 * sum over all rows is a matter of rows, and a factor 1 / (number of terms) makes a mean of a sum.
 *
 * Assumes that the bounds of loops are expressions of sizes already, where they depend on sizes.
 */
import { add, divide, multiply, num, subtract } from '../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement } from '../ir/program.js';
import type { AxisId } from './axes.js';
import { axesIn } from './forms.js';
import type { SizeAxis } from './forms.js';
import { operandsOf, partsOf } from './walk.js';

/** Functions whose values stay small whatever they are given. */
const BOUNDED: ReadonlySet<string> = new Set([
  'sign',
  'tanh',
  'sin',
  'cos',
  'asin',
  'acos',
  'atan',
]);

export interface Runs {
  /** The axes that a symbol's value grows with, in order of its loops; empty for what stays small. */
  readonly axesOf: (symbol: ProgramSymbol) => readonly AxisId[];
  /** How many terms an accumulator sums up, as an expression of sizes; `undefined` when unknown. */
  readonly termsOf: (symbol: ProgramSymbol) => Expression | undefined;
}

interface Loop {
  readonly iterator: ProgramSymbol;
  /** Number of iterations; it may name iterators of outer loops. */
  readonly trips: Expression;
}

/** Follows every accumulator of a body. */
export function findRuns(body: readonly Statement[], axes: readonly SizeAxis[]): Runs {
  const finder = new RunFinder(axes);
  // A sum may collect what a later statement of an earlier loop computes: the second walk knows all.
  finder.walk(body, []);
  finder.startCounting();
  finder.walk(body, []);
  return {
    axesOf: (symbol) => [...(finder.axes.get(symbol) ?? [])],
    termsOf: (symbol) => finder.terms.get(symbol),
  };
}

class RunFinder {
  readonly axes = new Map<ProgramSymbol, Set<AxisId>>();
  readonly terms = new Map<ProgramSymbol, Expression | undefined>();
  private readonly depth = new Map<ProgramSymbol, number>();

  constructor(private readonly sizes: readonly SizeAxis[]) {}

  startCounting(): void {
    this.terms.clear();
  }

  walk(block: readonly Statement[], loops: readonly Loop[]): void {
    for (const statement of block) {
      switch (statement.kind) {
        case 'const':
        case 'let':
          this.depth.set(statement.symbol, loops.length);
          this.grow(statement.symbol, this.axesOfValue(statement.value));
          break;
        case 'allocate':
          this.depth.set(statement.symbol, loops.length);
          break;
        case 'for':
          this.walk(statement.body, [
            ...loops,
            { iterator: statement.iterator, trips: tripsOf(statement) },
          ]);
          break;
        case 'for-of': {
          const trips = num(statement.values.length);
          this.walk(statement.body, [...loops, { iterator: statement.iterator, trips }]);
          break;
        }
        case 'assign':
          this.assign(statement, loops);
          break;
        case 'if':
          this.walk(statement.then, loops);
          this.walk(statement.otherwise, loops);
          break;
        case 'return':
          break;
      }
    }
  }

  private assign(
    { symbol, indices, operator, value }: Extract<Statement, { kind: 'assign' }>,
    loops: readonly Loop[],
  ): void {
    this.grow(symbol, this.axesOfValue(value));
    if (operator === '=') return;
    const own = new Set(
      indices.flatMap((index) => [...partsOf(index)].flatMap((part) => symbolOf(part))),
    );
    const inner = loops
      .slice(this.depth.get(symbol) ?? 0)
      .filter(({ iterator }) => !own.has(iterator));
    for (const { trips } of inner) this.grow(symbol, axesIn(trips, this.sizes));
    this.count(symbol, inner);
  }

  private count(symbol: ProgramSymbol, loops: readonly Loop[]): void {
    let product: Expression | undefined = num(1);
    for (const { trips } of loops) {
      if (product !== undefined) {
        product = this.isFixed(trips) ? multiply(product, trips) : undefined;
      }
    }
    if (!this.terms.has(symbol)) {
      this.terms.set(symbol, product);
      return;
    }
    const before = this.terms.get(symbol);
    if (before === undefined || product === undefined) this.terms.set(symbol, undefined);
    else this.terms.set(symbol, this.sumInOrder(before, product));
  }

  /** Two sizes are added in the order of their axes: rows + columns. */
  private sumInOrder(left: Expression, right: Expression): Expression {
    const [first, second] = [left, right].map((one) =>
      this.sizes.findIndex(({ symbol }) => one.kind === 'symbol' && one.symbol === symbol),
    );
    return first > second && second >= 0 ? add(right, left) : add(left, right);
  }

  /** Whether an expression names sizes only. */
  private isFixed(expression: Expression): boolean {
    return [...partsOf(expression)].every(
      (part) => part.kind !== 'symbol' || this.sizes.some(({ symbol }) => symbol === part.symbol),
    );
  }

  private grow(symbol: ProgramSymbol, axes: Iterable<AxisId>): void {
    const known = this.axes.get(symbol) ?? new Set<AxisId>();
    for (const axis of axes) known.add(axis);
    this.axes.set(symbol, known);
  }

  /** What a value grows with: signs, truths and choices stay small whatever they are made of. */
  private axesOfValue(value: Expression): readonly AxisId[] {
    switch (value.kind) {
      case 'symbol':
        return [...(this.axes.get(value.symbol) ?? [])];
      case 'element':
        return [...(this.axes.get(value.array) ?? [])];
      case 'conditional':
        return [value.then, value.otherwise].flatMap((part) => this.axesOfValue(part));
      case 'math':
        if (BOUNDED.has(value.function)) return [];
        return value.arguments.flatMap((part) => this.axesOfValue(part));
      case 'unary':
      case 'binary':
        return operandsOf(value).flatMap((part) => this.axesOfValue(part));
      case 'number':
      case 'boolean':
      case 'helper':
      case 'array':
      case 'reduction':
        return [];
    }
  }
}

function symbolOf(part: Expression): readonly ProgramSymbol[] {
  return part.kind === 'symbol' ? [part.symbol] : [];
}

/** (to − from) / step; a window from `i` to `i + 3` has 3 iterations. */
function tripsOf({ from, to, step }: Extract<Statement, { kind: 'for' }>): Expression {
  if (from.kind === 'symbol' && to.kind === 'binary' && to.operator === '+') {
    const isWindow = to.left.kind === 'symbol' && to.left.symbol === from.symbol;
    if (isWindow && to.right.kind === 'number') return to.right;
  }
  return divide(subtract(to, from), num(step));
}
