/** Values that are written by statements of their own: what the rest of `infer` sees of them. */
import type { Gate } from '../values.js';

/** A gate that no cone opens and nothing reads; `error`: how far the value is from the network's. */
export function closedGate(error: number): Gate {
  return {
    terms: [],
    tables: [],
    bias: { kind: 'table', values: new Float64Array(0) },
    activation: { kind: 'identity' },
    snapError: error,
  };
}
