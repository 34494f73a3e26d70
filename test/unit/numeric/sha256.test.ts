import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/numeric/sha256.js';
import { sourceHash } from '../../../src/parse/source-hash.js';

function expected(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

describe('the hash of a source', () => {
  it('is SHA-256, wherever blocks and parts end', () => {
    const part = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        expect(sha256(parts)).toBe(expected(parts));
      }),
      { seed: 4, numRuns: 300 },
    );
    for (let length = 0; length <= 130; length++) {
      const bytes = Uint8Array.from({ length }, (_, k) => (k * 37) % 256);
      expect(sha256([bytes])).toBe(expected([bytes]));
    }
  });

  it('is the same for small and large files', async () => {
    for (const size of [1000, 2 ** 24, 2 ** 24 + 1]) {
      const parts = [new Uint8Array(size - 100).fill(7), new Uint8Array(100).fill(9)];
      expect(await sourceHash(parts)).toBe(`sha256:${expected(parts)}`);
    }
  });
});
