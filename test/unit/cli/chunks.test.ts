/** The loader of bundled chunks: what a chunk finds, that it runs once, what a useless cache costs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChunkLoader } from '../../../src/cli/chunks.js';

describe('createChunkLoader', () => {
  let folder: string;
  const write = (name: string, content: string | Buffer) =>
    writeFileSync(join(folder, name), content);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deepdistill-chunks-'));
    write(
      'first.cjs',
      "exports.other = loadChunk('second'); exports.join = require('node:path').join;",
    );
    write('second.cjs', 'module.exports = { file: __filename, text: `a${1 + 1}` };');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives chunks what CommonJS gives, and each other', () => {
    const { load } = createChunkLoader(folder);
    const first = load('first') as { other: unknown; join: typeof join };
    expect(first.other).toEqual({ file: join(folder, 'second.cjs'), text: 'a2' });
    expect(first.join('a', 'b')).toBe(join('a', 'b'));
    expect(load('second')).toBe(first.other);
  });

  it('uses a code cache that fits', () => {
    const making = createChunkLoader(folder);
    making.load('first');
    for (const [name, script] of making.scripts) write(`${name}.cache`, script.createCachedData());
    const loader = createChunkLoader(folder);
    expect(loader.load('second')).toMatchObject({ text: 'a2' });
    expect(loader.scripts.get('second')?.cachedDataRejected).toBe(false);
  });

  it('compiles plainly when the cache is for something else', () => {
    write('second.cache', Buffer.from('no code cache'));
    const loader = createChunkLoader(folder);
    expect(loader.load('second')).toMatchObject({ text: 'a2' });
    expect(loader.scripts.get('second')?.cachedDataRejected).toBe(true);
  });

  it('fails for a chunk that is not there', () => {
    expect(() => createChunkLoader(folder).load('third')).toThrow('third.cjs');
  });
});
