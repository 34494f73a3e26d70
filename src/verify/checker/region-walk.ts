/**
 * Everything that can come of questions about bounded real inputs, one way at a time. A question is on
 * which side of 0 a linear function of the inputs is; what is known of the inputs on the present way is a
 * polyhedron, and where that has both sides the way forks: the one half now, the other one later.
 *
 * Three kinds of questions, and what is taken for granted after each:
 * - a comparison of the text, of numbers that may be off by rounding: the answer holds up to that, so that
 *   the halves overlap where the text may answer either way;
 * - a rectified sum of the network or the text: nothing where it straddles 0 by next to nothing, which is
 *   added to its slop; else both halves;
 * - which of two parts a maximum is: a rectified sum too, as max(p, q) = p + r(q − p).
 *
 * Every input belongs to one of the ways at least. Questions must follow from the answers before them.
 */
import type { Budget } from './budget.js';
import type { Context } from './context.js';
import type { Form } from './forms.js';
import type { Linear } from './linear-functions.js';
import { LinearFunctions, valueAt } from './linear-functions.js';
import { Polyhedron } from './polyhedron.js';
import { Undecided } from './undecided.js';

interface Step {
  readonly isAbove: boolean;
  /** By how much a function may be on the other side. */
  readonly slack: number;
  readonly after: Polyhedron;
  /** Where the other answer holds, until that has been followed. */
  readonly other: Polyhedron | undefined;
}

export class RegionWalk {
  private readonly whole: Polyhedron;
  private readonly functions: LinearFunctions;
  /** The present way: all answers in order. */
  private readonly steps: Step[] = [];
  private position = 0;
  private here: Polyhedron;

  /**
   * @param cells atoms of finite range.
   * @param negligible up to which a rectified sum may straddle 0.
   */
  constructor(
    private readonly context: Context,
    cells: readonly number[],
    private readonly negligible: number,
    budget: Budget,
  ) {
    const low = Float64Array.from(cells, (cell) => context.atoms[cell].lo);
    const high = Float64Array.from(cells, (cell) => context.atoms[cell].hi);
    this.whole = Polyhedron.ofBox({ low, high }, budget);
    this.here = this.whole;
    this.functions = new LinearFunctions(context, cells, budget);
  }

  /** What is known of the inputs on the present way. */
  get inputs(): Polyhedron {
    return this.here;
  }

  /** Runs once for every way; ends early where `run` hands back false. */
  follow(run: () => boolean): void {
    for (;;) {
      this.position = 0;
      this.here = this.whole;
      this.functions.clear();
      if (!run()) return;
      let last = this.steps.pop();
      while (last !== undefined && last.other === undefined) last = this.steps.pop();
      if (last?.other === undefined) return;
      this.steps.push({ isAbove: !last.isAbove, slack: 0, after: last.other, other: undefined });
    }
  }

  /**
   * The text's answer to [form + noise > band], or ≥ unless strict, where the noise is at most `doubt`.
   * @throws Undecided where the form has no bounds.
   */
  exceeds(form: Form, band: number, strict: boolean, doubt: number): boolean {
    if (form.atoms.length === 0 && doubt === 0) {
      return strict ? form.constant > band : form.constant >= band;
    }
    const { terms, slop } = this.linear(form);
    const difference = terms.slice();
    const last = difference.length - 1;
    difference[last] -= band;
    const off = slop + doubt + Math.abs(difference[last]) * 2 ** -52;
    return this.ask(difference, -off).isAbove;
  }

  /** The form as a linear function of the cells, on what is left of the inputs. @throws Undecided. */
  linear(form: Form): Linear {
    for (const atom of form.atoms) this.open(atom);
    const linear = this.functions.of(form);
    if (!Number.isFinite(linear.size + linear.slop)) throw new Undecided('a number without bounds');
    return linear;
  }

  /** Says which function a rectified sum or a maximum is here. */
  private open(number: number): void {
    const atom = this.context.atoms[number];
    if (atom.kind !== 'operation' || this.functions.get(number) !== undefined) return;
    if (atom.name === 'relu') {
      this.functions.set(number, this.larger(this.functions.zero(), this.linear(atom.parts[0])));
    } else if (atom.name === 'max') {
      const [first, ...others] = atom.parts.map((part) => this.linear(part));
      this.functions.set(number, others.reduce((best, part) => this.larger(best, part), first)); // prettier-ignore
    }
  }

  /** The larger of two functions. */
  private larger(a: Linear, b: Linear): Linear {
    const { terms, slop } = this.functions.difference(b, a);
    const { isAbove, slack } = this.ask(terms, this.negligible);
    return { ...(isAbove ? b : a), slop: slop + slack };
  }

  /**
   * On which side of 0 a function is. It is on one side where it is less than the margin on the other, of
   * which a negative one leaves room for noise.
   */
  private ask(terms: Float64Array, margin: number): Step {
    if (this.position === this.steps.length) this.steps.push(this.decide(terms, margin));
    const step = this.steps[this.position++];
    this.here = step.after;
    return step;
  }

  private decide(terms: Float64Array, margin: number): Step {
    const { here } = this;
    const opposite = terms.map((term) => -term);
    for (const [isAbove, inside] of [[false, terms], [true, opposite]] as const) {
      // Where a point is known to be on that side, it is spared to ask how far that side goes.
      if (here.points.some((point) => valueAt(inside, point) > margin)) continue;
      const most = here.most(inside);
      if (most < margin) return { isAbove, slack: Math.max(0, most), after: here, other: undefined };
    } // prettier-ignore
    const least = Math.min(0, margin);
    return { isAbove: true, slack: 0, after: here.cut(terms, least), other: here.cut(opposite, least) }; // prettier-ignore
  }
}
