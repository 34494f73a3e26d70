/** Reading files whole, every failure a diagnostic that names the file as the user did. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { diagnose } from '../diagnostics/diagnostic.js';

/** Buffers of Node end at 2 GiB, and a model of that size would not fit beside its weights. */
export const LARGEST_FILE = 2 ** 31 - 1;

/** A reason in words for the codes of the operating system that users meet. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its symbolic links go round in circles',
};

/** Why the operating system refused, in words. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return (code === undefined ? undefined : REASONS[code]) ?? code ?? String(error);
}

/**
 * The bytes of a file; `shown` is its name in diagnostics, relative to `cwd` or absolute.
 *
 * @throws Diagnostic `FILE_NOT_FOUND`, `FILE_TOO_LARGE` (before a byte is read), `FILE_UNREADABLE`.
 */
export function readBytes(shown: string, cwd: string): Uint8Array {
  const path = resolve(cwd, shown);
  const place = { file: shown };
  try {
    const { size } = statSync(path);
    if (size > LARGEST_FILE) {
      throw diagnose('FILE_TOO_LARGE', place, { bytes: size, limit: LARGEST_FILE });
    }
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    if (codeOf(error) === 'ENOENT') throw diagnose('FILE_NOT_FOUND', place, {});
    throw diagnose('FILE_UNREADABLE', place, { reason: reasonOf(error) });
  }
}

/** The text of a file (UTF-8, a byte order mark dropped). @throws as `readBytes`. */
export function readText(shown: string, cwd: string): string {
  return new TextDecoder().decode(readBytes(shown, cwd));
}

/** `readText`, or `undefined` where no file of that name stands. */
export function readTextIfPresent(shown: string, cwd: string): string | undefined {
  return isPresent(shown, cwd) ? readText(shown, cwd) : undefined;
}

/** Whether there is a file (no folder) of that name. */
export function isPresent(shown: string, cwd: string): boolean {
  try {
    return statSync(resolve(cwd, shown), { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    // A part of the path is a file, or may not be searched: no file of that name can be seen.
    if (codeOf(error) === undefined) throw error;
    return false;
  }
}

/** The code of an error of the operating system, such as `ENOENT`; `undefined` for other errors. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
