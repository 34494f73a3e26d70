/**
 * Points in an order of growing dependence: what is computed at step t reads the cells of steps 0 .. t
 * and no others, and every step brings in the same number of new cells, at positions affine in t.
 *
 *   sum[0] ← a0 b0      sum[1] ← a0 b0 a1 b1      sum[2] ← a0 b0 a1 b1 a2 b2      carry out ← all
 *
 * The order in which the points were given carries no meaning.
 */
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
  /** Domain, the same at every step. */
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

/** The chain of some points; `undefined` when they form none. */
export function chainOf(circuit: Circuit, points: readonly ChainPoint[]): Chain | undefined {
  const levels = levelsOf(circuit, points);
  if (levels === undefined || levels.length < MIN_STEPS) return undefined;
  const roles = rolesOf(circuit, levels);
  if (roles === undefined) return undefined;
  const last = levels[levels.length - 1].points;
  const tracks = tracksOf(levels.map((level) => level.points));
  if (tracks === undefined) return undefined;
  const used = new Set(tracks.map((track) => track[track.length - 1].id));
  const finals = last.filter((point) => !used.has(point.id));
  return { steps: levels.length, roles, tracks, finals };
}

interface Level {
  readonly points: readonly ChainPoint[];
  /** New cells, ascending. */
  readonly cells: readonly number[];
}

/** Points by the cells that they depend on, if these sets are nested and grow evenly. */
function levelsOf(circuit: Circuit, points: readonly ChainPoint[]): readonly Level[] | undefined {
  const groups = new Map<bigint, ChainPoint[]>();
  for (const point of points) {
    const support = circuit.supportOf(point.sum);
    if (support === 0n) return undefined;
    groups.set(support, [...(groups.get(support) ?? []), point]);
  }
  const supports = [...groups.keys()].sort((a, b) => (a < b ? -1 : 1));
  // Nested sets are also nested by size; sizes are compared before memberships are listed.
  const ordered = supports
    .map((support) => ({ support, size: countBits(support) }))
    .sort((a, b) => a.size - b.size);
  const levels: Level[] = [];
  let covered = 0n;
  for (const [step, { support, size }] of ordered.entries()) {
    if ((support & covered) !== covered) return undefined;
    if (size !== (step + 1) * ordered[0].size) return undefined;
    levels.push({ points: groups.get(support) ?? [], cells: bitsOf(support & ~covered) });
    covered = support;
  }
  return levels;
}

function countBits(set: bigint): number {
  return bitsOf(set).length;
}

function bitsOf(set: bigint): readonly number[] {
  const text = set.toString(2);
  const bits: number[] = [];
  for (let k = text.length - 1; k >= 0; k--) if (text[k] === '1') bits.push(text.length - 1 - k);
  return bits;
}

/** The k-th new cell of every step as one role. */
function rolesOf(circuit: Circuit, levels: readonly Level[]): readonly CellRole[] | undefined {
  const roles: CellRole[] = [];
  for (let role = 0; role < levels[0].cells.length; role++) {
    const cells = levels.map((level) => level.cells[role]);
    const found = cells.map((cell) => circuit.cellAt(cell));
    const [first, second] = found;
    const { values } = first;
    if (values === undefined) return undefined;
    const positions = first.position.map((constant, axis) => ({
      constant,
      slope: second.position[axis] - constant,
    }));
    const fits = found.every(
      (cell, step) =>
        cell.input === first.input &&
        cell.values?.join() === values.join() &&
        cell.position.every(
          (place, axis) => place === positions[axis].constant + positions[axis].slope * step,
        ),
    );
    if (!fits) return undefined;
    roles.push({ input: first.input, positions, cells, values });
  }
  return roles;
}

/**
 * One point of every step for each track, ids affine in the step (they are places in an output or
 * ranks of a value); the last step may have more points than the others.
 */
function tracksOf(
  levels: readonly (readonly ChainPoint[])[],
): readonly (readonly ChainPoint[])[] | undefined {
  const count = levels[0].length;
  const even = levels.every(
    (points, step) =>
      points.length === count || (step === levels.length - 1 && points.length > count),
  );
  if (!even) return undefined;
  const tracks: (readonly ChainPoint[])[] = [];
  for (let track = 0; track < count; track++) {
    const [start, next] = [levels[0][track].id, levels[1][track].id];
    const points: ChainPoint[] = [];
    for (const [step, level] of levels.entries()) {
      const wanted = start + (next - start) * step;
      const point = level.find(({ id }) => id === wanted);
      if (point === undefined) return undefined;
      points.push(point);
    }
    tracks.push(points);
  }
  return tracks;
}
