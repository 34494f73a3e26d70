/**
 * Words for values and features, from the axes and features of the inputs: `columnSum`, `secondLiteral`,
 * `otherLiterals`, `rowBalance`. They are hints; the emitter makes them legal and unique.
 */
import { axisNamesOf } from '../ir/model-interface.js';
import type { AxisAccess, ClusterAxis } from '../ir/cluster.js';
import { axesOfAccess, fixedIndex, positionsOf } from './positions.js';
import type { Model, Reference, Value } from './values.js';
import { isPoint } from './values.js';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/** The words in camelCase. */
export function camelCase(...words: readonly string[]): string {
  const parts = words.flatMap((word) => word.split(/[^A-Za-z0-9]+/)).filter((part) => part !== '');
  return parts
    .map((part, index) =>
      index === 0
        ? part.charAt(0).toLowerCase() + part.slice(1)
        : part.charAt(0).toUpperCase() + part.slice(1),
    )
    .join('');
}

/** The name of an array of such things. */
export function plural(hint: string): string {
  if (/(s|x|ch|sh)$/.test(hint)) return `${hint}es`;
  return /[^aeiou]y$/.test(hint) ? `${hint.slice(0, -1)}ies` : `${hint}s`;
}

/** The name of one element of an array that `plural` named. */
export function singular(hint: string): string {
  if (/ies$/.test(hint)) return `${hint.slice(0, -3)}y`;
  if (/(s|x|ch|sh)es$/.test(hint)) return hint.slice(0, -2);
  return hint.endsWith('s') ? hint.slice(0, -1) : hint;
}

/** The axis names of a reference's source. */
export function axisNames(
  model: Model,
  source: Reference['source'],
): readonly (string | undefined)[] {
  if (source.kind === 'value') return model.values[source.id].axes.map((axis) => axis.name);
  return axisNamesOf(model.interface.inputs[source.index]);
}

/** A singular word for what a reference adds up; `others` are the references beside it. */
export function hintOf(
  model: Model,
  reference: Reference,
  axes: readonly ClusterAxis[],
  others: readonly Reference[] = [],
): string {
  const names = axisNames(model, reference.source);
  if (isPoint(reference)) return cellHint(model, reference, names);
  const reduced = [...reference.accesses.keys()].filter(
    (axis) => reference.accesses[axis].kind !== 'at',
  );
  const word = sumWord(model, reference);
  if (reduced.length === reference.accesses.length && axes.length === 0) return 'total';
  if (reference.accesses.every((access) => access.kind === 'all')) return 'total';
  if (reduced.length === 1) {
    const [axis] = reduced;
    const name = names[axis];
    if (name !== undefined && isRest(model, reference, axis, others)) {
      return camelCase('other', plural(name));
    }
    const kept = reference.accesses.findIndex((access) => access.kind === 'at');
    const owner = kept < 0 ? name : names[kept];
    if (owner !== undefined) return camelCase(owner, word);
  }
  return word === 'sum' ? 'sum' : word;
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
): string {
  const fixed = reference.accesses.map((access) =>
    access.kind === 'at' ? fixedIndex(access.index) : undefined,
  );
  if (reference.source.kind === 'value') return valueHint(model.values[reference.source.id]);
  const input = model.interface.inputs[reference.source.index];
  if (fixed.length === 1 && fixed[0] !== undefined && input.features !== undefined) {
    return camelCase(input.features[fixed[0]]);
  }
  for (const [axis, position] of fixed.entries()) {
    const name = names[axis];
    if (position === undefined || name === undefined) continue;
    const ordinal = ORDINALS.at(position);
    return position < ORDINALS.length && ordinal !== undefined
      ? camelCase(ordinal, name)
      : camelCase(`${name}${position}`);
  }
  return offsetHint(reference) ?? 'cell';
}

/** `previous`, `current`, `next` for the neighbours on a line. */
function offsetHint(reference: Reference): string | undefined {
  if (reference.accesses.length !== 1) return undefined;
  const [access] = reference.accesses;
  if (access.kind !== 'at' || access.index.kind !== 'affine') return undefined;
  const { constant, modulus } = access.index;
  const offset = modulus !== undefined && constant > modulus / 2 ? constant - modulus : constant;
  return ({ '-1': 'previous', '0': 'current', '1': 'next' } as Record<string, string>)[offset];
}

/** A singular word for a value, by what it computes. */
export function valueHint(value: Value): string {
  if (value.hint !== undefined) return value.hint;
  const { terms, activation } = value.gate;
  switch (activation.kind) {
    case 'sign':
      return terms.length === 2 && terms[0].coefficient === -terms[1].coefficient
        ? 'comparison'
        : 'vote';
    case 'step':
      return 'flag';
    case 'identity':
    case 'softmax':
      return 'sum';
    case 'relu':
    case 'leaky-relu':
    case 'tanh':
    case 'sigmoid':
      return 'unit';
  }
}
