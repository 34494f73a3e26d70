/**
 * npm run bench: milliseconds per phase and peak memory of whole processes of the built command line,
 * on the two examples' CSV files; and ratios against baselines, measured in the same run.
 *
 *   npm run bench [-- --runs N]
 *
 * Figures, not tests: nothing fails when a machine is slow.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXAMPLE_DATA, makeMissingData } from '../scripts/example-data.js';
import { measureForward, measureScanner } from './baselines.js';
import { measureGrowth } from './growth.js';
import { median } from './median.js';
import { runPlain } from './run-plain.js';

const ROOT = join(import.meta.dirname, '..');
const MAIN = join(ROOT, 'dist/cli/main.js');
const DEFAULT_RUNS = 7;

/** The large networks; the others compile in less time than a process takes to start. */
const BENCHED = EXAMPLE_DATA.filter(({ name }) => ['orientation', 'maxsat'].includes(name));
/** The search that one and two threads run: rows of its table, and formulas evaluated. */
const SEARCHED_ROWS = 200;
const SEARCHED_EVALUATIONS = 300_000;

const PHASES = ['parse', 'cluster', 'infer', 'emit', 'verify'] as const;

/** Prints the peak memory of the process (KiB on Linux) when it ends; stays out of the product. */
const PRINT_MEMORY =
  'data:text/javascript,process.on("exit",()=>console.error("maxrss",process.resourceUsage().maxRSS))';

const { values } = parseArgs({ options: { runs: { type: 'string' } } });
const runs = Math.max(1, Number(values.runs ?? DEFAULT_RUNS));
if (!existsSync(MAIN)) throw new Error('dist/ is missing: npm run build');
await makeMissingData();
const folder = mkdtempSync(join(tmpdir(), 'deepdistill-bench-'));
try {
  console.log(`medians of ${runs} whole processes, Node ${process.versions.node}\n`);
  printStartup();
  for (const { name, files } of BENCHED) printExample(name, files);
  console.log('\nratios against baselines in this process');
  const [first] = BENCHED[0].files;
  console.log(`  CSV scanner / split and Number: ${await measureScanner(join(ROOT, first))}`);
  for (const { name } of BENCHED) {
    const manifest = join(ROOT, `examples/${name}/network.json`);
    const ratio = await measureForward(manifest, join(folder, `${name}.ts`));
    console.log(`  checker on ${name}, in forward passes of the network: ${ratio}`);
  }
  console.log('\none inference, best of many, in a process of its own');
  await runPlain('inference');
  console.log(
    '\nMath student, formulas of about 20 nodes over 1,000 rows, in a process of its own',
  );
  await runPlain('throughput');
  console.log(`  one thread / two threads, a whole search by evolution: ${searchRatio()}`);
  console.log('\nMath student, gradients of a classifier, in a process of its own');
  await runPlain('gradients');
  console.log('\nLogic student, growing a decision tree, in a process of its own');
  await runPlain('logic');
  console.log('\ncompile time against number of weights, orientation, in this process');
  console.log(`  ${await measureGrowth()}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** How much sooner two threads end the same search, by whole processes; both find the same front. */
function searchRatio(): string {
  const table = join(folder, 'table.csv');
  const lines = Array.from({ length: SEARCHED_ROWS }, (_, row) => {
    const [x, y] = [1 + (row % 17) / 7, 1 + (row % 23) / 9];
    return [x, y, x * Math.sin(y) + Math.sqrt(x + y) / 3 + Math.cos(31 * row) / 50].join(',');
  });
  writeFileSync(table, `x,y,z\n${lines.join('\n')}\n`);
  const search = ['math', '--data', table, '--target', 'z', '--mode', 'evolution'];
  const budget = ['--max-evaluations', String(SEARCHED_EVALUATIONS), '-o', '-'];
  const [one, two] = ['1', '2'].map((workers) =>
    median(
      Array.from({ length: 3 }, () => timeProcess([...search, ...budget, '--workers', workers])),
    ),
  );
  return `${(one / two).toFixed(2)} (${one.toFixed(0)} ms, ${two.toFixed(0)} ms)`;
}

function printStartup(): void {
  const version = repeat(() => timeProcess(['--version']));
  const bare = repeat(() => {
    const start = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    return performance.now() - start;
  });
  console.log(`deepdistill --version ${version.toFixed(0)} ms; bare node ${bare.toFixed(0)} ms`);
}

function printExample(name: string, files: readonly string[]): void {
  const report = join(folder, `${name}.json`);
  const module = join(folder, `${name}.ts`);
  const words = ['compile', `examples/${name}/network.json`, '-o', module];
  words.push('--timings', '--report', report);
  const phases = new Map<string, number[]>(PHASES.map((phase) => [phase, []]));
  const total: number[] = [];
  for (let run = 0; run < runs; run++) {
    total.push(timeProcess(words));
    const timed = JSON.parse(readFileSync(report, 'utf8')) as {
      milliseconds: Readonly<Record<string, number>>;
    };
    for (const phase of PHASES) phases.get(phase)?.push(timed.milliseconds[phase] ?? 0);
  }
  const bytes = files.reduce((sum, file) => sum + statSync(join(ROOT, file)).size, 0);
  const shown = PHASES.map((phase) => `${phase} ${median(phases.get(phase) ?? []).toFixed(0)}`);
  console.log(`\n${name} (${(bytes / 1e6).toFixed(1)} MB of CSV)`);
  console.log(`  whole process ${median(total).toFixed(0)} ms; ${shown.join(', ')} ms`);
  console.log(`  peak memory ${peakMemory(words).toFixed(0)} MiB`);
}

function timeProcess(words: readonly string[]): number {
  const start = performance.now();
  runProcess([], words);
  return performance.now() - start;
}

/** Mebibytes; a process of its own, since the import that asks for it takes time. */
function peakMemory(words: readonly string[]): number {
  const stderr = runProcess(['--import', PRINT_MEMORY], words);
  return Number(/maxrss (\d+)/.exec(stderr)?.[1] ?? NaN) / 1024;
}

function runProcess(nodeOptions: readonly string[], words: readonly string[]): string {
  const all = [...nodeOptions, MAIN, ...words];
  const { status, stderr } = spawnSync(process.execPath, all, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`deepdistill ${words.join(' ')}: ${stderr}`);
  return stderr;
}

function repeat(measure: () => number): number {
  return median(Array.from({ length: runs }, measure));
}
