/**
 * A recurrence as a program says it: a loop over the steps that reads the cells of each, gives an out
 * for each track, and hands a state to the next step. Values of the model refer to one of its tracks
 * or, where they are read after the last step, to one of its finals.
 */
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import type { CellRole } from './chain.js';

export interface CarryLoop {
  readonly steps: number;
  /** What the expressions call the cells of a step. */
  readonly cells: readonly { readonly symbol: ProgramSymbol; readonly role: CellRole }[];
  /** A sum of cells and state that several expressions read. */
  readonly shared?: { readonly symbol: ProgramSymbol; readonly value: Expression };
  /** Absent: the steps do not depend on each other. */
  readonly state?: CarryState;
  readonly tracks: readonly CarryTrack[];
  /** Over the state after the last step. */
  readonly finals: readonly Expression[];
  /** Largest |loop − network| of any out or final. */
  readonly error: number;
}

export interface CarryState {
  readonly symbol: ProgramSymbol;
  readonly initial: Expression;
  /** `+=`: the update is what is added. Read after the outs that stand before it. */
  readonly operator: '=' | '+=';
  readonly update: Expression;
}

export interface CarryTrack {
  readonly expression: Expression;
  /** Whether it reads the state after the update (and no cells) or the one before it. */
  readonly after: boolean;
}

/** Where a value of the model stands in a loop. */
export interface RecurrenceUse {
  readonly loop: CarryLoop;
  readonly part:
    | { readonly kind: 'track'; readonly track: number }
    | { readonly kind: 'final'; readonly final: number };
}
