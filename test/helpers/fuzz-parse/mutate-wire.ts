/**
 * Damage to protocol buffers that keeps their framing: the bytes are read as a tree of fields without a
 * schema, some fields are changed, and all lengths are written anew. What comes out is a message whose
 * contents are wrong, which random bytes hardly ever are.
 */
import type { Random } from '../../../src/numeric/random.js';
import { between, chance, pick } from '../fuzz/choose.js';

/** A field: its number, its wire type, and what it holds. */
interface Field {
  id: number;
  value:
    | { readonly kind: 'varint'; readonly bits: bigint }
    | { readonly kind: 'fixed'; readonly bytes: Uint8Array }
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
    | { readonly kind: 'message'; readonly fields: Field[] };
}

/** Numbers that something may break on. */
const TELLING_NUMBERS = [
  0n, 1n, 2n, 7n, 8n, 9n, 10n, 11n, 16n, 64n, 255n, 65536n, 2n ** 24n, 2n ** 31n - 1n, 2n ** 31n,
  2n ** 32n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n - 2n,
]; // prettier-ignore

const TELLING_TEXTS = [
  '', '\0', '../../secret', '/etc/passwd', 'C:\\x', 'Relu', 'Gemm', 'MatMul', 'Add', 'Reshape', 'Constant', 'If',
  'com.example', 'location', 'offset', '-1', '1e9', '99999999999999999999', '__proto__', 'constructor', '\u{1b}[2J', 'a'.repeat(5000),
]; // prettier-ignore

/** Fields of one message and how deep it stands. */
interface Place {
  readonly fields: Field[];
  readonly index: number;
}

/** The message with one to five of its fields changed; `undefined` where the bytes are none. */
export function damageMessage(bytes: Uint8Array, random: Random): Uint8Array | undefined {
  const tree = readFields(bytes);
  if (tree === undefined) return undefined;
  for (let k = between(random, 1, 5); k > 0; k--) {
    const places = placesOf(tree);
    if (places.length === 0) break;
    change(pick(random, places), places, random);
  }
  return Uint8Array.from(writeFields(tree));
}

function change({ fields, index }: Place, places: readonly Place[], random: Random): void {
  const field = fields[index];
  // Of the same number mostly: a name in the place of a name, a tensor in that of a tensor.
  const other = (): Field => {
    const fitting = places.filter((place) => place.fields[place.index].id === field.id);
    const place = pick(random, chance(random, 0.85) ? fitting : places);
    return place.fields[place.index];
  };
  switch (random.below(12)) {
    case 0:
      fields.splice(index, 1);
      return;
    case 1:
      for (let k = between(random, 1, 4); k > 0; k--) fields.splice(index, 0, copied(field));
      return;
    case 2:
      fields[index] = copied(other());
      return;
    case 3:
      field.value = copied(other()).value;
      return;
    case 4:
      fields.splice(random.below(fields.length + 1), 0, copied(other()));
      return;
    case 5:
      field.id = chance(random, 0.3) ? between(random, 1, 30) : Math.max(1, field.id - 1 + random.below(3)); // prettier-ignore
      return;
    case 6:
      field.value = nested(field, between(random, 1, 60));
      return;
    default:
      field.value = changedValue(field.value, random);
  }
}

function changedValue(value: Field['value'], random: Random): Field['value'] {
  if (value.kind === 'varint' && chance(random, 0.9)) {
    return { kind: 'varint', bits: pick(random, TELLING_NUMBERS) };
  }
  if (value.kind === 'fixed' && chance(random, 0.9)) {
    const { length } = value.bytes;
    const notFinite = [0, 0, 0, 0, 0, 0, 0xf0, 0x7f].slice(8 - length);
    if (length === 4) notFinite[2] = 0x80;
    const bytes = chance(random, 0.3) ? notFinite : value.bytes.map(() => random.below(256));
    return { kind: 'fixed', bytes: Uint8Array.from(bytes) };
  }
  if (value.kind === 'bytes' && chance(random, 0.4)) {
    const length = Math.max(0, value.bytes.length - 4 + random.below(9));
    return { kind: 'bytes', bytes: Uint8Array.from({ length }, (_, k) => value.bytes.at(k) ?? random.below(256)) }; // prettier-ignore
  }
  if (value.kind === 'message' && chance(random, 0.9)) {
    return { kind: 'message', fields: value.fields.slice(random.below(2), random.below(value.fields.length + 1)) }; // prettier-ignore
  }
  if (chance(random, 0.1)) return { kind: 'varint', bits: pick(random, TELLING_NUMBERS) };
  return { kind: 'bytes', bytes: new TextEncoder().encode(pick(random, TELLING_TEXTS)) };
}

/** The field in itself, `depth` times. */
function nested(field: Field, depth: number): Field['value'] {
  let inner = copied(field);
  for (let k = 1; k < depth; k++) inner = { id: field.id, value: { kind: 'message', fields: [inner] } }; // prettier-ignore
  return { kind: 'message', fields: [inner] };
}

function copied({ id, value }: Field): Field {
  return value.kind === 'message'
    ? { id, value: { kind: 'message', fields: value.fields.map(copied) } }
    : { id, value };
}

/** All fields of the tree but those in large lists of numbers, which say little. */
function placesOf(fields: Field[]): Place[] {
  return fields.flatMap(({ value }, index) => [
    { fields, index },
    ...(value.kind === 'message' ? placesOf(value.fields) : []),
  ]);
}

/** The fields of a message; `undefined` where the bytes are no message. */
function readFields(bytes: Uint8Array): Field[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint | undefined => {
    let bits = 0n;
    for (let shift = 0n; shift < 70n && at < bytes.length; shift += 7n) {
      const byte = bytes[at++];
      bits |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return bits;
    }
    return undefined;
  };
  while (at < bytes.length) {
    const tag = Number(varint() ?? 0n);
    const id = Math.floor(tag / 8);
    if (id < 1 || id > 40) return undefined;
    const wireType = tag % 8;
    if (wireType === 0) {
      const bits = varint();
      if (bits === undefined) return undefined;
      fields.push({ id, value: { kind: 'varint', bits } });
      continue;
    }
    const length = wireType === 2 ? Number(varint() ?? -1n) : wireType === 1 ? 8 : wireType === 5 ? 4 : -1; // prettier-ignore
    if (length < 0 || at + length > view.byteLength) return undefined;
    const inner = bytes.subarray(at, at + length);
    at += length;
    const message = wireType === 2 && length > 1 ? readFields(inner) : undefined;
    if (message !== undefined) fields.push({ id, value: { kind: 'message', fields: message } });
    else fields.push({ id, value: { kind: wireType === 2 ? 'bytes' : 'fixed', bytes: inner } });
  }
  return fields;
}

function writeFields(fields: readonly Field[]): number[] {
  const bytes: number[] = [];
  const append = (more: ArrayLike<number>): void => {
    for (let k = 0; k < more.length; k++) bytes.push(more[k]);
  };
  for (const { id, value } of fields) {
    if (value.kind === 'varint') {
      append(writeVarint(BigInt(id) * 8n));
      append(writeVarint(value.bits));
    } else if (value.kind === 'fixed') {
      append(writeVarint(BigInt(id) * 8n + (value.bytes.length === 4 ? 5n : 1n)));
      append(value.bytes);
    } else {
      const inner = value.kind === 'bytes' ? value.bytes : writeFields(value.fields);
      append(writeVarint(BigInt(id) * 8n + 2n));
      append(writeVarint(BigInt(inner.length)));
      append(inner);
    }
  }
  return bytes;
}

function writeVarint(bits: bigint): number[] {
  const bytes: number[] = [];
  let rest = bits;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest % 128n) + 128);
  return [...bytes, Number(rest)];
}
