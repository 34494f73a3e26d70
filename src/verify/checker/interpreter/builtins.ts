/**
 * The table of JavaScript's own functions that the checker knows, by the name they are called with.
 * A name that is not in a table makes the text undecidable. Functions of constants are JavaScript's.
 */
import type { Context } from '../context.js';
import { ceilOf, floorOf, roundOf, truncOf } from '../integer-parts.js';
import { absolute, applied, maximum, minimum, ofAngle, ofCosine, ofDomain, roundedAs, signOf } from '../operations.js'; // prettier-ignore
import { combine } from '../num.js';
import { Num } from '../num.js';
import { exponential, logarithmOfSum } from '../softmax.js';
import { ModuleError, Undecided } from '../undecided.js';
import { isPlain, requireFinite, toNumber } from './arithmetic.js';
import { METHODS, requireMethod } from './methods.js';
import type { Machine } from './machine.js';
import { isNumeric } from './machine.js';
import type { Value } from './values.js';
import { ArrayValue, ErrorValue, Filtered, FunctionValue, Global, ObjectValue, Poison, Truth, Walk, describeValue } from './values.js'; // prettier-ignore

export type Builtin = (machine: Machine, values: readonly Value[]) => Value;

/** Largest array that a text may make. */
export const MAX_LENGTH = 1 << 24;

export const GLOBALS = new Set(['Math', 'Number', 'Array', 'Float64Array', 'RangeError', 'Boolean', 'String']); // prettier-ignore

/** Functions of one number that are only computed for constants. */
const CONSTANT_ONLY: Readonly<Record<string, (x: number) => number>> = {
  fround: Math.fround,
};

/** Functions of any number. */
const BOUNDLESS = ['expm1', 'tanh', 'sinh', 'cosh', 'atan', 'cbrt'] as const;
const ANGLES = ['sin', 'cos', 'tan'] as const;
const COSINES = ['asin', 'acos'] as const;

type SmoothFunction = (typeof BOUNDLESS | typeof ANGLES | typeof COSINES)[number];

/** Numbers that JavaScript has names for. */
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['Math.PI', Math.PI],
  ['Math.E', Math.E],
  ['Math.LN2', Math.LN2],
  ['Math.LN10', Math.LN10],
  ['Math.SQRT2', Math.SQRT2],
  ['Math.SQRT1_2', Math.SQRT1_2],
  ['Number.EPSILON', Number.EPSILON],
]);

function ofConstant(name: string, plain: (x: number) => number): Builtin {
  return (_machine, values) => {
    const value = toNumber(values[0]);
    if (typeof value === 'number') return plain(value);
    throw new Undecided(`Math.${name} of a number that depends on the input`);
  };
}

function ofOne(plain: (x: number) => number, symbolic: (machine: Machine, x: Num) => Num): Builtin {
  return (machine, values) => {
    const value = toNumber(values[0]);
    return typeof value === 'number' ? plain(value) : symbolic(machine, value);
  };
}

/** A function of one number, by its value in real arithmetic. */
function functionOfMath(
  name: SmoothFunction,
  real: (context: Context, x: Num) => Num,
): [string, Builtin] {
  const builtin = ofOne(
    (x) => Math[name](x),
    (machine, x) => roundedAs(name, real(machine.symbolic, x)),
  );
  return [`Math.${name}`, builtin];
}

/** Math.log, or Math.log1p: the logarithm of 1 more. */
function logarithm(name: 'log' | 'log1p'): (machine: Machine, x: Num) => Num {
  return (machine, x) => {
    const context = machine.symbolic;
    const whole = name === 'log' ? x : combine(x, 1, undefined, 0, 1, false);
    return logarithmOfSum(context, whole, true) ?? roundedAs(name, ofDomain(context, name, x));
  };
}

/** Math.max or Math.min: NaN wins over everything, an infinity beyond or not at all. */
function extreme(isMax: boolean): Builtin {
  return (machine, values) => {
    machine.burn(values.length);
    const numbers = values.map((value) => toNumber(value));
    let constant = isMax ? -Infinity : Infinity;
    const symbolic: Num[] = [];
    for (const number of numbers) {
      if (typeof number !== 'number') symbolic.push(number);
      else constant = isMax ? Math.max(constant, number) : Math.min(constant, number);
    }
    if (symbolic.length === 0 || Number.isNaN(constant)) return constant;
    if (Math.abs(constant) === Infinity) {
      if (isMax === constant > 0) return constant;
    } else symbolic.push(machine.num(constant));
    if (symbolic.length === 1) return symbolic[0];
    return isMax ? maximum(machine.symbolic, symbolic) : minimum(machine.symbolic, symbolic);
  };
}

function arrayFrom(machine: Machine, source: Value, map: Value): ArrayValue {
  let items: Value[];
  if (source instanceof ObjectValue) {
    const length = source.entries.get('length');
    const isLength = length === undefined || typeof length === 'number';
    const others = source.entries.size - (source.entries.has('length') ? 1 : 0);
    if (!isLength || others > 0) throw new Undecided('an object that is more than a constant length'); // prettier-ignore
    // What is no number from 0 on is 0.
    const count = Math.max(0, Math.trunc(length ?? 0) || 0);
    items = new Array<Value>(checkedLength(count)).fill(undefined);
  } else items = [...walkedElements(source, 'Array.from over')];
  if (map !== undefined) {
    const call = functionOf(map);
    items = items.map((item, index) => call([item, index]));
  }
  return machine.array(items);
}

function checkedLength(length: number): number {
  if (!Number.isInteger(length) || length < 0) throw new Undecided(`an array of length ${length}`);
  if (length > MAX_LENGTH) throw new Undecided('an array too long to follow');
  return length;
}

function isFiniteNumber(value: Value): boolean {
  if (value instanceof Num) {
    requireFinite(value);
    return true;
  }
  return typeof value === 'number' && Number.isFinite(value);
}

function isInteger(value: Value): boolean {
  if (value instanceof Num) {
    if (value.grid >= 0 && value.err === 0) return true;
    throw new Undecided('whether a number is an integer depends on the input');
  }
  return Number.isInteger(value);
}

function isNaNValue(value: Value): boolean {
  return typeof value === 'number' && Number.isNaN(value);
}

/** @throws Undecided for a caller's array, which may be any array-like. */
function isArray(value: Value): boolean {
  if (!(value instanceof ArrayValue)) return false;
  if (value.foreign) throw new Undecided('whether an input is an array or like one');
  return !value.typed;
}

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...Object.entries(CONSTANT_ONLY).map(
    ([name, plain]): [string, Builtin] => [`Math.${name}`, ofConstant(name, plain)],
  ),
  ['Math.abs', ofOne(Math.abs, (m, x) => absolute(m.symbolic, x))],
  ['Math.sign', ofOne(Math.sign, (m, x) => signOf(m.symbolic, x))],
  ['Math.exp', ofOne(Math.exp, (m, x) => exponential(m.symbolic, x, true))],
  ['Math.log', ofOne(Math.log, logarithm('log'))],
  ['Math.log1p', ofOne(Math.log1p, logarithm('log1p'))],
  ['Math.sqrt', ofOne(Math.sqrt, (m, x) => roundedAs('sqrt', ofDomain(m.symbolic, 'sqrt', x)))],
  ...BOUNDLESS.map((name) => functionOfMath(name, (context, x) => applied(context, name, [x]))),
  ...ANGLES.map((name) => functionOfMath(name, (context, x) => ofAngle(context, name, x))),
  ...COSINES.map((name) => functionOfMath(name, (context, x) => ofCosine(context, name, x))),
  ['Math.floor', ofOne(Math.floor, (m, x) => floorOf(m.symbolic, x))],
  ['Math.ceil', ofOne(Math.ceil, (m, x) => ceilOf(m.symbolic, x))],
  ['Math.round', ofOne(Math.round, (m, x) => roundOf(m.symbolic, x))],
  ['Math.trunc', ofOne(Math.trunc, (m, x) => truncOf(m.symbolic, x))],
  ['Math.max', extreme(true)],
  ['Math.min', extreme(false)],
  ['Number', (_machine, values) => values.length === 0 ? 0 : toNumber(values[0])],
  ['Number.isFinite', (_machine, values) => isFiniteNumber(values[0])],
  ['Number.isInteger', (_machine, values) => isInteger(values[0])],
  ['Number.isNaN', (_machine, values) => isNaNValue(values[0])],
  ['Array.isArray', (_machine, values) => isArray(values[0])],
  ['Array.from', (machine, values) => arrayFrom(machine, values[0], values[1])],
  ['Array.of', (machine, values) => machine.array([...values])],
  ['Float64Array.from', (machine, values) => float64(machine, arrayFrom(machine, values[0], values[1]).items)], // prettier-ignore
  ['Float64Array.of', (machine, values) => float64(machine, values)],
  ['String', (_machine, values) => values.length === 0 ? '' : isPlain(values[0]) ? String(values[0]) : new Poison('a string that depends on the input')], // prettier-ignore
  ['RangeError', (_machine, values) => errorOf('RangeError', values)],
]); // prettier-ignore

export const CONSTRUCTORS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['Array', newArray],
  ['Float64Array', newFloat64Array],
  ['RangeError', (_machine, values) => errorOf('RangeError', values)],
  ['TypeError', (_machine, values) => errorOf('TypeError', values)],
  ['Error', (_machine, values) => errorOf('Error', values)],
]);

function errorOf(kind: string, values: readonly Value[]): ErrorValue {
  const [message] = values;
  return new ErrorValue(kind, isPlain(message) ? String(message) : 'a message of the input');
}

function newArray(machine: Machine, values: readonly Value[]): Value {
  if (values.length === 1 && typeof values[0] === 'number') {
    const [length] = values;
    if (!Number.isInteger(length) || length < 0) throw new ModuleError('RangeError', 'Invalid array length'); // prettier-ignore
    const array = machine.array(new Array<Value>(checkedLength(length)).fill(undefined));
    array.holes = true;
    return array;
  }
  if (values.length === 1) throw new Undecided('an array of a length that is no constant');
  return machine.array([...values]);
}

function newFloat64Array(machine: Machine, values: readonly Value[]): Value {
  const [source] = values;
  if (values.length !== 1) throw new Undecided('a typed array of this kind');
  if (typeof source === 'number') {
    if (source < 0) throw new ModuleError('RangeError', 'Invalid typed array length');
    return machine.array(new Array<Value>(checkedLength(source)).fill(0), true);
  }
  return float64(machine, walkedElements(source, 'a typed array of'));
}

function float64(machine: Machine, items: readonly Value[]): ArrayValue {
  return machine.array(items.map((item) => toNumber(item)), true); // prettier-ignore
}

/** What iterates, so that a number is an error. */
const ITERATED = new Set(['for…of over', 'spreading', 'taking apart']);

/** The members of an array; anything else cannot be walked. */
export function elementsOf(value: Value, what: string): ArrayValue {
  if (value instanceof ArrayValue) return value;
  if (value === undefined || value === null) {
    throw new ModuleError('TypeError', `${String(value)} is not iterable`);
  }
  if (isNumeric(value) && ITERATED.has(what)) throw new ModuleError('TypeError', 'a number is not iterable'); // prettier-ignore
  throw new Undecided(`${what} ${describeValue(value)}`);
}

/** What `for…of`, a spread and their like find: the members of an array, or what is left of a walk. */
export function walkedElements(value: Value, what: string): readonly Value[] {
  if (!(value instanceof Walk)) return elementsOf(value, what).items;
  startWalk(value);
  return value.array.items.map((_, index) => value.at(index));
}

/** @throws Undecided for a walk that has begun before. */
export function startWalk(walk: Walk): void {
  if (walk.isUsed) throw new Undecided('walking an iterator twice');
  walk.isUsed = true;
}

export function functionOf(value: Value): (values: readonly Value[]) => Value {
  if (value instanceof FunctionValue) return value.invoke;
  throw new Undecided(`a call of ${describeValue(value)}`);
}

/** A value as a condition, as JavaScript's `if` takes it. */
export function truthOf(machine: Machine, value: Value): Truth | boolean {
  if (typeof value === 'boolean') return value;
  if (value instanceof Truth) return machine.truth(value.num, value.difference);
  if (value instanceof Num) {
    const zero = machine.symbolic.constant(0);
    const [above, below] = [maximum, minimum].map((pick) => pick(machine.symbolic, [value, zero]));
    if (value.lo >= 0) return positive(machine, value);
    const sign = combine(signOf(machine.symbolic, above), 1, signOf(machine.symbolic, below), -1, 0, false); // prettier-ignore
    return machine.truth(sign);
  }
  if (value instanceof Poison || value instanceof Filtered) throw new Undecided(`a condition on ${describeValue(value)}`); // prettier-ignore
  return isPlain(value) ? Boolean(value) : true;
}

function positive(machine: Machine, value: Num): Truth | boolean {
  return machine.truth(signOf(machine.symbolic, value));
}

/** object.name, for what is not called. */
export function memberOf(machine: Machine, object: Value, name: string): Value {
  if (object instanceof ArrayValue && name === 'length') return object.items.length;
  if (object instanceof Filtered && name === 'length') return countOf(machine, object);
  if (typeof object === 'string' && name === 'length') return object.length;
  if (object instanceof ObjectValue) return entryOf(object, name);
  if (object === undefined || object === null) {
    if (machine.conditional) throw new Undecided(`reading ${name} of ${String(object)}`);
    throw new ModuleError('TypeError', `Cannot read properties of ${String(object)}`);
  }
  if ((typeof object === 'number' || object instanceof Num) && !(name in Number.prototype)) return undefined; // prettier-ignore
  const constant = object instanceof Global ? CONSTANTS.get(`${object.name}.${name}`) : undefined;
  if (constant !== undefined) return constant;
  throw new Undecided(`${name} of ${describeValue(object)}`);
}

/** A property of an object of the text. @throws Undecided for one that every object inherits. */
export function entryOf(object: ObjectValue, name: string): Value {
  if (!object.entries.has(name) && name in Object.prototype) throw new Undecided(`the inherited ${name}`); // prettier-ignore
  return object.entries.get(name);
}

function countOf(machine: Machine, filtered: Filtered): Value {
  let count: Num | number = 0;
  for (const { condition } of filtered.members) {
    const bit = typeof condition === 'boolean' ? (condition ? 1 : 0) : condition.num;
    if (typeof bit === 'number' && typeof count === 'number') count += bit;
    else count = combine(machine.num(count), 1, machine.num(bit), 1, 0, true);
  }
  return count;
}

/** receiver.name(values). */
export function callMethod(
  machine: Machine,
  receiver: Value,
  name: string,
  values: readonly Value[],
): Value {
  // prettier-ignore
  if (receiver instanceof ArrayValue) {
    const method = METHODS.get(name);
    if (method === undefined) throw new Undecided(`the array method ${name}`);
    requireMethod(machine, receiver, name);
    machine.burn(receiver.items.length);
    return method(machine, receiver, values);
  }
  if (receiver instanceof ObjectValue) return functionOf(receiver.entries.get(name))(values);
  if (receiver === undefined || receiver === null) {
    if (machine.conditional) throw new Undecided(`calling ${name} of ${String(receiver)}`);
    throw new ModuleError('TypeError', `Cannot read properties of ${String(receiver)}`);
  }
  if (typeof receiver === 'number' && name === 'toString' && values.length === 0) return String(receiver); // prettier-ignore
  if (!machine.conditional && isNumeric(receiver) && !(name in Number.prototype)) {
    throw new ModuleError('TypeError', `a number has no ${name}`);
  }
  throw new Undecided(`the method ${name} of ${describeValue(receiver)}`);
}
