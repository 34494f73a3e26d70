/**
 * Reading a front: how much each step in complexity gains, where the knee lies, which member a choice
 * means. A front stands in ascending complexity; how one is made says `search/merge-front.ts`.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { nearestWord } from '../../diagnostics/nearest.js';
import type { Candidate } from './problem.js';

/** What the user selects: the best by description length, the ends of the front, or one complexity. */
export type Selection = 'best' | 'accuracy' | 'simplest' | { readonly complexity: number };

const SELECTIONS = ['best', 'accuracy', 'simplest'] as const;

/** Losses from here down count as this: rounding, which tells nothing of a formula. */
const SMALLEST_LOSS = 1e-32;

/**
 * For each member −Δ log(loss) / Δ complexity against the most accurate formula of the next lower
 * complexity, 0 for the simplest: the score of PySR (Cranmer 2023). Losses up to `floor` count as `floor`.
 */
export function scoresOf(front: readonly Candidate[], floor = SMALLEST_LOSS): readonly number[] {
  const logOf = ({ loss }: Candidate): number => Math.log(Math.max(loss, floor));
  return front.map((candidate) => {
    const simpler = front.filter(({ complexity }) => complexity < candidate.complexity);
    if (simpler.length === 0) return 0;
    const { complexity } = simpler[simpler.length - 1];
    const before = simpler.filter((one) => one.complexity === complexity);
    const gain = Math.min(...before.map(logOf)) - logOf(candidate);
    return gain / (candidate.complexity - complexity);
  });
}

/**
 * The position of the knee: the member furthest below the straight line from the simplest to the most
 * complex, complexity and log(loss) both scaled to 0 … 1 (Satopää and others 2011).
 *
 * @throws RangeError when the front is empty.
 */
export function kneeOf(front: readonly Candidate[], floor = SMALLEST_LOSS): number {
  const costs = unitScale(front.map(({ complexity }) => complexity));
  const losses = unitScale(front.map(({ loss }) => Math.log(Math.max(loss, floor))));
  return lowest(front, costs.map((cost, at) => cost + losses[at])); // prettier-ignore
}

/** The position of the least loss. @throws RangeError when the front is empty. */
export function mostAccurateOf(front: readonly Candidate[]): number {
  return lowest(
    front,
    front.map(({ loss }) => loss),
  );
}

/** The position of the least complexity. @throws RangeError when the front is empty. */
export function simplestOf(front: readonly Candidate[]): number {
  return lowest(
    front,
    front.map(({ complexity }) => complexity),
  );
}

/**
 * The position of the member that a selection means; `chooseBest` decides for 'best'.
 *
 * @throws Diagnostic FRONT_NO_COMPLEXITY when no member has that complexity; RangeError when the front is
 *   empty.
 */
export function selectFromFront(
  front: readonly Candidate[],
  selection: Selection,
  chooseBest: (front: readonly Candidate[]) => number,
): number {
  if (selection === 'best') return chooseBest(front);
  if (selection === 'accuracy') return mostAccurateOf(front);
  if (selection === 'simplest') return simplestOf(front);
  const { complexity } = selection;
  const members = front.flatMap((one, at) => (one.complexity === complexity ? [at] : []));
  if (members.length === 0) {
    const known = [...new Set(front.map((one) => one.complexity))];
    throw diagnose('FRONT_NO_COMPLEXITY', {}, { complexity, known });
  }
  return members[mostAccurateOf(members.map((at) => front[at]))];
}

/** `best`, `accuracy`, `simplest` or a complexity. @throws Diagnostic SELECTION_UNKNOWN */
export function parseSelection(text: string): Selection {
  const word = SELECTIONS.find((one) => one === text);
  if (word !== undefined) return word;
  if (/^[1-9]\d{0,5}$/.test(text)) return { complexity: Number(text) };
  const nearest = nearestWord(text, SELECTIONS);
  throw diagnose('SELECTION_UNKNOWN', {}, { word: text, nearest, known: SELECTIONS });
}

/** The position of the least value; of equal ones, that of the least complexity, then the first. */
function lowest(front: readonly Candidate[], values: readonly number[]): number {
  if (front.length === 0) throw new RangeError('the front is empty');
  let best = 0;
  for (let at = 1; at < front.length; at++) {
    const isSimpler = values[at] === values[best] && front[at].complexity < front[best].complexity;
    if (values[at] < values[best] || isSimpler) best = at;
  }
  return best;
}

/** The values from 0 to 1; all 0 where they are equal. */
function unitScale(values: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (high > low ? (value - low) / (high - low) : 0));
}
