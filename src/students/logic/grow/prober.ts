/**
 * Asks the network for more rows while a tree grows (TREPAN; Craven and Shavlik 1996): points all over the
 * box of a node that has few, and points at borders, where halving a segment between rows of two classes
 * leads.
 *
 * Points all over the box say how often something happens: they share the weight of the node with the rows
 * that it has. Points at borders say where: they weigh next to nothing, but no threshold may pass them.
 */
import { createRandom } from '../../../numeric/random.js';
import type { Random } from '../../../numeric/random.js';
import { askFinite } from '../../ask.js';
import { joinPoints } from '../../probes/box.js';
import type { LogicProblem } from '../problem.js';
import { drawInRegion } from './region.js';
import type { Region } from './region.js';
import type { RowStore } from './row-store.js';
import type { Rows } from './statistics.js';

/** Weight of a row at a border, in mean weights of the node's rows. */
const BORDER_WEIGHT = 2 ** -10;

/** Segments that are halved in a node, for each row it should have. */
const SEGMENTS_PER_PROBE = 1 / 32;

/** The two points that are left of a segment are 2^−14 of it apart. */
const HALVINGS = 14;

/** A node of one class is taken for pure from this share of the rows on that it would need to be split. */
const PURE_SHARE = 1 / 8;

/** Pairs of rows drawn for each segment wanted: most are of one class. */
const PAIRS_PER_SEGMENT = 8;

export class Prober {
  /** Points asked for so far. */
  asked = 0;
  private readonly random: Random;

  constructor(
    private readonly problem: LogicProblem,
    private readonly store: RowStore,
  ) {
    this.random = createRandom(problem.settings.seed);
  }

  /** Whether the network can be asked at all. */
  get isOn(): boolean {
    return this.problem.ask !== undefined && this.problem.settings.minProbes > 0;
  }

  /** The answers, or `undefined` where the budget does not reach. */
  ask(columns: readonly Float64Array[]): Float64Array | undefined {
    const { ask, settings, data, shouldStop } = this.problem;
    const count = columns[0].length;
    if (ask === undefined || count === 0 || this.asked + count > settings.mostAsked)
      return undefined;
    if (shouldStop?.() === true) return undefined;
    this.asked += count;
    return askFinite(ask, data.names, columns).target;
  }

  /**
   * Fills a node up with rows from its box. They stand behind all others in the store.
   *
   * @param rows those that the node has.
   */
  fill(rows: Rows, region: Region, isPure: boolean): void {
    const { minProbes } = this.problem.settings;
    const wanted = Math.ceil(isPure ? minProbes * PURE_SHARE : minProbes);
    const missing = wanted - (rows.end - rows.start);
    if (missing <= 0) return;
    const columns = drawInRegion(region, missing, this.random);
    const target = this.ask(columns);
    if (target === undefined) return;
    this.store.append(columns, target, this.shareWeight(rows, missing));
    if (!isPure && this.problem.classes > 0) this.fillBorders(rows);
  }

  /** Rows at borders, with next to no weight. */
  appendBorders(rows: Rows, columns: readonly Float64Array[], target: Float64Array): void {
    this.store.append(columns, target, BORDER_WEIGHT * this.meanWeight(rows));
  }

  /** The features of some rows, as columns. */
  pointsOf(order: readonly number[]): readonly Float64Array[] {
    return this.problem.domains.map((_, k) =>
      Float64Array.from(order, (row) => this.store.columns[k][row]),
    );
  }

  /** Rows of a node, drawn with replacement. */
  drawRows({ order, start, end }: Rows, count: number): readonly number[] {
    return Array.from({ length: count }, () => order[start + this.random.below(end - start)]);
  }

  /** Halves segments between rows of different classes, all at once; their ends become rows. */
  private fillBorders(rows: Rows): void {
    const { target } = this.store;
    const wanted = Math.ceil(this.problem.settings.minProbes * SEGMENTS_PER_PROBE);
    const first = this.drawRows(rows, wanted * PAIRS_PER_SEGMENT);
    const second = this.drawRows(rows, wanted * PAIRS_PER_SEGMENT);
    const pairs = first.flatMap((row, k) =>
      target[row] === target[second[k]] ? [] : [[row, second[k]] as const],
    );
    const segments = pairs.slice(0, wanted);
    if (segments.length === 0) return;
    const from = segments.map(([row]) => row);
    let low = this.pointsOf(from);
    let high = this.pointsOf(segments.map(([, row]) => row));
    const turns = Float64Array.from(segments, () => this.random.unit());
    const lowTarget = Float64Array.from(from, (row) => target[row]);
    const highTarget = Float64Array.from(segments, ([, row]) => target[row]);
    for (let step = 0; step < HALVINGS; step++) {
      const middle = this.middlesOf(low, high, turns);
      const answers = this.ask(middle);
      if (answers === undefined) break;
      const isLow = Array.from(answers, (answer, k) => answer === lowTarget[k]);
      const [lowBefore, highBefore] = [low, high];
      low = middle.map((column, f) => column.map((x, k) => (isLow[k] ? x : lowBefore[f][k])));
      high = middle.map((column, f) => column.map((x, k) => (isLow[k] ? highBefore[f][k] : x)));
      answers.forEach((answer, k) => {
        if (!isLow[k]) highTarget[k] = answer;
      });
    }
    const both = Float64Array.of(...lowTarget, ...highTarget);
    this.appendBorders(rows, joinPoints([low, high]), both);
  }

  /** Halfway between points; what has no middle (values, categories) changes over all at once, at random. */
  private middlesOf(
    low: readonly Float64Array[],
    high: readonly Float64Array[],
    turns: Float64Array,
  ): readonly Float64Array[] {
    const { domains, oneHot = [] } = this.problem;
    const grouped = new Set(oneHot.flatMap(({ features }) => features));
    const takesLow = turns.map((turn) => (turn < this.random.unit() ? 1 : 0));
    return domains.map((domain, f) =>
      low[f].map((value, k) => {
        if (domain.kind !== 'values' && !grouped.has(f)) return value / 2 + high[f][k] / 2;
        return takesLow[k] === 1 ? value : high[f][k];
      }),
    );
  }

  /** Makes room in the weight of a node for rows of the same standing, and says what each of them weighs. */
  private shareWeight(rows: Rows, added: number): number {
    const { order, start, end } = rows;
    const mean = this.meanWeight(rows);
    const share = (end - start) / (end - start + added);
    for (let at = start; at < end; at++) this.store.weights[order[at]] *= share;
    return mean * share;
  }

  private meanWeight({ order, start, end }: Rows): number {
    let sum = 0;
    for (let at = start; at < end; at++) sum += this.store.weights[order[at]];
    return sum / (end - start);
  }
}
