/**
 * What forms are made of: cells (of inputs, and of layers that stay as they are), rectified units, and
 * sums that keep a name of their own. A node stands behind all nodes that its form holds, and knows
 * an interval that its value never leaves.
 */
import type { CellDomain } from '../ir/model-interface.js';
import { domainHull } from '../ir/model-interface.js';
import type { Activation } from '../ir/network.js';
import type { Form, Magnitudes } from './form.js';
import { CONSTANT, productError, slackOf, times } from './form.js';

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Where a value of the network comes from. */
export interface CellPlace {
  readonly kind: 'input' | 'layer';
  /** Which input, or which layer. */
  readonly tensor: number;
  readonly index: number;
}

export type Node = Range &
  (
    | { readonly kind: 'cell'; readonly place: CellPlace }
    /** max(form, 0). */
    | { readonly kind: 'unit'; readonly form: Form }
    /** A neuron that is no plain rectifier. */
    | { readonly kind: 'neuron'; readonly activation: Activation; readonly form: Form }
    /** Some number of its range: how far two things are apart that are taken for one. */
    | { readonly kind: 'noise' }
  );

/** A unit in the last place. */
const ROUNDING = 2 ** -52;

/** Errors of rounding are added up as they are: they stay small however often. */
const ROUNDED = 1e-14;

/** Terms that may be looked at while comparisons are searched for: trees of comparisons need some thousands. */
const MOST_TERMS = 2 ** 18;

export class Nodes implements Magnitudes {
  /** How many rectified units there are. */
  units = 0;
  private readonly all: Node[] = [];

  private left = MOST_TERMS;

  constructor(readonly noise: number) {}

  /** Takes terms from those that may be looked at; false where there are no more. */
  affords(terms: number): boolean {
    this.left -= terms;
    return this.left >= 0;
  }

  at(node: number): Node {
    return this.all[node];
  }

  magnitudeOf(node: number): number {
    if (node === CONSTANT) return 1;
    const { low, high } = this.all[node];
    return Math.max(Math.abs(low), Math.abs(high));
  }

  addCell(place: CellPlace, range: Range): number {
    return this.all.push({ kind: 'cell', place, ...range }) - 1;
  }

  addUnit(form: Form): number {
    const { low, high } = this.rangeOf(form);
    this.units++;
    return this.all.push({ kind: 'unit', form, low: Math.max(0, low), high: Math.max(0, high) }) - 1; // prettier-ignore
  }

  addNeuron(activation: Activation, form: Form): number {
    const range = rangeOfActivation(activation, this.rangeOf(form));
    return this.all.push({ kind: 'neuron', activation, form, ...range }) - 1;
  }

  /** The form, off by at most this much: a tail of its own, where that is more than rounding. */
  blurred(form: Form, error: number): Form {
    if (error <= ROUNDED || !Number.isFinite(error)) return { ...form, error: form.error + error };
    const node = this.all.push({ kind: 'noise', low: -error, high: error }) - 1;
    return { ...form, tail: [...form.tail, { node, weight: 1, size: Infinity }] };
  }

  /** An interval that holds every value of a form, rounded outwards. */
  rangeOf(form: Form): Range {
    const { low, high } = rangeOfForm(form, this.all);
    const slack = slackOf(form, this);
    return { low: low - slack, high: high + slack };
  }
}

/** An interval that holds every value of what a form shows, over nodes of these ranges, rounded outwards. */
export function rangeOfForm(form: Form, ranges: readonly Range[]): Range {
  const { nodes, weights, constant } = form;
  const [low, high] = [new Bound(constant), new Bound(constant)];
  nodes.forEach((node, k) => {
    const range = ranges[node];
    const isRising = weights[k] > 0;
    low.add(weights[k], isRising ? range.low : range.high);
    high.add(weights[k], isRising ? range.high : range.low);
  });
  return { low: low.value - low.lost, high: high.value + high.lost };
}

/** A sum of products, and a bound on what rounding lost of it: nothing where all is exact. */
class Bound {
  lost = 0;

  constructor(public value: number) {}

  add(weight: number, end: number): void {
    const product = times(weight, end);
    const sum = this.value + product;
    if (Number.isFinite(sum)) {
      const virtual = sum - this.value;
      const error = Math.abs(this.value - (sum - virtual) + (product - virtual));
      // Losses are rounded themselves.
      this.lost = (this.lost + error + productError(weight, end, product)) * (1 + ROUNDING);
    }
    this.value = sum;
  }
}

/** The hull of a cell's domain. */
export function rangeOfDomain(domain: CellDomain): Range {
  const [low, high] = domainHull(domain);
  return { low, high };
}

/** What an activation makes of an interval. */
export function rangeOfActivation(activation: Activation, { low, high }: Range): Range {
  switch (activation.kind) {
    case 'sign':
    case 'tanh':
      return { low: -1, high: 1 };
    case 'step':
    case 'sigmoid':
    case 'softmax':
      return { low: 0, high: 1 };
    case 'relu':
      return { low: Math.max(0, low), high: Math.max(0, high) };
    case 'leaky-relu': {
      const ends = [low, high].map((z) => (z > 0 ? z : times(activation.slope, z)));
      const all = low < 0 && high > 0 ? [...ends, 0] : ends;
      return { low: Math.min(...all), high: Math.max(...all) };
    }
    case 'abs': {
      const least = low > 0 ? low : high < 0 ? -high : 0;
      return { low: least, high: Math.max(Math.abs(low), Math.abs(high)) };
    }
    case 'clamp': {
      const clamp = (z: number): number => Math.min(Math.max(z, activation.low), activation.high);
      return { low: clamp(low), high: clamp(high) };
    }
    case 'identity':
      return { low, high };
    case 'max':
    case 'min':
      return { low: -Infinity, high: Infinity };
  }
}
