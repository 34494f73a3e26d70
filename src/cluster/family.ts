/**
 * Builds the family that a group of candidates belongs to: solves for its axes, settles on an index
 * set, and grows it to neighbouring points whose predicted rows exist. A group whose positions follow
 * no formula becomes a family of listed positions.
 */
import { spanGaps } from '../ir/gaps.js';
import { positiveModulo } from '../ir/region-cells.js';
import type { AxisModel, Circle } from './axes.js';
import { axisModels, parametersAt } from './axes.js';
import { formOf } from './forms.js';
import type { GridContext } from './grid.js';
import { Grid, pointsOf, stepOf } from './grid.js';
import { compareNumbers } from './order.js';
import type { Candidate } from './signatures.js';
import type { SourceMap } from './sources.js';
import type { Column, RowFinder, Template } from './template.js';
import { templateOf } from './template.js';

export interface Family {
  readonly template: Template;
  /** Formulas in iterator values; `undefined` for listed positions: one axis, no formulas. */
  readonly model?: AxisModel;
  /** Values of each iterator, ascending; ranks for listed positions. */
  readonly values: readonly (readonly number[])[];
  /** Row at each grid point, row-major over the iterators; −1 where the index set has none. */
  readonly rows: Int32Array;
  /** Number of rows. */
  readonly size: number;
  /** Parameters of each of `rows`. */
  readonly parameters: readonly (readonly number[])[];
  readonly cost: number;
}

interface FamilyContext {
  readonly map: SourceMap;
  readonly finder: RowFinder;
  /** Whether a row may join: not covered yet, and with the bias of the family where that matters. */
  readonly accepts: (row: number) => boolean;
  /** Rows of one origin are one neuron, told two ways. */
  readonly origin: readonly number[];
}

const AXIS_COST = 1;
/** A position modulo the extent of its axis. */
const MODULUS_COST = 0.5;
/** Doubling the slope of a position. */
const SLOPE_COST = 0.25;
/** Listing a position by its number. */
const LISTED_COST = 0.5;
/** Two members make any pair of positions "affine": without evidence they count as two. */
const PAIR_FACTOR = 2.2;
/** Saying several families as one. */
const MERGING_COST = 1.05;
/** A regular index set must keep this share of a group, else its positions are listed. */
const MIN_KEPT = 0.6;

/** The cheapest family of `group` (one signature), or `undefined` for fewer than two members. */
export function buildFamily(
  group: readonly Candidate[],
  context: FamilyContext,
): Family | undefined {
  const distinct = distinctMembers(group, context.origin);
  if (distinct.length === 0) return undefined;
  const template = templateOf(distinct[0], context.map);
  const merging = mergingFactor(distinct);
  const base = merging * Math.min(...distinct.map((candidate) => candidate.cost));
  const parameters = distinct.map((candidate) => candidate.parameters);
  const gridContext = { ...context, template };
  let best: Family | undefined;
  const consider = (grid: Grid, model: AxisModel): void => {
    if (grid.size < 2 || grid.axes.some((list) => list.length < 2)) return;
    const family = familyOf(grid, model, template, base, context.map);
    if (family !== undefined && isCheaper(family, best)) best = family;
  };
  for (const model of axisModels(parameters, template.columns.map(circleOf))) {
    const grid = new Grid(model, distinct, gridContext);
    if (!grid.settle(distinct.length * MIN_KEPT)) continue;
    consider(grid, model);
    if (grid.isFull) growAxes(grid, model, gridContext, consider);
  }
  if (best !== undefined && best.size >= distinct.length) return best;
  if (distinct.length < 2) return undefined;
  const listed = listFamily(distinct, template, base);
  return isCheaper(listed, best) ? listed : best;
}

/**
 * Adds an axis where all members stand at one place and neighbours exist: three columns of a picture
 * whose outer ones are cut by the border have one column of whole windows only.
 */
function growAxes(
  grid: Grid,
  model: AxisModel,
  context: GridContext,
  consider: (grid: Grid, model: AxisModel) => void,
): void {
  const [{ parameters }] = grid.placed;
  let [widest, own] = [grid, model];
  for (const columns of stillColumns(model, context.template)) {
    const wider = withAxis(own, columns, parameters);
    const next = new Grid(wider, widest.placed, context);
    const { size } = next;
    next.settle(size);
    if (next.size === size) continue;
    consider(next, wider);
    [widest, own] = [next, wider];
  }
}

/** Columns that no iterator moves, those of one axis together: of all sources with that extent. */
function stillColumns({ formulas }: AxisModel, { columns }: Template): number[][] {
  const groups = new Map<string, number[]>();
  columns.forEach(({ axis, extent, isFree, role }, column) => {
    const isStill = formulas[column].coefficients.every((factor) => factor === 0);
    if (!isStill || isFree || role === 'bias') return;
    const key = `${axis},${extent}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [column]);
    else group.push(column);
  });
  return [...groups.values()];
}

/** The model with one more iterator, which moves all of `moved`. */
function withAxis(
  { iterators, formulas }: AxisModel,
  moved: readonly number[],
  parameters: readonly number[],
): AxisModel {
  const sorted = [...moved].sort((a, b) => parameters[a] - parameters[b] || a - b);
  const iterator = sorted[(sorted.length - 1) >> 1];
  return {
    iterators: [...iterators, iterator],
    formulas: formulas.map((formula, column) =>
      moved.includes(column)
        ? {
            constant: parameters[column] - parameters[iterator],
            coefficients: [...formula.coefficients, 1],
          }
        : { ...formula, coefficients: [...formula.coefficients, 0] },
    ),
  };
}

/** How a column of a template may go round its source axis. */
function circleOf({ extent, role, isFree, wraps }: Column): Circle | undefined {
  if (wraps) return { extent, kind: role === 'to' ? 'end' : 'turns' };
  return role === 'at' && !isFree ? { extent, kind: 'index' } : undefined;
}

/** Whether `a` costs less for each member than `b`. */
function isCheaper(a: Family, b: Family | undefined): boolean {
  return b === undefined || a.cost * b.size < b.cost * a.size;
}

/**
 * Forms that have equally many members are families of their own, whatever formula puts them on one
 * grid; the pairs of a triangle are not: fewer of them lie far apart.
 */
function mergingFactor(members: readonly Candidate[]): number {
  // Members have one signature: positions on one axis meet in all of them or in none.
  if (formOf(members[0]) === undefined) return 1;
  const counts = new Map<string, number>();
  for (const candidate of members) {
    const form = formOf(candidate) ?? '';
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  const [first, ...others] = counts.values();
  if (first === 1 || others.length === 0 || !others.every((count) => count === first)) return 1;
  return MERGING_COST * counts.size;
}

function distinctMembers(group: readonly Candidate[], origin: readonly number[]): Candidate[] {
  const seen = new Set<string>();
  const rows = new Set<number>();
  return group.filter((candidate) => {
    const key = candidate.parameters.join();
    if (seen.has(key) || rows.has(origin[candidate.row])) return false;
    seen.add(key);
    rows.add(origin[candidate.row]);
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
    size: sorted.length,
    parameters: sorted.map(({ parameters }) => parameters),
    cost: factor * base + 4 * AXIS_COST + LISTED_COST * sorted.length * varying.length,
  };
}

/** The finished family; `undefined` if a formula mixes positions that follow no progression. */
function familyOf(
  grid: Grid,
  found: AxisModel,
  template: Template,
  base: number,
  map: SourceMap,
): Family | undefined {
  const { columns } = template;
  // In the order of source axes; along one axis the lower positions first, then x[i] before −x[j].
  const order = found.iterators
    .map((column, axis) => ({ column: columns[column], axis, low: grid.axes[axis][0] }))
    .sort(
      (a, b) =>
        a.column.tensor - b.column.tensor ||
        a.column.axis - b.column.axis ||
        a.low - b.low ||
        b.column.coefficient - a.column.coefficient,
    )
    .map(({ axis }) => axis);
  const model: AxisModel = {
    iterators: order.map((axis) => found.iterators[axis]),
    formulas: found.formulas.map((formula) => ({
      ...formula,
      coefficients: order.map((axis) => formula.coefficients[axis]),
    })),
  };
  const turned = order.map((axis, k) => turnValues(grid.axes[axis], k, model, columns));
  const own = turned.map((map) => [...map.keys()].sort((a, b) => a - b));
  const aligned = grid.isFull ? own : alignAxes(own, model, columns);
  const values = aligned.map(spanGaps);
  if (mixesUneven(model, values)) return undefined;
  const points = pointsOf(values);
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return {
    template,
    model,
    values,
    rows: Int32Array.from(points, (point) => {
      // A value that no member has, such as one in a gap, may be a member's before its turn.
      const found = point.flatMap((value, axis) => turned[axis].get(value) ?? []);
      return found.length < point.length ? -1 : grid.rowAt(inverse.map((k) => found[k]));
    }),
    size: grid.size,
    parameters: points.map((point) => parametersAt(model, point)),
    cost: costOf(base, values, model, columns, map) * sparsityOf(own, grid.size),
  };
}

/**
 * Values of an iterator that goes round a circle, moved by whole turns so that the middle of what its
 * member reads lies in the source; each with the value that it stands for.
 */
function turnValues(
  values: readonly number[],
  axis: number,
  { iterators, formulas }: AxisModel,
  columns: readonly Column[],
): ReadonlyMap<number, number> {
  const { tensor, axis: sourceAxis, extent, wraps, follows } = columns[iterators[axis]];
  if (!wraps || follows) return new Map(values.map((value) => [value, value]));
  const offsets = columns.flatMap((column, k) => {
    const { constant, coefficients } = formulas[k];
    const moves = coefficients.every((factor, other) => factor === (other === axis ? 1 : 0));
    if (column.tensor !== tensor || column.axis !== sourceAxis || !moves) return [];
    return [column.role === 'to' ? constant - 1 : constant];
  });
  const middle = Math.floor((Math.min(...offsets) + Math.max(...offsets)) / 2);
  return new Map(values.map((value) => [positiveModulo(value + middle, extent) - middle, value]));
}

/**
 * Axes that walk the same axis of one source count the same positions, so that a reader of a triangle
 * finds the same index in both places.
 */
function alignAxes(
  values: readonly (readonly number[])[],
  { iterators }: AxisModel,
  columns: readonly Column[],
): (readonly number[])[] {
  const ends = iterators.map((column) => (columns[column].role === 'to' ? 1 : 0));
  return values.map((_, axis) => {
    const { tensor, axis: sourceAxis } = columns[iterators[axis]];
    const all = new Set<number>();
    values.forEach((list, other) => {
      const column = columns[iterators[other]];
      if (column.tensor !== tensor || column.axis !== sourceAxis) return;
      for (const value of list) all.add(value - ends[other] + ends[axis]);
    });
    return [...all].sort((a, b) => a - b);
  });
}

/** An index set that is no box costs more, the emptier its box and the more axes it has. */
function sparsityOf(values: readonly (readonly number[])[], size: number): number {
  const box = values.reduce((product, list) => product * list.length, 1);
  return 1 + ((values.length - 1) / 2) * Math.log2(box / size);
}

function mixesUneven({ formulas }: AxisModel, values: readonly (readonly number[])[]): boolean {
  const uneven = values.map((list) => stepOf(list) === undefined);
  return formulas.some(
    ({ coefficients }) =>
      coefficients.some((factor, axis) => factor !== 0 && uneven[axis]) &&
      coefficients.filter((factor) => factor !== 0).length > 1,
  );
}

function costOf(
  base: number,
  values: readonly (readonly number[])[],
  { iterators, formulas }: AxisModel,
  columns: readonly Column[],
  map: SourceMap,
): number {
  let cost = base;
  for (const { coefficients, modulus } of formulas) {
    if (modulus !== undefined) cost += MODULUS_COST;
    for (const factor of coefficients)
      cost += SLOPE_COST * Math.log2(Math.max(1, Math.abs(factor)));
  }
  values.forEach((list, axis) => {
    const { tensor, axis: sourceAxis } = columns[iterators[axis]];
    const spans = list.length === map.tensors[tensor].shape[sourceAxis];
    if (list.length === 2 && !spans) cost *= PAIR_FACTOR;
    cost += AXIS_COST + (stepOf(list) === undefined ? LISTED_COST * list.length : 0);
  });
  return cost;
}
