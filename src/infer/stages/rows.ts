/**
 * The rows of a scan's step, read where they stand: `row[j]` is `source[step][j]`. Where a row is no part of
 * its source by itself (the source has other axes), it is copied first.
 */
import { sizeOf } from '../../ir/model-interface.js';
import type { Scan } from '../../ir/network.js';
import { allocate, assign, element, num, ref } from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import { storedIndices } from '../../ir/stage.js';
import { accessesOf } from '../passes/effects.js';
import { mapBlocks, mapExpressions, mapOperands } from '../rewrite.js';
import { overCells } from './lower-scan.js';

/** The statements of a step with the symbols of its rows (among `inputs`) replaced. */
export function readRows(
  { feeds, steps }: Scan,
  inputs: readonly ProgramSymbol[],
  sources: readonly ProgramSymbol[],
  step: ProgramSymbol,
  block: readonly Statement[],
): readonly Statement[] {
  const copies: Statement[] = [];
  let statements = block;
  feeds.forEach((feed, input) => {
    if (feed.kind !== 'row') return;
    const row = inputs[input];
    const source = sources[feed.source];
    const { extents } = row.type;
    const stored = source.type.extents;
    const read = (at: readonly Expression[]): Expression =>
      element(source, ...storedIndices([ref(step), ...at], [steps, ...extents], stored));
    const front = axesInFront(stored, extents, steps)?.map((extent) =>
      extent === 1 ? num(0) : ref(step),
    );
    const reads = accessesOf(block).filter(({ symbol }) => symbol === row);
    const isReadWhole = reads.some(({ indices }) => indices?.length !== extents.length);
    if (front === undefined && isReadWhole) {
      copies.push(allocate(row), ...overCells(extents, (at) => [assign(row, at, '=', read(at))]));
      return;
    }
    const readRow = (at: readonly Expression[]): Expression =>
      front === undefined ? read(at) : element(source, ...front, ...at);
    statements = statements.map((statement) => replaceReads(statement, row, readRow));
  });
  return [...copies, ...statements];
}

/**
 * The axes of a source that stand in front of a row's own: one of them counts the steps, others have one
 * cell. `undefined` where the source has other axes than that.
 */
function axesInFront(
  stored: readonly number[],
  extents: readonly number[],
  steps: number,
): readonly number[] | undefined {
  const count = stored.length - extents.length;
  const front = stored.slice(0, count);
  const isFront = count >= 0 && extents.every((extent, axis) => stored[count + axis] === extent);
  const isSteps =
    sizeOf(front) === steps && front.every((extent) => extent === 1 || extent === steps);
  return isFront && isSteps ? front : undefined;
}

function replaceReads(
  statement: Statement,
  array: ProgramSymbol,
  read: (at: readonly Expression[]) => Expression,
): Statement {
  const change = (expression: Expression): Expression => {
    if (expression.kind === 'symbol' && expression.symbol === array) return read([]);
    const inner = mapOperands(expression, change);
    return inner.kind === 'element' && inner.array === array ? read(inner.indices) : inner;
  };
  return mapBlocks(mapExpressions(statement, change), (block) =>
    block.map((inner) => replaceReads(inner, array, read)),
  );
}
