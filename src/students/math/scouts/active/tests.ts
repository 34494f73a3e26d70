/**
 * What the teacher's answers say of the form of its function: variables that do not matter, groups of
 * variables that are added or multiplied, variables that matter through one expression alone. Every
 * answer comes with how far it is from holding; what is made of it is judged by fits.
 */
import { answersWithSwapped, slopesOf } from './interrogation.js';
import type { Interrogation } from './interrogation.js';

/** Rows are compared with others this far on. */
const SHIFTS = [7, 19, 41];

/** How far the answers move with each variable alone, as a share of their spread. */
export function measureRelevance(teacher: Interrogation): readonly number[] {
  return Array.from({ length: teacher.variables }, (_, index) => {
    let [sum, count] = [0, 0];
    for (const shift of SHIFTS) {
      answersWithSwapped(teacher, [index], shift).forEach((answer, row) => {
        if (!Number.isFinite(answer)) return;
        sum += (answer - teacher.answers[row]) ** 2;
        count++;
      });
    }
    return Math.sqrt(sum / Math.max(1, count)) / teacher.spread;
  });
}

export interface Split {
  /** f = a + b, f = offset + a · b, 1/f = a + b; a of one group of variables, b of the others. */
  readonly kind: 'sum' | 'product' | 'inverse sum';
  readonly group: readonly number[];
  readonly others: readonly number[];
  readonly offset: number;
  /** 0 where it holds exactly; about 1 where it does not. */
  readonly violation: number;
}

/** More variables than this are split off one at a time only. */
const MOST_FOR_ALL_GROUPS = 6;

/** How far each way to cut the variables in two is from holding, the best first. */
export function measureSplits(teacher: Interrogation): readonly Split[] {
  return groupsOf(teacher.variables)
    .flatMap((group) => splitsAlong(group, teacher))
    .filter(({ violation }) => Number.isFinite(violation))
    .sort((a, b) => a.violation - b.violation);
}

function groupsOf(variables: number): readonly (readonly number[])[] {
  const all = Array.from({ length: variables }, (_, index) => index);
  if (variables < 2) return [];
  if (variables > MOST_FOR_ALL_GROUPS) return all.map((index) => [index]);
  // Of a group and its complement, the one with the first variable.
  return Array.from({ length: 2 ** (variables - 1) - 1 }, (_, bits) =>
    all.filter((index) => index === 0 || ((bits >> (index - 1)) & 1) === 1),
  );
}

/** The four answers at the corners of rectangles: both parts from one row, or from two. */
interface Corners {
  readonly first: number;
  readonly second: number;
  readonly mixed: number;
  readonly other: number;
}

function splitsAlong(group: readonly number[], teacher: Interrogation): readonly Split[] {
  const { answers, count, spread, variables } = teacher;
  const others = Array.from({ length: variables }, (_, index) => index).filter(
    (index) => !group.includes(index),
  );
  const corners: Corners[] = [];
  for (const shift of SHIFTS) {
    const mixed = answersWithSwapped(teacher, group, shift);
    const complement = answersWithSwapped(teacher, others, shift);
    for (let row = 0; row < count; row++) {
      const second = answers[(row + shift) % count];
      corners.push({ first: answers[row], second, mixed: mixed[row], other: complement[row] });
    }
  }
  const usable = corners.filter(
    ({ mixed, other }) => Number.isFinite(mixed) && Number.isFinite(other),
  );
  const { offset, violation } = measureProduct(usable, spread);
  return [
    { kind: 'sum', group, others, offset: 0, violation: measureSum(usable, spread) },
    { kind: 'product', group, others, offset, violation },
    { kind: 'inverse sum', group, others, offset: 0, violation: measureInverseSum(usable) },
  ];
}

function measureSum(corners: readonly Corners[], spread: number): number {
  const square = meanOf(corners, (c) => (c.first + c.second - c.mixed - c.other) ** 2);
  return Math.sqrt(square) / (2 * spread);
}

/** f − c is a product where first · second − mixed · other = c · (first + second − mixed − other). */
function measureProduct(
  corners: readonly Corners[],
  spread: number,
): { readonly offset: number; readonly violation: number } {
  const determinant = (c: Corners): number => c.first * c.second - c.mixed * c.other;
  const difference = (c: Corners): number => c.first + c.second - c.mixed - c.other;
  const square = meanOf(corners, (c) => difference(c) ** 2);
  const best = meanOf(corners, (c) => difference(c) * determinant(c)) / square;
  const size = meanOf(corners, (c) => c.first ** 2);
  const violationWith = (offset: number): number => {
    const left = meanOf(corners, (c) => (determinant(c) - offset * difference(c)) ** 2);
    return Math.sqrt(left) / (2 * spread * Math.sqrt(size + offset ** 2));
  };
  // Where nothing speaks for an offset there is none.
  const [with0, withBest] = [violationWith(0), violationWith(best)];
  return with0 <= 2 * withBest || !Number.isFinite(withBest)
    ? { offset: 0, violation: with0 }
    : { offset: best, violation: withBest };
}

function measureInverseSum(corners: readonly Corners[]): number {
  if (corners.some(({ first, mixed }) => first * mixed <= 0)) return Infinity;
  // Errors of 1/f weigh as much as f² makes of them.
  const smallest = (c: Corners): number =>
    Math.min(Math.abs(c.first), Math.abs(c.second), Math.abs(c.mixed), Math.abs(c.other));
  const inverse = (c: Corners): number => 1 / c.first + 1 / c.second - 1 / c.mixed - 1 / c.other;
  const left = meanOf(corners, (c) => (inverse(c) * smallest(c)) ** 2);
  return Math.sqrt(left) / 2;
}

function meanOf(corners: readonly Corners[], value: (corner: Corners) => number): number {
  return corners.reduce((sum, corner) => sum + value(corner), 0) / corners.length;
}

export interface Merge {
  /** f depends on two variables a and b through a + k b, a · b^k or a² + k b² alone. */
  readonly kind: 'sum' | 'product' | 'squares';
  readonly pair: readonly [number, number];
  readonly factor: number;
  /** Sine of the angle between the slopes of f and of the expression, on average. */
  readonly violation: number;
}

/** Slopes of each expression by a, and by b for k = 1. */
const EXPRESSIONS: Readonly<
  Record<Merge['kind'], (a: number, b: number) => readonly [number, number]>
> = {
  sum: () => [1, 1],
  product: (a, b) => [1 / a, 1 / b],
  squares: (a, b) => [a, b],
};

/** How far each pair of variables is from mattering through one expression, the best first. */
export function measureMerges(teacher: Interrogation): readonly Merge[] {
  const slopes = slopesOf(teacher);
  const found: Merge[] = [];
  for (let a = 0; a < teacher.variables; a++) {
    for (let b = a + 1; b < teacher.variables; b++) {
      for (const kind of ['sum', 'product', 'squares'] as const) {
        found.push(measureMerge(kind, [a, b], slopes, teacher));
      }
    }
  }
  return found
    .filter(({ violation }) => Number.isFinite(violation))
    .sort((one, other) => one.violation - other.violation);
}

function measureMerge(
  kind: Merge['kind'],
  pair: readonly [number, number],
  slopes: readonly Float64Array[],
  { points, count, ranges }: Interrogation,
): Merge {
  const [a, b] = pair;
  // Slopes are compared in units of the ranges, so that no variable counts more than the other.
  const [unitA, unitB] = pair.map((index) => ranges[index][1] - ranges[index][0]);
  const rows: { fa: number; fb: number; ua: number; ub: number }[] = [];
  for (let row = 0; row < count; row++) {
    const [ua, ub] = EXPRESSIONS[kind](points[a][row], points[b][row]);
    const one = {
      fa: slopes[a][row] * unitA,
      fb: slopes[b][row] * unitB,
      ua: ua * unitA,
      ub: ub * unitB,
    };
    if (Object.values(one).every(Number.isFinite)) rows.push(one);
  }
  // (fa, fb) is parallel to (ua, k ub): fa k ub = fb ua.
  const weight = ({ ua, ub, fa, fb }: (typeof rows)[number]): number =>
    1 / ((ua * ua + ub * ub) * Math.hypot(fa, fb) || Infinity);
  let [above, below] = [0, 0];
  for (const row of rows) {
    const w = weight(row);
    above += w * row.fb * row.ua * row.fa * row.ub;
    below += w * (row.fa * row.ub) ** 2;
  }
  const factor = niceFactor(above / below);
  let [left, total] = [0, 0];
  for (const { fa, fb, ua, ub } of rows) {
    const size = fa * fa + fb * fb;
    left += (fa * factor * ub - fb * ua) ** 2 / (ua * ua + (factor * ub) ** 2 || Infinity);
    total += size;
  }
  return { kind, pair, factor, violation: Math.sqrt(left / total) };
}

/** A factor this near to a multiple of 1/2 is one; fits decide later. */
const NEAR = 0.02;

function niceFactor(factor: number): number {
  const near = Math.round(2 * factor) / 2;
  return near !== 0 && Math.abs(near - factor) < NEAR * Math.abs(near) ? near : factor;
}
