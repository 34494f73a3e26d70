/**
 * The wire format of protocol buffers: varints, fixed numbers and length-delimited bytes, read without
 * a copy. Every length is compared with what is there before it is believed.
 *
 * Of groups, which no ONNX message uses, only the absence is known: they nest without a length, and so
 * are the one construct that could lead a reader astray.
 */

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
export const WIRE = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;

export type WireType = (typeof WIRE)[keyof typeof WIRE];

/** Bytes of a 64-bit number, with seven bits in each. */
export const LONGEST_VARINT = 10;

/** A name may begin with a byte order mark, which is then part of it. */
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

export class WireReader {
  position = 0;
  /** Where the innermost message ends, and how many messages are around it. */
  private end: number;
  private depth = 0;
  private readonly view: DataView;
  /** The halves of the varint read last, both unsigned. */
  low = 0;
  high = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.end = bytes.length;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  hasMore(): boolean {
    return this.position < this.end;
  }

  /** The number and the wire type of the next field. */
  tag(): { readonly id: number; readonly wireType: number } {
    const start = this.position;
    this.varint();
    const id = this.low >>> 3;
    if (id === 0 || this.high !== 0) throw new MalformedError(start, 'a field has no number');
    return { id, wireType: this.low & 7 };
  }

  int32(): number {
    this.varint();
    return this.low | 0;
  }

  /** The nearest double. */
  int64(): number {
    this.varint();
    return (this.high | 0) * 2 ** 32 + this.low;
  }

  float(): number {
    return this.view.getFloat32(this.advance(4), true);
  }

  double(): number {
    return this.view.getFloat64(this.advance(8), true);
  }

  /** A view of length-delimited bytes, unaligned. */
  delimited(): Uint8Array {
    const start = this.advance(this.length());
    return this.bytes.subarray(start, this.position);
  }

  text(): string {
    return DECODER.decode(this.delimited());
  }

  /** Runs `read` on a length-delimited message, which it may not leave. */
  within<Result>(read: () => Result): Result {
    const start = this.advance(this.length());
    const [inner, outer] = [this.position, this.end];
    this.position = start;
    this.end = inner;
    this.depth++;
    const result = read();
    this.depth--;
    this.end = outer;
    return result;
  }

  /** A view of the number at the position, in its wire form. */
  encoded(wireType: WireType): Uint8Array {
    const start = this.position;
    if (wireType === WIRE.varint) this.varint();
    else this.advance(wireType === WIRE.fixed32 ? 4 : 8);
    return this.bytes.subarray(start, this.position);
  }

  skip(wireType: number): void {
    switch (wireType) {
      case WIRE.varint:
        this.varint();
        return;
      case WIRE.delimited:
        this.advance(this.length());
        return;
      case WIRE.fixed32:
      case WIRE.fixed64:
        this.advance(wireType === WIRE.fixed32 ? 4 : 8);
        return;
      default:
        throw new MalformedError(this.position, 'a field has no known type');
    }
  }

  private length(): number {
    this.varint();
    return this.high * 2 ** 32 + this.low;
  }

  /** Moves behind `count` bytes and returns where they begin. */
  private advance(count: number): number {
    const start = this.position;
    if (count > this.end - start) throw this.overrun();
    this.position = start + count;
    return start;
  }

  /** Reads a varint into its two halves. */
  varint(): void {
    let low = 0;
    let high = 0;
    for (let index = 0; index < LONGEST_VARINT; index++) {
      if (this.position >= this.end) throw this.overrun();
      const byte = this.bytes[this.position++];
      const bits = byte & 0x7f;
      if (index < 4) low |= bits << (7 * index);
      else if (index > 4) high |= bits << (7 * index - 32);
      else {
        low |= bits << 28;
        high = bits >> 4;
      }
      if (byte === bits) {
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
    }
    throw new MalformedError(this.position - LONGEST_VARINT, 'a number of more than 64 bits');
  }

  private overrun(): Error {
    // Of a file that is cut, the outermost message is the first to notice.
    return this.depth === 0
      ? new TruncatedError()
      : new MalformedError(this.position, 'a field reaches beyond its message');
  }
}
