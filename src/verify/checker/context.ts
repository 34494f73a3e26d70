/**
 * The one context in which module and network are both evaluated: the table of atoms, hash-consed, so
 * that what both compute alike is literally the same atom. Atoms stand after the atoms that they are
 * made of. Nothing here knows which side an atom comes from.
 */
import type { CellDomain } from '../../ir/model-interface.js';
import { domainHull } from '../../ir/model-interface.js';
import { NO_GRID, gridOf } from './float.js';
import type { Form, Linear, Range } from './forms.js';
import { Accumulator, LinearTable } from './forms.js';
import type { Operation } from './functions.js';
import { Flattener, Num, combine } from './num.js';

export type Atom = Range & { readonly binary: boolean } & (
    | { readonly kind: 'cell'; readonly domain: CellDomain }
    /** 1 where the linear part ≥ threshold, else 0. Coefficients are coprime on the atoms' grids. */
    | { readonly kind: 'ge'; readonly linear: Linear; readonly threshold: number }
    /** 1 where all literals hold. A literal is 2 · atom, + 1 when negated. */
    | { readonly kind: 'and'; readonly literals: readonly number[] }
    /**
     * 1 where the linear part > threshold (or ≥, unless `strict`), else 0; within `doubt` of the
     * threshold it may be either.
     */
    | {
        readonly kind: 'real';
        readonly linear: Linear;
        readonly threshold: number;
        readonly strict: boolean;
        readonly doubt: number;
      }
    | { readonly kind: 'operation'; readonly name: Operation; readonly parts: readonly Form[] }
  );

/** Answers comparisons in the runs that fork on them (`paths.ts`, `region-walk.ts`). */
export interface Oracle {
  /** [form + noise > band], or ≥ unless strict; the noise is any number of at most `doubt`. */
  readonly exceeds: (form: Form, band: number, strict: boolean, doubt: number) => boolean;
  /**
   * Which of the forms is the first largest, where `difference` is that of two of them; undefined where
   * they are no plain unknowns, so that they have to be compared one by one.
   */
  readonly firstLargest: (
    count: number,
    difference: (a: number, b: number) => Form,
  ) => number | undefined;
}

export class Context {
  readonly atoms: Atom[] = [];
  readonly accumulator = new Accumulator(this.atoms);
  readonly linears = new LinearTable();
  readonly flattener = new Flattener(this.accumulator);
  /** When set, every comparison is answered by it, and no threshold atom is made. */
  oracle: Oracle | undefined = undefined;
  /** For each atom of kind exp the relative error of the floats that the text has for it. */
  readonly exponentErrors = new Map<number, number>();
  /** The same for the network, which errs only where a form was rounded. */
  readonly exponentSlops = new Map<number, number>();
  /** Errors of the floats that tables have for atoms; see `evaluation-error.ts`. */
  readonly evaluationErrors = new Map<number, number>();
  /** Numbers the atoms that no other occurrence may share. */
  private occurrences = 0;
  private readonly leaves: Num[] = [];
  private readonly known = new Map<string, number>();

  /** A new input cell. */
  addCell(domain: CellDomain): Num {
    const [lo, hi] = domainHull(domain);
    const grid =
      domain.kind === 'values' ? Math.min(...domain.values.map((v) => gridOf(v))) : NO_GRID;
    const values = domain.kind === 'values' ? domain.values : [];
    const binary = values.length === 2 && values[0] === 0 && values[1] === 1;
    return this.add({ kind: 'cell', domain, lo, hi, grid, binary });
  }

  /** The atom of a number, as a number. */
  leaf(atom: number): Num {
    return this.leaves[atom];
  }

  constant(value: number): Num {
    return new Num(-1, undefined, 0, undefined, 0, value, value, value, gridOf(value), 0);
  }

  flatten(num: Num): Form {
    return this.flattener.flatten(num);
  }

  /** A form as a number, its slop in the error bound. */
  numOf(form: Form): Num {
    let result = this.constant(form.constant);
    for (let k = 0; k < form.atoms.length; k++) {
      result = combine(result, 1, this.leaf(form.atoms[k]), form.coefficients[k], 0, false);
    }
    result.form = form;
    return result;
  }

  internForm(form: Form): Linear {
    return this.linears.intern(form.atoms, form.coefficients, this.atoms);
  }

  /** The threshold atom [linear ≥ threshold]; canonical form is the caller's duty. */
  thresholdAtom(linear: Linear, threshold: number): Num {
    return this.share(`${linear.id}>=${threshold}`, () => ({
      kind: 'ge',
      linear,
      threshold,
      ...BINARY,
    }));
  }

  /**
   * The atom [linear > threshold] over reals. With doubt (rounding of the text) the atom belongs to
   * this occurrence alone: another computation of the same form may round the other way.
   */
  realAtom(linear: Linear, threshold: number, strict: boolean, doubt: number): Num {
    const own = doubt > 0 ? `#${++this.occurrences}` : '';
    return this.share(`${linear.id}${strict ? '>' : '≥'}${threshold}${own}`, () => ({
      kind: 'real',
      linear,
      threshold,
      strict,
      doubt,
      ...BINARY,
    }));
  }

  /** The atom of a conjunction; canonical form is the caller's duty. */
  conjunctionAtom(literals: readonly number[]): Num {
    return this.share(`&${literals.join(',')}`, () => ({ kind: 'and', literals, ...BINARY }));
  }

  /** The atom of an opaque function of forms. The range must hold for the value. */
  operationAtom(name: Operation, parts: readonly Form[], range: Range): Num {
    const key = parts.map((part) => this.formKey(part)).join(';');
    return this.share(`${name}:${key}`, () => ({
      kind: 'operation',
      name,
      parts,
      binary: false,
      lo: range.lo,
      hi: range.hi,
      grid: range.grid,
    }));
  }

  /** Whether the atom relu(factor · form) is there. */
  hasRelu(form: Form, factor: 1 | -1): boolean {
    const linear = this.linears.find(form.atoms, form.coefficients, factor);
    return (
      linear !== undefined && this.known.has(`relu:${formText(linear, factor * form.constant)}`)
    );
  }

  /** Identifies a form by the exact bits of its coefficients and constant. */
  formKey(form: Form): string {
    return formText(this.internForm(form), form.constant);
  }

  private share(key: string, make: () => Atom): Num {
    const known = this.known.get(key);
    if (known !== undefined) return this.leaf(known);
    this.known.set(key, this.atoms.length);
    return this.add(make());
  }

  private add(atom: Atom): Num {
    const number = this.atoms.length;
    this.atoms.push(atom);
    const { lo, hi, grid } = atom;
    const leaf = new Num(number, undefined, 0, undefined, 0, 0, lo, hi, grid, 0);
    this.leaves.push(leaf);
    return leaf;
  }
}

function formText(linear: Linear, constant: number): string {
  return `${linear.id}+${constant}`;
}

const BINARY = { lo: 0, hi: 1, grid: 0, binary: true };
