/**
 * Two programs one behind the other: what the first returns is the input of the second. The second may be a
 * student's, and decide by itself.
 *
 *   return [total / 24, recent / 3];   and   if (averages[1] < 12) return 'heat'; …
 *     →   const average = recent / 3;  if (average < 12) return 'heat'; …
 */
import { constant, ref, symbol } from '../../ir/program-builders.js';
import { typeOf } from '../../ir/program-types.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { runPasses } from '../passes/index.js';
import {
  expressionsOf,
  mapBlocks,
  mapExpressions,
  renameInBlock,
  substituteSymbols,
  visitExpression,
  visitStatements,
} from '../rewrite.js';

/**
 * The program of both; its interface is the second one's but for the inputs, which are the first one's.
 *
 * @param first a program of one output that does not decide.
 * @param second a program of one input, of the shape of that output.
 * @param words a name to try for each cell of what lies between, where the first program has none; symbols are
 *   declared as they are.
 * @param names symbols that keep their names even where they are read once.
 */
export function continueProgram(
  first: Program,
  second: Program,
  words: readonly (string | ProgramSymbol)[],
  names: ReadonlySet<ProgramSymbol> = new Set(),
): Program {
  const last = first.body.at(-1);
  if (last?.kind !== 'return') throw new TypeError('a program ends by returning its outputs');
  const [parameter] = second.parameters;
  const declarations: Statement[] = [];
  const isSpelt = readsFixedCells(second.body, parameter);
  const renamed = new Map<ProgramSymbol, ProgramSymbol>();
  const between = named(last.value, parameter, words, declarations, isSpelt, renamed);
  const body = withoutAliases(
    substituteInBlock(second.body, new Map([[parameter, between]])),
    between.kind === 'array' ? between.elements : [between],
  );
  const program: Program = {
    ...second,
    interface: { ...second.interface, inputs: first.interface.inputs },
    parameters: first.parameters,
    tables: [...first.tables, ...second.tables],
    body: renameInBlock([...first.body.slice(0, -1), ...declarations, ...body], renamed),
  };
  return runPasses(program, { tolerance: 0, named: names });
}

/**
 * What lies between as names: an array, or, where cells are read one by one (`isSpelt`), a list of the names of
 * its cells.
 */
function named(
  value: Expression,
  parameter: ProgramSymbol,
  words: readonly (string | ProgramSymbol)[],
  declarations: Statement[],
  isSpelt: boolean,
  renamed: Map<ProgramSymbol, ProgramSymbol>,
): Expression {
  const bind = (part: Expression, word: string | ProgramSymbol): Expression => {
    if (part.kind === 'symbol') {
      // The given name is the one that equations are told with.
      if (typeof word !== 'string' && !renamed.has(part.symbol)) renamed.set(part.symbol, word);
      return part;
    }
    // A number that equations hold a cell at says itself what it is.
    if (typeof word !== 'string' && part.kind === 'number') return part;
    const { scalar, extents } = typeOf(part);
    const name = typeof word === 'string' ? symbol(word, scalar, extents) : word;
    declarations.push(constant(name, part));
    return ref(name);
  };
  const isList = value.kind === 'array' && parameter.type.extents.length === 1;
  if (!isList || !isSpelt) return bind(value, parameter.hint);
  return { ...value, elements: value.elements.map((element, k) => bind(element, words[k])) };
}

/** Whether a list is read at literal positions alone. */
function readsFixedCells(block: readonly Statement[], list: ProgramSymbol): boolean {
  let isFixed = true;
  visitStatements(block, (statement) => {
    for (const expression of expressionsOf(statement)) {
      visitExpression(expression, (inner) => {
        if (inner.kind === 'symbol' && inner.symbol === list) isFixed = false;
        if (inner.kind !== 'element' || inner.array !== list) return;
        isFixed &&= inner.indices[0].kind === 'number';
      });
    }
  });
  return isFixed;
}

/** Without names at the top that say again what has a name, one of `known`, which nothing behind changes. */
function withoutAliases(
  block: readonly Statement[],
  known: readonly Expression[],
): readonly Statement[] {
  const names = new Set(known.flatMap((one) => (one.kind === 'symbol' ? [one.symbol] : [])));
  const renamed = new Map<ProgramSymbol, ProgramSymbol>();
  const others = block.filter((statement) => {
    if (statement.kind !== 'const' || statement.value.kind !== 'symbol') return true;
    if (!names.has(statement.value.symbol)) return true;
    renamed.set(statement.symbol, statement.value.symbol);
    return false;
  });
  return renamed.size === 0 ? block : renameInBlock(others, renamed);
}

function substituteInBlock(
  block: readonly Statement[],
  replaced: ReadonlyMap<ProgramSymbol, Expression>,
): readonly Statement[] {
  return block.map((statement) =>
    mapBlocks(
      mapExpressions(statement, (expression) => substituteSymbols(expression, replaced)),
      (inner) => substituteInBlock(inner, replaced),
    ),
  );
}
