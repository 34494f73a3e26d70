/**
 * Chooses the form of every value that the outputs need: the cheapest formula proved equal to its
 * cone, or the gate as it stands. Accumulations over one axis of several values are first merged into
 * one body, which is then treated like any other value:
 *
 *   Σ −5·A[c] + Σ 5·C[c]   →   Σ M[c]   →   Σ (p − n) * 10
 */
import { isExtreme } from '../ir/activation-words.js';
import { mergeAccumulators } from './accumulate.js';
import { findFormula } from './formula.js';
import { errorOfGate } from './model-error.js';
import { pickOutputs } from './unrolled.js';
import type { Model } from './values.js';
import { referencesOf } from './values.js';

/** Replaces, in `model.values`, the values reachable from the outputs by their chosen forms. */
export function settleModel(model: Model, tolerance: number): void {
  const settled = new Set(pickOutputs(model));
  const visit = (id: number, slack: number): void => {
    if (settled.has(id)) return;
    settled.add(id);
    settleValue(model, id, slack);
    const value = model.values[id];
    for (const reference of referencesOf(value)) {
      if (reference.source.kind === 'value') visit(reference.source.id, 0);
    }
    if (value.formula !== undefined) return;
    for (const { source } of value.gate.tables) if (source.kind === 'value') visit(source.id, 0);
  };
  for (const output of model.outputs) {
    // Half of the tolerance may go into equal values; the other half is left for printing.
    for (const entry of output.entries) visit(entry.value, tolerance / 2);
  }
}

function settleValue(model: Model, id: number, slack: number): void {
  const value = model.values[id];
  if (value.recurrence !== undefined || value.champion !== undefined) return;
  if (isExtreme(value.gate.activation)) return;
  const found = findFormula(model, value.gate, value.axes, value.holes);
  if (found !== undefined) {
    const range = found.range ?? value.range;
    model.values[id] = {
      ...value,
      formula: found.formula,
      error: found.error + errorOfGate(model, value.gate),
      ...(range === undefined ? {} : { range }),
      ...(found.nearlyFlag === undefined ? {} : { nearlyFlag: found.nearlyFlag }),
    };
    return;
  }
  const exact = value.gate.activation.kind !== 'identity';
  model.values[id] = { ...value, gate: mergeAccumulators(model, value, exact ? 0 : slack) };
}
