/**
 * Cones as decision diagrams: every atom below a form, from the cells up, in one order of the cells for
 * the whole context. The order is that in which the text reads them: a loop that carries a state from
 * cell to cell then has a diagram as narrow as its state, and so has the network that computes the same.
 */
import type { Budget } from './budget.js';
import type { Extremes } from './components.js';
import { coneOf, partsOf } from './cones.js';
import type { Context } from './context.js';
import type { Term } from './diagram-thresholds.js';
import { thresholdDiagram } from './diagram-thresholds.js';
import { Diagrams } from './diagrams.js';
import type { Form, Linear } from './forms.js';
import { ofOne, ofTwo, realMargin, roundingOfForm } from './tabulate.js';
import { Undecided } from './undecided.js';

/** Above every threshold, below every threshold: sums that no further term can bring back. */
const [ENOUGH, TOO_LITTLE] = [Infinity, -Infinity];

export class DiagramCones {
  private readonly order: readonly number[];
  private readonly levels = new Map<number, number>();
  private readonly diagrams: Diagrams;
  private readonly nodes = new Map<number, number>();

  constructor(
    private readonly context: Context,
    private readonly budget: Budget,
  ) {
    this.order = readingOrder(context);
    this.order.forEach((cell, level) => this.levels.set(cell, level));
    const sizes = this.order.map((cell) => this.valuesOf(cell).length);
    this.diagrams = new Diagrams(sizes, budget);
  }

  /** Smallest and largest value of a form, and where. @throws Undecided when the diagram is too large. */
  extremes(form: Form): Extremes {
    const cone = coneOf(this.context, form.atoms);
    for (const cell of cone.cells) {
      if (this.valuesOf(cell).length === 0) {
        throw new Undecided('a difference over inputs without a finite domain');
      }
    }
    for (const atom of cone.inner) {
      if (!this.nodes.has(atom)) this.nodes.set(atom, this.atomNode(atom));
    }
    const root = this.sum(form);
    const [least, greatest] = [false, true].map((end) => this.diagrams.extreme(root, end));
    const slack = roundingOfForm(this.context, form);
    return {
      min: least.value - slack,
      max: greatest.value + slack,
      atMin: this.witness(least.path),
      atMax: this.witness(greatest.path),
      states: least.nodes,
      doubt: undefined,
    };
  }

  private witness(path: ReadonlyMap<number, number>): Map<number, number> {
    const witness = new Map<number, number>();
    for (const [level, choice] of path) {
      const cell = this.order[level];
      witness.set(cell, this.valuesOf(cell)[choice]);
    }
    return witness;
  }

  private valuesOf(cell: number): readonly number[] {
    const atom = this.context.atoms[cell];
    return atom.kind === 'cell' && atom.domain.kind === 'values' ? atom.domain.values : [];
  }

  private atomNode(number: number): number {
    const atom = this.context.atoms[number];
    const { diagrams } = this;
    switch (atom.kind) {
      case 'cell':
        return this.cellNode(number, 1);
      case 'ge':
        return this.thresholdNode(atom.linear, atom.threshold);
      case 'and': {
        let node = diagrams.leaf(1);
        for (const literal of atom.literals) {
          const negated = (literal & 1) === 1;
          const join = negated ? (a: number, b: number) => a * (1 - b) : (a: number, b: number) => a * b; // prettier-ignore
          node = diagrams.apply(join, node, this.nodeOf(literal >> 1));
        }
        return node;
      }
      case 'real': {
        const { linear, threshold, strict } = atom;
        const margin = realMargin(atom);
        const sum = this.sum({ ...linear, constant: 0, slop: 0 });
        return diagrams.map((value) => {
          if (Math.abs(value - threshold) <= margin) {
            throw new Undecided('a threshold that noise or rounding could move');
          }
          return value > threshold || (!strict && value === threshold) ? 1 : 0;
        }, sum);
      }
      case 'operation': {
        if (atom.name === 'softmax') throw new Undecided('a decision diagram of softmax');
        const [first, ...others] = atom.parts.map((part) => this.sum(part));
        if (others.length === 0) return diagrams.map((value) => ofOne(atom.name, value), first);
        const join = (a: number, b: number) => ofTwo(atom.name, a, b);
        return others.reduce((node, other) => diagrams.apply(join, node, other), first);
      }
    }
  }

  private nodeOf(atom: number): number {
    const known = this.nodes.get(atom);
    if (known !== undefined) return known;
    const node = this.atomNode(atom);
    this.nodes.set(atom, node);
    return node;
  }

  private cellNode(cell: number, factor: number): number {
    const level = this.levels.get(cell) ?? 0;
    const leaves = this.valuesOf(cell).map((value) => this.diagrams.leaf(factor * value));
    return this.diagrams.node(level, leaves);
  }

  /** The diagram of a form's values. */
  private sum(form: Form): number {
    let node = this.diagrams.leaf(form.constant);
    for (let k = form.atoms.length - 1; k >= 0; k--) {
      const factor = form.coefficients[k];
      const add = (a: number, b: number) => a + factor * b;
      node = this.diagrams.apply(add, node, this.nodeOf(form.atoms[k]));
    }
    return node;
  }

  private thresholdNode(linear: Linear, threshold: number): number {
    const { atoms, coefficients } = linear;
    const terms: Term[] = [];
    for (let k = 0; k < atoms.length; k++) {
      const level = this.levels.get(atoms[k]);
      if (level === undefined) return this.nestedThreshold(linear, threshold);
      const parts = this.valuesOf(atoms[k]).map((value) => coefficients[k] * value);
      terms.push({ level, parts });
    }
    this.budget.spend(terms.length);
    terms.sort((a, b) => a.level - b.level);
    return thresholdDiagram(this.diagrams, terms, threshold);
  }

  /** A threshold over other atoms: what can no longer fall below it or reach it is one leaf each. */
  private nestedThreshold({ atoms, coefficients }: Linear, threshold: number): number {
    // What the terms from k on can still add, at least and at most; no bound where that is no integer.
    const lows = new Float64Array(atoms.length + 1);
    const highs = new Float64Array(atoms.length + 1);
    for (let k = atoms.length - 1; k >= 0; k--) {
      const { lo, hi } = this.context.atoms[atoms[k]];
      const ends = [coefficients[k] * lo, coefficients[k] * hi];
      const exact = ends.every((end) => Number.isInteger(end));
      lows[k] = exact ? lows[k + 1] + Math.min(...ends) : -Infinity;
      highs[k] = exact ? highs[k + 1] + Math.max(...ends) : Infinity;
    }
    let node = this.diagrams.leaf(0);
    for (let k = 0; k < atoms.length; k++) {
      const factor = coefficients[k];
      const [low, high] = [threshold - highs[k + 1], threshold - lows[k + 1]];
      const add = (a: number, b: number): number => {
        const sum = a + factor * b;
        return sum >= high ? ENOUGH : sum < low ? TOO_LITTLE : sum;
      };
      node = this.diagrams.apply(add, node, this.nodeOf(atoms[k]));
    }
    return this.diagrams.map((value) => (value >= threshold ? 1 : 0), node);
  }
}

/** The cells, in the order in which atoms that were made one after the other read them. */
function readingOrder(context: Context): number[] {
  const order = new Set<number>();
  context.atoms.forEach((atom, number) => {
    if (atom.kind === 'cell') return;
    for (const part of partsOf(context, number)) {
      if (context.atoms[part].kind === 'cell') order.add(part);
    }
  });
  context.atoms.forEach((atom, number) => {
    if (atom.kind === 'cell') order.add(number);
  });
  return [...order];
}
