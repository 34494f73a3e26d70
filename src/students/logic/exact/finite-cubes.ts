/**
 * Cubes of a Boolean function told by its truth table, and its prime implicants (Quine 1952, McCluskey
 * 1956), found in one array over all 3^n cubes: a cube is constant where its halves are constantly the
 * same, and prime where no cube twice as large is constant with it.
 *
 * Feature k of n is bit n − 1 − k of a point.
 */

/** The points whose bits under `care` are `value`; `value` has no other bits. */
export interface BitCube {
  readonly care: number;
  readonly value: number;
}

/** 1 where the function is true; 2^n of them. */
export type Truth = Uint8Array;

/** Calls with each point of a cube of n features, until one call returns false; whether none did. */
export function everyPoint(
  { care, value }: BitCube,
  features: number,
  visit: (point: number) => boolean,
): boolean {
  const free = (2 ** features - 1) & ~care;
  let part = 0;
  do {
    if (!visit(value | part)) return false;
    part = (part - free) & free;
  } while (part !== 0);
  return true;
}

/** How many bits a cube is told by. */
export function countLiterals({ care }: BitCube): number {
  let count = 0;
  for (let rest = care; rest !== 0; rest &= rest - 1) count++;
  return count;
}

const FALSE = 1;
const TRUE = 2;

/** The prime implicants of a function and of its complement; undefined where one has more than `most`. */
export function primesOf(
  truth: Truth,
  features: number,
  most: number,
): readonly [ofFalse: readonly BitCube[], ofTrue: readonly BitCube[]] | undefined {
  const primes = keepPrimes(constantCubes(truth, features), features);
  const found: readonly [BitCube[], BitCube[]] = [[], []];
  for (let cube = 0; cube < primes.length; cube++) {
    const kinds = primes[cube];
    if (kinds === 0) continue;
    const bits = bitsOf(cube, features);
    if ((kinds & FALSE) !== 0) found[0].push(bits);
    if ((kinds & TRUE) !== 0) found[1].push(bits);
    if (found[0].length > most || found[1].length > most) return undefined;
  }
  return found;
}

/** For each cube, in base 3 (digit 2: both), which constants it is; features are opened one by one. */
function constantCubes(truth: Truth, features: number): Uint8Array {
  let cubes: Uint8Array = truth.map((value) => (value === 1 ? TRUE : FALSE));
  let inner = 1;
  for (let opened = 0; opened < features; opened++) {
    const next = new Uint8Array((cubes.length / 2) * 3);
    for (let from = 0, to = 0; from < cubes.length; from += 2 * inner, to += 3 * inner) {
      for (let k = 0; k < inner; k++) {
        const low = cubes[from + k];
        const high = cubes[from + inner + k];
        next[to + k] = low;
        next[to + inner + k] = high;
        next[to + 2 * inner + k] = low & high;
      }
    }
    cubes = next;
    inner *= 3;
  }
  return cubes;
}

function keepPrimes(cubes: Uint8Array, features: number): Uint8Array {
  const primes = cubes.slice();
  let inner = 1;
  for (let feature = 0; feature < features; feature++) {
    for (let from = 0; from < cubes.length; from += 3 * inner) {
      for (let k = from; k < from + inner; k++) {
        const wider = cubes[k + 2 * inner];
        if (wider === 0) continue;
        primes[k] &= ~wider;
        primes[k + inner] &= ~wider;
      }
    }
    inner *= 3;
  }
  return primes;
}

function bitsOf(cube: number, features: number): BitCube {
  let [care, value, rest] = [0, 0, cube];
  for (let bit = 0; bit < features; bit++) {
    const digit = rest % 3;
    rest = (rest - digit) / 3;
    if (digit === 2) continue;
    care |= 1 << bit;
    value |= digit << bit;
  }
  return { care, value };
}
