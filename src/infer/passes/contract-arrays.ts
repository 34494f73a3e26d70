/**
 * An array whose every access stands in one loop body at that loop's own iterators is a scalar there:
 *
 *   const flags = …[n]; for (i) { flags[i] = a; total += flags[i]; }   →   for (i) { const flag = a; … }
 *
 * One whose accesses stand in one loop body at that loop's iterator along the first axis is a row there:
 *
 *   const all = …[n][m]; for (i) { … all[i][j] … }   →   for (i) { const all = …[m]; … all[j] … }
 */
import { constant, element, num, bool, ref, symbol, variable } from '../../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { singular } from '../hints.js';
import { mapBlocks, mapExpressions, mapOperands } from '../rewrite.js';
import type { Access } from './effects.js';
import { accessesOf } from './effects.js';
import type { Pass } from './pass.js';

type Allocation = Extract<Statement, { readonly kind: 'allocate' }>;

/** Contracts arrays wherever they are declared. */
export const contractArrays: Pass = {
  name: 'contract-arrays',
  run: (program: Program) => ({ ...program, body: contractBlock(program.body) }),
};

function contractBlock(block: readonly Statement[]): readonly Statement[] {
  let statements = block;
  for (const statement of block) {
    if (statement.kind !== 'allocate') continue;
    const rest = statements.filter((other) => other !== statement);
    statements = contract(statement, rest) ?? statements;
  }
  return statements.map((statement) => mapBlocks(statement, contractBlock));
}

/** The block without the allocation; `undefined` when the array is more than a scalar. */
function contract(
  allocation: Allocation,
  block: readonly Statement[],
): readonly Statement[] | undefined {
  const accesses = accessesOf(block).filter((access) => access.symbol === allocation.symbol);
  const indices = commonIndices(accesses);
  if (indices === undefined) return contractRows(allocation, block, accesses);
  return descend(allocation, block, indices, new Set(indices));
}

/** The block with an array of one row, where every step of a loop has to do with its own row alone. */
function contractRows(
  allocation: Allocation,
  block: readonly Statement[],
  accesses: readonly Access[],
): readonly Statement[] | undefined {
  const { symbol: array, extents, rebound, growing } = allocation;
  const [holder, ...others] = block.filter((statement) => touches(statement, array));
  if (others.length > 0 || array.type.extents.length < 2) return undefined;
  if (extents !== undefined || rebound === true || growing === true) return undefined;
  if (accesses.length === 0 || holder.kind !== 'for') return undefined;
  const { iterator } = holder;
  const isOwnRow = accesses.every(({ indices }) => {
    const first = indices?.at(0);
    return first?.kind === 'symbol' && first.symbol === iterator;
  });
  if (!isOwnRow) return undefined;
  const row = symbol(array.hint, array.type.scalar, array.type.extents.slice(1));
  const body = holder.body.map((statement) => replaceRow(statement, array, row));
  const own: Statement = { ...allocation, symbol: row };
  return block.map((statement) =>
    statement === holder ? { ...holder, body: [own, ...body] } : statement,
  );
}

function replaceRow(statement: Statement, array: ProgramSymbol, row: ProgramSymbol): Statement {
  const change = (expression: Expression): Expression => {
    const inner = mapOperands(expression, change);
    return inner.kind === 'element' && inner.array === array
      ? element(row, ...inner.indices.slice(1))
      : inner;
  };
  const changed = mapBlocks(mapExpressions(statement, change), (block) =>
    block.map((inner) => replaceRow(inner, array, row)),
  );
  if (changed.kind !== 'assign' || changed.symbol !== array) return changed;
  return { ...changed, symbol: row, indices: changed.indices.slice(1) };
}

/** The iterators that all accesses use, in order; `undefined` when they differ. */
function commonIndices(accesses: readonly Access[]): readonly ProgramSymbol[] | undefined {
  const lists = accesses.map((access) =>
    access.indices?.map((index) => (index.kind === 'symbol' ? index.symbol : undefined)),
  );
  const [first] = lists;
  if (first === undefined) return undefined;
  const same = lists.every(
    (list) => list?.length === first.length && list.every((own, axis) => own === first[axis]),
  );
  if (!same) return undefined;
  const symbols = first.filter((own) => own !== undefined);
  return symbols.length === first.length ? symbols : undefined;
}

/** Goes into the one loop that holds all accesses while its iterator is an index still to come. */
function descend(
  allocation: Allocation,
  block: readonly Statement[],
  indices: readonly ProgramSymbol[],
  missing: ReadonlySet<ProgramSymbol>,
): readonly Statement[] | undefined {
  if (missing.size === 0) return replaceInBody(allocation, block, indices);
  const holders = block.filter((statement) => touches(statement, allocation.symbol));
  const [holder] = holders;
  if (holders.length !== 1 || (holder.kind !== 'for' && holder.kind !== 'for-of')) return undefined;
  if (!missing.has(holder.iterator)) return undefined;
  const still = new Set([...missing].filter((own) => own !== holder.iterator));
  const body = descend(allocation, holder.body, indices, still);
  if (body === undefined) return undefined;
  return block.map((statement) => (statement === holder ? { ...holder, body } : statement));
}

function touches(statement: Statement, array: ProgramSymbol): boolean {
  return accessesOf([statement]).some((access) => access.symbol === array);
}

function replaceInBody(
  allocation: Allocation,
  body: readonly Statement[],
  indices: readonly ProgramSymbol[],
): readonly Statement[] {
  const { symbol: array, fill } = allocation;
  const scalar = symbol(singular(array.hint), array.type.scalar);
  const cell = element(array, ...indices.map((index) => ref(index)));
  const first = body.findIndex((statement) => touches(statement, array));
  const writes = accessesOf(body).filter(
    (access) => access.symbol === array && access.kind !== 'read',
  );
  const start = body[first];
  const setOnce = start.kind === 'assign' && start.operator === '=' && start.symbol === array;
  if (setOnce && writes.length === 1) {
    const rest = body.slice(first + 1).map((statement) => replaceCell(statement, cell, scalar));
    return [...body.slice(0, first), constant(scalar, start.value), ...rest];
  }
  const declaration = variable(scalar, typeof fill === 'number' ? num(fill) : bool(fill));
  const rest = body.slice(first).map((statement) => replaceCell(statement, cell, scalar));
  return [...body.slice(0, first), declaration, ...rest];
}

function replaceCell(statement: Statement, cell: Expression, scalar: ProgramSymbol): Statement {
  const array = cell.kind === 'element' ? cell.array : undefined;
  const change = (expression: Expression): Expression =>
    expression.kind === 'element' && expression.array === array
      ? ref(scalar)
      : mapOperands(expression, change);
  const changed = mapBlocks(mapExpressions(statement, change), (block) =>
    block.map((inner) => replaceCell(inner, cell, scalar)),
  );
  if (changed.kind !== 'assign' || changed.symbol !== array) return changed;
  return { ...changed, symbol: scalar, indices: [] };
}
