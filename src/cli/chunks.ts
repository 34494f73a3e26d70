/**
 * Loads the parts of the bundled command line: each is a CommonJS script `NAME.cjs` with V8's code
 * cache `NAME.cache` beside it, both made by `scripts/build.ts`. A cache of another version of V8, or
 * none, only costs time.
 *
 * Dependencies that are large stand in chunks of their own, loaded when they are first imported.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** How a chunk's text is wrapped: what a CommonJS script expects to find. */
const PARAMETERS = 'exports, module, require, __filename, __dirname, loadChunk, importUrl';

type ChunkFunction = (
  exports: unknown,
  module: { exports: unknown },
  require: NodeJS.Require,
  filename: string,
  dirname: string,
  loadChunk: (name: string) => unknown,
  importUrl: (url: string) => Promise<unknown>,
) => void;

export interface ChunkLoader {
  /** The exports of a chunk; it runs once. */
  readonly load: (name: string) => unknown;
  /** The scripts loaded so far, by name; `cachedDataRejected` tells whether a cache was of use. */
  readonly scripts: ReadonlyMap<string, Script>;
}

/** A loader of the chunks in `folder`. @throws Error of Node when a chunk's file is missing. */
export function createChunkLoader(folder: string): ChunkLoader {
  const modules = new Map<string, { exports: unknown }>();
  const scripts = new Map<string, Script>();
  const require = createRequire(join(folder, 'chunk.cjs'));
  const load = (name: string): unknown => {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const filename = join(folder, `${name}.cjs`);
    const cachedData = readIfPresent(join(folder, `${name}.cache`));
    // The build writes ASCII only, which V8 keeps at one byte per character.
    const text = readFileSync(filename, 'latin1');
    const script = new Script(`(function (${PARAMETERS}) {${text}\n})`, {
      filename,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    scripts.set(name, script);
    const module = { exports: {} };
    modules.set(name, module);
    const run = script.runInThisContext() as ChunkFunction;
    run(module.exports, module, require, filename, folder, load, importUrl);
    return module.exports;
  };
  return { load, scripts };
}

/** Scripts cannot import modules, so this module does it for them. */
function importUrl(url: string): Promise<unknown> {
  return import(url);
}

function readIfPresent(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
