/**
 * A list of numbers as the file writes it, decoded when it is needed: while the message is read, nothing
 * is copied of a million weights that stand packed.
 */
import { LONGEST_VARINT, MalformedError, WIRE } from './wire.js';
import type { WireReader, WireType } from './wire.js';

export type NumberWireType = Exclude<WireType, typeof WIRE.delimited>;

export class WireNumbers {
  /** What holds the numbers: a view of the file, or a buffer of our own with room at its end. */
  private held: Uint8Array = new Uint8Array(0);
  private length = 0;

  constructor(readonly wireType: NumberWireType) {}

  /** The numbers in wire form, one after the other. */
  get bytes(): Uint8Array {
    return this.held.subarray(0, this.length);
  }

  /** How many numbers there are. */
  count(): number {
    if (this.wireType !== WIRE.varint) return this.length / widthOf(this.wireType);
    let count = 0;
    for (let at = 0; at < this.length; at++) if (this.held[at] < 0x80) count++;
    return count;
  }

  /** Appends what stands at the reader: one number, or a packed run of them. */
  append(from: WireReader, wireType: number): void {
    const start = from.reader.pos;
    if (wireType !== this.wireType && wireType !== WIRE.delimited) {
      throw new MalformedError(start, 'a field has the wrong type');
    }
    const more = wireType === WIRE.delimited ? from.reader.bytes() : from.encoded(this.wireType);
    if (!isWhole(more, this.wireType)) throw new MalformedError(start, 'a list is cut');
    this.join(more);
  }

  private join(more: Uint8Array): void {
    const before = this.length;
    this.length += more.length;
    if (before === 0) {
      this.held = more;
      return;
    }
    // A view of the file has no room at its end, so that the file is never written to.
    if (this.length > this.held.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.held.subarray(0, before));
      this.held = larger;
    }
    this.held.set(more, before);
  }
}

function widthOf(wireType: NumberWireType): number {
  return wireType === WIRE.fixed32 ? 4 : 8;
}

/** Whether the bytes are numbers of this form and nothing else. */
function isWhole(packed: Uint8Array, wireType: NumberWireType): boolean {
  if (wireType !== WIRE.varint) return packed.length % widthOf(wireType) === 0;
  let open = 0;
  for (const byte of packed) {
    open = byte < 0x80 ? 0 : open + 1;
    if (open === LONGEST_VARINT) return false;
  }
  return open === 0;
}
