/**
 * The operations of a pickle by their codes, each a few lines on the machine. What `torch.save` does not
 * emit is not here, above all what makes objects of classes.
 */
import { quoteName } from '../../../diagnostics/show-names.js';
import { callGlobal, findGlobal, isKind, PickleError, storageOf } from './globals.js';
import { mark, pop, popMarked, skip, takeByte } from './machine.js';
import type { Machine } from './machine.js';
import { describeValue } from './values.js';
import type { PickleDict, PickleValue } from './values.js';

type Operation = (machine: Machine) => void;

/** Newest protocol of pickles, since Python 3.8. */
const NEWEST_PROTOCOL = 5;

/** A module or a name of Python is no longer than this. */
const LONGEST_LINE = 256;

/** Bytes of a whole number; longer ones are seeds and the like. */
const LONGEST_LONG = 8;

/** By the byte that stands for them. */
export const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0x80, readProtocol],
  [0x95, (machine) => skip(machine, 8)], // FRAME: its length is of use to readers of streams only
  [code('('), mark],

  [code('N'), pushing(() => null)],
  [0x88, pushing(() => true)],
  [0x89, pushing(() => false)],
  [code('K'), pushing(takeByte)],
  [code('M'), pushing((machine) => machine.view.getUint16(skip(machine, 2), true))],
  [code('J'), pushing((machine) => machine.view.getInt32(skip(machine, 4), true))],
  [code('G'), pushing((machine) => machine.view.getFloat64(skip(machine, 8), false))],
  [0x8a, pushing(takeLong)],
  [code('X'), pushing((machine) => takeText(machine, takeSize(machine)))],
  [0x8c, pushing((machine) => takeText(machine, takeByte(machine)))],

  [code(')'), pushing(() => ({ kind: 'tuple', items: [] }))],
  [code('t'), pushing((machine) => ({ kind: 'tuple', items: popMarked(machine) }))],
  [0x85, pushing((machine) => popTuple(machine, 1))],
  [0x86, pushing((machine) => popTuple(machine, 2))],
  [0x87, pushing((machine) => popTuple(machine, 3))],

  [code(']'), pushing(() => ({ kind: 'list', items: [] }))],
  [code('a'), (machine) => append(machine, [pop(machine)])],
  [code('e'), (machine) => append(machine, popMarked(machine))],

  [code('}'), pushing(() => ({ kind: 'dict', entries: new Map() }))],
  [code('s'), (machine) => setItems(machine, popTuple(machine, 2).items)],
  [code('u'), (machine) => setItems(machine, popMarked(machine))],
  [code('b'), setState],

  [code('c'), pushing((machine) => findGlobal(takeLine(machine), takeLine(machine)))],
  [0x93, pushing(takeStackGlobal)],
  [code('Q'), pushing((machine) => storageOf(pop(machine)))],
  [code('R'), call],

  [code('q'), (machine) => memoize(machine, takeByte(machine))],
  [code('r'), (machine) => memoize(machine, takeSize(machine))],
  [0x94, (machine) => memoize(machine, machine.memo.size)],
  [code('h'), pushing((machine) => recall(machine, takeByte(machine)))],
  [code('j'), pushing((machine) => recall(machine, takeSize(machine)))],
]);

function code(character: string): number {
  return character.charCodeAt(0);
}

function pushing(read: (machine: Machine) => PickleValue): Operation {
  return (machine) => machine.stack.push(read(machine));
}

function readProtocol(machine: Machine): void {
  const version = takeByte(machine);
  if (version > NEWEST_PROTOCOL) throw new PickleError(`protocol ${version} is not known`);
}

function takeSize(machine: Machine): number {
  return machine.view.getUint32(skip(machine, 4), true);
}

/** A little-endian integer with a sign; NaN for one that no size can be. */
function takeLong(machine: Machine): number {
  const length = takeByte(machine);
  const start = skip(machine, length);
  if (length > LONGEST_LONG) return NaN;
  let value = 0;
  for (let byte = 0; byte < length; byte++) value += machine.bytes[start + byte] * 256 ** byte;
  const isNegative = length > 0 && machine.bytes[start + length - 1] >= 0x80;
  return isNegative ? value - 256 ** length : value;
}

function takeText(machine: Machine, length: number): string {
  const start = skip(machine, length);
  return decode(machine.bytes.subarray(start, start + length));
}

function takeLine(machine: Machine): string {
  const { bytes, at } = machine;
  const end = bytes.subarray(at, at + LONGEST_LINE).indexOf(0x0a);
  if (end < 0) throw new PickleError('a name does not end');
  skip(machine, end + 1);
  return decode(bytes.subarray(at, at + end));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PickleError('a text is not UTF-8');
  }
}

function popTuple(machine: Machine, count: 1 | 2 | 3): { kind: 'tuple'; items: PickleValue[] } {
  const items = Array.from({ length: count }, () => pop(machine));
  return { kind: 'tuple', items: items.reverse() };
}

function append(machine: Machine, added: readonly PickleValue[]): void {
  const list = top(machine);
  if (!isKind(list, 'list')) throw new PickleError(`${describeValue(list)} gets elements`);
  for (const value of added) list.items.push(value);
}

function setItems(machine: Machine, keysAndValues: readonly PickleValue[]): void {
  const { entries } = dictOnTop(machine, 'gets entries');
  if (keysAndValues.length % 2 !== 0) throw new PickleError('a key has no value');
  for (let index = 0; index < keysAndValues.length; index += 2) {
    const key = keysAndValues[index];
    if (typeof key !== 'string') continue;
    if (entries.has(key)) throw new PickleError(`the key ${quoteName(key)} is set twice`);
    entries.set(key, keysAndValues[index + 1]);
  }
}

/** Attributes of a dict (`_metadata`: versions of the modules) say nothing about its tensors. */
function setState(machine: Machine): void {
  pop(machine);
  dictOnTop(machine, 'gets attributes');
}

function dictOnTop(machine: Machine, what: string): PickleDict {
  const dict = top(machine);
  if (!isKind(dict, 'dict')) throw new PickleError(`${describeValue(dict)} ${what}`);
  return dict;
}

function top(machine: Machine): PickleValue {
  const value = pop(machine);
  machine.stack.push(value);
  return value;
}

function takeStackGlobal(machine: Machine): PickleValue {
  const name = pop(machine);
  const module = pop(machine);
  if (typeof name === 'string' && typeof module === 'string') return findGlobal(module, name);
  throw new PickleError('a global has no name');
}

function call(machine: Machine): void {
  const argument = pop(machine);
  machine.stack.push(callGlobal(pop(machine), argument));
}

function memoize(machine: Machine, index: number): void {
  machine.memo.set(index, top(machine));
}

function recall(machine: Machine, index: number): PickleValue {
  const value = machine.memo.get(index);
  if (value === undefined) throw new PickleError(`nothing is remembered as ${index}`);
  return value;
}
