/**
 * Bounds for units that text and network compute almost alike: relu, tanh and sigmoid of two sums move
 * apart by no more than the sums do (sigmoid by a quarter of it), and the sums' own units are paired in the
 * same way. This is what proves dense layers whose weights are printed with fewer digits.
 */
import type { Atom, Context } from './context.js';
import type { Form } from './forms.js';
import { magnitude } from './forms.js';
import { NearestNumbers } from './nearest.js';
import { rangeOf } from './products.js';
import { SOFTMAX_LIPSCHITZ } from './functions.js';

/** Two coefficients this close, relative to the larger, may belong to the same unit on both sides. */
const NEAR = 1e-2;

/** A part of a sum below this share of the largest may be noise that the other side leaves out. */
const MATTERS = 1e-4;

/** Units that read more cells than this are hardly told apart by them. */
const MAX_TOLD = 64;

/** Covers the rounding of the bounds' own sums, of some thousand positive terms each. */
const ROUNDING = 1 + 1e-9;

type Unit = Atom & { readonly kind: 'operation' };

interface Apart {
  readonly units: number;
  readonly sums: number;
}

export class Relaxation {
  private readonly partners = new Map<number, number>();
  private readonly distances = new Map<string, Apart>();

  constructor(private readonly context: Context) {}

  /** A bound on |form|, its units paired; the interval's bound where there are none. */
  magnitudeOf(form: Form): number {
    const { context } = this;
    const { accumulator } = context;
    const { atoms, coefficients } = form;
    const pairing = new Pairing(context, form, this.partners);
    if (pairing.units < 2) return sizeOf(context, form);
    let apart = 0;
    const pairs: (readonly [number, number])[] = [];
    for (let k = 0; k < atoms.length; k++) {
      const other = pairing.pair(k);
      if (other === undefined) continue;
      pairs.push([k, other]);
    }
    for (let k = 0; k < atoms.length; k++) {
      if (!pairing.isPaired(k)) accumulator.add(atoms[k], coefficients[k]);
    }
    accumulator.addConstant(form.constant);
    accumulator.addSlop(form.slop);
    let rest = accumulator.finish();
    for (const [k, other] of pairs) {
      // a·A + b·B = a·(A − B) + (a + b)·B.
      const size = Math.abs(coefficients[k]);
      const uneven = Math.abs(coefficients[k] + coefficients[other]);
      const { units, sums } = this.distance(atoms[k], atoms[other]);
      const told =
        size * units + (uneven === 0 ? 0 : uneven * magnitude(context.atoms[atoms[other]]));
      const turned = this.turn(form, rest, k, other);
      // The opposites are no closer than their sums are, however little the units themselves rise.
      const opposite = turned === undefined ? Infinity : size * sums + turned.uneven;
      if (turned !== undefined && turned.size + opposite < sizeOf(context, rest) + told) {
        rest = turned.rest;
        apart += opposite;
      } else apart += told;
    }
    return (sizeOf(context, rest) + apart) * ROUNDING;
  }

  /**
   * The rest of a form where a pair of relu units is told by their opposites: relu(f) = f + relu(−f).
   * Which of the two an atom is was chosen by the order of cells; text and network may mean the other,
   * and the rest then holds the difference of their sums once more than it must.
   */
  private turn(
    { atoms, coefficients }: Form,
    rest: Form,
    k: number,
    other: number,
  ): { readonly rest: Form; readonly size: number; readonly uneven: number } | undefined {
    if (rest.atoms.length === 0) return undefined;
    const { context } = this;
    const [one, two] = [context.atoms[atoms[k]] as Unit, context.atoms[atoms[other]] as Unit];
    if (one.name !== 'relu' || two.name !== 'relu') return undefined;
    const { accumulator } = context;
    accumulator.addForm(rest, 1);
    accumulator.addForm(one.parts[0], coefficients[k]);
    accumulator.addForm(two.parts[0], coefficients[other]);
    const turned = accumulator.finish();
    const uneven = Math.abs(coefficients[k] + coefficients[other]);
    const most = Math.max(0, -rangeOf(context, two.parts[0]).lo);
    return {
      rest: turned,
      size: sizeOf(context, turned),
      uneven: uneven === 0 ? 0 : uneven * most,
    };
  }

  /** A bound on |A − B| for two units of one kind, and on how far their sums move both A − B and its opposites. */
  private distance(a: number, b: number): Apart {
    const key = `${a} ${b}`;
    const known = this.distances.get(key);
    if (known !== undefined) return known;
    const { accumulator, atoms } = this.context;
    const [one, other] = [atoms[a] as Unit, atoms[b] as Unit];
    accumulator.addForm(one.parts[0], 1);
    accumulator.addForm(other.parts[0], -1);
    const sums = lipschitz(one) * this.magnitudeOf(accumulator.finish()) * ROUNDING;
    const widest = Math.max(Math.abs(one.hi - other.lo), Math.abs(other.hi - one.lo));
    const distance = { units: Math.min(sums, widest * ROUNDING), sums };
    this.distances.set(key, distance);
    return distance;
  }
}

const NO_UNIT = 0;
const SINGLE = 1;
const PAIRED = 2;

/** The units of one form; each is paired with at most one other. */
class Pairing {
  readonly units: number;
  private readonly states: Uint8Array;
  private readonly kinds: (string | undefined)[] = [];
  /** By kind, the coefficients of the units that are left: made where a partner is not known. */
  private readonly nearest = new Map<string, NearestNumbers>();

  constructor(
    private readonly context: Context,
    private readonly form: Form,
    /** For a unit the one that it was first paired with, in whatever form. */
    private readonly partners: Map<number, number>,
  ) {
    this.states = Uint8Array.from(form.atoms, (atom) =>
      lipschitz(context.atoms[atom]) > 0 ? SINGLE : NO_UNIT,
    );
    this.units = this.states.reduce((sum, state) => sum + state, 0);
  }

  isPaired(k: number): boolean {
    return this.states[k] === PAIRED;
  }

  /** Pairs the k-th atom with a later one: the unit it is known to belong to, or by coefficient. */
  pair(k: number): number | undefined {
    if (this.states[k] !== SINGLE) return undefined;
    const other = this.known(k) ?? this.nearestTo(k);
    if (other === undefined) return undefined;
    for (const own of [k, other]) {
      this.states[own] = PAIRED;
      this.nearest.get(this.kindOf(own))?.remove(own);
    }
    return other;
  }

  private known(k: number): number | undefined {
    const { atoms, coefficients } = this.form;
    const partner = this.partners.get(atoms[k]);
    const other = partner === undefined ? -1 : indexIn(atoms, partner);
    if (other <= k || this.states[other] !== SINGLE) return undefined;
    const apart = Math.abs(coefficients[k] + coefficients[other]);
    return apart <= Math.abs(coefficients[k]) ? other : undefined;
  }

  /** The unit of the same kind whose coefficient is nearest to the opposite of the k-th. */
  private nearestTo(k: number): number | undefined {
    const { atoms, coefficients } = this.form;
    const kind = this.kindOf(k);
    let numbers = this.nearest.get(kind);
    if (numbers === undefined) {
      const isLeft = (own: number): boolean =>
        own > k && this.states[own] === SINGLE && this.kindOf(own) === kind;
      numbers = new NearestNumbers(coefficients, isLeft);
      this.nearest.set(kind, numbers);
    } else numbers.remove(k);
    const other = numbers.nearest(-coefficients[k]);
    if (other === undefined) return undefined;
    const apart = Math.abs(coefficients[k] + coefficients[other]);
    if (apart >= NEAR * Math.abs(coefficients[k])) return undefined;
    if (!this.partners.has(atoms[k])) this.partners.set(atoms[k], atoms[other]);
    return other;
  }

  private kindOf(k: number): string {
    return (this.kinds[k] ??= this.describe(this.context.atoms[this.form.atoms[k]]));
  }

  /**
   * What units that may be partners have in common: the function, and the cells that matter to them where
   * these are few. Units of equal coefficients are told apart by them, whatever their order. Which units are
   * paired is a guess that decides how good a bound is, never whether it holds.
   */
  private describe(atom: Atom): string {
    if (atom.kind !== 'operation') return atom.kind;
    const [{ atoms, coefficients }] = atom.parts;
    const readsCells = atoms.every((read) => this.context.atoms[read].kind === 'cell');
    if (!readsCells) return atom.name;
    const parts = coefficients.map((factor, k) => Math.abs(factor) * magnitude(this.context.atoms[atoms[k]])); // prettier-ignore
    const least = MATTERS * parts.reduce((most, part) => Math.max(most, part), 0);
    const read = atoms.filter((_, k) => parts[k] > least);
    return read.length <= MAX_TOLD ? `${atom.name} ${read.join()}` : atom.name;
  }
}

/** The index of a number in an ascending array; −1 where it is not. */
function indexIn(ascending: Int32Array, number: number): number {
  let from = 0;
  let to = ascending.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle] < number) from = middle + 1;
    else to = middle;
  }
  return ascending[from] === number ? from : -1;
}

/** How much faster than its one part a unit can move; 0 for atoms that are no such unit. */
function lipschitz(atom: Atom): number {
  if (atom.kind !== 'operation' || atom.parts.length !== 1) return 0;
  if (atom.name === 'relu' || atom.name === 'tanh') return 1;
  return atom.name === 'softmax' ? SOFTMAX_LIPSCHITZ : 0;
}

function sizeOf(context: Context, form: Form): number {
  const { lo, hi } = rangeOf(context, form);
  return Math.max(Math.abs(lo), Math.abs(hi));
}
