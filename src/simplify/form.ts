/**
 * Linear forms over nodes, and their sums. What noise leaves of a cancellation goes into a form's tail:
 * it plays no part in what a form means, but is carried along, so that (a + b)/2 + (a − b)/2 is a with
 * the tail of a, and not with twice the noise of both. Sums of integers are exact and have no tail.
 */

/** Σ weight · node + constant, and a tail that is as good as nothing. */
export interface Form {
  /** Ascending. */
  readonly nodes: readonly number[];
  /** One for each node, never 0. */
  readonly weights: readonly number[];
  readonly constant: number;
  readonly tail: readonly TailTerm[];
  /** Bound on |form with its tail − what it stands for| over the domain: rounding; may be Infinity. */
  readonly error: number;
}

export interface TailTerm {
  /** A node, or CONSTANT. */
  readonly node: number;
  readonly weight: number;
  /** Σ |weights| that the weight is left of. */
  readonly size: number;
}

/** In a tail, the place of the constant. */
export const CONSTANT = -1;

/** What forms ask of the nodes. */
export interface Magnitudes {
  /** The largest |value| of a node, 1 for CONSTANT; may be Infinity. */
  magnitudeOf(node: number): number;
  /** A sum this small beside the sizes of its parts is what is left of a cancellation. */
  readonly noise: number;
}

const UNIT = 2 ** -53;

/** The number as a form. */
export function constantForm(constant: number): Form {
  return { nodes: [], weights: [], constant, tail: [], error: 0 };
}

/** The node as a form. */
export function nodeForm(node: number): Form {
  return { nodes: [node], weights: [1], constant: 0, tail: [], error: 0 };
}

/** Nodes, and a constant that is not 0: what a reader has to take in. */
export function termsOf({ nodes, constant }: Form): number {
  return nodes.length + (constant === 0 ? 0 : 1);
}

/** factor · value where 0 · ∞ is 0. */
export function times(factor: number, value: number): number {
  return factor === 0 || value === 0 ? 0 : factor * value;
}

/** A bound on what a form is away from what it shows: its tail and its error. */
export function slackOf({ tail, error }: Form, nodes: Magnitudes): number {
  return tail.reduce((sum, { node, weight }) => sum + times(Math.abs(weight), nodes.magnitudeOf(node)), error); // prettier-ignore
}

interface Part {
  value: number;
  size: number;
  parts: number;
  isWhole: boolean;
}

/** Adds forms up. */
export class FormSum {
  private readonly parts = new Map<number, Part>();
  private error = 0;

  constructor(private readonly nodes: Magnitudes) {}

  add(node: number, weight: number): void {
    this.error += times(accumulate(this.partOf(node), weight), this.nodes.magnitudeOf(node));
  }

  addConstant(value: number): void {
    this.add(CONSTANT, value);
  }

  /** Adds factor · form. */
  addForm(form: Form, factor: number): void {
    if (factor === 0) return;
    form.nodes.forEach((node, k) => {
      this.addProduct(node, factor, form.weights[k]);
    });
    this.addProduct(CONSTANT, factor, form.constant);
    for (const { node, weight, size } of form.tail) {
      const part = this.partOf(node);
      this.error += times(accumulate(part, factor * weight), this.nodes.magnitudeOf(node));
      part.size += Math.abs(factor) * size;
      part.parts++;
      part.isWhole = false;
    }
    this.error += times(Math.abs(factor), form.error);
  }

  finish(): Form {
    const kept: (readonly [node: number, weight: number])[] = [];
    const tail: TailTerm[] = [];
    let constant = 0;
    for (const [node, part] of this.parts) {
      const { value, size } = part;
      if (value === 0) continue;
      if (this.isRemains(part)) tail.push({ node, weight: value, size });
      else if (node === CONSTANT) constant = value;
      else kept.push([node, value]);
    }
    kept.sort(([a], [b]) => a - b);
    return {
      nodes: kept.map(([node]) => node),
      weights: kept.map(([, weight]) => weight),
      constant,
      tail,
      error: this.error,
    };
  }

  private addProduct(node: number, factor: number, weight: number): void {
    const product = factor * weight;
    const lost = productError(factor, weight, product);
    this.error += times(lost, this.nodes.magnitudeOf(node));
    this.add(node, product);
  }

  private partOf(node: number): Part {
    let part = this.parts.get(node);
    if (part === undefined) this.parts.set(node, (part = emptyPart()));
    return part;
  }

  private isRemains({ value, size, parts, isWhole }: Part): boolean {
    return parts > 1 && !isWhole && Math.abs(value) <= this.nodes.noise * size;
  }
}

function emptyPart(): Part {
  return { value: 0, size: 0, parts: 0, isWhole: true };
}

/** Adds a summand; what rounding lost. */
function accumulate(part: Part, summand: number): number {
  if (summand === 0) return 0;
  const sum = part.value + summand;
  const virtual = sum - part.value;
  const lost = part.value - (sum - virtual) + (summand - virtual);
  part.value = sum;
  part.size += Math.abs(summand);
  part.parts++;
  part.isWhole &&= Number.isSafeInteger(summand);
  return Math.abs(lost);
}

/** A bound on |a · b − product|; 0 where the product is surely exact. */
export function productError(a: number, b: number, product: number): number {
  if (product === 0 || isPower(a) || isPower(b)) return 0;
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(product)) return 0;
  return Math.abs(product) * UNIT;
}

function isPower(value: number): boolean {
  return Number.isInteger(Math.log2(Math.abs(value)));
}

/** Σ factor · form. */
export function combine(
  nodes: Magnitudes,
  ...parts: readonly (readonly [form: Form, factor: number])[]
): Form {
  const sum = new FormSum(nodes);
  for (const [form, factor] of parts) sum.addForm(form, factor);
  return sum.finish();
}
