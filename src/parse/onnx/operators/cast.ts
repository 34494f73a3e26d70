/**
 * Cast and CastLike: to whole numbers by cutting off towards 0, to bool as "is not 0"; everything else
 * keeps its value, since networks compute in real arithmetic. Constants are rounded as their type asks.
 */
import { compare, math, num } from '../../../ir/program-builders.js';
import { roundHalfEven } from '../../../ir/stage-values.js';
import { computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { elementTypeOf, isWhole, nameOfDataType } from '../element-type.js';
import type { ElementType } from '../element-type.js';
import { cellOfTruth } from '../truth.js';
import type { Value } from '../values.js';

export const CAST: Importer = {
  operator: 'Cast',
  // The last two only matter for types that are not imported.
  attributes: ['to', 'saturate', 'round_mode'],
  read(context) {
    const number = context.integer('to', 0);
    const type = elementTypeOf(number);
    if (type === undefined) throw context.unsupportedAttribute('to', nameOfDataType(number));
    return castTo(context, context.argument(0), type);
  },
};

export const CAST_LIKE: Importer = {
  operator: 'CastLike',
  attributes: ['saturate', 'round_mode'],
  read: (context) => castTo(context, context.argument(0), context.argument(1).type),
};

function castTo(context: OperatorContext, value: Value, type: ElementType): Value {
  if (type === value.type) return value;
  if (type === 'bool') {
    const isSet = computeEach(
      context,
      [value],
      (cell) => cellOfTruth(compare('!==', cell, num(0))),
      { type },
    );
    return isSet;
  }
  if (isWhole(type) && !isWhole(value.type)) {
    return computeEach(context, [value], (cell) => math('trunc', cell), { type });
  }
  if (value.kind === 'constant') {
    const data = value.data.map((cell) => roundTo(type, cell));
    const outside = data.find((cell) => !Number.isFinite(cell));
    if (outside !== undefined)
      throw context.unsupported(`of a constant that ${type} does not hold`);
    return { ...value, type, data };
  }
  if (isHalf(type) && !isHalf(value.type) && value.type !== 'bool') {
    context.warn(`numbers are not rounded to ${type}`);
  }
  return { ...value, type };
}

function isHalf(type: ElementType): boolean {
  return type === 'float16' || type === 'bfloat16';
}

/** Bits of the fraction, and the smallest exponent of a normal number. */
const FORMATS: Readonly<Partial<Record<ElementType, readonly [bits: number, least: number]>>> = {
  float16: [10, -14],
  bfloat16: [7, -126],
};

/** The nearest number of a type; whole numbers are assumed to fit. */
function roundTo(type: ElementType, value: number): number {
  if (type === 'float') return Math.fround(value);
  const format = FORMATS[type];
  if (format === undefined || value === 0) return value;
  const [bits, least] = format;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), least);
  const unit = 2 ** (exponent - bits);
  const rounded = roundHalfEven(value / unit) * unit;
  return type === 'float16' && Math.abs(rounded) > 65504 ? Infinity : rounded;
}
