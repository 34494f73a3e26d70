/**
 * Products and powers of sums. They are multiplied out as long as that stays small; beyond, a sum stands
 * in brackets and is an atom like any other, so that (a + b)^12 costs nothing. Every rule keeps the value
 * wherever the original has one; some give a value where it had none, as x for x²/x does at 0.
 */
import { atomSum, factorTerm, findAtom, internAtom, numberSum, sumOfAtom } from './algebra.js';
import type { Algebra, Factor, Sum, Term } from './algebra.js';
import { isFactorNonNegative } from './signs.js';
import {
  addSums,
  checkedNumber,
  mergeFactors,
  neatExponent,
  primitiveOf,
  scaleSum,
} from './sums.js';

/** More terms are not made by opening brackets, and none of a higher power is opened. */
const MOST_TERMS = 64;
const HIGHEST_POWER = 6;

/** The product, multiplied out where that is not too much; a bracket that it cancels is gone. */
export function multiplySums(algebra: Algebra, left: Sum, right: Sum): Sum {
  if (left.length === 0 || right.length === 0) return [];
  const cancelled = cancelBracket(algebra, left, right) ?? cancelBracket(algebra, right, left);
  if (cancelled !== undefined) return cancelled;
  if (mayStayOpen(algebra, left, right) || canOpen(algebra, left.length * right.length)) {
    return distribute(algebra, left, right);
  }
  return multiplyTerms(algebra, bracketTerm(algebra, left), bracketTerm(algebra, right));
}

/** Whether the product has no more terms than its factors; with no budget at all, brackets stay closed. */
function mayStayOpen(algebra: Algebra, left: Sum, right: Sum): boolean {
  const [few, many] = left.length <= right.length ? [left, right] : [right, left];
  if (few.length > 1) return false;
  const isSign = few[0].factors.length === 0 && Math.abs(few[0].coefficient) === 1;
  return many.length === 1 || isSign || algebra.options.budget !== 0;
}

/** The power of a sum to a number. */
export function powerOfSum(algebra: Algebra, sum: Sum, power: number): Sum {
  const exponent = neatExponent(power);
  if (exponent === 0) return numberSum(algebra, 1);
  if (exponent === 1) return sum;
  if (sum.length === 0) return numberSum(algebra, 0 ** exponent);
  if (sum.length === 1) return powerOfTerm(algebra, sum[0], exponent);
  const isWhole = exponent % 1 === 0;
  if (isWhole && exponent > 1 && canOpenPower(algebra, sum, exponent)) {
    return openPower(algebra, sum, exponent);
  }
  const mayTake = (factor: Factor): boolean => isFactorNonNegative(algebra, factor);
  const { outside, inside } = primitiveOf(algebra, sum, isWhole ? undefined : mayTake);
  const id = internAtom(algebra, { name: 'sum', arguments: [inside] });
  const [outer, inner] = [powerOfTerm(algebra, outside, exponent), factorTerm(id, exponent)];
  return outer.length === 1
    ? multiplyTerms(algebra, outer[0], inner)
    : distribute(algebra, outer, [inner]);
}

function powerOfTerm(algebra: Algebra, { coefficient, factors }: Term, exponent: number): Sum {
  if (exponent % 1 === 0) {
    const raised = factors.map((one) => ({ ...one, exponent: one.exponent * exponent }));
    const number = checkedNumber(algebra, coefficient ** exponent);
    if (number === 0) return [];
    return reduceTerm(algebra, { coefficient: number, factors: mergeFactors(raised) });
  }
  const { outside, inside } = splitRoot(algebra, factors);
  // The root of x³ has a value just where that of x has one; the root of −x³ or of x·y has no such form.
  const isSingle = inside.length === 1 && coefficient > 0;
  const drawn = isSingle ? [...outside, ...inside] : outside;
  const kept = isSingle ? [] : inside;
  const raised = drawn.map((one) => ({ ...one, exponent: one.exponent * exponent }));
  if (kept.length > 0) {
    const rest: Sum = [{ coefficient: Math.sign(coefficient), factors: kept }];
    raised.push({ atom: internAtom(algebra, { name: 'sum', arguments: [rest] }), exponent });
  }
  const base = kept.length > 0 ? Math.abs(coefficient) : coefficient;
  const number = checkedNumber(algebra, base ** exponent);
  return number === 0
    ? []
    : reduceTerm(algebra, { coefficient: number, factors: mergeFactors(raised) });
}

/** Factors that may be drawn out of a root, even powers as those of |x|, and those that may not. */
export function splitRoot(
  algebra: Algebra,
  factors: readonly Factor[],
): { readonly outside: readonly Factor[]; readonly inside: readonly Factor[] } {
  const outside: Factor[] = [];
  const inside: Factor[] = [];
  for (const factor of factors) {
    const { atom, exponent } = factor;
    if (!isFactorNonNegative(algebra, factor)) inside.push(factor);
    else if (exponent % 2 !== 0 || isFactorNonNegative(algebra, { atom, exponent: 1 })) {
      outside.push(factor);
    } else {
      const size = internAtom(algebra, { name: 'abs', arguments: [sumOfAtom(algebra, atom)] });
      outside.push({ atom: size, exponent });
    }
  }
  return { outside, inside };
}

/** The product of two terms; a sum, since brackets may open. */
export function multiplyTerms(algebra: Algebra, left: Term, right: Term): Sum {
  const coefficient = checkedNumber(algebra, left.coefficient * right.coefficient);
  if (coefficient === 0) return [];
  return reduceTerm(algebra, { coefficient, factors: mergeFactors(left.factors, right.factors) });
}

/** The sum as one term: what all its terms share, and the rest in brackets. */
function bracketTerm(algebra: Algebra, sum: Sum): Term {
  if (sum.length === 1) return sum[0];
  const { outside, inside } = primitiveOf(algebra, sum);
  const id = internAtom(algebra, { name: 'sum', arguments: [inside] });
  return { ...outside, factors: mergeFactors(outside.factors, factorTerm(id, 1).factors) };
}

function distribute(algebra: Algebra, left: Sum, right: Sum): Sum {
  algebra.budget -= left.length * right.length;
  return addSums(algebra, ...left.flatMap((a) => right.map((b) => multiplyTerms(algebra, a, b))));
}

function openPower(algebra: Algebra, sum: Sum, exponent: number): Sum {
  let power = sum;
  for (let k = 1; k < exponent; k++) power = distribute(algebra, power, sum);
  return power;
}

function canOpen(algebra: Algebra, terms: number): boolean {
  return terms <= Math.min(MOST_TERMS, algebra.budget);
}

function canOpenPower(algebra: Algebra, sum: Sum, exponent: number): boolean {
  return exponent <= HIGHEST_POWER && canOpen(algebra, termsOfPower(sum.length, exponent));
}

/** Terms of the power of a sum: (n + k − 1 over k). */
function termsOfPower(terms: number, exponent: number): number {
  let count = 1;
  for (let k = 1; k <= exponent; k++) count = (count * (terms + k - 1)) / k;
  return count;
}

/** `(a + b) · c/(a + b)`: the bracket's exponent grows by one where every term of `other` divides by it. */
function cancelBracket(algebra: Algebra, sum: Sum, other: Sum): Sum | undefined {
  if (sum.length < 2) return undefined;
  const mayTake = (factor: Factor): boolean => isFactorNonNegative(algebra, factor);
  for (const { outside, inside } of [
    primitiveOf(algebra, sum),
    primitiveOf(algebra, sum, mayTake),
  ]) {
    const id = findAtom(algebra, { name: 'sum', arguments: [inside] });
    const divides = ({ atom, exponent }: Factor): boolean =>
      atom === id && (exponent < 0 || (exponent % 1 !== 0 && !algebra.options.isCanonical));
    if (id === undefined || !other.every(({ factors }) => factors.some(divides))) continue;
    const factors = mergeFactors(outside.factors, factorTerm(id, 1).factors);
    return distribute(algebra, other, [{ ...outside, factors }]);
  }
  return undefined;
}

/** A term in its one form: exponentials together, |x|² as x², small brackets opened. */
function reduceTerm(algebra: Algebra, term: Term): Sum {
  const merged = mergeExponentials(algebra, term);
  for (const factor of merged.factors) {
    const other = otherForm(algebra, factor);
    if (other === undefined) continue;
    const rest = { ...merged, factors: merged.factors.filter((one) => one !== factor) };
    return distribute(algebra, [rest], other);
  }
  return openBrackets(algebra, merged);
}

/** exp(a)^2 · exp(b) = exp(2a + b); in canonical form, exponentials are split instead. */
function mergeExponentials(algebra: Algebra, term: Term): Term {
  if (algebra.options.isCanonical) return term;
  const isExp = ({ atom }: Factor): boolean => algebra.atoms[atom].name === 'exp';
  const found = term.factors.filter(isExp);
  if (found.length === 0 || (found.length === 1 && found[0].exponent === 1)) return term;
  const exponent = addSums(
    algebra,
    ...found.map((one) => scaleSum(algebra, algebra.atoms[one.atom].arguments[0], one.exponent)),
  );
  const rest = term.factors.filter((factor) => !isExp(factor));
  const [{ factors }] = exponent.length === 0 ? [{ factors: [] }] : atomSum(algebra, 'exp', exponent); // prettier-ignore
  return { ...term, factors: mergeFactors(rest, factors) };
}

/** A power of an atom, told by other atoms: |x|³ as x²·|x|, cos² as 1 − sin²; `undefined` for most. */
function otherForm(algebra: Algebra, { atom, exponent }: Factor): Sum | undefined {
  const { name, arguments: parts } = algebra.atoms[atom];
  const power = (root: number): Sum => {
    const left = exponent % root;
    const whole = powerOfSum(algebra, parts[0], (exponent - left) / (name === 'cbrt' ? 3 : 1));
    return left === 0 ? whole : distribute(algebra, whole, [factorTerm(atom, left)]);
  };
  if (exponent % 1 !== 0) return undefined;
  switch (name) {
    case 'abs':
      return Math.abs(exponent) >= 2 ? power(2) : undefined;
    case 'cbrt':
      return Math.abs(exponent) >= 3 ? power(3) : undefined;
    case '>':
    case '>=':
    case '==':
      return exponent > 1 ? [factorTerm(atom, 1)] : undefined;
    case 'cos':
      return algebra.options.isCanonical && exponent >= 2
        ? cosinePower(algebra, atom, exponent)
        : undefined;
    default:
      return undefined;
  }
}

/** cos² = 1 − sin². */
function cosinePower(algebra: Algebra, cosine: number, exponent: number): Sum {
  const sine = internAtom(algebra, { ...algebra.atoms[cosine], name: 'sin' });
  const square: Sum = addSums(algebra, numberSum(algebra, 1), [
    { coefficient: -1, factors: [{ atom: sine, exponent: 2 }] },
  ]);
  const rest = exponent - 2;
  return rest === 0 ? square : distribute(algebra, square, [factorTerm(cosine, rest)]);
}

/** Multiplies out the brackets to positive powers if all together stay small. */
function openBrackets(algebra: Algebra, term: Term): Sum {
  const { isCanonical } = algebra.options;
  const opened: { readonly base: Sum; readonly exponent: number }[] = [];
  const rest: Factor[] = [];
  let terms = 1;
  for (const factor of term.factors) {
    const { name, arguments: parts } = algebra.atoms[factor.atom];
    const left = isCanonical ? factor.exponent % 1 : 0;
    const exponent = factor.exponent - left;
    const isWhole = exponent % 1 === 0;
    const isOpen = name === 'sum' && isWhole && (exponent > 0 || (parts[0].length === 1 && exponent !== 0)); // prettier-ignore
    if (!isOpen) rest.push(factor);
    else {
      opened.push({ base: parts[0], exponent });
      if (left !== 0) rest.push({ ...factor, exponent: left });
      terms *= termsOfPower(parts[0].length, Math.max(exponent, 0));
      if (parts[0].length > 1 && exponent > HIGHEST_POWER) terms = Infinity;
    }
  }
  if (opened.length === 0 || (terms > 1 && !canOpen(algebra, terms))) return [term];
  return opened.reduce<Sum>(
    (product, { base, exponent }) =>
      distribute(
        algebra,
        product,
        base.length === 1
          ? powerOfTerm(algebra, base[0], exponent)
          : openPower(algebra, base, exponent),
      ),
    [{ ...term, factors: rest }],
  );
}
