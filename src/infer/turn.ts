/**
 * Steps that are only ever taken away from constants are told as their opposites:
 *
 *   2 − [sum > −2.5] − [other > −2.5]   →   [sum ≤ −3] + [other ≤ −3]
 *
 * Only where the opposite is exact: sums of integers with a constant bias, no ties up to a bound.
 */
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import type { Gate, Model, Value, ValueSource } from './values.js';
import { extentsOf, pointOfRank, visitCells } from './values.js';

type Sources = Pick<Model, 'values' | 'interface'>;

/** Cells looked at for the readers of one value; with more it stays as it is. */
const MAX_VISITED_CELLS = 2 ** 18;

/**
 * The values with steps turned around where that brings the biases of their readers nearer to 0.
 * `kept` are the ids of values that are outputs themselves. Each value's meaning may change, the
 * values of `kept` do not.
 */
export function turnSteps(model: Sources, kept: ReadonlySet<number>): readonly Value[] {
  let values = [...model.values];
  for (const { id } of model.values) {
    const sources = { ...model, values };
    const gate = kept.has(id) ? undefined : oppositeOf(sources, values[id].gate);
    const readers = gate === undefined ? undefined : readersTurned(sources, values[id]);
    if (gate === undefined || readers === undefined) continue;
    // A reader's bias holds what the step no longer takes away.
    values = values.map((value) => readers.get(value.id) ?? value);
    values[id] = { ...values[id], gate };
  }
  return values;
}

/** 1 − step(z) as a gate: step(−z), where z is never 0 or is made so. */
function oppositeOf(model: Sources, gate: Gate): Gate | undefined {
  const { activation, bias, terms, tables, ties } = gate;
  if (activation.kind !== 'step' || bias.kind !== 'constant') return undefined;
  if (tables.length > 0 || ties !== undefined) return undefined;
  const whole = terms.every(
    ({ coefficient, reference }) =>
      Number.isSafeInteger(coefficient) &&
      reference.factors === undefined &&
      isInteger(model, reference.source),
  );
  if (!whole || terms.length === 0) return undefined;
  const tied = Number.isInteger(bias.value) ? HALF : 0;
  return {
    ...gate,
    terms: terms.map((term) => ({ ...term, coefficient: -term.coefficient })),
    bias: { kind: 'constant', value: tied - bias.value },
  };
}

/** −z ≥ 0 for integers, as −z + 1/2 > 0. */
const HALF = 0.5;

function isInteger(model: Sources, source: ValueSource): boolean {
  if (source.kind === 'value')
    return model.values[source.id].range?.every(Number.isInteger) ?? false;
  const { domain, shape } = model.interface.inputs[source.index];
  const cells = domain.kind === 'per-cell' ? sizeOf(shape) : 1;
  return Array.from({ length: cells }, (_, cell) => cellDomain(domain, cell)).every(
    (own) => own.kind === 'values' && own.values.every(Number.isInteger),
  );
}

/** The readers of a step with it turned around; `undefined` where that is no gain or not possible. */
function readersTurned(model: Sources, step: Value): ReadonlyMap<number, Value> | undefined {
  const turned = new Map<number, Value>();
  const reads = ({ source }: { readonly source: ValueSource }): boolean =>
    source.kind === 'value' && source.id === step.id;
  let before = 0;
  let after = 0;
  for (const reader of model.values) {
    const { terms, tables, bias, activation } = reader.gate;
    if (tables.some(reads)) return undefined;
    const own = terms.filter((term) => reads(term.reference));
    if (own.length === 0) continue;
    // Thresholds say what they ask of their conditions by themselves.
    if (activation.kind === 'step' || activation.kind === 'sign') return undefined;
    if (bias.kind !== 'constant') return undefined;
    let value = bias.value;
    for (const term of own) {
      const weight = weightOf(model, reader, term.reference);
      if (weight === undefined || term.coefficient > 0) return undefined;
      value += term.coefficient * weight;
    }
    // What is left of noisy weights that cancel is nothing, and counts as a snap.
    const dropped = Math.abs(value) <= (reader.gate.snapError ?? 0) ? value : 0;
    value -= dropped;
    before += Math.abs(bias.value);
    after += Math.abs(value);
    const opposite = terms.map((term) =>
      reads(term.reference) ? { ...term, coefficient: -term.coefficient } : term,
    );
    const gate: Gate = {
      ...reader.gate,
      terms: opposite,
      bias: { kind: 'constant', value },
      ...(dropped === 0 ? {} : { snapError: (reader.gate.snapError ?? 0) + Math.abs(dropped) }),
    };
    turned.set(reader.id, { ...reader, gate });
  }
  return after < before ? turned : undefined;
}

/** Σ of the weights of the cells that a reference takes, where it is the same at every index point. */
function weightOf(
  model: Sources,
  owner: Value,
  reference: Value['gate']['terms'][number]['reference'],
): number | undefined {
  const extents = owner.axes.map((axis) => axis.extent);
  const points = sizeOf(extents);
  if (points * sizeOf(extentsOf(model, reference.source)) > MAX_VISITED_CELLS) return undefined;
  let common: number | undefined;
  for (let rank = 0; rank < points; rank++) {
    if (owner.holes.has(rank)) continue;
    let sum = 0;
    visitCells(model, reference, pointOfRank(rank, extents), (_, weight) => {
      sum += weight;
    });
    if (common !== undefined && common !== sum) return undefined;
    common = sum;
  }
  return common;
}
