/** How the rules and the network decide about applicants that neither has seen, and where they change over. */
import { createRandom } from '../../src/numeric/random.js';
import type { Network } from '../../src/ir/network.js';
import type { Answer } from '../../src/verify/run-module.js';
import { labelOf } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { formatTable } from '../common/format-table.js';

const APPLICANTS = 100_000;
const SEED = 77;
const FIGURES = 5;
const [LEAST, MOST] = [0, 10];

/** Applicants whose every figure is moved from its least to its greatest value. */
const MOVED = 2000;

/** Halvings of the range of a figure: to one part in a thousand millions. */
const HALVINGS = 30;

/** Where a decision changes over as one figure alone is moved. */
export interface Border {
  /** Applicants for whom it does. */
  readonly count: number;
  readonly median: number;
  /** The middle half of them lies between these. */
  readonly quartiles: readonly [number, number];
}

/** For each of the five figures, where the network changes over, by applicants drawn uniformly. */
export function bordersOf(network: Network): readonly Border[] {
  const teacher = createTeacher(network);
  const decide = (applicant: Float64Array): number => teacher.decide(teacher.forward([applicant]));
  const random = createRandom(SEED);
  const found: number[][] = Array.from({ length: FIGURES }, () => []);
  for (let k = 0; k < MOVED; k++) {
    const applicant = drawApplicant(random);
    for (let figure = 0; figure < FIGURES; figure++) {
      const border = borderOf(applicant, figure, decide);
      if (border !== undefined) found[figure].push(border);
    }
  }
  return found.map((places): Border => {
    const sorted = places.sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
    return { count: sorted.length, median: at(0.5), quartiles: [at(0.25), at(0.75)] };
  });
}

/** `undefined` where the decision is the same at both ends. */
function borderOf(
  applicant: Float64Array,
  figure: number,
  decide: (applicant: Float64Array) => number,
): number | undefined {
  const at = (value: number): number => decide(applicant.with(figure, value));
  let [low, high] = [LEAST, MOST];
  const first = at(low);
  if (at(high) === first) return undefined;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (at(middle) === first) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A table of the borders of a network whose figures have names. */
function showBorders(network: Network): string {
  const names = network.inputs[0].features ?? [];
  const rows = bordersOf(network).map(({ count, median, quartiles }, figure) => [
    names[figure],
    String(count),
    ...[median, ...quartiles].map((place) => (count === 0 ? '' : place.toFixed(3))),
  ]);
  return formatTable(
    ['figure', 'applicants it decides about', 'changes over at', '25 %', '75 %'],
    rows,
  );
}

function drawApplicant(random: ReturnType<typeof createRandom>): Float64Array {
  return Float64Array.from({ length: FIGURES }, () => LEAST + (MOST - LEAST) * random.unit());
}

/** For networks of five inputs from 0 to 10 and two labels. */
export function showDecisions(
  network: Network,
  run: (inputs: readonly ArrayLike<number>[]) => Answer,
): string {
  const teacher = createTeacher(network);
  const random = createRandom(SEED);
  const counts = new Map<string, number>();
  let equal = 0;
  for (let k = 0; k < APPLICANTS; k++) {
    const applicant = drawApplicant(random);
    const own = String(labelOf(network, teacher.decide(teacher.forward([applicant]))));
    const rule = String(run([applicant]).decision);
    equal += Number(own === rule);
    const key = `${own}, ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts.entries()]
    .sort()
    .map(([key, count]) => [...key.split(', '), String(count)]);
  const share = (100 * equal) / APPLICANTS;
  const agreement = `They agree on ${share} % of ${APPLICANTS}.`;
  const borders = `Where the network changes over as one figure alone is moved:\n\n${showBorders(network)}`;
  return `${formatTable(['network', 'rules', 'applicants'], rows)}\n${agreement}\n\n${borders}`;
}
