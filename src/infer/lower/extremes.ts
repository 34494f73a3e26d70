/**
 * The largest or smallest of several cells. A few cells stand side by side; more of them are walked,
 * and so are cells whose bodies are written where they are read:
 *
 *   Math.max(a[0], a[3], 1)        let low = Infinity;
 *                                  for (…) low = Math.min(low, a[i]);
 */
import type { AxisAccess, IndexExpression } from '../../ir/cluster.js';
import { neutralBias } from '../../ir/activation-words.js';
import { evaluateBias } from '../../ir/region-cells.js';
import { assign, math, multiply, num, ref, symbol, variable } from '../../ir/program-builders.js';
import type { Expression, Statement } from '../../ir/program.js';
import { valueHint } from '../hints.js';
import { axesOfAccess, constantIndex, positionsOf } from '../positions.js';
import type { GateTerm, Value } from '../values.js';
import { extentsOf, isPoint } from '../values.js';
import { inOrder } from './bodies.js';
import type { Walk } from './indices.js';
import { nest } from './loops.js';
import type { Lowering } from './lowering.js';
import { guarded } from './lowering.js';
import type { RegionPlan } from './regions.js';
import { planRegion } from './regions.js';
import { weighted } from './weights.js';

/** More cells than this are walked. */
const MAX_SPELLED = 8;

/** The value of a `max` or `min` gate where its iterators are `walks`; statements go to `out`. */
export function lowerExtreme(
  lowering: Lowering,
  owner: Value,
  walks: readonly Walk[],
  out: Statement[],
): Expression {
  const { gate } = owner;
  const name = gate.activation.kind === 'max' ? 'max' : 'min';
  const points: GateTerm[] = [];
  const walked: GateTerm[] = [];
  for (const term of gate.terms) {
    const spelled = spelledOut(lowering, term);
    if (spelled === undefined) walked.push(term);
    else points.push(...spelled);
  }
  const parts: Expression[] = [];
  for (const point of inOrder(points)) {
    const { guards, cell, body } = readTerm(lowering, point, walks);
    if (guards.length > 0) {
      walked.push(point);
      continue;
    }
    out.push(...body);
    parts.push(cell);
  }
  const limit = evaluateBias(gate.bias, 0, walks.map(() => 0)); // prettier-ignore
  if (limit !== neutralBias(gate.activation)) parts.push(num(limit));
  if (walked.length === 0) return parts.length === 1 ? parts[0] : math(name, ...parts);
  const best = symbol(valueHint(owner));
  if (parts.length > 0) {
    out.push(variable(best, parts.length > 1 ? math(name, ...parts) : parts[0]));
  } else {
    const { first, rest } = splitFirst(lowering, walked[0]);
    const { guards, cell, body } = readTerm(lowering, first, walks);
    if (guards.length === 0) walked[0] = rest;
    out.push(...body, variable(best, guards.length === 0 ? cell : num(LEAST[name])));
  }
  for (const term of walked) {
    const { heads, guards, cell, body } = readTerm(lowering, term, walks);
    body.push(assign(best, [], '=', math(name, ref(best), cell)));
    out.push(...nest(heads, guarded(guards, body)));
  }
  return ref(best);
}

/** Where it is not known that any cell is there: what every number takes the place of. */
const LEAST = { max: -Number.MAX_VALUE, min: Number.MAX_VALUE } as const;

/** The first cell of a region, and the region from there on: without it, where one axis is walked. */
function splitFirst(lowering: Lowering, term: GateTerm): { first: GateTerm; rest: GateTerm } {
  const { reference } = term;
  const extents = extentsOf(lowering.model, reference.source);
  const walkedAxes = reference.accesses.filter((access) => access.kind !== 'at').length;
  const first: AxisAccess[] = [];
  const rest: AxisAccess[] = [];
  for (const [axis, access] of reference.accesses.entries()) {
    const [head, tail] = splitAccess(access, extents[axis]);
    first.push(head);
    rest.push(walkedAxes === 1 ? tail : access);
  }
  const withAccesses = (accesses: readonly AxisAccess[]): GateTerm => ({
    ...term,
    reference: { ...reference, accesses },
  });
  return { first: withAccesses(first), rest: withAccesses(rest) };
}

function splitAccess(access: AxisAccess, extent: number): readonly [AxisAccess, AxisAccess] {
  const fixed = (constant: number): IndexExpression => ({ kind: 'affine', constant, coefficients: [] }); // prettier-ignore
  switch (access.kind) {
    case 'at':
      return [access, access];
    case 'all':
      return [
        { kind: 'at', index: fixed(0) },
        { kind: 'range', from: fixed(1), to: fixed(extent), step: 1 },
      ];
    case 'list': {
      const [head, ...indices] = access.indices;
      return [
        { kind: 'at', index: fixed(head) },
        { kind: 'list', indices },
      ];
    }
    case 'range':
      return [{ kind: 'at', index: access.from }, shiftStart(access)];
  }
}

function shiftStart(access: Extract<AxisAccess, { readonly kind: 'range' }>): AxisAccess {
  const { from, step } = access;
  return from.kind === 'affine'
    ? { ...access, from: { ...from, constant: from.constant + step } }
    : access;
}

interface ReadTerm extends Pick<RegionPlan, 'heads' | 'guards'> {
  readonly cell: Expression;
  /** What is needed for the cell, inside of the loops. */
  readonly body: Statement[];
}

function readTerm(
  lowering: Lowering,
  { coefficient, reference }: GateTerm,
  walks: readonly Walk[],
): ReadTerm {
  const { source, accesses, factors } = reference;
  // What is beyond a border takes no part: it is no 0.
  const region = { ...lowering.regionSource(source), holesAreZero: false };
  const plan = planRegion(accesses, factors, region, walks, lowering.indexing);
  const body: Statement[] = [];
  const cell = weighted(lowering.cell(source, plan.positions, body), plan.weights);
  return { heads: plan.heads, guards: plan.guards, cell: multiply(num(coefficient), cell), body };
}

/** The cells of a term as terms of their own, where they are few and at fixed distances. */
function spelledOut(lowering: Lowering, term: GateTerm): readonly GateTerm[] | undefined {
  const { reference } = term;
  if (isPoint(reference)) return [term];
  const { source } = reference;
  if (source.kind === 'value' && lowering.uses.isInlined(source.id)) return undefined;
  const extents = extentsOf(lowering.model, source);
  let lists: readonly (readonly AxisAccess[])[] = [[]];
  for (const [axis, access] of reference.accesses.entries()) {
    const points = pointsOf(access, extents[axis]);
    if (points === undefined || points.length * lists.length > MAX_SPELLED) return undefined;
    lists = lists.flatMap((list) => points.map((point) => [...list, point]));
  }
  return lists.map((accesses) => ({ ...term, reference: { ...reference, accesses } }));
}

/** The single positions of an access, over the same iterators; `undefined` where their number varies. */
function pointsOf(access: AxisAccess, extent: number): readonly AxisAccess[] | undefined {
  if (access.kind === 'at') return [access];
  if ('follow' in access) return undefined;
  const at = (index: IndexExpression): AxisAccess => ({ kind: 'at', index });
  if (axesOfAccess(access).length === 0) {
    const axes = access.kind === 'range' && access.from.kind === 'affine' ? access.from.coefficients.length : 0; // prettier-ignore
    return positionsOf(access, [], extent).map((position) => at(constantIndex(position, axes)));
  }
  if (access.kind !== 'range' || access.modulus !== undefined) return undefined;
  const { from, to, step } = access;
  if (from.kind === 'lookup' || to.kind === 'lookup') return undefined;
  if (from.coefficients.some((value, axis) => value !== to.coefficients[axis])) return undefined;
  const points: AxisAccess[] = [];
  for (let shift = 0; from.constant + shift < to.constant; shift += step) {
    points.push(at({ ...from, constant: from.constant + shift }));
  }
  return points;
}
