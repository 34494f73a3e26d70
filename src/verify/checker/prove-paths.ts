/**
 * The proof for texts that look for the largest of unknown numbers: `scores` is run along every path of
 * its comparisons, and the network's outputs are read under the order that each path has established.
 * What the order decides of the network's atoms becomes a constant; the rest stays what it is.
 */
import type { Budget } from './budget.js';
import type { Context } from './context.js';
import type { Form } from './forms.js';
import type { Num } from './num.js';
import { constantForm } from './operations.js';
import type { PartialOrder } from './partial-order.js';
import { followPaths, sidesOf } from './paths.js';
import { rangeOf } from './products.js';
import { Undecided } from './undecided.js';

/** Most paths: a loop over thirteen numbers takes 4,096. */
const MAX_PATHS = 1 << 13;

/** Most unknown numbers: an order takes their square. */
const MAX_UNKNOWNS = 64;

/** Steps of the budget for one path: the text is run anew. */
const PATH_STEPS = 1 << 17;

/**
 * A bound on |text − network| over all outputs, and the number of paths; Infinity where some path
 * leaves an output open. `run` evaluates the text's outputs, `expected` are the network's.
 *
 * @throws Undecided when the text compares what no order decides, or in too many ways.
 */
export function boundByPaths(
  context: Context,
  cells: number,
  run: () => readonly Num[],
  expected: readonly Num[],
  tolerance: number,
  budget: Budget,
): { readonly maxError: number; readonly paths: number } {
  if (cells > MAX_UNKNOWNS) throw new Undecided('too many unknown numbers to put into an order');
  let [maxError, paths] = [0, 0];
  const doubt = followPaths(context, cells, MAX_PATHS, 'scores', (order) => {
    budget.spend(PATH_STEPS);
    paths++;
    const actual = run();
    const reader = new OrderReader(context, order);
    actual.forEach((value, k) => {
      const difference = subtract(context, reader.reduced(context.flatten(value)), reader.reduced(context.flatten(expected[k]))); // prettier-ignore
      const { lo, hi } = rangeOf(context, difference);
      const error = Math.max(Math.abs(lo), Math.abs(hi)) + value.err + expected[k].err;
      maxError = Math.max(maxError, Number.isNaN(error) ? Infinity : error);
    });
    return maxError <= tolerance ? undefined : 'an output may differ along a path';
  });
  return { maxError: doubt === undefined ? maxError : Infinity, paths };
}

function subtract(context: Context, a: Form, b: Form): Form {
  context.accumulator.addForm(a, 1);
  context.accumulator.addForm(b, -1);
  return context.accumulator.finish();
}

/** Atoms and forms under an order of the cells. */
class OrderReader {
  private readonly known = new Map<number, Form>();

  constructor(
    private readonly context: Context,
    private readonly order: PartialOrder,
  ) {}

  /** The form with every atom replaced that the order tells something about. */
  reduced(form: Form): Form {
    const parts = Array.from(form.atoms, (atom) => this.atom(atom));
    const { accumulator } = this.context;
    parts.forEach((part, k) => {
      accumulator.addForm(part, form.coefficients[k]);
    });
    accumulator.addConstant(form.constant);
    accumulator.addSlop(form.slop);
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
    switch (atom.kind) {
      case 'cell':
        return context.flatten(context.leaf(number));
      case 'ge':
      case 'real': {
        const strict = atom.kind === 'real' && atom.strict;
        const doubt = atom.kind === 'real' ? atom.doubt : 0;
        const decided = this.exceeds({ ...atom.linear, constant: 0, slop: doubt }, atom.threshold, strict); // prettier-ignore
        return decided === undefined
          ? context.flatten(context.leaf(number))
          : constantForm(decided);
      }
      case 'and': {
        let all = true;
        for (const literal of atom.literals) {
          const { atoms, constant } = this.atom(literal >> 1);
          if (atoms.length > 0) all = false;
          else if ((constant === 1) === ((literal & 1) === 1)) return constantForm(0);
        }
        return all ? constantForm(1) : context.flatten(context.leaf(number));
      }
      case 'operation': {
        const parts = atom.parts.map((part) => this.reduced(part));
        return this.operation(atom.name, parts) ?? context.flatten(context.leaf(number));
      }
    }
  }

  /** 1 or 0 where the order, or the range, decides [form > band] (≥ unless strict). */
  private exceeds(form: Form, band: number, strict: boolean): 0 | 1 | undefined {
    const sides = form.slop === 0 ? sidesOf(this.context, this.order, form, band) : undefined;
    if (sides !== undefined) {
      if (this.order.implies(sides.high, sides.low, strict)) return 1;
      return this.order.implies(sides.low, sides.high, !strict) ? 0 : undefined;
    }
    const reduced = this.reduced(form);
    if (reduced.atoms.length === 0 && reduced.slop === 0) {
      return reduced.constant > band || (!strict && reduced.constant === band) ? 1 : 0;
    }
    const { lo, hi } = rangeOf(this.context, reduced);
    if (lo > band) return 1;
    return hi < band ? 0 : undefined;
  }

  private operation(name: string, parts: readonly Form[]): Form | undefined {
    const [first, second] = parts;
    if (name === 'max') return parts.find((own) => parts.every((other) => this.isAtLeast(own, other))); // prettier-ignore
    if (name === 'relu') {
      if (this.isAtLeast(first, constantForm(0))) return first;
      return this.isAtLeast(constantForm(0), first) ? constantForm(0) : undefined;
    }
    if (name !== 'product') return undefined;
    if (first.atoms.length === 0 && first.slop === 0) return this.scaled(second, first.constant);
    if (second.atoms.length === 0 && second.slop === 0) return this.scaled(first, second.constant);
    return undefined;
  }

  private isAtLeast(a: Form, b: Form): boolean {
    return this.exceeds(subtract(this.context, a, b), 0, false) === 1;
  }

  private scaled(form: Form, factor: number): Form {
    if (factor !== 0) this.context.accumulator.addForm(form, factor);
    return this.context.accumulator.finish();
  }
}
