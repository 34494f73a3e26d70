/** Runs the command line, its words as they are: no shell reads them. */
import { spawn } from 'node:child_process';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program that was ended by a signal counts as. */
const ENDED_BY_SIGNAL = 70;

/** @param program path of a script for Node. */
export function runProgram(program: string, words: readonly string[]): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (written[name] += text));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? ENDED_BY_SIGNAL, ...written }));
  });
}
