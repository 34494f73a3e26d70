/**
 * Runs the commands of a page as its reader would: bash, in a folder that holds what the page says, with
 * the built command line as `deepdistill` and behind `npx`.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const BUILT = join(ROOT, 'dist/cli/main.js');
const TSX = join(ROOT, 'node_modules/tsx/dist/cli.mjs');

/** An identity for commits, and nothing of the machine's own settings. */
const GIT_CONFIG = [
  '[user]\n\tname = reader\n\temail = reader@example.org',
  '[init]\n\tdefaultBranch = main',
  '[advice]\n\tdetachedHead = false\n',
].join('\n');

export interface Outcome {
  readonly code: number;
  /** Both streams, in the order of a terminal. */
  readonly printed: string;
}

export interface Shell {
  /** The folder in which a page starts. */
  readonly folder: string;
  /** Where the last command left the reader: `cd` stays. */
  readonly cwd: () => string;
  readonly run: (text: string) => Promise<Outcome>;
  /** Runs a program of TypeScript where the reader is, who has the package installed. */
  readonly runProgram: (text: string) => Promise<Outcome>;
  readonly remove: () => void;
}

/** @throws Error where the command line has not been built. */
export function openShell(): Shell {
  if (!existsSync(BUILT)) throw new Error('run `npm run build` first');
  const root = mkdtempSync(join(tmpdir(), 'deepdistill-docs-'));
  const [folder, programs, home] = ['page', 'bin', 'home'].map((name) => join(root, name));
  for (const path of [folder, programs, home]) mkdirSync(path);
  writeProgram(join(programs, 'deepdistill'), `exec "${process.execPath}" "${BUILT}" "$@"`);
  writeProgram(
    join(programs, 'npx'),
    '[ "$1" = deepdistill ] || { echo "npx: not here: $1" >&2; exit 127; }\nshift\nexec deepdistill "$@"',
  );
  writeFileSync(join(home, '.gitconfig'), GIT_CONFIG);
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(ROOT, join(root, 'node_modules/deepdistill'));
  const place = join(root, 'place');
  let cwd = folder;
  const run = async (text: string): Promise<Outcome> => {
    const script = `exec 2>&1\n${text}\ncode=$?\npwd > "$PLACE"\nexit $code`;
    const outcome = await runBash(script, cwd, {
      PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`,
      HOME: home,
      GIT_CONFIG_NOSYSTEM: '1',
      LC_ALL: 'C',
      PLACE: place,
    });
    if (existsSync(place)) cwd = readFileSync(place, 'utf8').trimEnd();
    return outcome;
  };
  return {
    folder,
    cwd: () => cwd,
    run,
    runProgram: async (text) => {
      const program = join(cwd, 'program.mts');
      writeFileSync(program, text);
      const outcome = await run(`"${process.execPath}" "${TSX}" program.mts`);
      rmSync(program);
      return outcome;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function writeProgram(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

function runBash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', script], { cwd, env });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, printed }));
  });
}
