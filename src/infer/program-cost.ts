/** What a whole program costs to read, in the points of `cost.ts`: how ways to tell one model compare. */
import type { Program, Statement } from '../ir/program.js';
import { constantCost, costOf } from './cost.js';
import { blocksOf, expressionsOf } from './rewrite.js';

/** What a statement costs besides its expressions and blocks: a line to be read. */
const LINE = 1;

/** All statements with their expressions, and every number of the tables. */
export function programCost({ body, tables }: Program): number {
  const inTables = tables.reduce(
    (sum, { values }) => values.reduce((total, value) => total + constantCost(value), sum),
    0,
  );
  return blockCost(body) + inTables;
}

function blockCost(block: readonly Statement[]): number {
  return block.reduce((sum, statement) => sum + statementCost(statement), 0);
}

function statementCost(statement: Statement): number {
  const own = expressionsOf(statement).reduce((sum, expression) => sum + costOf(expression), LINE);
  const listed =
    statement.kind === 'for-of'
      ? statement.values.reduce((sum, value) => sum + constantCost(value), 0)
      : 0;
  return blocksOf(statement).reduce((sum, block) => sum + blockCost(block), own + listed);
}
