/** What a pass is: a named rewriting of a Program that keeps its value. */
import type { Program, ProgramSymbol } from '../../ir/program.js';

export interface PassOptions {
  /** Largest change of an output that rounding may make. */
  readonly tolerance: number;
  /** Symbols that keep their names even where they are read once. */
  readonly named?: ReadonlySet<ProgramSymbol>;
}

export interface Pass {
  readonly name: string;
  /** Pure; the result computes the same outputs (within the tolerance for `round-constants`). */
  readonly run: (program: Program, options: PassOptions) => Program;
}
