/**
 * Drift check of output/: compiles the examples again into a temporary folder and compares what is
 * there with what is committed, file by file. Exits with 1 when a file differs, is missing, or should
 * not be there.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../src/cli/run.js';
import { commandWords, EXAMPLE_DATA, makeMissingData } from './example-data.js';
import type { ExampleModel } from './example-data.js';

const ROOT = join(import.meta.dirname, '..');
const COMMITTED = join(ROOT, 'output');

/**
 * What takes too long to make again here: the table of all 256 rules, whose rows the tests check, and the
 * tables of other sizes, which scripts of their own write.
 */
const CHECKED_ELSEWHERE = ['cellular-automata/rules.md', 'maxsat.sizes.md', 'orientation.sizes.md'];

await makeMissingData();
const rebuilt = mkdtempSync(join(tmpdir(), 'deepdistill-output-'));
try {
  for (const { models } of EXAMPLE_DATA) for (const model of models) await writeModel(model);
  const differences = compareFolders();
  for (const line of differences) console.log(line);
  if (differences.length > 0) {
    console.log('output/ differs from what is compiled; npm run demo writes it again');
    process.exitCode = 1;
  } else console.log(`output/ is what the compiler writes: ${listFiles(rebuilt).join(', ')}`);
} finally {
  rmSync(rebuilt, { recursive: true });
}

async function writeModel(model: ExampleModel): Promise<void> {
  const stream = { write: (text: string) => void process.stderr.write(text), isTerminal: false };
  const io = { cwd: ROOT, stdout: stream, stderr: stream, clock: () => performance.now() };
  mkdirSync(dirname(join(rebuilt, model.output)), { recursive: true });
  const code = await runCli(commandWords(model, rebuilt), io, '');
  if (code !== 0) process.exit(code);
}

/** All files below a folder, relative to it. */
function listFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true });
  return names.filter((name) => statSync(join(folder, name)).isFile()).sort();
}

function compareFolders(): readonly string[] {
  const expected = listFiles(rebuilt);
  const found = listFiles(COMMITTED);
  return [
    ...expected.flatMap((file) => {
      if (!found.includes(file)) return [`output/${file}: missing`];
      const same = read(rebuilt, file) === read(COMMITTED, file);
      return same ? [] : [`output/${file}: out of date`];
    }),
    ...found
      .filter((file) => !expected.includes(file) && !CHECKED_ELSEWHERE.includes(file))
      .map((file) => `output/${file}: should not exist`),
  ];
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
