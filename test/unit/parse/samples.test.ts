/**
 * Every folder under test/samples/parse holds the files of one model and `expected.txt`: the network's
 * dump, or the whole rendered diagnostic. `UPDATE_SAMPLES=1` writes the expectations anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Diagnostic, renderDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { checkNetwork } from '../../../src/ir/network-check.js';
import { dumpNetwork } from '../../../src/ir/network-dump.js';
import { parse } from '../../../src/parse/index.js';

const SAMPLES = fileURLToPath(new URL('../../samples/parse/', import.meta.url));
const SAMPLE_NAMES = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const EXPECTED = 'expected.txt';
const update = process.env['UPDATE_SAMPLES'] === '1';

async function resultOf(folder: string): Promise<string> {
  const names = readdirSync(folder).filter((name) => name !== EXPECTED);
  const files = Object.fromEntries(
    names.sort().map((name) => [name, new Uint8Array(readFileSync(`${folder}/${name}`))]),
  );
  try {
    const network = await parse(files);
    expect(checkNetwork(network)).toEqual([]);
    return dumpNetwork(network);
  } catch (error) {
    if (!(error instanceof Diagnostic)) throw error;
    return `${renderDiagnostic(error)}\n`;
  }
}

describe('samples of the parser', () => {
  it.each(SAMPLE_NAMES)('%s', async (name) => {
    const folder = `${SAMPLES}${name}`;
    const actual = await resultOf(folder);
    const golden = `${folder}/${EXPECTED}`;
    if (update) writeFileSync(golden, actual);
    expect(existsSync(golden), 'expected.txt is missing; run with UPDATE_SAMPLES=1').toBe(true);
    expect(actual).toBe(readFileSync(golden, 'utf8'));
  });
});
