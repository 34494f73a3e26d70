/**
 * The state of the stack machine that pickles are written for: a stack, marks on it, and a memo of
 * values met before; and the few ways in which operations touch it.
 */
import { PickleError } from './globals.js';
import type { PickleValue } from './values.js';

/** Marks that may be open at once, which is how deep values can be nested in one another. */
const MOST_MARKS = 256;

export interface Machine {
  /** The pickle. */
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Offset of the next byte. */
  at: number;
  readonly stack: PickleValue[];
  /** Heights of the stack at the open marks. */
  readonly marks: number[];
  readonly memo: Map<number, PickleValue>;
}

/** Moves behind the next `count` bytes, and gives their offset. @throws PickleError at the end. */
export function skip(machine: Machine, count: number): number {
  const { at, bytes } = machine;
  if (count > bytes.length - at) throw new PickleError('the data break off');
  machine.at += count;
  return at;
}

/** The next byte. @throws PickleError at the end. */
export function takeByte(machine: Machine): number {
  return machine.bytes[skip(machine, 1)];
}

/** The topmost value above the last mark. @throws PickleError when there is none. */
export function pop(machine: Machine): PickleValue {
  const { stack, marks } = machine;
  const top = stack.length > (marks.at(-1) ?? 0) ? stack.pop() : undefined;
  if (top === undefined) throw new PickleError('the stack is empty');
  return top;
}

/** Sets a mark. @throws PickleError when too many are open. */
export function mark(machine: Machine): void {
  if (machine.marks.length === MOST_MARKS) throw new PickleError('values are nested too deeply');
  machine.marks.push(machine.stack.length);
}

/** Takes the last mark away and all values above it. @throws PickleError when there is no mark. */
export function popMarked(machine: Machine): PickleValue[] {
  const height = machine.marks.pop();
  if (height === undefined) throw new PickleError('there is no mark');
  return machine.stack.splice(height);
}
