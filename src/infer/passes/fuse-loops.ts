/**
 * Loops over the same axis in one block become one loop:
 *
 *   for (row) rowSums…   for (row) columnSums…   →   for (row) { rowSums…; columnSums… }
 *
 * Legal when what stands between them does not mind, and every array that one loop writes and the
 * other touches is only touched at the loop's own iterator (or only added to by both).
 */
import type { ProgramSymbol, Statement } from '../../ir/program.js';
import { mapBlocks, renameInBlock } from '../rewrite.js';
import type { Access } from './effects.js';
import { accessesOf, conflict, isFreeDeclaration, sameExpression } from './effects.js';
import type { Pass } from './pass.js';

type Loop = Extract<Statement, { readonly kind: 'for' }>;

/** Fuses loops in every block, outer blocks first. */
export const fuseLoops: Pass = {
  name: 'fuse-loops',
  run: (program) => ({ ...program, body: fuseBlock(program.body) }),
};

function fuseBlock(block: readonly Statement[]): readonly Statement[] {
  let statements = [...block];
  for (let first = 0; first < statements.length; first++) {
    for (let second = first + 1; second < statements.length; second++) {
      const fused = fusePair(statements, first, second);
      if (fused === undefined) continue;
      statements = fused;
      // Positions have moved: look at this block again from its beginning.
      first = -1;
      break;
    }
  }
  return statements.map((statement) => mapBlocks(statement, fuseBlock));
}

/** The block with two of its loops made one; `undefined` when that is not legal. */
function fusePair(block: readonly Statement[], i: number, j: number): Statement[] | undefined {
  const [first, second] = [block[i], block[j]];
  if (first.kind !== 'for' || second.kind !== 'for') return undefined;
  if (!sameRun(first, second) || !mayRunTogether(first, second)) return undefined;
  const between = block.slice(i + 1, j);
  const declarations = between.filter(isFreeDeclaration);
  const others = between.filter((statement) => !isFreeDeclaration(statement));
  const renamed = renameInBlock(second.body, new Map([[second.iterator, first.iterator]]));
  const comment = first.comment ?? second.comment;
  const fused: Loop = {
    ...first,
    body: [...first.body, ...renamed],
    ...(comment === undefined ? {} : { comment }),
  };
  const before = [...block.slice(0, i), ...declarations];
  const after = block.slice(j + 1);
  if (others.every((statement) => !conflict(statement, second))) {
    return [...before, fused, ...others, ...after];
  }
  if (others.every((statement) => !conflict(first, statement))) {
    return [...before, ...others, fused, ...after];
  }
  return undefined;
}

/** Equal bounds, and iterators of one name: loops over one axis. */
function sameRun(first: Loop, second: Loop): boolean {
  return (
    first.iterator.hint === second.iterator.hint &&
    first.step === second.step &&
    sameExpression(first.from, second.from) &&
    sameExpression(first.to, second.to)
  );
}

function mayRunTogether(first: Loop, second: Loop): boolean {
  const [before, after] = [accessesOf(first.body), accessesOf(second.body)];
  const shared = new Set<ProgramSymbol>();
  for (const access of before) if (access.kind !== 'read') shared.add(access.symbol);
  for (const access of after) if (access.kind !== 'read') shared.add(access.symbol);
  for (const symbol of shared) {
    const own = before.filter((access) => access.symbol === symbol);
    const other = after.filter((access) => access.symbol === symbol);
    if (own.length === 0 || other.length === 0) continue;
    if ([...own, ...other].every((access) => access.kind === 'add')) continue;
    if (!followsIterator(own, first.iterator, other, second.iterator)) return false;
  }
  return true;
}

/** True when at some axis all accesses are at the loops' own iterators. */
function followsIterator(
  own: readonly Access[],
  iterator: ProgramSymbol,
  other: readonly Access[],
  otherIterator: ProgramSymbol,
): boolean {
  const axes = own[0].symbol.type.extents.length;
  const isAt = (access: Access, axis: number, wanted: ProgramSymbol): boolean => {
    const index = access.indices?.at(axis);
    return index?.kind === 'symbol' && index.symbol === wanted;
  };
  return Array.from({ length: axes }, (_, axis) => axis).some(
    (axis) =>
      own.every((access) => isAt(access, axis, iterator)) &&
      other.every((access) => isAt(access, axis, otherIterator)),
  );
}
