/**
 * Real constants get the fewest digits for which every output stays within the tolerance:
 *
 *   9.999999991 · … + 2.2975599250672948 · …   →   10 · … + 2.2975599 · …
 *
 * First one number of decimals for all, then fewer for single constants in the order of the text, as
 * long as the bound of `error-bound.ts` holds. Constants that reach a condition keep every digit, and
 * so do all constants where inputs are unbounded or the tolerance is 0.
 */
import { multiply, num } from '../../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement, Table } from '../../ir/program.js';
import {
  mapBlocks,
  mapExpressions,
  mapOperands,
  visitExpression,
  visitStatements,
} from '../rewrite.js';
import { expressionsOf } from '../rewrite.js';
import { countOf, dividedBy, factorsOf } from './counts.js';
import { outputChangeOf } from './error-bound.js';
import type { OutputChange } from './error-bound.js';
import type { Pass } from './pass.js';

/** Decimals that are tried; numbers of everyday size have no more in a double. */
const MAX_DECIMALS = 17;

/** Share of the tolerance that rounding may use; the rest is for float64 arithmetic. */
const USABLE_SHARE = 0.99;

type Decimals = number | undefined;

/** Decimals for each literal (by its size) and each table; absent: every digit stays. */
interface Rounding {
  readonly literals: ReadonlyMap<number, Decimals>;
  readonly tables: ReadonlyMap<ProgramSymbol, Decimals>;
  /** Literals that are told as one over these counts instead. */
  readonly counts: ReadonlyMap<number, number>;
}

/** Rounds literals and tables within the tolerance; the bound is documented in the header. */
export const roundConstants: Pass = {
  name: 'round-constants',
  run: (program, { tolerance }) => {
    const budget = tolerance * USABLE_SHARE;
    const literals = realLiterals(program.body);
    const tables = program.tables.filter((table) => !table.values.every(Number.isInteger));
    if (!(budget > 0) || literals.length + tables.length === 0) return program;
    const outputChange = outputChangeOf(program);
    const fits = (rounding: Rounding): boolean => changeOf(outputChange, rounding) <= budget;
    let rounding = commonRounding(outputChange, literals, tables, fits);
    if (rounding === undefined) return program;
    for (const literal of literals) {
      rounding = fewest(rounding.literals.get(literal), rounding, fits, (base, decimals) => ({
        ...base,
        literals: new Map(base.literals).set(literal, decimals),
      }));
    }
    for (const { symbol } of tables) {
      rounding = fewest(rounding.tables.get(symbol), rounding, fits, (base, decimals) => ({
        ...base,
        tables: new Map(base.tables).set(symbol, decimals),
      }));
    }
    return apply(program, withCounts(rounding, program.body, fits));
  },
};

/** The rounding with means told as quotients, where that fits. */
function withCounts(
  rounding: Rounding,
  body: readonly Statement[],
  fits: (rounding: Rounding) => boolean,
): Rounding {
  const factors = factorsOf(body);
  let best = rounding;
  for (const literal of rounding.literals.keys()) {
    const count = factors.has(literal) ? countOf(literal) : undefined;
    if (count === undefined) continue;
    const told = { ...best, counts: new Map(best.counts).set(literal, count) };
    if (fits(told)) best = told;
  }
  return best;
}

/** The sizes of all literals that are no integers, in the order of the text. */
function realLiterals(body: readonly Statement[]): readonly number[] {
  const sizes = new Set<number>();
  visitStatements(body, (statement) => {
    for (const expression of expressionsOf(statement)) {
      visitExpression(expression, (inner) => {
        if (inner.kind === 'number' && !Number.isInteger(inner.value)) {
          sizes.add(Math.abs(inner.value));
        }
      });
    }
  });
  return [...sizes];
}

/** The smallest number of decimals that does for all constants; pinned ones are left out. */
function commonRounding(
  outputChange: OutputChange,
  literals: readonly number[],
  tables: readonly Table[],
  fits: (rounding: Rounding) => boolean,
): Rounding | undefined {
  const free = literals.filter((literal) =>
    bearsChange(outputChange, (value) => Math.abs(value) === literal),
  );
  const loose = tables.filter(({ symbol }) =>
    bearsChange(
      outputChange,
      () => false,
      (table) => table === symbol,
    ),
  );
  const at = (decimals: number): Rounding => ({
    literals: new Map(free.map((literal) => [literal, decimals])),
    tables: new Map(loose.map(({ symbol }) => [symbol, decimals])),
    counts: new Map(),
  });
  for (let decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
    const rounding = at(decimals);
    if (fits(rounding)) return rounding;
  }
  return undefined;
}

/** False for constants that no change, however small, may reach: those of conditions. */
function bearsChange(
  outputChange: OutputChange,
  isLiteral: (value: number) => boolean,
  isTable: (symbol: ProgramSymbol) => boolean = () => false,
): boolean {
  const change = outputChange({
    literal: (value) => (isLiteral(value) ? Number.EPSILON : 0),
    table: (symbol) => (isTable(symbol) ? Number.EPSILON : 0),
  });
  return Number.isFinite(change);
}

/** The rounding with the fewest decimals, below the present ones, that still fits. */
function fewest(
  present: Decimals,
  rounding: Rounding,
  fits: (rounding: Rounding) => boolean,
  change: (rounding: Rounding, decimals: number) => Rounding,
): Rounding {
  if (present === undefined) return rounding;
  for (let decimals = 0; decimals < present; decimals++) {
    const fewer = change(rounding, decimals);
    if (fits(fewer)) return fewer;
  }
  return rounding;
}

/** The value with so many decimals, or with as many more as leave it different from 0. */
function roundTo(value: number, decimals: Decimals): number {
  if (decimals === undefined) return value;
  for (let kept = decimals; kept <= MAX_DECIMALS; kept++) {
    const rounded = Number(value.toFixed(kept));
    if (rounded !== 0) return rounded;
  }
  return value;
}

function changeOf(outputChange: OutputChange, { literals, tables, counts }: Rounding): number {
  return outputChange({
    literal: (value) => {
      const size = Math.abs(value);
      const count = counts.get(size);
      const told = count === undefined ? roundTo(size, literals.get(size)) : 1 / count;
      return Math.abs(told - size);
    },
    table: (symbol) => {
      const decimals = tables.get(symbol);
      return decimals === undefined ? 0 : 0.5 * 10 ** -decimals;
    },
  });
}

function apply(program: Program, { literals, tables, counts }: Rounding): Program {
  const change = (expression: Expression): Expression => {
    const quotient = dividedBy(expression, counts);
    if (quotient !== undefined) return mapOperands(quotient, change);
    if (expression.kind !== 'number') return withoutFactorOne(mapOperands(expression, change));
    const size = Math.abs(expression.value);
    return num(Math.sign(expression.value) * roundTo(size, literals.get(size)));
  };
  const block = (statements: readonly Statement[]): readonly Statement[] =>
    statements.map((statement) => mapBlocks(mapExpressions(statement, change), block));
  return {
    ...program,
    tables: program.tables.map((table) => {
      const decimals = tables.get(table.symbol);
      if (decimals === undefined) return table;
      return { ...table, values: table.values.map((value) => roundSigned(value, decimals)) };
    }),
    body: block(program.body),
  };
}

function roundSigned(value: number, decimals: number): number {
  return value === 0 ? 0 : Math.sign(value) * roundTo(Math.abs(value), decimals);
}

/** A factor that rounding made 1 is left out. */
function withoutFactorOne(expression: Expression): Expression {
  if (expression.kind !== 'binary' || expression.operator !== '*') return expression;
  return multiply(expression.left, expression.right);
}
