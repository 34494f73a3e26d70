/**
 * The entries of a zip archive, read strictly: what is unusual for a file that PyTorch wrote is refused
 * and named, and no size is believed before it has been compared with the bytes that are there.
 *
 * PyTorch stores its entries without compression, aligned, so that their data are parts of the file and
 * not copies.
 */
import { damaged, decodeName, openArchive, unsupported, whole64 } from './archive.js';
import type { Archive } from './archive.js';
import { findDirectory } from './directory.js';

export interface ZipEntry {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  /** CRC-32 of the content; PyTorch can be told to leave it out and writes 0 then. */
  readonly crc: number;
  /** The data as they stand in the file. */
  readonly packed: Uint8Array;
  /** Declared size of the content. */
  readonly size: number;
}

const CENTRAL = { signature: 0x02014b50, size: 46 } as const;
const LOCAL = { signature: 0x04034b50, size: 30 } as const;

/** Identifier of the extra field that holds sizes and offsets of more than 32 bits. */
const EXTRA64 = 1;
const NOT_IN_32_BITS = 0xffffffff;

const FLAG_ENCRYPTED = 0x0001;
const FLAG_HIDDEN = 0x2000;

const STORED = 0;
const DEFLATED = 8;

/**
 * The entries of an archive by name.
 *
 * @throws Diagnostic TORCH_ZIP_TRUNCATED, TORCH_ZIP_DAMAGED, TORCH_ZIP_UNSUPPORTED.
 */
export function readZip(bytes: Uint8Array, file: string): ReadonlyMap<string, ZipEntry> {
  const archive = openArchive(bytes, file);
  const directory = findDirectory(archive);
  const entries = new Map<string, ZipEntry>();
  const spans: Span[] = [];
  let at = directory.start;
  for (let index = 0; index < directory.entries; index++) {
    const header = readCentral(archive, at, directory.end);
    const { name } = header;
    if (entries.has(name)) throw damaged(archive, `two entries have the same name`, name);
    const span = findData(archive, header, directory.start);
    const { method, crc, size } = header;
    const packed = bytes.subarray(span.dataStart, span.end);
    entries.set(name, { name, method, crc, packed, size });
    spans.push(span);
    at = header.next;
  }
  if (at !== directory.end) throw damaged(archive, 'its directory has a wrong size');
  checkOverlap(archive, spans);
  return entries;
}

/** What the directory says of an entry. */
interface CentralHeader {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Offset of the entry's own header. */
  readonly local: number;
  /** Offset of the next header of the directory. */
  readonly next: number;
}

function readCentral(archive: Archive, at: number, end: number): CentralHeader {
  const { view, bytes } = archive;
  if (at + CENTRAL.size > end || view.getUint32(at, true) !== CENTRAL.signature) {
    throw damaged(archive, 'its directory breaks off');
  }
  const nameEnd = at + CENTRAL.size + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > end) throw damaged(archive, 'its directory breaks off');
  const name = decodeName(archive, bytes.subarray(at + CENTRAL.size, nameEnd));
  const flags = view.getUint16(at + 8, true);
  if ((flags & (FLAG_ENCRYPTED | FLAG_HIDDEN)) !== 0) {
    throw unsupported(archive, 'is encrypted', name);
  }
  const method = view.getUint16(at + 10, true);
  if (method !== STORED && method !== DEFLATED) {
    throw unsupported(archive, `is compressed by method ${method}`, name);
  }
  const sizes = readSizes(archive, at, nameEnd, extraEnd, name);
  if (method === STORED && sizes.size !== sizes.packedSize) {
    throw damaged(archive, 'an entry without compression has two sizes', name);
  }
  return {
    ...sizes,
    name,
    method: method === STORED ? 'stored' : 'deflated',
    crc: view.getUint32(at + 16, true),
    next,
  };
}

/** Sizes and offset of an entry; those that need more than 32 bits stand in an extra field. */
function readSizes(
  archive: Archive,
  at: number,
  extraStart: number,
  extraEnd: number,
  name: string,
): Pick<CentralHeader, 'packedSize' | 'size' | 'local'> {
  const { view } = archive;
  const short = [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ];
  let field = findExtra(archive, EXTRA64, extraStart, extraEnd);
  const [size, packedSize, local] = short.map((value) => {
    if (value !== NOT_IN_32_BITS) return value;
    if (field === undefined || field.start + 8 > field.end) {
      throw damaged(archive, 'an entry lacks its 64-bit size', name);
    }
    const long = whole64(archive, field.start);
    field = { start: field.start + 8, end: field.end };
    return long;
  });
  return { size, packedSize, local };
}

function findExtra(
  { view }: Archive,
  identifier: number,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } | undefined {
  for (let at = start; at + 4 <= end;) {
    const fieldEnd = at + 4 + view.getUint16(at + 2, true);
    if (fieldEnd > end) return undefined;
    if (view.getUint16(at, true) === identifier) return { start: at + 4, end: fieldEnd };
    at = fieldEnd;
  }
  return undefined;
}

/** Where an entry stands in the file: its own header, its data, their end. */
interface Span {
  readonly name: string;
  readonly start: number;
  readonly dataStart: number;
  readonly end: number;
}

/** The entry's own header must be there, under the same name, and its data before the directory. */
function findData(archive: Archive, header: CentralHeader, limit: number): Span {
  const { view, bytes } = archive;
  const { name, local, packedSize } = header;
  if (local + LOCAL.size > limit || view.getUint32(local, true) !== LOCAL.signature) {
    throw damaged(archive, 'an entry is not where the directory says', name);
  }
  const nameEnd = local + LOCAL.size + view.getUint16(local + 26, true);
  const dataStart = nameEnd + view.getUint16(local + 28, true);
  const end = dataStart + packedSize;
  if (end > limit) throw damaged(archive, 'the data of an entry reach into the directory', name);
  if (decodeName(archive, bytes.subarray(local + LOCAL.size, nameEnd)) !== name) {
    throw damaged(archive, 'an entry has another name than in the directory', name);
  }
  return { name, start: local, dataStart, end };
}

/** Entries that share bytes are no accident: a few of them can stand for any amount of data. */
function checkOverlap(archive: Archive, spans: readonly Span[]): void {
  const ordered = [...spans].sort((left, right) => left.start - right.start);
  for (let index = 1; index < ordered.length; index++) {
    if (ordered[index].start < ordered[index - 1].end) {
      throw damaged(archive, 'an entry overlaps the one before it', ordered[index].name);
    }
  }
}
