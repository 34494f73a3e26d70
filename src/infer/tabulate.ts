/**
 * The table of a cone: target value for every reachable state of its leaves. The table is the
 * function; whatever equals it on all states may stand in its place.
 */
import type { Activation } from '../ir/network.js';
import type { Cone } from './cone.js';
import type { States } from './states.js';

/** The root's value in every state. Ties are exact: bodies hold snapped integers. */
export function tabulateCone(cone: Cone, states: States): Float64Array {
  const results: Float64Array[] = [];
  for (const node of cone.nodes) {
    const z = new Float64Array(states.count).fill(node.bias);
    for (const input of node.inputs) {
      const column = input.kind === 'leaf' ? states.columns[input.leaf] : results[input.node];
      for (let state = 0; state < states.count; state++) {
        z[state] += input.coefficient * column[state];
      }
    }
    results.push(z.map((value) => applyActivation(node.activation, value)));
  }
  return results[results.length - 1];
}

/** The activation of one pre-activation; `softmax` needs its whole layer and is left to the outputs. */
export function applyActivation(activation: Activation, z: number): number {
  switch (activation.kind) {
    case 'sign':
      return Math.sign(z) + 0;
    case 'step':
      return z > 0 ? 1 : 0;
    case 'identity':
    case 'softmax':
      return z;
    case 'relu':
      return Math.max(0, z);
    case 'leaky-relu':
      return z > 0 ? z : activation.slope * z;
    case 'abs':
      return Math.abs(z);
    case 'clamp':
      return Math.min(Math.max(z, activation.low), activation.high);
    case 'max':
    case 'min':
      throw new Error(`a ${activation.kind} has no sum`);
    case 'tanh':
      return Math.tanh(z);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-z));
  }
}

/** Two table values this close, relative to the larger, are one value. */
const EQUAL_VALUES = 1e-6;

/** Sums of a dozen doubles that should vanish leave less than this share of the largest value. */
export const FLOAT_NOISE = 1e-14;

/**
 * The table with near-equal values made one: ±v share one |v|, remains of cancellation become 0, and
 * a group that holds, or lies within `slack` of, an integer becomes that integer, else its middle.
 * `change` is the largest |difference|; 0 when nothing moved.
 */
export function mergeValues(
  table: Float64Array,
  slack: number,
): { table: Float64Array; change: number } {
  const largest = table.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const sizes = [...new Set(table.map(Math.abs))].sort((a, b) => a - b);
  const representative = new Map<number, number>();
  let group: number[] = [];
  const close = (): void => {
    const middle = (group[0] + group[group.length - 1]) / 2;
    const whole = Math.round(middle);
    const near = Math.max(Math.abs(group[0] - whole), Math.abs(group[group.length - 1] - whole));
    const snaps =
      near <= Math.max(slack, FLOAT_NOISE * largest) && (whole !== 0 || near < slack / 2);
    const chosen = snaps ? whole : middle;
    for (const size of group)
      representative.set(size, group.length === 1 && !snaps ? size : chosen);
    group = [];
  };
  for (const size of sizes) {
    if (size <= FLOAT_NOISE * largest) {
      representative.set(size, 0);
      continue;
    }
    if (group.length > 0 && size - group[0] > EQUAL_VALUES * size) close();
    group.push(size);
  }
  if (group.length > 0) close();
  let change = 0;
  const merged = table.map((value) => {
    const size = representative.get(Math.abs(value)) ?? Math.abs(value);
    change = Math.max(change, Math.abs(size - Math.abs(value)));
    return Math.sign(value) * size + 0;
  });
  return { table: merged, change };
}
