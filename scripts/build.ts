/**
 * Builds dist/: the library as plain ES modules with declarations, and the command line as a bundle
 * whose chunks have V8's code cache beside them.
 *
 *   dist/index.js …        tsc, one file per source file; needs no bundle
 *   dist/cli/main.js       the launcher, and the package's bin
 *   dist/cli/cli.cjs       all of our own code
 *   dist/cli/<package>.cjs a large dependency, loaded when it is first imported
 *   dist/cli/search-worker.cjs  a thread of the Math student's search, whole
 *   dist/cli/*.cache       bytecode of what a compilation executes, for this version of V8
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundleChunks } from './bundle-chunks.js';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const CLI = join(DIST, 'cli');

function run(script: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};
rmSync(DIST, { recursive: true, force: true });
const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
run(join(typescript, '../bin/tsc'), ['-p', 'tsconfig.build.json']);
mkdirSync(CLI, { recursive: true });
await bundleChunks({ root: ROOT, outdir: CLI, version });
chmodSync(join(CLI, 'main.js'), 0o755);
run(join(CLI, 'warm.mjs'), [CLI]);
rmSync(join(CLI, 'warm.mjs'));
