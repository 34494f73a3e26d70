/**
 * Sum of products → formula, as a person would write it: highest powers first, numbers last, what is
 * subtracted after a minus sign, what is below a line below one line.
 */
import { call, constant, variable } from '../formula.js';
import type { Formula } from '../formula.js';
import { findAtom, internAtom } from './algebra.js';
import type { Algebra, Factor, Sum, Term } from './algebra.js';
import { addSums, scaleSum } from './sums.js';
import { spellPower } from './powers.js';
import type { Spelling } from './powers.js';

/** Digits of a base that is told rather than its logarithm, and how near it must come. */
const SHORT_BASE = 3;
const BASE_TOLERANCE = 1e-13;
const SMALLEST_BASE = 1e-3;

/** What a sum is written with. */
export interface Writer extends Spelling {
  readonly algebra: Algebra;
}

/** The formula of a sum. */
export function formulaOfSum(writer: Writer, sum: Sum): Formula {
  if (sum.length === 0) return constant(0);
  const ordered = [...sum].sort((a, b) => compareTerms(writer.algebra, a, b));
  const start = Math.max(0, ordered.findIndex(({ coefficient }) => coefficient > 0)); // prettier-ignore
  const [first] = ordered.splice(start, 1);
  return ordered.reduce<Formula>(
    (left, term) => {
      const size = { ...term, coefficient: Math.abs(term.coefficient) };
      return call(term.coefficient < 0 ? '-' : '+', left, formulaOfTerm(writer, size));
    },
    formulaOfTerm(writer, first),
  );
}

/** Polynomial terms by falling degree, then functions, then the number. */
function compareTerms(algebra: Algebra, a: Term, b: Term): number {
  const [rankA, rankB] = [rankOf(algebra, a), rankOf(algebra, b)];
  for (const [at, rank] of rankA.entries()) if (rank !== rankB[at]) return rank - rankB[at];
  return 0;
}

function rankOf(algebra: Algebra, { factors }: Term): readonly number[] {
  const isVariable = ({ atom }: Factor): boolean => algebra.atoms[atom].name === 'variable';
  const kind = factors.length === 0 ? 2 : factors.every(isVariable) ? 0 : 1;
  const degree = factors.reduce((sum, { exponent }) => sum + exponent, 0);
  const orders = factors.flatMap(({ atom, exponent }) => [
    algebra.atoms[atom].index ?? 1000 + atom,
    -exponent,
  ]);
  return [kind, kind === 0 ? -degree : 0, ...orders, 0];
}

/** The formula of a term: number · what is above the line / what is below. */
export function formulaOfTerm(writer: Writer, term: Term): Formula {
  const { coefficient, factors } = joinTangents(writer, moveExponentials(writer, term));
  const isAbove = ({ exponent }: Factor): boolean => exponent > 0;
  const powers = powersOf(writer, factors.filter(isAbove));
  const above = multiplied(powers);
  const belowFactors = factors.filter((factor) => !isAbove(factor));
  const below = multiplied(powersOf(writer, belowFactors.map(({ atom, exponent }) => ({ atom, exponent: -exponent })))); // prettier-ignore
  const over = (top: Formula): Formula => (below === undefined ? top : call('/', top, below));
  if (above === undefined) return over(constant(coefficient));
  if (coefficient === 1) return over(above);
  if (coefficient === -1 && writer.isAllowed('neg')) return call('neg', over(above));
  const divisor = Math.round(1 / coefficient);
  const isDivisor = below === undefined && divisor > 2 && 1 / divisor === coefficient;
  if (isDivisor && String(coefficient).length > String(divisor).length + 4) {
    return call('/', above, constant(divisor));
  }
  return over(powers.reduce((left, power) => call('*', left, power), constant(coefficient)));
}

/** Powers to positive exponents; factors of one exponent share it. */
function powersOf(writer: Writer, factors: readonly Factor[]): readonly Formula[] {
  const groups = new Map<number, Formula[]>();
  const orderOf = ({ atom }: Factor): number => writer.algebra.atoms[atom].index ?? 1000 + atom;
  for (const { atom, exponent } of [...factors].sort((a, b) => orderOf(a) - orderOf(b))) {
    groups.set(exponent, [...(groups.get(exponent) ?? []), formulaOfAtom(writer, atom)]);
  }
  return [...groups.entries()].flatMap(([exponent, bases]) =>
    exponent === 1 ? bases : [spellPower(writer, multiplied(bases) ?? constant(1), exponent)],
  );
}

/** The product; `undefined` of nothing. */
function multiplied(parts: readonly Formula[]): Formula | undefined {
  return parts.length === 0 ? undefined : parts.reduce((left, right) => call('*', left, right));
}

/** sin x / cos x as tan x. */
function joinTangents({ algebra, isAllowed }: Writer, term: Term): Term {
  if (!isAllowed('tan')) return term;
  const joined = term.factors.map(({ atom, exponent }) => {
    const { name, arguments: parts } = algebra.atoms[atom];
    if (name !== 'sin') return { atom, exponent, cosine: undefined };
    const cosine = findAtom(algebra, { name: 'cos', arguments: parts });
    const isBelow = term.factors.some((one) => one.atom === cosine && one.exponent === -exponent);
    return { atom, exponent, cosine: isBelow ? cosine : undefined };
  });
  const cosines = joined.map(({ cosine }) => cosine).filter((cosine) => cosine !== undefined);
  if (cosines.length === 0) return term;
  const factors = joined
    .filter(({ atom }) => !cosines.includes(atom))
    .map(({ atom, exponent, cosine }): Factor => {
      if (cosine === undefined) return { atom, exponent };
      return { atom: internAtom(algebra, { ...algebra.atoms[atom], name: 'tan' }), exponent };
    });
  return { ...term, factors };
}

/** exp(−x) below the line where that saves the minus sign. */
function moveExponentials({ algebra }: Writer, term: Term): Term {
  if (term.factors.length < 2) return term;
  const factors = term.factors.map((factor) => {
    const { name, arguments: parts } = algebra.atoms[factor.atom];
    const isNegative = name === 'exp' && parts[0].every(({ coefficient }) => coefficient === -1);
    if (!isNegative) return factor;
    const atom = algebra.atoms.length;
    algebra.atoms.push({ name: 'exp', arguments: [scaleSum(algebra, parts[0], -1)] });
    return { atom, exponent: -factor.exponent };
  });
  return { ...term, factors };
}

function formulaOfAtom(writer: Writer, id: number): Formula {
  const { name, index, arguments: parts } = writer.algebra.atoms[id];
  if (index !== undefined) return variable(index);
  if (name === '>' || name === '>=' || name === '==') return comparison(writer, name, parts[0]);
  const shortBase = name === 'exp' ? shortPower(writer, parts[0]) : undefined;
  if (shortBase !== undefined) return shortBase;
  const formulas = parts.map((part) => formulaOfSum(writer, part));
  return name === 'sum' ? formulas[0] : call(name, ...formulas);
}

/** exp(0.693147…·x) as 2^x: where the base is a number of few digits. */
function shortPower(writer: Writer, sum: Sum): Formula | undefined {
  if (sum.length !== 1 || sum[0].coefficient === 1 || !writer.isAllowed('pow')) return undefined;
  const exact = Math.exp(sum[0].coefficient);
  const base = Number(exact.toPrecision(SHORT_BASE));
  const isShort = Math.abs(base - exact) <= BASE_TOLERANCE * exact;
  if (!isShort || base < SMALLEST_BASE || base > 1 / SMALLEST_BASE) return undefined;
  return call('pow', constant(base), formulaOfTerm(writer, { ...sum[0], coefficient: 1 }));
}

/** x − y − 2 > 0 as x > y + 2. */
function comparison(writer: Writer, name: string, sum: Sum): Formula {
  const { algebra } = writer;
  const left = sum.filter(({ coefficient }) => coefficient > 0);
  const right = scaleSum(algebra, sum.filter((term) => !left.includes(term)), -1); // prettier-ignore
  const mirrored: Readonly<Record<string, string>> = { '>': '<', '>=': '<=', '==': '==' };
  const isMirrored = left.length === 0 || (left.length === 1 && left[0].factors.length === 0);
  const [a, b] = (isMirrored ? [right, left] : [left, right]).map((part) =>
    formulaOfSum(writer, addSums(algebra, part)),
  );
  return call(isMirrored ? mirrored[name] : name, a, b);
}
