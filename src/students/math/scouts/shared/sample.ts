/**
 * What a scout searches on: at most so many rows of the problem, evenly spread, in units in which
 * typical values are near 1. What it finds there is put back into the problem's own units, and fitted
 * again on all rows.
 */
import { createEngine } from '../../engine/engine.js';
import type { Engine } from '../../engine/engine.js';
import type { Formula } from '../../formula.js';
import { countBroken, hasRules, partSettings, withoutRules } from '../../knowledge/rules.js';
import type { Dataset, LossSettings, Problem } from '../../problem.js';
import { foldFormula } from './fold.js';
import { unitOf, withUnits } from './units.js';

export interface Sample {
  readonly problem: Problem;
  readonly engine: Engine;
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  /** Square roots of the weights that least squares uses in place of the loss; their squares sum to 1. */
  readonly roots: Float64Array;
  /**
   * The same for least squares on log |y|: an error of y is one of log |y| divided by y (delta method). 0
   * where y is 0.
   */
  readonly logRoots: Float64Array;
  readonly rows: number;
  /** The formula in the units of the whole problem. */
  readonly restore: (formula: Formula) => Formula;
  /** Whether a formula keeps to what is known of the whole problem, and whether a part of one may. */
  readonly isRight: (formula: Formula) => boolean;
  readonly isPossible: (part: Formula) => boolean;
}

/** A sample of at most `mostRows` rows. */
export function takeSample(problem: Problem, mostRows: number): Sample {
  const { data, settings } = problem;
  const operators = new Set(settings.operators);
  const rows = spreadRows(data.target.length, mostRows);
  const factors = data.columns.map((column) => 1 / unitOf(column));
  const unit = unitOf(data.target);
  const pick = (column: Float64Array, factor: number): Float64Array =>
    Float64Array.from(rows, (row) => column[row] * factor);
  const sampled: Dataset = {
    names: data.names,
    columns: data.columns.map((column, k) => pick(column, factors[k])),
    target: pick(data.target, 1 / unit),
    ...(data.weights === undefined ? {} : { weights: pick(data.weights, 1) }),
  };
  const inner: Problem = {
    data: sampled,
    // Rules are asked of what is restored: scaling puts constants where none stand here.
    settings: { ...withoutRules(settings), loss: lossIn(settings.loss, unit) },
    domains: problem.domains,
  };
  const engine = createEngine(inner);
  const isPlain = unit === 1 && factors.every((factor) => factor === 1);
  const restore = (formula: Formula): Formula =>
    foldFormula(isPlain ? formula : withUnits(formula, factors, unit, operators), operators);
  const isRuled = hasRules(settings);
  const ofParts = partSettings(settings);
  return {
    problem: inner,
    engine,
    columns: sampled.columns,
    target: sampled.target,
    roots: rootWeights(engine, sampled.target, settings.loss),
    logRoots: logRootWeights(engine, sampled.target, settings.loss),
    rows: rows.length,
    restore,
    isRight: (formula) => !isRuled || countBroken(restore(formula), settings) === 0,
    isPossible: (part) => !isRuled || countBroken(restore(part), ofParts) === 0,
  };
}

/** Whether the target never changes, so that there is nothing to search. */
export function isFlat({ target }: Pick<Sample, 'target'>): boolean {
  return target.every((value) => value === target[0]);
}

/** At most `most` of the rows, evenly spread, the first among them. */
export function spreadRows(count: number, most: number): readonly number[] {
  const size = Math.min(count, most);
  return Array.from({ length: size }, (_, k) => Math.floor((k * count) / size));
}

function lossIn(loss: LossSettings, unit: number): LossSettings {
  return loss.kind === 'huber' ? { ...loss, delta: loss.delta / unit } : loss;
}

/**
 * Roots of the rows' weights. Losses that judge relative errors weigh rows by 1/y²: taken relative to the
 * smallest y, so that targets of any size give numbers.
 */
function rootWeights(engine: Engine, target: Float64Array, loss: LossSettings): Float64Array {
  const isRelative = judgesRelatively(loss);
  const sizes = target.map(Math.abs).filter((size) => size > 0);
  const smallest = sizes.reduce((least, size) => Math.min(least, size), Infinity);
  const roots = engine.shares.map((share, i) => {
    if (!isRelative) return Math.sqrt(share);
    return target[i] === 0 ? 0 : Math.sqrt(share) * (smallest / Math.abs(target[i]));
  });
  return normalise(roots);
}

function logRootWeights(engine: Engine, target: Float64Array, loss: LossSettings): Float64Array {
  const isRelative = judgesRelatively(loss);
  return normalise(
    engine.shares.map((share, i) => {
      const size = Math.abs(target[i]);
      return isRelative ? Math.sqrt(share) * Number(size > 0) : Math.sqrt(share) * size;
    }),
  );
}

function judgesRelatively({ kind }: LossSettings): boolean {
  return kind === 'relative' || kind === 'log';
}

function normalise(roots: Float64Array): Float64Array {
  const norm = Math.hypot(...roots);
  return roots.map((root) => (norm > 0 ? root / norm : 1 / Math.sqrt(roots.length)));
}
