/**
 * What is near a point: features are measured in shares of their ranges, so that metres and millimetres say
 * the same. A radius is of the maximum norm, so what lies within it is a box, cut to the domain.
 */
import { domainHull } from '../../ir/model-interface.js';
import type { CellDomain } from '../../ir/model-interface.js';
import type { Random } from '../../numeric/random.js';
import { valueAt } from '../../students/probes/box.js';
import type { BoundedDomain } from '../../students/probes/box.js';
import { sobolColumns } from '../../students/probes/sobol.js';

/** More corners than this are not visited; of more features a random choice is. */
const MOST_CORNERS = 64;

/** Significant digits of the ends of a box. */
const END_DIGITS = 12;

/** A point among bounded domains, one for each of its numbers. */
export interface Place {
  readonly point: readonly number[];
  readonly domains: readonly BoundedDomain[];
}

/** Domains with ends. @throws RangeError for one without: who asks a network has given it a range. */
export function boundedDomains(domains: readonly CellDomain[]): readonly BoundedDomain[] {
  return domains.map((domain) => {
    if (domain.kind === 'real') throw new RangeError('a domain has no ends');
    return domain;
  });
}

/** The width of a feature's range; 0 of one that has a single value. */
export function widthOf(domain: BoundedDomain): number {
  const [min, max] = domainHull(domain);
  return max - min;
}

/** All within `radius` of the point: of a finite domain the values that are. */
export function boxAround({ point, domains }: Place, radius: number): readonly BoundedDomain[] {
  return domains.map((domain, k): BoundedDomain => {
    const reach = radius * widthOf(domain);
    const low = Math.min(point[k], shortened(point[k] - reach));
    const high = Math.max(point[k], shortened(point[k] + reach));
    if (domain.kind === 'values') {
      const near = domain.values.filter((value) => value >= low && value <= high);
      return { kind: 'values', values: near.length === 0 ? [point[k]] : near };
    }
    return { kind: 'interval', min: Math.max(domain.min, low), max: Math.min(domain.max, high) };
  });
}

/** Sums of short numbers are short: what rounding leaves behind is told nowhere. */
function shortened(value: number): number {
  return Number(value.toPrecision(END_DIGITS));
}

/** How far each row lies from the point: the largest share of a range over the features. */
export function reachesOf({ point, domains }: Place, columns: Columns): Float64Array {
  return fold(columns, (row) =>
    domains.reduce((most, domain, k) => Math.max(most, shareOf(domain, columns[k][row] - point[k])), 0),
  ); // prettier-ignore
}

/** The root mean square of these shares: in many dimensions most of a box is not at its faces in all of them. */
export function distancesOf({ point, domains }: Place, columns: Columns): Float64Array {
  return fold(columns, (row) => {
    const sum = domains.reduce(
      (total, domain, k) => total + shareOf(domain, columns[k][row] - point[k]) ** 2,
      0,
    );
    return Math.sqrt(sum / domains.length);
  });
}

export type Columns = readonly Float64Array[];

function fold(columns: Columns, valueOf: (row: number) => number): Float64Array {
  return Float64Array.from({ length: columns[0].length }, (_, row) => valueOf(row));
}

function shareOf(domain: BoundedDomain, difference: number): number {
  const width = widthOf(domain);
  return width === 0 ? 0 : Math.abs(difference) / width;
}

/** Even points of a box. */
export function evenPoints(box: readonly BoundedDomain[], count: number, random: Random): Columns {
  return sobolColumns(box.length, count, random).map((places, k) =>
    places.map((place) => valueAt(box[k], place)),
  );
}

/** The same points, each moved to a face of the box: one feature of each, in turn, to one of its ends. */
export function onFaces(box: readonly BoundedDomain[], points: Columns): Columns {
  return points.map((column, k) => {
    const [min, max] = domainHull(box[k]);
    return column.map((value, row) => {
      const face = row % (2 * box.length);
      if (face >> 1 !== k) return value;
      return face % 2 === 0 ? min : max;
    });
  });
}

/** The corners of a box, or some of them. */
export function cornersOf(box: readonly BoundedDomain[], random: Random): Columns {
  const all = 2 ** box.length;
  const count = Math.min(MOST_CORNERS, all);
  return box.map((domain, k) => {
    const [min, max] = domainHull(domain);
    return Float64Array.from({ length: count }, (_, corner) => {
      const isHigh = all <= MOST_CORNERS ? (corner >> k) % 2 === 1 : random.below(2) === 1;
      return isHigh ? max : min;
    });
  });
}
