/**
 * Places for operators of the user's. Tapes and genomes know an operator by its position in one table, and
 * must know its number of arguments without a problem at hand; so the table ends in slots, of which a
 * problem fills as many as it has operators of its own (`knowledge/custom-operator.ts`). An empty slot
 * has no value anywhere.
 */
import type { BinaryOperator, Operator, UnaryOperator } from './operator.js';

/** Slots of each number of arguments. */
export const SLOTS_PER_ARITY = 4;

const fillWithNaN = (result: Float64Array, count: number): void => {
  result.fill(NaN, 0, count);
};

function unarySlot(index: number): UnaryOperator {
  return {
    arity: 1,
    name: slotName(1, index),
    dimension: { kind: 'numbers' },
    value: () => NaN,
    slope: () => NaN,
    kernel: (_, result, count) => {
      fillWithNaN(result, count);
    },
  };
}

function binarySlot(name: string): BinaryOperator {
  const kernel = (_: unknown, __: unknown, result: Float64Array, count: number): void => {
    fillWithNaN(result, count);
  };
  return {
    arity: 2,
    name,
    dimension: { kind: 'numbers' },
    isCommutative: false,
    value: () => NaN,
    slopeLeft: () => NaN,
    slopeRight: () => NaN,
    columns: kernel,
    columnNumber: kernel,
    numberColumn: kernel,
  };
}

/** What trees call the operator in a slot; no text of a formula can say it. */
export function slotName(arity: 1 | 2, index: number): string {
  return `#${arity}.${index}`;
}

const INDICES = Array.from({ length: SLOTS_PER_ARITY }, (_, index) => index);

/** Holds the trees of a template together (`knowledge/template.ts`); computes nothing. */
export const PAIR = '#pair';

export const SLOTS: readonly Operator[] = [
  ...INDICES.map(unarySlot),
  ...INDICES.map((index) => binarySlot(slotName(2, index))),
  binarySlot(PAIR),
];

const NAMES: ReadonlySet<string> = new Set(SLOTS.map(({ name }) => name));

export function isSlot(name: string): boolean {
  return NAMES.has(name);
}
