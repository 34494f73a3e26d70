/**
 * Bundles the command line with esbuild: our own code into the chunk `cli`, each large dependency into
 * a chunk of its own. An import of such a dependency, static or dynamic, becomes a call of the
 * launcher's `loadChunk`, which runs when the importing module does.
 */
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Packages that are loaded on demand. Everything else is small and goes along with our code. */
const CHUNKED_PACKAGES = ['ts-morph', 'prettier', 'yargs', 'protobufjs', 'fast-check', 'mathjs'];

const NAMESPACE = 'chunk';

const COMMON: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  charset: 'ascii',
  legalComments: 'none',
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
};

/** A chunk has no module of its own to ask: what it needs of `import.meta` is where it stands. */
const OWN_URL: BuildOptions = {
  define: { 'import.meta.url': 'CHUNK_URL' },
  banner: { js: 'const CHUNK_URL = require("node:url").pathToFileURL(__filename).href;' },
};

export interface BundleOptions {
  readonly root: string;
  readonly outdir: string;
  readonly version: string;
}

/**
 * Writes `main.js`, `warm.mjs` (which makes the caches), all chunks, and the threads' `search-worker.cjs`
 * into `outdir`.
 */
export async function bundleChunks({ root, outdir, version }: BundleOptions): Promise<void> {
  const specifiers = new Set<string>();
  await build({
    ...COMMON,
    entryPoints: [join(root, 'src/cli/start.ts')],
    outfile: join(outdir, 'cli.cjs'),
    format: 'cjs',
    plugins: [chunkImports(specifiers), urlImports()],
    ...OWN_URL,
  });
  await build({
    ...COMMON,
    entryPoints: [join(root, 'src/cli/search-worker.ts')],
    outfile: join(outdir, 'search-worker.cjs'),
    format: 'cjs',
  });
  for (const specifier of specifiers) await bundleDependency(specifier, root, outdir);
  const launcher: BuildOptions = { ...COMMON, format: 'esm', minifyWhitespace: false };
  await build({
    ...launcher,
    entryPoints: [join(root, 'src/cli/main.ts')],
    outfile: join(outdir, 'main.js'),
    define: { DEEPDISTILL_VERSION: JSON.stringify(version) },
  });
  await build({
    ...launcher,
    entryPoints: [join(root, 'scripts/warm-cache.ts')],
    outfile: join(outdir, 'warm.mjs'),
  });
}

/** `prettier/plugins/estree` as a file name. */
export function chunkName(specifier: string): string {
  return specifier.replace(/[^\w.-]+/g, '-');
}

/** Turns imports of the chunked packages into calls of `loadChunk`, and collects them. */
function chunkImports(specifiers: Set<string>): Plugin {
  const names = CHUNKED_PACKAGES.join('|');
  return {
    name: 'chunk-imports',
    setup(builder) {
      builder.onResolve({ filter: new RegExp(`^(${names})(/|$)`) }, ({ path }) => {
        specifiers.add(path);
        return { path, namespace: NAMESPACE };
      });
      builder.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path }) => {
        const exports = Object.keys((await import(path)) as object);
        const lines = exports
          .filter((name) => name !== 'default' && name !== 'module.exports')
          .map((name) => `export const ${name} = chunk.${name};`);
        if (exports.includes('default')) lines.push('export default chunk.default;');
        const call = `const chunk = loadChunk(${JSON.stringify(chunkName(path))});`;
        return { contents: [call, ...lines].join('\n'), loader: 'js' };
      });
    },
  };
}

/**
 * Turns the one import of a computed URL, by which emitted modules are run, into a call of the
 * launcher's `importUrl`: a script has no import of its own.
 */
function urlImports(): Plugin {
  return {
    name: 'url-imports',
    setup(builder) {
      builder.onLoad({ filter: /[\\/]run-module\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const contents = text.replace('import(/* @vite-ignore */', 'importUrl(');
        if (contents === text) throw new Error(`${path} imports no URL any more`);
        return { contents, loader: 'ts' };
      });
    },
  };
}

/**
 * Stands in for `string-width`, whose regular expression of all emoji takes 25 ms to build at every
 * start: our help text has one column per character.
 */
function plainStringWidth(): Plugin {
  return {
    name: 'plain-string-width',
    setup(builder) {
      builder.onResolve({ filter: /^string-width$/ }, ({ path }) => ({ path, namespace: 'plain' }));
      builder.onLoad({ filter: /.*/, namespace: 'plain' }, () => ({
        contents: 'export default (text) => [...text].length;',
        loader: 'js',
      }));
    },
  };
}

async function bundleDependency(specifier: string, root: string, outdir: string): Promise<void> {
  const name = JSON.stringify(specifier);
  const exports = Object.keys((await import(specifier)) as object);
  const lines = [`export * from ${name};`];
  if (exports.includes('default')) lines.push(`export { default } from ${name};`);
  await build({
    ...COMMON,
    stdin: { contents: lines.join('\n'), resolveDir: root, sourcefile: 'chunk.mjs' },
    outfile: join(outdir, `${chunkName(specifier)}.cjs`),
    format: 'cjs',
    plugins: [plainStringWidth()],
    minifyIdentifiers: true,
    ...OWN_URL,
  });
}
