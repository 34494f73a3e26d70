/**
 * diagonal: one weight where the positions on one or more axes move with an earlier one, forwards or
 * backwards; all other axes are fixed or whole. A diagonal of any two axes, a body diagonal, a slanted
 * plane; a part of one from three cells on.     ■·· / ·■· / ··■
 */
import type { Access } from '../region.js';
import { accessRange, CELL_COST } from '../region.js';
import type { Residual } from '../residual.js';
import type { Match, Pattern } from './match.js';
import { better, makeMatch } from './match.js';

export const diagonal: Pattern = { name: 'diagonal', detect: detectDiagonal, limit: largestSlant };

/** On shorter axes every two cells lie on a diagonal. */
const MIN_EXTENT = 3;
/** A part of a diagonal; two cells of one are merely two cells. */
const MIN_PART = 3;

/** A slant takes one cell for each position on the shorter of two axes, and all cells along others. */
function largestSlant({ shape, size }: Residual): number {
  const [, second = size] = shape.filter((extent) => extent >= MIN_EXTENT).sort((a, b) => a - b);
  return size / second;
}

type Role = 'fixed' | 'whole' | 1 | -1;

function detectDiagonal(residual: Residual): Match | undefined {
  if (residual.count < 2) return undefined;
  let best: Match | undefined;
  residual.shape.forEach((extent, lead) => {
    if (extent < MIN_EXTENT) return;
    for (const roles of rolesBehind(residual.shape, lead)) {
      best = better(best, new Slants(residual, lead, roles).best());
    }
  });
  return best;
}

/** All ways in which the axes may stand to the leading one; at least one later axis follows it. */
function rolesBehind(shape: readonly number[], lead: number): Role[][] {
  let ways: Role[][] = [[]];
  shape.forEach((extent, axis) => {
    const roles: Role[] = axis === lead || extent === 1 ? ['whole'] : ['fixed', 'whole'];
    if (axis > lead && extent >= MIN_EXTENT) roles.push(1, -1);
    ways = ways.flatMap((way) => roles.map((role) => [...way, role]));
  });
  return ways.filter((way) => way.some((role) => typeof role === 'number'));
}

/** The cells sorted by the slanted line or plane that they lie in. */
class Slants {
  /** The number of places along each axis that is not whole; 1 along those. */
  private readonly places: readonly number[];
  private readonly occupied: Int32Array;
  private readonly holes: Int32Array;
  /** By slant and class: cells, and the least and last position on the leading axis. */
  private readonly equal: Int32Array;
  private readonly first: Int32Array;
  private readonly last: Int32Array;

  constructor(
    private readonly residual: Residual,
    private readonly lead: number,
    private readonly roles: readonly Role[],
  ) {
    const { shape, cells, classOf, classes, count, coordinates } = residual;
    this.places = shape.map((extent, axis) => {
      if (roles[axis] === 'whole') return 1;
      return roles[axis] === 'fixed' ? extent : extent + shape[lead] - 1;
    });
    const slants = this.places.reduce((product, places) => product * places, 1);
    this.occupied = new Int32Array(slants);
    this.holes = new Int32Array(slants);
    for (const hole of residual.holes) this.holes[this.slantOf(hole)]++;
    this.equal = new Int32Array(slants * classes.length);
    this.first = new Int32Array(this.equal.length).fill(shape[lead]);
    this.last = new Int32Array(this.equal.length);
    for (let k = 0; k < count; k++) {
      const at = coordinates[lead][cells[k]];
      const slant = this.slantOf(cells[k]);
      this.occupied[slant]++;
      const entry = slant * classes.length + classOf[k];
      this.equal[entry]++;
      if (at < this.first[entry]) this.first[entry] = at;
      if (at > this.last[entry]) this.last[entry] = at;
    }
  }

  /** The slanted line or plane that a cell lies in. */
  private slantOf(cell: number): number {
    const { coordinates, shape } = this.residual;
    const at = coordinates[this.lead][cell];
    let slant = 0;
    for (let axis = 0; axis < this.roles.length; axis++) {
      const role = this.roles[axis];
      if (role === 'whole') continue;
      const place = coordinates[axis][cell];
      const start = role === 1 ? shape[this.lead] - 1 : 0;
      slant = slant * this.places[axis] + (role === 'fixed' ? place : place - role * at + start);
    }
    return slant;
  }

  best(): Match | undefined {
    const { classes } = this.residual;
    let best: Match | undefined;
    for (let slant = 0; slant < this.occupied.length; slant++) {
      if (this.occupied[slant] < 2) continue;
      const offsets = this.offsetsOf(slant);
      const [low, high] = this.extremes(offsets);
      for (let index = 0; index < classes.length; index++) {
        const entry = slant * classes.length + index;
        if (this.equal[entry] < 2) continue;
        // What cannot be better need not be told.
        if (best !== undefined && CELL_COST * this.equal[entry] <= best.gain) continue;
        best = better(best, this.propose(slant, index, offsets, low, high));
        const [first, last] = [this.first[entry], this.last[entry]];
        if (first === low && last === high) continue;
        if (this.equal[entry] >= MIN_PART) {
          best = better(best, this.propose(slant, index, offsets, first, last));
        }
      }
    }
    return best;
  }

  /** The part of a slant from `first` to `last` on the leading axis. */
  private propose(
    slant: number,
    index: number,
    offsets: readonly number[],
    first: number,
    last: number,
  ): Match | undefined {
    const { residual, lead, roles } = this;
    const { shape, classes } = residual;
    const size = roles.reduce<number>(
      (product, role, axis) =>
        role === 'whole' && axis !== lead ? product * shape[axis] : product,
      last - first + 1,
    );
    const equal = this.equal[slant * classes.length + index];
    const holes = this.holes[slant];
    const [low, high] = this.extremes(offsets);
    const isWhole = first === low && last === high;
    // Which cells of a part hold another weight is not counted: they pass for empty.
    const empty = Math.max(0, size - holes - (isWhole ? this.occupied[slant] : equal));
    if (2 * equal <= size - holes) return undefined;
    const accesses = roles.map((role, axis): Access => {
      if (axis === lead) {
        return isWhole ? { kind: 'all' } : accessRange(first, last, 1, shape[axis]);
      }
      if (role === 'whole') return { kind: 'all' };
      if (role === 'fixed') return { kind: 'at', index: offsets[axis] };
      return { kind: 'at', index: offsets[axis], follow: { axis: lead, slope: role } };
    });
    return makeMatch(residual, [{ coefficient: classes[index], accesses }], equal - empty);
  }

  /** Position or offset of a slant on every axis. */
  private offsetsOf(slant: number): number[] {
    const { shape } = this.residual;
    const offsets = new Array<number>(shape.length).fill(0);
    let rest = slant;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const place = rest % this.places[axis];
      rest = Math.floor(rest / this.places[axis]);
      offsets[axis] = this.roles[axis] === 1 ? place - shape[this.lead] + 1 : place;
    }
    return offsets;
  }

  /** The positions on the leading axis at which all followers lie within the source. */
  private extremes(offsets: readonly number[]): [low: number, high: number] {
    const { shape } = this.residual;
    let low = 0;
    let high = shape[this.lead] - 1;
    this.roles.forEach((role, axis) => {
      if (typeof role !== 'number') return;
      const ends = [-offsets[axis] * role, (shape[axis] - 1 - offsets[axis]) * role];
      low = Math.max(low, Math.min(...ends));
      high = Math.min(high, Math.max(...ends));
    });
    return [low, high];
  }
}
