/**
 * Forms as linear functions of a few cells, with a bound on what rounding and what is left out moves them
 * by. An atom that is none of the cells is the function that it was last said to be; what nothing was said
 * of is taken for the middle of its range, off by as much as the range is wide.
 */
import type { Budget } from './budget.js';
import type { Context } from './context.js';
import type { Form } from './forms.js';
import { magnitude } from './forms.js';

const UNIT = 2 ** -52;

/** slopes · cells + constant, up to slop. */
export interface Linear {
  /** The slope of each cell, and the constant. */
  readonly terms: Float64Array;
  readonly slop: number;
  /** The largest Σ |terms| over the box: what rounding is relative to. */
  readonly size: number;
}

export class LinearFunctions {
  private readonly known = new Map<number, Linear>();
  private readonly cells: ReadonlyMap<number, Linear>;
  private readonly reach: Float64Array;

  /** @param cells atoms of finite range. */
  constructor(
    private readonly context: Context,
    cells: readonly number[],
    private readonly budget: Budget,
  ) {
    const { atoms } = context;
    this.reach = Float64Array.from(cells, (cell) => magnitude(atoms[cell]));
    this.cells = new Map(
      cells.map((cell, k) => {
        const terms = new Float64Array(cells.length + 1);
        terms[k] = 1;
        return [cell, { terms, slop: 0, size: this.reach[k] }] as const;
      }),
    );
  }

  /** What was said of an atom. */
  get(atom: number): Linear | undefined {
    return this.cells.get(atom) ?? this.known.get(atom);
  }

  /** Says which function an atom is. */
  set(atom: number, linear: Linear): void {
    this.known.set(atom, linear);
  }

  /** Forgets all that was said. */
  clear(): void {
    this.known.clear();
  }

  zero(): Linear {
    return { terms: new Float64Array(this.reach.length + 1), slop: 0, size: 0 };
  }

  /** A form as a function of the cells. */
  of({ atoms, coefficients, constant, slop }: Form): Linear {
    const { reach } = this;
    const terms = new Float64Array(reach.length + 1);
    terms[reach.length] = constant;
    let [off, size] = [slop, Math.abs(constant)];
    atoms.forEach((number, k) => {
      const factor = coefficients[k];
      const own = this.get(number);
      if (own === undefined) {
        const { lo, hi } = this.context.atoms[number];
        terms[reach.length] += factor * ((lo + hi) / 2);
        off += Math.abs(factor) * (hi - lo);
        size += Math.abs(factor) * magnitude({ lo, hi, grid: 0 });
        return;
      }
      for (let c = 0; c < terms.length; c++) terms[c] += factor * own.terms[c];
      off += Math.abs(factor) * own.slop;
      size += Math.abs(factor) * own.size;
    });
    this.budget.spend((atoms.length + 1) * (terms.length + 3));
    const rounded = (atoms.length + 2) * UNIT * size;
    return { terms, size: this.sizeOf(terms), slop: (off + rounded) * (1 + 2 ** -30) };
  }

  /** a − b. */
  difference(a: Linear, b: Linear): Linear {
    const terms = a.terms.map((term, k) => term - b.terms[k]);
    const slop = (a.slop + b.slop + UNIT * (a.size + b.size)) * (1 + 2 ** -30);
    return { terms, size: this.sizeOf(terms), slop };
  }

  private sizeOf(terms: Float64Array): number {
    let size = Math.abs(terms[terms.length - 1]);
    this.reach.forEach((reach, k) => {
      size += Math.abs(terms[k]) * reach;
    });
    return size;
  }
}

/** terms · point and the constant. */
export function valueAt(terms: Float64Array, point: ArrayLike<number>): number {
  let value = terms[terms.length - 1];
  for (let k = 0; k < terms.length - 1; k++) value += terms[k] * point[k];
  return value;
}
