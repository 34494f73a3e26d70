/** Sets of states as bitsets: bit `s & 31` of word `s >> 5`. Bits beyond the last state are 0. */

export type Bits = Uint32Array;

/** No state of `states`. */
export function emptyBits(states: number): Bits {
  return new Uint32Array((states + 31) >>> 5);
}

/** The states for which `holds` is true. */
export function bitsWhere(states: number, holds: (state: number) => boolean): Bits {
  const bits = emptyBits(states);
  for (let state = 0; state < states; state++) {
    if (holds(state)) bits[state >>> 5] |= 1 << (state & 31);
  }
  return bits;
}

export function hasBit(bits: Bits, state: number): boolean {
  return ((bits[state >>> 5] >>> (state & 31)) & 1) === 1;
}

export function intersection(a: Bits, b: Bits): Bits {
  const result = new Uint32Array(a.length);
  for (let word = 0; word < a.length; word++) result[word] = a[word] & b[word];
  return result;
}

/** The states of `a` that are not in `b`. */
export function difference(a: Bits, b: Bits): Bits {
  const result = new Uint32Array(a.length);
  for (let word = 0; word < a.length; word++) result[word] = a[word] & ~b[word];
  return result;
}

export function union(a: Bits, b: Bits): Bits {
  const result = new Uint32Array(a.length);
  for (let word = 0; word < a.length; word++) result[word] = a[word] | b[word];
  return result;
}

export function isEmpty(bits: Bits): boolean {
  for (let word = 0; word < bits.length; word++) if (bits[word] !== 0) return false;
  return true;
}

export function isSubset(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) if ((a[word] & ~b[word]) !== 0) return false;
  return true;
}

export function areDisjoint(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) if ((a[word] & b[word]) !== 0) return false;
  return true;
}

function population(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) count += population(bits[word]);
  return count;
}

/** Size of the intersection. */
export function countCommon(a: Bits, b: Bits): number {
  let count = 0;
  for (let word = 0; word < a.length; word++) count += population(a[word] & b[word]);
  return count;
}

/**
 * A number below 2^53 that equal word arrays share; one word stands for itself. Two different arrays
 * share it by accident only, so whoever trusts it must check the result.
 */
export function hashWords(words: Uint32Array, seed = 0): number {
  if (words.length === 1 && seed === 0) return words[0];
  let low = 0x811c9dc5 ^ seed;
  let high = 0x9e3779b9 + seed;
  for (let k = 0; k < words.length; k++) {
    const word = words[k];
    low = Math.imul(low ^ word, 0x01000193);
    low ^= low >>> 15;
    high = Math.imul(high ^ word, 0x85ebca6b);
    high ^= high >>> 13;
  }
  low = Math.imul(low ^ (low >>> 16), 0xc2b2ae35);
  return (low >>> 0) * 0x200000 + (high >>> 11);
}
