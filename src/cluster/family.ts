/**
 * Builds the family that a group of candidates belongs to: solves for its axes, trims the members to
 * a full grid of index points, and grows it to neighbouring points whose predicted rows exist. A
 * group whose positions follow no formula becomes a family of listed positions.
 */
import type { AxisModel, Circle } from './axes.js';
import { axisModels, parametersAt } from './axes.js';
import { compareNumbers } from './order.js';
import type { Candidate } from './signatures.js';
import type { SourceMap } from './sources.js';
import type { RowFinder, Template } from './template.js';
import { templateOf } from './template.js';

export interface Family {
  readonly template: Template;
  /** Formulas in iterator values; `undefined` for listed positions: one axis, no formulas. */
  readonly model?: AxisModel;
  /** Values of each iterator, ascending; ranks for listed positions. */
  readonly values: readonly (readonly number[])[];
  /** Row at each grid point, row-major over the iterators. */
  readonly rows: Int32Array;
  /** Parameters of each of `rows`. */
  readonly parameters: readonly (readonly number[])[];
  readonly cost: number;
}

interface FamilyContext {
  readonly map: SourceMap;
  readonly finder: RowFinder;
  /** Whether a row may join: not covered yet, and with the bias of the family where that matters. */
  readonly accepts: (row: number) => boolean;
}

const AXIS_COST = 1;
/** A position modulo the extent of its axis. */
const MODULUS_COST = 0.5;
/** Listing a position by its number. */
const LISTED_COST = 0.5;
/** Two members make any pair of positions "affine": without evidence they count as two. */
const PAIR_FACTOR = 2.2;
/** A full grid must keep this share of a group, else its positions are listed. */
const MIN_KEPT = 0.6;
/** Grids sparser than this are not worth filling. */
const MAX_GRID = 8;

/** The cheapest family of `group` (one signature), or `undefined` for fewer than two members. */
export function buildFamily(
  group: readonly Candidate[],
  context: FamilyContext,
): Family | undefined {
  const distinct = distinctMembers(group);
  if (distinct.length < 2) return undefined;
  const template = templateOf(distinct[0], context.map);
  const base = Math.min(...distinct.map((candidate) => candidate.cost));
  const parameters = distinct.map((candidate) => candidate.parameters);
  let best: Family | undefined;
  for (const model of axisModels(parameters, template.columns.map(circleOf))) {
    const grid = Grid.of(model, distinct);
    grid.fill(template, context);
    if (!grid.trim(distinct.length * MIN_KEPT)) continue;
    grid.grow(template, context);
    const family = grid.family(template, base, context.map);
    if (family !== undefined && isCheaper(family, best)) best = family;
  }
  if (best !== undefined && best.rows.length >= distinct.length) return best;
  const listed = listFamily(distinct, template, base);
  return isCheaper(listed, best) ? listed : best;
}

/** How a column of a template may go round its source axis. */
function circleOf({
  extent,
  role,
  isFree,
  wraps,
}: Template['columns'][number]): Circle | undefined {
  if (wraps) return { extent, kind: role === 'to' ? 'end' : 'turns' };
  return role === 'at' && !isFree ? { extent, kind: 'index' } : undefined;
}

/** Whether `a` costs less for each member than `b`. */
function isCheaper(a: Family, b: Family | undefined): boolean {
  return b === undefined || a.cost * b.rows.length < b.cost * a.rows.length;
}

function distinctMembers(group: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  const rows = new Set<number>();
  return group.filter((candidate) => {
    const key = candidate.parameters.join();
    if (seen.has(key) || rows.has(candidate.row)) return false;
    seen.add(key);
    rows.add(candidate.row);
    return true;
  });
}

function listFamily(members: readonly Candidate[], template: Template, base: number): Family {
  const sorted = [...members].sort((a, b) => compareNumbers(a.parameters, b.parameters));
  const varying = template.columns.filter((_, column) =>
    sorted.some(({ parameters }) => parameters[column] !== sorted[0].parameters[column]),
  );
  const factor = sorted.length === 2 ? PAIR_FACTOR : 1;
  return {
    template,
    values: [sorted.map((_, rank) => rank)],
    rows: Int32Array.from(sorted, ({ row }) => row),
    parameters: sorted.map(({ parameters }) => parameters),
    cost: factor * base + 4 * AXIS_COST + LISTED_COST * sorted.length * varying.length,
  };
}

/** Whether values are first, first + step, ..; the step, or `undefined`. */
export function stepOf(values: readonly number[]): number | undefined {
  if (values.length < 2) return 1;
  const step = values[1] - values[0];
  return values.every((value, k) => value === values[0] + k * step) ? step : undefined;
}

/** Members on the grid of their iterator values. */
class Grid {
  private constructor(
    private readonly model: AxisModel,
    private values: number[][],
    private readonly rowAt: Map<string, number>,
  ) {}

  static of(model: AxisModel, members: readonly Candidate[]): Grid {
    const points = members.map(({ parameters }) =>
      model.iterators.map((column) => parameters[column]),
    );
    const values = model.iterators.map((_, axis) =>
      [...new Set(points.map((point) => point[axis]))].sort((a, b) => a - b),
    );
    const rowAt = new Map(points.map((point, k) => [point.join(), members[k].row]));
    return new Grid(model, values, rowAt);
  }

  private size(): number {
    return this.values.reduce((product, list) => product * list.length, 1);
  }

  private points(values: readonly (readonly number[])[]): number[][] {
    return values.reduce<number[][]>(
      (points, list) => points.flatMap((point) => list.map((value) => [...point, value])),
      [[]],
    );
  }

  /** Looks the rows of empty grid points up. */
  fill(template: Template, context: FamilyContext): void {
    if (this.size() === this.rowAt.size || this.size() > MAX_GRID * this.rowAt.size) return;
    const taken = new Set(this.rowAt.values());
    for (const point of this.points(this.values)) {
      if (this.rowAt.has(point.join())) continue;
      const row = this.lookUp(template, point, context, taken);
      if (row === undefined) continue;
      this.rowAt.set(point.join(), row);
      taken.add(row);
    }
  }

  private lookUp(
    template: Template,
    point: readonly number[],
    context: FamilyContext,
    taken: ReadonlySet<number>,
  ): number | undefined {
    return context.finder
      .find(template, parametersAt(this.model, point))
      .find((row) => !taken.has(row) && context.accepts(row));
  }

  /** Drops the emptiest slabs until no grid point is empty; false if fewer than `least` stay. */
  trim(least: number): boolean {
    while (this.rowAt.size < this.size()) {
      const counts = this.values.map((list) => new Map(list.map((value) => [value, 0])));
      for (const key of this.rowAt.keys()) {
        key.split(',').forEach((text, axis) => {
          counts[axis].set(Number(text), (counts[axis].get(Number(text)) ?? 0) + 1);
        });
      }
      let worst = { axis: 0, value: 0, share: Infinity };
      counts.forEach((count, axis) => {
        const slab = this.size() / this.values[axis].length;
        for (const [value, members] of count) {
          if (members / slab < worst.share) worst = { axis, value, share: members / slab };
        }
      });
      this.values[worst.axis] = this.values[worst.axis].filter((value) => value !== worst.value);
      for (const key of [...this.rowAt.keys()]) {
        if (Number(key.split(',')[worst.axis]) === worst.value) this.rowAt.delete(key);
      }
      if (this.rowAt.size < least) return false;
    }
    return this.values.every((list) => list.length > 1) && this.rowAt.size >= least;
  }

  /** Adds whole slabs at the ends and in the gaps of each axis while all their rows exist. */
  grow(template: Template, context: FamilyContext): void {
    let grown = true;
    while (grown) {
      grown = false;
      this.values.forEach((list, axis) => {
        for (const value of neighbours(list)) {
          if (this.addSlab(axis, value, template, context)) grown = true;
        }
      });
    }
  }

  private addSlab(
    axis: number,
    value: number,
    template: Template,
    context: FamilyContext,
  ): boolean {
    const slab = this.values.map((list, own) => (own === axis ? [value] : list));
    const points = this.points(slab);
    // Most neighbours do not exist: ask for one row before preparing for all.
    if (this.lookUp(template, points[0], context, new Set()) === undefined) return false;
    const taken = new Set(this.rowAt.values());
    const added: [string, number][] = [];
    for (const point of points) {
      const row = this.lookUp(template, point, context, taken);
      if (row === undefined) return false;
      taken.add(row);
      added.push([point.join(), row]);
    }
    for (const [key, row] of added) this.rowAt.set(key, row);
    this.values[axis] = [...this.values[axis], value].sort((a, b) => a - b);
    return true;
  }

  /** The finished family; `undefined` if a formula mixes positions that follow no progression. */
  family(template: Template, base: number, map: SourceMap): Family | undefined {
    const { columns } = template;
    const order = this.model.iterators
      .map((column, axis) => ({ column: columns[column], axis }))
      .sort((a, b) => a.column.tensor - b.column.tensor || a.column.axis - b.column.axis)
      .map(({ axis }) => axis);
    const model: AxisModel = {
      iterators: order.map((axis) => this.model.iterators[axis]),
      formulas: this.model.formulas.map((formula) => ({
        ...formula,
        coefficients: order.map((axis) => formula.coefficients[axis]),
      })),
    };
    const values = order.map((axis) => this.values[axis]);
    const uneven = values.map((list) => stepOf(list) === undefined);
    const mixes = model.formulas.some(
      ({ coefficients }) =>
        coefficients.some((factor, axis) => factor !== 0 && uneven[axis]) &&
        coefficients.filter((factor) => factor !== 0).length > 1,
    );
    if (mixes) return undefined;
    const points = this.points(values);
    const inverse = order.map((_, axis) => order.indexOf(axis));
    const keyOf = (point: readonly number[]): string => inverse.map((k) => point[k]).join();
    let cost =
      base + MODULUS_COST * model.formulas.filter((own) => own.modulus !== undefined).length;
    values.forEach((list, axis) => {
      const { tensor, axis: sourceAxis } = columns[model.iterators[axis]];
      const spans = list.length === map.tensors[tensor].shape[sourceAxis];
      if (list.length === 2 && !spans) cost *= PAIR_FACTOR;
      cost += AXIS_COST + (uneven[axis] ? LISTED_COST * list.length : 0);
    });
    return {
      template,
      model,
      values,
      rows: Int32Array.from(points, (point) => this.rowAt.get(keyOf(point)) ?? -1),
      parameters: points.map((point) => parametersAt(model, point)),
      cost,
    };
  }
}

/** Values next to a list: before, behind, and in its gaps. */
function neighbours(list: readonly number[]): number[] {
  const step = stepOf(list) ?? 1;
  const found = new Set<number>();
  for (const value of list) {
    for (const near of [value - step, value - 1, value + 1, value + step]) {
      if (!list.includes(near)) found.add(near);
    }
  }
  return [...found].sort((a, b) => a - b);
}
