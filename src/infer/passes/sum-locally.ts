/**
 * A cell of an array that a whole inner loop adds to is a variable while the loop runs, and stored once:
 *
 *   for (row) for (column) { columnSums[column] += …; rowSums[row] += …; }
 *     →   for (row) { let rowSum = 0; for (column) { columnSums[column] += …; rowSum += …; } rowSums[row] = rowSum; }
 *
 * Each sum in memory would wait for the one before it: the loop takes twice as long. A loop that does
 * nothing else than adding to the cell stays as it is, since then it is one line.
 */
import { assign, bool, num, ref, symbol, variable } from '../../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { singular } from '../hints.js';
import { mapBlocks, visitExpression } from '../rewrite.js';
import { accessesOf, declaredIn, sameExpression } from './effects.js';
import type { Pass } from './pass.js';

type Allocation = Extract<Statement, { readonly kind: 'allocate' }>;
type Loop = Extract<Statement, { readonly kind: 'for' | 'for-of' }>;

/** Rewrites sums into cells of arrays that are declared in the block of the outer loop. */
export const sumLocally: Pass = {
  name: 'sum-locally',
  run: (program: Program) => ({ ...program, body: rewriteBlock(program.body) }),
};

function rewriteBlock(block: readonly Statement[]): readonly Statement[] {
  const allocated = new Map<ProgramSymbol, Allocation>();
  return block.map((statement) => {
    const rewritten = isLoop(statement) ? rewriteLoop(statement, allocated) : statement;
    // From here on the cells of what was touched may be anything.
    for (const access of accessesOf([statement])) allocated.delete(access.symbol);
    if (statement.kind === 'allocate' && statement.growing !== true) {
      allocated.set(statement.symbol, statement);
    }
    return mapBlocks(rewritten, rewriteBlock);
  });
}

function isLoop(statement: Statement): statement is Loop {
  return statement.kind === 'for' || statement.kind === 'for-of';
}

/** The loop with sums into fresh arrays kept in variables of its body. */
function rewriteLoop(loop: Loop, fresh: ReadonlyMap<ProgramSymbol, Allocation>): Loop {
  const body = loop.body.flatMap((inner): readonly Statement[] => {
    if (!isLoop(inner) || inner.body.length < 2) return [inner];
    let summed: Statement = inner;
    const before: Statement[] = [];
    const after: Statement[] = [];
    for (const { symbol: array, fill } of fresh.values()) {
      const indices = cellOf(array, inner, loop);
      if (indices === undefined) continue;
      const sum = symbol(singular(array.hint), array.type.scalar);
      before.push(variable(sum, typeof fill === 'number' ? num(fill) : bool(fill)));
      summed = renameTarget(summed, array, sum);
      after.push(assign(array, indices, '=', ref(sum)));
    }
    return [...before, summed, ...after];
  });
  return { ...loop, body };
}

/**
 * The indices of the one cell of an array that `inner` adds to, another cell each time that `loop` runs
 * and nothing else in its body touches; `undefined` where there is no such cell.
 */
function cellOf(array: ProgramSymbol, inner: Loop, loop: Loop): readonly Expression[] | undefined {
  const accesses = accessesOf(loop.body).filter((access) => access.symbol === array);
  const own = accessesOf([inner]).filter((access) => access.symbol === array);
  const indices = own.at(0)?.indices;
  if (indices === undefined || own.length !== accesses.length) return undefined;
  const same = own.every(
    (access) =>
      access.kind === 'add' &&
      access.indices?.length === indices.length &&
      access.indices.every((index, axis) => sameExpression(index, indices[axis])),
  );
  const isNewCell = indices.some(
    (index) => index.kind === 'symbol' && index.symbol === loop.iterator,
  );
  return same && isNewCell && areFixed(indices, inner) ? indices : undefined;
}

/** Whether no symbol of some expressions is declared or written in a loop. */
function areFixed(expressions: readonly Expression[], loop: Loop): boolean {
  const changing = new Set(declaredIn([loop]));
  for (const access of accessesOf([loop])) if (access.kind !== 'read') changing.add(access.symbol);
  let fixed = true;
  for (const expression of expressions) {
    visitExpression(expression, (part) => {
      if (part.kind === 'symbol') fixed &&= !changing.has(part.symbol);
      if (part.kind === 'element') fixed &&= !changing.has(part.array);
    });
  }
  return fixed;
}

function renameTarget(statement: Statement, array: ProgramSymbol, sum: ProgramSymbol): Statement {
  const inner = mapBlocks(statement, (block) => block.map((own) => renameTarget(own, array, sum)));
  if (inner.kind !== 'assign' || inner.symbol !== array) return inner;
  return { ...inner, symbol: sum, indices: [] };
}
