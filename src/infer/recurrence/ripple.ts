/**
 * The gates that a lone sum reads one behind the other, each with the result of the one before it:
 *
 *   overflow ← c7(c6, a7, b7) ← c6(c5, a6, b6) ← … ← c0(a0, b0)
 */
import { isSubset } from '../synthesis/bits.js';
import type { Bits } from '../synthesis/bits.js';
import type { Model } from '../values.js';
import type { ChainPoint } from './chain.js';
import { NestedPoints } from './chain.js';
import type { Circuit, Linear } from './circuit.js';
import { loneSignal } from './circuit.js';

/** Shorter ripples are ordinary cones. */
export const MIN_RIPPLE = 3;

/**
 * How many thresholds can stand one behind the other below a value, itself included: with fewer than a
 * ripple has, nothing needs to be unrolled to know that there is none. A value that a loop gives already
 * has none: its readers read it, and do not tell the loop again.
 */
export function gatesBehind(model: Model, id: number): number {
  const known = new Map<number, number>();
  const behind = (own: number): number => {
    const before = known.get(own);
    if (before !== undefined) return before;
    const { terms, tables, activation } = model.values[own].gate;
    let deepest = 0;
    for (const { source } of [...terms.map(({ reference }) => reference), ...tables]) {
      if (source.kind === 'value') deepest = Math.max(deepest, behind(source.id));
    }
    const count = activation.kind === 'identity' ? deepest : deepest + 1;
    known.set(own, count);
    return count;
  };
  return behind(id);
}

/**
 * The sum itself (id −1) and the gates behind it (0 the earliest); `undefined` when there are few, or
 * when they depend on different cells.
 */
export function ripplePoints(circuit: Circuit, sum: Linear): NestedPoints | undefined {
  const gates: number[] = [];
  let gate = widestGate(circuit, sum);
  while (gate !== undefined) {
    gates.push(gate);
    gate = widestGate(circuit, circuit.gates[gate - circuit.cells].sum);
  }
  if (gates.length < MIN_RIPPLE) return undefined;
  gates.reverse();
  const points = gates.map((gate, id): ChainPoint => ({ id, sum: loneSignal(gate) }));
  const nested = new NestedPoints(circuit);
  return [...points, { id: -1, sum }].every((point) => nested.add(point)) ? nested : undefined;
}

/** The gate that depends on most, where one alone does. */
function widestGate(circuit: Circuit, sum: Linear): number | undefined {
  let widest: { readonly gate: number; readonly cells: Bits } | undefined;
  for (let k = 0; k < sum.signals.length; k++) {
    const gate = sum.signals[k];
    if (gate < circuit.cells) continue;
    const cells = circuit.supportOfSignal(gate);
    if (widest === undefined || !isSubset(cells, widest.cells)) {
      if (widest !== undefined && !isSubset(widest.cells, cells)) return undefined;
      widest = { gate, cells };
    }
  }
  return widest?.gate;
}
