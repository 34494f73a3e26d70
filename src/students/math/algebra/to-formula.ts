/**
 * Sum of products → formula, as a person would write it: highest powers first, numbers last, what is
 * subtracted after a minus sign, what is below a line below one line.
 */
import { call, constant, variable } from '../formula.js';
import type { Formula } from '../formula.js';
import type { Algebra, Factor, Sum, Term } from './algebra.js';
import { addSums, scaleSum } from './sums.js';
import { spellPower } from './powers.js';
import type { Spelling } from './powers.js';

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
  const { coefficient, factors } = moveExponentials(writer, term);
  const isAbove = ({ exponent }: Factor): boolean => exponent > 0;
  const above = productOf(writer, factors.filter(isAbove));
  const belowFactors = factors.filter((factor) => !isAbove(factor));
  const below = productOf(writer, belowFactors.map(({ atom, exponent }) => ({ atom, exponent: -exponent }))); // prettier-ignore
  const over = (top: Formula): Formula => (below === undefined ? top : call('/', top, below));
  if (above === undefined) return over(constant(coefficient));
  if (coefficient === 1) return over(above);
  if (coefficient === -1 && writer.isAllowed('neg')) return call('neg', over(above));
  const divisor = Math.round(1 / coefficient);
  const isDivisor = below === undefined && divisor > 2 && 1 / divisor === coefficient;
  if (isDivisor && String(coefficient).length > String(divisor).length + 4) {
    return call('/', above, constant(divisor));
  }
  return over(call('*', constant(coefficient), above));
}

/** The product of powers, all to positive exponents; factors of one exponent below one. */
function productOf(writer: Writer, factors: readonly Factor[]): Formula | undefined {
  const groups = new Map<number, Formula[]>();
  const orderOf = ({ atom }: Factor): number => writer.algebra.atoms[atom].index ?? 1000 + atom;
  for (const { atom, exponent } of [...factors].sort((a, b) => orderOf(a) - orderOf(b))) {
    groups.set(exponent, [...(groups.get(exponent) ?? []), formulaOfAtom(writer, atom)]);
  }
  const powers = [...groups.entries()].map(([exponent, bases]) =>
    spellPower(writer, multiplied(bases), exponent),
  );
  return powers.length === 0 ? undefined : multiplied(powers);
}

function multiplied(parts: readonly Formula[]): Formula {
  return parts.reduce((left, right) => call('*', left, right));
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
  const formulas = parts.map((part) => formulaOfSum(writer, part));
  return name === 'sum' ? formulas[0] : call(name, ...formulas);
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
