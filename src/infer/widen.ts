/**
 * Runs that stop where members do: a row of a triangle is a row. Regions over a source with holes are
 * told by whole axes where that adds nothing but holes, which count as 0, so that sums over one triangle
 * along both of its axes are told alike.
 */
import { isExtreme } from '../ir/activation-words.js';
import { sizeOf } from '../ir/model-interface.js';
import { axesOfAccess } from './positions.js';
import type { GateTerm, Model, Reference, Value } from './values.js';
import { extentsOf, pointOfRank, visitCells } from './values.js';

type Sources = Pick<Model, 'values' | 'interface'>;

/** Cells looked at for one region; larger ones stay as they are. */
const MAX_VISITED_CELLS = 2 ** 21;

/** The value with moving runs over holes widened to whole axes; reads the same cells. */
export function widenOverHoles(model: Sources, value: Value): Value {
  // A hole is no 0 where cells are compared.
  if (isExtreme(value.gate.activation)) return value;
  const terms = value.gate.terms.map((term) => widenTerm(model, value, term));
  const changed = terms.some((term, index) => term !== value.gate.terms[index]);
  return changed ? { ...value, gate: { ...value.gate, terms } } : value;
}

function widenTerm(model: Sources, owner: Value, term: GateTerm): GateTerm {
  const { source, accesses } = term.reference;
  if (source.kind === 'input' || model.values[source.id].holes.size === 0) return term;
  const points = sizeOf(owner.axes.map((axis) => axis.extent));
  if (points * sizeOf(extentsOf(model, source)) > MAX_VISITED_CELLS) return term;
  let { reference } = term;
  accesses.forEach((access, axis) => {
    if (access.kind !== 'range' || axesOfAccess(access).length === 0) return;
    const wider = { ...reference, accesses: reference.accesses.with(axis, { kind: 'all' }) };
    if (cellsIn(model, owner, wider) === cellsIn(model, owner, reference)) reference = wider;
  });
  return reference === term.reference ? term : { ...term, reference };
}

/** Cells read over all index points of the owner: equal numbers of a region and a wider one are equal cells. */
function cellsIn(model: Sources, owner: Value, reference: Reference): number {
  const extents = owner.axes.map((axis) => axis.extent);
  let cells = 0;
  for (let rank = 0; rank < sizeOf(extents); rank++) {
    if (owner.holes.has(rank)) continue;
    visitCells(model, reference, pointOfRank(rank, extents), () => {
      cells++;
    });
  }
  return cells;
}
