/**
 * SHA-256 (FIPS 180-4) over bytes in several parts, without joining or copying them. The platform's own
 * is faster and takes one array, which it copies: see `parse/source-hash.ts`.
 */

/** Bytes of a block, and the 32-bit words that its schedule has. */
const BLOCK = 64;
const ROUNDS = 64;

/** The digest of the parts, joined in their order, as 64 hexadecimal digits. */
export function sha256(parts: readonly Uint8Array[]): string {
  const state = firstWords(8, 1 / 2);
  const constants = firstWords(ROUNDS, 1 / 3);
  const schedule = new Int32Array(ROUNDS);
  // What is left of a part after its last whole block waits here for the next part.
  const rest = new Uint8Array(BLOCK);
  let waiting = 0;
  let total = 0;
  for (const part of parts) {
    total += part.length;
    let at = 0;
    if (waiting > 0) {
      at = Math.min(BLOCK - waiting, part.length);
      rest.set(part.subarray(0, at), waiting);
      waiting += at;
      if (waiting < BLOCK) continue;
      compress(state, schedule, constants, rest, 0);
    }
    for (; at + BLOCK <= part.length; at += BLOCK) compress(state, schedule, constants, part, at);
    rest.set(part.subarray(at));
    waiting = part.length - at;
  }
  for (const block of padded(rest.subarray(0, waiting), total)) {
    compress(state, schedule, constants, block, 0);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The last one or two blocks: what is left, a 1 bit, zeros, the number of bits. */
function padded(rest: Uint8Array, total: number): Uint8Array[] {
  const end = new Uint8Array(rest.length + 9 > BLOCK ? 2 * BLOCK : BLOCK);
  end.set(rest);
  end[rest.length] = 0x80;
  const view = new DataView(end.buffer);
  view.setUint32(end.length - 8, Math.floor(total / 2 ** 29));
  view.setUint32(end.length - 4, (total * 8) % 2 ** 32);
  return end.length === BLOCK ? [end] : [end.subarray(0, BLOCK), end.subarray(BLOCK)];
}

/** The first 32 bits of the fractions of the powers of the first primes. */
function firstWords(count: number, power: number): Int32Array {
  const words = new Int32Array(count);
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.some((prime) => candidate % prime === 0)) continue;
    const root = candidate ** power;
    words[primes.length] = Math.floor((root - Math.floor(root)) * 2 ** 32);
    primes.push(candidate);
  }
  return words;
}

/** Takes the block at `at` into the state. */
function compress(
  state: Int32Array,
  schedule: Int32Array,
  constants: Int32Array,
  bytes: Uint8Array,
  at: number,
): void {
  for (let k = 0; k < 16; k++) {
    const from = at + 4 * k;
    schedule[k] =
      (bytes[from] << 24) | (bytes[from + 1] << 16) | (bytes[from + 2] << 8) | bytes[from + 3];
  }
  for (let k = 16; k < ROUNDS; k++) {
    const early = schedule[k - 15];
    const late = schedule[k - 2];
    const first = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const second = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    schedule[k] = (schedule[k - 16] + first + schedule[k - 7] + second) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let k = 0; k < ROUNDS; k++) {
    const sum = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum + choice + constants[k] + schedule[k]) | 0;
    const other = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + other + majority) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** The word, rotated to the right. */
function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
