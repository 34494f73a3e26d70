/**
 * Relevance: which features the table really depends on. A feature may go when the table, projected
 * on the remaining ones, is still a function; this is the proof that it is irrelevant.
 */
import { hashWords } from './bits.js';
import type { SynthesisProblem } from './problem.js';
import { NUMERIC_EQUALITY, scaleOf } from './problem.js';

/**
 * For each state the first state with equal values in the kept features; `undefined` when two states
 * of one such class want different targets.
 */
function classesOf(problem: SynthesisProblem, kept: readonly number[]): Uint32Array | undefined {
  const { columns, states, target } = problem;
  const tolerance = NUMERIC_EQUALITY * scaleOf(target);
  const row = new Float64Array(kept.length);
  const words = new Uint32Array(row.buffer);
  const buckets = new Map<number, number[]>();
  const first = new Uint32Array(states);
  const same = (a: number, b: number): boolean =>
    kept.every((feature) => columns[feature][a] === columns[feature][b]);
  for (let state = 0; state < states; state++) {
    for (let index = 0; index < kept.length; index++) row[index] = columns[kept[index]][state] + 0;
    const key = hashWords(words, 1);
    const bucket = buckets.get(key);
    const earlier = bucket?.find((other) => same(other, state));
    if (earlier === undefined) {
      first[state] = state;
      if (bucket === undefined) buckets.set(key, [state]);
      else bucket.push(state);
    } else {
      if (Math.abs(target[earlier] - target[state]) > tolerance) return undefined;
      first[state] = earlier;
    }
  }
  return first;
}

/** True when no two states with equal features want different targets. */
export function isFunction(problem: SynthesisProblem): boolean {
  return classesOf(problem, [...problem.features.keys()]) !== undefined;
}

/** The problem on some of its states, in the given order. */
export function restrictStates(
  problem: SynthesisProblem,
  states: ArrayLike<number>,
): SynthesisProblem {
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(states, (state) => column[state]);
  return {
    ...problem,
    columns: problem.columns.map(pick),
    states: states.length,
    target: pick(problem.target),
  };
}

/** The features in the order in which they should go: expensive first, later before earlier. */
function droppingOrder(problem: SynthesisProblem): number[] {
  const cost = (feature: number): number => problem.features[feature].cost ?? 1;
  return [...problem.features.keys()].sort((a, b) => cost(b) - cost(a) || b - a);
}

/**
 * The problem projected on the features that its table depends on: states that become equal are
 * merged. Expensive features are tried first, then later ones before earlier ones. A contradictory
 * table (equal features, different targets) comes back unchanged.
 */
export function dropIrrelevant(problem: SynthesisProblem): SynthesisProblem {
  let kept = [...problem.features.keys()];
  let classes = classesOf(problem, kept);
  if (classes === undefined) return problem;
  for (const feature of droppingOrder(problem)) {
    const fewer = kept.filter((other) => other !== feature);
    const merged = classesOf(problem, fewer);
    if (merged === undefined) continue;
    kept = fewer;
    classes = merged;
  }
  const representatives = [...classes.keys()].filter((state) => classes[state] === state);
  const projected = restrictStates(problem, representatives);
  return {
    ...projected,
    features: kept.map((feature) => problem.features[feature]),
    columns: kept.map((feature) => projected.columns[feature]),
  };
}
