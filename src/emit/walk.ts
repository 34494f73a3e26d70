/** Questions about a whole program: which helpers it calls, which arrays belong to the caller. */
import { operandsOf } from '../ir/program-walk.js';
import type { Expression, Helper, Program, ProgramSymbol, Statement } from '../ir/program.js';

/** Every statement, outer ones before their bodies, in program order. */
export function* allStatements(statements: readonly Statement[]): Generator<Statement> {
  for (const statement of statements) {
    yield statement;
    if (statement.kind === 'for' || statement.kind === 'for-of')
      yield* allStatements(statement.body);
    if (statement.kind === 'if') {
      yield* allStatements(statement.then);
      yield* allStatements(statement.otherwise);
    }
  }
}

/** The helpers that a program calls, each once, in the order of their names. */
export function helpersOf(program: Program): readonly Helper[] {
  const found = new Set<Helper>();
  for (const statement of allStatements(program.body)) {
    for (const expression of expressionsOf(statement)) collectHelpers(expression, found);
  }
  return [...found].sort();
}

/** The tables of weights and biases that a program hands to `dense`. */
export function tablesOfLayers(program: Program): readonly ProgramSymbol[] {
  const tablesIn = (expression: Expression): readonly ProgramSymbol[] => {
    const inner = operandsOf(expression).flatMap(tablesIn);
    if (expression.kind !== 'helper' || expression.helper !== 'dense') return inner;
    const handed = expression.arguments.slice(1);
    return [...inner, ...handed.flatMap((part) => (part.kind === 'symbol' ? [part.symbol] : []))];
  };
  return [...allStatements(program.body)].flatMap((statement) =>
    expressionsOf(statement).flatMap(tablesIn),
  );
}

/** Numbers in lists of positions (`for … of [3, 5, 9]`), which count as data. */
export function listedPositions(program: Program): number {
  let count = 0;
  for (const statement of allStatements(program.body)) {
    if (statement.kind === 'for-of') count += statement.values.length;
  }
  return count;
}

/**
 * Whether an array expression is (part of) an argument of `scores`, hence an `ArrayLike` that may lack
 * the methods of arrays.
 */
export function foreignArrays(program: Program): (expression: Expression) => boolean {
  const foreign = new Set<ProgramSymbol>(program.parameters);
  const isForeign = (expression: Expression): boolean => {
    if (expression.kind === 'symbol') return foreign.has(expression.symbol);
    return expression.kind === 'element' && foreign.has(expression.array);
  };
  for (const statement of allStatements(program.body)) {
    if (statement.kind === 'const' && isForeign(statement.value)) foreign.add(statement.symbol);
  }
  return isForeign;
}

/**
 * The arrays of numbers that a program fills and reads cell by cell only, never handing one on: these can
 * be typed arrays, which are shorter to declare and faster to add to.
 */
export function cellArrays(program: Program): ReadonlySet<ProgramSymbol> {
  const arrays = new Set<ProgramSymbol>();
  for (const statement of allStatements(program.body)) {
    if (statement.kind !== 'allocate' || statement.symbol.type.scalar !== 'number') continue;
    // What is bound anew may become any other array.
    const isFixed = statement.growing !== true && statement.rebound !== true;
    if (isFixed) arrays.add(statement.symbol);
  }
  const visit = (expression: Expression): void => {
    if (expression.kind === 'symbol') arrays.delete(expression.symbol);
    if (expression.kind === 'element') {
      const { array, indices } = expression;
      if (indices.length < array.type.extents.length) arrays.delete(array);
    }
    operandsOf(expression).forEach(visit);
  };
  for (const statement of allStatements(program.body)) expressionsOf(statement).forEach(visit);
  return arrays;
}

/** The symbols that a program's body reads. */
export function symbolsRead(program: Program): ReadonlySet<ProgramSymbol> {
  const read = new Set<ProgramSymbol>();
  for (const statement of allStatements(program.body)) {
    for (const expression of expressionsOf(statement)) {
      for (const symbol of symbolsIn(expression)) read.add(symbol);
    }
  }
  return read;
}

/** The symbols that an expression reads, in the order of its text. */
export function symbolsIn(expression: Expression): readonly ProgramSymbol[] {
  const own = expression.kind === 'symbol' ? [expression.symbol] : [];
  const array = expression.kind === 'element' ? [expression.array] : [];
  return [...own, ...array, ...operandsOf(expression).flatMap(symbolsIn)];
}

export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'const':
    case 'let':
    case 'append':
    case 'return':
      return [statement.value];
    case 'assign':
      return [...statement.indices, statement.value];
    case 'for':
      return [statement.from, statement.to];
    case 'if':
      return [statement.condition];
    case 'allocate':
      return statement.extents ?? [];
    case 'for-of':
      return [];
  }
}

function collectHelpers(expression: Expression, found: Set<Helper>): void {
  if (expression.kind === 'helper') found.add(expression.helper);
  for (const part of operandsOf(expression)) collectHelpers(part, found);
}
