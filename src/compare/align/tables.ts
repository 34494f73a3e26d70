/**
 * Tables of numbers, compared: which of one program is which of the other, and of those how many numbers
 * differ and where most. A table is never told number by number. Neurons of a layer stand in an order that
 * their weights decide, so that one that changed may move: rows are compared with the rows most like them,
 * and columns follow the order of the rows that they stand for.
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
  /** Whether rows or columns stand in another order. */
  readonly isReordered: boolean;
  /** Row-major position, in the new table, of the number that differs most; absent where none does. */
  readonly place?: number;
  /** The numbers there. */
  readonly from?: number;
  readonly to?: number;
}

/** For each row (or column) of the new table the one of the old table that it is. */
type Order = readonly number[];

/** More rows than this are not matched with each other where they differ. */
const MOST_ROWS = 1024;

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
  // Orders are found on tables of two axes, first layers first, and serve all others.
  const orders: Order[] = [];
  const pairs = old.tables.map((table) => [table, partner.get(table)] as const);
  const isWide = ([table]: (typeof pairs)[number]): boolean => table.symbol.type.extents.length > 1;
  const found = new Map<Table, TableChange>();
  for (const [table, other] of [
    ...pairs.filter(isWide),
    ...pairs.filter((pair) => !isWide(pair)),
  ]) {
    // prettier-ignore
    found.set(table, difference(table, other, orders));
  }
  return [
    ...old.tables.flatMap((table) => found.get(table) ?? []),
    ...[...rest].map((table): TableChange => ({ new: table, isOther: true, changed: 0, isReordered: false })), // prettier-ignore
  ];
}

function difference(old: Table, fresh: Table | undefined, orders: Order[]): TableChange {
  const other = { old, isOther: true, changed: 0, isReordered: false };
  if (fresh === undefined) return other;
  if (!sameExtents(old, fresh)) return { ...other, new: fresh };
  const { extents } = old.symbol.type;
  const columns = extents.length > 1 ? sizeOf(extents.slice(1)) : 1;
  const rows = extents[0];
  const known = (length: number): readonly Order[] => [
    identity(length),
    ...orders.filter((order) => order.length === length),
  ];
  let best: { count: Count; row: Order; column: Order } | undefined;
  for (const column of columns === 1 || extents.length > 2 ? [identity(columns)] : known(columns)) {
    const own = extents.length > 1 ? [matchRows(old.values, fresh.values, rows, column)] : [];
    for (const row of [...known(rows), ...own]) {
      const count = countChanges(old.values, fresh.values, row, column);
      if (best === undefined || count.changed < best.count.changed) best = { count, row, column };
    }
  }
  if (best === undefined) return other;
  const { count, row, column } = best;
  if (extents.length > 1 && !isIdentity(row)) orders.push(row);
  const isReordered = !isIdentity(row) || !isIdentity(column);
  return { old, new: fresh, isOther: count.changed > 0, isReordered, ...count };
}

interface Count {
  readonly changed: number;
  readonly place?: number;
  readonly from?: number;
  readonly to?: number;
}

function countChanges(old: Float64Array, fresh: Float64Array, rows: Order, columns: Order): Count {
  let changed = 0;
  let largest = 0;
  let most: Omit<Count, 'changed'> = {};
  const width = columns.length;
  for (const [row, oldRow] of rows.entries()) {
    for (const [column, oldColumn] of columns.entries()) {
      const place = row * width + column;
      const [from, to] = [old[oldRow * width + oldColumn], fresh[place]];
      if (!isOtherNumber(from, to)) continue;
      changed++;
      if (Math.abs(from - to) <= largest) continue;
      largest = Math.abs(from - to);
      most = { place, from, to };
    }
  }
  return { changed, ...most };
}

/** Rows that are equal are the same; of the others the most alike are, in the order of the new table. */
function matchRows(old: Float64Array, fresh: Float64Array, rows: number, columns: Order): Order {
  if (rows > MOST_ROWS) return identity(rows);
  const width = columns.length;
  const differing = (row: number, oldRow: number, most: number): number => {
    let count = 0;
    for (const [column, oldColumn] of columns.entries()) {
      if (isOtherNumber(old[oldRow * width + oldColumn], fresh[row * width + column])) count++;
      if (count > most) break;
    }
    return count;
  };
  const order = new Array<number>(rows).fill(-1);
  const free = new Set(order.keys());
  for (let row = 0; row < rows; row++) {
    const equal = [row, ...free].find((oldRow) => free.has(oldRow) && differing(row, oldRow, 0) === 0); // prettier-ignore
    if (equal === undefined) continue;
    order[row] = equal;
    free.delete(equal);
  }
  for (let row = 0; row < rows; row++) {
    if (order[row] >= 0) continue;
    let best = -1;
    let least = Infinity;
    for (const oldRow of free) {
      const count = differing(row, oldRow, least);
      if (count < least || (count === least && oldRow === row)) [best, least] = [oldRow, count];
    }
    order[row] = best;
    free.delete(best);
  }
  return order;
}

function identity(length: number): Order {
  return Array.from({ length }, (_, k) => k);
}

function isIdentity(order: Order): boolean {
  return order.every((from, k) => from === k);
}

function nameOf({ symbol }: Table): string {
  return `${symbol.layer ?? ''} ${symbol.hint}`;
}

function sameExtents(a: Table, b: Table): boolean {
  const [one, two] = [a.symbol.type.extents, b.symbol.type.extents];
  return one.length === two.length && one.every((extent, axis) => extent === two[axis]);
}
