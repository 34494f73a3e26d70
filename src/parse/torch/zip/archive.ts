/**
 * A zip archive under the reader: its bytes, the names and numbers in it that are believed, and what is
 * said of those that are not.
 */
import { diagnose } from '../../../diagnostics/diagnostic.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';

export interface Archive {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Name of the file for diagnostics. */
  readonly file: string;
}

/** An archive over the bytes of a file. */
export function openArchive(bytes: Uint8Array, file: string): Archive {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), file };
}

/** Names are UTF-8 and lead nowhere: the entries are never written, but such names are no accident. */
export function decodeName(archive: Archive, bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw damaged(archive, 'a name is not UTF-8 text');
  }
  const isAbsolute = name.startsWith('/') || name.includes('\\') || /^[A-Za-z]:/.test(name);
  if (name === '' || isAbsolute || name.split('/').includes('..') || name.includes('\0')) {
    throw damaged(archive, 'the path of an entry is not below the archive', name);
  }
  return name;
}

/** A 64-bit number of the archive: an offset or a size, so that none may exceed the file. */
export function whole64(archive: Archive, at: number): number {
  const value = archive.view.getBigUint64(at, true);
  if (value > Number.MAX_SAFE_INTEGER)
    throw damaged(archive, 'a size or an offset is out of range');
  return Number(value);
}

/** The diagnostic of an archive that contradicts itself. */
export function damaged({ file }: Archive, problem: string, entry?: string): Diagnostic {
  return diagnose('TORCH_ZIP_DAMAGED', { file }, { problem, entry });
}

/** The diagnostic of an archive as PyTorch writes none; `property` follows its name or the entry's. */
export function unsupported({ file }: Archive, property: string, entry?: string): Diagnostic {
  return diagnose('TORCH_ZIP_UNSUPPORTED', { file }, { property, entry });
}
