/**
 * What a command is: its arguments as data, from which the parser and the help text are made, and the
 * function that runs it. One file per command under `commands/`, one ordered registry.
 */
import type { Arguments } from './arguments.js';
import type { CliIo } from './io.js';

/** One `--option`. */
export interface Option {
  /** `text` takes a value and may be repeated where `repeatable`; `flag` takes none. */
  readonly kind: 'text' | 'flag';
  readonly alias?: string;
  /** What stands for the value in the help text: `FILE`. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly description: string;
}

export interface Command {
  readonly name: string;
  /** Positional arguments as the help text shows them: `<model..>`. */
  readonly positionals: string;
  /** Fewest and most positional arguments. */
  readonly count: readonly [min: number, max: number];
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Command lines that work in the repository, one after the other. */
  readonly examples: readonly string[];
  /** Runs the command and gives its exit code. @throws Diagnostic for what the user must know. */
  readonly run: (parsed: Arguments, io: CliIo) => Promise<number>;
}
