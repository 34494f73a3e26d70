/**
 * Arithmetic on gates: linear combinations of identity gates, negation, and a gate at one index
 * point. It decides when two terms are one (equal references) and drops what cancels.
 */
import { sizeOf } from '../ir/model-interface.js';
import { evaluateBias } from '../ir/region-cells.js';
import { composeAccess, constantIndex } from './positions.js';
import type { Gate, GateTable, GateTerm, Reference, Value } from './values.js';
import { pointOfRank, referenceKey } from './values.js';

/** A sum of products that should vanish may leave this share of its largest part (rounding). */
const CANCELLATION = 1e-15;

/** Terms with equal references added up; what cancels (within its recorded spread) is left out. */
export function collectTerms(terms: readonly GateTerm[]): readonly GateTerm[] {
  const byKey = new Map<string, { term: GateTerm; largest: number }>();
  for (const term of terms) {
    const key = referenceKey(term.reference);
    const known = byKey.get(key);
    const size = Math.abs(term.coefficient);
    if (known === undefined) {
      byKey.set(key, { term, largest: size });
    } else {
      known.term = {
        ...term,
        coefficient: known.term.coefficient + term.coefficient,
        spread: known.term.spread + term.spread,
      };
      known.largest = Math.max(known.largest, size);
    }
  }
  return [...byKey.values()]
    .filter(({ term, largest }) => {
      const floor = Math.max(term.spread, CANCELLATION * largest);
      return Math.abs(term.coefficient) > (largest === Math.abs(term.coefficient) ? 0 : floor);
    })
    .map(({ term }) => term);
}

/** Σ factor · gate of identity gates over the same (no) axes with constant biases and no tables. */
export function combineGates(
  parts: readonly { readonly factor: number; readonly gate: Gate }[],
): Gate {
  let bias = 0;
  for (const { factor, gate } of parts) bias += factor * evaluateBias(gate.bias, 0, []);
  const terms = parts.flatMap(({ factor, gate }) =>
    gate.terms.map((term) => ({
      ...term,
      coefficient: factor * term.coefficient,
      spread: Math.abs(factor) * term.spread,
    })),
  );
  return {
    terms: collectTerms(terms),
    tables: [],
    bias: { kind: 'constant', value: bias },
    activation: { kind: 'identity' },
    snapError: parts.reduce(
      (sum, { factor, gate }) => sum + Math.abs(factor) * (gate.snapError ?? 0),
      0,
    ),
  };
}

/** True when `second` is −`first`: opposite coefficients on the same references, within spreads. */
export function areOpposite(first: Gate, second: Gate): boolean {
  if (first.tables.length > 0 || second.tables.length > 0) return false;
  const { kind } = first.activation;
  if (kind !== second.activation.kind) return false;
  if (kind !== 'identity' && kind !== 'sign' && kind !== 'tanh') return false;
  if (evaluateBias(first.bias, 0, []) + evaluateBias(second.bias, 0, []) !== 0) return false;
  if (first.ties?.[0] !== second.ties?.[0]) return false;
  return collectTerms([...first.terms, ...second.terms]).length === 0;
}

/** A reference with every iterator fixed. */
function fixReference(reference: Reference, point: readonly number[]): Reference {
  const inner = point.map((position) => constantIndex(position, 0));
  return {
    ...reference,
    accesses: reference.accesses.map((access) => composeAccess(access, inner, []) ?? access),
  };
}

/** The gate of a value at one index point (row-major rank), without iterators. */
export function gateAt(value: Value, rank: number): Gate {
  const extents = value.axes.map((axis) => axis.extent);
  const members = sizeOf(extents);
  const point = pointOfRank(rank, extents);
  const slice = (table: GateTable): GateTable => {
    const cells = table.weights.length / members;
    return { ...table, weights: table.weights.slice(rank * cells, (rank + 1) * cells) };
  };
  return {
    terms: value.gate.terms.map((term) => ({
      ...term,
      reference: fixReference(term.reference, point),
    })),
    tables: value.gate.tables.map(slice),
    bias: { kind: 'constant', value: evaluateBias(value.gate.bias, rank, point) },
    activation: value.gate.activation,
    ...(value.gate.ties === undefined ? {} : { ties: value.gate.ties.slice(rank, rank + 1) }),
    ...(value.gate.snapError === undefined ? {} : { snapError: value.gate.snapError }),
  };
}
