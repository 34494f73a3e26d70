/**
 * The content of a zip entry: a part of the file where it is stored, else inflated. Inflation is fed in
 * portions and stops at the declared size, so that neither the size nor the data can ask for more.
 */
import { Inflate } from 'fflate';
import { diagnose, Diagnostic } from '../../../diagnostics/diagnostic.js';
import { crc32 } from './crc.js';
import type { ZipEntry } from './entries.js';

/** Most bytes that all compressed entries of an archive may hold together: some seconds of inflation. */
const MOST_INFLATED = 2 ** 28;

/** No deflated byte stands for more than this many (258 bytes of output in two bits of input). */
const LARGEST_RATIO = 1032;

/** Bytes that are inflated at a time: at most 17 MB come out before the size is looked at. */
const PORTION = 2 ** 14;

/** Portions without output that are waited for: a block of 64 KiB that is not compressed comes at once. */
const MOST_IDLE = 5;

/**
 * Refuses an archive whose compressed entries declare more than fits, before any of them is inflated.
 *
 * @throws Diagnostic TORCH_ZIP_BOMB.
 */
export function checkInflatedSize(entries: Iterable<ZipEntry>, file: string): void {
  let total = 0;
  for (const { name, method, size, packed } of entries) {
    if (method === 'stored') continue;
    total += size;
    const problem =
      size > packed.length * LARGEST_RATIO
        ? `declares ${size} bytes, more than its ${packed.length} can stand for`
        : total > MOST_INFLATED
          ? `brings all of them to ${total} bytes, more than the ${MOST_INFLATED} that are supported`
          : undefined;
    if (problem !== undefined) throw diagnose('TORCH_ZIP_BOMB', { file }, { entry: name, problem });
  }
}

/**
 * The bytes of an entry, of its declared size. Not checked by CRC where the archive holds none.
 *
 * @throws Diagnostic TORCH_ZIP_BOMB, TORCH_ZIP_DAMAGED.
 */
export function contentOf(entry: ZipEntry, file: string): Uint8Array {
  const content = entry.method === 'stored' ? entry.packed : inflate(entry, file);
  if (entry.crc !== 0 && crc32(content) !== entry.crc) {
    const problem = 'the content of an entry is not what was written (its CRC-32 differs)';
    throw diagnose('TORCH_ZIP_DAMAGED', { file }, { problem, entry: entry.name });
  }
  return content;
}

function inflate(entry: ZipEntry, file: string): Uint8Array {
  const { name, packed, size } = entry;
  const damaged = (problem: string): Error =>
    diagnose('TORCH_ZIP_DAMAGED', { file }, { problem, entry: name });
  const content = new Uint8Array(size);
  let count = 0;
  const stream = new Inflate((portion) => {
    if (count + portion.length > size) {
      throw damaged('the content of an entry is larger than it declares');
    }
    content.set(portion, count);
    count += portion.length;
  });
  let idle = 0;
  // Data that yield nothing any more have ended, and what follows them would only pile up.
  for (let at = 0; count < size && idle <= MOST_IDLE && at < packed.length; at += PORTION) {
    const before = count;
    const end = Math.min(at + PORTION, packed.length);
    try {
      stream.push(packed.subarray(at, end), end === packed.length);
    } catch (error) {
      // Our own refusal passes; whatever else the decompressor says is about the data.
      if (error instanceof Diagnostic) throw error;
      throw damaged('the compressed data of an entry are damaged');
    }
    idle = count === before ? idle + 1 : 0;
  }
  if (count !== size) throw damaged('the content of an entry is smaller than it declares');
  return content;
}
