/**
 * How much the outputs of a program can change when its real constants do: interval arithmetic with
 * a bound on the change beside each interval, over the statements in order. A loop multiplies what it
 * adds by how often it runs; a condition takes the larger branch.
 *
 *   p (0..1, ±0) * (c ? 10 ± a : 2.3 ± b), 50 times   →   sum ± 50 · max(a, b)
 */
import { cellDomain, domainHull, sizeOf } from '../../ir/model-interface.js';
import { typeOf } from '../../ir/program-types.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { blocksOf } from '../rewrite.js';
import { accessesOf } from './effects.js';

/** All values between low and high; a changed program differs by at most `change`. */
export interface Bound {
  readonly low: number;
  readonly high: number;
  readonly change: number;
}

/** |new − old| of a literal or of any number of a table. */
export interface Changes {
  readonly literal: (value: number) => number;
  readonly table: (symbol: ProgramSymbol) => number;
}

/**
 * A bound on |changed − original| of every output. Infinite where a change reaches a condition, an
 * index, or an unbounded factor: such constants have to stay as they are.
 */
export type OutputChange = (changes: Changes) => number;

/** `OutputChange` of a program; the ranges of its tables are looked up once. */
export function outputChangeOf(program: Program): OutputChange {
  const tables = new Map(program.tables.map(({ symbol, values }) => [symbol, hullOf(values)]));
  return (changes) => new Analysis(program, tables, changes).run();
}

function hullOf(values: Float64Array): Bound {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high, change: 0 };
}

interface Known extends Bound {
  /** Loops open where the symbol was declared. */
  readonly depth: number;
}

const BOOLEAN: Bound = { low: 0, high: 1, change: 0 };

/** Turns of a loop that are followed one by one where a symbol carries a value from turn to turn. */
const MAX_FOLLOWED_TURNS = 64;

/** The symbols that a loop's body sets after reading them: the next turn reads what this one set. */
function carriedBy(body: readonly Statement[]): readonly ProgramSymbol[] {
  const read = new Set<ProgramSymbol>();
  const carried = new Set<ProgramSymbol>();
  for (const access of accessesOf(body)) {
    if (access.kind === 'read') read.add(access.symbol);
    if (access.kind === 'set' && read.has(access.symbol)) carried.add(access.symbol);
  }
  return [...carried];
}

class Analysis {
  private readonly known = new Map<ProgramSymbol, Known>();
  /** Open loops: iterator and largest number of turns. */
  private readonly loops: { readonly iterator: ProgramSymbol; readonly turns: number }[] = [];
  private result = 0;

  constructor(
    private readonly program: Program,
    tables: ReadonlyMap<ProgramSymbol, Bound>,
    private readonly changes: Changes,
  ) {
    program.parameters.forEach((parameter, index) => {
      const { domain, shape } = program.interface.inputs[index];
      const cells = domain.kind === 'per-cell' ? sizeOf(shape) : 1;
      let [low, high] = domainHull(cellDomain(domain, 0));
      for (let cell = 1; cell < cells; cell++) {
        const [least, most] = domainHull(cellDomain(domain, cell));
        low = Math.min(low, least);
        high = Math.max(high, most);
      }
      this.known.set(parameter, { low, high, change: 0, depth: 0 });
    });
    for (const [symbol, bound] of tables) {
      this.known.set(symbol, { ...bound, change: changes.table(symbol), depth: 0 });
    }
  }

  run(): number {
    this.block(this.program.body);
    return this.result;
  }

  private block(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(statement: Statement): void {
    const depth = this.loops.length;
    switch (statement.kind) {
      case 'const':
      case 'let':
        this.known.set(statement.symbol, { ...this.bound(statement.value), depth });
        break;
      case 'allocate': {
        const fill = Number(statement.fill);
        this.known.set(statement.symbol, { low: fill, high: fill, change: 0, depth });
        break;
      }
      case 'for': {
        const [from, to] = [this.bound(statement.from), this.bound(statement.to)];
        const turns = Math.max(0, Math.ceil((to.high - from.low) / statement.step));
        const iterator = { low: from.low, high: to.high - 1, change: from.change + to.change };
        this.loop(statement.iterator, iterator, turns, statement.body);
        break;
      }
      case 'for-of': {
        const { values } = statement;
        const iterator = { low: Math.min(...values), high: Math.max(...values), change: 0 };
        this.loop(statement.iterator, iterator, values.length, statement.body);
        break;
      }
      case 'assign':
        this.assign(statement);
        break;
      case 'append': {
        const value = this.bound(statement.value);
        const old = this.known.get(statement.symbol);
        const all = old === undefined ? value : hull(old, value);
        this.known.set(statement.symbol, { ...all, depth: old?.depth ?? depth });
        break;
      }
      case 'if':
        this.exact(this.bound(statement.condition));
        this.block(statement.then);
        this.block(statement.otherwise);
        break;
      case 'return': {
        // The bound may itself find a changed condition, so it comes first.
        const { change } = this.bound(statement.value);
        this.result = Math.max(this.result, change);
        break;
      }
    }
  }

  private loop(
    iterator: ProgramSymbol,
    bound: Bound,
    turns: number,
    body: readonly Statement[],
  ): void {
    this.known.set(iterator, { ...bound, depth: this.loops.length });
    const carried = carriedBy(body).filter((symbol) => this.known.has(symbol));
    const flat = body.every((statement) => blocksOf(statement).length === 0);
    if (carried.length > 0 && flat && turns <= MAX_FOLLOWED_TURNS) {
      this.loops.push({ iterator, turns: 1 });
      for (let turn = 0; turn < turns; turn++) this.block(body);
      this.loops.pop();
      return;
    }
    this.loops.push({ iterator, turns });
    const before = carried.map((symbol) => this.changeOf(symbol));
    for (const symbol of carried) this.widen(symbol, this.changeOf(symbol));
    this.block(body);
    if (carried.some((symbol, index) => this.changeOf(symbol) > before[index])) {
      for (const symbol of carried) this.widen(symbol, Infinity);
      this.block(body);
    }
    this.loops.pop();
  }

  private changeOf(symbol: ProgramSymbol): number {
    return this.known.get(symbol)?.change ?? 0;
  }

  /** Forgets the range of a symbol. */
  private widen(symbol: ProgramSymbol, change: number): void {
    const depth = this.known.get(symbol)?.depth ?? 0;
    this.known.set(symbol, { low: -Infinity, high: Infinity, change, depth });
  }

  private assign(statement: Extract<Statement, { readonly kind: 'assign' }>): void {
    const value = this.bound(statement.value);
    const old = this.known.get(statement.symbol) ?? { ...BOOLEAN, depth: 0 };
    if (statement.operator === '=') {
      this.known.set(statement.symbol, { ...hull(old, value), depth: old.depth });
      return;
    }
    const indexed = statement.indices.flatMap((index) =>
      index.kind === 'symbol' ? [index.symbol] : [],
    );
    let turns = 1;
    for (const open of this.loops.slice(old.depth)) {
      // Another index is another cell: only loops that stay on a cell add to it repeatedly.
      if (!indexed.includes(open.iterator)) turns *= open.turns;
    }
    const added = statement.operator === '+=' ? value : negative(value);
    this.known.set(statement.symbol, {
      low: old.low + times(turns, Math.min(0, added.low)),
      high: old.high + times(turns, Math.max(0, added.high)),
      change: old.change + times(turns, added.change),
      depth: old.depth,
    });
  }

  /** Conditions and indices bear no change. */
  private exact(bound: Bound): void {
    if (bound.change !== 0) this.result = Infinity;
  }

  private bound(expression: Expression): Bound {
    switch (expression.kind) {
      case 'number': {
        const { value } = expression;
        return { low: value, high: value, change: this.changes.literal(value) };
      }
      case 'boolean':
        return BOOLEAN;
      case 'symbol':
        return this.known.get(expression.symbol) ?? BOOLEAN;
      case 'element':
        for (const index of expression.indices) this.exact(this.bound(index));
        return this.known.get(expression.array) ?? BOOLEAN;
      case 'unary':
        return expression.operator === '!'
          ? this.condition([expression.operand])
          : negative(this.bound(expression.operand));
      case 'binary':
        return this.binary(expression);
      case 'conditional':
        this.exact(this.bound(expression.condition));
        return hull(this.bound(expression.then), this.bound(expression.otherwise));
      case 'math':
        return this.math(expression);
      case 'helper': {
        const operand = this.bound(expression.arguments[0]);
        if (expression.helper === 'roundHalfEven') {
          this.exact(operand);
          return { low: operand.low - 1, high: operand.high + 1, change: 0 };
        }
        if (expression.helper === 'dense') return this.dense(expression.arguments);
        // The slope of the error function is at most 2/√π.
        if (expression.helper === 'erf') {
          return { low: -1, high: 1, change: times(1.13, operand.change) };
        }
        // Each row of softmax's Jacobian sums to 2p(1 − p) ≤ ½ in size; sigmoid's slope is ≤ ¼.
        const slope = expression.helper === 'softmax' ? 0.5 : 0.25;
        return { low: 0, high: 1, change: times(slope, operand.change) };
      }
      case 'array':
        return expression.elements.map((inner) => this.bound(inner)).reduce(hull);
      case 'reduction':
        return { low: -Infinity, high: Infinity, change: Infinity };
    }
  }

  /** bias + Σ weight · cell, the same bound for every row. */
  private dense([source, weights, biases]: readonly Expression[]): Bound {
    const added = product(this.bound(weights), this.bound(source));
    const bias = this.bound(biases);
    const [terms] = typeOf(source).extents;
    return {
      low: bias.low + times(terms, added.low),
      high: bias.high + times(terms, added.high),
      change: bias.change + times(terms, added.change),
    };
  }

  private condition(operands: readonly Expression[]): Bound {
    for (const operand of operands) this.exact(this.bound(operand));
    return BOOLEAN;
  }

  private binary(expression: Extract<Expression, { readonly kind: 'binary' }>): Bound {
    const { operator } = expression;
    if (operator === '**') return this.power(expression.left, expression.right);
    if (!['+', '-', '*', '/'].includes(operator)) {
      const bound = this.condition([expression.left, expression.right]);
      if (operator !== '%') return bound;
      const limit = Math.abs(this.bound(expression.right).high);
      return { low: -limit, high: limit, change: 0 };
    }
    const left = this.bound(expression.left);
    const right = this.bound(expression.right);
    if (operator === '+') return plus(left, right);
    if (operator === '-') return plus(left, negative(right));
    if (operator === '*') return product(left, right);
    const reach = { low: -Infinity, high: Infinity };
    const unchanged = left.change === 0 && right.change === 0;
    return { ...reach, change: unchanged ? 0 : Infinity };
  }

  /** Powers of literals, as weights and biases have them; a changed base or exponent is not followed. */
  private power(base: Expression, exponent: Expression): Bound {
    const [root, exponents] = [this.bound(base), this.bound(exponent)];
    this.exact(root);
    this.exact(exponents);
    const most = Math.max(Math.abs(root.low), Math.abs(root.high));
    const sizes = [most ** exponents.low, most ** exponents.high];
    const high = Math.max(...sizes);
    return { low: root.low < 0 ? -high : 0, high, change: 0 };
  }

  private math(expression: Extract<Expression, { readonly kind: 'math' }>): Bound {
    const bounds = expression.arguments.map((argument) => this.bound(argument));
    const [first] = bounds;
    switch (expression.function) {
      case 'sign':
        this.exact(first);
        return { low: -1, high: 1, change: 0 };
      case 'abs': {
        const high = Math.max(Math.abs(first.low), Math.abs(first.high));
        return { low: 0, high, change: first.change };
      }
      case 'fround':
        return { ...first, change: Infinity };
      case 'tanh':
      case 'sin':
      case 'cos':
        return { low: -1, high: 1, change: first.change };
      case 'min':
      case 'max':
        return bounds.reduce((left, right) => ({
          low: Math[expression.function === 'min' ? 'min' : 'max'](left.low, right.low),
          high: Math[expression.function === 'min' ? 'min' : 'max'](left.high, right.high),
          change: Math.max(left.change, right.change),
        }));
      case 'exp':
        return { low: 0, high: Infinity, change: first.change === 0 ? 0 : Infinity };
      case 'floor':
      case 'ceil':
      case 'trunc':
        this.exact(first);
        return { low: first.low - 1, high: first.high + 1, change: 0 };
      case 'sqrt':
      case 'log':
      case 'log1p':
      case 'expm1':
      case 'cbrt':
      case 'tan':
      case 'asin':
      case 'acos':
      case 'atan':
      case 'sinh':
      case 'cosh': {
        // Their slopes are not bounded, so that nothing is rounded before them.
        const change = first.change === 0 ? 0 : Infinity;
        return { low: -Infinity, high: Infinity, change };
      }
    }
  }
}

/** factor · value where 0 · ∞ is 0: what never happens changes nothing. */
function times(factor: number, value: number): number {
  return factor === 0 || value === 0 ? 0 : factor * value;
}

function hull(left: Bound, right: Bound): Bound {
  return {
    low: Math.min(left.low, right.low),
    high: Math.max(left.high, right.high),
    change: Math.max(left.change, right.change),
  };
}

function negative({ low, high, change }: Bound): Bound {
  return { low: -high, high: -low, change };
}

function plus(left: Bound, right: Bound): Bound {
  return {
    low: left.low + right.low,
    high: left.high + right.high,
    change: left.change + right.change,
  };
}

function product(left: Bound, right: Bound): Bound {
  const ends = [
    times(left.low, right.low),
    times(left.low, right.high),
    times(left.high, right.low),
    times(left.high, right.high),
  ];
  const size = ({ low, high }: Bound): number => Math.max(Math.abs(low), Math.abs(high));
  const change =
    times(size(left), right.change) +
    times(size(right), left.change) +
    times(left.change, right.change);
  return { low: Math.min(...ends), high: Math.max(...ends), change };
}
