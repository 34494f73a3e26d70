/**
 * How a gate reads as an expression: Σ coefficient · part + constant, then the activation. Conditions
 * get integers: where all parts are integers the common factor is divided out, and a bias that makes
 * z = 0 impossible turns `sign` into a comparison with an integer.
 */
import type { Activation } from '../ir/network.js';
import {
  add,
  compare,
  conditional,
  helper,
  math,
  multiply,
  negate,
  num,
  subtract,
} from '../ir/program-builders.js';
import type { Expression } from '../ir/program.js';

export interface AffinePart {
  readonly coefficient: number;
  readonly value: Expression;
}

export interface Affine {
  readonly parts: readonly AffinePart[];
  readonly constant: number;
  /** A constant that depends on iterators; `whole` where it only takes integer values. */
  readonly offset?: { readonly value: Expression; readonly whole: boolean };
  /** True when every part takes integer values only. */
  readonly integers: boolean;
}

/** The sum; parts with positive coefficients first, a common real factor taken out. */
export function affineExpression(affine: Affine): Expression {
  const { parts, constant, offset } = affine;
  const factor = commonFactor(parts);
  const scaled = parts.map((part) => ({ ...part, coefficient: part.coefficient / factor }));
  const sum = multiply(num(factor), sumOf(scaled));
  const shifted = offset === undefined ? sum : add(sum, offset.value);
  return add(shifted, num(constant));
}

/** |c| when every coefficient is ±c and there are several of them, else 1. */
function commonFactor(parts: readonly AffinePart[]): number {
  if (parts.length < 2) return 1;
  const size = Math.abs(parts[0].coefficient);
  return parts.every((part) => Math.abs(part.coefficient) === size) ? size : 1;
}

function sumOf(parts: readonly AffinePart[]): Expression {
  const ordered = [
    ...parts.filter((part) => part.coefficient > 0),
    ...parts.filter((part) => part.coefficient < 0),
  ];
  return ordered.reduce<Expression>((sum, { coefficient, value }) => {
    return coefficient < 0
      ? subtract(sum, multiply(num(-coefficient), value))
      : add(sum, multiply(num(coefficient), value));
  }, num(0));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);
}

/** S and t with z > 0 ⇔ S > t and z = 0 ⇔ S = t; S has coprime integer coefficients if it can. */
function thresholdForm(affine: Affine): { sum: Affine; threshold: number } {
  const { parts, constant, integers } = affine;
  const whole = integers && parts.every((part) => Number.isSafeInteger(part.coefficient));
  const divisor = whole
    ? parts.reduce((d, part) => greatestCommonDivisor(d, part.coefficient), 0)
    : 1;
  if (divisor === 0) return { sum: affine, threshold: -constant };
  return {
    sum: {
      ...affine,
      parts: parts.map((part) => ({ ...part, coefficient: part.coefficient / divisor })),
      constant: 0,
      integers: whole,
    },
    threshold: -constant / divisor,
  };
}

/** activation(affine). For `leaky-relu` the sum is printed twice: bind it to a symbol before. */
export function activate(activation: Activation, affine: Affine): Expression {
  switch (activation.kind) {
    case 'sign':
    case 'step':
      return threshold(activation.kind, affine);
    case 'identity':
    case 'softmax':
      return affineExpression(affine);
    case 'relu':
      return math('max', num(0), affineExpression(affine));
    case 'leaky-relu': {
      const z = affineExpression(affine);
      const scaled = multiply(num(activation.slope), z);
      return conditional(compare('>', z, num(0)), z, scaled);
    }
    case 'abs':
      return math('abs', affineExpression(affine));
    case 'clamp': {
      const { low, high } = activation;
      return math('min', math('max', affineExpression(affine), num(low)), num(high));
    }
    case 'max':
    case 'min':
      throw new Error(`a ${activation.kind} has no sum`);
    case 'tanh':
      return math('tanh', affineExpression(affine));
    case 'sigmoid':
      return helper('sigmoid', affineExpression(affine));
  }
}

function threshold(kind: 'sign' | 'step', affine: Affine): Expression {
  if (affine.parts.length === 0 && affine.offset === undefined) {
    const { constant } = affine;
    return num(kind === 'sign' ? Math.sign(constant) : constant > 0 ? 1 : 0);
  }
  if (affine.offset !== undefined) return movingThreshold(kind, affine, affine.offset);
  const { sum, threshold: limit } = thresholdForm(affine);
  const whole = sum.integers ? Math.floor(limit) : limit;
  if (kind === 'step') {
    return conditional(aboveLimit(sum, whole), num(1), num(0));
  }
  if (sum.integers && whole !== limit) {
    return conditional(aboveLimit(sum, whole), num(1), num(-1));
  }
  return math('sign', affineExpression({ ...sum, constant: -limit }));
}

/** S > −offset − constant, told with integers where all of them are: `count > k`, `value >= 2 ** k`. */
function movingThreshold(
  kind: 'sign' | 'step',
  affine: Affine,
  offset: NonNullable<Affine['offset']>,
): Expression {
  const { parts, constant, integers } = affine;
  const whole =
    integers && offset.whole && parts.every((part) => Number.isSafeInteger(part.coefficient));
  const limit = whole ? Math.floor(-constant) : -constant;
  if (kind === 'sign' && (!whole || limit === -constant)) {
    return math('sign', affineExpression(affine));
  }
  const below = kind === 'sign' ? num(-1) : num(0);
  const sum = affineExpression({ parts, constant: 0, integers });
  const moving = negate(offset.value);
  const condition =
    whole && limit !== 0
      ? compare('>=', sum, add(moving, num(limit + 1)))
      : compare('>', sum, add(moving, num(limit)));
  return conditional(condition, num(1), below);
}

function opposite(parts: readonly AffinePart[]): readonly AffinePart[] {
  return parts.map((part) => ({ ...part, coefficient: -part.coefficient }));
}

/** S > limit; a lone negated part is turned around (−x > t as x < −t). */
function aboveLimit(sum: Affine, limit: number): Expression {
  if (sum.parts.every((part) => part.coefficient < 0)) {
    return compare('<', affineExpression({ ...sum, parts: opposite(sum.parts) }), num(-limit));
  }
  if (limit === 0 && sum.parts.length > 1) {
    const above = sum.parts.filter((part) => part.coefficient > 0);
    const below = sum.parts.filter((part) => part.coefficient < 0);
    return compare('>', sumOf(above), sumOf(opposite(below)));
  }
  const counts = sum.parts.every((part) => Math.abs(part.coefficient) === 1);
  if (sum.integers && counts && limit !== 0)
    return compare('>=', affineExpression(sum), num(limit + 1));
  return compare('>', affineExpression(sum), num(limit));
}
