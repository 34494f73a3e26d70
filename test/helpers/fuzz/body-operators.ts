/**
 * What a reviewer of a local rule has to read: the operators of all statements of `scores` that say
 * something about cells. Shape checks, loop headers, empty arrays and the arithmetic of indices are not
 * counted, nor is what only turns a number into a truth (`cells[i] === 1`) or back (`? 1 : 0`).
 */
import { ts } from 'ts-morph';
import { scoresOf } from '../emitted-text.js';

/** Operators of the statements of `scores`, as the header describes. */
export function bodyOperators(code: string): number {
  return bodyNodes(code).filter((node) => isOperator(node) && !isConversion(node)).length;
}

/** Places where `scores` decides by a condition: `if` and `?:` other than `? 1 : 0`. */
export function conditions(code: string): number {
  return bodyNodes(code).filter(
    (node) => ts.isIfStatement(node) || (ts.isConditionalExpression(node) && !isConversion(node)),
  ).length;
}

/** Statements of `scores` that write results: one where a rule is one expression for all cells. */
export function writes(code: string): number {
  return bodyNodes(code).filter(
    (node) =>
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isElementAccessExpression(node.left),
  ).length;
}

/** All nodes below `scores` but the shape check, loop headers, array lengths and indices. */
function bodyNodes(code: string): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (isShapeCheck(node)) return;
    found.push(node);
    if (ts.isForStatement(node)) {
      visit(node.statement);
    } else if (ts.isElementAccessExpression(node)) {
      visit(node.expression);
    } else if (ts.isCallExpression(node) && /^(new )?Array/.test(node.getText())) {
      node.arguments.slice(1).forEach(visit);
    } else ts.forEachChild(node, visit);
  };
  const { body } = scoresOf(code);
  body?.statements.forEach(visit);
  return found;
}

function isShapeCheck(node: ts.Node): boolean {
  if (!ts.isIfStatement(node)) return false;
  const { thenStatement: then } = node;
  const [first] = ts.isBlock(then) ? then.statements : [then];
  return ts.isThrowStatement(first);
}

function isOperator(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) {
    return node.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
  }
  return ts.isPrefixUnaryExpression(node)
    ? node.operator === ts.SyntaxKind.ExclamationToken
    : ts.isConditionalExpression(node);
}

/** `x[i] === 1` and `… ? 1 : 0`, in all their forms. */
function isConversion(node: ts.Node): boolean {
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].every((branch) => /^-?\d+$/.test(branch.getText()));
  }
  return (
    ts.isBinaryExpression(node) &&
    ts.isElementAccessExpression(node.left) &&
    /^-?[01]$/.test(node.right.getText()) &&
    ['===', '!=='].includes(node.operatorToken.getText())
  );
}
