/**
 * A formula as short as algebra makes it, for reading: from the leaves up, each part is told in every form
 * known and the least complex is kept. What was given is one of the forms, so that nothing gets more
 * complex. Values are kept wherever there is one, apart from rounding; that no rounding hurts on the data
 * is for the caller to see.
 */
import { createRandom } from '../../../numeric/random.js';
import { constantsOf, keyOfFormula, sizeOfFormula, variablesOf } from '../formula.js';
import type { Call, Formula } from '../formula.js';
import { createAlgebra } from './algebra.js';
import { formsOfSum } from './forms.js';
import { normalFormOf } from './normal-form.js';
import { evaluateRounded } from './rounding.js';
import type { Writer } from './to-formula.js';

export interface SimplifyOptions {
  /** Operators that the result may use beside those of the formula; absent: all. */
  readonly operators?: readonly string[];
  /** Smallest and largest value of each variable, where known. */
  readonly ranges?: readonly (readonly [number, number])[];
  /** Whether a form is good enough, on the data for instance; asked of whole formulas only. */
  readonly accepts?: (formula: Formula) => boolean;
}

/** Numbers that differ by less are the same: what rounding leaves of a cancellation. */
const TOLERANCE = 1e-13;

/** Products of terms multiplied out for one part. */
const BUDGET = 400;

/** Larger formulas are returned as they are. */
const LARGEST = 400;

/** Rounds over the whole formula; a further one hardly ever finds anything. */
const MOST_ROUNDS = 3;

/** Points at which every form is compared with what it replaces. */
const GUARD_POINTS = 12;

/** Forms may part by this, relatively, and by so many times what rounding does to either. */
const GUARD_ERROR = 1e-10;
const ROUNDING_FACTOR = 8;

interface Simplifying {
  readonly complexityOf: (formula: Formula) => number;
  readonly isAllowed: (operator: string) => boolean;
  readonly points: readonly (readonly number[])[];
  readonly ranges: SimplifyOptions['ranges'];
  /** Parts simplified before, by their keys. */
  readonly done: Map<string, Formula>;
}

/**
 * The least complex form found. `complexityOf` must not grow when a part is replaced by a less complex
 * one. The result is at most as complex as the formula, and has a value wherever the formula has one.
 */
export function simplifyFormula(
  formula: Formula,
  complexityOf: (formula: Formula) => number,
  { operators, ranges, accepts = () => true }: SimplifyOptions = {},
): Formula {
  if (sizeOfFormula(formula) > LARGEST) return formula;
  const used = operatorsOf(formula);
  const simplifying = {
    complexityOf,
    isAllowed: (name: string) => operators?.includes(name) ?? true,
    points: guardPoints(Math.max(-1, ...variablesOf(formula)) + 1, ranges),
    ranges,
    done: new Map<string, Formula>(),
  };
  const isAllowed = (name: string): boolean => simplifying.isAllowed(name) || used.has(name);
  const result = simplifyAgain(formula, { ...simplifying, isAllowed });
  return accepts(result) ? result : formula;
}

function simplifyAgain(formula: Formula, simplifying: Simplifying): Formula {
  let current = formula;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = simplifyPart(current, simplifying);
    const isShorter = isLower(rankOf(next, simplifying), rankOf(current, simplifying));
    current = next;
    if (!isShorter) break;
  }
  return current;
}

function simplifyPart(formula: Formula, simplifying: Simplifying): Formula {
  if (formula.kind !== 'call') return formula;
  const key = keyOfFormula(formula);
  const known = simplifying.done.get(key);
  if (known !== undefined) return known;
  const result = simplifyCall(formula, simplifying);
  simplifying.done.set(key, result);
  return result;
}

function simplifyCall(formula: Call, simplifying: Simplifying): Formula {
  const parts = formula.arguments.map((part) => simplifyPart(part, simplifying));
  const given: Formula = { ...formula, arguments: parts };
  // A function of a variable is told in one way only.
  if (parts.length === 1 && parts[0].kind === 'variable') return given;
  // What is equally good is told the usual way round.
  const forms = [...formsOf(given, BUDGET, simplifying), ...formsOf(given, 0, simplifying)];
  let best: Formula | undefined;
  let bestRank = rankOf(given, simplifying);
  for (const form of forms) {
    const rank = rankOf(form, simplifying);
    const isBetter = isLower(rank, bestRank) || (best === undefined && !isLower(bestRank, rank));
    if (!isBetter || !isFaithful(form, given, simplifying)) continue;
    best = form;
    bestRank = rank;
  }
  return best ?? given;
}

/** The forms that algebra finds, with brackets multiplied out (a budget) or left closed (none). */
function formsOf(
  formula: Formula,
  budget: number,
  { complexityOf, isAllowed, ranges }: Simplifying,
): readonly Formula[] {
  const algebra = createAlgebra({
    tolerance: TOLERANCE,
    isCanonical: false,
    joinsPowers: isAllowed('pow'),
    budget,
    ...(ranges === undefined ? {} : { ranges }),
  });
  const sum = normalFormOf(algebra, formula);
  if (sum === undefined) return [];
  const writer: Writer = { algebra, complexityOf, isAllowed };
  return formsOfSum(writer, sum);
}

/** Complexity, then how often variables are named, then how much there is to read in its numbers. */
function rankOf(formula: Formula, { complexityOf }: Simplifying): readonly number[] {
  const digits = constantsOf(formula).map((value) => String(Math.abs(value)).length);
  return [
    complexityOf(formula),
    countVariables(formula),
    digits.reduce((sum, length) => sum + length, countRaised(formula)),
  ];
}

/** How many squares and cubes there are: each is a digit to read, so that x^4 is simpler than (x^2)^2. */
function countRaised(formula: Formula): number {
  if (formula.kind !== 'call') return 0;
  const own = Number(formula.operator === 'square' || formula.operator === 'cube');
  return formula.arguments.reduce((sum, part) => sum + countRaised(part), own);
}

function countVariables(formula: Formula): number {
  if (formula.kind !== 'call') return Number(formula.kind === 'variable');
  return formula.arguments.reduce((sum, part) => sum + countVariables(part), 0);
}

/** By the first place in which the two differ. */
function isLower(a: readonly number[], b: readonly number[]): boolean {
  const place = a.findIndex((value, at) => value !== b[at]);
  return place >= 0 && a[place] < b[place];
}

/** Whether a form uses allowed operators only and has the value of what it replaces. */
function isFaithful(form: Formula, given: Formula, { isAllowed, points }: Simplifying): boolean {
  if (![...operatorsOf(form)].every(isAllowed)) return false;
  if (!constantsOf(form).every(Number.isFinite)) return false;
  return points.every((point) => {
    const before = evaluateRounded(given, point);
    if (!Number.isFinite(before.value)) return true;
    const after = evaluateRounded(form, point);
    // Next to an infinite part nothing is known of the rounding.
    const error = before.error + after.error;
    const rounding = Number.isFinite(error) ? ROUNDING_FACTOR * error : 0;
    return Math.abs(after.value - before.value) <= GUARD_ERROR * Math.abs(before.value) + rounding;
  });
}

function operatorsOf(formula: Formula): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: Formula): void => {
    if (part.kind !== 'call') return;
    found.add(part.operator);
    part.arguments.forEach(visit);
  };
  visit(formula);
  return found;
}

/** Points within the ranges; where none are known, half of them positive, half of any sign. */
function guardPoints(
  variables: number,
  ranges: SimplifyOptions['ranges'],
): readonly (readonly number[])[] {
  const random = createRandom(0);
  return Array.from({ length: GUARD_POINTS }, (_, k) =>
    Array.from({ length: variables }, (__, at) => {
      const [low, high] = ranges?.[at] ?? (k % 2 === 0 ? [0.1, 3] : [-3, 3]);
      return low + (high - low) * random.unit();
    }),
  );
}
