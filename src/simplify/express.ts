/**
 * Forms as neurons of the new network: comparisons where hinges hide them, then shapes of one number
 * (hat, clamp, |x|), then rectified sums, each the way round that leaves the shortest rest.
 */
import { neutralBias } from '../ir/activation-words.js';
import type { Form } from './form.js';
import { FormSum, combine, constantForm, nodeForm, slackOf, termsOf } from './form.js';
import type { Lines } from './lines.js';
import type { Nodes } from './nodes.js';
import { rescaled } from './scales.js';
import type { Shape } from './shapes.js';
import { shapesOf } from './shapes.js';
import type { Target } from './target.js';
import type { Comparison } from './trees.js';
import { comparisonOf } from './trees.js';

export class Expression {
  private readonly known = new Map<string, { readonly form: Form; readonly slack: number }>();
  private readonly cells = new Map<number, number>();

  constructor(
    private readonly nodes: Nodes,
    private readonly lines: Lines,
    private readonly target: Target,
    /** Whether comparisons are looked for. */
    private readonly compares: boolean,
  ) {}

  /** Gives cells their places in the target, ahead of what reads them. */
  addCells(nodes: readonly number[]): void {
    for (const node of nodes) this.plain(node);
  }

  /** The form over nodes of the target. */
  express(form: Form): Form {
    const key = `${form.nodes.join()}:${form.weights.join()}:${form.constant}`;
    let known = this.known.get(key);
    const slack = slackOf(form, this.nodes);
    if (known === undefined) {
      this.known.set(key, (known = { form: this.target.flat(this.make(form)), slack }));
    }
    // The same function up to noise: what this one's tail adds to the other's.
    const more = Math.max(0, slack - known.slack);
    return more > 0 ? { ...known.form, error: known.form.error + more + known.slack } : known.form;
  }

  private make(form: Form): Form {
    const comparison = this.compares ? comparisonOf(form, this.nodes) : undefined;
    if (comparison === undefined) return this.sum(form);
    const shared = this.commonPart(comparison.parts);
    if (shared === undefined) return this.compare(comparison);
    const parts = comparison.parts.map((part) => this.without(part, shared));
    return combine(this.target, [this.compare({ ...comparison, parts }), 1], [this.sum(shared), 1]);
  }

  /** A form that a comparison reads. */
  private part(form: Form): Form {
    const comparison = comparisonOf(form, this.nodes);
    return comparison === undefined ? this.express(form) : this.compare(comparison);
  }

  /** The target node of a basis node that is no hinge. */
  private plain(node: number): number {
    const known = this.cells.get(node);
    if (known !== undefined) return known;
    const own = this.nodes.at(node);
    if (own.kind === 'unit' || own.kind === 'noise') throw new Error('no node of its own');
    const made =
      own.kind === 'cell'
        ? this.target.addCell(own.place, own)
        : this.target.add(own.activation, this.express(own.form));
    this.cells.set(node, made);
    return made;
  }

  /** The largest or smallest of some forms. */
  private compare({ kind, parts }: Comparison): Form {
    if (parts.length === 1) return this.express(parts[0]);
    const opposite = this.oneOfOpposites(parts);
    if (opposite !== undefined) {
      const shape = rescaled(
        { kind: 'abs', form: opposite, weight: kind === 'max' ? 1 : -1 },
        this.nodes,
      );
      return combine(this.target, [this.shape(shape), shape.weight]);
    }
    return this.compareNodes(kind, parts.map((part) => this.part(part))); // prettier-ignore
  }

  /** Comparison of forms over the target. */
  private compareNodes(kind: 'max' | 'min', forms: readonly Form[]): Form {
    const sum = new FormSum(this.target);
    const neutral = neutralBias({ kind });
    const choose = kind === 'max' ? Math.max : Math.min;
    const weights = new Map<number, number>();
    let [limit, error] = [neutral, 0];
    for (const form of forms) {
      const part = this.target.part(form);
      error = Math.max(error, part.error);
      if (part.node === undefined) limit = choose(limit, part.weight);
      else if (!weights.has(part.node)) weights.set(part.node, part.weight);
      else if (weights.get(part.node) !== part.weight) {
        // One node under two weights is compared by a copy.
        const copy = this.target.add({ kind: 'identity' }, form);
        weights.set(copy, 1);
      }
    }
    const opposite = kind === 'max' ? 'min' : 'max';
    if (weights.size > 0 && [...weights.values()].every((weight) => weight < 0)) {
      const turned = this.compareForm(opposite, flip(weights), -limit, error);
      sum.addForm(turned, -1);
      return sum.finish();
    }
    return this.compareForm(kind, weights, limit, error);
  }

  private compareForm(
    kind: 'max' | 'min',
    given: ReadonlyMap<number, number>,
    limit: number,
    error: number,
  ): Form {
    const weights = this.absorb(kind, given);
    const [scale] = weights.values();
    const isEven = [...weights.values()].every((weight) => weight === scale);
    const factor = isEven && (weights.size > 1 || limit === 0) ? Math.abs(scale) : 1;
    if (weights.size === 1 && !Number.isFinite(limit)) {
      const [[node, weight]] = weights;
      return { ...scaledNode(node, weight), error };
    }
    const nodes = [...weights.keys()].sort((a, b) => a - b);
    const form: Form = {
      nodes,
      weights: nodes.map((node) => (weights.get(node) ?? 0) / factor),
      constant: limit / factor,
      tail: [],
      error: error / factor,
    };
    if (nodes.length === 1 && limit === 0) return this.rectify(kind, form, factor);
    return scaledNode(this.target.add({ kind }, form), factor);
  }

  /** max(x, 0) and min(x, 0). */
  private rectify(kind: 'max' | 'min', form: Form, factor: number): Form {
    const sign = kind === 'max' ? 1 : -1;
    const turned = { ...form, constant: 0, weights: form.weights.map((weight) => sign * weight) };
    return scaledNode(this.target.add({ kind: 'relu' }, turned), sign * factor);
  }

  /** Leaves out a minimum that compares all that a smaller one does, in a maximum; and the other way. */
  private absorb(
    kind: 'max' | 'min',
    weights: ReadonlyMap<number, number>,
  ): ReadonlyMap<number, number> {
    const opposite = kind === 'max' ? 'min' : 'max';
    const setOf = (node: number): ReadonlySet<number> => {
      const own = this.target.all[node];
      const compares =
        own.kind === 'neuron' &&
        own.activation.kind === opposite &&
        own.form.constant === neutralBias(own.activation) &&
        own.form.weights.every((weight) => weight === 1);
      return new Set(compares ? own.form.nodes : [node]);
    };
    const sets = [...weights].map(([node, weight]) => ({ node, weight, set: setOf(node) }));
    const kept = sets.filter(({ weight, set }, k) => {
      if (weight !== 1) return true;
      return !sets.some(
        (other, index) =>
          index !== k &&
          other.weight === 1 &&
          other.set.size < set.size &&
          [...other.set].every((node) => set.has(node)),
      );
    });
    return new Map(kept.map(({ node, weight }) => [node, weight]));
  }

  /** What two parts have in common, where it is a sum beside the comparison: x + max(y, z). */
  private commonPart(parts: readonly Form[]): Form | undefined {
    if (parts.length !== 2) return undefined;
    const [a, b] = parts;
    const apart = combine(this.nodes, [a, 1], [b, -1]);
    const sum = new FormSum(this.nodes);
    a.nodes.forEach((node, k) => {
      if (b.nodes.includes(node) && !apart.nodes.includes(node)) sum.add(node, a.weights[k]);
    });
    const shared = sum.finish();
    return shared.nodes.length > 0 ? shared : undefined;
  }

  private without(form: Form, part: Form): Form {
    return combine(this.nodes, [form, 1], [part, -1]);
  }

  /** The one of two opposite forms whose first weight is positive. */
  private oneOfOpposites(parts: readonly Form[]): Form | undefined {
    if (parts.length !== 2) return undefined;
    const [a, b] = parts;
    const sum = combine(this.nodes, [a, 1], [b, 1]);
    if (termsOf(sum) > 0 || a.nodes.length === 0) return undefined;
    const form = a.weights[0] > 0 ? a : b;
    return this.nodes.blurred(form, slackOf(sum, this.nodes));
  }

  /** A form as a sum: shapes of one number, rectified sums, and what is left. */
  private sum(form: Form): Form {
    const { shapes, rest } = shapesOf(form, this.nodes, this.lines, this.compares);
    const sum = new FormSum(this.target);
    for (const found of shapes) {
      const shape = this.isLone(found) ? found : rescaled(found, this.nodes);
      sum.addForm(this.shape(shape), shape.weight);
    }
    rest.nodes.forEach((node, k) => {
      sum.add(this.plain(node), rest.weights[k]);
    });
    sum.addConstant(rest.constant);
    const result = sum.finish();
    return { ...result, error: result.error + slackOf(rest, this.nodes) };
  }

  /** A rectified sum that is the only one on its line is a unit as stored. */
  private isLone(shape: Shape): boolean {
    if (shape.kind !== 'relu') return false;
    const found = this.lines.find(shape.form);
    return found === undefined || found.line.hinges.length < 2;
  }

  private shape(shape: Shape): Form {
    switch (shape.kind) {
      case 'relu':
      case 'abs':
        return nodeForm(this.target.add({ kind: shape.kind }, this.express(shape.form)));
      case 'clamp': {
        const { low, high } = shape;
        return nodeForm(this.target.add({ kind: 'clamp', low, high }, this.express(shape.form)));
      }
      case 'hat': {
        const distance = this.target.add({ kind: 'abs' }, this.express(shape.form));
        const inside = combine(this.target, [constantForm(shape.reach), 1], [nodeForm(distance), -1]); // prettier-ignore
        return nodeForm(this.target.add({ kind: 'relu' }, inside));
      }
      case 'max':
      case 'min': {
        const compared = this.compare(shape);
        if (shape.rectified !== true) return compared;
        return nodeForm(this.target.add({ kind: 'relu' }, compared));
      }
    }
  }
}

/** weight · node. */
function scaledNode(node: number, weight: number): Form {
  return { nodes: [node], weights: [weight], constant: 0, tail: [], error: 0 };
}

function flip(weights: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  return new Map([...weights].map(([node, weight]) => [node, -weight]));
}
