/**
 * Functions that count: some literals all hold, and at least k of all others do. Every feature takes part
 * once, so that the literals follow from the function: each is the value with which it is true more often.
 */
import type { BitCube, Truth } from './finite-cubes.js';

export interface BitCount {
  /** Literals that all hold. */
  readonly all: BitCube;
  /** Of these at least `least` hold. */
  readonly some: BitCube;
  readonly least: number;
}

/** Undefined where the function, which depends on all of the features, is no such count. */
export function countFormOf(truth: Truth, features: number, wanted: 0 | 1): BitCount | undefined {
  const whole = 2 ** features - 1;
  let [care, side] = [0, 0];
  let [preferred, total] = [0, 0];
  const trueWith = new Float64Array(features);
  for (let point = 0; point < truth.length; point++) {
    if (truth[point] !== wanted) continue;
    total++;
    for (let bit = 0; bit < features; bit++) trueWith[bit] += (point >> bit) & 1;
  }
  for (let bit = 0; bit < features; bit++) {
    if (2 * trueWith[bit] > total) preferred |= 1 << bit;
    if (trueWith[bit] > 0 && trueWith[bit] < total) continue;
    care |= 1 << bit;
    side |= trueWith[bit] > 0 ? 1 << bit : 0;
  }
  const rest = whole & ~care;
  /** For each number of literals that hold whether the function is true then; 2 before it is known. */
  const isTrueAt = new Uint8Array(features + 1).fill(2);
  for (let point = 0; point < truth.length; point++) {
    const isWanted = truth[point] === wanted ? 1 : 0;
    if ((point & care) !== side) continue;
    const held = countBits(~(point ^ preferred) & rest);
    if (isTrueAt[held] === 2) isTrueAt[held] = isWanted;
    else if (isTrueAt[held] !== isWanted) return undefined;
  }
  const count = countBits(rest);
  const least = isTrueAt.indexOf(1);
  if (least < 0 || isTrueAt.subarray(least, count + 1).some((state) => state !== 1))
    return undefined;
  return {
    all: { care, value: side },
    some: { care: rest, value: preferred & rest },
    least,
  };
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
