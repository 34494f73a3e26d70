/**
 * The inputs on which fidelity is measured: uniform over the domain, and uniform over what lies around it.
 * Equal seeds give equal inputs, in the student that states a fidelity and in whoever measures it again.
 *
 *   domain [a, b] of width w   →   in range [a, b], out of range [a − w/2, b + w/2] without [a, b]
 */
import { createRandom } from '../numeric/random.js';
import type { Random } from '../numeric/random.js';
import type { CellRange } from './fidelity.js';
import { cellDomain, sizeOf } from './model-interface.js';
import type { CellDomain, ModelInterface } from './model-interface.js';

/** One flat row-major array for each input of the model. */
export type FidelityProbe = readonly Float64Array[];

export interface ProbeSettings {
  readonly count: number;
  readonly seed: number;
  /** One for each cell of all inputs: what counts as in range instead of the domain. */
  readonly ranges?: readonly CellRange[];
}

/** How far the box reaches out on each side, in widths of the range. */
const MARGIN = 0.5;

/** Tells the random numbers of the two kinds of probes apart. */
const OUTSIDE_SEED = 0x6f7574;

/** The domains of all cells, row-major, input after input. */
export function cellDomainsOf({ inputs }: ModelInterface): readonly CellDomain[] {
  return inputs.flatMap(({ shape, domain }) =>
    Array.from({ length: sizeOf(shape) }, (_, cell) => cellDomain(domain, cell)),
  );
}

/** Whether fidelity can be measured on the domain alone: it has bounds everywhere. */
export function isBounded(model: ModelInterface): boolean {
  return cellDomainsOf(model).every(({ kind }) => kind !== 'real');
}

/**
 * Inputs spread uniformly over the ranges, else over the domain.
 *
 * @throws RangeError for an unbounded cell without a range, or ranges for another number of cells.
 */
export function inRangeProbes(model: ModelInterface, settings: ProbeSettings): FidelityProbe[] {
  const cells = boxOf(model, settings.ranges);
  const random = createRandom(settings.seed);
  return Array.from({ length: settings.count }, () =>
    splitCells(
      model,
      cells.map((cell) => drawWithin(cell, random)),
    ),
  );
}

/**
 * Inputs spread uniformly around what `inRangeProbes` covers; `undefined` where there is nothing: finite
 * sets of values and ranges of one point have no outside.
 */
export function outOfRangeProbes(
  model: ModelInterface,
  settings: ProbeSettings,
): FidelityProbe[] | undefined {
  const cells = boxOf(model, settings.ranges);
  if (!cells.some(isWide)) return undefined;
  const random = createRandom(settings.seed ^ OUTSIDE_SEED);
  return Array.from({ length: settings.count }, () =>
    splitCells(model, drawOutside(cells, random)),
  );
}

/** What a cell of a probe can be: one of some values, or any number of an interval. */
type ProbedCell = Exclude<CellDomain, { readonly kind: 'real' }>;

function boxOf(
  model: ModelInterface,
  ranges: readonly CellRange[] | undefined,
): readonly ProbedCell[] {
  const domains = cellDomainsOf(model);
  if (ranges !== undefined && ranges.length !== domains.length) {
    throw new RangeError(`${ranges.length} ranges for ${domains.length} cells`);
  }
  return domains.map((domain, cell): ProbedCell => {
    if (domain.kind === 'values') return valuesWithin(domain, ranges?.[cell]);
    if (ranges !== undefined) return intervalOf(ranges[cell]);
    if (domain.kind === 'real') throw new RangeError(`cell ${cell} has neither bounds nor a range`);
    return domain;
  });
}

/** @throws RangeError where none of the values is in range. */
function valuesWithin(
  domain: Extract<CellDomain, { readonly kind: 'values' }>,
  range: CellRange | undefined,
): ProbedCell {
  if (range === undefined) return domain;
  const values = domain.values.filter((value) => value >= range[0] && value <= range[1]);
  if (values.length === 0) throw new RangeError(`no value lies in [${range[0]}, ${range[1]}]`);
  return { kind: 'values', values };
}

function intervalOf([min, max]: CellRange): ProbedCell {
  if (!(min <= max && Number.isFinite(max - min)))
    throw new RangeError(`[${min}, ${max}] is no range`);
  return { kind: 'interval', min, max };
}

/** Whether a cell has an outside, which rounding may swallow where the interval is narrow. */
function isWide(cell: ProbedCell): boolean {
  return cell.kind === 'interval' && cell.min - marginOf(cell) < cell.min;
}

function marginOf({ min, max }: { readonly min: number; readonly max: number }): number {
  return MARGIN * (max - min);
}

function drawWithin(cell: ProbedCell, random: Random): number {
  return cell.kind === 'values'
    ? cell.values[random.below(cell.values.length)]
    : between(cell.min, cell.max, random);
}

/** A point of the wider box; drawn again until one of its cells lies outside. */
function drawOutside(cells: readonly ProbedCell[], random: Random): readonly number[] {
  for (;;) {
    const point = cells.map((cell) => {
      if (cell.kind === 'values') return drawWithin(cell, random);
      return between(cell.min - marginOf(cell), cell.max + marginOf(cell), random);
    });
    if (cells.some((cell, k) => isBeyond(cell, point[k]))) return point;
  }
}

function isBeyond(cell: ProbedCell, value: number): boolean {
  return cell.kind === 'interval' && (value < cell.min || value > cell.max);
}

function between(min: number, max: number, random: Random): number {
  return min + (max - min) * random.unit();
}

function splitCells({ inputs }: ModelInterface, cells: readonly number[]): FidelityProbe {
  let from = 0;
  return inputs.map(({ shape }) => Float64Array.from(cells.slice(from, (from += sizeOf(shape)))));
}
