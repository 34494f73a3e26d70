/**
 * Methods of arrays. Predicates may depend on the input: `some` and `every` become disjunction and
 * conjunction, `filter` an array of which only the length is known as a sum.
 */
import { ModuleError, Undecided } from '../undecided.js';
import { isEqual, isPlain, toNumber } from './arithmetic.js';
import { functionOf, truthOf } from './builtins.js';
import type { Machine } from './machine.js';
import type { Value, Truth } from './values.js';
import { ArrayValue, Filtered, FunctionValue, Poison, Walk, describeValue } from './values.js';

type Method = (machine: Machine, array: ArrayValue, values: readonly Value[]) => Value;

/** Calls back with (item, index, array), as JavaScript does. */
function eachOf<Result>(
  array: ArrayValue,
  callback: Value,
  use: (value: Value, item: Value, index: number) => Result,
): Result[] {
  // prettier-ignore
  const call = functionOf(callback);
  return array.items.map((item, index) => use(call([item, index, array]), item, index));
}

/** Methods that a typed array has not. */
const UNTYPED = new Set(['push', 'concat', 'flat', 'flatMap']);

/** Methods for which a hole is like any undefined item. */
const BLIND_TO_HOLES = new Set(['fill', 'push', 'includes', 'findIndex', 'at', 'keys', 'values', 'entries', 'toReversed', 'join']); // prettier-ignore

/**
 * Refuses a method that this array has not, and one that would pass over holes.
 *
 * @throws ModuleError for the former, as JavaScript does; Undecided.
 */
export function requireMethod(machine: Machine, array: ArrayValue, name: string): void {
  if (array.typed && UNTYPED.has(name)) {
    const message = `a typed array has no ${name}`;
    throw machine.conditional ? new Undecided(message) : new ModuleError('TypeError', message);
  }
  if (array.holes && !BLIND_TO_HOLES.has(name) && array.items.includes(undefined)) {
    throw new Undecided(`${name} of an array with holes`);
  }
}

/** A value as a typed array keeps it. */
function kept(array: ArrayValue, value: Value): Value {
  return array.typed ? toNumber(value) : value;
}

function quantifier(isAny: boolean): Method {
  return (machine, array, [predicate]) => {
    let result: Truth | boolean = !isAny;
    const call = functionOf(predicate);
    const { length } = array.items;
    for (let index = 0; index < length; index++) {
      const one = truthOf(machine, call([array.items[index], index, array]));
      result = isAny ? machine.or(result, one) : machine.and(result, one);
      if (result === isAny) return isAny;
    }
    return result;
  };
}

/** The first index where a condition holds, −1 where none does. */
/** What `ask` says of the items up to the first that is true for certain: nobody looks further. */
function untilTrue(
  items: readonly Value[],
  ask: (item: Value) => Truth | boolean,
): (Truth | boolean)[] {
  const answers: (Truth | boolean)[] = [];
  for (const item of items) {
    answers.push(ask(item));
    if (answers.at(-1) === true) break;
  }
  return answers;
}

function firstIndex(machine: Machine, conditions: readonly (Truth | boolean)[]): Value {
  let result: Value = -1;
  for (let index = conditions.length - 1; index >= 0; index--) {
    const condition = conditions[index];
    if (condition === true) result = index;
    else if (condition !== false) result = machine.merge(condition, index, result);
  }
  return result;
}

/** The last index where a condition holds, −1 where none does. */
function lastIndex(machine: Machine, conditions: readonly (Truth | boolean)[]): Value {
  let result: Value = -1;
  for (const [index, condition] of conditions.entries()) {
    if (condition === true) result = index;
    else if (condition !== false) result = machine.merge(condition, index, result);
  }
  return result;
}

function reduce(array: ArrayValue, values: readonly Value[], fromRight: boolean): Value {
  const call = functionOf(values[0]);
  const order = array.items.map((_, index) => index);
  if (fromRight) order.reverse();
  if (values.length < 2 && order.length === 0) throw new Undecided('reducing an empty array');
  let result = values.length < 2 ? array.items[order[0]] : values[1];
  for (const index of values.length < 2 ? order.slice(1) : order) {
    result = call([result, array.items[index], index, array]);
  }
  return result;
}

function bound(value: Value, length: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value !== 'number') throw new Undecided(`an index that is ${describeValue(value)}`);
  const whole = Math.trunc(value);
  return whole < 0 ? Math.max(0, length + whole) : Math.min(length, whole);
}

function fill(machine: Machine, array: ArrayValue, values: readonly Value[]): Value {
  const { length } = array.items;
  const [value] = values;
  if (value instanceof FunctionValue) throw new Undecided('a function kept in an array');
  if (array.frozen) throw new Undecided('a write into an array of two origins');
  for (let k = bound(values[1], length, 0); k < bound(values[2], length, length); k++) {
    machine.write(array, k, kept(array, value));
  }
  return array;
}

function push(machine: Machine, array: ArrayValue, values: readonly Value[]): Value {
  machine.requireFresh(array, 'a push');
  if (array.frozen || array.typed) throw new Undecided('a push on this array');
  for (const value of values) {
    if (value instanceof FunctionValue) throw new Undecided('a function kept in an array');
    array.items.push(value);
  }
  return array.items.length;
}

function join(array: ArrayValue, separator: Value): Value {
  if (!array.items.every(isPlain)) return new Poison('a string that depends on the input');
  if (separator !== undefined && typeof separator !== 'string') {
    throw new Undecided('a separator that is no string');
  }
  return array.items.map((item) => item ?? '').join(separator ?? ',');
}

function flat(machine: Machine, array: ArrayValue, depth: Value): Value {
  if (depth !== undefined && typeof depth !== 'number') throw new Undecided('flat with this depth');
  const open = (items: readonly Value[], levels: number): Value[] =>
    items.flatMap((item) =>
      item instanceof ArrayValue && !item.typed && levels > 0
        ? open(item.items, levels - 1)
        : [item],
    );
  return machine.array(open(array.items, depth ?? 1));
}

/** What `concat` and `flatMap` take an item for: the items of an array, but not of a typed one. */
function opened(item: Value): readonly Value[] {
  if (!(item instanceof ArrayValue) || item.typed) return [item];
  if (item.holes && item.items.includes(undefined)) throw new Undecided('an array with holes');
  return item.items;
}

/** Equality to `includes`: NaN is itself. */
function isSame(machine: Machine, item: Value, value: Value): Truth | boolean {
  return (Number.isNaN(item) && Number.isNaN(value)) || isEqual(machine, item, value);
}

export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['map', (machine, array, [call]) => machine.array(eachOf(array, call, (value) => kept(array, value)), array.typed)],
  ['forEach', (_machine, array, [call]) => void eachOf(array, call, () => 0)],
  ['some', quantifier(true)],
  ['every', quantifier(false)],
  ['filter', (machine, array, [call]) => filter(machine, array, call)],
  ['findIndex', (machine, array, [call]) => firstIndex(machine, eachOf(array, call, (value) => truthOf(machine, value)))],
  ['indexOf', (machine, array, [value]) => firstIndex(machine, untilTrue(array.items, (item) => isEqual(machine, item, value)))],
  ['lastIndexOf', (machine, array, [value]) => lastIndex(machine, array.items.map((item) => isEqual(machine, item, value)))],
  ['includes', (machine, array, [value]) => array.items.reduce<Truth | boolean>((any, item) => machine.or(any, isSame(machine, item, value)), false)],
  ['reduce', (_machine, array, values) => reduce(array, values, false)],
  ['reduceRight', (_machine, array, values) => reduce(array, values, true)],
  ['fill', fill],
  ['push', push],
  ['slice', (machine, array, [from, to]) => { const { length } = array.items; return machine.array(array.items.slice(bound(from, length, 0), bound(to, length, length)), array.typed); }],
  ['concat', (machine, array, values) => machine.array([...array.items, ...values.flatMap(opened)])],
  ['at', (_machine, array, [index]) => { if (typeof index !== 'number') throw new Undecided('an index that depends on the input'); return array.items.at(index); }],
  ['flat', (machine, array, [depth]) => flat(machine, array, depth)],
  ['flatMap', (machine, array, [call]) => machine.array(eachOf(array, call, (value) => value).flatMap(opened))],
  ['keys', (_machine, array) => new Walk(array, (index) => index)],
  ['values', (_machine, array) => new Walk(array, (index) => array.items[index])],
  ['entries', (machine, array) => new Walk(array, (index) => machine.array([index, array.items[index]]))],
  ['toReversed', (machine, array) => machine.array([...array.items].reverse(), array.typed)],
  ['join', (_machine, array, [separator]) => join(array, separator)],
]); // prettier-ignore

function filter(machine: Machine, array: ArrayValue, call: Value): Value {
  const members = eachOf(array, call, (value, item) => ({ condition: truthOf(machine, value), value: item })); // prettier-ignore
  if (members.every(({ condition }) => typeof condition === 'boolean')) {
    const kept = members.filter(({ condition }) => condition === true);
    return machine.array(kept.map(({ value }) => value), array.typed); // prettier-ignore
  }
  return new Filtered(members);
}
