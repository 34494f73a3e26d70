/** Reads what the example scripts and the compiler wrote. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { plainNetwork } from '../../src/ir/network.js';
import type { Network } from '../../src/ir/network.js';
import { parse } from '../../src/parse/index.js';

/** Parses a manifest and the weights that it names. @throws Diagnostic when they do not fit. */
export async function readExample(manifestPath: string): Promise<Network> {
  const manifest = await readFile(manifestPath);
  const named = JSON.parse(manifest.toString('utf8')) as {
    readonly weights?: string;
    readonly layers: readonly { readonly weights: string }[];
  };
  const files: Record<string, Uint8Array> = { 'network.json': manifest };
  // A state dict holds all layers; else every layer names a file.
  const stored = named.weights === undefined ? named.layers : [{ weights: named.weights }];
  for (const { weights } of stored) {
    files[weights] = await readFile(join(dirname(manifestPath), weights));
  }
  return plainNetwork(await parse(files));
}

/** The text of the weights module beside a compiled module, if the module imports one. */
export async function readSibling(modulePath: string, code: string): Promise<string | undefined> {
  const sibling = /\bfrom\s*['"]\.\/([^'"\n]+\.weights)\.js['"]/.exec(code);
  if (sibling === null) return undefined;
  return readFile(join(dirname(modulePath), `${sibling[1]}.ts`), 'utf8');
}
