/** The `source` of a network: a hash of its weights' bytes, by the platform's own Web Crypto. */

/** `sha256:` and the hex digest over the parts, joined in their order. */
export async function sourceHash(parts: readonly Uint8Array[]): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', join(parts));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  return `sha256:${hex.join('')}`;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
