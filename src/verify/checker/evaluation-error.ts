/**
 * How far the floats of tables and decision diagrams may be from the values that they stand for. Integers
 * and binary fractions are exact; elsewhere sums are rounded, and functions pass on what their parts err.
 */
import type { Atom, Context } from './context.js';
import { UNIT, fitsGrid, gridOf } from './float.js';
import type { Form } from './forms.js';
import { magnitude } from './forms.js';
import { movedBy, roundingAt } from './functions.js';
import { rangeOf } from './products.js';

/** A bound on the error of a form's values, where its terms are summed up as floats. */
export function roundingOfForm(context: Context, form: Form): number {
  let size = Math.abs(form.constant);
  let grid = gridOf(form.constant);
  let passed = 0;
  for (let k = 0; k < form.atoms.length; k++) {
    const atom = context.atoms[form.atoms[k]];
    const factor = form.coefficients[k];
    size += Math.abs(factor) * magnitude(atom);
    if (grid >= -1000) grid = Math.min(grid, atom.grid + gridOf(factor));
    const own = errorOf(context, form.atoms[k]);
    if (own !== 0) passed += Math.abs(factor) * own;
  }
  if (passed === 0 && fitsGrid(size, grid)) return form.slop;
  return form.slop + passed + (form.atoms.length + 1) * 2 * UNIT * (size + passed);
}

/** How close to its threshold the sum of a real atom leaves the atom undecided. */
export function realMargin(context: Context, atom: Atom & { kind: 'real' }): number {
  const { linear, threshold, doubt } = atom;
  const size = Math.max(Math.abs(linear.lo), Math.abs(linear.hi)) + Math.abs(threshold);
  let passed = 0;
  linear.atoms.forEach((part, k) => {
    const own = errorOf(context, part);
    if (own !== 0) passed += Math.abs(linear.coefficients[k]) * own;
  });
  return doubt + passed + (linear.atoms.length + 2) * 4 * UNIT * (size + passed);
}

/** The error of an atom's float; thresholds are decided with a margin, and then exact. */
function errorOf(context: Context, number: number): number {
  const atom = context.atoms[number];
  if (atom.kind !== 'operation') return 0;
  const known = context.evaluationErrors.get(number);
  if (known !== undefined) return known;
  const by = atom.parts.map((part) => roundingOfForm(context, part));
  const ranges = atom.parts.map((part) => rangeOf(context, part));
  // An exponent less the largest of several is known by the atom's range to stay below 0, not by its own.
  const moved = atom.name === 'exp' ? atom.hi * Math.expm1(by[0]) * 1.001 : movedBy(atom.name, ranges, by); // prettier-ignore
  const exact = moved === 0 && fitsGrid(magnitude(atom), atom.grid);
  const error = exact ? 0 : moved + roundingAt(atom.name, magnitude(atom) + moved);
  context.evaluationErrors.set(number, error);
  return error;
}
