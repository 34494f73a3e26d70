/**
 * Polynomials whose gradients are parallel to the directions: forms, all of whose terms have one degree, and
 * polynomials up to a degree. All terms at once are a matter of one small eigenvalue; then the terms go one
 * at a time, the least missed first, and every polynomial on the way is proposed.
 */
import { createDifferentiator } from '../../engine/jacobian.js';
import { compileTape } from '../../engine/tape.js';
import type { Formula } from '../../formula.js';
import type { Settings } from '../../problem.js';
import { monomialOf, sumOf } from '../shared/build.js';
import { monomialsUpTo } from '../shared/monomials.js';
import { smallestPair } from './eigen.js';
import { acrossOf, rowsFirst } from './features.js';
import type { Proposal } from './sums.js';

const MOST_DEGREE = 4;
const MOST_TERMS = 40;

/** Polynomials of more terms are left alone: nobody reads them. */
const MOST_PROPOSED_TERMS = 8;

/** Shares above this tell that terms were missed that matter. */
const MOST_SHARE = 0.05;

/**
 * @param columns of the variables. @param directions one column for each of them.
 * @param tolerance a share up to which polynomials are equally good.
 * @returns polynomials without a constant term, the first coefficient 1.
 */
export function polynomialForms(
  columns: readonly Float64Array[],
  directions: readonly Float64Array[],
  settings: Settings,
  tolerance: number,
): readonly Proposal[] {
  const all = monomialsUpTo(columns.length, MOST_DEGREE, MOST_TERMS).slice(1);
  const degreeOf = (exponents: readonly number[]): number => exponents.reduce((a, b) => a + b, 0);
  const most = Math.max(...all.map(degreeOf));
  const terms = all.flatMap((exponents): Term[] => {
    const formula = monomialOf(exponents, settings);
    const gradient = gradientOf(formula, columns, directions.length);
    if (gradient === undefined) return [];
    const across = acrossOf(gradient, directions);
    return [{ formula, degree: degreeOf(exponents), gradient, across }];
  });
  const found: Proposal[] = [];
  for (let degree = 1; degree <= most; degree++) {
    found.push(...eliminate(terms.filter((term) => term.degree === degree), settings, tolerance)); // prettier-ignore
    if (degree > 1) found.push(...eliminate(terms.filter((term) => term.degree <= degree), settings, tolerance)); // prettier-ignore
  }
  return found;
}

interface Term {
  readonly formula: Formula;
  readonly degree: number;
  readonly gradient: Float64Array;
  readonly across: Float64Array;
}

function gradientOf(
  formula: Formula,
  columns: readonly Float64Array[],
  width: number,
): Float64Array | undefined {
  const rows = columns[0].length;
  const differentiator = createDifferentiator(columns, rows);
  const slopes = differentiator.slopes(compileTape(formula), undefined, { byVariable: true });
  return slopes === undefined ? undefined : rowsFirst(slopes.byVariable, width, rows);
}

/** Backward elimination. */
function eliminate(
  terms: readonly Term[],
  settings: Settings,
  tolerance: number,
): readonly Proposal[] {
  const [a, b] = [terms.map(({ across }) => across), terms.map(({ gradient }) => gradient)].map(
    gram,
  );
  const found: Proposal[] = [];
  let left = terms.map((_, k) => k);
  while (left.length > 1) {
    const solved = solve(a, b, left, terms.length);
    if (solved === undefined || solved.value > MOST_SHARE) return found;
    const next = withoutLeastMissed(a, b, left, terms.length);
    const shareWithout = solve(a, b, next, terms.length)?.value ?? Infinity;
    if (left.length <= MOST_PROPOSED_TERMS) {
      const scale = solved.vector[0];
      const parts = left.map((term, k) => ({
        formula: terms[term].formula,
        coefficient: solved.vector[k] / scale,
      }));
      found.push({ formula: sumOf(parts, 0, settings), isMinimal: shareWithout > tolerance });
    }
    left = next;
  }
  return found;
}

function withoutLeastMissed(
  a: Float64Array,
  b: Float64Array,
  left: readonly number[],
  count: number,
): number[] {
  const shares = left.map((term) => {
    const rest = left.filter((other) => other !== term);
    return solve(a, b, rest, count)?.value ?? Infinity;
  });
  const least = shares.indexOf(Math.min(...shares));
  return left.filter((_, k) => k !== least);
}

function solve(
  a: Float64Array,
  b: Float64Array,
  chosen: readonly number[],
  count: number,
): ReturnType<typeof smallestPair> {
  const size = chosen.length;
  const pick = (cells: Float64Array): Float64Array =>
    Float64Array.from(
      { length: size * size },
      (_, cell) => cells[chosen[Math.floor(cell / size)] * count + chosen[cell % size]],
    );
  return smallestPair(pick(a), pick(b), size);
}

function gram(vectors: readonly Float64Array[]): Float64Array {
  const count = vectors.length;
  const cells = new Float64Array(count * count);
  for (let k = 0; k < count; k++) {
    for (let l = 0; l <= k; l++) {
      const product = vectors[k].reduce((sum, value, at) => sum + value * vectors[l][at], 0);
      cells[k * count + l] = product;
      cells[l * count + k] = product;
    }
  }
  return cells;
}
