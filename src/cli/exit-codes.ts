/** The exit codes of the contract, and the one it leaves open: a defect of the compiler itself. */
import type { VerdictStatus } from '../ir/verdict.js';

export const EXIT = {
  done: 0,
  /** Refuted, or `--check` found a difference. */
  negative: 1,
  usage: 2,
  /** An input cannot be read or is not supported. */
  input: 3,
  undecided: 4,
  /** `EX_SOFTWARE` of sysexits: our own fault, never the input's. */
  internal: 70,
  /** 128 + SIGINT. */
  interrupted: 130,
} as const;

/** What `verify` exits with for each verdict. */
export function exitCodeOf(status: VerdictStatus): number {
  switch (status) {
    case 'proved':
    case 'exhaustive':
    case 'sampled':
    case 'approximate':
      return EXIT.done;
    case 'refuted':
      return EXIT.negative;
    case 'unknown':
      return EXIT.undecided;
  }
}

/** What a command exits with that ends with the diagnostic of this code. */
export function exitCodeOfDiagnostic(code: string): number {
  if (code.startsWith('CLI_')) return EXIT.usage;
  return code.startsWith('INTERNAL_') ? EXIT.internal : EXIT.input;
}
