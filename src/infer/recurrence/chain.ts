/**
 * Points in an order of growing dependence: what is computed at step t reads the cells of steps 0 .. t
 * and no others, and every step brings in the same number of new cells, at positions affine in t.
 *
 *   sum[0] ← a0 b0      sum[1] ← a0 b0 a1 b1      sum[2] ← a0 b0 a1 b1 a2 b2      carry out ← all
 *
 * The order in which the points were given carries no meaning.
 */
import type { Bits } from '../synthesis/bits.js';
import { countBits, difference, emptyBits, hasBit, isSubset } from '../synthesis/bits.js';
import type { Circuit, Linear } from './circuit.js';

/** A point that may become part of a chain. */
export interface ChainPoint {
  /** Whoever asked knows the point by this number. */
  readonly id: number;
  readonly sum: Linear;
}

/** The cells of one role, one for each step. */
export interface CellRole {
  readonly input: number;
  /** For each axis of the input the position is constant + slope · step. */
  readonly positions: readonly { readonly constant: number; readonly slope: number }[];
  /** Cells as signals, one for each step. */
  readonly cells: readonly number[];
  /** Domain, the same at every step; empty when it is not finite. */
  readonly values: readonly number[];
}

export interface Chain {
  readonly steps: number;
  readonly roles: readonly CellRole[];
  /** For each track one point for each step. */
  readonly tracks: readonly (readonly ChainPoint[])[];
  /** Points that read everything and belong to no track. */
  readonly finals: readonly ChainPoint[];
}

/** Fewer steps are shorter when they are written one by one. */
const MIN_STEPS = 3;

/**
 * Points whose sets of cells are nested, so far. Two points that each read a cell that the other does
 * not are no chain, whatever else there is: whoever unrolls points one by one can stop there.
 */
export class NestedPoints {
  readonly points: ChainPoint[] = [];
  /** By growing sets of cells; points that read none are left out. */
  private readonly nested: { readonly cells: Bits; readonly size: number; points: ChainPoint[] }[] =
    [];

  constructor(readonly circuit: Circuit) {}

  /** Adds a point; false, and nothing added, when the sets would not be nested any more. */
  add(point: ChainPoint): boolean {
    const cells = this.circuit.supportOf(point.sum);
    const size = countBits(cells);
    const { nested } = this;
    let place = nested.length;
    while (place > 0 && nested[place - 1].size >= size) place--;
    const next = nested.at(place);
    const fits =
      (place === 0 || isSubset(nested[place - 1].cells, cells)) &&
      (next === undefined || isSubset(cells, next.cells));
    if (!fits) return false;
    this.points.push(point);
    if (size === 0) return true;
    if (next?.size === size) next.points.push(point);
    else nested.splice(place, 0, { cells, size, points: [point] });
    return true;
  }

  /** Points by the cells that they depend on, each level with the cells that are new in it. */
  levels(): readonly Level[] {
    let covered = emptyBits(this.circuit.cells);
    return this.nested.map(({ cells, points }) => {
      const fresh = cellsOf(difference(cells, covered));
      covered = cells;
      return { points, cells: fresh };
    });
  }
}

/** The chain of some points; `undefined` when they form none. */
export function chainOf(nested: NestedPoints): Chain | undefined {
  const { circuit, points } = nested;
  const levels = withConstantStart(nested.levels());
  if (levels === undefined || levels.length < MIN_STEPS) return undefined;
  const roles = rolesOf(circuit, levels);
  if (roles === undefined) return undefined;
  const constants = points.filter((point) => point.sum.signals.length === 0);
  const tracks = tracksOf(levels.map((level) => level.points), constants); // prettier-ignore
  if (tracks === undefined) return undefined;
  const used = new Set(tracks.flat().map((point) => point.id));
  const rest = points.filter((point) => !used.has(point.id) && point.sum.signals.length > 0);
  const last = levels[levels.length - 1].points;
  if (!rest.every((point) => last.includes(point))) return undefined;
  return { steps: levels.length, roles, tracks, finals: rest };
}

interface Level {
  readonly points: readonly ChainPoint[];
  /** New cells, ascending. */
  readonly cells: readonly number[];
}

/** The cells of a set, ascending. */
export function cellsOf(set: Bits): readonly number[] {
  const cells: number[] = [];
  for (let cell = 0; cell < 32 * set.length; cell++) if (hasBit(set, cell)) cells.push(cell);
  return cells;
}

/**
 * Levels that all bring in the same number of cells. Where the first one brings in the cells of several
 * steps (whether 3 of the first 2 cells are on: a constant), these steps are told apart by walking the later
 * steps backwards; their points are constants.
 */
function withConstantStart(levels: readonly Level[]): readonly Level[] | undefined {
  if (levels.length < MIN_STEPS) return undefined;
  const [first, second, third] = levels;
  const count = second.cells.length;
  if (!levels.every((level, step) => step === 0 || level.cells.length === count)) return undefined;
  const missing = first.cells.length / count - 1;
  if (missing === 0) return levels;
  if (!Number.isInteger(missing) || missing < 0) return undefined;
  const earlier = Array.from({ length: missing + 1 }, (_, step) =>
    second.cells.map((cell, role) => cell - (missing + 1 - step) * (third.cells[role] - cell)),
  );
  const found = new Set(earlier.flat());
  const same = found.size === first.cells.length && first.cells.every((cell) => found.has(cell));
  if (!same) return undefined;
  return [
    ...earlier.map((cells, step) => ({ cells, points: step < missing ? [] : first.points })),
    ...levels.slice(1),
  ];
}

/** The k-th new cell of every step as one role. */
function rolesOf(circuit: Circuit, levels: readonly Level[]): readonly CellRole[] | undefined {
  const roles: CellRole[] = [];
  for (let role = 0; role < levels[0].cells.length; role++) {
    const found = roleOf(
      circuit,
      levels.map((level) => level.cells[role]),
    );
    if (found === undefined) return undefined;
    roles.push(found);
  }
  return roles.every((role) => role.values.length > 0) ? roles : undefined;
}

/** Cells in the order of steps as one role; `undefined` unless their positions are affine in the step. */
export function roleOf(circuit: Circuit, cells: readonly number[]): CellRole | undefined {
  const found = cells.map((cell) => circuit.cellAt(cell));
  const [first, second] = found;
  const values = first.values ?? [];
  const positions = first.position.map((constant, axis) => ({
    constant,
    slope: second.position[axis] - constant,
  }));
  const fits = found.every(
    (cell, step) =>
      cell.input === first.input &&
      (cell.values ?? []).join() === values.join() &&
      cell.position.every(
        (place, axis) => place === positions[axis].constant + positions[axis].slope * step,
      ),
  );
  return fits ? { input: first.input, positions, cells, values } : undefined;
}

/**
 * One point of every step for each track, ids affine in the step (they are places in an output or
 * ranks of a value), so that two steps in the middle tell all; constants fill in where needed.
 */
function tracksOf(
  levels: readonly (readonly ChainPoint[])[],
  constants: readonly ChainPoint[],
): readonly (readonly ChainPoint[])[] | undefined {
  const middle = levels.length - 3;
  const [first, second] = [levels[middle], levels[middle + 1]];
  if (first.length === 0 || first.length !== second.length) return undefined;
  const tracks: (readonly ChainPoint[])[] = [];
  for (const [track, { id }] of first.entries()) {
    const slope = second[track].id - id;
    const points: ChainPoint[] = [];
    for (const [step, level] of levels.entries()) {
      const wanted = id + slope * (step - middle);
      const point = [...level, ...constants].find((own) => own.id === wanted);
      if (point === undefined) return undefined;
      points.push(point);
    }
    tracks.push(points);
  }
  return tracks;
}
