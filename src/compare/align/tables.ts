/**
 * Tables of numbers, compared: which of one program is which of the other, and of those how many numbers
 * differ and where most. A table is never told number by number.
 */
import { sizeOf } from '../../ir/model-interface.js';
import type { Program, Table } from '../../ir/program.js';
import { isOtherNumber } from './delta.js';

export interface TableChange {
  readonly old?: Table;
  readonly new?: Table;
  /** Whether there is anything to tell. */
  readonly isOther: boolean;
  /** Of two tables of the same extents: numbers that differ by more than rounding. */
  readonly changed: number;
  /** Row-major position of the number that differs most; absent where none does. */
  readonly place?: number;
  /** The numbers there. */
  readonly from?: number;
  readonly to?: number;
}

/** Pairs the tables by name and extents, then by name, then by extents; each with what differs. */
export function compareTables(old: Program, fresh: Program): readonly TableChange[] {
  const rest = new Set(fresh.tables);
  const partner = new Map<Table, Table>();
  const tests: ((a: Table, b: Table) => boolean)[] = [
    (a, b) => nameOf(a) === nameOf(b) && sameExtents(a, b),
    (a, b) => nameOf(a) === nameOf(b),
    (a, b) => sameExtents(a, b),
  ];
  for (const test of tests) {
    for (const table of old.tables) {
      if (partner.has(table)) continue;
      const found = [...rest].find((candidate) => test(table, candidate));
      if (found === undefined) continue;
      partner.set(table, found);
      rest.delete(found);
    }
  }
  return [
    ...old.tables.map((table) => difference(table, partner.get(table))),
    ...[...rest].map((table): TableChange => ({ new: table, isOther: true, changed: 0 })),
  ];
}

function difference(old: Table, fresh: Table | undefined): TableChange {
  if (fresh === undefined) return { old, isOther: true, changed: 0 };
  if (!sameExtents(old, fresh)) return { old, new: fresh, isOther: true, changed: 0 };
  let changed = 0;
  let place = -1;
  let largest = 0;
  for (let k = 0; k < sizeOf(old.symbol.type.extents); k++) {
    if (!isOtherNumber(old.values[k], fresh.values[k])) continue;
    changed++;
    const size = Math.abs(old.values[k] - fresh.values[k]);
    if (size <= largest) continue;
    largest = size;
    place = k;
  }
  if (changed === 0) return { old, new: fresh, isOther: false, changed };
  const [from, to] = [old.values[place], fresh.values[place]];
  return { old, new: fresh, isOther: true, changed, place, from, to };
}

function nameOf({ symbol }: Table): string {
  return `${symbol.layer ?? ''} ${symbol.hint}`;
}

function sameExtents(a: Table, b: Table): boolean {
  const [one, two] = [a.symbol.type.extents, b.symbol.type.extents];
  return one.length === two.length && one.every((extent, axis) => extent === two[axis]);
}
