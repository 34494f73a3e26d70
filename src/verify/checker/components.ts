/**
 * The size of a difference: split into components that share no cell, which are independent, so that
 * the extremes of their sum are the sums of their extremes; each component by interval, or by table.
 */
import type { Budget } from './budget.js';
import type { Context } from './context.js';
import type { CellClass } from './cones.js';
import { cellsWithSum, classesOf, coneOf, stateCount } from './cones.js';
import { DiagramCones } from './diagram-cones.js';
import { roundingOfForm } from './evaluation-error.js';
import type { Form } from './forms.js';
import { componentsOf } from './partition.js';
import { Piecewise } from './piecewise.js';
import { rangeOf } from './products.js';
import { Relaxation } from './relaxation.js';
import { shapeKey } from './renaming.js';
import { simplified } from './cofactor.js';
import type { TableRange } from './tabulate.js';
import { Table } from './tabulate.js';
import { Undecided } from './undecided.js';

/** Largest table of one component. */
const MAX_STATES = 1 << 17;

/** Tables of fewer steps than this are made before anything else is tried: some milliseconds. */
const CHEAP = 1 << 22;

/** Steps of one decision diagram: half a second. */
const DIAGRAM_STEPS = 2 ** 29;

/** Decision diagrams that may grow too large before no more are tried: one leaves its output unproved. */
const MAX_FAILURES = 1;

const TOO_MANY = 'a difference over too many states';

/** Values for some cells (by atom). */
export type Witness = ReadonlyMap<number, number>;

export interface Extremes {
  readonly min: number;
  readonly max: number;
  /** Inputs that reach the extremes, as far as they are known. */
  readonly atMin: Witness;
  readonly atMax: Witness;
  /** States enumerated. */
  readonly states: number;
  /** Why the extremes are only bounds; undefined when they are reached. */
  readonly doubt: string | undefined;
}

/** What bounding the differences of one context uses and keeps. */
export class Means {
  /** Tables already made, by the shape of their component up to renaming. */
  readonly memo = new Map<string, TableRange>();
  readonly relaxation: Relaxation;
  readonly piecewise: Piecewise;
  private diagrams: DiagramCones | undefined = undefined;
  private failures = 0;

  constructor(
    private readonly context: Context,
    readonly budget: Budget,
    tolerance: number,
  ) {
    this.relaxation = new Relaxation(context);
    this.piecewise = new Piecewise(context, budget, this.relaxation, tolerance);
  }

  /** Extremes by decision diagrams. @throws Undecided where they grow too large. */
  diagramExtremes(form: Form): Extremes {
    if (this.failures >= MAX_FAILURES) throw new Undecided(TOO_MANY);
    const diagrams = (this.diagrams ??= new DiagramCones(this.context, this.budget));
    try {
      return this.budget.within(DIAGRAM_STEPS, () => diagrams.extremes(form));
    } catch (error) {
      // What is left of a diagram that grew too large would only fill the next one's memory.
      this.diagrams = undefined;
      this.failures++;
      throw error;
    }
  }
}

/** Smallest and largest value of a form over all inputs, or bounds on them. */
export function extremesOf(context: Context, form: Form, means: Means): Extremes {
  const groups = componentsOf(context, form);
  let [min, max] = [form.constant, form.constant];
  let states = 0;
  let slack = form.slop;
  let doubt: string | undefined;
  const [atMin, atMax] = [new Map<number, number>(), new Map<number, number>()];
  for (const group of groups) {
    means.budget.spend(1);
    let one: Extremes;
    try {
      one = componentExtremes(context, group, means);
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      doubt = error.message;
      const { lo, hi } = rangeOf(context, group);
      one = { min: lo, max: hi, atMin: new Map(), atMax: new Map(), states: 0, doubt };
    }
    min += one.min;
    max += one.max;
    states += one.states;
    for (const [cell, value] of one.atMin) atMin.set(cell, value);
    for (const [cell, value] of one.atMax) atMax.set(cell, value);
  }
  // The sums over components round too; a part in 2^40 covers a thousand of them many times.
  slack += (Math.abs(min) + Math.abs(max)) * 2 ** -40;
  return { min: min - slack, max: max + slack, atMin, atMax, states, doubt };
}

function componentExtremes(context: Context, form: Form, means: Means): Extremes {
  const table = tableOf(context, form, means);
  if (table !== undefined && table.cost <= CHEAP) return tabulated(context, form, table, means);
  const simpler = simplified(context, form, means.budget);
  if (simpler !== undefined) return extremesOf(context, simpler, means);
  try {
    return means.diagramExtremes(form);
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    if (table !== undefined && means.budget.affords(table.cost)) {
      return tabulated(context, form, table, means);
    }
    throw error;
  }
}

/** The table of a component; undefined when it has too many states, or no finite number. */
function tableOf(context: Context, form: Form, { budget }: Means): Table | undefined {
  const cone = coneOf(context, form.atoms);
  const classes = classesOf(context, cone, form);
  if (classes === undefined) return undefined;
  if (stateCount(classes) > MAX_STATES) return undefined;
  return new Table(context, cone, classes, form, budget);
}

function tabulated(context: Context, form: Form, table: Table, means: Means): Extremes {
  const { cone, classes } = table;
  const key = shapeKey(context, cone, form);
  const range = means.memo.get(key) ?? table.range();
  means.memo.set(key, range);
  const slack = roundingOfForm(context, form);
  return {
    min: range.min - slack,
    max: range.max + slack,
    atMin: witnessOf(classes, range.atMin),
    atMax: witnessOf(classes, range.atMax),
    states: range.states,
    doubt: undefined,
  };
}

function witnessOf(classes: readonly CellClass[], sums: readonly number[]): Witness {
  const witness = new Map<number, number>();
  classes.forEach((one, k) => {
    for (const [cell, value] of cellsWithSum(one, sums[k])) witness.set(cell, value);
  });
  return witness;
}
