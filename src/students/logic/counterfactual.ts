/**
 * The nearest change that flips a decision: for every leaf with another answer the point of its box that
 * is nearest, each feature measured in widths of its domain. What the tree promises is asked of the
 * network; where its border lies a little further, the point moves on into the box. Of all flips that are
 * real the smallest counts, with every change undone that it does not need.
 */
import { domainHull } from '../../ir/model-interface.js';
import type { CellDomain } from '../../ir/model-interface.js';
import type { LogicProblem } from './problem.js';
import { holds, leafOf, isSamePrediction } from './tree.js';
import type { Condition, Leaf, Tree } from './tree.js';

export interface Counterfactual {
  /** The whole input, changed. */
  readonly point: readonly number[];
  /** Features that differ. */
  readonly changed: readonly number[];
  /** Changes added up, in widths of the domains. */
  readonly distance: number;
  /** What the network answers there. */
  readonly answer: number;
}

/** How far a point goes on into a box, in widths of the domain, until the network follows. */
const STEPS = [1e-6, 0.003, 0.01, 0.03, 0.1, 0.3];
/** Rounds in which conditions on sums are met one after the other. */
const MOST_ROUNDS = 40;
/** Halvings of what a change is too large by. */
const HALVINGS = 24;

/** What a leaf asks of an input. */
interface Path {
  readonly leaf: Leaf;
  readonly asked: readonly { readonly condition: Condition; readonly wanted: boolean }[];
}

/**
 * The smallest change found; `undefined` where none of those tried flips the network's answer.
 *
 * @param point one number for each feature of the problem, whose `ask` is the network.
 */
export function findCounterfactual(
  tree: Tree,
  problem: LogicProblem,
  point: readonly number[],
): Counterfactual | undefined {
  const ask = (values: readonly number[]): number =>
    problem.ask?.(values.map((value) => Float64Array.of(value)))[0] ?? NaN;
  const widths = problem.domains.map(widthOf);
  const before = ask(point);
  const own = leafOf(tree, (feature) => point[feature]);
  let best: Counterfactual | undefined;
  const flips = (values: readonly number[]): boolean => {
    const answer = ask(values);
    if (answer === before) return false;
    const distance = distanceOf(point, values, widths);
    if (best === undefined || distance < best.distance) {
      const changed = values.flatMap((value, k) => (value === point[k] ? [] : [k]));
      best = { point: values, changed, distance, answer };
    }
    return true;
  };
  for (const path of pathsOf(tree)) {
    if (isSamePrediction(path.leaf.prediction, own.prediction)) continue;
    for (const step of STEPS) {
      const moved = moveInto(path, point, step, problem.domains, widths);
      if (moved !== undefined && flips(moved)) break;
    }
  }
  const found: Counterfactual | undefined = best;
  if (found === undefined) return undefined;
  for (const feature of found.changed) {
    flips(found.point.map((value, k) => (k === feature ? point[k] : value)));
  }
  const nearest = (): Counterfactual => best ?? found;
  halve(nearest(), point, nearest().changed, problem.domains, flips);
  for (const feature of nearest().changed) {
    halve(nearest(), point, [feature], problem.domains, flips);
  }
  return best;
}

/** Some of the changes halved, all by the same share, towards where they came from while the answer stays flipped. */
function halve(
  { point: flipped }: Counterfactual,
  point: readonly number[],
  features: readonly number[],
  domains: readonly CellDomain[],
  flips: (values: readonly number[]) => boolean,
): void {
  // Between two values of a finite set there is nothing to be tried.
  if (features.some((feature) => domains[feature].kind === 'values')) return;
  let [low, high] = [0, 1];
  for (let k = 0; k < HALVINGS; k++) {
    const share = (low + high) / 2;
    const moved = flipped.map((value, at) =>
      features.includes(at) ? point[at] + share * (value - point[at]) : value,
    );
    if (flips(moved)) high = share;
    else low = share;
  }
}

function pathsOf(tree: Tree, asked: Path['asked'] = []): readonly Path[] {
  if (tree.kind === 'leaf') return [{ leaf: tree, asked }];
  const { condition, yes, no } = tree;
  return [
    ...pathsOf(yes, [...asked, { condition, wanted: true }]),
    ...pathsOf(no, [...asked, { condition, wanted: false }]),
  ];
}

/** The point moved so that all conditions are as wanted, `step` beyond them; `undefined` where it is not. */
function moveInto(
  { asked }: Path,
  point: readonly number[],
  step: number,
  domains: readonly CellDomain[],
  widths: readonly number[],
): readonly number[] | undefined {
  const moved = [...point];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const broken = asked.filter(
      ({ condition, wanted }) => holds(condition, (feature) => moved[feature]) !== wanted,
    );
    if (broken.length === 0) return moved;
    for (const { condition, wanted } of broken) {
      meet(condition, wanted, moved, step, domains, widths);
    }
  }
  return undefined;
}

function meet(
  condition: Condition,
  wanted: boolean,
  moved: number[],
  step: number,
  domains: readonly CellDomain[],
  widths: readonly number[],
): void {
  const set = (feature: number, value: number): void => {
    moved[feature] = within(domains[feature], value, wanted);
  };
  switch (condition.kind) {
    case 'above': {
      const { feature, threshold } = condition;
      const beyond = step * widths[feature];
      set(feature, wanted ? threshold + beyond : threshold - beyond);
      break;
    }
    case 'among': {
      const { feature, values } = condition;
      const domain = domains[feature];
      const allowed = domain.kind === 'values' ? domain.values : values;
      const fitting = allowed.filter((value) => values.includes(value) === wanted);
      const nearest = fitting.reduce(
        (a, b) => (Math.abs(b - moved[feature]) < Math.abs(a - moved[feature]) ? b : a),
        fitting.at(0) ?? moved[feature],
      );
      moved[feature] = nearest;
      break;
    }
    case 'linear': {
      // The shortest way to the plane, in widths of the domains.
      const { terms, threshold } = condition;
      const sum = terms.reduce(
        (all, { feature, coefficient }) => all + coefficient * moved[feature],
        0,
      );
      const slope = Math.hypot(...terms.map(({ feature, coefficient }) => coefficient * widths[feature])); // prettier-ignore
      if (slope === 0) return;
      const missing = (threshold - sum) / slope + (wanted ? step : -step);
      for (const { feature, coefficient } of terms) {
        const share = (coefficient * widths[feature]) / slope;
        set(feature, moved[feature] + missing * share * widths[feature]);
      }
      break;
    }
    case 'count':
      for (const part of condition.conditions) {
        const isHeld = holds(condition, (feature) => moved[feature]);
        if (isHeld === wanted) return;
        if (holds(part, (feature) => moved[feature]) !== wanted) {
          meet(part, wanted, moved, step, domains, widths);
        }
      }
      break;
    case 'all':
      for (const { condition: part, isTrue } of condition.literals) {
        if (holds(condition, (feature) => moved[feature]) === wanted) return;
        if (holds(part, (feature) => moved[feature]) !== (isTrue === wanted)) {
          meet(part, isTrue === wanted, moved, step, domains, widths);
        }
      }
      break;
  }
}

/** The nearest value of the domain; of a finite set the next one upwards or downwards. */
function within(domain: CellDomain, value: number, isUpwards: boolean): number {
  if (domain.kind !== 'values') {
    const [min, max] = domainHull(domain);
    return Math.min(max, Math.max(min, value));
  }
  const { values } = domain;
  const found = isUpwards
    ? values.find((one) => one >= value)
    : values.findLast((one) => one <= value);
  return found ?? (isUpwards ? values[values.length - 1] : values[0]);
}

function widthOf(domain: CellDomain): number {
  const [min, max] = domainHull(domain);
  const width = max - min;
  return Number.isFinite(width) && width > 0 ? width : 1;
}

function distanceOf(
  from: readonly number[],
  to: readonly number[],
  widths: readonly number[],
): number {
  return to.reduce((sum, value, k) => sum + Math.abs(value - from[k]) / widths[k], 0);
}
