/** Damage to bytes that knows nothing of their format: flips, cuts, repetitions, insertions. */
import type { Random } from '../../../src/numeric/random.js';
import { between, pick } from '../fuzz/choose.js';

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

/** Bytes that mean something to many formats: ends of ranges, separators, ends of text. */
const TELLING_BYTES = [0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x5c, 0x7b]; // prettier-ignore

const LONGEST_PIECE = 40;

const DAMAGES: readonly Damage[] = [
  (bytes, random) => replaced(bytes, random.below(bytes.length), random.below(256)),
  (bytes, random) => replaced(bytes, random.below(bytes.length), pick(random, TELLING_BYTES)),
  (bytes, random) => {
    const at = random.below(bytes.length);
    return replaced(bytes, at, bytes[at] ^ (1 << random.below(8)));
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, random) => bytes.subarray(random.below(bytes.length)),
  (bytes, random) => {
    const [from, to] = piece(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, random) => {
    const [from, to] = piece(bytes, random);
    const copies = new Array<Uint8Array>(between(random, 1, 8)).fill(bytes.subarray(from, to));
    return joined(bytes.subarray(0, to), ...copies, bytes.subarray(to));
  },
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    const more = Uint8Array.from({ length: between(random, 1, 12) }, () => random.below(256));
    return joined(bytes.subarray(0, at), more, bytes.subarray(at));
  },
  (bytes, random) => {
    const [from, to] = piece(bytes, random);
    const at = random.below(bytes.length + 1);
    return joined(bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at));
  },
  (bytes, random) => {
    const damaged = Uint8Array.from(bytes);
    const [from, to] = piece(bytes, random);
    return damaged.fill(pick(random, TELLING_BYTES), from, to);
  },
];

/** The bytes with one to four damages; never the same array. */
export function damageBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let damaged = Uint8Array.from(bytes);
  for (let k = between(random, 1, 4); k > 0 && damaged.length > 0; k--) {
    damaged = Uint8Array.from(pick(random, DAMAGES)(damaged, random));
  }
  return damaged;
}

function replaced(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const damaged = Uint8Array.from(bytes);
  damaged[at] = byte;
  return damaged;
}

function piece(bytes: Uint8Array, random: Random): readonly [from: number, to: number] {
  const from = random.below(bytes.length);
  return [from, Math.min(bytes.length, from + between(random, 1, LONGEST_PIECE))];
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
