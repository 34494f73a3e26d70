/**
 * Formula → text, `2.5 * x^2 + cos(x)`, with no parentheses that the reader does not need. As people
 * read it, a sum with a negative part is a difference and 1/3 is a fraction; the text then computes the
 * same numbers as the formula (apart from `pow(x, 2)`, told as `x^2` and read as a square). The exact
 * text is less pretty, and the parser makes the very same tree of it.
 */
import { call, constant } from '../formula.js';
import type { Call, Formula } from '../formula.js';
import { INFIX, LEVELS, nameText } from './notation.js';
import { numberPiece } from './number-text.js';
import type { Piece } from './number-text.js';

export interface PrintOptions {
  /** Significant digits of constants; absent: as many as they have. */
  readonly digits?: number;
  /** Whether the parser must give back this very tree; overrides `digits`. */
  readonly exact?: boolean;
}

interface Printing {
  readonly names: readonly string[];
  readonly digits: number | undefined;
  readonly isExact: boolean;
}

/** The text of a formula over variables of these names. */
export function printFormula(
  formula: Formula,
  names: readonly string[],
  { digits, exact = false }: PrintOptions = {},
): string {
  return pieceOf(formula, { names, digits, isExact: exact }).text;
}

function pieceOf(formula: Formula, printing: Printing): Piece {
  if (!printing.isExact) {
    const opposite = withoutMinus(formula);
    if (opposite !== undefined) return minusPiece(opposite, printing);
  }
  if (formula.kind === 'variable') {
    return { text: nameText(printing.names[formula.index]), level: LEVELS.atom };
  }
  return formula.kind === 'constant'
    ? constantPiece(formula.value, printing)
    : callPiece(formula, printing);
}

function constantPiece(value: number, { names, digits, isExact }: Printing): Piece {
  if (!isExact) return numberPiece(value, digits, (name) => names.includes(name));
  return isNegative(value)
    ? { text: `-${-value}`, level: LEVELS.unary }
    : { text: String(value), level: LEVELS.atom };
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** The opposite of a formula that a minus sign can be taken off; 1 is then dropped as a factor. */
function withoutMinus(formula: Formula): Formula | undefined {
  if (formula.kind === 'variable') return undefined;
  if (formula.kind === 'constant') {
    return isNegative(formula.value) ? constant(-formula.value) : undefined;
  }
  const { operator, arguments: parts } = formula;
  if (operator === 'neg') return parts[0];
  if (operator !== '*' && operator !== '/') return undefined;
  const first = withoutMinus(parts[0]);
  if (first === undefined) return undefined;
  const isOne = operator === '*' && first.kind === 'constant' && first.value === 1;
  return isOne ? parts[1] : call(operator, first, parts[1]);
}

function minusPiece(opposite: Formula, printing: Printing): Piece {
  const twice = withoutMinus(opposite);
  if (twice !== undefined) return pieceOf(twice, printing);
  const { text, level } = pieceOf(opposite, printing);
  if (level < LEVELS.product) return { text: `-(${text})`, level: LEVELS.unary };
  return { text: `-${text}`, level: Math.min(level, LEVELS.unary) };
}

function callPiece(formula: Call, printing: Printing): Piece {
  const { operator, arguments: parts } = formula;
  const { isExact } = printing;
  const within = (part: Formula, level: number): string => textWithin(part, level, printing);
  if (operator === '+' || operator === '-') return sumPiece(formula, printing);
  const level = INFIX.get(operator);
  if (level !== undefined) {
    const space = isFraction(formula) && !isExact ? '' : ' ';
    const sign = `${space}${operator}${space}`;
    return { text: `${within(parts[0], level)}${sign}${within(parts[1], level + 1)}`, level };
  }
  if (operator === 'neg') {
    // A minus before a bare number would make another number of it.
    const isNumber = parts[0].kind === 'constant';
    const text = within(parts[0], LEVELS.unary);
    return { text: isNumber ? `-(${text})` : `-${text}`, level: LEVELS.unary };
  }
  if (operator === 'square') return { text: `${within(parts[0], LEVELS.atom)}^2`, level: LEVELS.power };
  if (operator === 'cube') return { text: `${within(parts[0], LEVELS.atom)}^3`, level: LEVELS.power };
  if (operator === 'pow' && !(isExact && isSquareOrCube(parts[1]))) {
    const text = `${within(parts[0], LEVELS.atom)}^${within(parts[1], LEVELS.unary)}`;
    return { text, level: LEVELS.power };
  }
  if (operator === 'cond' && !isExact) return conditionalPiece(formula, printing);
  const texts = parts.map((part) => within(part, LEVELS.conditional));
  return { text: `${operator}(${texts.join(', ')})`, level: LEVELS.atom };
} // prettier-ignore

function sumPiece({ operator, arguments: [left, right] }: Call, printing: Printing): Piece {
  const opposite = printing.isExact ? undefined : withoutMinus(right);
  const isMinus = (operator === '-') === (opposite === undefined);
  const leftText = textWithin(left, LEVELS.sum, printing);
  const rightText = textWithin(opposite ?? right, LEVELS.sum + 1, printing);
  return { text: `${leftText} ${isMinus ? '-' : '+'} ${rightText}`, level: LEVELS.sum };
}

function conditionalPiece({ arguments: [test, yes, no] }: Call, printing: Printing): Piece {
  const isComparison = test.kind === 'call' && (INFIX.get(test.operator) ?? Infinity) <= LEVELS.comparison; // prettier-ignore
  const decided = isComparison ? test : call('>', test, constant(0));
  const texts = [
    textWithin(decided, LEVELS.equality, printing),
    textWithin(yes, LEVELS.conditional, printing),
    textWithin(no, LEVELS.conditional, printing),
  ];
  return { text: `${texts[0]} ? ${texts[1]} : ${texts[2]}`, level: LEVELS.conditional };
}

function textWithin(formula: Formula, level: number, printing: Printing): string {
  const piece = pieceOf(formula, printing);
  return piece.level < level ? `(${piece.text})` : piece.text;
}

function isFraction({ operator, arguments: parts }: Call): boolean {
  return (
    operator === '/' &&
    parts.every((part) => part.kind === 'constant' && Number.isInteger(part.value))
  );
}

/** Whether `^` with this exponent is read as `square` or `cube`. */
function isSquareOrCube(exponent: Formula): boolean {
  return exponent.kind === 'constant' && (exponent.value === 2 || exponent.value === 3);
}
