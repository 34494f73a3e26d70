/**
 * The network in the making: neurons over cells and earlier neurons. Equal neurons are one; sums that
 * comparisons read are one up to noise and scale, so that a function that a tree of comparisons asks
 * for in many places is computed once.
 */
import { activationWords, neutralBias } from '../ir/activation-words.js';
import type { Activation } from '../ir/network.js';
import type { Form, Magnitudes } from './form.js';
import { CONSTANT, slackOf, times } from './form.js';
import type { CellPlace, Nodes, Range } from './nodes.js';
import { rangeOfActivation, rangeOfForm } from './nodes.js';

export type TargetNode = Range &
  (
    | { readonly kind: 'cell'; readonly place: CellPlace }
    | {
        readonly kind: 'neuron';
        readonly activation: Activation;
        /** Over target nodes; its error is how far this neuron alone is moved. */
        readonly form: Form;
      }
  );

/** weight · node, or a number where there is no node. */
export interface Part {
  readonly node: number | undefined;
  readonly weight: number;
  readonly error: number;
}

export class Target implements Magnitudes {
  readonly all: TargetNode[] = [];
  readonly noise: number;
  private readonly known = new Map<string, number>();
  private readonly sums = new Map<string, number[]>();

  constructor(nodes: Nodes) {
    this.noise = nodes.noise;
  }

  magnitudeOf(node: number): number {
    if (node === CONSTANT) return 1;
    const { low, high } = this.all[node];
    return Math.max(Math.abs(low), Math.abs(high));
  }

  addCell(place: CellPlace, { low, high }: Range): number {
    return this.share(`${place.kind} ${place.tensor} ${place.index}`, () => ({ kind: 'cell', place, low, high })); // prettier-ignore
  }

  /** The form as it shows, its tail in the error. */
  flat(form: Form): Form {
    return { ...form, tail: [], error: slackOf(form, this) };
  }

  /** activation(form); for `max` and `min` the form's terms are what is compared. */
  add(activation: Activation, given: Form): number {
    const form = this.flat(given);
    const key = `${activationWords(activation)}:${form.nodes.join()}:${form.weights.join()}:${form.constant}`;
    const node = this.share(key, () => ({ kind: 'neuron', activation, form, ...this.rangeOf(activation, form) })); // prettier-ignore
    this.blur(node, form.error);
    return node;
  }

  /** Says that a neuron is as far as this from something that it stands for. */
  private blur(node: number, error: number): void {
    const known = this.all[node];
    if (known.kind !== 'neuron' || error <= known.form.error) return;
    this.all[node] = { ...known, form: { ...known.form, error } };
  }

  /** A form as something that can be compared: a number, a multiple of a node, or a sum with a name. */
  part(given: Form): Part {
    const form = this.flat(given);
    if (form.nodes.length === 0) {
      return { node: undefined, weight: form.constant, error: form.error };
    }
    if (form.nodes.length === 1 && form.constant === 0) {
      return { node: form.nodes[0], weight: form.weights[0], error: form.error };
    }
    const key = form.nodes.join();
    const known = this.sums.get(key) ?? [];
    for (const node of known) {
      const weight = this.multipleOf(form, node);
      if (weight !== undefined) return { node, weight, error: 0 };
    }
    const node = this.add({ kind: 'identity' }, form);
    this.sums.set(key, [...known, node]);
    return { node, weight: 1, error: 0 };
  }

  /** The factor of which a form is the multiple of a sum, up to noise. */
  private multipleOf(form: Form, node: number): number | undefined {
    const known = this.all[node];
    if (known.kind !== 'neuron') return undefined;
    const all = [...form.weights, form.constant];
    const own = [...known.form.weights, known.form.constant];
    const exact = all[0] / own[0];
    const isMultiple = all.every((value, k) => value === exact * own[k]);
    const size = (numbers: readonly number[]): number =>
      numbers.reduce((sum, value) => sum + Math.abs(value), 0);
    const ratio = (Math.sign(exact) * size(all)) / size(own);
    const near = Math.abs(Math.abs(ratio) - 1) <= this.noise ? Math.sign(ratio) : ratio;
    const weight = isMultiple ? exact : near;
    const most = all.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    let moved = form.error;
    for (const [k, value] of all.entries()) {
      const apart = Math.abs(value - weight * own[k]);
      if (apart > this.noise * most) return undefined;
      moved += times(apart, k < form.nodes.length ? this.magnitudeOf(form.nodes[k]) : 1);
    }
    this.blur(node, moved / Math.abs(weight));
    return weight;
  }

  private rangeOf(activation: Activation, form: Form): Range {
    if (activation.kind !== 'max' && activation.kind !== 'min') {
      return rangeOfActivation(activation, rangeOfForm(form, this.all));
    }
    const { kind } = activation;
    const parts = form.nodes.map((node, k) => {
      const ends = [this.all[node].low, this.all[node].high].map((end) =>
        times(form.weights[k], end),
      );
      return { low: Math.min(...ends), high: Math.max(...ends) };
    });
    if (form.constant !== neutralBias(activation)) {
      parts.push({ low: form.constant, high: form.constant });
    }
    const choose = kind === 'max' ? Math.max : Math.min;
    return {
      low: choose(...parts.map(({ low }) => low)),
      high: choose(...parts.map(({ high }) => high)),
    };
  }

  private share(key: string, make: () => TargetNode): number {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const node = this.all.push(make()) - 1;
    this.known.set(key, node);
    return node;
  }
}
