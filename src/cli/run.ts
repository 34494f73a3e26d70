/**
 * The command line as a function: arguments in, exit code out, everything else through `io`. No command
 * is loaded before it is known which one is wanted, so that `--version` and usage errors are quick.
 */
import { Diagnostic, renderDiagnostic } from '../diagnostics/diagnostic.js';
import { EXIT, exitCodeOfDiagnostic } from './exit-codes.js';
import type { CliIo } from './io.js';

/**
 * Runs one command line (the words after the program's name). Never rejects: every failure is printed
 * to stderr, as a diagnostic or as one line about an internal error, and told by the exit code.
 */
export async function runCli(argv: readonly string[], io: CliIo, version: string): Promise<number> {
  try {
    if (argv.length === 1 && argv[0] === '--version') {
      io.stdout.write(`${version}\n`);
      return EXIT.done;
    }
    const { COMMANDS } = await import('./commands/index.js');
    const { parseArguments } = await import('./parse-arguments.js');
    const invocation = await parseArguments(argv, COMMANDS);
    if (invocation.kind === 'run')
      return await invocation.command.run(invocation.parsed, { ...io, version });
    io.stdout.write(`${invocation.text}\n`);
    return EXIT.done;
  } catch (error) {
    return reportFailure(error, argv.includes('--debug'), io);
  }
}

function reportFailure(error: unknown, debug: boolean, io: CliIo): number {
  const stack = debug && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  if (error instanceof Diagnostic) {
    io.stderr.write(`${renderDiagnostic(error)}\n${stack}`);
    return exitCodeOfDiagnostic(error.code);
  }
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  const advice = 'please report it with the model and the command; --debug adds a stack trace';
  io.stderr.write(`internal error: ${message}; ${advice}\n${stack}`);
  return EXIT.internal;
}
