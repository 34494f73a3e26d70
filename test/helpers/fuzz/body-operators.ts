/**
 * What a reviewer of a local rule has to read: the operators of all statements of `scores` that say
 * something about cells. Shape checks, loop headers, empty arrays and the arithmetic of indices are not
 * counted, nor is what only turns a number into a truth (`cells[i] === 1`, `!== 1`, or `!left` where the
 * truth has a name) or back (`? 1 : 0`).
 */
import { ts } from 'ts-morph';
import { descendants, scoresOf } from '../emitted-text.js';

/**
 * Operators of each body of `scores`: of each of its outermost statements that has any, a loop counting
 * with all it holds.
 */
export function bodyOperators(code: string): number[] {
  const counts = scoresOf(code).body?.statements.map(
    (statement) =>
      nodesOf(statement).filter((node) => isOperator(node) && !isConversion(node)).length,
  );
  return (counts ?? []).filter((count) => count > 0);
}

/** Loops inside of loops, below `scores`. */
export function innerLoops(code: string): number {
  const isLoop = (node: ts.Node): boolean => ts.isForStatement(node) || ts.isForOfStatement(node);
  const loops = bodyNodes(code).filter(isLoop);
  return loops.filter((loop) => descendants(loop).some(isLoop)).length;
}

/** Places where `scores` decides by a condition: `if` and `?:` other than `? 1 : 0`. */
export function conditions(code: string): number {
  return bodyNodes(code).filter(
    (node) => ts.isIfStatement(node) || (ts.isConditionalExpression(node) && !isConversion(node)),
  ).length;
}

function bodyNodes(code: string): ts.Node[] {
  return (scoresOf(code).body?.statements ?? []).flatMap(nodesOf);
}

/** All nodes of a statement but the shape check, loop headers, array lengths and indices. */
function nodesOf(statement: ts.Node): ts.Node[] {
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
  visit(statement);
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
  if (!ts.isPrefixUnaryExpression(node)) return ts.isConditionalExpression(node);
  return node.operator === ts.SyntaxKind.ExclamationToken && !ts.isIdentifier(node.operand);
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
