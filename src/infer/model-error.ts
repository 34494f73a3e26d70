/**
 * How far a settled model may be from the network already: coefficients that clustering snapped
 * (`snapError`) and table values that were made equal. What is left of the tolerance goes into rounding.
 */
import { isExtreme } from '../ir/activation-words.js';
import { sizeOf } from '../ir/model-interface.js';
import { factorAt } from '../ir/region-cells.js';
import { positionsOf } from './positions.js';
import type { Gate, Model, Reference, ValueSource } from './values.js';
import { extentsOf } from './values.js';

/** Each row of softmax's Jacobian sums to 2p(1 − p) in size. */
const SOFTMAX_SLOPE = 0.5;
const SIGMOID_SLOPE = 0.25;

/** A bound on |model − network| of every output; Infinity where inputs are unbounded and snapped. */
export function modelError(model: Model): number {
  const errors = new Map<number, number>();
  const errorOf = (id: number): number => {
    const known = errors.get(id);
    if (known !== undefined) return known;
    const value = model.values[id];
    const error =
      value.formula === undefined ? gateError(model, value.gate, errorOf) : (value.error ?? 0);
    errors.set(id, error);
    return error;
  };
  let worst = 0;
  for (const output of model.outputs) {
    for (const entry of output.entries) {
      worst = Math.max(worst, errorOf(entry.value) * (output.softmax ? SOFTMAX_SLOPE : 1));
    }
  }
  return worst;
}

/** A bound on the error of a gate computed from gates alone, before any formula is chosen. */
export function errorOfGate(model: Model, gate: Gate): number {
  const errors = new Map<number, number>();
  const errorOf = (id: number): number => {
    const error = errors.get(id) ?? gateError(model, model.values[id].gate, errorOf);
    errors.set(id, error);
    return error;
  };
  return gateError(model, gate, errorOf);
}

function gateError(model: Model, gate: Gate, errorOf: (id: number) => number): number {
  const { kind } = gate.activation;
  // Thresholds decide as the network does: clustering answers for that.
  if (kind === 'sign' || kind === 'step') return 0;
  const inherited = (source: ValueSource): number =>
    source.kind === 'input' ? 0 : errorOf(source.id);
  if (isExtreme(gate.activation)) {
    // Of several parts the one that is furthest off decides.
    const errors = gate.terms.map(({ coefficient, reference }) =>
      times(Math.abs(coefficient), inherited(reference.source)),
    );
    return (gate.snapError ?? 0) + Math.max(0, ...errors);
  }
  let error = gate.snapError ?? 0;
  for (const { coefficient, reference } of gate.terms) {
    const cells = cellsAtMost(model, reference);
    error += times(Math.abs(coefficient) * cells, inherited(reference.source));
  }
  for (const { source, weights } of gate.tables) {
    let heaviest = 0;
    for (const weight of weights) heaviest = Math.max(heaviest, Math.abs(weight));
    error += times(heaviest * sizeOf(extentsOf(model, source)), inherited(source));
  }
  return kind === 'sigmoid' ? SIGMOID_SLOPE * error : error;
}

/** What the cells of a reference weigh together at any index point, or more. */
function cellsAtMost(model: Model, reference: Reference): number {
  const extents = extentsOf(model, reference.source);
  const cells = reference.accesses.reduce((product, access, axis) => {
    if (access.kind === 'at') return product;
    if (access.kind === 'range') return product * extents[axis];
    return product * positionsOf(access, [], extents[axis]).length;
  }, 1);
  return (reference.factors ?? []).reduce((product, factor) => {
    const point = new Array<number>(extents.length).fill(0);
    const weights = Array.from({ length: extents[factor.axis] }, (_, position) => {
      point[factor.axis] = position;
      return Math.abs(factorAt([factor], point));
    });
    return product * Math.max(...weights);
  }, cells);
}

function times(factor: number, value: number): number {
  return factor === 0 || value === 0 ? 0 : factor * value;
}
