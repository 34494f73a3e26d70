/**
 * Cones as decision diagrams: every atom below a form, from the variables up, in one order for the whole
 * context. Variables are the cells, and in place of cells without a finite domain the comparisons that
 * read them, as if these could come out in any way: what holds then, holds.
 */
import type { Budget } from './budget.js';
import type { Extremes } from './components.js';
import { innerOf, valuesOf, variableGroups } from './diagram-order.js';
import type { Context } from './context.js';
import type { Term } from './diagram-thresholds.js';
import { thresholdDiagram } from './diagram-thresholds.js';
import type { Extreme } from './diagrams.js';
import { Diagrams } from './diagrams.js';
import { realMargin, roundingOfForm } from './evaluation-error.js';
import type { Form, Linear } from './forms.js';
import { FUNCTIONS } from './functions.js';
import { Undecided } from './undecided.js';

/** Above every threshold, below every threshold: sums that no further term can bring back. */
const [ENOUGH, TOO_LITTLE] = [Infinity, -Infinity];

/** What a level decides on: one cell, or how many of the thresholds of one real sum are reached. */
interface Variable {
  readonly level: number;
  /** What the atom is worth for each value of the variable. */
  readonly leaves: readonly number[];
}

export class DiagramCones {
  private readonly variables = new Map<number, Variable>();
  private readonly sizes: number[] = [];
  /** For each level its cell; undefined for a level of thresholds. */
  private readonly cells: (number | undefined)[] = [];
  private readonly diagrams: Diagrams;
  private readonly nodes = new Map<number, number>();

  constructor(
    private readonly context: Context,
    private readonly budget: Budget,
  ) {
    for (const group of variableGroups(context)) this.addVariable(group);
    this.diagrams = new Diagrams(this.sizes, budget);
  }

  /** Smallest and largest value of a form, and where. @throws Undecided when the diagram is too large. */
  extremes(form: Form): Extremes {
    for (const atom of innerOf(this.context, form)) this.nodeOf(atom);
    const root = this.sum(form);
    const [least, greatest] = [false, true].map((end) => this.diagrams.extreme(root, end));
    const slack = roundingOfForm(this.context, form);
    return {
      min: least.value - slack,
      max: greatest.value + slack,
      atMin: this.witness(least),
      atMax: this.witness(greatest),
      states: least.nodes,
      doubt: undefined,
    };
  }

  private addVariable(group: readonly number[]): void {
    const level = this.sizes.length;
    const { context } = this;
    const [first] = group;
    const atom = context.atoms[first];
    if (atom.kind === 'cell') {
      const leaves = valuesOf(context, first);
      // A cell of an interval takes part in no diagram: asking for it is undecided.
      if (leaves.length === 0) return;
      this.sizes.push(leaves.length);
      this.cells.push(first);
      this.variables.set(first, { level, leaves });
      return;
    }
    // The k-th threshold is reached from the k-th value on.
    this.sizes.push(group.length + 1);
    this.cells.push(undefined);
    group.forEach((number, k) => {
      const leaves = Array.from({ length: group.length + 1 }, (_, value) => (value > k ? 1 : 0));
      this.variables.set(number, { level, leaves });
    });
  }

  private witness({ path }: Extreme): Map<number, number> {
    const witness = new Map<number, number>();
    for (const [level, choice] of path) {
      const cell = this.cells[level];
      if (cell !== undefined) witness.set(cell, valuesOf(this.context, cell)[choice]);
    }
    return witness;
  }

  private atomNode(number: number): number {
    const atom = this.context.atoms[number];
    const { diagrams } = this;
    const variable = this.variables.get(number);
    if (variable !== undefined) {
      const leaves = variable.leaves.map((value) => diagrams.leaf(value));
      return diagrams.node(variable.level, leaves);
    }
    switch (atom.kind) {
      case 'cell':
        throw new Undecided('a difference over inputs without a finite domain');
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
        const margin = realMargin(this.context, atom);
        const sum = this.sum({ ...linear, constant: 0, slop: 0 });
        return diagrams.map((value) => {
          if (!(Math.abs(value - threshold) > margin)) {
            throw new Undecided('a threshold that noise or rounding could move');
          }
          return value > threshold || (!strict && value === threshold) ? 1 : 0;
        }, sum);
      }
      case 'operation': {
        const { value } = FUNCTIONS[atom.name];
        const [first, ...others] = atom.parts.map((part) => this.sum(part));
        if (others.length === 0) return diagrams.map((part) => value([part]), first);
        const isFolded = others.length === 1 || atom.name === 'max';
        if (!isFolded) throw new Undecided(`a decision diagram of ${atom.name}`);
        const join = (a: number, b: number) => value([a, b]);
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
      const variable = this.variables.get(atoms[k]);
      if (variable === undefined) return this.nestedThreshold(linear, threshold);
      const parts = variable.leaves.map((value) => coefficients[k] * value);
      terms.push({ level: variable.level, parts });
    }
    terms.sort((a, b) => a.level - b.level);
    // Two thresholds of one real sum are one variable, which must stand in the sum once.
    const twice = terms.some((term, k) => k > 0 && term.level === terms[k - 1].level);
    if (twice) return this.nestedThreshold(linear, threshold);
    this.budget.spend(terms.length);
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
