/** Runs the built command line as a process of its own, with its own threads; the build has to stand. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './run-in-folder.js';

const DIST = join(import.meta.dirname, '../../dist/cli');

export interface Process {
  /** Resolves once the text stands on stderr. */
  readonly sees: (text: RegExp) => Promise<void>;
  readonly interrupt: () => void;
  readonly ended: Promise<Outcome>;
}

/** `deepdistill` with these words, in the folder `cwd`. */
export function startBuilt(cwd: string, argv: readonly string[]): Process {
  if (!existsSync(join(DIST, 'search-worker.cjs'))) throw new Error('run `npm run build` first');
  const child = spawn(process.execPath, [join(DIST, 'main.js'), ...argv], { cwd });
  const written = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      for (const listen of listeners) listen();
    });
  }
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === null) resolve({ code: code ?? -1, ...written });
      else reject(new Error(`ended by ${signal}: ${written.stderr}`));
    });
  });
  return {
    sees: (text) =>
      new Promise((resolve) => {
        const listen = (): void => {
          if (!text.test(written.stderr)) return;
          listeners.delete(listen);
          resolve();
        };
        listeners.add(listen);
        listen();
      }),
    interrupt: () => {
      child.kill('SIGINT');
    },
    ended,
  };
}
