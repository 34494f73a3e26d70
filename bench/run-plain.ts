/** Runs a script of this folder in a plain Node process: under tsx typed arrays are several times slower. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** As a bundle beside the script, from where it finds packages and modules; its exit code. */
export async function runPlain(script: string, words: readonly string[] = []): Promise<number> {
  const bundle = join(import.meta.dirname, `${script}.${process.pid}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `${script}.ts`)],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  try {
    return spawnSync(process.execPath, [bundle, ...words], { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(bundle);
  }
}
