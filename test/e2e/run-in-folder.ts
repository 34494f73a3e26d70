/** Runs command lines inside the test's own process, in a temporary working directory. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { runCli } from '../../src/cli/run.js';

/** What `--version` prints in tests. */
export const TEST_VERSION = '0.0.0-test';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface WorkFolder {
  readonly path: string;
  /** Contents of every file, by path relative to the folder, with `/`. */
  readonly snapshot: () => ReadonlyMap<string, string>;
  readonly run: (argv: readonly string[]) => Promise<Outcome>;
  readonly remove: () => void;
}

/** A new folder that holds a copy of `files` (a folder), if there is one. */
export function createWorkFolder(files?: string): WorkFolder {
  const path = mkdtempSync(join(tmpdir(), 'deepdistill-test-'));
  if (files !== undefined && existsSync(files)) cpSync(files, path, { recursive: true });
  return {
    path,
    snapshot: () => snapshotOf(path),
    run: (argv) => runIn(path, argv),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function snapshotOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = entries.filter((entry) => statSync(join(folder, entry)).isFile());
  return new Map(
    files.map((file) => [
      file.split(sep).join('/'),
      readFileSync(join(folder, file)).toString('latin1'),
    ]),
  );
}

/** Runs one command line; no clock runs, so nothing depends on the machine's speed. */
export async function runIn(cwd: string, argv: readonly string[]): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      written[name] += text;
    },
    isTerminal: false,
  });
  const io = { cwd, stdout: stream('stdout'), stderr: stream('stderr'), clock: () => 0 };
  const code = await runCli(argv, io, TEST_VERSION);
  return { code, ...written };
}
