/**
 * Drift check of output/: compiles the examples again into a temporary folder and compares what is
 * there with what is committed, file by file. Exits with 1 when a file differs, is missing, or should
 * not be there.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../src/cli/run.js';
import { EXAMPLE_DATA, makeMissingData } from './example-data.js';

const ROOT = join(import.meta.dirname, '..');
const COMMITTED = join(ROOT, 'output');

await makeMissingData();
const rebuilt = mkdtempSync(join(tmpdir(), 'deepdistill-output-'));
try {
  for (const { name } of EXAMPLE_DATA) await compileExample(name);
  const differences = compareFolders();
  for (const line of differences) console.log(line);
  if (differences.length > 0) {
    console.log('output/ differs from what is compiled; npm run demo writes it again');
    process.exitCode = 1;
  } else console.log(`output/ is what the compiler writes: ${listFiles(rebuilt).join(', ')}`);
} finally {
  rmSync(rebuilt, { recursive: true });
}

async function compileExample(name: string): Promise<void> {
  const report = join(rebuilt, `${name}.report`);
  const words = ['compile', `examples/${name}/network.json`, '-o', join(rebuilt, `${name}.ts`)];
  const stream = { write: (text: string) => void process.stderr.write(text), isTerminal: false };
  const io = { cwd: ROOT, stdout: stream, stderr: stream, clock: () => performance.now() };
  const code = await runCli([...words, '--report', `${report}.md`, '--report', `${report}.json`], io, ''); // prettier-ignore
  if (code !== 0) process.exit(code);
}

function listFiles(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder, { encoding: 'utf8' }).sort() : [];
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
      .filter((file) => !expected.includes(file))
      .map((file) => `output/${file}: should not exist`),
  ];
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
