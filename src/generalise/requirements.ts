/**
 * What sizes a body with symbols can run at: no index may leave its array, and what has to be a whole
 * number must be one. Bounds are followed as linear forms of the sizes through the loops; what is not
 * linear, or violated at the leading size already (behind a condition), is left alone.
 */
import { add, compare, multiply, num, ref, remainder } from '../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement } from '../ir/program.js';
import type { SizeAxis } from './forms.js';
import { blocksOf, expressionsOf, partsOf } from './walk.js';

export interface Requirements {
  /** Smallest extent of each symbol; 1 where nothing asks for more. */
  readonly least: ReadonlyMap<ProgramSymbol, number>;
  /** Conditions between symbols. */
  readonly conditions: readonly Expression[];
  /** Symbols that cannot grow: the body reads something of fixed extent along them. */
  readonly bounded: ReadonlySet<ProgramSymbol>;
}

/** constant + Σ factor · size. */
interface Linear {
  readonly constant: number;
  readonly factors: ReadonlyMap<ProgramSymbol, number>;
}

interface Range {
  readonly low: Linear;
  readonly high: Linear;
}

type Ranges = ReadonlyMap<ProgramSymbol, Range>;

/**
 * Finds what the body asks of its sizes; `extentsOf` gives the extents of parameters and tables,
 * `equal` for a size the earlier one that it equals.
 */
export function findRequirements(
  body: readonly Statement[],
  sizes: readonly SizeAxis[],
  extentsOf: ReadonlyMap<ProgramSymbol, readonly Expression[]>,
  equal: ReadonlyMap<ProgramSymbol, ProgramSymbol>,
): Requirements {
  const finder = new RequirementFinder(sizes, extentsOf, equal);
  finder.walk(body, new Map());
  return finder.result();
}

class RequirementFinder {
  private readonly leading: ReadonlyMap<ProgramSymbol, number>;
  private readonly extents: Map<ProgramSymbol, readonly Expression[]>;
  private readonly differences: Linear[] = [];
  private readonly whole = new Map<string, Expression>();

  constructor(
    sizes: readonly SizeAxis[],
    extentsOf: ReadonlyMap<ProgramSymbol, readonly Expression[]>,
    private readonly equal: ReadonlyMap<ProgramSymbol, ProgramSymbol>,
  ) {
    this.leading = new Map(sizes.map(({ symbol, extents }) => [symbol, extents[0]]));
    this.extents = new Map(extentsOf);
  }

  walk(block: readonly Statement[], ranges: Ranges): void {
    for (const statement of block) {
      if (statement.kind === 'allocate') {
        this.extents.set(statement.symbol, statement.extents ?? []);
        statement.extents?.forEach((extent) => {
          this.requireWhole(extent);
          const range = this.rangeOf(extent, ranges);
          if (range !== undefined) this.require(range.low);
        });
      }
      if (statement.kind === 'assign') this.access(statement.symbol, statement.indices, ranges);
      for (const expression of expressionsOf(statement)) {
        for (const part of partsOf(expression)) {
          if (part.kind === 'element') this.access(part.array, part.indices, ranges);
        }
      }
      const inner = this.open(statement, ranges);
      for (const nested of blocksOf(statement)) this.walk(nested, inner);
    }
  }

  private open(statement: Statement, ranges: Ranges): Ranges {
    if (statement.kind === 'for-of') {
      const [low, high] = [Math.min(...statement.values), Math.max(...statement.values)];
      const range = { low: constantOf(low), high: constantOf(high) };
      return new Map([...ranges, [statement.iterator, range]]);
    }
    if (statement.kind !== 'for') return ranges;
    this.requireWhole(statement.from);
    const from = this.rangeOf(statement.from, ranges);
    const to = this.rangeOf(statement.to, ranges);
    if (from === undefined || to === undefined) return ranges;
    const high = plus(to.high, constantOf(-1), 1);
    return new Map([...ranges, [statement.iterator, { low: from.low, high }]]);
  }

  private access(array: ProgramSymbol, indices: readonly Expression[], ranges: Ranges): void {
    const extents = this.extents.get(array);
    if (extents === undefined) return;
    indices.forEach((index, dimension) => {
      this.requireWhole(index);
      const range = this.rangeOf(index, ranges);
      const extent = this.rangeOf(extents[dimension], new Map());
      if (range === undefined || extent === undefined) return;
      this.require(range.low);
      this.require(plus(plus(extent.high, range.high, -1), constantOf(-1), 1));
    });
  }

  /** Asks for value ≥ 0. */
  private require(value: Linear): void {
    if (value.factors.size === 0) return;
    let leading = value.constant;
    for (const [symbol, factor] of value.factors) leading += factor * this.leadingOf(symbol);
    if (leading >= 0) this.differences.push(value);
  }

  private leadingOf(symbol: ProgramSymbol): number {
    return this.leading.get(symbol) ?? NaN;
  }

  /** A quotient of sizes that indexes or counts must have no remainder. */
  private requireWhole(expression: Expression): void {
    for (const part of partsOf(expression)) {
      if (part.kind !== 'binary' || part.operator !== '/' || part.right.kind !== 'number') continue;
      const numerator = this.withoutIterators(part.left);
      const condition = compare('===', remainder(numerator, part.right), num(0));
      this.whole.set(JSON.stringify(condition), condition);
    }
  }

  /** n of n · i: what makes the quotient whole for every i. */
  private withoutIterators(numerator: Expression): Expression {
    if (numerator.kind !== 'binary' || numerator.operator !== '*') return numerator;
    const ofSizes = [numerator.left, numerator.right].filter((factor) =>
      [...partsOf(factor)].every((part) => part.kind !== 'symbol' || this.leading.has(part.symbol)),
    );
    return ofSizes.length === 1 ? ofSizes[0] : numerator;
  }

  private rangeOf(expression: Expression, ranges: Ranges): Range | undefined {
    if (expression.kind === 'number') return point(constantOf(expression.value));
    if (expression.kind === 'symbol') {
      if (this.leading.has(expression.symbol))
        return point(sizeOnly(this.equal.get(expression.symbol) ?? expression.symbol));
      return ranges.get(expression.symbol);
    }
    if (expression.kind !== 'binary') return undefined;
    const left = this.rangeOf(expression.left, ranges);
    const right = this.rangeOf(expression.right, ranges);
    if (left === undefined || right === undefined) return undefined;
    const { operator } = expression;
    if (operator === '+') return { low: plus(left.low, right.low, 1), high: plus(left.high, right.high, 1) }; // prettier-ignore
    if (operator === '-') return { low: plus(left.low, right.high, -1), high: plus(left.high, right.low, -1) }; // prettier-ignore
    if (operator === '%') return { low: constantOf(0), high: plus(right.high, constantOf(-1), 1) };
    const factor = right.low.factors.size === 0 && right.high.factors.size === 0;
    if (operator === '/' && factor) return times(left, 1 / right.low.constant);
    if (operator !== '*') return undefined;
    if (factor && right.low.constant === right.high.constant) return times(left, right.low.constant); // prettier-ignore
    const first = left.low.factors.size === 0 && left.high.factors.size === 0;
    return first && left.low.constant === left.high.constant
      ? times(right, left.low.constant)
      : undefined;
  }

  result(): Requirements {
    const least = new Map<ProgramSymbol, number>();
    const conditions: Expression[] = [];
    const bounded = new Set<ProgramSymbol>();
    const raise = (symbol: ProgramSymbol, value: number): void => {
      least.set(symbol, Math.max(least.get(symbol) ?? 1, Math.ceil(value)));
    };
    const between = new Map<string, Linear>();
    for (const value of this.differences) {
      const entries = [...value.factors];
      const [[symbol, factor]] = entries;
      if (entries.length === 1 && factor < 0) bounded.add(entries[0][0]);
      if (entries.length === 1 && factor > 0) raise(symbol, -value.constant / factor);
      else if (entries.every(([, one]) => one > 0) && value.constant >= 0) continue;
      else between.set(this.keyOf(value), value);
    }
    const done = new Set<string>();
    for (const [key, value] of between) {
      if (done.has(key)) continue;
      const opposite = this.keyOf(times(point(value), -1).low);
      done.add(opposite);
      conditions.push(inequality(value, between.has(opposite) ? '===' : '<='));
    }
    return { least, conditions: [...conditions, ...this.whole.values()], bounded };
  }

  /** The same text for the same linear form. */
  private keyOf({ constant, factors }: Linear): string {
    const order = [...this.leading.keys()];
    const texts = order.map((symbol) => String(factors.get(symbol) ?? 0));
    return `${texts.join(' ')} ${constant}`;
  }
}

/** value ≥ 0 as a comparison of positive terms: smaller side on the left. */
function inequality({ constant, factors }: Linear, operator: '===' | '<='): Expression {
  const side = (sign: 1 | -1): Expression => {
    let total: Expression = num(0);
    for (const [symbol, factor] of factors) {
      if (sign * factor > 0) total = add(total, multiply(num(sign * factor), ref(symbol)));
    }
    return sign * constant > 0 ? add(total, num(sign * constant)) : total;
  };
  return compare(operator, side(-1), side(1));
}

function constantOf(constant: number): Linear {
  return { constant, factors: new Map() };
}

function sizeOnly(symbol: ProgramSymbol): Linear {
  return { constant: 0, factors: new Map([[symbol, 1]]) };
}

function point(value: Linear): Range {
  return { low: value, high: value };
}

/** left + factor · right. */
function plus(left: Linear, right: Linear, factor: number): Linear {
  const factors = new Map(left.factors);
  for (const [symbol, own] of right.factors) {
    const total = (factors.get(symbol) ?? 0) + factor * own;
    if (total === 0) factors.delete(symbol);
    else factors.set(symbol, total);
  }
  return { constant: left.constant + factor * right.constant, factors };
}

function times({ low, high }: Range, factor: number): Range {
  const ends = [low, high].map((end) => plus(constantOf(0), end, factor));
  return factor < 0 ? { low: ends[1], high: ends[0] } : { low: ends[0], high: ends[1] };
}
