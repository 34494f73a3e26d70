/**
 * The gates that a lone sum reads one behind the other, each with the result of the one before it:
 *
 *   overflow ← c7(c6, a7, b7) ← c6(c5, a6, b6) ← … ← c0(a0, b0)
 */
import type { ChainPoint } from './chain.js';
import type { Circuit, Linear } from './circuit.js';

/** Shorter ripples are ordinary cones. */
const MIN_RIPPLE = 3;

/** The sum itself (id −1) and the gates behind it (0 the earliest); `undefined` when there are few. */
export function ripplePoints(circuit: Circuit, sum: Linear): readonly ChainPoint[] | undefined {
  const gates: number[] = [];
  let gate = widestGate(circuit, sum);
  while (gate !== undefined) {
    gates.push(gate);
    gate = widestGate(circuit, circuit.gates[gate - circuit.cells].sum);
  }
  if (gates.length < MIN_RIPPLE) return undefined;
  gates.reverse();
  const points = gates.map((gate, id): ChainPoint => ({ id, sum: lone(gate) }));
  return [...points, { id: -1, sum }];
}

/** The gate that depends on most, where one alone does. */
function widestGate(circuit: Circuit, sum: Linear): number | undefined {
  let widest: number | undefined;
  let support = 0n;
  for (const signal of sum.weights.keys()) {
    if (signal < circuit.cells) continue;
    const own = circuit.supportOf(lone(signal));
    if (widest !== undefined && (own | support) !== own && (own | support) !== support) {
      return undefined;
    }
    if (widest === undefined || (own | support) !== support) [widest, support] = [signal, own];
  }
  return widest;
}

function lone(signal: number): Linear {
  return { constant: 0, weights: new Map([[signal, 1]]), error: 0 };
}
