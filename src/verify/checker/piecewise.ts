/**
 * Bounds for outputs that text and network compute with rectified sums and maxima in different ways:
 * both in normal form (`hinges.ts`), what then still differs split by the cells that it depends on, and
 * each part compared by what its sums and maxima are opened to (`openings.ts`), or, over few cells, on
 * every piece on which it is linear (`linear-pieces.ts`).
 */
import type { Budget } from './budget.js';
import type { Context } from './context.js';
import type { Form } from './forms.js';
import { magnitude } from './forms.js';
import { Hinges } from './hinges.js';
import { isBent, sizeByPieces } from './linear-pieces.js';
import { Openings } from './openings.js';
import { componentsOf } from './partition.js';
import { rangeOf } from './products.js';
import type { Relaxation } from './relaxation.js';
import { Undecided } from './undecided.js';

/** Steps of one comparison by opening: some tenths of a second. */
const OPENING_STEPS = 2 ** 26;

/** Steps of one comparison on every piece: half a second. */
const PIECES_STEPS = 2 ** 28;

const STEPS = OPENING_STEPS + PIECES_STEPS;

/** Comparisons that may be in vain before no more are tried: one leaves its output unproved. */
const MAX_FAILURES = 2;

/** A bound on how far two forms are apart, or that they are further, and where. */
export interface Distance {
  readonly size: number;
  /** Pieces that were looked at. */
  readonly pieces: number;
  /** Where they were seen to be further apart than what is enough. */
  readonly witness: ReadonlyMap<number, number> | undefined;
}

/**
 * Shares of the tolerance up to which two sums are taken for one: with the first, little is lost; deep
 * networks with noise need the second.
 */
const APART_SHARES = [2 ** -3, 2 ** -1];

export class Piecewise {
  private failures = 0;
  /** For each share, once it is needed. */
  private readonly sides: Side[] = [];

  constructor(
    private readonly context: Context,
    private readonly budget: Budget,
    private readonly relaxation: Relaxation,
    private readonly tolerance: number,
  ) {}

  /** A bound on |a − b| of at most `enough`, or where it is larger; `undefined` where neither was found. */
  distance(a: Form, b: Form, enough: number): Distance | undefined {
    if (!this.bends(a) && !this.bends(b)) return undefined;
    for (const k of APART_SHARES.keys()) {
      const { context, budget } = this;
      const side = (this.sides[k] ??= new Side(
        context,
        budget,
        this.relaxation,
        new Hinges(context, budget, this.tolerance, APART_SHARES[k] * this.tolerance),
      ));
      const found = this.attempt(STEPS, () => side.bound(a, b, enough));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private attempt<Result>(steps: number, run: () => Result): Result | undefined {
    if (this.failures >= MAX_FAILURES) return undefined;
    let found: Result | undefined;
    try {
      found = this.budget.within(steps, run);
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
    }
    if (found === undefined) this.failures++;
    return found;
  }

  private bends({ atoms }: Form): boolean {
    return atoms.some((number) => isBent(this.context.atoms[number]));
  }
}

/** Text and network in the normal form of some hinges. */
class Side {
  private readonly openings: Openings;

  constructor(
    private readonly context: Context,
    private readonly budget: Budget,
    private readonly relaxation: Relaxation,
    private readonly hinges: Hinges,
  ) {
    this.openings = new Openings(context, budget, hinges);
  }

  /** A bound on |a − b| of at most `enough`, or where it is larger. @throws Undecided. */
  bound(a: Form, b: Form, enough: number): Distance | undefined {
    this.budget.spend(this.context.atoms.length);
    // The network's side first: its hinges then stand in the order of its layers, outer ones last.
    const right = this.hinges.normal(b);
    const left = this.hinges.normal(a);
    const difference = this.subtract(left, right);
    const { lo, hi } = rangeOf(this.context, difference);
    const size = Math.min(Math.max(Math.abs(lo), Math.abs(hi)), this.relaxation.magnitudeOf(difference)); // prettier-ignore
    if (size <= enough) return { size, pieces: 0, witness: undefined };
    const groups = this.groupsOf(left, right);
    let total = left.slop + right.slop + this.noiseOf(difference);
    if (groups.length === 0) total += Math.abs(difference.constant);
    let pieces = 0;
    for (const [k, atoms] of groups.entries()) {
      // The first group takes the constant with it.
      const [own, other] = [left, right].map((form) => this.restrict(form, atoms, k === 0));
      const group = this.groupDistance(own, other, enough - total, groups.length - k);
      if (group === undefined || group.witness !== undefined) return group;
      total += group.size;
      pieces += group.pieces;
    }
    // The sums over groups round too.
    total *= 1 + 2 ** -40;
    return total <= enough ? { size: total, pieces, witness: undefined } : undefined;
  }

  /** The distance of the parts of two forms over some cells; `left` is for so many groups. */
  private groupDistance(a: Form, b: Form, left: number, groups: number): Distance | undefined {
    if (!(left > 0)) return undefined;
    const share = left / groups;
    const opened = this.opened(a, b, share);
    if (opened <= share) return { size: opened, pieces: 0, witness: undefined };
    return this.onPieces(this.subtract(a, b), left);
  }

  /** A bound by opening; Infinity where it takes too many steps, or is no bound up to `enough`. */
  private opened(a: Form, b: Form, enough: number): number {
    try {
      return this.budget.within(OPENING_STEPS, () => {
        const above = this.openings.excess(a, b, enough);
        return above <= enough ? Math.max(above, this.openings.excess(b, a, enough), 0) : Infinity;
      });
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      return Infinity;
    }
  }

  private onPieces(form: Form, enough: number): Distance | undefined {
    const isNoise = (cell: number): boolean => this.hinges.isNoise(cell);
    const found = sizeByPieces(this.context, form, enough, this.budget, isNoise);
    if (found === undefined || found.size <= enough) return found;
    const witness = found.witness === undefined ? undefined : this.inDomain(found.witness);
    return witness === undefined ? undefined : { ...found, witness };
  }

  /** Values that inputs can have; `undefined` where some cell has no interval to take them from. */
  private inDomain(witness: ReadonlyMap<number, number>): ReadonlyMap<number, number> | undefined {
    const values = new Map<number, number>();
    for (const [number, value] of witness) {
      const atom = this.context.atoms[number];
      if (atom.kind !== 'cell' || atom.domain.kind !== 'interval') return undefined;
      values.set(number, Math.min(Math.max(value, atom.lo), atom.hi));
    }
    return values;
  }

  /** Atoms of either form in groups that share no cell, without what only stands for noise. */
  private groupsOf(left: Form, right: Form): readonly ReadonlySet<number>[] {
    const all = new Set([...left.atoms, ...right.atoms]);
    const atoms = Int32Array.from([...all].filter((atom) => !this.hinges.isNoise(atom))).sort();
    const sum = {
      atoms,
      coefficients: new Float64Array(atoms.length).fill(1),
      constant: 0,
      slop: 0,
    };
    return componentsOf(this.context, sum).map((group) => new Set(group.atoms));
  }

  /** What noise adds to a form at most. */
  private noiseOf({ atoms, coefficients }: Form): number {
    let total = 0;
    atoms.forEach((atom, k) => {
      if (this.hinges.isNoise(atom)) total += Math.abs(coefficients[k]) * magnitude(this.context.atoms[atom]); // prettier-ignore
    });
    return total;
  }

  private restrict(form: Form, atoms: ReadonlySet<number>, isWhole: boolean): Form {
    const { accumulator } = this.context;
    form.atoms.forEach((atom, k) => {
      if (atoms.has(atom)) accumulator.add(atom, form.coefficients[k]);
    });
    if (isWhole) accumulator.addConstant(form.constant);
    return accumulator.finish();
  }

  private subtract(a: Form, b: Form): Form {
    this.context.accumulator.addForm(a, 1);
    this.context.accumulator.addForm(b, -1);
    return this.context.accumulator.finish();
  }
}
