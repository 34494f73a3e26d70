/**
 * An array that is a copy of another one, cell by cell, is that other one; with axes of one cell in front,
 * where the program gives it back, it is that one in brackets:
 *
 *   const last = …; for (i) last[i] = hidden[i];   … last[j] …      →   … hidden[j] …
 *   const result = …; for (i) result[0][i] = hidden[i]; return result;   →   return [hidden];
 */
import { array, ref } from '../../ir/program-builders.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { mapBlocks, mapExpressions, renameInBlock, substituteSymbols } from '../rewrite.js';
import { accessesOf } from './effects.js';
import type { Pass } from './pass.js';

/** Drops copies of arrays of the program's own, in every block, while these stay as they are. */
export const dropCopies: Pass = {
  name: 'drop-copies',
  run: (program: Program) => {
    const foreign = new Set([...program.parameters, ...program.tables.map(({ symbol }) => symbol)]);
    return { ...program, body: dropInBlock(program.body, foreign) };
  },
};

function dropInBlock(
  block: readonly Statement[],
  foreign: ReadonlySet<ProgramSymbol>,
): readonly Statement[] {
  let statements = block.map((statement) =>
    mapBlocks(statement, (inner) => dropInBlock(inner, foreign)),
  );
  for (let at = 0; at < statements.length; at++) {
    const copy = copyIn(statements[at]);
    if (copy === undefined || foreign.has(copy.source)) continue;
    const shorter = withoutCopy(statements, at, copy);
    if (shorter === undefined) continue;
    statements = [...shorter];
    at = -1;
  }
  return statements;
}

interface Copy {
  readonly target: ProgramSymbol;
  readonly source: ProgramSymbol;
  /** Number of axes of one cell that the target has in front. */
  readonly wrapped: number;
  /** What the loop does besides. */
  readonly rest: readonly Statement[];
}

/** What a loop copies as the last thing that it does, where that is the whole array. */
function copyIn(statement: Statement): Copy | undefined {
  if (statement.kind !== 'for' || statement.body.length < 2) return copyOfNest(statement);
  const { body } = statement;
  const copy = copyOfNest({ ...statement, body: body.slice(-1) });
  const before = body.slice(0, -1);
  if (copy === undefined || accessesOf(before).some(({ symbol }) => symbol === copy.target)) {
    return undefined;
  }
  return { ...copy, rest: [{ ...statement, body: before }] };
}

/** What a nest of loops copies, where it does nothing else, and copies the whole array. */
function copyOfNest(statement: Statement): Copy | undefined {
  const iterators: ProgramSymbol[] = [];
  const ends: number[] = [];
  let inner = statement;
  while (inner.kind === 'for') {
    const { from, to, step, body } = inner;
    const isWhole =
      from.kind === 'number' && from.value === 0 && to.kind === 'number' && step === 1;
    if (!isWhole || body.length !== 1) return undefined;
    iterators.push(inner.iterator);
    ends.push(to.value);
    [inner] = body;
  }
  if (inner.kind !== 'assign' || inner.operator !== '=' || iterators.length === 0) return undefined;
  const { symbol: target, indices, value } = inner;
  if (value.kind !== 'element') return undefined;
  const { array: source } = value;
  const wrapped = target.type.extents.length - source.type.extents.length;
  const isSame =
    wrapped >= 0 &&
    target.type.extents.every((extent, axis) =>
      axis < wrapped ? extent === 1 : extent === source.type.extents[axis - wrapped],
    ) &&
    isAt(indices.slice(wrapped), iterators, ends, source) &&
    isAt(value.indices, iterators, ends, source);
  return isSame ? { target, source, wrapped, rest: [] } : undefined;
}

/** Whether indices are the iterators in their order, each along the whole of its axis. */
function isAt(
  indices: readonly Expression[],
  iterators: readonly ProgramSymbol[],
  ends: readonly number[],
  { type: { extents } }: ProgramSymbol,
): boolean {
  return (
    indices.length === iterators.length &&
    indices.length === extents.length &&
    indices.every(
      (index, axis) =>
        index.kind === 'symbol' && index.symbol === iterators[axis] && ends[axis] === extents[axis],
    )
  );
}

/** The block without the copy at a position; `undefined` where the copy is needed. */
function withoutCopy(
  block: readonly Statement[],
  at: number,
  { target, source, wrapped, rest }: Copy,
): readonly Statement[] | undefined {
  const allocation = block.findIndex(
    (statement) => statement.kind === 'allocate' && statement.symbol === target,
  );
  if (allocation < 0 || allocation > at) return undefined;
  const others = block.flatMap((statement, position) =>
    position === at ? rest : position === allocation ? [] : [statement],
  );
  const behind = block.slice(at + 1);
  const isWritten = (statements: readonly Statement[], symbol: ProgramSymbol): boolean =>
    accessesOf(statements).some((access) => access.symbol === symbol && access.kind !== 'read');
  if (isWritten(others, target) || isWritten(behind, source)) return undefined;
  if (wrapped === 0) return renameInBlock(others, new Map([[target, source]]));
  const last = others[others.length - 1];
  const reads = (statements: readonly Statement[]): number =>
    accessesOf(statements).filter(({ symbol }) => symbol === target).length;
  const isGivenBack = last.kind === 'return' && reads(others) === 1 && isWhole(last.value, target);
  if (!isGivenBack) return undefined;
  let literal = ref(source);
  for (let axis = 0; axis < wrapped; axis++) literal = array(literal);
  const given = new Map([[target, literal]]);
  const result = mapExpressions(last, (value) => substituteSymbols(value, given));
  return [...others.slice(0, -1), result];
}

/** Whether an expression is the array itself, or a list of which it is a member. */
function isWhole(value: Expression, target: ProgramSymbol): boolean {
  if (value.kind === 'symbol') return value.symbol === target;
  return value.kind === 'array' && value.elements.some((element) => isWhole(element, target));
}
