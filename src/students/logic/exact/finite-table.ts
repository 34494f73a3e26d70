/**
 * The whole function of a problem whose features have few values each: one class for every point. Features
 * that the function does not depend on are taken out, so that what follows sees only those that matter.
 */
import type { CellDomain } from '../../../ir/model-interface.js';
import type { LogicProblem } from '../problem.js';
import type { Prediction } from '../tree.js';

export interface FiniteFeature {
  /** Position in the problem. */
  readonly feature: number;
  /** Ascending, at least two. */
  readonly values: Float64Array;
}

/**
 * A function of some features, tabulated. Points are counted row-major: of the first feature the value
 * changes last.
 */
export interface FiniteTable {
  readonly features: readonly FiniteFeature[];
  /** What each class stands for: the class itself, or of a problem of numbers the number. */
  readonly predictions: readonly Prediction[];
  /** The class of each point, a position in `predictions`. */
  readonly classes: Uint16Array;
  /** Points of the problem's domain that each point stands for, which differ in other features alone. */
  readonly multiplicity: number;
}

export const MAX_POINTS = 2 ** 20;
const MAX_CLASSES = 2 ** 16;

/** Points that the network is asked at once: enough to be fast, few enough to be held. */
const BLOCK = 2 ** 15;

/** The values of a cell that has finitely many; undefined for others. */
function valuesOf(domain: CellDomain): readonly number[] | undefined {
  if (domain.kind === 'values') return domain.values;
  return domain.kind === 'interval' && domain.min === domain.max ? [domain.min] : undefined;
}

/** How many points the domain has; undefined where it is not finite. */
export function countPoints(domains: readonly CellDomain[]): number | undefined {
  let count = 1;
  for (const domain of domains) {
    const values = valuesOf(domain);
    if (values === undefined) return undefined;
    count *= values.length;
  }
  return count;
}

/**
 * The problem's function over its domain, asked at every point. Undefined where the domain is not finite
 * or has more than 2^20 points, nothing can be asked, or there are more than 65,536 different answers.
 */
export function tabulate({ domains, ask, classes }: LogicProblem): FiniteTable | undefined {
  const count = countPoints(domains);
  if (ask === undefined || count === undefined || count > MAX_POINTS) return undefined;
  const values = domains.map((domain) => valuesOf(domain) ?? []);
  const answers = new Float64Array(count);
  for (let start = 0; start < count; start += BLOCK) {
    const size = Math.min(BLOCK, count - start);
    answers.set(ask(pointColumns(values, start, size)), start);
  }
  const numbered = classes > 0 ? classesOf(answers, classes) : numbersOf(answers);
  if (numbered === undefined) return undefined;
  const features = values.flatMap((own, feature) =>
    own.length < 2 ? [] : [{ feature, values: Float64Array.from(own) }],
  );
  return { features, ...numbered, multiplicity: 1 };
}

/** The points from `start` on, as columns. */
function pointColumns(
  values: readonly (readonly number[])[],
  start: number,
  size: number,
): readonly Float64Array[] {
  let stride = 1;
  const columns: Float64Array[] = [];
  for (const own of values.toReversed()) {
    const column = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      column[k] = own[Math.floor((start + k) / stride) % own.length];
    }
    columns.push(column);
    stride *= own.length;
  }
  return columns.reverse();
}

type Numbered = Pick<FiniteTable, 'classes' | 'predictions'>;

/** @throws RangeError when an answer is no class. */
function classesOf(answers: Float64Array, count: number): Numbered | undefined {
  if (count > MAX_CLASSES) return undefined;
  const wrong = answers.find(
    (answer) => !(Number.isInteger(answer) && answer >= 0 && answer < count),
  );
  if (wrong !== undefined) throw new RangeError(`the answer ${wrong} is none of ${count} classes`);
  const predictions = Array.from({ length: count }, (_, index): Prediction => ({
    kind: 'class',
    index,
  }));
  return { classes: Uint16Array.from(answers), predictions };
}

/** One class for each different number, in the order of the points. */
function numbersOf(answers: Float64Array): Numbered | undefined {
  const positions = new Map<number, number>();
  const classes = new Uint16Array(answers.length);
  for (let k = 0; k < answers.length; k++) {
    let position = positions.get(answers[k]);
    if (position === undefined) {
      if (positions.size === MAX_CLASSES) return undefined;
      position = positions.size;
      positions.set(answers[k], position);
    }
    classes[k] = position;
  }
  const predictions = Array.from(positions.keys(), (offset): Prediction => ({
    kind: 'values',
    cells: [{ offset, terms: [] }],
  }));
  return { classes, predictions };
}

/** The table over the features that its function depends on. */
export function projectTable(table: FiniteTable): FiniteTable {
  let projected = table;
  for (let position = table.features.length - 1; position >= 0; position--) {
    const extent = table.features[position].values.length;
    const inner = strideOf(projected.features, position);
    if (dependsOn(projected.classes, extent, inner)) continue;
    projected = {
      ...projected,
      features: projected.features.toSpliced(position, 1),
      classes: fixFeature(projected.classes, extent, inner, 0),
      multiplicity: projected.multiplicity * extent,
    };
  }
  return projected;
}

/** The part of a table where the feature at a position has some of its values. */
export function restrictTable(
  table: FiniteTable,
  position: number,
  kept: readonly number[],
): FiniteTable {
  const { features, classes } = table;
  const { feature, values } = features[position];
  const inner = strideOf(features, position);
  if (kept.length === 1) {
    const rest = features.toSpliced(position, 1);
    return {
      ...table,
      features: rest,
      classes: fixFeature(classes, values.length, inner, kept[0]),
    };
  }
  const part = new Uint16Array((classes.length / values.length) * kept.length);
  let to = 0;
  for (let start = 0; start < classes.length; start += values.length * inner) {
    for (const value of kept) {
      const from = start + value * inner;
      for (let k = 0; k < inner; k++) part[to++] = classes[from + k];
    }
  }
  const narrow = { feature, values: Float64Array.from(kept, (value) => values[value]) };
  return { ...table, features: features.with(position, narrow), classes: part };
}

/** Points from one value of a feature to its next one. */
export function strideOf(features: readonly FiniteFeature[], position: number): number {
  let stride = 1;
  for (let later = position + 1; later < features.length; later++) {
    stride *= features[later].values.length;
  }
  return stride;
}

function dependsOn(classes: Uint16Array, extent: number, inner: number): boolean {
  for (let start = 0; start < classes.length; start += extent * inner) {
    for (let k = start; k < start + (extent - 1) * inner; k++) {
      if (classes[k] !== classes[k + inner]) return true;
    }
  }
  return false;
}

function fixFeature(
  classes: Uint16Array,
  extent: number,
  inner: number,
  value: number,
): Uint16Array {
  const fixed = new Uint16Array(classes.length / extent);
  let to = 0;
  // Plain loops: the inner run is often one cell alone.
  for (let from = value * inner; from < classes.length; from += extent * inner) {
    for (let k = 0; k < inner; k++) fixed[to++] = classes[from + k];
  }
  return fixed;
}
