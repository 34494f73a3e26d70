/**
 * Units along one line: r(z) and r(−z), r(k·x) and r(k·x − 1) depend on one number only, the value of a
 * common direction, so that all of them are sums of hinges r(direction + shift):
 *
 *   r(−z) = r(z) − z        r(3·x − 1) = 3 · r(x − 1/3)
 *
 * Directions are told apart up to noise; how far a form is from the multiple of the direction that it
 * is taken for is part of its error.
 */
import type { Form } from './form.js';
import { combine, constantForm, nodeForm, termsOf } from './form.js';
import type { Nodes, Range } from './nodes.js';

/** r(direction + shift). */
interface Hinge {
  readonly shift: number;
  readonly node: number;
}

/** A form z as it was met, and r(z): another one that is nearly a multiple of it is told by it. */
interface Met {
  readonly form: Form;
  /** form = factor · direction + its constant. */
  readonly factor: number;
  readonly unit: Form;
}

/** A direction and its hinges. */
export interface Line {
  /** Without constant. */
  readonly direction: Form;
  readonly range: Range;
  readonly hinges: Hinge[];
  readonly met: Met[];
}

/** form = factor · direction + its constant, up to `error`. */
export interface OnLine {
  readonly line: Line;
  readonly factor: number;
  readonly error: number;
}

/** Forms of one line that are remembered, the last ones: those of one layer, mostly. */
const MAX_MET = 8;

/** Shares of a form's first weight are put into drawers of this width. */
const DRAWER = 1e-5;

export class Lines {
  private readonly drawers = new Map<string, Line[]>();
  /** The line of every hinge. */
  private readonly lineOf = new Map<number, { readonly line: Line; readonly shift: number }>();

  constructor(private readonly nodes: Nodes) {}

  /** The line that a form without hinges of its own lies on, if there is one. */
  find(form: Form): OnLine | undefined {
    const size = sizeOf(form);
    const drawer = drawerOf(form, size);
    for (const offset of [0, -1, 1]) {
      for (const line of this.drawers.get(keyOf(form, drawer + offset)) ?? []) {
        const found = this.match(form, size, line);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  /** The line of a form, made anew where there is none. */
  place(form: Form): OnLine {
    const found = this.find(form);
    if (found !== undefined) return found;
    const direction = { ...form, constant: 0 };
    const line: Line = { direction, range: this.nodes.rangeOf(direction), hinges: [], met: [] };
    const key = keyOf(form, drawerOf(form, sizeOf(form)));
    const known = this.drawers.get(key);
    if (known === undefined) this.drawers.set(key, [line]);
    else known.push(line);
    return { line, factor: 1, error: 0 };
  }

  /** The line and the shift of a hinge; `undefined` for other nodes. */
  placeOf(node: number): { readonly line: Line; readonly shift: number } | undefined {
    return this.lineOf.get(node);
  }

  /** r(direction + shift): a hinge, or what it is where it never switches. */
  hinge(line: Line, shift: number): Form {
    const { low, high } = line.range;
    if (high + shift <= 0) return constantForm(0);
    if (low + shift >= 0) return { ...line.direction, constant: shift };
    const known = line.hinges.find(({ shift: other }) => this.isNear(other, shift));
    if (known !== undefined) {
      return this.nodes.blurred(nodeForm(known.node), Math.abs(known.shift - shift));
    }
    const node = this.nodes.addUnit({ ...line.direction, constant: shift });
    line.hinges.push({ shift, node });
    this.lineOf.set(node, { line, shift });
    return nodeForm(node);
  }

  /** r(z), for a form z and where it lies. */
  unit(z: Form, place: OnLine): Form {
    const unit = this.likeOneMet(z, place) ?? this.unitOf(z, place);
    place.line.met.push({ form: z, factor: place.factor, unit });
    if (place.line.met.length > MAX_MET) place.line.met.shift();
    return unit;
  }

  private unitOf(z: Form, { line, factor, error }: OnLine): Form {
    const size = Math.abs(factor);
    const shift = z.constant / factor;
    const hinge = combine(this.nodes, [this.hinge(line, shift), size], [z, factor < 0 ? 1 : 0]);
    const rounded = Math.abs(shift * factor - z.constant) + ROUNDING * Math.abs(z.constant);
    return this.nodes.blurred(hinge, error + (isExact(z.constant, factor) ? 0 : rounded));
  }

  /**
   * r(z) by r(y) for a y of which z is a multiple: what a network makes of one sum twice, r(z) and r(−z),
   * is off in the same way, and cancels where both are read.
   */
  private likeOneMet(z: Form, { line, factor, error }: OnLine): Form | undefined {
    let best: { readonly apart: number; readonly like: Form } | undefined;
    for (const { form, factor: other, unit } of line.met) {
      const multiple = factor / other;
      const shared = Math.abs(multiple);
      if (!this.isNear(z.constant, multiple * form.constant)) continue;
      const left = combine(this.nodes, [z, 1], [form, -multiple]);
      const { low, high } = this.nodes.rangeOf(left);
      const apart = Math.max(-low, high);
      if (apart >= (best?.apart ?? error)) continue;
      // r(−y) = r(y) − y, and −y is z up to what is left.
      const like = combine(this.nodes, [unit, shared], [z, multiple < 0 ? 1 : 0]);
      best = { apart, like };
    }
    return best === undefined ? undefined : this.nodes.blurred(best.like, best.apart);
  }

  private isNear(a: number, b: number): boolean {
    return Math.abs(a - b) <= this.nodes.noise * Math.max(Math.abs(a), Math.abs(b));
  }

  private match(form: Form, size: number, line: Line): OnLine | undefined {
    const { direction } = line;
    const { nodes } = direction;
    if (nodes.length !== form.nodes.length) return undefined;
    const exact = form.weights[0] / direction.weights[0];
    const isMultiple = form.weights.every((weight, k) => weight === exact * direction.weights[k]);
    const factor = isMultiple ? exact : (Math.sign(exact) * size) / sizeOf(direction);
    const largest = form.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    for (const [k, node] of nodes.entries()) {
      const apart = Math.abs(form.weights[k] - factor * direction.weights[k]);
      if (form.nodes[k] !== node || apart > this.nodes.noise * largest) return undefined;
    }
    const left = combine(this.nodes, [{ ...form, constant: 0 }, 1], [direction, -factor]);
    const { low, high } = this.nodes.rangeOf(left);
    return { line, factor, error: termsOf(left) + left.tail.length === 0 ? left.error : Math.max(-low, high) }; // prettier-ignore
  }
}

const ROUNDING = 2 ** -52;

/** Whether a quotient is surely exact. */
function isExact(dividend: number, divisor: number): boolean {
  const quotient = dividend / divisor;
  if (quotient === 0) return dividend === 0;
  return (
    Number.isInteger(Math.log2(Math.abs(divisor))) ||
    (Number.isSafeInteger(dividend) && Number.isSafeInteger(divisor) && Number.isInteger(quotient))
  );
}

function sizeOf({ weights }: Form): number {
  return weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
}

function drawerOf({ weights }: Form, size: number): number {
  return Math.round(Math.abs(weights[0]) / size / DRAWER);
}

function keyOf({ nodes }: Form, drawer: number): string {
  return `${drawer}:${nodes.join()}`;
}
