/**
 * Bounds for units that text and network compute almost alike: relu, tanh and sigmoid of two sums move
 * apart by no more than the sums do (sigmoid by a quarter of it), and the sums' own units are paired in the
 * same way. This is what proves dense layers whose weights are printed with fewer digits.
 */
import type { Atom, Context } from './context.js';
import type { Form } from './forms.js';
import { magnitude } from './forms.js';
import { rangeOf } from './products.js';
import { SOFTMAX_LIPSCHITZ } from './functions.js';

/** Two coefficients this close, relative to the larger, may belong to the same unit on both sides. */
const NEAR = 1e-2;

/** Forms with more units are left alone: every unit of one side is compared with those of the other. */
const MAX_UNITS = 2048;

/** Covers the rounding of the bounds' own sums, of some thousand positive terms each. */
const ROUNDING = 1 + 1e-9;

type Unit = Atom & { readonly kind: 'operation' };

export class Relaxation {
  private readonly partners = new Map<number, number>();
  private readonly distances = new Map<string, number>();

  constructor(private readonly context: Context) {}

  /** A bound on |form|, its units paired; the interval's bound where there are none. */
  magnitudeOf(form: Form): number {
    const { context } = this;
    const { accumulator } = context;
    const units: number[] = [];
    form.atoms.forEach((atom, k) => {
      if (lipschitz(context.atoms[atom]) > 0) units.push(k);
    });
    if (units.length < 2 || units.length > MAX_UNITS) return sizeOf(context, form);
    const paired = new Set<number>();
    let apart = 0;
    for (const k of units) {
      if (paired.has(k)) continue;
      const other = this.partnerOf(form, units, k, paired);
      if (other === undefined) continue;
      paired.add(k).add(other);
      const [a, b] = [form.coefficients[k], form.coefficients[other]];
      // a·A + b·B = a·(A − B) + (a + b)·B.
      apart += Math.abs(a) * this.distance(form.atoms[k], form.atoms[other]);
      apart += Math.abs(a + b) * magnitude(context.atoms[form.atoms[other]]);
    }
    form.atoms.forEach((atom, k) => {
      if (!paired.has(k)) accumulator.add(atom, form.coefficients[k]);
    });
    accumulator.addConstant(form.constant);
    accumulator.addSlop(form.slop);
    return (sizeOf(context, accumulator.finish()) + apart) * ROUNDING;
  }

  /** The place of the unit of the other sign that is nearest to the k-th: known, or by coefficient. */
  private partnerOf(
    form: Form,
    units: readonly number[],
    k: number,
    paired: ReadonlySet<number>,
  ): number | undefined {
    const { atoms, coefficients } = form;
    const own = this.context.atoms[atoms[k]] as Unit;
    let best: number | undefined;
    let least = NEAR * Math.abs(coefficients[k]);
    for (const other of units) {
      if (other <= k || paired.has(other)) continue;
      const apart = Math.abs(coefficients[k] + coefficients[other]);
      if (this.partners.get(atoms[k]) === atoms[other] && apart <= Math.abs(coefficients[k])) {
        return other;
      }
      const unit = this.context.atoms[atoms[other]] as Unit;
      if (unit.name !== own.name || apart >= least) continue;
      [best, least] = [other, apart];
    }
    if (best !== undefined && !this.partners.has(atoms[k]))
      this.partners.set(atoms[k], atoms[best]);
    return best;
  }

  /** A bound on |A − B| for two units of one kind. */
  private distance(a: number, b: number): number {
    const key = `${a} ${b}`;
    const known = this.distances.get(key);
    if (known !== undefined) return known;
    const { accumulator, atoms } = this.context;
    const [one, other] = [atoms[a] as Unit, atoms[b] as Unit];
    accumulator.addForm(one.parts[0], 1);
    accumulator.addForm(other.parts[0], -1);
    const moved = lipschitz(one) * this.magnitudeOf(accumulator.finish());
    const widest = Math.max(Math.abs(one.hi - other.lo), Math.abs(other.hi - one.lo));
    const distance = Math.min(moved, widest) * ROUNDING;
    this.distances.set(key, distance);
    return distance;
  }
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
