/** The `source` of a network: a hash of its weights' bytes. */
import { sha256 } from '../numeric/sha256.js';

/**
 * Up to this size, 16 MB, the platform's Web Crypto hashes a copy, beside our own work. Of larger files
 * the copy would be felt.
 */
const LARGEST_COPY = 2 ** 24;

/** `sha256:` and the hex digest over the parts, joined in their order. */
export async function sourceHash(parts: readonly Uint8Array[]): Promise<string> {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  if (size > LARGEST_COPY) return `sha256:${sha256(parts)}`;
  const digest = await globalThis.crypto.subtle.digest('SHA-256', join(parts, size));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  return `sha256:${hex.join('')}`;
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
