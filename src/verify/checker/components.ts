/**
 * The size of a difference: split into components that share no cell, which are independent, so that
 * the extremes of their sum are the sums of their extremes; each component by interval, or by table.
 */
import type { Context } from './context.js';
import type { CellClass } from './cones.js';
import { cellsWithSum, classesOf, coneOf, partsOf, stateCount } from './cones.js';
import type { Form } from './forms.js';
import { hull } from './forms.js';
import { rangeOf } from './products.js';
import { shapeKey } from './renaming.js';
import { simplified } from './cofactor.js';
import type { TableRange } from './tabulate.js';
import { Table } from './tabulate.js';
import { Undecided } from './undecided.js';

/** Largest table of one component. */
const MAX_STATES = 1 << 17;

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

/** Tables already made, by the shape of their component up to renaming. */
export type Memo = Map<string, TableRange>;

/** Smallest and largest value of a form over all inputs, or bounds on them. */
export function extremesOf(context: Context, form: Form, memo: Memo, tick: () => void): Extremes {
  const groups = componentsOf(context, form);
  let [min, max] = [form.constant, form.constant];
  let states = 0;
  let slack = form.slop;
  let doubt: string | undefined;
  const [atMin, atMax] = [new Map<number, number>(), new Map<number, number>()];
  for (const group of groups) {
    tick();
    let one: Extremes & { slack: number };
    try {
      one = componentExtremes(context, group, memo, tick);
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      doubt = error.message;
      const { lo, hi } = rangeOf(context, group);
      one = { min: lo, max: hi, atMin: new Map(), atMax: new Map(), states: 0, doubt, slack: 0 };
    }
    min += one.min;
    max += one.max;
    states += one.states;
    slack += one.slack;
    for (const [cell, value] of one.atMin) atMin.set(cell, value);
    for (const [cell, value] of one.atMax) atMax.set(cell, value);
  }
  // The sums over components round too; a part in 2^40 covers a thousand of them many times.
  slack += (Math.abs(min) + Math.abs(max)) * 2 ** -40;
  return { min: min - slack, max: max + slack, atMin, atMax, states, doubt };
}

/** The parts of a form (without its constant) whose cones share no cell. */
function componentsOf(context: Context, form: Form): Form[] {
  const parent = new Map<number, number>();
  const find = (node: number): number => {
    let root = node;
    for (let up = parent.get(root) ?? root; up !== root; up = parent.get(root) ?? root) root = up;
    for (let at = node; at !== root;) {
      const up = parent.get(at) ?? root;
      parent.set(at, root);
      at = up;
    }
    return root;
  };
  const visit = (root: number) => {
    const stack = [root];
    while (stack.length > 0) {
      const node = stack.pop();
      if (node === undefined) break;
      for (const part of partsOf(context, node)) {
        if (!parent.has(part)) {
          parent.set(part, part);
          stack.push(part);
        }
        parent.set(find(part), find(node));
      }
    }
  };
  for (const atom of form.atoms) {
    if (!parent.has(atom)) parent.set(atom, atom);
    visit(atom);
  }
  const groups = new Map<number, { atoms: number[]; coefficients: number[] }>();
  for (let k = 0; k < form.atoms.length; k++) {
    const root = find(form.atoms[k]);
    let group = groups.get(root);
    if (group === undefined) groups.set(root, (group = { atoms: [], coefficients: [] }));
    group.atoms.push(form.atoms[k]);
    group.coefficients.push(form.coefficients[k]);
  }
  return [...groups.values()].map(({ atoms, coefficients }) => ({
    atoms: Int32Array.from(atoms),
    coefficients: Float64Array.from(coefficients),
    constant: 0,
    slop: 0,
  }));
}

function componentExtremes(
  context: Context,
  form: Form,
  memo: Memo,
  tick: () => void,
): Extremes & { slack: number } {
  const cone = coneOf(context, form.atoms);
  const key = shapeKey(context, cone, form);
  const classes = classesOf(context, cone, form);
  const table = stateCount(classes) > MAX_STATES ? undefined : new Table(context, cone, classes, form); // prettier-ignore
  if (table === undefined) return afterSimplifying(context, form, memo, tick);
  const known = memo.get(key);
  const range = known ?? table.range(tick);
  memo.set(key, range);
  return {
    min: range.min,
    max: range.max,
    atMin: witnessOf(classes, range.atMin),
    atMax: witnessOf(classes, range.atMax),
    states: range.states,
    doubt: undefined,
    slack: table.slack(form),
  };
}

/** Too large as it stands: drop cells that its atoms do not depend on, and split again. */
function afterSimplifying(
  context: Context,
  form: Form,
  memo: Memo,
  tick: () => void,
): Extremes & { slack: number } {
  const simpler = simplified(context, form, tick);
  if (simpler === undefined) {
    const [lo, hi] = hull(form.atoms, form.coefficients, context.atoms);
    throw new Undecided(`a difference within ${lo} .. ${hi} over too many states`);
  }
  return { ...extremesOf(context, simpler, memo, tick), slack: 0 };
}

function witnessOf(classes: readonly CellClass[], sums: readonly number[]): Witness {
  const witness = new Map<number, number>();
  classes.forEach((one, k) => {
    for (const [cell, value] of cellsWithSum(one, sums[k])) witness.set(cell, value);
  });
  return witness;
}
