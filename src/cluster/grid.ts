/**
 * The members of a family on the grid of their iterator values. Looks rows up that the template
 * predicts for empty and for neighbouring points, also where regions reach over the border and are
 * cut there, and decides which points the index set has.
 */
import type { AxisModel } from './axes.js';
import { parametersAt } from './axes.js';
import { Borders } from './borders.js';
import { isRegular } from './index-set.js';
import type { RowFinder, Template } from './template.js';

export interface GridContext {
  readonly finder: RowFinder;
  readonly template: Template;
  /** Whether a row may join: not covered yet, and with the bias of the family where that matters. */
  readonly accepts: (row: number) => boolean;
  /** Rows of one origin are one neuron, told two ways. */
  readonly origin: readonly number[];
}

/** Grids sparser than this are not worth filling. */
const MAX_GRID = 8;
/** Index sets with fewer points than this are boxes. */
const MIN_IRREGULAR = 3;

interface Member {
  readonly point: readonly number[];
  readonly row: number;
}

/** A row with the positions that a template gives it. */
export interface PlacedRow {
  readonly row: number;
  readonly parameters: readonly number[];
}

export class Grid {
  private values: readonly (readonly number[])[];
  private members: Map<string, Member>;
  private readonly borders: Borders;
  /** How far apart the values of each iterator may lie: less than one turn round a circle. */
  private readonly turns: readonly number[];

  constructor(
    private readonly model: AxisModel,
    members: readonly PlacedRow[],
    private readonly context: GridContext,
  ) {
    const { columns } = context.template;
    this.turns = model.iterators.map((column) =>
      columns[column].wraps ? columns[column].extent : Infinity,
    );
    const placed = members.map(({ parameters, row }) => ({
      point: model.iterators.map((column) => parameters[column]),
      row,
    }));
    this.members = new Map(placed.map((member) => [member.point.join(), member]));
    this.borders = new Borders(context.template, model);
    this.values = [];
    this.collectValues();
  }

  /** Number of members. */
  get size(): number {
    return this.members.size;
  }

  /** Values of each iterator, ascending. */
  get axes(): readonly (readonly number[])[] {
    return this.values;
  }

  /** Whether every grid point has a member. */
  get isFull(): boolean {
    return this.members.size === this.boxSize();
  }

  /** The row at a point, or −1. */
  rowAt(point: readonly number[]): number {
    return this.members.get(point.join())?.row ?? -1;
  }

  /**
   * Settles on an index set and grows it as far as rows exist; false if fewer than `least` members
   * of the given ones stay.
   */
  settle(least: number): boolean {
    this.fill();
    if (!this.isFull && !this.isRegularSet() && !this.growPoints() && !this.trim(least))
      return false;
    if (this.isFull) this.growSlabs();
    if (!this.isFull) this.growPoints();
    return this.members.size >= least;
  }

  /** All members, each with the positions that the model gives it. */
  get placed(): PlacedRow[] {
    return Array.from(this.members.values(), ({ point, row }) => ({
      row,
      parameters: parametersAt(this.model, point),
    }));
  }

  private boxSize(): number {
    return this.values.reduce((product, list) => product * list.length, 1);
  }

  private collectValues(): void {
    this.values = this.model.iterators.map((_, axis) => {
      const values = new Set<number>();
      for (const { point } of this.members.values()) values.add(point[axis]);
      return [...values].sort((a, b) => a - b);
    });
  }

  private isRegularSet(): boolean {
    if (this.values.length < 2 || this.members.size < MIN_IRREGULAR) return false;
    const points = Array.from(this.members.values(), ({ point }) => point);
    return isRegular(points, this.values);
  }

  private fill(): void {
    if (this.isFull || this.boxSize() > MAX_GRID * this.members.size) return;
    const taken = this.takenRows();
    for (const point of pointsOf(this.values)) {
      if (!this.members.has(point.join())) this.add(point, taken);
    }
  }

  private takenRows(): Set<number> {
    const { origin } = this.context;
    return new Set(Array.from(this.members.values(), ({ row }) => origin[row]));
  }

  /** Looks a point up and adds its row; false without one. */
  private add(point: readonly number[], taken: Set<number>): boolean {
    const row = this.lookUp(point, taken);
    if (row === undefined) return false;
    this.members.set(point.join(), { point, row });
    taken.add(this.context.origin[row]);
    return true;
  }

  private lookUp(point: readonly number[], taken: ReadonlySet<number>): number | undefined {
    const { finder, template, accepts, origin } = this.context;
    const parameters = parametersAt(this.model, point);
    if (!point.every((value, axis) => this.isWithinTurn(value, axis))) return undefined;
    const place = this.borders.placeOf(parameters);
    if (place === 'outside') return undefined;
    return finder
      .find(template, parameters, place === 'clipped')
      .find((row) => !taken.has(origin[row]) && accepts(row));
  }

  private isWithinTurn(value: number, axis: number): boolean {
    const list = this.values[axis];
    const [low, high] = [list[0], list[list.length - 1]];
    return Math.max(high, value) - Math.min(low, value) < this.turns[axis];
  }

  /** Drops the emptiest slabs until no grid point is empty; false if fewer than `least` stay. */
  private trim(least: number): boolean {
    while (!this.isFull) {
      const counts = this.values.map((list) => new Map(list.map((value) => [value, 0])));
      for (const { point } of this.members.values()) {
        point.forEach((value, axis) => {
          counts[axis].set(value, (counts[axis].get(value) ?? 0) + 1);
        });
      }
      let worst = { axis: 0, value: 0, share: Infinity };
      counts.forEach((count, axis) => {
        const slab = this.boxSize() / this.values[axis].length;
        for (const [value, members] of count) {
          if (members / slab < worst.share) worst = { axis, value, share: members / slab };
        }
      });
      this.values = this.values.map((list, axis) =>
        axis === worst.axis ? list.filter((value) => value !== worst.value) : list,
      );
      for (const [key, { point }] of [...this.members]) {
        if (point[worst.axis] === worst.value) this.members.delete(key);
      }
      if (this.members.size < least) return false;
    }
    return true;
  }

  /** Adds whole slabs at the ends and in the gaps of each axis while all their rows exist. */
  private growSlabs(): void {
    let grown = true;
    while (grown) {
      grown = false;
      for (let axis = 0; axis < this.values.length; axis++) {
        for (const value of neighbours(this.values[axis])) {
          if (this.addSlab(axis, value)) grown = true;
        }
      }
    }
  }

  private addSlab(axis: number, value: number): boolean {
    const slab = this.values.map((list, own) => (own === axis ? [value] : list));
    // Most neighbours do not exist: ask for one row before preparing for all.
    const corner = slab.map((list) => list[0]);
    if (this.lookUp(corner, new Set()) === undefined) return false;
    const taken = this.takenRows();
    const added: Member[] = [];
    for (const point of pointsOf(slab)) {
      const row = this.lookUp(point, taken);
      if (row === undefined) return false;
      taken.add(this.context.origin[row]);
      added.push({ point, row });
    }
    for (const member of added) this.members.set(member.point.join(), member);
    this.values = this.values.map((list, own) =>
      own === axis ? [...list, value].sort((a, b) => a - b) : list,
    );
    return true;
  }

  /** Adds single neighbouring points; all of them or, if what they make is not regular, none. */
  private growPoints(): boolean {
    if (this.values.length < 2) return false;
    const before = new Map(this.members);
    const taken = this.takenRows();
    const steps = this.values.map((list) => stepOf(list) ?? 1);
    let front = Array.from(this.members.values(), ({ point }) => point);
    while (front.length > 0) {
      const next: (readonly number[])[] = [];
      for (const point of front) {
        for (const near of pointsBeside(point, steps)) {
          if (!this.members.has(near.join()) && this.add(near, taken)) next.push(near);
        }
      }
      front = next;
    }
    if (this.members.size === before.size) return false;
    this.collectValues();
    if (this.isFull || this.isRegularSet()) return true;
    this.members = before;
    this.collectValues();
    return false;
  }
}

/** All points of a grid, row-major. */
export function pointsOf(values: readonly (readonly number[])[]): number[][] {
  return values.reduce<number[][]>(
    (points, list) => points.flatMap((point) => list.map((value) => [...point, value])),
    [[]],
  );
}

/** Whether values are first, first + step, ..; the step, or `undefined`. */
export function stepOf(values: readonly number[]): number | undefined {
  if (values.length < 2) return 1;
  const step = values[1] - values[0];
  return values.every((value, k) => value === values[0] + k * step) ? step : undefined;
}

/** Values next to a list: before, behind, and in its gaps. */
function neighbours(list: readonly number[]): number[] {
  const step = stepOf(list) ?? 1;
  // A run without gaps has neighbours at its ends only.
  if (step === 1 && list.length > 1) return [list[0] - 1, list[list.length - 1] + 1];
  const own = new Set(list);
  const found = new Set<number>();
  for (const value of list) {
    for (const near of [value - step, value - 1, value + 1, value + step]) {
      if (!own.has(near)) found.add(near);
    }
  }
  return [...found].sort((a, b) => a - b);
}

function pointsBeside(point: readonly number[], steps: readonly number[]): number[][] {
  return point.flatMap((_, axis) =>
    [-1, 1].map((sign) =>
      point.map((value, own) => (own === axis ? value + sign * steps[axis] : value)),
    ),
  );
}
