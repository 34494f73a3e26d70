/** What the emitter is asked for and what it gives; the hand-over to `compile` and `verify`. */
import type { Approximation } from '../ir/fidelity.js';
import type { VerdictStatus } from '../ir/verdict.js';

export interface EmitOptions {
  /** Printed in the `network` constant; the caller vouches for it. */
  readonly verdict: VerdictStatus;
  /** Largest |module − network| on an output that the program was inferred for; printed. */
  readonly tolerance: number;
  /**
   * Of a program that approximates: what it says of itself in `network` and above `scores`. The verdict is
   * then `approximate`, and no tolerance is printed.
   */
  readonly approximation?: Approximation;
  /** Text of the options for the header line; default: the tolerance. */
  readonly settings?: string;
  /** The module's file, `NAME` or `NAME.ts`, for the import of its sibling; default: the name. */
  readonly fileName?: string;
}

export interface Emitted {
  /** The module, formatted. */
  readonly code: string;
  /** Text of `NAME.weights.ts`, where tables are too large for the module. */
  readonly weights?: string;
  /** Lines of `code` that are neither blank nor comment only, the `network` constant left out. */
  readonly lines: number;
  /** Length of `code` in UTF-8. */
  readonly bytes: number;
  /** Numbers in tables, wherever they are written, and in lists of positions. */
  readonly weightsInData: number;
}
