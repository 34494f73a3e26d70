/**
 * A descriptor-driven protocol buffer decoder over protobufjs' minimal reader: a message is described
 * by one object of fields, and its TypeScript type follows from it. No code is generated at run time,
 * so it also runs under a strict content security policy.
 *
 * Truncated or malformed bytes throw. A field that the descriptor does not know is skipped, and told to
 * the caller: newer schemas may add some. What a file can make us allocate is bounded by its size.
 */
import { MalformedError, WIRE, WireReader } from './wire.js';
import type { WireType } from './wire.js';
import { WireNumbers } from './wire-numbers.js';
import type { NumberWireType } from './wire-numbers.js';

/** One decoding under way. */
class Decoding extends WireReader {
  /** Fields that no descriptor knows, such as `TensorProto 17`. */
  readonly unknown = new Set<string>();
  /** Messages so far. */
  private messages = 0;

  /** Counts a message. @throws TooManyMessagesError. */
  countMessage(): void {
    this.messages++;
    if (this.messages > MOST_MESSAGES) throw new TooManyMessagesError();
  }
}

/**
 * An empty message takes two bytes of a file and a hundred of memory. The largest real models have some
 * ten thousand nodes of about ten messages each.
 */
export const MOST_MESSAGES = 2 ** 20;

/** The file holds more than MOST_MESSAGES messages. */
export class TooManyMessagesError extends Error {}

/** More unknown fields than this are not told apart. */
const MOST_UNKNOWN = 8;

/** One field of a message: its number, and how a value on the wire changes the value so far. */
export interface Field<Value> {
  readonly id: number;
  readonly initial: Value;
  merge(decoding: Decoding, wireType: number, value: Value): Value;
}

type Fields = Readonly<Record<string, Field<unknown>>>;

/** What is known about one kind of message. */
export interface Descriptor<F extends Fields> {
  /** Its name in the schema. */
  readonly name: string;
  readonly byId: ReadonlyMap<number, readonly [key: string, field: F[string]]>;
  /** Numbers of the fields that are known and not needed. */
  readonly ignored: ReadonlySet<number>;
  /** A message without any field. */
  readonly empty: Decoded<F>;
}

type Decoded<F extends Fields> = {
  readonly [Key in keyof F]: F[Key] extends Field<infer Value> ? Value : never;
};

/** What a message of the descriptor decodes to; absent fields hold their initial values. */
export type Message<D> = D extends Descriptor<infer F> ? Decoded<F> : never;

/** The descriptor of a message; `ignored` are numbers of fields that may be lost. */
export function describe<F extends Fields>(
  name: string,
  fields: F,
  ignored: readonly number[] = [],
): Descriptor<F> {
  const entries = Object.entries(fields) as [string, F[string]][];
  return {
    name,
    byId: new Map(entries.map((entry) => [entry[1].id, entry])),
    ignored: new Set(ignored),
    empty: Object.fromEntries(entries.map(([key, { initial }]) => [key, initial])) as Decoded<F>,
  };
}

/**
 * Decodes a whole file as one message, and names the fields that were not known.
 *
 * @throws TruncatedError, MalformedError, TooManyMessagesError.
 */
export function decodeMessage<F extends Fields>(
  descriptor: Descriptor<F>,
  bytes: Uint8Array,
): { readonly message: Decoded<F>; readonly unknown: readonly string[] } {
  const decoding = new Decoding(bytes);
  try {
    const message = decodeFields(descriptor, decoding);
    return { message, unknown: [...decoding.unknown] };
  } catch (error) {
    throw decoding.problemOf(error);
  }
}

function decodeFields<F extends Fields>(descriptor: Descriptor<F>, decoding: Decoding): Decoded<F> {
  decoding.countMessage();
  const { reader } = decoding;
  const values: Record<string, unknown> = { ...descriptor.empty };
  while (decoding.hasMore()) {
    const tag = reader.tag();
    const [id, wireType] = [tag >>> 3, tag & 7];
    const known = descriptor.byId.get(id);
    if (known !== undefined) {
      const [key, field] = known;
      values[key] = field.merge(decoding, wireType, values[key]);
      continue;
    }
    if (wireType === WIRE.group)
      throw new MalformedError(reader.pos, 'a group, which ONNX never has,');
    reader.skipType(wireType, 0, id);
    if (!descriptor.ignored.has(id) && decoding.unknown.size < MOST_UNKNOWN) {
      decoding.unknown.add(`${descriptor.name} ${id}`);
    }
  }
  return values as Decoded<F>;
}

function expectType(decoding: Decoding, actual: number, expected: number): void {
  if (actual !== expected) {
    throw new MalformedError(decoding.reader.pos, 'a field has the wrong type');
  }
}

/** One value, the last one on the wire; `absent` when there is none. */
function single<Value>(
  id: number,
  absent: Value,
  wireType: WireType,
  read: (decoding: Decoding) => Value,
): Field<Value> {
  return {
    id,
    initial: absent,
    merge(decoding, actual) {
      expectType(decoding, actual, wireType);
      return read(decoding);
    },
  };
}

/** Any number of values that each have a tag of their own. */
function repeated<Value>(id: number, read: (decoding: Decoding) => Value): Field<readonly Value[]> {
  return {
    id,
    initial: [],
    merge(decoding, actual, values) {
      expectType(decoding, actual, WIRE.delimited);
      return appended(values, read(decoding));
    },
  };
}

/** Any number of numbers, packed or not. */
function numbers(
  id: number,
  wireType: NumberWireType,
  read: (decoding: Decoding) => number,
): Field<readonly number[]> {
  return {
    id,
    initial: [],
    merge(decoding, actual, values) {
      if (actual !== WIRE.delimited) {
        expectType(decoding, actual, wireType);
        return appended(values, read(decoding));
      }
      return decoding.within(() => {
        let longer = values;
        while (decoding.hasMore()) longer = appended(longer, read(decoding));
        return longer;
      });
    },
  };
}

/** The empty list is shared by all messages; a list of one or more is the message's own and grows. */
function appended<Value>(values: readonly Value[], value: Value): readonly Value[] {
  if (values.length === 0) return [value];
  (values as Value[]).push(value);
  return values;
}

export function int32(id: number): Field<number> {
  return single(id, 0, WIRE.varint, (decoding) => decoding.reader.int32());
}

/** Beyond 2^53 the nearest double: enough for extents and versions. */
export function int64(id: number): Field<number> {
  return single(id, 0, WIRE.varint, (decoding) => decoding.int64());
}

/** As `int64`, and `undefined` when absent: for members of a oneof. */
export function optionalInt64(id: number): Field<number | undefined> {
  return single<number | undefined>(id, undefined, WIRE.varint, (decoding) => decoding.int64());
}

export function float(id: number): Field<number> {
  return single(id, 0, WIRE.fixed32, (decoding) => decoding.reader.float());
}

export function text(id: number): Field<string> {
  return single(id, '', WIRE.delimited, (decoding) => decoding.reader.string());
}

/** A view of the file's bytes, unaligned; `undefined` when absent. */
export function bytes(id: number): Field<Uint8Array | undefined> {
  return single<Uint8Array | undefined>(id, undefined, WIRE.delimited, (decoding) =>
    decoding.reader.bytes(),
  );
}

export function int64s(id: number): Field<readonly number[]> {
  return numbers(id, WIRE.varint, (decoding) => decoding.int64());
}

export function floats(id: number): Field<readonly number[]> {
  return numbers(id, WIRE.fixed32, (decoding) => decoding.reader.float());
}

export function texts(id: number): Field<readonly string[]> {
  return repeated(id, (decoding) => decoding.reader.string());
}

/** Numbers that may be as many as a model has weights: left as they are written. */
export function wireNumbers(id: number, wireType: NumberWireType): Field<WireNumbers | undefined> {
  return {
    id,
    initial: undefined,
    merge(decoding, actual, value) {
      const list = value ?? new WireNumbers(wireType);
      list.append(decoding, actual);
      return list;
    },
  };
}

/** A nested message, `undefined` when absent. Two would have to be merged, which no exporter asks for. */
export function message<F extends Fields>(
  id: number,
  descriptor: Descriptor<F>,
): Field<Decoded<F> | undefined> {
  return {
    id,
    initial: undefined,
    merge(decoding, actual, value) {
      expectType(decoding, actual, WIRE.delimited);
      if (value !== undefined) {
        throw new MalformedError(decoding.reader.pos, `a second ${descriptor.name}`);
      }
      return decoding.within(() => decodeFields(descriptor, decoding));
    },
  };
}

/** Any number of nested messages. */
export function messages<F extends Fields>(
  id: number,
  descriptor: Descriptor<F>,
): Field<readonly Decoded<F>[]> {
  return repeated(id, (decoding) => decoding.within(() => decodeFields(descriptor, decoding)));
}
