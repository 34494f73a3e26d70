/**
 * Finds the directory of a zip archive, which stands at the end of the file:
 *
 *   entry: own header, name, data   ...   directory: a header for each entry   end of the directory
 *
 * PyTorch always writes the 64-bit form of that end beside the 32-bit one.
 */
import { diagnose } from '../../../diagnostics/diagnostic.js';
import { damaged, unsupported, whole64 } from './archive.js';
import type { Archive } from './archive.js';

const END = { signature: 0x06054b50, size: 22, longestComment: 0xffff } as const;
const END64 = { signature: 0x06064b50, size: 56 } as const;
const LOCATOR64 = { signature: 0x07064b50, size: 20 } as const;

/** More entries than the largest models have; one tensor is one entry. */
const MOST_ENTRIES = 2 ** 17;

export interface Directory {
  /** Offsets of its first byte and of the byte behind its last. */
  readonly start: number;
  readonly end: number;
  readonly entries: number;
}

/**
 * Where the directory stands; it lies inside the file.
 *
 * @throws Diagnostic TORCH_ZIP_TRUNCATED, TORCH_ZIP_DAMAGED, TORCH_ZIP_UNSUPPORTED.
 */
export function findDirectory(archive: Archive): Directory {
  const { view, bytes, file } = archive;
  const at = findEnd(archive);
  if (at === undefined) throw diagnose('TORCH_ZIP_TRUNCATED', { file }, { size: bytes.length });
  const disks = view.getUint16(at + 4, true) + view.getUint16(at + 6, true);
  if (disks !== 0) throw unsupported(archive, 'is one of several parts');
  const end64 = findEnd64(archive, at);
  const found =
    end64 === undefined
      ? {
          entries: view.getUint16(at + 10, true),
          size: view.getUint32(at + 12, true),
          start: view.getUint32(at + 16, true),
          limit: at,
        }
      : {
          entries: whole64(archive, end64 + 32),
          size: whole64(archive, end64 + 40),
          start: whole64(archive, end64 + 48),
          limit: end64,
        };
  const { entries, size, start, limit } = found;
  if (start + size !== limit) throw damaged(archive, 'its directory is not where its end says');
  if (entries > MOST_ENTRIES) throw unsupported(archive, `has ${entries} entries`);
  return { start, end: limit, entries };
}

/** Offset of the end of the directory, which is the end of the file but for a comment. */
function findEnd({ view, bytes }: Archive): number | undefined {
  const last = bytes.length - END.size;
  for (let at = last; at >= Math.max(0, last - END.longestComment); at--) {
    if (view.getUint32(at, true) !== END.signature) continue;
    if (at + END.size + view.getUint16(at + 20, true) === bytes.length) return at;
  }
  return undefined;
}

/** Offset of the 64-bit form of the end of the directory, where there is one. */
function findEnd64(archive: Archive, end: number): number | undefined {
  const { view } = archive;
  const locator = end - LOCATOR64.size;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR64.signature) return undefined;
  const at = whole64(archive, locator + 8);
  if (at + END64.size > locator || view.getUint32(at, true) !== END64.signature) {
    throw damaged(archive, 'its directory has no end where its locator says');
  }
  return at;
}
