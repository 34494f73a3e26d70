/**
 * Merges accumulators: all values that one reader sums over axes of equal extents become one body,
 * tables added up, when that body has a shorter formula than its parts. The body is only summed, so
 * it is free up to a constant, which moves into the reader's bias.
 */
import type { AxisAccess, ClusterAxis, IndexExpression } from '../ir/cluster.js';
import type { Expression } from '../ir/program.js';
import { collectCone } from './cone.js';
import { costOf } from './cost.js';
import { findFormula, MAX_DEPTH } from './formula.js';
import { errorOfGate } from './model-error.js';
import {
  axesOfAccess,
  composeAccess,
  constantIndex,
  evaluateIndex,
  iteratorIndex,
} from './positions.js';
import type { Gate, GateTerm, Model, Value } from './values.js';
import { extentsOf, isPoint, referenceKey } from './values.js';

/** A range of ranks that a term sums over along one axis of its source. */
interface Reduced {
  readonly axis: number;
  readonly from: number;
  readonly extent: number;
}

/** The reader's gate with every group of accumulators that has a shorter common body merged. */
export function mergeAccumulators(model: Model, reader: Value, slack: number): Gate {
  let gate = reader.gate;
  for (const group of groupsOf(model, gate)) gate = mergeGroup(model, reader, gate, group, slack);
  return gate;
}

function groupsOf(model: Model, gate: Gate): readonly (readonly GateTerm[])[] {
  const groups = new Map<string, GateTerm[]>();
  for (const term of gate.terms) {
    const reduced = reducedAxes(model, term);
    if (reduced === undefined) continue;
    const key = reduced.map(({ extent }) => extent).join('×');
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  return [...groups.values()];
}

/** The axes that a term sums over; `undefined` unless they are fixed runs of another value's axes. */
function reducedAxes(model: Model, term: GateTerm): readonly Reduced[] | undefined {
  const { reference } = term;
  if (reference.source.kind === 'input' || isPoint(reference)) return undefined;
  // Weights, gaps and borders are told by loops, not by one body for all index points.
  if (reference.factors !== undefined) return undefined;
  if (model.values[reference.source.id].holes.size > 0) return undefined;
  const extents = extentsOf(model, reference.source);
  const reduced: Reduced[] = [];
  for (const [axis, access] of reference.accesses.entries()) {
    if (access.kind === 'at' && access.follow === undefined) continue;
    if (access.kind === 'all') {
      reduced.push({ axis, from: 0, extent: extents[axis] });
    } else if (
      access.kind === 'range' &&
      access.step === 1 &&
      access.modulus === undefined &&
      access.follow === undefined &&
      axesOfAccess(access).length === 0
    ) {
      const from = Math.max(0, evaluateIndex(access.from, []));
      const to = Math.min(extents[axis], evaluateIndex(access.to, []));
      reduced.push({ axis, from, extent: to - from });
    } else {
      return undefined;
    }
  }
  return reduced;
}

function mergeGroup(
  model: Model,
  reader: Value,
  gate: Gate,
  group: readonly GateTerm[],
  slack: number,
): Gate {
  const kept = [...new Set(group.flatMap((term) => term.reference.accesses.flatMap(axesOfAccess)))];
  kept.sort((a, b) => a - b);
  const factor = commonSize(group);
  const parts = group.map((term) => ({ term, reduced: reducedAxes(model, term) ?? [] }));
  const axes: ClusterAxis[] = [...kept.map((axis) => reader.axes[axis])];
  for (const { axis, extent } of parts[0].reduced) {
    const { source } = parts[0].term.reference;
    const name = source.kind === 'value' ? model.values[source.id].axes[axis].name : undefined;
    axes.push({ extent, ...(name === undefined ? {} : { name }) });
  }
  const body = bodyOf(parts, kept, reader.axes.length, axes, factor);
  if (body === undefined) return gate;
  const points = axes.slice(kept.length).reduce((product, axis) => product * axis.extent, 1);
  const found = findFormula(model, body, axes, new Set(), {
    shift: gate.bias.kind === 'constant',
    slack: slack / (points * Math.abs(factor)),
  });
  // A lone source finds its formula by itself; only the freedom of a constant needs a new body.
  if (found === undefined || (group.length === 1 && found.shift === 0)) return gate;
  if (group.length > 1 && readsBetterApart(model, group, found.formula.expression)) return gate;
  const id = model.values.length;
  model.values.push({
    id,
    axes,
    holes: new Set(),
    gate: body,
    formula: found.formula,
    error: found.error + errorOfGate(model, body),
    ...(found.range === undefined || found.shift !== 0 ? {} : { range: found.range }),
  });
  const merged: GateTerm = {
    coefficient: factor,
    spread: 0,
    reference: {
      source: { kind: 'value', id },
      accesses: axes.map((_, axis): AxisAccess =>
        axis < kept.length
          ? { kind: 'at', index: iteratorIndex(kept[axis], reader.axes.length) }
          : { kind: 'all' },
      ),
    },
  };
  const moved = factor * found.shift * points;
  return {
    ...gate,
    terms: [...gate.terms.filter((term) => !group.includes(term)), merged],
    bias:
      gate.bias.kind === 'constant'
        ? { kind: 'constant', value: gate.bias.value + moved }
        : gate.bias,
  };
}

/**
 * True when the parts have no feature in common (one table could then only put them side by side) and,
 * each summed on its own, cost no more to read than the merged body.
 */
function readsBetterApart(model: Model, group: readonly GateTerm[], merged: Expression): boolean {
  const parts = group.flatMap(({ reference: { source } }) =>
    source.kind === 'value' ? [model.values[source.id]] : [],
  );
  const features = new Set<string>();
  for (const { gate, axes, holes } of parts) {
    const indexSet = { extents: axes.map((axis) => axis.extent), holes };
    const keys = collectCone(model, gate, indexSet, MAX_DEPTH)?.leaves.map(referenceKey);
    if (keys === undefined || keys.some((key) => features.has(key))) return false;
    for (const key of keys) features.add(key);
  }
  let apart = 0;
  for (const { gate, axes, holes } of parts) {
    const part = findFormula(model, gate, axes, holes);
    if (part === undefined) return false;
    apart += summedCost(part.formula.expression);
  }
  return apart <= summedCost(merged);
}

/** Cost of `total += expression`; where it is counting, of `if (condition) total++`. */
function summedCost(expression: Expression): number {
  const counts =
    expression.kind === 'conditional' &&
    expression.otherwise.kind === 'number' &&
    expression.otherwise.value === 0;
  return counts ? costOf(expression.condition) + ADDITION : costOf(expression) + ADDITION;
}

/** Points of the statement that adds. */
const ADDITION = 1;

/** |c| when all coefficients are ±c (c itself for a lone term), else 1. */
function commonSize(group: readonly GateTerm[]): number {
  if (group.length === 1) return group[0].coefficient;
  const size = Math.abs(group[0].coefficient);
  return group.every((term) => Math.abs(term.coefficient) === size) ? size : 1;
}

/** The merged body over the reader's kept axes and the reduced ones. */
function bodyOf(
  parts: readonly { readonly term: GateTerm; readonly reduced: readonly Reduced[] }[],
  kept: readonly number[],
  readerAxes: number,
  axes: readonly ClusterAxis[],
  factor: number,
): Gate | undefined {
  const inner: IndexExpression[] = Array.from({ length: readerAxes }, (_, axis) => {
    const position = kept.indexOf(axis);
    return position < 0 ? constantIndex(0, axes.length) : iteratorIndex(position, axes.length);
  });
  const extents = axes.map((axis) => axis.extent);
  const terms: GateTerm[] = [];
  for (const { term, reduced } of parts) {
    const accesses: AxisAccess[] = [];
    for (const [axis, access] of term.reference.accesses.entries()) {
      const order = reduced.findIndex((entry) => entry.axis === axis);
      const point: AxisAccess | undefined =
        order < 0
          ? composeAccess(access, inner, extents)
          : {
              kind: 'at',
              index: iteratorIndex(kept.length + order, axes.length, reduced[order].from),
            };
      if (point === undefined) return undefined;
      accesses.push(point);
    }
    terms.push({
      ...term,
      coefficient: term.coefficient / factor,
      spread: Math.abs(term.spread / factor),
      reference: { ...term.reference, accesses },
    });
  }
  return {
    terms,
    tables: [],
    bias: { kind: 'constant', value: 0 },
    activation: { kind: 'identity' },
  };
}
