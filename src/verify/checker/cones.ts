/**
 * Cones: everything that some atoms are computed from, down to the cells. Cells that every form of a
 * cone reads alike are one class, since the cone depends on their sum only; the reachable sums of
 * the classes, independently chosen, are *all* states of the cone.
 */
import type { Context } from './context.js';
import type { Form } from './forms.js';

/** Sums of one class: more than this many different ones are not enumerated. */
const MAX_SUMS = 4096;

export interface CellClass {
  /** Atoms of the cells. */
  readonly cells: readonly number[];
  /** Domain values of each cell, ascending. */
  readonly values: readonly number[];
  /** All sums that the cells can have, ascending. */
  readonly sums: readonly number[];
}

export interface Cone {
  /** All atoms but cells, ascending, so that parts stand before wholes. */
  readonly inner: readonly number[];
  readonly cells: readonly number[];
}

/** The forms that an atom reads; none for cells and conjunctions. */
export function formsOf(context: Context, number: number): readonly Form[] {
  const atom = context.atoms[number];
  switch (atom.kind) {
    case 'ge':
    case 'real': {
      const { atoms, coefficients } = atom.linear;
      return [{ atoms, coefficients, constant: 0, slop: 0 }];
    }
    case 'operation':
      return atom.parts;
    default:
      return [];
  }
}

/** The atoms directly below an atom. */
export function partsOf(context: Context, number: number): readonly number[] {
  const atom = context.atoms[number];
  if (atom.kind === 'and') return atom.literals.map((literal) => literal >> 1);
  return formsOf(context, number).flatMap((form) => [...form.atoms]);
}

/** Everything below some atoms, themselves included. */
export function coneOf(context: Context, roots: Iterable<number>): Cone {
  const seen = new Uint8Array(context.atoms.length);
  const stack = [...roots];
  const inner: number[] = [];
  const cells: number[] = [];
  for (const root of stack) seen[root] = 1;
  const visit = (part: number) => {
    if (seen[part] === 1) return;
    seen[part] = 1;
    stack.push(part);
  };
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const atom = context.atoms[next];
    if (atom.kind === 'cell') cells.push(next);
    else inner.push(next);
    if (atom.kind === 'and') for (const literal of atom.literals) visit(literal >> 1);
    else if (atom.kind === 'ge' || atom.kind === 'real')
      for (const part of atom.linear.atoms) visit(part); // prettier-ignore
    else if (atom.kind === 'operation') {
      for (const form of atom.parts) for (const part of form.atoms) visit(part);
    }
  }
  return { inner: inner.sort((a, b) => a - b), cells: cells.sort((a, b) => a - b) };
}

/**
 * The classes of a cone's cells, `top` being a further form that reads them; undefined when a cell has
 * no finite domain or a class has too many sums.
 */
export function classesOf(context: Context, cone: Cone, top: Form): CellClass[] | undefined {
  const columns = new Map<number, string[]>();
  for (const cell of cone.cells) {
    const atom = context.atoms[cell];
    if (atom.kind !== 'cell' || atom.domain.kind !== 'values') return undefined;
    columns.set(cell, []);
  }
  let reader = 0;
  const readBy = (form: Form) => {
    reader++;
    for (let k = 0; k < form.atoms.length; k++) {
      columns.get(form.atoms[k])?.push(`${reader}:${form.coefficients[k]}`);
    }
  };
  readBy(top);
  for (const number of cone.inner) {
    const atom = context.atoms[number];
    if (atom.kind === 'and') {
      // Cells with the same sign in it are alike: all of them must be 1, or all 0.
      reader++;
      for (const literal of atom.literals)
        columns.get(literal >> 1)?.push(`${reader}&${literal & 1}`);
    } else for (const form of formsOf(context, number)) readBy(form);
  }
  const groups = new Map<string, { cells: number[]; values: readonly number[] }>();
  for (const [cell, column] of columns) {
    const atom = context.atoms[cell];
    if (atom.kind !== 'cell' || atom.domain.kind !== 'values') return undefined;
    const { values } = atom.domain;
    const key = `${values.join(',')}|${column.join(' ')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { cells: [cell], values });
    else group.cells.push(cell);
  }
  const classes: CellClass[] = [];
  for (const { cells, values } of groups.values()) {
    const sums = sumsOf(cells.length, values);
    if (sums === undefined) return undefined;
    classes.push({ cells, values, sums });
  }
  return classes;
}

/** All sums of `count` numbers out of `values`; undefined when there are too many. */
function sumsOf(count: number, values: readonly number[]): number[] | undefined {
  let sums = [0];
  for (let k = 0; k < count; k++) {
    const next = new Set<number>();
    for (const sum of sums) for (const value of values) next.add(sum + value);
    if (next.size > MAX_SUMS) return undefined;
    sums = [...next];
  }
  return sums.sort((a, b) => a - b);
}

/** The number of states of some classes. */
export function stateCount(classes: readonly CellClass[]): number {
  return classes.reduce((product, { sums }) => product * sums.length, 1);
}

/** A value for each cell of a class so that they add up to a reachable sum (greedy, with look-ahead). */
export function cellsWithSum(given: CellClass, sum: number): Map<number, number> {
  const { cells, values } = given;
  const result = new Map<number, number>();
  const reachable: Set<number>[] = [new Set([0])];
  for (let k = 1; k <= cells.length; k++) {
    const next = new Set<number>();
    for (const old of reachable[k - 1]) for (const value of values) next.add(old + value);
    reachable.push(next);
  }
  let rest = sum;
  cells.forEach((cell, k) => {
    const left = reachable[cells.length - 1 - k];
    const value = values.find((one) => left.has(rest - one)) ?? values[0];
    result.set(cell, value);
    rest -= value;
  });
  return result;
}
