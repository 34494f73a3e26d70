/**
 * Which few of many columns explain a target best in a linear combination: forward by a beam (the best
 * sets of each size, each grown by every column), and backward from all columns, the least significant
 * one out at a time. Both are deterministic and say nothing of how many terms are right.
 */
import { dot, fitLinear, norm, subtractBasis } from './least-squares.js';

export interface Selection {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  /** Square roots of the rows' weights. */
  readonly roots: Float64Array;
}

export interface TermSet {
  /** Positions of the chosen columns, ascending. */
  readonly terms: readonly number[];
  /** Weighted sum of squared residuals. */
  readonly residue: number;
}

export interface BeamOptions {
  /** Columns in every combination that are not counted: the constant, usually. */
  readonly always: readonly Float64Array[];
  readonly mostTerms: number;
  /** Sets kept of each size, and extensions tried of each set. */
  readonly width: number;
  /** Sets of one size to grow from; the empty set if absent. */
  readonly starts?: readonly (readonly number[])[];
}

interface State extends TermSet {
  readonly basis: readonly Float64Array[];
  readonly residual: Float64Array;
}

/** A column whose part off the chosen ones is smaller than this share of it adds nothing. */
const DEPENDENT = 1e-9;

/** The best sets of 1 to `mostTerms` columns that the beam meets, `width` of each size. */
export function selectForward(
  { columns, target, roots }: Selection,
  { always, mostTerms, width, starts = [[]] }: BeamOptions,
): readonly TermSet[] {
  const weighted = columns.map((column) => column.map((value, i) => value * roots[i]));
  const squares = weighted.map((column) => dot(column, column));
  const empty = startingState(always, target, roots);
  let states: readonly State[] = starts.map((terms) =>
    terms.reduce((state, term) => extend(state, weighted[term], terms), empty),
  );
  const found: State[] = [];
  for (let size = (starts[0]?.length ?? 0) + 1; size <= mostTerms; size++) {
    const next = new Map<string, State>();
    for (const state of states) {
      for (const term of bestExtensions(state, weighted, squares, width)) {
        const terms = [...state.terms, term].sort((a, b) => a - b);
        const key = terms.join();
        if (!next.has(key)) next.set(key, extend(state, weighted[term], terms));
      }
    }
    states = [...next.values()].sort((a, b) => a.residue - b.residue).slice(0, width);
    found.push(...states);
  }
  return found;
}

function startingState(
  always: readonly Float64Array[],
  target: Float64Array,
  roots: Float64Array,
): State {
  const residual = target.map((value, i) => value * roots[i]);
  let state: State = { terms: [], residue: dot(residual, residual), basis: [], residual };
  for (const column of always)
    state = extend(
      state,
      column.map((value, i) => value * roots[i]),
      [],
    );
  return state;
}

function extend(state: State, column: Float64Array, terms: readonly number[]): State {
  const rest = Float64Array.from(column);
  for (let pass = 0; pass < 2; pass++) subtractBasis(rest, state.basis);
  const length = norm(rest);
  const direction = rest.map((value) => (length > 0 ? value / length : 0));
  const residual = Float64Array.from(state.residual);
  subtractBasis(residual, [direction]);
  return { terms, residue: dot(residual, residual), basis: [...state.basis, direction], residual };
}

/** The columns that lower the residue most. */
function bestExtensions(
  { terms, basis, residual }: State,
  columns: readonly Float64Array[],
  squares: readonly number[],
  width: number,
): readonly number[] {
  const gains = columns.map((column, index) => {
    if (terms.includes(index)) return 0;
    let free = squares[index];
    for (const direction of basis) free -= dot(column, direction) ** 2;
    return free > DEPENDENT * squares[index] ? dot(column, residual) ** 2 / free : 0;
  });
  return gains
    .map((gain, index) => ({ gain, index }))
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain || a.index - b.index)
    .slice(0, width)
    .map(({ index }) => index);
}

/** The sets on the way from all columns to one; dependent columns go first. */
export function selectBackward({ columns, target, roots }: Selection): readonly TermSet[] {
  const sets: TermSet[] = [];
  let terms = columns.map((_, index) => index);
  while (terms.length > 0) {
    const fit = fitLinear(
      terms.map((index) => columns[index]),
      target,
      roots,
    );
    sets.push({ terms, residue: fit.residue });
    const significance = terms.map((_, k) => Math.abs(fit.coefficients[k]) / fit.deviations[k]);
    const least = significance.indexOf(Math.min(...significance));
    terms = terms.filter((_, k) => k !== least);
  }
  return sets;
}
