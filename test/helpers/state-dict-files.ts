/** A state dict with the manifest that its layers need, and what `parse` says of files. */
import { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { parse } from '../../src/parse/index.js';

/** `network.json` over the given prefixes, without activations, and the state dict. */
export function stateDictFiles(
  file: string,
  bytes: Uint8Array,
  prefixes: readonly string[],
  more: object = {},
): Record<string, Uint8Array | string> {
  const layers = prefixes.map((weights) => ({ weights }));
  return { 'network.json': JSON.stringify({ weights: file, layers, ...more }), [file]: bytes };
}

/** The code of the diagnostic, or `accepted`; whatever else is thrown passes. */
export async function codeOf(
  files: Record<string, Uint8Array | string>,
  main?: string,
): Promise<string> {
  try {
    await parse(files, main === undefined ? {} : { main });
    return 'accepted';
  } catch (error) {
    if (error instanceof Diagnostic) return error.code;
    throw error;
  }
}
