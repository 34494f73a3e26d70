/**
 * The material of normal forms. A sum is a list of terms, a term a number times powers of atoms, and an
 * atom is what algebra does not look into: a variable, a function of sums, or a sum in brackets that is
 * raised to a power. Atoms are numbered as they are met; two of one shape whose numbers agree within a
 * tolerance are the same atom, so that like terms have the same key to the last character.
 */

/** An atom to a power that is not 0. */
export interface Factor {
  readonly atom: number;
  readonly exponent: number;
}

export interface Term {
  /** Finite and not 0. */
  readonly coefficient: number;
  /** By ascending atom. */
  readonly factors: readonly Factor[];
}

/** Terms with different keys, by ascending key; the empty sum is 0. */
export type Sum = readonly Term[];

export interface Atom {
  /** `variable`, `sum` (its one argument in brackets), or an operator. */
  readonly name: string;
  /** Of a variable. */
  readonly index?: number;
  readonly arguments: readonly Sum[];
}

export interface Algebra {
  readonly atoms: Atom[];
  readonly byShape: Map<string, number[]>;
  readonly options: AlgebraOptions;
  /** Products of terms that may still be multiplied out; from 0 on, brackets stay closed. */
  budget: number;
  /** Set when a part turned out to be no number anywhere, such as the root of −1. */
  isUndefined: boolean;
}

export interface AlgebraOptions {
  /** Relative difference up to which two numbers are the same. */
  readonly tolerance: number;
  /**
   * Whether functions are told by fewer ones (tan by sin and cos, the hyperbolic ones and powers by exp),
   * which compares better and reads worse.
   */
  readonly isCanonical: boolean;
  /** Products of terms that may be multiplied out before brackets are left standing; 20,000 where absent. */
  readonly budget?: number;
  /** Smallest and largest value of each variable, where known: makes roots and logarithms of products split. */
  readonly ranges?: readonly (readonly [number, number])[];
}

const BUDGET = 20_000;

export function createAlgebra(options: AlgebraOptions): Algebra {
  const budget = options.budget ?? BUDGET;
  return { atoms: [], byShape: new Map(), options, budget, isUndefined: false };
}

/** What terms share when they differ in the coefficient only. */
export function keyOfTerm({ factors }: Term): string {
  return factors.map(({ atom, exponent }) => `${atom}^${exponent}`).join(' ');
}

function shapeOf({ name, index, arguments: parts }: Atom): string {
  const texts = parts.map((sum) => sum.map(keyOfTerm).join('+'));
  return `${name}${index ?? ''}(${texts.join(';')})`;
}

/** Whether two numbers are the same within the tolerance of the algebra. */
export function areClose({ options: { tolerance } }: Algebra, a: number, b: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

/** Whether two sums are the same, term by term. */
export function areSameSums(algebra: Algebra, left: Sum, right: Sum): boolean {
  return (
    left.length === right.length &&
    left.every(
      (term, at) =>
        keyOfTerm(term) === keyOfTerm(right[at]) &&
        areClose(algebra, term.coefficient, right[at].coefficient),
    )
  );
}

/** The number of an atom if it was met before. */
export function findAtom(algebra: Algebra, atom: Atom): number | undefined {
  return algebra.byShape
    .get(shapeOf(atom))
    ?.find((id) =>
      algebra.atoms[id].arguments.every((sum, at) => areSameSums(algebra, sum, atom.arguments[at])),
    );
}

/** The number of an atom, a new one where it was not met before. */
export function internAtom(algebra: Algebra, atom: Atom): number {
  const known = findAtom(algebra, atom);
  if (known !== undefined) return known;
  const id = algebra.atoms.length;
  algebra.atoms.push(atom);
  const shape = shapeOf(atom);
  algebra.byShape.set(shape, [...(algebra.byShape.get(shape) ?? []), id]);
  return id;
}

/** The atom of a function, as a sum. */
export function atomSum(algebra: Algebra, name: string, ...parts: readonly Sum[]): Sum {
  return [factorTerm(internAtom(algebra, { name, arguments: parts }), 1)];
}

export function factorTerm(atom: number, exponent: number): Term {
  return { coefficient: 1, factors: [{ atom, exponent }] };
}

/** A number as a sum; one that is not finite makes the whole undefined. */
export function numberSum(algebra: Algebra, value: number): Sum {
  if (!Number.isFinite(value)) algebra.isUndefined = true;
  return value === 0 || !Number.isFinite(value) ? [] : [{ coefficient: value, factors: [] }];
}

/** The number that a sum is, if it is one. */
export function numberOf(sum: Sum): number | undefined {
  if (sum.length === 0) return 0;
  return sum.length === 1 && sum[0].factors.length === 0 ? sum[0].coefficient : undefined;
}

/** What stands for an atom: the sum in brackets, or the atom itself. */
export function sumOfAtom(algebra: Algebra, id: number): Sum {
  const { name, arguments: parts } = algebra.atoms[id];
  return name === 'sum' ? parts[0] : [factorTerm(id, 1)];
}
