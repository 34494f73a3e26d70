/**
 * A sum of hinges as shapes that have a name. Hinges of one line are paired by the changes of slope at
 * their kinks: c, −2c, c is a hat, c, −c a clamp, changes of one sign the larger of straight lines. A
 * single hinge is told the way round that leaves the shortest rest:
 *
 *   2 · r(x) − x = |x|        y + r(x − y) = max(x, y)        x − r(x − y) = min(x, y)
 */
import type { Form } from './form.js';
import { FormSum, combine, constantForm, nodeForm, termsOf } from './form.js';
import type { Line, Lines } from './lines.js';
import type { Nodes } from './nodes.js';
import type { Comparison } from './trees.js';

export type Shape = { readonly weight: number } & (
  | { readonly kind: 'relu' | 'abs'; readonly form: Form }
  | { readonly kind: 'clamp'; readonly form: Form; readonly low: number; readonly high: number }
  /** max(0, reach − |form|). */
  | { readonly kind: 'hat'; readonly form: Form; readonly reach: number }
  /** The comparison; where `rectified`, or 0 if that is larger. */
  | (Comparison & { readonly rectified?: true })
);

export interface Shapes {
  readonly shapes: readonly Shape[];
  /** Without hinges. */
  readonly rest: Form;
}

/** The shapes of a form; `compares` says whether they may be comparisons. */
export function shapesOf(form: Form, nodes: Nodes, lines: Lines, compares: boolean): Shapes {
  const finder = new ShapeFinder(form, nodes, lines, compares);
  return finder.find();
}

interface Kink {
  /** Value of the line at which the slope changes. */
  readonly at: number;
  readonly change: number;
  readonly node: number;
}

class ShapeFinder {
  private readonly shapes: Shape[] = [];
  private rest: Form;

  constructor(
    form: Form,
    private readonly nodes: Nodes,
    private readonly lines: Lines,
    private readonly compares: boolean,
  ) {
    this.rest = form;
  }

  find(): Shapes {
    for (const [line, kinks] of this.kinksByLine()) {
      if (kinks.length > 1) this.splitLine(line, kinks);
    }
    this.sumOfSizes();
    // A hinge's own form may hold hinges that stand before it: the last one first.
    for (let node = this.lastHinge(); node !== undefined; node = this.lastHinge()) {
      this.singleHinge(node);
    }
    return { shapes: this.shapes, rest: this.rest };
  }

  /**
   * All single hinges over plain nodes at once as absolute values, where that leaves a shorter rest: what
   * they leave one by one may vanish only with the last of them.
   *
   *   2 · r(x − y) + 2 · r(y − z) + z − x  =  |x − y| + |y − z|
   */
  private sumOfSizes(): void {
    const isHinge = (node: number): boolean => this.nodes.at(node).kind === 'unit';
    const beside = this.rest.nodes.filter((node) => !isHinge(node)).length;
    if (beside === 0) return;
    const shapes: Shape[] = [];
    const sum = new FormSum(this.nodes);
    this.rest.nodes.forEach((node, k) => {
      const weight = this.rest.weights[k];
      const own = this.nodes.at(node);
      if (own.kind !== 'unit' || own.form.nodes.some(isHinge)) {
        sum.add(node, weight);
        return;
      }
      shapes.push({ kind: 'abs', form: own.form, weight: weight / 2 });
      sum.addForm(own.form, weight / 2);
    });
    if (shapes.length < 2) return;
    sum.addConstant(this.rest.constant);
    const left = sum.finish();
    const leftBeside = left.nodes.filter((node) => !isHinge(node)).length;
    if (leftBeside >= beside) return;
    const { tail, error } = this.rest;
    this.shapes.push(...shapes);
    this.rest = { ...left, tail: [...left.tail, ...tail], error: left.error + error };
  }

  private lastHinge(): number | undefined {
    return this.rest.nodes.findLast((node) => this.nodes.at(node).kind === 'unit');
  }

  private kinksByLine(): ReadonlyMap<Line, readonly Kink[]> {
    const found = new Map<Line, Kink[]>();
    this.rest.nodes.forEach((node, k) => {
      const place = this.lines.placeOf(node);
      if (place === undefined) return;
      const own = found.get(place.line) ?? [];
      own.push({ at: -place.shift, change: this.rest.weights[k], node });
      found.set(place.line, own);
    });
    for (const kinks of found.values()) kinks.sort((a, b) => a.at - b.at);
    return found;
  }

  /** Hats and clamps of a line, from the left; what is neither stays in the rest. */
  private splitLine(line: Line, kinks: readonly Kink[]): void {
    const isBent = kinks.every(({ change }) => change > 0 === kinks[0].change > 0);
    if (isBent) {
      if (this.compares) this.straightLines(line, kinks);
      return;
    }
    for (let k = 0; k < kinks.length; k++) {
      if (k + 2 < kinks.length && this.hat(line, kinks[k], kinks[k + 1], kinks[k + 2])) k += 2;
      else if (k + 1 < kinks.length && this.clamp(line, kinks[k], kinks[k + 1])) k += 1;
    }
  }

  /** Slopes that only rise (only fall): the largest (smallest) of the straight pieces. */
  private straightLines(line: Line, kinks: readonly Kink[]): void {
    const { direction } = line;
    const first = this.rest.nodes.indexOf(direction.nodes[0]);
    const slope = first < 0 ? 0 : this.rest.weights[first] / direction.weights[0];
    let piece = combine(this.nodes, [direction, slope]);
    let rest = combine(this.nodes, [this.rest, 1], [piece, -1]);
    const parts = [piece];
    for (const { at, change, node } of kinks) {
      const bend = combine(this.nodes, [direction, change], [constantForm(at), -change]);
      piece = combine(this.nodes, [piece, 1], [bend, 1]);
      parts.push(piece);
      rest = combine(this.nodes, [rest, 1], [nodeForm(node), -change]);
    }
    // The constant belongs to every piece; a line that is one number takes no further one.
    const { constant } = rest;
    const kind = kinks[0].change > 0 ? 'max' : 'min';
    const moved = parts.map((part) => combine(this.nodes, [part, 1], [constantForm(constant), 1]));
    this.shapes.push({ kind, parts: moved, weight: 1 });
    this.rest = { ...rest, constant: 0 };
  }

  /** change · (clamp(v, from, to) − from). */
  private clamp(line: Line, from: Kink, to: Kink): boolean {
    const { change } = from;
    if (!this.isNear(change, -to.change)) return false;
    const { constant } = this.rest;
    // The clamp may be moved along with its argument: by so much that most numbers vanish.
    const moves = [0, -from.at, constant / change - from.at];
    const numbers = moves.map((move) => {
      const left = constant - change * (from.at + move);
      const all = [move, from.at + move, to.at + move, left];
      return all.filter((value) => Math.abs(value) > TINY).length;
    });
    const move = moves[numbers.indexOf(Math.min(...numbers))];
    const form = combine(this.nodes, [line.direction, 1], [constantForm(move), 1]);
    const [low, high] = [from.at + move, to.at + move].map(snapped);
    const rest = new FormSum(this.nodes);
    rest.addForm(this.rest, 1);
    rest.add(from.node, -change);
    rest.add(to.node, -to.change);
    rest.addConstant(-change * (from.at + move));
    this.rest = rest.finish();
    this.shapes.push({ kind: 'clamp', form, low, high, weight: change });
    return true;
  }

  /** A rise from 0 to a peak and back to 0. */
  private hat(line: Line, from: Kink, peak: Kink, to: Kink): boolean {
    const [rise, fall] = [from.change, to.change];
    if (rise > 0 !== fall > 0 || !this.isNear(peak.change, -rise - fall)) return false;
    const [up, down] = [peak.at - from.at, to.at - peak.at];
    if (!this.isNear(rise * up, fall * down)) return false;
    const about = (at: number, factor: number): Form =>
      combine(this.nodes, [line.direction, factor], [constantForm(at), -factor]);
    if (this.isNear(up, down)) {
      this.shapes.push({ kind: 'hat', form: about(peak.at, 1), reach: up, weight: rise });
    } else if (this.compares) {
      const parts = [about(from.at, Math.abs(rise)), about(to.at, -Math.abs(fall))];
      this.shapes.push({ kind: 'min', parts, rectified: true, weight: Math.sign(rise) });
    } else return false;
    const rest = new FormSum(this.nodes);
    rest.addForm(this.rest, 1);
    for (const { node, change } of [from, peak, to]) rest.add(node, -change);
    this.rest = rest.finish();
    return true;
  }

  /** Takes one hinge out of the rest, the way round that leaves the shortest one. */
  private singleHinge(node: number): void {
    const hinge = this.nodes.at(node);
    if (hinge.kind !== 'unit') throw new Error('no hinge');
    const change = this.rest.weights[this.rest.nodes.indexOf(node)];
    const z = hinge.form;
    const rest = without(this.rest, node);
    const isBeside = z.nodes.some((own) => rest.nodes.includes(own));
    if (!isBeside) {
      // Told otherwise, it would leave all of its own form behind.
      this.shapes.push({ kind: 'relu', form: z, weight: change });
      this.rest = rest;
      return;
    }
    const turned = combine(this.nodes, [z, -1]);
    const { positive, negative } = this.split(z);
    const ways: { readonly shape: Shape; readonly left: Form }[] = [
      { shape: { kind: 'relu', form: z, weight: change }, left: rest },
      // r(z) = r(−z) + z
      { shape: { kind: 'relu', form: turned, weight: change }, left: combine(this.nodes, [rest, 1], [z, change]) },
      // r(z) = (|z| + z) / 2
      { shape: { kind: 'abs', form: z, weight: change / 2 }, left: combine(this.nodes, [rest, 1], [z, change / 2]) },
    ]; // prettier-ignore
    if (this.compares && termsOf(positive) > 0 && termsOf(negative) > 0) {
      const parts = [positive, negative];
      ways.push(
        // r(p − q) = max(p, q) − q = p − min(p, q)
        { shape: { kind: 'max', parts, weight: change }, left: combine(this.nodes, [rest, 1], [negative, -change]) },
        { shape: { kind: 'min', parts, weight: -change }, left: combine(this.nodes, [rest, 1], [positive, change]) },
      ); // prettier-ignore
    }
    const lengths = ways.map(({ left }) => termsOf(left));
    const { shape, left } = ways[lengths.indexOf(Math.min(...lengths))];
    this.shapes.push(shape);
    this.rest = left;
  }

  /** z = positive − negative, each with positive weights. */
  private split(z: Form): { readonly positive: Form; readonly negative: Form } {
    const [positive, negative] = [new FormSum(this.nodes), new FormSum(this.nodes)];
    z.nodes.forEach((node, k) => {
      if (z.weights[k] > 0) positive.add(node, z.weights[k]);
      else negative.add(node, -z.weights[k]);
    });
    if (z.constant > 0) positive.addConstant(z.constant);
    else negative.addConstant(-z.constant);
    return { positive: positive.finish(), negative: negative.finish() };
  }

  private isNear(a: number, b: number): boolean {
    return Math.abs(a - b) <= this.nodes.noise * Math.max(Math.abs(a), Math.abs(b));
  }
}

/** The form without one of its nodes. */
function without(form: Form, node: number): Form {
  const at = form.nodes.indexOf(node);
  return { ...form, nodes: form.nodes.toSpliced(at, 1), weights: form.weights.toSpliced(at, 1) };
}

/** Sums of everyday numbers that should vanish leave less than this. */
const TINY = 1e-12;

function snapped(value: number): number {
  return Math.abs(value) <= TINY ? 0 : value;
}
