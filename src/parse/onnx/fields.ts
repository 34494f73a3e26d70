/**
 * A descriptor-driven protocol buffer decoder over protobufjs' minimal reader: a message is described
 * by one object of fields, and its TypeScript type follows from it. No code is generated at run time,
 * so it also runs under a strict content security policy.
 *
 * Unknown fields are skipped (newer schemas may add some); truncated or malformed bytes throw.
 */
import protobuf from 'protobufjs/minimal.js';

type Reader = protobuf.Reader;

/** One field of a message: its number, and how a value on the wire changes the value so far. */
export interface Field<Value> {
  readonly id: number;
  readonly initial: () => Value;
  merge(reader: Reader, wireType: number, value: Value): Value;
}

export type Descriptor = Readonly<Record<string, Field<unknown>>>;

/** What a message of the descriptor decodes to; absent fields hold their initial values. */
export type Message<D extends Descriptor> = {
  readonly [Key in keyof D]: D[Key] extends Field<infer Value> ? Value : never;
};

/** Thrown when the bytes end before the message does. */
export class TruncatedError extends Error {}

/** Thrown when bytes are no message of the descriptor. */
export class MalformedError extends Error {
  constructor(
    readonly offset: number,
    problem: string,
  ) {
    super(problem);
  }
}

/** Wire types of the protocol buffer encoding. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Decodes a whole file as one message. @throws TruncatedError, MalformedError. */
export function decodeMessage<D extends Descriptor>(descriptor: D, bytes: Uint8Array): Message<D> {
  const reader = new protobuf.Reader(bytes);
  try {
    return decodeUntil(descriptor, reader, reader.len);
  } catch (error) {
    if (error instanceof TruncatedError || error instanceof MalformedError) throw error;
    if (error instanceof RangeError) throw new TruncatedError();
    throw new MalformedError(reader.pos, 'no protocol buffer');
  }
}

function decodeUntil<D extends Descriptor>(descriptor: D, reader: Reader, end: number): Message<D> {
  const fields = new Map<number, readonly [string, Field<unknown>]>();
  const values: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(descriptor)) {
    fields.set(field.id, [key, field]);
    values[key] = field.initial();
  }
  while (reader.pos < end) {
    const start = reader.pos;
    const tag = reader.uint32();
    const known = fields.get(tag >>> 3);
    if (tag >>> 3 === 0) throw new MalformedError(start, 'a field has the number 0');
    if (known === undefined) reader.skipType(tag & 7);
    else values[known[0]] = known[1].merge(reader, tag & 7, values[known[0]]);
    if (reader.pos > end) throw new MalformedError(start, 'a field reaches beyond its message');
  }
  return values as Message<D>;
}

/** The end of a length-delimited value whose length stands at the reader. */
function readEnd(reader: Reader): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new TruncatedError();
  return end;
}

function expectType(reader: Reader, actual: number, expected: number): void {
  if (actual !== expected) {
    throw new MalformedError(reader.pos, `wire type ${actual} instead of ${expected}`);
  }
}

/** One number, the last one on the wire; `absent` when there is none. */
function single<Value>(
  id: number,
  absent: Value,
  wireType: number,
  read: (reader: Reader) => Value,
): Field<Value> {
  return {
    id,
    initial: () => absent,
    merge(reader, actual) {
      expectType(reader, actual, wireType);
      return read(reader);
    },
  };
}

/** Any number of numbers, packed or not; hostile lengths cost nothing but what the file holds. */
function numbers(id: number, wireType: number, read: (reader: Reader) => number): Field<number[]> {
  return {
    id,
    initial: () => [],
    merge(reader, actual, values) {
      if (actual !== LENGTH_DELIMITED) {
        expectType(reader, actual, wireType);
        values.push(read(reader));
        return values;
      }
      const end = readEnd(reader);
      while (reader.pos < end) values.push(read(reader));
      if (reader.pos > end) throw new MalformedError(end, 'a packed field is cut');
      return values;
    },
  };
}

function readInt64(reader: Reader): number {
  return Number(reader.int64());
}

function readBytes(reader: Reader): Uint8Array {
  const end = readEnd(reader);
  const bytes = reader.buf.subarray(reader.pos, end);
  reader.pos = end;
  return bytes;
}

function readText(reader: Reader): string {
  return new TextDecoder().decode(readBytes(reader));
}

export function int32(id: number): Field<number> {
  return single(id, 0, VARINT, (reader) => reader.int32());
}

/** Beyond 2^53 the nearest double: enough for extents and versions. */
export function int64(id: number): Field<number> {
  return single(id, 0, VARINT, readInt64);
}

/** As `int64`, and `undefined` when absent: for members of a oneof. */
export function optionalInt64(id: number): Field<number | undefined> {
  return single<number | undefined>(id, undefined, VARINT, readInt64);
}

export function float(id: number): Field<number> {
  return single(id, 0, 5, (reader) => reader.float());
}

export function text(id: number): Field<string> {
  return single(id, '', LENGTH_DELIMITED, readText);
}

/** A view of the file's bytes, unaligned; `undefined` when absent. */
export function bytes(id: number): Field<Uint8Array | undefined> {
  return single<Uint8Array | undefined>(id, undefined, LENGTH_DELIMITED, readBytes);
}

export function int32s(id: number): Field<number[]> {
  return numbers(id, VARINT, (reader) => reader.int32());
}

export function int64s(id: number): Field<number[]> {
  return numbers(id, VARINT, readInt64);
}

export function floats(id: number): Field<number[]> {
  return numbers(id, 5, (reader) => reader.float());
}

export function doubles(id: number): Field<number[]> {
  return numbers(id, 1, (reader) => reader.double());
}

export function texts(id: number): Field<string[]> {
  return {
    id,
    initial: () => [],
    merge(reader, wireType, values) {
      expectType(reader, wireType, LENGTH_DELIMITED);
      values.push(readText(reader));
      return values;
    },
  };
}

/** A nested message, `undefined` when absent; a repeated occurrence replaces the earlier one. */
export function message<D extends Descriptor>(
  id: number,
  descriptor: D,
): Field<Message<D> | undefined> {
  return single<Message<D> | undefined>(id, undefined, LENGTH_DELIMITED, (reader) =>
    decodeUntil(descriptor, reader, readEnd(reader)),
  );
}

/** Any number of nested messages. */
export function messages<D extends Descriptor>(id: number, descriptor: D): Field<Message<D>[]> {
  return {
    id,
    initial: () => [],
    merge(reader, wireType, values) {
      expectType(reader, wireType, LENGTH_DELIMITED);
      values.push(decodeUntil(descriptor, reader, readEnd(reader)));
      return values;
    },
  };
}
