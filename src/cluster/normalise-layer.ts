/**
 * Brings the rows of one layer into normal form, by activation:
 * - sign and step: primitive integers and the bias rule where the weights allow, else divided by a
 *   power of two, so that nothing is lost;
 * - all others: as stored, near-equal weights of the whole layer made one.
 */
import type { Activation } from '../ir/network.js';
import type { CellSpace } from './cells.js';
import { isClearOfTies } from './clear-of-ties.js';
import type { Rows } from './gather.js';
import { LEVEL_GAP, levelMeans, linkFewLevels, linkLevels } from './levels.js';
import { constantBias, snapBias } from './normalise-bias.js';
import { integerRow, residueBound } from './normalise-rows.js';

export interface NormalRows extends Omit<Rows, 'sizes' | 'biasSizes'> {
  /** Largest |normalised weight − value| snapped away, for each row. */
  readonly spread: Float64Array;
  /** |z| at or below this is 0, in normalised scale; 0 for exact rows. */
  readonly tieBound: Float64Array;
  /** Σ|stored − told weight|·max|x| + |change of the bias| of each row that is no sign or step. */
  readonly snapError: Float64Array;
  /** Sums of weights within this of each other, relative to the largest, count as equal. */
  readonly tolerance: number;
  readonly statistics: LayerStatistics;
}

/** What normalisation did to a layer, for the record of changes. */
export interface LayerStatistics {
  rescaled: number;
  minFactor: number;
  maxFactor: number;
  snapped: number;
  maxRelativeChange: number;
  residue: number;
  maxRelativeSize: number;
}

/** A sum this small beside the sum of its parts' sizes is what noise leaves of a cancellation. */
const CANCELLED = 1e-7;

/** A bias this small beside the largest part of its row may be noise, as published files have it. */
const NOISE = 1e-8;

/** Parts of a sum above this share of the largest are no residue, however small their weights. */
const SMALL_PART = 1e-5;

interface Work {
  readonly rows: Rows;
  readonly next: { value: number };
  readonly out: {
    rowStart: Uint32Array;
    cells: Uint32Array;
    values: Float64Array;
    bias: Float64Array;
    spread: Float64Array;
    tieBound: Float64Array;
    snapError: Float64Array;
  };
  readonly magnitude: Float64Array;
  readonly statistics: LayerStatistics;
}

/**
 * The normal form of `rows`; `tieBounds` are those of the stored neurons (see ties.ts). With `isExact`
 * real weights stay as they are, to the last bit; with `dropsResidue` those go that noise may have left where a
 * row reads nothing.
 */
export function normaliseRows(
  rows: Rows,
  activation: Activation,
  space: CellSpace,
  tieBounds: Float64Array,
  isExact: boolean,
  dropsResidue: boolean,
): NormalRows {
  const count = rows.neurons.length;
  const work: Work = {
    rows,
    next: { value: 0 },
    out: {
      rowStart: new Uint32Array(count + 1),
      cells: new Uint32Array(rows.cells.length),
      values: new Float64Array(rows.cells.length),
      bias: rows.bias.slice(),
      spread: new Float64Array(count),
      tieBound: new Float64Array(count),
      snapError: new Float64Array(count),
    },
    magnitude: space.magnitude,
    statistics: {
      rescaled: 0,
      minFactor: Infinity,
      maxFactor: 0,
      snapped: 0,
      maxRelativeChange: 0,
      residue: 0,
      maxRelativeSize: 0,
    },
  };
  const discrete = activation.kind === 'sign' || activation.kind === 'step';
  for (let row = 0; row < count; row++) {
    const from = rows.rowStart[row];
    const to = rows.rowStart[row + 1];
    const snapped =
      discrete && to > from
        ? snapDiscrete(work, row, activation.kind, space, tieBounds[rows.neurons[row]])
        : false;
    if (!snapped) {
      const bound = discrete ? tieBounds[rows.neurons[row]] : 0;
      copyRow(work, row, bound);
      if (bound > 0 && isClear(rows, row, space, bound)) work.out.tieBound[row] = 0;
    }
    work.out.rowStart[row + 1] = work.next.value;
  }
  if (!discrete && !isExact) snapLayer(work, dropsResidue);
  const end = work.next.value;
  return {
    neurons: rows.neurons,
    ...work.out,
    cells: work.out.cells.subarray(0, end),
    values: work.out.values.subarray(0, end),
    tolerance: discrete || isExact ? 0 : REAL_TOLERANCE,
    statistics: work.statistics,
  };
}

function snapDiscrete(
  work: Work,
  row: number,
  activation: 'sign' | 'step',
  space: CellSpace,
  tieBound: number,
): boolean {
  const { rows, out, statistics } = work;
  const from = rows.rowStart[row];
  const to = rows.rowStart[row + 1];
  const weights = rows.values.subarray(from, to);
  const cells = rows.cells.subarray(from, to);
  const magnitudes = new Float64Array(cells.length);
  let unit = 1;
  for (let k = 0; k < cells.length; k++) {
    magnitudes[k] = space.magnitude[cells[k]];
    unit = Math.min(unit, space.unit[cells[k]]);
  }
  const stored = { weights, magnitudes, bias: rows.bias[row], tieBound, unit, activation };
  // Integers carry no noise: a small one beside a large one is meant.
  const kept = weights.every((weight) => Number.isSafeInteger(weight))
    ? weights
    : dropResidue(weights, rows.sizes.subarray(from, to), residueBound(weights));
  if (unit > 0 && isZero(kept)) {
    const constant = constantBias(stored);
    if (constant === undefined) return false;
    statistics.residue += weights.length;
    out.bias[row] = constant;
    return true;
  }
  const integers = integerRow(kept);
  if (integers === undefined) return false;
  const snapped = snapBias({ ...stored, integers });
  if (snapped === undefined) return false;
  let spread = 0;
  let largest = 0;
  for (let k = 0; k < weights.length; k++) largest = Math.max(largest, Math.abs(weights[k]));
  for (let k = 0; k < weights.length; k++) {
    const change = Math.abs(weights[k] / snapped.scale - integers[k]);
    if (integers[k] === 0) {
      statistics.residue++;
      const size = Math.abs(weights[k]) / largest;
      statistics.maxRelativeSize = Math.max(statistics.maxRelativeSize, size);
      continue;
    }
    if (change > 0) {
      statistics.snapped++;
      const relative = change / Math.abs(integers[k]);
      statistics.maxRelativeChange = Math.max(statistics.maxRelativeChange, relative);
      spread = Math.max(spread, change);
    }
    out.cells[work.next.value] = cells[k];
    out.values[work.next.value++] = integers[k];
  }
  out.bias[row] = snapped.bias;
  out.spread[row] = spread;
  out.tieBound[row] = snapped.tieBound;
  countFactor(statistics, 1 / snapped.scale);
  return true;
}

function isZero(weights: Float64Array): boolean {
  for (let k = 0; k < weights.length; k++) if (weights[k] !== 0) return false;
  return true;
}

/** The weights, residue and cancelled sums set to 0. */
function dropResidue(weights: Float64Array, sizes: Float64Array, bound: number): Float64Array {
  const kept = weights.slice();
  for (let k = 0; k < kept.length; k++) {
    const size = Math.abs(kept[k]);
    if (size <= bound || size <= CANCELLED * sizes[k]) kept[k] = 0;
  }
  return kept;
}

function countFactor(statistics: LayerStatistics, factor: number): void {
  if (factor === 1) return;
  statistics.rescaled++;
  statistics.minFactor = Math.min(statistics.minFactor, factor);
  statistics.maxFactor = Math.max(statistics.maxFactor, factor);
}

/** Whether no state of the row's cells is a tie. */
function isClear(rows: Rows, row: number, space: CellSpace, bound: number): boolean {
  const from = rows.rowStart[row];
  const to = rows.rowStart[row + 1];
  const ranges = Array.from(rows.cells.subarray(from, to), (cell) => ({
    low: space.least[cell],
    high: space.magnitude[cell],
    unit: space.unit[cell],
  }));
  return isClearOfTies(rows.values.subarray(from, to), ranges, rows.bias[row], bound);
}

/** The row as stored; sign and step rows divided by a power of two, which loses nothing. */
function copyRow(work: Work, row: number, tieBound: number): void {
  const { rows, out, statistics } = work;
  const from = rows.rowStart[row];
  const to = rows.rowStart[row + 1];
  let largest = 0;
  for (let k = from; k < to; k++) largest = Math.max(largest, Math.abs(rows.values[k]));
  const discrete = tieBound > 0;
  const factor = discrete && largest > 0 ? 2 ** -Math.floor(Math.log2(largest)) : 1;
  countFactor(statistics, factor);
  for (let k = from; k < to; k++) {
    out.cells[work.next.value] = rows.cells[k];
    out.values[work.next.value++] = rows.values[k] * factor;
  }
  out.bias[row] = rows.bias[row] * factor;
  out.tieBound[row] = tieBound * factor;
}

/**
 * Makes near-equal weights, and near-equal biases, of the whole layer one; drops cancelled sums, and what noise
 * leaves where a row reads nothing. A layer whose weights are mostly apart was trained, not written down: it stays as it is.
 */
function snapLayer(work: Work, dropsResidue: boolean): void {
  const { out, statistics, rows, magnitude } = work;
  if (rows.cells.some((cell) => magnitude[cell] === Infinity)) return;
  dropNoise(work, dropsResidue);
  const end = work.next.value;
  const values = out.values.subarray(0, end);
  const magnitudes = values.map(Math.abs);
  const levels = linkFewLevels(magnitudes, 1 + end * MAX_LEVEL_SHARE);
  if (levels === undefined) return;
  const levelOf = levels.assign();
  const told = levelMeans(magnitudes, levelOf, levels.representative.length);
  for (let row = 0; row < rows.neurons.length; row++) {
    for (let k = out.rowStart[row]; k < out.rowStart[row + 1]; k++) {
      const value = told[levelOf[k]] * Math.sign(values[k]);
      const change = Math.abs(values[k] - value);
      if (change === 0) continue;
      statistics.snapped++;
      const relative = change / Math.abs(value);
      statistics.maxRelativeChange = Math.max(statistics.maxRelativeChange, relative);
      out.spread[row] = Math.max(out.spread[row], change);
      out.snapError[row] += change * magnitude[out.cells[k]];
      values[k] = value;
    }
  }
  const sizes = out.bias.map(Math.abs);
  const biasLevels = linkLevels(sizes);
  const biasLevelOf = biasLevels.assign();
  const biases = levelMeans(sizes, biasLevelOf, biasLevels.representative.length);
  for (let row = 0; row < out.bias.length; row++) {
    const bias = biases[biasLevelOf[row]] * Math.sign(out.bias[row]);
    out.snapError[row] += Math.abs(bias - out.bias[row]);
    out.bias[row] = bias;
  }
}

function dropNoise({ out, statistics, rows, next, magnitude }: Work, dropsResidue: boolean): void {
  const partOf = (k: number): number => Math.abs(out.values[k]) * magnitude[out.cells[k]];
  let end = 0;
  let from = 0;
  for (let row = 0; row < rows.neurons.length; row++) {
    const to = out.rowStart[row + 1];
    const least = dropsResidue ? residueBound(out.values.subarray(from, to)) : 0;
    let largest = 0;
    for (let k = from; k < to; k++) largest = Math.max(largest, partOf(k));
    for (let k = from; k < to; k++) {
      const size = Math.abs(out.values[k]);
      const isCancelled = size <= CANCELLED * rows.sizes[k];
      // What the weight can amount to has to be small as well.
      if (isCancelled || (size <= least && partOf(k) <= SMALL_PART * largest)) {
        const share = isCancelled ? size / rows.sizes[k] : partOf(k) / largest;
        statistics.residue++;
        statistics.maxRelativeSize = Math.max(statistics.maxRelativeSize, share);
        out.snapError[row] += Math.abs(out.values[k]) * magnitude[out.cells[k]];
        continue;
      }
      out.cells[end] = out.cells[k];
      out.values[end++] = out.values[k];
    }
    from = to;
    out.rowStart[row + 1] = end;
    const size = Math.abs(out.bias[row]);
    const isResidue = dropsResidue && size <= NOISE * largest;
    if (size > 0 && (size <= CANCELLED * rows.biasSizes[row] || isResidue)) {
      out.snapError[row] += Math.abs(out.bias[row]);
      out.bias[row] = 0;
    }
  }
  next.value = end;
}

/** Share of distinct weights above which equal ones are an accident of training. */
const MAX_LEVEL_SHARE = 0.5;

/** Relative size below which sums of real weights count as equal: that of one weight level. */
const REAL_TOLERANCE = LEVEL_GAP;
