/** The operands of an expression, to read and to replace: what every walk over programs is made of. */
import type { Expression } from './program.js';

/** The direct operands of an expression, in the order of its text. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'boolean':
    case 'symbol':
      return [];
    case 'element':
      return expression.indices;
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.then, expression.otherwise];
    case 'math':
    case 'helper':
      return expression.arguments;
    case 'array':
      return expression.elements;
    case 'reduction':
      return [expression.from, expression.to, expression.body];
  }
}

/** The expression with every direct operand replaced by `change(operand)`. */
export function mapOperands(
  expression: Expression,
  change: (operand: Expression) => Expression,
): Expression {
  switch (expression.kind) {
    case 'number':
    case 'boolean':
    case 'symbol':
      return expression;
    case 'element':
      return { ...expression, indices: expression.indices.map(change) };
    case 'unary':
      return { ...expression, operand: change(expression.operand) };
    case 'binary':
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case 'conditional':
      return {
        ...expression,
        condition: change(expression.condition),
        then: change(expression.then),
        otherwise: change(expression.otherwise),
      };
    case 'math':
    case 'helper':
      return { ...expression, arguments: expression.arguments.map(change) };
    case 'array':
      return { ...expression, elements: expression.elements.map(change) };
    case 'reduction':
      return {
        ...expression,
        from: change(expression.from),
        to: change(expression.to),
        body: change(expression.body),
      };
  }
}
