/**
 * Words for values and features, from the axes and features of the inputs: `columnSum`, `secondLiteral`,
 * `otherLiterals`, `rowBalance`. They are hints; the emitter makes them legal and unique.
 */
import type { AxisAccess, ClusterAxis } from '../ir/cluster.js';
import { flagWord } from './flag-words.js';
import { axesOfAccess, fixedIndex, positionsOf } from './positions.js';
import { neighbourWord, regionWord } from './region-words.js';
import type { Model, Reference, Value } from './values.js';
import { extentsOf, isPoint } from './values.js';
import { axisNames, camelCase, isNearly, plural, singular } from './words.js';

export { axisNames, camelCase, plural, singular } from './words.js';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/** A singular word for what a reference adds up; `others` are the references beside it. */
export function hintOf(
  model: Model,
  reference: Reference,
  axes: readonly ClusterAxis[],
  others: readonly Reference[] = [],
): string {
  const names = axisNames(model, reference.source);
  if (isPoint(reference)) return cellHint(model, reference, names, others);
  const word = sumWord(model, reference);
  if (reference.factors !== undefined) {
    const powers = reference.factors.every(
      (factor) => factor.kind === 'power' && factor.base === 2,
    );
    return powers ? 'binaryValue' : camelCase('weighted', word);
  }
  const reduced = [...reference.accesses.keys()].filter(
    (axis) => reference.accesses[axis].kind !== 'at',
  );
  if (reduced.length === 1) {
    const [axis] = reduced;
    const name = names[axis];
    if (name !== undefined && isRest(model, reference, axis, others)) {
      return camelCase('other', plural(name));
    }
  }
  const source = { extents: extentsOf(model, reference.source), names };
  const region = regionWord(reference.accesses, source, axes);
  if (region !== undefined) return camelCase(region.noun, region.open ? word : '');
  if (reference.accesses.some((access) => access.kind === 'at')) return word;
  return word === 'count' ? 'count' : 'total';
}

/** `sum` of numbers, `balance` of signs, `count` of zeros and ones. */
export function sumWord(model: Model, reference: Reference): string {
  if (reference.source.kind === 'input') return 'sum';
  const { kind } = model.values[reference.source.id].gate.activation;
  if (kind === 'sign') return 'balance';
  return kind === 'step' ? 'count' : 'sum';
}

/** True when the reference takes all positions along an axis but those read as single cells. */
function isRest(
  model: Model,
  reference: Reference,
  axis: number,
  others: readonly Reference[],
): boolean {
  if (reference.source.kind !== 'input') return false;
  if (axesOfAccess(reference.accesses[axis]).length > 0) return false;
  const extent = model.interface.inputs[reference.source.index].shape[axis];
  const taken = positionsOf(reference.accesses[axis], [], extent);
  const single = new Set<number>();
  for (const other of others) {
    const access: AxisAccess | undefined = other.accesses.at(axis);
    const fixed = access?.kind === 'at' ? fixedIndex(access.index) : undefined;
    if (fixed !== undefined && other.source.kind === 'input') single.add(fixed);
  }
  return single.size > 0 && taken.length < extent && taken.length + single.size >= extent;
}

function cellHint(
  model: Model,
  reference: Reference,
  names: readonly (string | undefined)[],
  others: readonly Reference[],
): string {
  const fixed = reference.accesses.map((access) =>
    access.kind === 'at' ? fixedIndex(access.index) : undefined,
  );
  if (reference.source.kind === 'value') {
    return valueHint(model.values[reference.source.id], model);
  }
  const { index } = reference.source;
  const input = model.interface.inputs[index];
  if (fixed.length === 1 && fixed[0] !== undefined && input.features !== undefined) {
    return camelCase(input.features[fixed[0]]);
  }
  if (fixed.length === 1 && fixed[0] !== undefined && names[0] === undefined) {
    return camelCase(`${singular(input.name)}${fixed[0]}`);
  }
  for (const [axis, position] of fixed.entries()) {
    const name = names[axis];
    if (position === undefined || name === undefined) continue;
    const ordinal = ORDINALS.at(position);
    return position < ORDINALS.length && ordinal !== undefined
      ? camelCase(ordinal, name)
      : camelCase(`${name}${position}`);
  }
  const beside = others.filter(
    ({ source, accesses }) =>
      source.kind === 'input' &&
      source.index === index &&
      accesses.every(({ kind }) => kind === 'at'),
  );
  const siblings = beside.map(({ accesses }) => accesses);
  return neighbourWord(reference.accesses, siblings, names) ?? 'cell';
}

/** What the tables of a value are called after: its layer's own name, else what it computes. */
export function layerHint(value: Value): string {
  return camelCase(value.layerWord ?? '') || valueHint(value);
}

/** A singular word for a value, by what it computes; with the model, also by what it reads. */
export function valueHint(value: Value, model?: Model): string {
  if (value.hint !== undefined) return value.hint;
  const { terms, tables, activation } = value.gate;
  switch (activation.kind) {
    case 'sign':
      return terms.length === 2 && isNearly(terms[0].coefficient, -terms[1].coefficient)
        ? 'comparison'
        : 'vote';
    case 'step':
      return (model === undefined ? undefined : flagWord(model, value)) ?? 'flag';
    case 'identity':
    case 'softmax': {
      const lone = terms.length === 1 && tables.length === 0 && isNearly(terms[0].coefficient, 1);
      if (lone && model !== undefined && !isPoint(terms[0].reference)) {
        return hintOf(model, terms[0].reference, value.axes);
      }
      if (value.range?.join() === '0,1' || value.nearlyFlag === true) return 'flag';
      return model === undefined ? 'sum' : commonWord(model, value);
    }
    case 'abs':
      return 'distance';
    case 'max':
      return 'high';
    case 'min':
      return 'low';
    case 'clamp':
    case 'relu':
    case 'leaky-relu':
    case 'tanh':
    case 'sigmoid':
      return 'unit';
  }
}

/** What a sum of several references adds up: the word they have in common, else `sum`. */
function commonWord(model: Model, { gate: { terms, tables } }: Value): string {
  const words = new Set(terms.map((term) => sumWord(model, term.reference)));
  const [word] = words;
  return words.size === 1 && tables.length === 0 ? word : 'sum';
}
