/**
 * Writes zip archives for tests as PyTorch does: stored entries aligned to 64 bytes, both forms of the
 * end of the directory; and archives that lie about any of it.
 */
import { deflateSync } from 'fflate';
import { crc32 } from 'node:zlib';

export interface ZipEntrySpec {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflate?: boolean;
  /** What the headers say in place of the truth. */
  readonly claim?: {
    readonly size?: number;
    readonly packedSize?: number;
    readonly crc?: number;
    readonly flags?: number;
    readonly method?: number;
    /** Offset of the entry's own header. */
    readonly local?: number;
    /** Name in the entry's own header. */
    readonly localName?: string;
  };
  /** Sizes and offset of the directory stand in the extra field of 64 bits. */
  readonly long?: boolean;
}

export interface ZipOptions {
  readonly comment?: string;
  /** Without the 64-bit form of the end. */
  readonly short?: boolean;
  /** Number of entries that the end of the directory claims. */
  readonly entries?: number;
}

/** PyTorch's alignment of the data of an entry. */
const ALIGNMENT = 64;

/** Flags that PyTorch sets: sizes behind the data, names in UTF-8. */
const FLAGS = 0x0808;

const NOT_IN_32_BITS = 0xffffffff;

/** The bytes of an archive. */
export function writeZip(entries: readonly ZipEntrySpec[], options: ZipOptions = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = entry.deflate === true ? deflateSync(entry.data) : entry.data;
    const header = localHeader(entry, offset);
    directory.push(centralHeader(entry, packed.length, entry.claim?.local ?? offset));
    const crc = entry.claim?.crc ?? crc32(entry.data);
    const descriptor = fields(
      [4, 0x08074b50],
      [4, crc],
      [4, packed.length],
      [4, entry.data.length],
    );
    parts.push(header, packed, descriptor);
    offset += header.length + packed.length + descriptor.length;
  }
  const central = concat(directory);
  const count = options.entries ?? entries.length;
  const comment = new TextEncoder().encode(options.comment ?? '');
  const end64 = [
    fields([4, 0x06064b50], [8, 44], [2, 0], [2, 0], [4, 0], [4, 0], [8, count], [8, count]),
    fields([8, central.length], [8, offset]),
    fields([4, 0x07064b50], [4, 0], [8, offset + central.length], [4, 1]),
  ];
  const end = [
    fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count]),
    fields([4, central.length], [4, offset], [2, comment.length]),
  ];
  const ends = options.short === true ? end : [...end64, ...end];
  return concat([...parts, central, ...ends, comment]);
}

/** Sizes and checksum stand behind the data, as PyTorch writes them, and in the directory. */
function localHeader(entry: ZipEntrySpec, start: number): Uint8Array {
  const name = new TextEncoder().encode(entry.claim?.localName ?? entry.name);
  const dataStart = start + 30 + name.length + 4;
  const padding = (ALIGNMENT - (dataStart % ALIGNMENT)) % ALIGNMENT;
  return concat([
    fields([4, 0x04034b50], [2, 0], [2, FLAGS], [2, methodOf(entry)], [4, 0]),
    fields([4, 0], [4, 0], [4, 0], [2, name.length], [2, 4 + padding]),
    name,
    fields([2, 0x4246], [2, padding]),
    new Uint8Array(padding).fill(0x5a),
  ]);
}

function methodOf({ claim, deflate }: ZipEntrySpec): number {
  return claim?.method ?? (deflate === true ? 8 : 0);
}

function centralHeader(entry: ZipEntrySpec, packedLength: number, local: number): Uint8Array {
  const { data, claim = {}, long = false } = entry;
  const name = new TextEncoder().encode(entry.name);
  const [size, packedSize] = [claim.size ?? data.length, claim.packedSize ?? packedLength];
  const extra = long
    ? fields([2, 1], [2, 24], [8, size], [8, packedSize], [8, local])
    : new Uint8Array(0);
  const short = (value: number): number => (long ? NOT_IN_32_BITS : value);
  return concat([
    fields(
      [4, 0x02014b50],
      [2, 0],
      [2, 0],
      [2, claim.flags ?? FLAGS],
      [2, methodOf(entry)],
      [4, 0],
    ),
    fields([4, claim.crc ?? crc32(data)], [4, short(packedSize)], [4, short(size)]),
    fields([2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, short(local)]),
    name,
    extra,
  ]);
}

/** Little-endian numbers of the given lengths. */
function fields(...values: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Uint8Array {
  return concat(
    values.map(([bytes, value]) => {
      const view = new DataView(new ArrayBuffer(8));
      view.setBigUint64(0, BigInt(value), true);
      return new Uint8Array(view.buffer, 0, bytes);
    }),
  );
}

/** Byte arrays one after the other. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
