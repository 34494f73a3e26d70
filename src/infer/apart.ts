/**
 * Sums without the cells that are read beside them: where a cell lies in a window at every index point,
 * the window minus the cell is the better feature.
 *
 *   windowSum, alive   →   neighbours = windowSum - alive, alive
 */
import { sizeOf } from '../ir/model-interface.js';
import type { IndexSet } from './cone-members.js';
import { axesOfAccess } from './positions.js';
import type { TableProblem } from './rules/index.js';
import type { Model, Reference } from './values.js';
import { isPoint, pointOfRank, visitCells } from './values.js';

/** Cells looked at for one window; larger problems keep their sums as they are. */
const MAX_VISITED_CELLS = 2 ** 20;

/** The problem with such sums replaced; `undefined` when there are none. */
export function withoutOwnCells(
  model: Model,
  problem: TableProblem,
  indexSet: IndexSet,
): TableProblem | undefined {
  const { leaves, leafNumbers } = problem;
  const without = new Map<number, readonly number[]>();
  const columns = [...problem.columns];
  const hints = [...problem.hints];
  leaves.forEach((sum, index) => {
    if (sum.source.kind !== 'input' || isPoint(sum) || sum.factors !== undefined) return;
    // A sum that is kept for several readers would have to be taken apart by each.
    const moved = new Set(sum.accesses.flatMap(axesOfAccess));
    if (moved.size < indexSet.extents.length) return;
    const own = [...leaves.keys()].filter(
      (cell) => isPoint(leaves[cell]) && liesIn(model, leaves[cell], sum, indexSet),
    );
    if (own.length === 0) return;
    without.set(
      leafNumbers[index],
      own.map((cell) => leafNumbers[cell]),
    );
    columns[index] = columns[index].map((value, state) =>
      own.reduce((rest, cell) => rest - problem.columns[cell][state], value),
    );
    hints[index] = sum.accesses.every((access) => access.kind !== 'range')
      ? 'others'
      : 'neighbours';
  });
  return without.size === 0 ? undefined : { ...problem, columns, hints, without };
}

/** Whether a cell is one of a sum's cells at every index point. */
function liesIn(
  model: Model,
  cell: Reference,
  sum: Reference,
  { extents, holes }: IndexSet,
): boolean {
  if (cell.source.kind !== 'input' || sum.source.kind !== 'input') return false;
  if (cell.source.index !== sum.source.index || cell.factors !== undefined) return false;
  let visited = 0;
  for (let rank = 0; rank < sizeOf(extents); rank++) {
    if (holes.has(rank)) continue;
    const point = pointOfRank(rank, extents);
    const own: number[] = [];
    visitCells(model, cell, point, (flat) => own.push(flat));
    const held = new Set<number>();
    visitCells(model, sum, point, (flat) => held.add(flat));
    visited += held.size;
    if (own.length === 0 || !held.has(own[0]) || visited > MAX_VISITED_CELLS) return false;
  }
  return true;
}
