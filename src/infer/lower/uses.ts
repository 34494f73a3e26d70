/**
 * Who reads what: how often each value and each sum is read in the chosen forms, and from that, which
 * values are written where they are read and which sums are computed once, ahead of their readers.
 */
import { isExtreme } from '../../ir/activation-words.js';
import type { AxisAccess } from '../../ir/cluster.js';
import { readsMembersOnly } from '../cone-members.js';
import { axesOfAccess, axesOfIndex } from '../positions.js';
import type { Model, Reference, Value } from '../values.js';
import { isPoint, referencesOf } from '../values.js';

export interface Uses {
  /** Whether the value's body is written in the place of its only reader. */
  readonly isInlined: (id: number) => boolean;
  /** Whether a sum is computed once for all its readers, in arrays of its own. */
  readonly isHoisted: (reference: Reference, owner: Value) => boolean;
  /** Whether a sum is read in more than one place. */
  readonly isShared: (reference: Reference, owner: Value) => boolean;
}

interface Site {
  readonly reference: Reference;
  readonly owner: Value;
}

/** The uses among the values that the outputs need. */
export function countUses(model: Model): Uses {
  const sites = new Map<number, Site[]>();
  const sums = new Map<string, number>();
  const outputs = new Map<number, number>();
  const tables = new Set<number>();
  const visited = new Set<number>();
  const visit = (id: number): void => {
    if (visited.has(id)) return;
    visited.add(id);
    const owner = model.values[id];
    for (const reference of referencesOf(owner)) {
      if (!isPoint(reference) && !isExtreme(owner.gate.activation)) {
        const key = sumKey(reference, owner);
        sums.set(key, (sums.get(key) ?? 0) + 1);
      }
      if (reference.source.kind === 'input') continue;
      const { id: source } = reference.source;
      sites.set(source, [...(sites.get(source) ?? []), { reference, owner }]);
      visit(source);
    }
    if (owner.formula !== undefined) return;
    for (const { source } of owner.gate.tables) {
      if (source.kind === 'input') continue;
      tables.add(source.id);
      visit(source.id);
    }
  };
  for (const output of model.outputs) {
    for (const id of new Set(output.entries.map((entry) => entry.value))) {
      outputs.set(id, (outputs.get(id) ?? 0) + 1);
      visit(id);
    }
  }
  const readers = (id: number): number => (sites.get(id)?.length ?? 0) + (outputs.get(id) ?? 0);
  return {
    isInlined: (id) => {
      const { recurrence, champion } = model.values[id];
      if (recurrence !== undefined || champion !== undefined) return false;
      if (model.values[id].axes.length === 0 || tables.has(id) || readers(id) > 1) return false;
      const site = sites.get(id)?.at(0);
      if (site === undefined) return true;
      // What is compared cell by cell may be read twice.
      if (isExtreme(site.owner.gate.activation) && !isPoint(site.reference)) return false;
      return visitsOnce(site) && (!isPoint(site.reference) || readsOnlyMembers(model, site));
    },
    isShared: (reference, owner) => (sums.get(sumKey(reference, owner)) ?? 0) > 1,
    isHoisted: (reference, owner) => {
      if (reference.source.kind === 'value' && readers(reference.source.id) > 1) return true;
      if ((sums.get(sumKey(reference, owner)) ?? 0) > 1) return true;
      const used = new Set(reference.accesses.flatMap(axesOfAccess));
      return used.size < owner.axes.length;
    },
  };
}

/** A value that is written in the place of a single read must be there. */
function readsOnlyMembers(model: Model, { reference, owner }: Site): boolean {
  const extents = owner.axes.map((axis) => axis.extent);
  return readsMembersOnly(model, reference, { extents, holes: owner.holes });
}

/** True when different index points of the reader read different cells: nothing is computed twice. */
function visitsOnce({ reference, owner }: Site): boolean {
  const separated = new Set<number>();
  for (const access of reference.accesses) {
    if (access.kind !== 'at') continue;
    const axes = axesOfIndex(access.index);
    if (axes.length === 1) separated.add(axes[0]);
  }
  return owner.axes.every((axis, index) => axis.extent === 1 || separated.has(index));
}

/** Whether an access is a single position that moves with the reader: a sum can be kept for each. */
export function isFree(access: AxisAccess): access is Extract<AxisAccess, { readonly kind: 'at' }> {
  return (
    access.kind === 'at' && access.follow === undefined && axesOfIndex(access.index).length > 0
  );
}

/** The owner's axes that a sum's runs depend on; empty when only its free positions do. */
export function runAxes(reference: Reference): readonly number[] {
  const moving = reference.accesses.some(
    (access) => !isFree(access) && axesOfAccess(access).length > 0,
  );
  if (!moving) return [];
  return [...new Set(reference.accesses.flatMap(axesOfAccess))].sort((a, b) => a - b);
}

/**
 * A text that is equal for sums that can share one array. Where only free positions move with the
 * reader, the array is indexed by position and the way they move is left out; where runs move, it is
 * indexed by the reader's iterators.
 */
export function sumKey(reference: Reference, owner: Value): string {
  const { source, accesses, factors } = reference;
  const runs = runAxes(reference);
  if (runs.length > 0) {
    const extents = runs.map((axis) => owner.axes[axis].extent);
    return JSON.stringify([source, accesses, factors, extents]);
  }
  return JSON.stringify([
    source,
    accesses.map((access) => (isFree(access) ? 'free' : access)),
    factors,
  ]);
}
