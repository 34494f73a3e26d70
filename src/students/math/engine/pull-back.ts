/** One step of the backward sweep: the adjoint of an argument from that of the operator's value. */
import type { BinaryOperator, Operator, UnaryOperator } from '../operators/operator.js';
import type { Slot } from './evaluator.js';

/**
 * Writes into `target` the adjoint of argument number `argument`: `adjoint` times the slope there. Each
 * instruction is the argument of one other only, so nothing is added up.
 */
export function pullBack(
  operator: Operator,
  argument: number,
  slots: readonly Slot[],
  value: Slot,
  adjoint: Float64Array,
  target: Float64Array,
  count: number,
): void {
  if (operator.arity === 1) {
    pullBackUnary(operator, slots[0], value, adjoint, target, count);
  } else if (operator.arity === 2) {
    pullBackBinary(operator, argument, slots, value, adjoint, target, count);
  } else {
    const [condition] = slots;
    const taken = argument === 1;
    for (let i = 0; i < count; i++) {
      target[i] = argument > 0 && at(condition, i) > 0 === taken ? adjoint[i] : 0;
    }
  }
}

function pullBackUnary(
  { slope }: UnaryOperator,
  argument: Slot,
  value: Slot,
  adjoint: Float64Array,
  target: Float64Array,
  count: number,
): void {
  if (typeof argument === 'number' || typeof value === 'number') {
    const factor = slope(at(argument, 0), at(value, 0));
    for (let i = 0; i < count; i++) target[i] = adjoint[i] * factor;
  } else {
    for (let i = 0; i < count; i++) target[i] = adjoint[i] * slope(argument[i], value[i]);
  }
}

function pullBackBinary(
  operator: BinaryOperator,
  argument: number,
  slots: readonly Slot[],
  value: Slot,
  adjoint: Float64Array,
  target: Float64Array,
  count: number,
): void {
  const [left, right] = slots;
  const other = argument === 0 ? right : left;
  if (operator.name === '+' || (operator.name === '-' && argument === 0)) {
    for (let i = 0; i < count; i++) target[i] = adjoint[i];
  } else if (operator.name === '-') {
    for (let i = 0; i < count; i++) target[i] = -adjoint[i];
  } else if (operator.name === '*') {
    if (typeof other === 'number') for (let i = 0; i < count; i++) target[i] = adjoint[i] * other;
    else for (let i = 0; i < count; i++) target[i] = adjoint[i] * other[i];
  } else if (operator.name === '/' && typeof right !== 'number' && typeof value !== 'number') {
    if (argument === 0) for (let i = 0; i < count; i++) target[i] = adjoint[i] / right[i];
    else for (let i = 0; i < count; i++) target[i] = -adjoint[i] * (value[i] / right[i]);
  } else {
    const slope = argument === 0 ? operator.slopeLeft : operator.slopeRight;
    for (let i = 0; i < count; i++) {
      target[i] = adjoint[i] * slope(at(left, i), at(right, i), at(value, i));
    }
  }
}

function at(slot: Slot, row: number): number {
  return typeof slot === 'number' ? slot : slot[row];
}
