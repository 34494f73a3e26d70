/**
 * The size of a piecewise-linear form of few cells, piece by piece. The box of the cells is cut until
 * every rectified sum and every maximum below the form is one of its parts on all of a simplex; there
 * the form is linear, and largest at a corner.
 *
 *   |max(x, y) − max(x, y′)|   is |x − x| on one side of x = y and |y − y′| on the other
 *
 * Of two parts that are nearly equal on a simplex either may stand for their maximum: what that may be
 * off is the slop of the linear function, and so is rounding. Atoms that are no rectified sums and no
 * maxima are taken for numbers that may be anything in their range.
 */
import type { Budget } from './budget.js';
import type { Atom, Context } from './context.js';
import type { Form } from './forms.js';
import type { Linear } from './linear-functions.js';
import { LinearFunctions, valueAt } from './linear-functions.js';
import type { Simplex } from './simplices.js';
import { cutEdge, simplicesOfBox } from './simplices.js';

/** Cells that are cut along; a cube of n has n! simplices. */
const MAX_DIMENSIONS = 4;

/** Share of the bound up to which two parts are equal where they are not on one side of each other. */
const EQUAL_SHARE = 2 ** -16;

const UNIT = 2 ** -52;

export interface PiecesResult {
  /** A bound on |form| over all inputs; Infinity where it may be larger than what is enough. */
  readonly size: number;
  /** Where it may be: values of the cells. */
  readonly witness: ReadonlyMap<number, number> | undefined;
  readonly pieces: number;
}

/**
 * Bounds |form| by `enough`, where cells that are `narrow` count as their middle; `undefined` for forms of
 * too many others. @throws Undecided.
 */
export function sizeByPieces(
  context: Context,
  form: Form,
  enough: number,
  budget: Budget,
  isNarrow: (cell: number) => boolean,
): PiecesResult | undefined {
  const cells = new CellFinder(context, isNarrow).find(form);
  if (cells === undefined) return undefined;
  return new Pieces(context, form, enough, budget, cells).measure();
}

/** Whether an atom is a rectified sum or a maximum. */
export function isBent(atom: Atom): boolean {
  return atom.kind === 'operation' && (atom.name === 'relu' || atom.name === 'max');
}

interface Cells {
  /** Atoms that are cut along. */
  readonly wide: readonly number[];
  /** Rectified sums and maxima, parts before wholes. */
  readonly bent: readonly number[];
}

/** What a form is made of; `undefined` where that are too many or unbounded cells. */
class CellFinder {
  constructor(
    private readonly context: Context,
    private readonly isNarrow: (cell: number) => boolean,
  ) {}

  find(form: Form): Cells | undefined {
    const { atoms } = this.context;
    const bent: number[] = [];
    const wide: number[] = [];
    const seen = new Set<number>(form.atoms);
    for (const number of seen) {
      const atom = atoms[number];
      if (isBent(atom) && atom.kind === 'operation') {
        bent.push(number);
        for (const part of atom.parts) for (const own of part.atoms) seen.add(own);
        continue;
      }
      if (!Number.isFinite(atom.hi - atom.lo)) return undefined;
      if (!this.isNarrow(number)) wide.push(number);
      if (wide.length > MAX_DIMENSIONS) return undefined;
    }
    return { wide: wide.sort((a, b) => a - b), bent: bent.sort((a, b) => a - b) };
  }
}

class Pieces {
  private readonly functions: LinearFunctions;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly equal: number;
  private worst = 0;
  private pieces = 0;
  private found: Float64Array | undefined = undefined;

  constructor(
    private readonly context: Context,
    private readonly form: Form,
    private readonly enough: number,
    private readonly budget: Budget,
    private readonly cells: Cells,
  ) {
    const { atoms } = context;
    this.low = Float64Array.from(cells.wide, (cell) => atoms[cell].lo);
    this.high = Float64Array.from(cells.wide, (cell) => atoms[cell].hi);
    this.equal = EQUAL_SHARE * enough;
    this.functions = new LinearFunctions(context, cells.wide, budget);
  }

  measure(): PiecesResult {
    const isDone = simplicesOfBox(this.low, this.high).every((simplex) => this.cut(simplex, 0));
    const { pieces, found } = this;
    if (isDone || found === undefined) return { size: this.worst, pieces, witness: undefined };
    const witness = new Map(this.cells.wide.map((cell, k) => [cell, found[k]]));
    return { size: Infinity, pieces, witness };
  }

  /**
   * Bounds the form on a simplex, on which the bent atoms before the `from`-th are linear already; false
   * where it is too large.
   */
  private cut(simplex: Simplex, from: number): boolean {
    const { bent } = this.cells;
    for (let k = from; k < bent.length; k++) {
      const parts = this.partsOf(bent[k]);
      const decided = this.decide(simplex, parts);
      if (decided.kind === 'linear') {
        this.functions.set(bent[k], decided.linear);
        continue;
      }
      const { a, b, share } = decided;
      return cutEdge(simplex, a, b, share).every((half) => this.cut(half, k));
    }
    return this.bound(simplex);
  }

  private bound(simplex: Simplex): boolean {
    this.pieces++;
    const total = this.functions.of(this.form);
    const { values, error } = this.valuesOf(simplex, total);
    const sizes = values.map(Math.abs);
    const worst = Math.max(...sizes) + error + total.slop;
    this.worst = Math.max(this.worst, worst);
    if (worst <= this.enough) return true;
    const largest = Math.max(...sizes);
    if (largest > this.enough) this.found = simplex.corners[sizes.indexOf(largest)];
    return false;
  }

  /** What a rectified sum or a maximum chooses from. */
  private partsOf(number: number): readonly Linear[] {
    const atom = this.context.atoms[number];
    if (atom.kind !== 'operation') throw new Error('no operation');
    const parts = atom.parts.map((part) => this.functions.of(part));
    if (atom.name === 'relu') {
      parts.push(this.functions.zero());
    }
    return parts;
  }

  /** The part that is the largest on all of a simplex, or an edge on which two of them meet. */
  private decide(
    simplex: Simplex,
    parts: readonly Linear[],
  ): { kind: 'linear'; linear: Linear } | { kind: 'cut'; a: number; b: number; share: number } {
    const first = this.likely(simplex, parts);
    const best = parts[first];
    let { slop } = best;
    for (const [k, part] of parts.entries()) {
      if (k === first) continue;
      const { values, error } = this.valuesOf(simplex, subtract(part, best));
      const lead = Math.max(...values);
      if (lead > this.equal && Math.min(...values) < -this.equal) {
        const [a, b] = [values.indexOf(Math.min(...values)), values.indexOf(lead)];
        return { kind: 'cut', a, b, share: values[a] / (values[a] - values[b]) };
      }
      slop = Math.max(slop, lead + error + part.slop);
    }
    return { kind: 'linear', linear: { ...best, slop } };
  }

  /** The part that is largest in the middle of a simplex. */
  private likely({ corners }: Simplex, parts: readonly Linear[]): number {
    if (parts.length === 1) return 0;
    const middle = this.low.map((_, k) => corners.reduce((sum, own) => sum + own[k], 0) / corners.length); // prettier-ignore
    const values = parts.map(({ terms }) => valueAt(terms, middle));
    return values.indexOf(Math.max(...values));
  }

  /** Values at the corners, and a bound on how much farther values get on what the simplex stands for. */
  private valuesOf(
    { corners, gap }: Simplex,
    { terms, size }: Linear,
  ): { readonly values: readonly number[]; readonly error: number } {
    this.budget.spend(8 + 2 * terms.length * corners.length);
    const values = corners.map((corner) => valueAt(terms, corner));
    let error = (terms.length + 2) * UNIT * size;
    if (gap > 0) {
      for (let k = 0; k < terms.length - 1; k++) error += Math.abs(terms[k]) * gap;
    }
    return { values, error };
  }
}

function subtract(a: Linear, b: Linear): Linear {
  return {
    terms: a.terms.map((term, k) => term - b.terms[k]),
    slop: a.slop + b.slop,
    size: 2 * (a.size + b.size),
  };
}
