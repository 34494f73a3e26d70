/**
 * Types of the Program level's expressions. Assumes a legal program (`program-check.ts` decides that);
 * where an expression is ill-typed the answer is the type it would have after repair.
 */
import type { Expression, ValueType } from './program.js';

export const NUMBER: ValueType = { scalar: 'number', extents: [] };
export const BOOLEAN: ValueType = { scalar: 'boolean', extents: [] };

/** Whether two types have the same scalar and the same extents. */
export function sameType(left: ValueType, right: ValueType): boolean {
  return (
    left.scalar === right.scalar &&
    left.extents.length === right.extents.length &&
    left.extents.every((extent, axis) => extent === right.extents[axis])
  );
}

/** The type that an expression evaluates to. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
    case 'math':
      return NUMBER;
    case 'boolean':
      return BOOLEAN;
    case 'symbol':
      return expression.symbol.type;
    case 'element': {
      const { scalar, extents } = expression.array.type;
      return { scalar, extents: extents.slice(expression.indices.length) };
    }
    case 'unary':
      return expression.operator === '!' ? BOOLEAN : NUMBER;
    case 'binary':
      return ['+', '-', '*', '/', '%', '**'].includes(expression.operator) ? NUMBER : BOOLEAN;
    case 'conditional':
      return typeOf(expression.then);
    case 'helper':
      if (expression.helper === 'dense') return typeOf(expression.arguments[2]);
      return expression.helper === 'softmax' ? typeOf(expression.arguments[0]) : NUMBER;
    case 'array': {
      const length = expression.elements.length;
      if (length === 0) return { scalar: 'number', extents: [0] };
      const { scalar, extents } = typeOf(expression.elements[0]);
      return { scalar, extents: [length, ...extents] };
    }
    case 'reduction':
      return expression.operation === 'any' || expression.operation === 'all' ? BOOLEAN : NUMBER;
  }
}
