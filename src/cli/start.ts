/**
 * Binds the command line to the process: its streams, its working directory, its exit code. The one
 * place that sets an exit code; nothing calls `process.exit` while output may still be under way.
 *
 * Ctrl-C ends the process by its default action at once (130 in a shell), which leaves no partial
 * files: what is written is renamed into place, and the writing holds the signal back.
 */
import type { CliIo, OutputStream } from './io.js';
import { runCli } from './run.js';

export { runCli };

/** Runs the process's own command line. */
export async function start(version: string): Promise<void> {
  const io: CliIo = {
    cwd: process.cwd(),
    stdout: outputStream(process.stdout),
    stderr: outputStream(process.stderr),
    clock: () => performance.now(),
  };
  process.exitCode = await runCli(process.argv.slice(2), io, version);
}

/** A reader that closes its end early (`| head`) is no failure: the rest is dropped. */
function outputStream(stream: NodeJS.WriteStream): OutputStream {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
  });
  return {
    write(text) {
      if (!closed) stream.write(text);
    },
    isTerminal: stream.isTTY,
  };
}
