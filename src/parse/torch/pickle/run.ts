/**
 * Runs a pickle without Python behind it. It knows the operations that PyTorch's `torch.save` emits
 * (protocols 2 to 5) and refuses the others, calls nothing, and does a bounded amount of work.
 */
import { ForeignNameError, PickleError } from './globals.js';
import { pop, takeByte } from './machine.js';
import type { Machine } from './machine.js';
import { OPERATIONS } from './operations.js';
import type { PickleValue } from './values.js';

/**
 * Most operations of one pickle. A tensor takes about thirty, so that this is enough for twenty thousand
 * of them with the state of an optimizer, and little enough that the values of a hostile pickle fit.
 */
const MOST_OPERATIONS = 2 ** 21;

/** `.`: the value on the stack is the result. */
const STOP = 0x2e;

/** How reading a pickle ended. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: PickleValue }
  /** A name that is not on the allow-list. */
  | { readonly kind: 'foreign'; readonly name: string }
  | { readonly kind: 'operation'; readonly code: number; readonly offset: number }
  | { readonly kind: 'too-long'; readonly limit: number }
  | { readonly kind: 'malformed'; readonly problem: string; readonly offset: number };

/** Runs a pickle to its STOP; what follows that is ignored, as Python does. Never throws. */
export function readPickle(bytes: Uint8Array): Outcome {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const machine: Machine = { bytes, view, at: 0, stack: [], marks: [], memo: new Map() };
  for (let count = 0; count < MOST_OPERATIONS; count++) {
    const offset = machine.at;
    try {
      const code = takeByte(machine);
      if (code === STOP) return { kind: 'value', value: pop(machine) };
      const operation = OPERATIONS.get(code);
      if (operation === undefined) return { kind: 'operation', code, offset };
      operation(machine);
    } catch (error) {
      if (error instanceof ForeignNameError) return { kind: 'foreign', name: error.foreign };
      if (!(error instanceof PickleError)) throw error;
      return { kind: 'malformed', problem: error.message, offset };
    }
  }
  return { kind: 'too-long', limit: MOST_OPERATIONS };
}
