/**
 * How many bits it takes to say the data with a formula: the formula itself, its constants, and what is
 * left of the target (Rissanen's minimum description length, two-part code). It chooses between formulas
 * and decides whether a constant may be replaced by a nice one.
 */
import { constantsOf, variablesOf } from './formula.js';
import type { Formula } from './formula.js';
import { bitsOfNiceNumber } from './fit/nice-numbers.js';
import type { LossSettings } from './problem.js';

export interface DataSize {
  /** Rows that say something of their own. Errors of a network are smooth, so its rows are no more than a few. */
  readonly effectiveRows: number;
  /** Number of symbols that a node may be: operators, variables, constant. */
  readonly symbols: number;
  /** The loss of the best constant: what formulas start from. */
  readonly scale: number;
  /** Loss at and below which nothing is left but rounding. */
  readonly floor: number;
  /** Loss by which the rows themselves may be off: up to it formulas are about equally good; absent: not known. */
  readonly tolerance?: number;
  readonly loss: LossSettings['kind'];
  /** How often a formula does what costs without being refused (wrong dimensions); absent: never. */
  readonly penaltiesOf?: (formula: Formula) => number;
}

/** A penalty costs as much as this many symbols: more than a constant that would put it right. */
const SYMBOLS_OF_PENALTY = 10;

/** Losses that are squares: the likelihood of normal noise takes their root. */
const SQUARES: ReadonlySet<LossSettings['kind']> = new Set([
  'mse', 'relative', 'log', 'custom', 'huber', 'direction',
]); // prettier-ignore

/** Bits that say how large a constant is, before its digits. */
const BITS_OF_MAGNITUDE = 4;

/**
 * Bits of a free constant: as many as the data determine. That grows with the rows, and with how closely
 * the formula follows them: constants that bring eight rows to the last digit are told to the last digit.
 */
function bitsOfFreeConstant(loss: number, size: DataSize): number {
  const digits = bitsPerRow(size.scale, size) - bitsPerRow(loss, size);
  return BITS_OF_MAGNITUDE + 0.5 * Math.log2(size.effectiveRows) + Math.max(0, digits);
}

/** A power of a variable to a variable is told as what it stands for, exp(exponent · log base). */
const SYMBOLS_OF_VARIABLE_POWER = 3;

function symbolsOf(formula: Formula): number {
  if (formula.kind !== 'call') return 1;
  const { operator, arguments: parts } = formula;
  const isVariablePower = operator === 'pow' && parts.every((part) => variablesOf(part).length > 0);
  return parts.reduce(
    (sum, part) => sum + symbolsOf(part),
    isVariablePower ? SYMBOLS_OF_VARIABLE_POWER : 1,
  );
}

/** Bits of a formula of that loss, and of its constants. */
export function bitsOfFormula(formula: Formula, loss: number, size: DataSize): number {
  const penalties = SYMBOLS_OF_PENALTY * (size.penaltiesOf?.(formula) ?? 0);
  const nodes = (symbolsOf(formula) + penalties) * Math.log2(size.symbols);
  const free = bitsOfFreeConstant(loss, size);
  return constantsOf(formula).reduce(
    (sum, value) => sum + Math.min(free, bitsOfNiceNumber(value) ?? free),
    nodes,
  );
}

function bitsPerRow(loss: number, size: DataSize): number {
  // What the rows are off themselves is added: below that a smaller loss says less and less.
  const left = Math.max(loss, size.floor) + (size.tolerance ?? 0);
  return Math.log2(left) * (SQUARES.has(size.loss) ? 0.5 : 1);
}

/** Bits of the residuals, up to a constant that is the same for all formulas over the data. */
export function bitsOfLoss(loss: number, size: DataSize): number {
  return size.effectiveRows * bitsPerRow(loss, size);
}

export function descriptionLength(formula: Formula, loss: number, size: DataSize): number {
  return bitsOfFormula(formula, loss, size) + bitsOfLoss(loss, size);
}
