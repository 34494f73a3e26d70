/**
 * npm run nightly: what is too much for every change. First every structure under every disguise, and all
 * automata and Life at the sizes of the requirements; then thousands of random programs in random
 * disguises, compared on all inputs up to 2^20.
 *
 *   npm run nightly [-- --count 2000] [--seed 1] [--cells 20] [--only SEED] [--skip-grid] [--out FOLDER]
 *
 * Progress goes to stderr, the tables to stdout. Each failure is printed with its seed, and its module
 * written to FOLDER (coverage/nightly); `--only SEED` runs it alone. Exits with 1 when anything failed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { progressLines, readWhole } from '../examples/common/script.js';
import { formatTable } from '../examples/common/format-table.js';
import { fuzzCase, runFuzzCase, summarise } from '../test/helpers/fuzz/fuzz-case.js';
import type { FuzzResult } from '../test/helpers/fuzz/fuzz-case.js';
import { gridFailures, structureGrid } from '../test/helpers/fuzz/structure-grid.js';

const ROOT = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    cells: { type: 'string', default: '20' },
    only: { type: 'string' },
    'skip-grid': { type: 'boolean', default: false },
    out: { type: 'string', default: join(ROOT, 'coverage/nightly') },
  },
});
const cells = readWhole('cells', values.cells, 2);
/** All inputs are run where there are at most as many; else as many seeded ones. */
const limit = 2 ** Math.min(cells, 20);

process.exitCode = (await main()) > 0 ? 1 : 0;

/** @returns the number of failures. */
async function main(): Promise<number> {
  if (values.only !== undefined) return runFuzz(readWhole('only', values.only, 0), 1);
  const grid = values['skip-grid'] ? 0 : await runGrid();
  // Far from the seeds of the fuzz test, and from those of other nights.
  const first = readWhole('seed', values.seed, 0) * 1_000_000;
  return grid + (await runFuzz(first, readWhole('count', values.count, 1)));
}

async function runGrid(): Promise<number> {
  const tell = progressLines('structures');
  const failed = await gridFailures(structureGrid(), tell);
  process.stdout.write(`structures and disguises: ${failed.length} failures\n`);
  for (const line of failed) process.stdout.write(`  ${line}\n`);
  return failed.length;
}

async function runFuzz(first: number, count: number): Promise<number> {
  process.stdout.write(`random programs from seed ${first}\n`);
  const tell = progressLines('random programs');
  const results: FuzzResult[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const result = await runFuzzCase(fuzzCase(seed, cells), limit);
    results.push(result);
    if (result.problem !== undefined) writeFailure(result);
    tell(seed - first + 1, count);
  }
  process.stdout.write(`${summarise(results)}\n\n${verdictTable(results)}`);
  return results.filter(({ problem }) => problem !== undefined).length;
}

function writeFailure({ seed, name, problem, code }: FuzzResult): void {
  process.stdout.write(`seed ${seed}, ${name}: ${problem ?? ''}\n`);
  process.stdout.write(`  again: npm run nightly -- --only ${seed} --cells ${cells}\n`);
  if (code === undefined) return;
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, `${seed}.ts`), code);
}

/** Verdicts against what was run. */
function verdictTable(results: readonly FuzzResult[]): string {
  const statuses = [...new Set(results.map(({ status }) => status))].sort();
  const rows = statuses.map((status) => {
    const own = results.filter((result) => result.status === status);
    const inputs = own.reduce((sum, result) => sum + result.inputs, 0);
    const lines = own.map((result) => result.lines).sort((a, b) => a - b);
    const wrong = own.filter(({ problem }) => problem !== undefined).length;
    const median = lines[Math.floor(lines.length / 2)];
    return [status, own.length, inputs, wrong, median, lines[lines.length - 1]].map(String);
  });
  return formatTable(['verdict', 'networks', 'inputs run', 'wrong', 'median lines', 'most lines'], rows); // prettier-ignore
}
