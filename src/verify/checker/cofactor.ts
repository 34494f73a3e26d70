/**
 * Cells that an atom reads but does not depend on: found by tabulating the atom, replaced by a
 * constant, and the atom rebuilt in canonical form. This separates what an irrelevant cell ties
 * together (the terms on clause 0 in the published MAXSAT network are of this kind).
 */
import type { Budget } from './budget.js';
import { classesOf, coneOf, stateCount } from './cones.js';
import { conjunction, literalsOf, negate } from './conjunctions.js';
import type { Context } from './context.js';
import type { Form, Linear } from './forms.js';
import type { Num } from './num.js';
import { productOf } from './products.js';
import { Table } from './tabulate.js';
import { formAtLeast } from './thresholds.js';
import { Undecided } from './undecided.js';

/** Largest table of one atom. */
const MAX_ATOM_STATES = 4096;

/** Atoms with more beneath them are not looked at: their tables would be too large anyway. */
const MAX_CONE = 400;

/** The same form with irrelevant cells replaced; undefined when there is nothing to replace. */
export function simplified(context: Context, form: Form, budget: Budget): Form | undefined {
  const rebuilt: (Num | undefined)[] = [];
  let changed = false;
  for (const atom of form.atoms) {
    // Walking the cone takes a mark for every atom of the context.
    budget.spend(1 + context.atoms.length / 8);
    const constants = irrelevantCells(context, atom, budget);
    const replaced = constants.size === 0 ? undefined : new Rebuilder(context, constants, budget).rebuild(atom); // prettier-ignore
    if (replaced !== undefined && replaced.atom !== atom) changed = true;
    rebuilt.push(replaced);
  }
  if (!changed) return undefined;
  const { accumulator } = context;
  const flat = rebuilt.map((num) => (num === undefined ? undefined : context.flatten(num)));
  flat.forEach((part, k) => {
    if (part === undefined) accumulator.add(form.atoms[k], form.coefficients[k]);
    else accumulator.addForm(part, form.coefficients[k]);
  });
  accumulator.addConstant(form.constant);
  accumulator.addSlop(form.slop);
  return accumulator.finish();
}

function irrelevantCells(context: Context, atom: number, budget: Budget): Map<number, number> {
  const constants = new Map<number, number>();
  const cone = coneOf(context, [atom]);
  if (cone.inner.length === 0 || cone.inner.length > MAX_CONE) return constants;
  const form = {
    atoms: Int32Array.of(atom),
    coefficients: Float64Array.of(1),
    constant: 0,
    slop: 0,
  };
  const classes = classesOf(context, cone, form);
  if (classes === undefined || stateCount(classes) > MAX_ATOM_STATES) return constants;
  try {
    const relevant = new Table(context, cone, classes, form, budget).relevantClasses();
    classes.forEach(({ cells, values }, index) => {
      if (!relevant[index]) for (const cell of cells) constants.set(cell, values[0]);
    });
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
  }
  return constants;
}

/** Steps of the budget for one atom that is built again, and for each of its terms. */
const [ATOM_STEPS, TERM_STEPS] = [1000, 50];

/** Atoms with some cells set to constants. */
class Rebuilder {
  private readonly known = new Map<number, Num | undefined>();

  constructor(
    private readonly context: Context,
    private readonly constants: ReadonlyMap<number, number>,
    private readonly budget: Budget,
  ) {}

  /** The atom as it is under the constants; undefined for kinds that are not rebuilt. */
  rebuild(number: number): Num | undefined {
    if (this.known.has(number)) return this.known.get(number);
    const built = this.make(number);
    this.known.set(number, built);
    return built;
  }

  private make(number: number): Num | undefined {
    const { context } = this;
    const fixed = this.constants.get(number);
    if (fixed !== undefined) return context.constant(fixed);
    const atom = context.atoms[number];
    switch (atom.kind) {
      case 'cell':
        return context.leaf(number);
      case 'ge':
        return this.threshold(atom.linear, atom.threshold);
      case 'and': {
        this.budget.spend(ATOM_STEPS + TERM_STEPS * atom.literals.length);
        let product = context.constant(1);
        for (const literal of atom.literals) {
          const replaced = this.rebuild(literal >> 1);
          if (replaced === undefined) return undefined;
          const factor = (literal & 1) === 1 ? negate(context, replaced) : replaced;
          product = conjoin(context, product, factor);
        }
        return product;
      }
      default:
        return undefined;
    }
  }

  private threshold({ atoms, coefficients }: Linear, threshold: number): Num | undefined {
    const { context } = this;
    this.budget.spend(ATOM_STEPS + TERM_STEPS * atoms.length);
    const parts: Num[] = [];
    for (const part of atoms) {
      const replaced = this.rebuild(part);
      if (replaced === undefined) return undefined;
      parts.push(replaced);
    }
    const forms = parts.map((part) => context.flatten(part));
    forms.forEach((form, k) => {
      context.accumulator.addForm(form, coefficients[k]);
    });
    return formAtLeast(context, context.accumulator.finish(), threshold);
  }
}

function conjoin(context: Context, a: Num, b: Num): Num {
  const left = literalsOf(context, context.flatten(a));
  const right = literalsOf(context, context.flatten(b));
  return left !== undefined && right !== undefined
    ? conjunction(context, [...left, ...right])
    : productOf(context, a, b);
}
