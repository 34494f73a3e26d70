/** Operators on statements and on what a module exports and claims. */
import { ts } from 'ts-morph';
import type { MutationOperator } from './operator.js';
import { siblingsOf, wrapped } from './operator.js';

/** Bounds of a loop that are no plain number, which `integer ± 1` moves already. */
function boundsOf(node: ts.Node): readonly ts.Expression[] {
  if (!ts.isForStatement(node)) return [];
  const { initializer, condition } = node;
  const start =
    initializer !== undefined && ts.isVariableDeclarationList(initializer)
      ? initializer.declarations[0].initializer
      : undefined;
  const end = condition !== undefined && ts.isBinaryExpression(condition) ? condition.right : undefined; // prettier-ignore
  return [start, end].flatMap((one) => one === undefined || ts.isNumericLiteral(one) ? [] : [one]); // prettier-ignore
}

/** Statements that may be left out: not declarations, without which nothing would run. */
function canGo(node: ts.Node): boolean {
  return (
    ts.isExpressionStatement(node) ||
    ts.isIfStatement(node) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isContinueStatement(node)
  );
}

export const STATEMENT_OPERATORS: readonly MutationOperator[] = [
  {
    name: 'bound of a loop ± 1',
    example: ['for (let i = a; i < 9; i++) b();', 'for (let i = a + 1; i < 9; i++) b();'],
    edits: (node) =>
      boundsOf(node).flatMap((bound) =>
        ['+', '-'].map((sign) => ({ node: bound, to: `${wrapped(bound.getText())} ${sign} 1` })),
      ),
  },
  {
    name: 'statement dropped',
    example: ['a(); b();', '; b();'],
    edits: (node) => (canGo(node) ? [{ node, to: ';' }] : []),
  },
  {
    name: 'statements exchanged',
    example: ['a(); b();', 'b(); a();'],
    edits: (node) => {
      if (!canGo(node)) return [];
      const list = siblingsOf(node as ts.Statement);
      const next = list.at(list.indexOf(node as ts.Statement) + 1);
      if (next === undefined || next === list[0] || !canGo(next)) return [];
      return [{ node, last: next, to: `${next.getText()} ${node.getText()}` }];
    },
  },
  {
    name: 'another kind of error',
    example: ["throw new RangeError('a');", "throw new Error('a');"],
    edits: (node) =>
      ts.isNewExpression(node) && node.expression.getText() === 'RangeError'
        ? [{ node: node.expression, to: 'Error' }]
        : [],
  },
  {
    name: 'another default export',
    example: ['export default predict;', 'export default scores;'],
    edits: (node) => {
      if (!ts.isExportAssignment(node)) return [];
      return [
        { node: node.expression, to: 'scores' },
        { node, to: '' },
      ];
    },
  },
  {
    name: 'export dropped',
    example: ['export function f() {}', 'function f() {}'],
    edits: (node) => (node.kind === ts.SyntaxKind.ExportKeyword ? [{ node, to: '' }] : []),
  },
  {
    name: 'claim dropped',
    example: ["const network = { name: 'a', b: 1 };", 'const network = { b: 1 };'],
    edits: (node) => {
      if (!ts.isPropertyAssignment(node)) return [];
      const kept = node.parent.properties.filter((one) => one !== node);
      return [{ node: node.parent, to: `{ ${kept.map((one) => one.getText()).join(', ')} }` }];
    },
  },
];
