/**
 * What the importer asks of protobufjs' reader of the wire format. The reader compares every length with
 * where the innermost message ends (`len`) before it believes it, and gives views of the bytes.
 *
 * Its problems become errors of two kinds, since a file that is cut and a file of another kind are not
 * told alike.
 */
import protobuf from 'protobufjs/minimal.js';

/** The bytes end before the message does. */
export class TruncatedError extends Error {}

/** The bytes are no message of the expected kind. */
export class MalformedError extends Error {
  constructor(
    readonly offset: number,
    problem: string,
  ) {
    super(problem);
  }
}

/** How a field's value is written; the numbers are those of the encoding. */
export const WIRE = { varint: 0, fixed64: 1, delimited: 2, group: 3, fixed32: 5 } as const;

export type WireType = Exclude<(typeof WIRE)[keyof typeof WIRE], typeof WIRE.group>;

/** Bytes of a 64-bit number, with seven bits in each. */
export const LONGEST_VARINT = 10;

/** Reads the bytes of one message, and of those inside. */
export class WireReader {
  readonly reader: protobuf.Reader;
  /** How many messages are around the one under way. */
  private depth = 0;

  constructor(bytes: Uint8Array) {
    // Not `create`, whose readers of a Buffer copy its text by another decoder.
    this.reader = new protobuf.Reader(bytes);
  }

  hasMore(): boolean {
    return this.reader.pos < this.reader.len;
  }

  /** The nearest double. */
  int64(): number {
    const { low, high } = this.reader.int64();
    return high * 2 ** 32 + (low >>> 0);
  }

  /** Runs `read` on a length-delimited message, which it may not leave. */
  within<Result>(read: () => Result): Result {
    const { reader } = this;
    const outer = reader.len;
    const length = reader.size();
    const start = reader.pos;
    reader.skip(length);
    reader.len = reader.pos;
    reader.pos = start;
    this.depth++;
    const result = read();
    this.depth--;
    reader.len = outer;
    return result;
  }

  /** A view of the value at the position, in its wire form. */
  encoded(wireType: WireType): Uint8Array {
    const { reader } = this;
    const start = reader.pos;
    reader.skipType(wireType);
    return reader.buf.subarray(start, reader.pos);
  }

  /** What an error that ended the reading says of the bytes: itself where it says nothing of them. */
  problemOf(error: unknown): unknown {
    if (error instanceof RangeError && error.message.startsWith('index out of range')) {
      // Of a file that is cut, the outermost message is the first to notice.
      if (this.depth === 0) return new TruncatedError();
      return new MalformedError(this.reader.pos, 'a field reaches beyond its message');
    }
    // protobufjs throws plain errors, such as `invalid tag encoding`; a bug of ours is a TypeError.
    const isPlain = error instanceof Error && error.constructor === Error;
    return isPlain ? new MalformedError(this.reader.pos, error.message) : error;
  }
}
