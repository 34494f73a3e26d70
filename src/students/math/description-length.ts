/**
 * How many bits it takes to say the data with a formula: the formula itself, its constants, and what is
 * left of the target (Rissanen's minimum description length, two-part code). It chooses between formulas
 * and decides whether a constant may be replaced by a nice one.
 */
import { constantsOf, sizeOfFormula } from './formula.js';
import type { Formula } from './formula.js';
import { bitsOfNiceNumber } from './fit/nice-numbers.js';
import type { LossSettings } from './problem.js';

export interface DataSize {
  /** Rows that say something of their own. Errors of a network are smooth, so its rows are no more than a few. */
  readonly effectiveRows: number;
  /** Number of symbols that a node may be: operators, variables, constant. */
  readonly symbols: number;
  /** Loss at and below which nothing is left but rounding. */
  readonly floor: number;
  readonly loss: LossSettings['kind'];
}

/** Losses that are squares: the likelihood of normal noise takes their root. */
const SQUARES: ReadonlySet<LossSettings['kind']> = new Set([
  'mse', 'relative', 'log', 'custom', 'huber',
]); // prettier-ignore

/** Bits of a constant that is known as well as so many rows determine it, and of its magnitude. */
function bitsOfFreeConstant(effectiveRows: number): number {
  return BITS_OF_MAGNITUDE + 0.5 * Math.log2(effectiveRows);
}
const BITS_OF_MAGNITUDE = 10;

/** Bits of a formula and its constants. */
export function bitsOfFormula(formula: Formula, size: DataSize): number {
  const nodes = sizeOfFormula(formula) * Math.log2(size.symbols);
  const free = bitsOfFreeConstant(size.effectiveRows);
  return constantsOf(formula).reduce(
    (sum, value) => sum + Math.min(free, bitsOfNiceNumber(value) ?? free),
    nodes,
  );
}

/** Bits of the residuals, up to a constant that is the same for all formulas over the data. */
export function bitsOfLoss(loss: number, size: DataSize): number {
  const perRow = Math.log2(Math.max(loss, size.floor)) * (SQUARES.has(size.loss) ? 0.5 : 1);
  return size.effectiveRows * perRow;
}

export function descriptionLength(formula: Formula, loss: number, size: DataSize): number {
  return bitsOfFormula(formula, size) + bitsOfLoss(loss, size);
}
