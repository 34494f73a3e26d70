/**
 * Walks over programs: the operands of an expression, the expressions and blocks of a statement, and
 * copies with expressions replaced. Assumes lowered programs.
 */
import { operandsOf } from '../ir/program-walk.js';
import type { Expression, Statement } from '../ir/program.js';

export { mapOperands, operandsOf } from '../ir/program-walk.js';

/** An expression and all expressions in it, outermost first. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  for (const operand of operandsOf(expression)) yield* partsOf(operand);
}

/** The expressions that a statement holds itself, those of nested statements left out. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'const':
    case 'let':
    case 'append':
    case 'return':
      return [statement.value];
    case 'allocate':
      return statement.extents ?? [];
    case 'for-of':
      return [];
    case 'for':
      return [statement.from, statement.to];
    case 'assign':
      return [...statement.indices, statement.value];
    case 'if':
      return [statement.condition];
  }
}

/** The blocks that a statement holds. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'for':
    case 'for-of':
      return [statement.body];
    case 'if':
      return [statement.then, statement.otherwise];
    case 'const':
    case 'let':
    case 'allocate':
    case 'assign':
    case 'append':
    case 'return':
      return [];
  }
}

/** Every statement of a block and of the blocks in it, in program order. */
export function* statementsOf(block: readonly Statement[]): Generator<Statement> {
  for (const statement of block) {
    yield statement;
    for (const inner of blocksOf(statement)) yield* statementsOf(inner);
  }
}

/** A copy of a block with every expression that a statement holds replaced by `change(expression)`. */
export function mapBlock(
  block: readonly Statement[],
  change: (expression: Expression) => Expression,
): readonly Statement[] {
  return block.map((statement) => mapStatement(statement, change));
}

function mapStatement(
  statement: Statement,
  change: (expression: Expression) => Expression,
): Statement {
  switch (statement.kind) {
    case 'const':
    case 'let':
    case 'append':
    case 'return':
      return { ...statement, value: change(statement.value) };
    case 'allocate':
      return statement.extents === undefined
        ? statement
        : { ...statement, extents: statement.extents.map(change) };
    case 'for':
      return {
        ...statement,
        from: change(statement.from),
        to: change(statement.to),
        body: mapBlock(statement.body, change),
      };
    case 'for-of':
      return { ...statement, body: mapBlock(statement.body, change) };
    case 'assign':
      return {
        ...statement,
        indices: statement.indices.map(change),
        value: change(statement.value),
      };
    case 'if':
      return {
        ...statement,
        condition: change(statement.condition),
        then: mapBlock(statement.then, change),
        otherwise: mapBlock(statement.otherwise, change),
      };
  }
}
