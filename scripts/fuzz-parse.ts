/**
 * npm run fuzz:parse: damaged models of every format that is read from strangers. Each is refused with a
 * diagnostic or becomes a legal network: no other exception, no crash, no case of more than five seconds,
 * no memory beyond a bound.
 *
 *   npm run fuzz:parse [-- --count 20000] [--seed 1] [--format onnx] [--only SEED]
 *
 * The cases run in a child process; the parent is the watchdog. Failures go to stdout with their seeds,
 * `--format NAME --only SEED` runs one again. Exits with 1 when anything failed.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { parseArgs } from 'node:util';
import { progressLines, readWhole } from '../examples/common/script.js';
import { formatTable } from '../examples/common/format-table.js';
import { FORMATS } from '../test/helpers/fuzz-parse/formats.js';
import type { Format } from '../test/helpers/fuzz-parse/formats.js';
import { fuzzParse } from '../test/helpers/fuzz-parse/fuzz-parse.js';
import type { ParseResult } from '../test/helpers/fuzz-parse/fuzz-parse.js';

const MOST_MILLISECONDS = 5000;
/** At the peak of the whole process, what other cases left uncollected included. */
const MOST_BYTES = 2 ** 31;

/** Far apart, so that no two formats and no two runs share a seed. */
const SEEDS_PER_RUN = 1_000_000;

interface Case {
  readonly format: string;
  readonly seed: number;
}

/** What the child says of a case when it ends. */
interface Answer extends ParseResult {
  readonly milliseconds: number;
  readonly bytes: number;
}

/** The first word of the child, before which nothing is timed. */
const READY = 'ready';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    format: { type: 'string' },
    only: { type: 'string' },
  },
});

/** @returns the number of failures. */
async function main(): Promise<number> {
  const formats = FORMATS.filter(({ name }) => values.format === undefined || name === values.format); // prettier-ignore
  if (formats.length === 0) throw new RangeError(`no format is called ${String(values.format)}`);
  const cases = casesOf(formats);
  const runner = new Runner();
  const tell = progressLines('damaged models');
  const outcomes = new Map<string, Map<string, number>>();
  let failures = 0;
  for (const [index, one] of cases.entries()) {
    const { outcome, problem } = await runner.run(one);
    const counts = outcomes.get(one.format) ?? new Map<string, number>();
    outcomes.set(one.format, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
    if (problem !== undefined) {
      failures++;
      process.stdout.write(`${outcome}: ${problem}\n`);
      process.stdout.write(`  again: npm run fuzz:parse -- --format ${one.format} --only ${one.seed}\n`); // prettier-ignore
    }
    tell(index + 1, cases.length);
  }
  runner.stop();
  const rows = [...outcomes].flatMap(
    ([format, counts]) =>
    [...counts].sort((a, b) => b[1] - a[1]).map(([outcome, count]) => [format, outcome, String(count)]), // prettier-ignore
  );
  process.stdout.write(formatTable(['format', 'outcome', 'cases'], rows));
  const { milliseconds, bytes } = runner.worst;
  process.stdout.write(
    `${cases.length} damaged models, ${failures} failures; the slowest took ${Math.round(milliseconds)} ms, ` +
      `the process ${Math.round(bytes / 1e6)} MB at most\n`,
  );
  return failures;
}

function casesOf(formats: readonly Format[]): Case[] {
  if (values.only !== undefined) {
    const seed = readWhole('only', values.only, 0);
    return formats.map(({ name }) => ({ format: name, seed }));
  }
  const first = readWhole('seed', values.seed, 0) * SEEDS_PER_RUN;
  const count = readWhole('count', values.count, 1);
  return Array.from({ length: count }, (_, k) => ({
    format: formats[k % formats.length].name,
    seed: first + Math.floor(k / formats.length),
  }));
}

/** Runs cases in a child process, and another one where a case took the last one down. */
class Runner {
  /** The largest figures of all answers. */
  readonly worst = { milliseconds: 0, bytes: 0 };
  private child: ChildProcess | undefined;

  async run(one: Case): Promise<ParseResult> {
    const child = this.child ?? (await startChild());
    this.child = child;
    const result = await new Promise<ParseResult>((resolve) => {
      const timer = setTimeout(() => {
        resolve({ outcome: 'hang', problem: `more than ${MOST_MILLISECONDS} ms` });
      }, MOST_MILLISECONDS);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        resolve({ outcome: 'crash', problem: `exit code ${String(code)}, signal ${String(signal)}` }); // prettier-ignore
      });
      child.once('message', (message) => {
        clearTimeout(timer);
        resolve(this.judge(message as Answer));
      });
      child.send(one);
    });
    child.removeAllListeners();
    if (result.problem !== undefined) this.stop();
    return result;
  }

  private judge({ milliseconds, bytes, ...result }: Answer): ParseResult {
    this.worst.milliseconds = Math.max(this.worst.milliseconds, milliseconds);
    this.worst.bytes = Math.max(this.worst.bytes, bytes);
    if (bytes <= MOST_BYTES) return result;
    return { outcome: 'memory', problem: `${Math.round(bytes / 1e6)} MB` };
  }

  stop(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}

async function startChild(): Promise<ChildProcess> {
  const child = fork(import.meta.filename);
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () => reject(new Error('the process for the cases does not start')));
  });
  child.removeAllListeners();
  return child;
}

/** The child: answers every case that it is sent. */
function answerCases(): void {
  process.on('message', (message) => {
    const { format: name, seed } = message as Case;
    const format = FORMATS.find((known) => known.name === name);
    if (format === undefined) throw new RangeError(`no format is called ${name}`);
    const start = performance.now();
    void fuzzParse(format, seed).then((result) => {
      const milliseconds = performance.now() - start;
      const bytes = process.resourceUsage().maxRSS * 1024;
      const answer: Answer = { ...result, milliseconds, bytes };
      process.send?.(answer);
    });
  });
  process.send?.(READY);
}

if (process.send === undefined) process.exitCode = (await main()) > 0 ? 1 : 0;
else answerCases();
