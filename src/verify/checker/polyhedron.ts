/**
 * A box cut by half-spaces: the inputs that come to one place of a text. How large a linear function can be
 * there is a linear program; what is believed of its answer is the bound that follows from its multipliers
 * (`dual-bound.ts`). The points that it finds are kept: they spare programs, and no proof rests on them.
 */
import type { Box, HalfSpace } from '../../numeric/linear-program.js';
import { maximise } from '../../numeric/linear-program.js';
import type { Budget } from './budget.js';
import { dualBound } from './dual-bound.js';
import { valueAt } from './linear-functions.js';

/** Points kept with a polyhedron: more cost more to ask than the programs that they save. */
const MOST_POINTS = 24;

/** Steps of the budget for each number of a tableau that is made or changed, and for each program: measured. */
const NUMBER_STEPS = 16;
const PROGRAM_STEPS = 2 ** 14;

export class Polyhedron {
  private isEmpty = false;

  private constructor(
    private readonly box: Box,
    private readonly halfSpaces: readonly HalfSpace[],
    private readonly budget: Budget,
    private readonly known: Float64Array[],
  ) {}

  static ofBox(box: Box, budget: Budget): Polyhedron {
    return new Polyhedron(box, [], budget, []);
  }

  /** Some points that are inside, up to the tolerance of linear programs. */
  get points(): readonly Float64Array[] {
    return this.known;
  }

  /** The part where terms · x ≥ least, its border rounded outwards; terms end with a constant. */
  cut(terms: Float64Array, least: number): Polyhedron {
    const size = terms.length - 1;
    const bound = terms[size] - least;
    const halfSpace = {
      coefficients: terms.subarray(0, size).map((coefficient) => -coefficient),
      bound: bound + Math.abs(bound) * 2 ** -52 + Number.MIN_VALUE,
    };
    const points = this.known.filter((point) => valueAt(terms, point) >= least);
    const part = new Polyhedron(this.box, [...this.halfSpaces, halfSpace], this.budget, points);
    part.isEmpty = this.isEmpty;
    return part;
  }

  /**
   * A number that terms · x exceeds nowhere here, −Infinity where nothing is here at all. Terms end with a
   * constant.
   */
  most(terms: Float64Array): number {
    if (this.isEmpty) return -Infinity;
    const { box, halfSpaces } = this;
    const constant = terms[terms.length - 1];
    const ofBox = dualBound(terms, box, []);
    if (halfSpaces.length === 0) return sum(ofBox, constant);
    const answer = maximise(terms.subarray(0, terms.length - 1), box, halfSpaces);
    const tableau = terms.length * (terms.length + halfSpaces.length);
    this.budget.spend(PROGRAM_STEPS + NUMBER_STEPS * (answer.work + tableau));
    if (answer.kind === 'unfinished') return sum(ofBox, constant);
    if (answer.kind === 'infeasible') {
      const nothing = new Float64Array(terms.length);
      this.isEmpty = dualBound(nothing, box, halfSpaces, answer.multipliers) < 0;
      return this.isEmpty ? -Infinity : sum(ofBox, constant);
    }
    this.known.push(answer.point);
    if (this.known.length > MOST_POINTS) this.known.shift();
    return sum(Math.min(ofBox, dualBound(terms, box, halfSpaces, answer.multipliers)), constant);
  }

  /** The mean of points that are each as far from one border as can be: on none, where that is possible. */
  middle(): Float64Array {
    const { low, high } = this.box;
    const inwards = this.halfSpaces.map(({ coefficients }) => coefficients.map((own) => -own));
    for (let k = 0; k < low.length; k++) {
      for (const end of [1, -1]) inwards.push(low.map((_, own) => (own === k ? end : 0)));
    }
    const points = inwards.flatMap((objective) => {
      const answer = maximise(objective, this.box, this.halfSpaces);
      return answer.kind === 'optimal' ? [answer.point] : [];
    });
    if (points.length === 0) return low.map((least, k) => (least + high[k]) / 2);
    return low.map((_, k) => points.reduce((total, point) => total + point[k], 0) / points.length);
  }

  /** A number that terms · x exceeds nowhere in the box: no linear program is asked. */
  mostOfBox(terms: Float64Array): number {
    return sum(dualBound(terms, this.box, []), terms[terms.length - 1]);
  }
}

/** The sum rounded upwards. */
function sum(a: number, b: number): number {
  const total = a + b;
  return total + (Math.abs(a) + Math.abs(b)) * 2 ** -52 + Number.MIN_VALUE;
}
