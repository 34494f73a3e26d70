/**
 * The forms in which a sum can be told: term by term, what all terms share before brackets, what some
 * share before brackets, all over one line.
 */
import { call } from '../formula.js';
import type { Formula } from '../formula.js';
import type { Factor, Sum, Term } from './algebra.js';
import { multiplySums } from './products.js';
import { divideSum, sharedFactors } from './sums.js';
import { formulaOfSum, formulaOfTerm } from './to-formula.js';
import type { Writer } from './to-formula.js';

/** Different numbers, and atoms, that are tried before the brackets. */
const MOST_NUMBERS = 4;
const MOST_ATOMS = 6;

/** All forms of a sum, the plain one first. */
export function formsOfSum(writer: Writer, sum: Sum): readonly Formula[] {
  if (sum.length < 2) return [formulaOfSum(writer, sum)];
  return [
    formulaOfSum(writer, sum),
    ...factored(writer, sum),
    ...partlyFactored(writer, sum),
    ...overOneLine(writer, sum),
  ];
}

/** `2·x·y + 2·x` as `2·x·(y + 1)`. */
function factored(writer: Writer, sum: Sum): readonly Formula[] {
  const { algebra } = writer;
  const factors = sharedFactors(algebra, sum);
  const numbers = [...new Set([1, ...sum.map(({ coefficient }) => Math.abs(coefficient))])];
  return numbers.slice(0, MOST_NUMBERS + 1).flatMap((coefficient) => {
    const outside = { coefficient, factors };
    if (coefficient === 1 && factors.length === 0) return [];
    return [timesBracket(writer, outside, divideSum(algebra, sum, outside))];
  });
}

/** A term times a sum: `2·x·(…)/y`, so that what is below the line stands last. */
function timesBracket(writer: Writer, outside: Term, inside: Sum): Formula {
  const bracket = formulaOfSum(writer, inside);
  const above = outside.factors.filter(({ exponent }) => exponent > 0);
  const below = outside.factors
    .filter(({ exponent }) => exponent < 0)
    .map(({ atom, exponent }): Factor => ({ atom, exponent: -exponent }));
  const isOne = above.length === 0 && outside.coefficient === 1;
  const top = isOne
    ? bracket
    : call('*', formulaOfTerm(writer, { ...outside, factors: above }), bracket);
  if (below.length === 0) return top;
  return call('/', top, formulaOfTerm(writer, { coefficient: 1, factors: below }));
}

/** `x·y + x·z + w` as `x·(y + z) + w`; polynomials of one variable are left as people write them. */
function partlyFactored(writer: Writer, sum: Sum): readonly Formula[] {
  const atoms = [...new Set(sum.flatMap(({ factors }) => factors.map(({ atom }) => atom)))];
  if (atoms.length < 2) return [];
  return atoms.slice(0, MOST_ATOMS).flatMap((atom) => {
    const has = ({ factors }: Term): boolean => factors.some((factor) => factor.atom === atom);
    const [some, rest] = [sum.filter(has), sum.filter((term) => !has(term))];
    if (some.length < 2 || rest.length === 0) return [];
    const [first] = factored(writer, some);
    return [call('+', first, formulaOfSum(writer, rest))];
  });
}

/** `1 + x/(1 + y)` as `(1 + y + x)/(1 + y)`. */
function overOneLine(writer: Writer, sum: Sum): readonly Formula[] {
  const { algebra } = writer;
  const powers = new Map<number, number>();
  for (const { atom, exponent } of sum.flatMap(({ factors }) => factors)) {
    if (exponent < 0) powers.set(atom, Math.max(powers.get(atom) ?? 0, -exponent));
  }
  if (powers.size === 0) return [];
  const factors = [...powers.entries()]
    .map(([atom, exponent]) => ({ atom, exponent }))
    .sort((a, b) => a.atom - b.atom);
  const denominator = { coefficient: 1, factors };
  const top = multiplySums(algebra, sum, [denominator]);
  return [call('/', formulaOfSum(writer, top), formulaOfTerm(writer, denominator))];
}
