/**
 * The operators of the text. Where both operands are constants, JavaScript's own operator answers;
 * otherwise the symbolic operation does. NaN and the infinities are handled before any bound is
 * computed: a symbolic number is always finite.
 */
import { combine } from '../num.js';
import type { Num } from '../num.js';
import { floorOf, remainder } from '../integer-parts.js';
import { compareEqual, compareGreater, dividedBy, quotient, roundedAs, scaled } from '../operations.js'; // prettier-ignore
import { powerOf } from '../powers.js';
import { multiplied } from '../products.js';
import { softmaxQuotient } from '../softmax.js';
import { Undecided } from '../undecided.js';
import type { Machine } from './machine.js';
import { isBoolean, isNumeric } from './machine.js';
import type { Value } from './values.js';
import { ArrayValue, Filtered, Global, Poison, Truth, Walk, describeValue } from './values.js';

/** left operator right, for every operator but the logical ones. */
export function binaryOperation(
  machine: Machine,
  operator: string,
  left: Value,
  right: Value,
): Value {
  if (typeof left === 'number' && typeof right === 'number')
    return constants(operator, left, right);
  switch (operator) {
    case '===':
      return isEqual(machine, left, right);
    case '!==':
      return machine.not(isEqual(machine, left, right));
    case '<':
    case '>':
    case '<=':
    case '>=':
      return compare(machine, operator, left, right);
    case '+':
      if (typeof left === 'string' || typeof right === 'string') return concatenate(left, right);
      if (left instanceof ArrayValue || right instanceof ArrayValue) return new Poison('a text made of an array'); // prettier-ignore
  }
  const [a, b] = [toNumber(left), toNumber(right)];
  if (typeof a === 'number' && typeof b === 'number') return constants(operator, a, b);
  return arithmetic(machine, operator, a, b);
}

/** The operator on two constants. */
export function constants(operator: string, a: number, b: number): number | boolean {
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '%': return a % b;
    case '**': return a ** b;
    case '===': return a === b;
    case '!==': return a !== b;
    case '<': return a < b;
    case '<=': return a <= b;
    case '>': return a > b;
    case '>=': return a >= b;
    case '&': return a & b;
    case '|': return a | b;
    case '^': return a ^ b;
    case '<<': return a << b;
    case '>>': return a >> b;
    case '>>>': return a >>> b;
    default: throw new Undecided(`the operator ${operator}`);
  } // prettier-ignore
}

function concatenate(left: Value, right: Value): Value {
  if (isPlain(left) && isPlain(right)) return `${String(left)}${String(right)}`;
  return new Poison('a string that depends on the input');
}

export function isPlain(value: Value): value is string | number | boolean | null | undefined {
  return value === null || typeof value !== 'object';
}

/** A value in arithmetic: `undefined` is NaN, as when an array is read past its end. */
export function toNumber(value: Value): Num | number {
  if (isNumeric(value)) return value;
  if (value === undefined) return NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Truth) return value.num;
  // A text is the number that it spells, mostly none.
  if (typeof value === 'string') return Number(value);
  // Its text has a comma in it, and is no number.
  if (value instanceof ArrayValue && value.items.length > 1) return NaN;
  throw new Undecided(`arithmetic on ${describeValue(value)}`);
}

function arithmetic(machine: Machine, operator: string, a: Num | number, b: Num | number): Value {
  if (typeof a === 'number' && !Number.isFinite(a)) return withInfinite(operator, a, b, true);
  if (typeof b === 'number' && !Number.isFinite(b)) return withInfinite(operator, b, a, false);
  switch (operator) {
    case '+':
      if (typeof a === 'number') return a === 0 ? b : addConstant(machine.num(b), 1, a);
      if (typeof b === 'number') return b === 0 ? a : addConstant(a, 1, b);
      return combine(a, 1, b, 1, 0, true);
    case '-':
      if (typeof a === 'number') return addConstant(machine.num(b), -1, a);
      if (typeof b === 'number') return b === 0 ? a : addConstant(a, 1, -b);
      return combine(a, 1, b, -1, 0, true);
    case '*':
      if (typeof a === 'number') return a === 0 ? 0 : scaled(machine.num(b), a);
      if (typeof b === 'number') return b === 0 ? 0 : scaled(a, b);
      return multiplied(machine.symbolic, a, b);
    case '/':
      if (typeof b === 'number') {
        if (b === 0) throw new Undecided('a division by 0');
        return dividedBy(machine.num(a), b, true);
      }
      return (
        softmaxQuotient(machine.symbolic, a, b, true) ??
        roundedAs('quotient', quotient(machine.symbolic, machine.num(a), b))
      );
    case '%':
      if (typeof b !== 'number' || b === 0)
        throw new Undecided('a remainder by what is no constant');
      return remainder(machine.symbolic, machine.num(a), b);
    case '**':
      return roundedAs('power', powerOf(machine.symbolic, machine.num(a), b));
    default:
      return bitwise(machine, operator, machine.num(a), machine.num(b));
  }
}

/** Bit operators on integers of at most 31 bits, where they are arithmetic. */
function bitwise(machine: Machine, operator: string, a: Num, b: Num): Value {
  const context = machine.symbolic;
  const shift = b.lo === b.hi ? 2 ** b.lo : NaN;
  if ([a, b].every((one) => one.grid >= 0 && one.err === 0 && one.lo >= 0 && one.hi < 2 ** 31)) {
    if (a.hi <= 1 && b.hi <= 1) {
      const [x, y] = [machine.truth(a), machine.truth(b)];
      if (operator === '&') return machine.bit(machine.and(x, y));
      if (operator === '|') return machine.bit(machine.or(x, y));
      if (operator === '^') return machine.bit(machine.not(isEqual(machine, x, y)));
    }
    if (operator === '&' && b.lo === 1 && b.hi === 1) return remainder(context, a, 2);
    if (operator === '&' && a.lo === 1 && a.hi === 1) return remainder(context, b, 2);
    if (operator === '>>' && b.lo === b.hi && b.hi < 32)
      return floorOf(context, scaled(a, 1 / shift));
    if (operator === '<<' && b.hi < 32 && a.hi * shift < 2 ** 31) return scaled(a, shift);
  }
  if (
    a.lo === a.hi &&
    SHIFTS.has(operator) &&
    b.grid >= 0 &&
    b.err === 0 &&
    b.hi < 32 &&
    b.lo >= 0
  ) {
    return shifted(machine, operator, a.lo, b);
  }
  throw new Undecided(`the operator ${operator} on a number that depends on the input`);
}

const SHIFTS = new Set(['<<', '>>', '>>>']);

/** A constant, shifted by one of at most 32 numbers. */
function shifted(machine: Machine, operator: string, constant: number, by: Num): Value {
  let result: Value = constants(operator, constant, by.hi);
  for (let count = by.hi - 1; count >= by.lo; count--) {
    const same = isEqual(machine, by, count);
    const own = constants(operator, constant, count);
    result = typeof same === 'boolean' ? (same ? own : result) : machine.merge(same, own, result);
  }
  return result;
}

function addConstant(a: Num, factor: number, constant: number): Num {
  return combine(a, factor, undefined, 0, constant, true);
}

/** Operators that NaN goes through, whatever the other number is. */
const ABSORBING = new Set(['+', '-', '*', '/', '%']);

/** An operation with NaN or an infinity and a finite number. */
function withInfinite(
  operator: string,
  special: number,
  other: Num | number,
  first: boolean,
): number {
  // prettier-ignore
  if (Number.isNaN(special) && ABSORBING.has(operator)) return NaN;
  if (operator === '+') return special;
  if (operator === '-') return first ? special : -special;
  if (operator === '/' && !first) return 0;
  throw new Undecided(`${operator} of ${typeof other} and an infinity`);
}

/** -value */
export function negated(value: Value): Value {
  const number = toNumber(value);
  return typeof number === 'number' ? -number : combine(number, -1, undefined, 0, 0, true);
}

/** left === right. Numbers and booleans are never the same value. */
export function isEqual(machine: Machine, left: Value, right: Value): Truth | boolean {
  if (left instanceof Poison || right instanceof Poison) {
    throw new Undecided(
      `a comparison with ${describeValue(left instanceof Poison ? left : right)}`,
    );
  }
  if (isNumeric(left) && isNumeric(right)) {
    if (typeof left === 'number' && typeof right === 'number') return left === right;
    for (const [one, other] of [[left, right], [right, left]] as const) {
      if (typeof one !== 'number' || Number.isFinite(one)) continue;
      if (!Number.isNaN(one)) requireFinite(other);
      return false;
    } // prettier-ignore
    return machine.truth(compareEqual(machine.symbolic, machine.num(left), machine.num(right)));
  }
  if (isBoolean(left) && isBoolean(right)) {
    if (typeof left === 'boolean') {
      return left ? right : machine.not(right);
    }
    if (typeof right === 'boolean') return right ? left : machine.not(left);
    return machine.truth(compareEqual(machine.symbolic, left.num, right.num));
  }
  // Merging makes new arrays, and a caller may hand over one array twice.
  if (isReference(left) && isReference(right)) {
    throw new Undecided(`whether ${describeValue(left)} is the same as ${describeValue(right)}`);
  }
  return left === right;
}

/** What a float makes of a number without bounds may be an infinity. @throws Undecided for such a number. */
export function requireFinite(value: Num | number): void {
  if (typeof value === 'number') return;
  if (Number.isFinite(value.lo) && Number.isFinite(value.hi)) return;
  throw new Undecided('whether a number without bounds is an infinity');
}

function isReference(value: Value): boolean {
  return value instanceof ArrayValue || value instanceof Global || value instanceof Filtered || value instanceof Walk; // prettier-ignore
}

function compare(machine: Machine, operator: string, left: Value, right: Value): Value {
  const isText = (value: Value) => typeof value === 'string' || value instanceof ArrayValue;
  if (isText(left) && isText(right)) {
    throw new Undecided('a comparison of strings by order');
  }
  const [a, b] = [toNumber(left), toNumber(right)];
  if (typeof a === 'number' && typeof b === 'number') return constants(operator, a, b);
  const low = typeof a === 'number' && !Number.isFinite(a) ? a : undefined;
  const high = typeof b === 'number' && !Number.isFinite(b) ? b : undefined;
  if (low !== undefined) return constants(operator, low, 0);
  if (high !== undefined) return constants(operator, 0, high);
  const [x, y] = [machine.num(a), machine.num(b)];
  const context = machine.symbolic;
  const [greater, less] = operator.startsWith('>') ? [x, y] : [y, x];
  const num = compareGreater(context, greater, less, operator.length === 1);
  return machine.truth(num, combine(greater, 1, less, -1, 0, false));
}
