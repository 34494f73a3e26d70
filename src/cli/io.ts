/**
 * What a command may touch besides files: its streams, its working directory and a clock. Handed in,
 * so that tests run commands inside their own process.
 */

export interface OutputStream {
  write(text: string): void;
  /** True where one line can be written over. */
  readonly isTerminal: boolean;
}

export interface CliIo {
  /** Absolute path that relative paths are relative to. */
  readonly cwd: string;
  /** Results only. */
  readonly stdout: OutputStream;
  /** Progress, messages and diagnostics. */
  readonly stderr: OutputStream;
  /** Version of the program, for what it signs; set by `runCli`. */
  readonly version?: string;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
}
