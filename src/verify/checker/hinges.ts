/**
 * Rectified sums in normal form, so that text and network agree on them whichever way they compute them.
 * Each lemma holds for all reals; what rounding and noise add is in the slop of the form that comes back:
 *
 *   r(c · z) = c · r(z) for c > 0     r(−z) = r(z) − z     max(p, q) = q + r(p − q)     r(z) = z where z ≥ 0
 *   |r(y) − r(z)| ≤ |y − z|
 *
 * and a rectified function of one number is again one (`hinge-functions.ts`). What noise leaves of a
 * cancellation stays in a form as its tail, so that it may still cancel; it is only left out of account
 * where a form is recognised. What two sums are apart that are taken for one is a cell of its own, small
 * and unknown: such cells cancel too, where bounds would add up.
 */
import type { Budget } from './budget.js';
import { coneOf } from './cones.js';
import type { Context } from './context.js';
import type { Form } from './forms.js';
import { magnitude } from './forms.js';
import type { HingeFunction } from './hinge-functions.js';
import { rectifiedFunction } from './hinge-functions.js';
import { constantForm } from './operations.js';
import { rangeOf } from './products.js';

/** A term belongs to a tail where its coefficient is this small beside the largest of the sum. */
const TAIL_SIZE = 1e-5;

/** Share of the tolerance below which what is apart is added to the slop: rounding. */
const ROUNDED_SHARE = 2 ** -24;

/** Steps of one comparison of two sums, beside some for each term: measured, in multiplications. */
const PAIR_STEPS = 256;
const TERM_STEPS = 16;

/** Sums of one line that are remembered, the last ones. */
const MAX_SEEN = 8;

/** A direction, its first coefficient 1, and r(direction + shift) for some shifts. */
interface Line {
  readonly direction: Form;
  readonly hinges: { readonly shift: number; readonly atom: number }[];
  /** Sums z ≈ factor · direction, tails and all, with r(z). */
  readonly seen: { readonly z: Form; readonly factor: number; readonly unit: Form }[];
}

export class Hinges {
  private readonly known = new Map<number, Form>();
  private readonly lines = new Map<string, Line[]>();
  private readonly lineOf = new Map<number, { readonly line: Line; readonly shift: number }>();
  /** Cells that stand for what is apart. */
  private readonly noise = new Set<number>();

  constructor(
    private readonly context: Context,
    private readonly budget: Budget,
    private readonly tolerance: number,
    /**
     * How far one sum may be from the multiple of a known one that it is taken for, and up to which
     * size a term may belong to a tail.
     */
    private readonly apartness: number,
  ) {}

  /** The form with its rectified sums and maxima in normal form. */
  normal(form: Form): Form {
    // What stands before another atom gets its normal form first: so do the atoms that are made for it.
    if (form.atoms.some((atom) => !this.known.has(atom))) {
      for (const atom of coneOf(this.context, form.atoms).inner) this.atom(atom);
    }
    const parts = Array.from(form.atoms, (atom) => this.atom(atom));
    return this.sum(parts.map((part, k) => [part, form.coefficients[k]] as const), form.constant, form.slop); // prettier-ignore
  }

  /** Whether a cell is no input, but stands for what two sums are apart that were taken for one. */
  isNoise(atom: number): boolean {
    return this.noise.has(atom);
  }

  /** The form without its tail. */
  main(form: Form): Form {
    const { atoms } = this.context;
    const largest = form.coefficients.reduce((most, own) => Math.max(most, Math.abs(own)), 0);
    const isMain = (_: number, k: number): boolean => {
      const [atom, size] = [form.atoms[k], Math.abs(form.coefficients[k])];
      if (this.noise.has(atom)) return false;
      return size > TAIL_SIZE * largest || size * magnitude(atoms[atom]) > this.apartness; // prettier-ignore
    };
    if (form.atoms.every(isMain)) return form;
    const coefficients = form.coefficients.filter(isMain);
    return { ...form, atoms: form.atoms.filter(isMain), coefficients };
  }

  /** The form, off by at most so much. */
  private blurred(form: Form, error: number): Form {
    if (!(error > ROUNDED_SHARE * this.tolerance && Number.isFinite(error))) {
      return { ...form, slop: form.slop + error };
    }
    const { atom } = this.context.addCell({ kind: 'interval', min: -error, max: error });
    this.noise.add(atom);
    return this.sum([[form, 1], [this.context.flatten(this.context.leaf(atom)), 1]]); // prettier-ignore
  }

  private sum(
    parts: readonly (readonly [form: Form, factor: number])[],
    constant = 0,
    slop = 0,
  ): Form {
    const { accumulator } = this.context;
    for (const [form, factor] of parts) accumulator.addForm(form, factor);
    accumulator.addConstant(constant);
    accumulator.addSlop(slop);
    return accumulator.finish();
  }

  private atom(number: number): Form {
    let known = this.known.get(number);
    if (known === undefined) this.known.set(number, (known = this.read(number)));
    return known;
  }

  private read(number: number): Form {
    const { context } = this;
    const atom = context.atoms[number];
    const itself = context.flatten(context.leaf(number));
    if (atom.kind !== 'operation') return itself;
    if (atom.name === 'relu') return this.rectified(this.normal(atom.parts[0]));
    if (atom.name !== 'max') return itself;
    const parts = atom.parts.map((part) => this.normal(part));
    if (parts.length === 2) {
      const [p, q] = parts;
      return this.sum([[this.rectified(this.sum([[p, 1], [q, -1]])), 1], [q, 1]]); // prettier-ignore
    }
    const keyed = parts.map((part) => ({ part, key: context.formKey(part) }));
    const sorted = keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ part }) => part);
    const maximum = context.operationAtom('max', sorted, atom);
    const slop = parts.reduce((most, part) => Math.max(most, part.slop), 0);
    return { ...context.flatten(maximum), slop };
  }

  /** max(z, 0). */
  private rectified(z: Form): Form {
    const { lo, hi } = rangeOf(this.context, z);
    if (lo >= 0) return z;
    if (hi <= 0) return constantForm(0);
    const main = this.main(z);
    if (main.atoms.length === 0) {
      return this.blurred(constantForm(Math.max(0, z.constant)), this.apart(z, constantForm(z.constant))); // prettier-ignore
    }
    const known = this.functionOf(main);
    if (known !== undefined) {
      const { range, line, fn } = known;
      const made = rectifiedFunction(fn, range);
      const parts = made.kinks.map(({ at, change }) => [this.hinge(line, -at), change] as const);
      const form = this.sum([...parts, [line.direction, made.slope]], made.constant, z.slop);
      return this.blurred(form, made.slop + this.apart(z, main));
    }
    const { line, factor } = this.place(z, main);
    const unit = this.unit(z, line, factor);
    line.seen.push({ z, factor, unit });
    if (line.seen.length > MAX_SEEN) line.seen.shift();
    return unit;
  }

  /**
   * r(z) by the hinge of its line, or by r(y) where z is nearer to a multiple of a sum y seen before: two
   * units of one sum, r(z) and r(−z), then share what they are off, and it cancels where both are read.
   */
  private unit(z: Form, line: Line, factor: number): Form {
    const shift = z.constant / factor;
    let like = { multiple: factor, unit: this.hinge(line, shift) };
    let apart = this.apart(z, { ...line.direction, constant: shift }, factor);
    for (const seen of line.seen) {
      const multiple = factor / seen.factor;
      const own = this.apart(z, seen.z, multiple);
      if (own < apart) [apart, like] = [own, { multiple, unit: seen.unit }];
    }
    const { multiple, unit } = like;
    // r(−y) = r(y) − y, and −y is z up to what they are apart.
    const parts = [[unit, Math.abs(multiple)] as const, ...(multiple < 0 ? [[z, 1] as const] : [])];
    return this.blurred(this.sum(parts), apart);
  }

  /** A bound on |z − factor · other|. */
  private apart(z: Form, other: Form, factor = 1): number {
    this.budget.spend(PAIR_STEPS + TERM_STEPS * (z.atoms.length + other.atoms.length));
    return sizeOf(this.context, this.sum([[z, 1], [other, -factor]])); // prettier-ignore
  }

  /** z without its constant as a multiple of the direction of a line, up to its tail. */
  private place(z: Form, main: Form): { readonly line: Line; readonly factor: number } {
    const key = main.atoms.join();
    const lines = this.lines.get(key) ?? [];
    for (const line of lines) {
      const factor = factorOf(main, this.main(line.direction));
      if (this.apart({ ...z, constant: 0 }, line.direction, factor) <= this.apartness) {
        // prettier-ignore
        return { line, factor };
      }
    }
    const [factor] = main.coefficients;
    const coefficients = z.coefficients.map((coefficient) => coefficient / factor);
    const line: Line = { direction: { ...z, coefficients, constant: 0, slop: 0 }, hinges: [], seen: [] }; // prettier-ignore
    this.lines.set(key, [...lines, line]);
    return { line, factor };
  }

  /** r(direction + shift). */
  private hinge(line: Line, shift: number): Form {
    const { context } = this;
    const part = { ...line.direction, constant: shift };
    const { lo, hi } = rangeOf(context, part);
    if (lo >= 0) return part;
    if (hi <= 0) return constantForm(0);
    const near = line.hinges.find((own) => Math.abs(own.shift - shift) <= this.apartness); // prettier-ignore
    if (near !== undefined) {
      return this.blurred(context.flatten(context.leaf(near.atom)), Math.abs(near.shift - shift));
    }
    const { atom } = context.operationAtom('relu', [part], { lo: 0, hi, grid: -Infinity });
    line.hinges.push({ shift, atom });
    this.lineOf.set(atom, { line, shift });
    return context.flatten(context.leaf(atom));
  }

  /** A form without tail as a function of the one number that its hinges are of. */
  private functionOf(
    z: Form,
  ): { line: Line; fn: HingeFunction; range: { lo: number; hi: number } } | undefined {
    const places = Array.from(z.atoms, (atom) => this.lineOf.get(atom));
    const line = places.findLast((place) => place !== undefined)?.line;
    if (line === undefined) return undefined;
    const { accumulator } = this.context;
    const kinks: { at: number; change: number }[] = [];
    places.forEach((place, k) => {
      if (place?.line === line) kinks.push({ at: -place.shift, change: z.coefficients[k] });
      else accumulator.add(z.atoms[k], z.coefficients[k]);
    });
    const rest = accumulator.finish();
    kinks.sort((a, b) => a.at - b.at);
    const range = rangeOf(this.context, line.direction);
    const fn = { slope: 0, constant: z.constant, kinks, slop: rest.slop };
    if (rest.atoms.length === 0) return { line, fn, range };
    const direction = this.main(line.direction);
    if (rest.atoms.join() !== direction.atoms.join()) return undefined;
    const slope = factorOf(rest, direction);
    const slop = this.apart(rest, line.direction, slope);
    if (slop > this.apartness) return undefined;
    return { line, range, fn: { ...fn, slope, slop } };
  }
}

/** The multiple of a direction over the same atoms that has the same size. */
function factorOf(z: Form, direction: Form): number {
  const size = ({ coefficients }: Form): number =>
    coefficients.reduce((sum, coefficient) => sum + Math.abs(coefficient), 0);
  const [first] = z.coefficients;
  const isExact = z.coefficients.every((own, k) => own === first * direction.coefficients[k]);
  return isExact ? first : (Math.sign(first) * size(z)) / size(direction);
}

function sizeOf(context: Context, form: Form): number {
  const { lo, hi } = rangeOf(context, form);
  return Math.max(Math.abs(lo), Math.abs(hi));
}
