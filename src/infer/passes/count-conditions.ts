/**
 * Adding 1 where a condition holds is counting:  `n += c ? 1 : 0`  →  `if (c) n++`; conditions within
 * conditions are one.
 */
import { and, assign, branch, num } from '../../ir/program-builders.js';
import type { Program, Statement } from '../../ir/program.js';
import { mapBlocks } from '../rewrite.js';
import type { Pass } from './pass.js';

/** Turns sums of two-valued numbers with a zero into conditional additions. */
export const countConditions: Pass = {
  name: 'count-conditions',
  run: (program: Program) => ({ ...program, body: countBlock(program.body) }),
};

function countBlock(block: readonly Statement[]): readonly Statement[] {
  return block.map((statement) => mergeBranches(countStatement(mapBlocks(statement, countBlock))));
}

/** `if (a) { if (b) … }` asks once: `if (a && b) …`. */
function mergeBranches(statement: Statement): Statement {
  if (statement.kind !== 'if' || statement.otherwise.length > 0) return statement;
  const [inner] = statement.then;
  if (statement.then.length !== 1 || inner.kind !== 'if' || inner.otherwise.length > 0) {
    return statement;
  }
  return branch(and(statement.condition, inner.condition), inner.then);
}

function countStatement(statement: Statement): Statement {
  if (statement.kind !== 'assign' || statement.operator === '=') return statement;
  const { value, symbol, indices, operator } = statement;
  if (value.kind !== 'conditional') return statement;
  const { condition, then, otherwise } = value;
  if (otherwise.kind !== 'number' || otherwise.value !== 0 || then.kind !== 'number') {
    return statement;
  }
  return branch(condition, [assign(symbol, indices, operator, num(then.value))]);
}
