/**
 * Two piecewise-linear functions compared piece by piece. A form with a rectified sum or a maximum is
 * the larger (smaller) of forms without it:
 *
 *   rest + c · max(z₁ … zₙ)  =  max over k of (rest + c · zₖ) for c > 0,  min for c < 0
 *
 * and what has to be bounded, min(Γ) − max(Δ) for two lists of forms, follows from its parts: a minimum
 * in Γ and a maximum in Δ add their parts to the list; a maximum in Γ and a minimum in Δ have to be
 * bounded part by part. In the end some convex mix of Γ less some of Δ is small by its interval. Every
 * way to go on is sound, so the search for a short one need not be trusted.
 */
import type { Budget } from './budget.js';
import type { Context } from './context.js';
import type { Form } from './forms.js';
import type { Hinges } from './hinges.js';
import { isBent } from './linear-pieces.js';
import { constantForm } from './operations.js';
import { rangeOf } from './products.js';

/** Steps of one comparison of two forms, beside some for each term: measured, in multiplications. */
const PAIR_STEPS = 512;
const TERM_STEPS = 16;

/** Forms of one list that are mixed with each other: all pairs of them are tried. */
const MAX_MIXED = 12;

interface Opened {
  readonly kind: 'max' | 'min';
  readonly parts: readonly Form[];
}

export class Openings {
  private readonly opened = new Map<string, Opened | undefined>();

  constructor(
    private readonly context: Context,
    private readonly budget: Budget,
    private readonly hinges: Hinges,
  ) {}

  /** A bound on a − b from above over all inputs; Infinity where none up to `enough` was found. */
  excess(a: Form, b: Form, enough: number): number {
    return this.bound([a], [b], enough);
  }

  /** The same of min(lower) − max(upper). */
  private bound(given: readonly Form[], limits: readonly Form[], enough: number): number {
    const [lower, upper] = [this.spread(given, 'min'), this.spread(limits, 'max')];
    const close = this.closest(lower.all, upper.all);
    if (close <= enough) return close;
    const above = lower.open.filter((form) => this.open(form) !== undefined);
    const below = upper.open.filter((form) => this.open(form) !== undefined);
    if (above.length + below.length === 0) return this.mixed(lower.open, upper.open, enough);
    // One of several may do by itself.
    if (below.length > 1) {
      for (const form of below) {
        const alone = this.bound(lower.open, [form], enough);
        if (alone <= enough) return alone;
      }
    }
    if (above.length > 1) {
      for (const form of above) {
        const alone = this.bound([form], upper.open, enough);
        if (alone <= enough) return alone;
      }
    }
    const [form = below[0]] = above;
    const isLower = above.length > 0;
    let worst = -Infinity;
    for (const part of this.open(form)?.parts ?? []) {
      const own = this.bound(
        isLower ? replaced(lower.open, form, part) : lower.open,
        isLower ? upper.open : replaced(upper.open, form, part),
        enough,
      );
      if (own > enough) return Infinity;
      worst = Math.max(worst, own);
    }
    return worst;
  }

  /**
   * A list with the parts of all that opens as `kind`: `all` with what was opened, since something may
   * equal it; `open` without.
   */
  private spread(
    list: readonly Form[],
    kind: 'max' | 'min',
  ): { readonly all: readonly Form[]; readonly open: readonly Form[] } {
    const all: Form[] = [];
    const left: Form[] = [];
    const keys = new Set<string>();
    const open = [...list].reverse();
    for (let form = open.pop(); form !== undefined; form = open.pop()) {
      const key = this.context.formKey(form);
      if (keys.has(key)) continue;
      keys.add(key);
      all.push(form);
      const opened = this.open(form);
      if (opened?.kind === kind) open.push(...[...opened.parts].reverse());
      else left.push(form);
    }
    return { all, open: left };
  }

  /** The least bound of one of the one list less one of the other. */
  private closest(lower: readonly Form[], upper: readonly Form[]): number {
    let least = Infinity;
    for (const a of lower) {
      for (const b of upper) {
        this.budget.spend(PAIR_STEPS + TERM_STEPS * (a.atoms.length + b.atoms.length));
        least = Math.min(least, rangeOf(this.context, this.sum([[a, 1], [b, -1]])).hi); // prettier-ignore
      }
    }
    return least;
  }

  /** Mixes of two of a list, at the shares at which a term of the difference vanishes. */
  private mixed(lower: readonly Form[], upper: readonly Form[], enough: number): number {
    const differences = lower.flatMap((a) => upper.map((b) => this.sum([[a, 1], [b, -1]]))); // prettier-ignore
    if (differences.length > MAX_MIXED) return Infinity;
    let least = Infinity;
    for (const [k, a] of differences.entries()) {
      for (const b of differences.slice(k + 1)) {
        for (const share of sharesOf(a, b)) {
          this.budget.spend(PAIR_STEPS + TERM_STEPS * (a.atoms.length + b.atoms.length));
          const mix = this.sum([[a, share], [b, 1 - share]]); // prettier-ignore
          least = Math.min(least, rangeOf(this.context, mix).hi);
          if (least <= enough) return least;
        }
      }
    }
    return least;
  }

  /** The form opened at its last rectified sum or maximum, which no other atom of it holds. */
  private open(form: Form): Opened | undefined {
    this.budget.spend(PAIR_STEPS + TERM_STEPS * form.atoms.length);
    const key = `${this.context.formKey(form)}±${form.slop}`;
    if (!this.opened.has(key)) this.opened.set(key, this.make(form));
    return this.opened.get(key);
  }

  private make(form: Form): Opened | undefined {
    const { atoms } = this.context;
    const number = this.hinges.main(form).atoms.findLast((own) => isBent(atoms[own]));
    if (number === undefined) return undefined;
    const place = form.atoms.indexOf(number);
    const atom = atoms[number];
    if (atom.kind !== 'operation') return undefined;
    const factor = form.coefficients[place];
    const own = this.context.flatten(this.context.leaf(number));
    const rest = this.sum([[form, 1], [own, -factor]]); // prettier-ignore
    const parts = atom.name === 'relu' ? [...atom.parts, constantForm(0)] : atom.parts;
    return {
      kind: factor > 0 ? 'max' : 'min',
      parts: parts.map((part) => this.sum([[rest, 1], [part, factor]])), // prettier-ignore
    };
  }

  private sum(parts: readonly (readonly [form: Form, factor: number])[]): Form {
    const { accumulator } = this.context;
    for (const [form, factor] of parts) accumulator.addForm(form, factor);
    return accumulator.finish();
  }
}

/** The list with a part in the place of a form. */
function replaced(list: readonly Form[], form: Form, part: Form): readonly Form[] {
  return list.map((own) => (own === form ? part : own));
}

/** Shares of a at which share · a + (1 − share) · b lacks one of its atoms. */
function sharesOf(a: Form, b: Form): readonly number[] {
  const shares: number[] = [];
  a.atoms.forEach((atom, k) => {
    const other = b.coefficients[b.atoms.indexOf(atom)] ?? 0;
    // On a grid on which 1 − share is exact.
    const share = Math.round((other / (other - a.coefficients[k])) * 2 ** 52) / 2 ** 52;
    if (share > 0 && share < 1) shares.push(share);
  });
  return shares;
}
