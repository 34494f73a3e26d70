/**
 * Tables: a form over a cone, evaluated on all states of the cone's cell classes, node by node over
 * typed arrays, block by block. Thresholds of integers are exact; sums of reals carry a bound.
 */
import type { Budget } from './budget.js';
import type { Atom, Context } from './context.js';
import type { CellClass, Cone } from './cones.js';
import { formsOf, stateCount } from './cones.js';
import type { Form } from './forms.js';
import { realMargin } from './evaluation-error.js';
import { FUNCTIONS } from './functions.js';
import { Undecided } from './undecided.js';

/** States evaluated at a time: a cone of a hundred atoms then takes 3 MB. */
const BLOCK = 4096;

/** What a table says of a form. */
export interface TableRange {
  readonly min: number;
  readonly max: number;
  /** Sum of each class at the smallest and at the largest value. */
  readonly atMin: readonly number[];
  readonly atMax: readonly number[];
  readonly states: number;
}

/** A form with its cells gathered by class. */
interface Plan {
  readonly constant: number;
  readonly classes: readonly (readonly [index: number, factor: number])[];
  readonly atoms: readonly (readonly [atom: number, factor: number])[];
}

export class Table {
  private readonly values = new Map<number, Float64Array>();
  private readonly sums: Float64Array[];
  private readonly plans = new Map<number, readonly Plan[]>();
  private readonly top: Plan;
  private readonly classOf = new Map<number, number>();
  readonly states: number;
  /** Steps for one state. */
  private readonly weight: number;

  constructor(
    private readonly context: Context,
    readonly cone: Cone,
    readonly classes: readonly CellClass[],
    form: Form,
    private readonly budget: Budget,
  ) {
    this.states = stateCount(classes);
    classes.forEach(({ cells }, index) => {
      for (const cell of cells) this.classOf.set(cell, index);
    });
    const size = Math.min(BLOCK, this.states);
    this.sums = classes.map(() => new Float64Array(size));
    for (const number of cone.inner) {
      this.values.set(number, new Float64Array(size));
      this.plans.set(number, formsOf(context, number).map((one) => this.plan(one))); // prettier-ignore
    }
    this.top = this.plan(form);
    let weight = 1 + classes.length + termsOf(this.top);
    for (const number of cone.inner) {
      const atom = context.atoms[number];
      weight += atom.kind === 'and' ? atom.literals.length : 1;
      for (const plan of this.plans.get(number) ?? []) weight += termsOf(plan);
    }
    this.weight = weight;
  }

  /** Steps that one pass over all states takes. */
  get cost(): number {
    return this.states * this.weight;
  }

  /** Extremes of the form over all states. */
  range(): TableRange {
    let [min, max] = [Infinity, -Infinity];
    let [atMin, atMax] = [0, 0];
    this.forEachBlock((start, values, count) => {
      for (let k = 0; k < count; k++) {
        if (Number.isNaN(values[k])) throw new Undecided('a value that is no number');
        if (values[k] < min) [min, atMin] = [values[k], start + k];
        if (values[k] > max) [max, atMax] = [values[k], start + k];
      }
    });
    return { min, max, atMin: this.sumsAt(atMin), atMax: this.sumsAt(atMax), states: this.states };
  }

  /** The classes on which the form depends. */
  relevantClasses(): boolean[] {
    const all = new Float64Array(this.states);
    this.forEachBlock((start, values, count) => {
      all.set(values.subarray(0, count), start);
    });
    let stride = 1;
    return this.classes.map(({ sums }) => {
      const own = stride;
      stride *= sums.length;
      for (let state = 0; state < this.states; state++) {
        if (Math.floor(state / own) % sums.length === 0) continue;
        if (all[state] !== all[state - own]) return true;
      }
      return false;
    });
  }

  private plan(form: Form): Plan {
    const classes = new Map<number, number>();
    const atoms: [number, number][] = [];
    for (let k = 0; k < form.atoms.length; k++) {
      const index = this.classOf.get(form.atoms[k]);
      if (index === undefined) atoms.push([form.atoms[k], form.coefficients[k]]);
      else classes.set(index, form.coefficients[k]);
    }
    return { constant: form.constant, classes: [...classes], atoms };
  }

  private sumsAt(state: number): number[] {
    let rest = state;
    return this.classes.map(({ sums }) => {
      const sum = sums[rest % sums.length];
      rest = Math.floor(rest / sums.length);
      return sum;
    });
  }

  private forEachBlock(use: (start: number, values: Float64Array, count: number) => void): void {
    const result = new Float64Array(Math.min(BLOCK, this.states));
    for (let start = 0; start < this.states; start += BLOCK) {
      const count = Math.min(BLOCK, this.states - start);
      this.budget.spend(count * this.weight);
      let stride = 1;
      this.classes.forEach(({ sums }, index) => {
        const target = this.sums[index];
        for (let k = 0; k < count; k++) {
          target[k] = sums[Math.floor((start + k) / stride) % sums.length];
        }
        stride *= sums.length;
      });
      for (const number of this.cone.inner) this.evaluate(number, count);
      this.sumUp(this.top, result, count);
      use(start, result, count);
    }
  }

  private sumUp(plan: Plan, target: Float64Array, count: number): void {
    target.fill(plan.constant, 0, count);
    for (const [index, factor] of plan.classes) {
      const source = this.sums[index];
      for (let k = 0; k < count; k++) target[k] += factor * source[k];
    }
    for (const [atom, factor] of plan.atoms) {
      const source = this.column(atom);
      for (let k = 0; k < count; k++) target[k] += factor * source[k];
    }
  }

  private column(atom: number): Float64Array {
    const values = this.values.get(atom);
    if (values === undefined) throw new Undecided('a table without one of its parts');
    return values;
  }

  private evaluate(number: number, count: number): void {
    const atom = this.context.atoms[number];
    const target = this.column(number);
    const plans = this.plans.get(number) ?? [];
    switch (atom.kind) {
      case 'ge':
        this.sumUp(plans[0], target, count);
        for (let k = 0; k < count; k++) target[k] = target[k] >= atom.threshold ? 1 : 0;
        break;
      case 'real':
        this.sumUp(plans[0], target, count);
        this.decideReal(atom, target, count);
        break;
      case 'and':
        target.fill(1, 0, count);
        for (const literal of atom.literals) this.conjoin(literal, target, count);
        break;
      case 'operation':
        this.operate(atom, plans, target, count);
        break;
      case 'cell':
        break;
    }
  }

  private decideReal(atom: Atom & { kind: 'real' }, target: Float64Array, count: number): void {
    const { threshold, strict } = atom;
    const margin = realMargin(this.context, atom);
    for (let k = 0; k < count; k++) {
      if (!(Math.abs(target[k] - threshold) > margin)) {
        throw new Undecided('a threshold that noise or rounding could move');
      }
      target[k] = target[k] > threshold || (!strict && target[k] === threshold) ? 1 : 0;
    }
  }

  private conjoin(literal: number, target: Float64Array, count: number): void {
    const index = this.classOf.get(literal >> 1);
    const source = index === undefined ? this.column(literal >> 1) : this.sums[index];
    // A class of cells stands in the conjunction as a whole: its sum is its size, or 0.
    const size = index === undefined ? 1 : this.classes[index].cells.length;
    const wanted = (literal & 1) === 1 ? 0 : size;
    for (let k = 0; k < count; k++) if (source[k] !== wanted) target[k] = 0;
  }

  private operate(
    { name }: Atom & { kind: 'operation' },
    plans: readonly Plan[],
    target: Float64Array,
    count: number,
  ): void {
    const { value } = FUNCTIONS[name];
    const columns = plans.map((plan) => {
      const column = new Float64Array(count);
      this.sumUp(plan, column, count);
      return column;
    });
    const parts = columns.map(() => 0);
    for (let k = 0; k < count; k++) {
      for (let part = 0; part < parts.length; part++) parts[part] = columns[part][k];
      target[k] = value(parts);
    }
  }
}

function termsOf({ classes, atoms }: Plan): number {
  return 1 + classes.length + atoms.length;
}
