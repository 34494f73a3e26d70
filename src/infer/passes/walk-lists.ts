/**
 * A loop over ranks that only looks up positions in one list walks the list itself:
 *
 *   for (i = 0; i < 4; i++) … cells[positions[i]]   →   for (const row of [0, 1, 3, 4]) … cells[row]
 */
import { loopOver, ref, symbol } from '../../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement, Table } from '../../ir/program.js';
import { countSymbol, expressionsOf, mapBlocks, mapExpressions, mapOperands } from '../rewrite.js';
import { visitStatements } from '../rewrite.js';
import type { Pass } from './pass.js';

/** Longer lists stay tables: a loop head is no place for them. */
const MAX_LISTED = 24;

/** Rewrites loops that run over a whole one-dimensional table and use their iterator only in it. */
export const walkLists: Pass = {
  name: 'walk-lists',
  run: (program: Program) => ({ ...program, body: walkBlock(program.body, program.tables) }),
};

function walkBlock(block: readonly Statement[], tables: readonly Table[]): readonly Statement[] {
  return block.map((statement) =>
    mapBlocks(walkLoop(statement, tables), (inner) => walkBlock(inner, tables)),
  );
}

function walkLoop(statement: Statement, tables: readonly Table[]): Statement {
  if (statement.kind !== 'for' || statement.step !== 1) return statement;
  const { iterator, from, to } = statement;
  if (from.kind !== 'number' || from.value !== 0 || to.kind !== 'number') return statement;
  const table = tables.find(
    ({ symbol: own, values }) =>
      values.length === to.value &&
      values.length <= MAX_LISTED &&
      isOnlyIndexOf(statement.body, iterator, own),
  );
  if (table === undefined) return statement;
  const position = symbol(iterator.hint);
  const change = (expression: Expression): Expression =>
    expression.kind === 'element' && expression.array === table.symbol
      ? ref(position)
      : mapOperands(expression, change);
  const rewrite = (block: readonly Statement[]): readonly Statement[] =>
    block.map((inner) => mapBlocks(mapExpressions(inner, change), rewrite));
  return loopOver(position, [...table.values], rewrite(statement.body), statement.comment);
}

/** True when the block reads the iterator, and only as the index of this one-dimensional table. */
function isOnlyIndexOf(
  block: readonly Statement[],
  iterator: ProgramSymbol,
  table: ProgramSymbol,
): boolean {
  if (table.type.extents.length !== 1) return false;
  let reads = 0;
  let lookups = 0;
  const count = (expression: Expression): void => {
    if (expression.kind === 'element' && expression.array === table) {
      const [index] = expression.indices;
      if (index.kind === 'symbol' && index.symbol === iterator) lookups++;
    }
    mapOperands(expression, (operand) => {
      count(operand);
      return operand;
    });
  };
  visitStatements(block, (statement) => {
    for (const expression of expressionsOf(statement)) {
      reads += countSymbol(expression, iterator);
      count(expression);
    }
  });
  return reads > 0 && reads === lookups;
}
