/**
 * Moves the threshold of a split to where the network itself changes over. Rows leave a gap around it; from
 * some of them the feature alone is moved through the gap, and halving finds where the answer goes over from
 * what the lower side mostly says to what the upper side mostly says. The middle one of these places is the
 * threshold, unless the node's rows speak against it.
 */
import type { Axis } from './axes.js';
import { middleOf } from './best-split.js';
import type { Choice } from './best-split.js';
import type { Prober } from './prober.js';
import type { RowStore } from './row-store.js';
import { statisticsOf } from './statistics.js';
import type { Measure, Rows, Statistics } from './statistics.js';

/** Rows that are moved through the gap. */
const LINES = 48;

/** Halvings of a line: what is left of the gap is beyond the digits that anybody reads. */
const HALVINGS = 22;

/** Fewer lines on which the answer goes over are chance. */
const FEWEST = 3;

/** How far the gap is widened: by rows of this share of the weight, and some, on both sides. */
const WIDENING = 0.01;
const LEAST_WIDENING = 4;

/**
 * Share of the gain on the node's rows that is kept. The gap holds few of them, so that chance decides about
 * most of what a place in it gains more than another.
 */
const KEPT_GAIN = 0.8;

/**
 * The threshold moved; rows at both sides of the borders that were found are added to the store.
 *
 * @param rows of the node in the order of the axis.
 */
export function narrowThreshold(
  store: RowStore,
  prober: Prober,
  measure: Measure,
  rows: Rows,
  statistics: Statistics,
  choice: Extract<Choice, { kind: 'above' }>,
): Extract<Choice, { kind: 'above' }> {
  const { start, end, order } = rows;
  const column = store.columns[choice.axis.column];
  const middle = placeAbove(column, rows, choice.threshold);
  const reach = (LEAST_WIDENING / (end - start) + WIDENING) * statistics.weight;
  const low = column[order[placeAway(store, rows, middle - 1, -1, reach)]];
  const high = column[order[placeAway(store, rows, middle, 1, reach)]];
  const crosses = choice.isAhead
    ? changeOf(measure, statistics)
    : crossingOf(preferenceOf(store, measure, rows, middle));
  const found = halveLines(prober, rows, choice.axis, [low, high], crosses);
  if (found === undefined) return choice;
  const places = Float64Array.from(found.low, (place, k) => middleOf(place, found.high[k])).sort();
  const threshold = places[places.length >> 1];
  if (!choice.isAhead) {
    const gain = gainAt(store, measure, rows, statistics, placeAbove(column, rows, threshold));
    if (!(gain >= KEPT_GAIN * choice.gain)) return choice;
  }
  for (const [at, target] of [
    [found.low, found.lowTarget],
    [found.high, found.highTarget],
  ]) {
    // prettier-ignore
    prober.appendBorders(rows, found.points.with(choice.axis.features[0], at), target);
  }
  return { ...choice, threshold };
}

/** The first place whose value is above the threshold. */
function placeAbove(column: Float64Array, { order, start, end }: Rows, threshold: number): number {
  let [from, to] = [start, end];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (column[order[middle]] > threshold) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Steps until rows of some weight lie between; rows at borders, which crowd there, weigh next to nothing. */
function placeAway(
  { weights }: RowStore,
  { order, start, end }: Rows,
  place: number,
  step: 1 | -1,
  weight: number,
): number {
  let at = place;
  let passed = weights[order[at]];
  while (passed < weight && at + step >= start && at + step < end) {
    at += step;
    passed += weights[order[at]];
  }
  return at;
}

/** Whether an answer is nearer to what the upper side predicts than to the lower side: by squared distance. */
function preferenceOf(
  store: RowStore,
  measure: Measure,
  { order, start, end }: Rows,
  middle: number,
): (answer: number) => boolean {
  const lower = statisticsOf(store, measure, { order, start, end: middle });
  const upper = statisticsOf(store, measure, { order, start: middle, end });
  if (measure.kind === 'means') {
    return (answer) => (answer - upper.mean) ** 2 < (answer - lower.mean) ** 2;
  }
  const squares = ({ counts, weight }: Statistics): number =>
    counts.reduce((sum, count) => sum + (count / weight) ** 2, 0);
  const [lowerSquares, upperSquares] = [squares(lower), squares(upper)];
  return (answer) =>
    upperSquares - (2 * upper.counts[answer]) / upper.weight <
    lowerSquares - (2 * lower.counts[answer]) / lower.weight;
}

/** The gain of a split of the node's rows in front of a place; 0 where a side would be empty. */
function gainAt(
  store: RowStore,
  measure: Measure,
  { order, start, end }: Rows,
  statistics: Statistics,
  middle: number,
): number {
  if (middle <= start || middle >= end) return 0;
  const lower = statisticsOf(store, measure, { order, start, end: middle });
  const upper = statisticsOf(store, measure, { order, start: middle, end });
  return statistics.impurity - lower.impurity - upper.impurity;
}

/** Tells on a line with certain answers at its ends on which side an answer between lies. */
type Crossing = (first: number, last: number) => ((answer: number) => boolean) | undefined;

/** Lines that go over from what the lower side says to what the upper side says. */
function crossingOf(prefersUpper: (answer: number) => boolean): Crossing {
  return (first, last) => (!prefersUpper(first) && prefersUpper(last) ? prefersUpper : undefined);
}

/** Lines on which anything changes: where a split only gains with those below, either side may say either. */
function changeOf(measure: Measure, { impurity, weight }: Statistics): Crossing {
  const isNumber = measure.kind === 'means';
  const least = isNumber ? Math.sqrt(impurity / weight) : 0;
  return (first, last) => {
    if (!(Math.abs(last - first) > least)) return undefined;
    if (!isNumber) return (answer) => answer !== first;
    return (answer) => Math.abs(answer - last) < Math.abs(answer - first);
  };
}

interface Borders {
  /** Where the lines run: rows whose feature is moved. */
  readonly points: readonly Float64Array[];
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly lowTarget: Float64Array;
  readonly highTarget: Float64Array;
}

/** The lines on which the answer goes over, with two near places around it. */
function halveLines(
  prober: Prober,
  rows: Rows,
  axis: Axis,
  [from, to]: readonly [number, number],
  crosses: Crossing,
): Borders | undefined {
  const [feature] = axis.features;
  const drawn = prober.drawRows(rows, LINES);
  const all = prober.pointsOf(drawn);
  const fill = (value: number): Float64Array => new Float64Array(drawn.length).fill(value);
  const first = prober.ask(all.with(feature, fill(from)));
  const last = first && prober.ask(all.with(feature, fill(to)));
  if (first === undefined || last === undefined) return undefined;
  const crossings = drawn.map((_, k) => crosses(first[k], last[k]));
  const lines = drawn.flatMap((_, k) => (crossings[k] === undefined ? [] : [k]));
  const sides = crossings.filter((isUpper) => isUpper !== undefined);
  if (lines.length < FEWEST) return undefined;
  const pick = (column: Float64Array): Float64Array => Float64Array.from(lines, (k) => column[k]);
  const points = all.map(pick);
  const [low, high] = [pick(fill(from)), pick(fill(to))];
  const [lowTarget, highTarget] = [pick(first), pick(last)];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = low.map((place, k) => middleOf(place, high[k]));
    const answers = prober.ask(points.with(feature, middle));
    if (answers === undefined) break;
    answers.forEach((answer, k) => {
      const isUpper = sides[k](answer);
      (isUpper ? high : low)[k] = middle[k];
      (isUpper ? highTarget : lowTarget)[k] = answer;
    });
  }
  return { points, low, high, lowTarget, highTarget };
}
