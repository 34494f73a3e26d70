/**
 * Solves for a column that goes round its source axis: congruent, modulo the extent, to an affine
 * function of the iterators.   7 0 1 2 .. = i − 1 mod 8
 */
import { positiveModulo } from '../ir/region-cells.js';

interface Congruence {
  /** Between −modulus/2 and modulus/2. */
  readonly constant: number;
  readonly coefficients: readonly number[];
}

/** Slopes beyond ±1 need this many members as evidence: few values fit some slope by accident. */
const MANY_MEMBERS = 5;

/** values ≡ constant + Σ coefficients · basis (mod modulus) for every member; `undefined` if none. */
export function solveModular(
  basis: readonly (readonly number[])[],
  values: readonly number[],
  modulus: number,
): Congruence | undefined {
  if (modulus < 2 || !values.every(Number.isInteger)) return undefined;
  const coefficients = basis.map((_, axis) => slopeAlong(basis, axis, values, modulus));
  if (values.length < MANY_MEMBERS && coefficients.some((slope) => Math.abs(slope) > 1)) {
    return undefined;
  }
  const at = (member: number): number =>
    coefficients.reduce((sum, slope, axis) => sum + slope * basis[axis][member], 0);
  const constant = centred(values[0] - at(0), modulus);
  const fits = values.every(
    (value, member) => positiveModulo(constant + at(member) - value, modulus) === 0,
  );
  return fits ? { constant, coefficients } : undefined;
}

/** How the values change from a member to its next neighbour along one iterator; 0 without any. */
function slopeAlong(
  basis: readonly (readonly number[])[],
  axis: number,
  values: readonly number[],
  modulus: number,
): number {
  const members = new Map(values.map((_, k) => [basis.map((column) => column[k]).join(), k]));
  for (let member = 0; member < values.length; member++) {
    const next = basis.map((column, own) => column[member] + (own === axis ? 1 : 0));
    const neighbour = members.get(next.join());
    if (neighbour !== undefined) return centred(values[neighbour] - values[member], modulus);
  }
  return 0;
}

/** The representative nearest to 0, the positive one of two. */
function centred(value: number, modulus: number): number {
  const rest = positiveModulo(value, modulus);
  return 2 * rest > modulus ? rest - modulus : rest;
}
