/** Operators on expressions: comparisons, arithmetic, logic, indices, functions. */
import { ts } from 'ts-morph';
import type { Edit, MutationOperator } from './operator.js';
import { wrapped } from './operator.js';

type TokenTable = ReadonlyMap<string, readonly string[]>;

const COMPARISONS: TokenTable = new Map([
  ['<', ['<=', '>', '>=']],
  ['<=', ['<', '>=', '===']],
  ['>', ['>=', '<', '<=']],
  ['>=', ['>', '<=', '===']],
  ['===', ['!==', '<=', '>=']],
  ['!==', ['===', '<', '>']],
]);

const ARITHMETIC: TokenTable = new Map([
  ['+', ['-', '*']],
  ['-', ['+', '*']],
  ['*', ['+', '/']],
  ['/', ['*', '-']],
  ['%', ['*', '-']],
]);

const LOGIC: TokenTable = new Map([
  ['&&', ['||']],
  ['||', ['&&']],
]);

const ASSIGNMENTS: TokenTable = new Map([
  ['+=', ['-=', '=']],
  ['-=', ['+=', '=']],
  ['*=', ['/=', '=']],
  ['/=', ['*=', '=']],
]);

/** Functions of Math that could be meant as well. */
const FUNCTIONS: TokenTable = new Map([
  ['sign', ['abs', 'trunc']],
  ['abs', ['sign']],
  ['max', ['min']],
  ['min', ['max']],
  ['exp', ['sign', 'expm1']],
  ['expm1', ['exp']],
  ['log', ['log1p']],
  ['log1p', ['log']],
  ['floor', ['ceil', 'round']],
  ['ceil', ['floor']],
  ['round', ['floor']],
  ['trunc', ['floor']],
  ['fround', ['round']],
  ['sqrt', ['cbrt']],
  ['cbrt', ['sqrt']],
  ['tanh', ['sin', 'atan']],
  ['sin', ['cos']],
  ['cos', ['sin']],
]);

const METHODS: TokenTable = new Map([
  ['some', ['every']],
  ['every', ['some']],
  ['map', ['filter']],
  ['filter', ['map']],
  ['indexOf', ['lastIndexOf']],
  ['reduce', ['reduceRight']],
]);

/** Another operator between the same two expressions. */
function tokens(table: TokenTable): MutationOperator['edits'] {
  return (node) => {
    if (!ts.isBinaryExpression(node)) return [];
    const { operatorToken } = node;
    return (table.get(operatorToken.getText()) ?? []).map((to) => ({ node: operatorToken, to }));
  };
}

function members(table: TokenTable, isWanted: (object: string) => boolean): MutationOperator['edits'] {
  return (node) => {
    if (!ts.isPropertyAccessExpression(node) || !isWanted(node.expression.getText())) return [];
    return (table.get(node.name.text) ?? []).map((to) => ({ node: node.name, to }));
  };
} // prettier-ignore

/** One of two operands is left out; what is subtracted keeps its sign. */
function dropped(operators: readonly string[]): MutationOperator['edits'] {
  return (node) => {
    if (!ts.isBinaryExpression(node)) return [];
    const operator = node.operatorToken.getText();
    if (!operators.includes(operator)) return [];
    const [left, right] = [wrapped(node.left.getText()), wrapped(node.right.getText())];
    return [
      { node, to: left },
      { node, to: operator === '-' ? `(-${right})` : right },
    ];
  };
}

/** The conditions of `if`, `?:` and loops, and the answers of predicates. */
function conditionOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return node.expression;
  if (ts.isConditionalExpression(node) || ts.isForStatement(node)) return node.condition;
  if (!ts.isArrowFunction(node) || !ts.isBinaryExpression(node.body)) return undefined;
  return COMPARISONS.has(node.body.operatorToken.getText()) ? node.body : undefined;
}

/** a[i][j] → a[j][i]. */
function exchangedIndices(node: ts.Node): readonly Edit[] {
  if (!ts.isElementAccessExpression(node)) return [];
  const { expression, argumentExpression: last } = node;
  if (!ts.isElementAccessExpression(expression)) return [];
  const first = expression.argumentExpression;
  const array = expression.expression.getText();
  return [{ node, to: `${array}[${last.getText()}][${first.getText()}]` }];
}

/** Indices that are no plain number, which `integer ± 1` moves already. */
function movedIndex(node: ts.Node): readonly Edit[] {
  if (!ts.isElementAccessExpression(node)) return [];
  const index = node.argumentExpression;
  if (ts.isNumericLiteral(index)) return [];
  const text = wrapped(index.getText());
  return ['+', '-'].map((sign) => ({ node: index, to: `${text} ${sign} 1` }));
}

export const EXPRESSION_OPERATORS: readonly MutationOperator[] = [
  {
    name: 'another comparison',
    example: ['if (a < b) c();', 'if (a <= b) c();'],
    edits: tokens(COMPARISONS),
  },
  {
    name: 'another arithmetic operator',
    example: ['return a + b;', 'return a - b;'],
    edits: tokens(ARITHMETIC),
  },
  { name: '&& for ||', example: ['return a || b;', 'return a && b;'], edits: tokens(LOGIC) },
  { name: 'another assignment', example: ['a += b;', 'a -= b;'], edits: tokens(ASSIGNMENTS) },
  {
    name: '++ for --',
    example: ['a++;', 'a--;'],
    edits: (node) => {
      if (!ts.isPostfixUnaryExpression(node)) return [];
      const text = node.getText();
      return [
        { node, to: text.endsWith('++') ? text.replace('++', '--') : text.replace('--', '++') },
      ];
    },
  },
  {
    name: 'term dropped',
    example: ['return a - b;', 'return a;'],
    edits: dropped(['+', '-']),
  },
  {
    name: 'factor dropped',
    example: ['return a * b;', 'return a;'],
    edits: dropped(['*', '/', '%']),
  },
  {
    name: 'condition dropped',
    example: ['return a && b;', 'return a;'],
    edits: dropped(['&&', '||']),
  },
  {
    name: 'sign or negation dropped',
    example: ['return -a;', 'return a;'],
    edits: (node) =>
      ts.isPrefixUnaryExpression(node) ? [{ node, to: wrapped(node.operand.getText()) }] : [],
  },
  {
    name: 'sign of a value flipped',
    example: ['return [a, 0];', 'return [-a, 0];'],
    edits: (node) => {
      const { parent } = node;
      // The scores, a call's result or a boolean have no sign.
      const isSum =
        ts.isIdentifier(node) || ts.isBinaryExpression(node) || ts.isElementAccessExpression(node);
      const isValue = isSum && !/[=<>&|]/.test(node.getText());
      const isWhole = ts.isArrayLiteralExpression(parent) || (ts.isReturnStatement(parent) && !ts.isIdentifier(node)); // prettier-ignore
      return isValue && isWhole ? [{ node, to: `-${wrapped(node.getText())}` }] : [];
    },
  },
  {
    name: 'condition negated',
    example: ['if (a) b();', 'if (!(a)) b();'],
    edits: (node) => {
      const condition = conditionOf(node);
      return condition === undefined ? [] : [{ node: condition, to: `!(${condition.getText()})` }];
    },
  },
  {
    name: 'condition settled',
    example: ['return a ? b : c;', 'return true ? b : c;'],
    edits: (node) => {
      const condition = ts.isForStatement(node) ? undefined : conditionOf(node);
      return condition === undefined
        ? []
        : ['true', 'false'].map((to) => ({ node: condition, to }));
    },
  },
  {
    name: 'branches exchanged',
    example: ['return a ? b : c;', 'return a ? c : b;'],
    edits: (node) => {
      if (ts.isConditionalExpression(node)) {
        const [yes, no] = [node.whenTrue.getText(), node.whenFalse.getText()].map(wrapped);
        return [{ node, to: `${node.condition.getText()} ? ${no} : ${yes}` }];
      }
      if (!ts.isIfStatement(node) || node.elseStatement === undefined) return [];
      const [yes, no] = [node.thenStatement.getText(), node.elseStatement.getText()];
      return [{ node, to: `if (${node.expression.getText()}) { ${no} } else { ${yes} }` }];
    },
  },
  {
    name: 'indices exchanged',
    example: ['return a[i][j];', 'return a[j][i];'],
    edits: exchangedIndices,
  },
  { name: 'index ± 1', example: ['return a[i];', 'return a[i + 1];'], edits: movedIndex },
  {
    name: 'another function of Math',
    example: ['return Math.max(a);', 'return Math.min(a);'],
    edits: members(FUNCTIONS, (object) => object === 'Math'),
  },
  {
    name: 'another method',
    example: ['return a.some(b);', 'return a.every(b);'],
    edits: members(METHODS, (object) => object !== 'Math'),
  },
  {
    name: 'elements exchanged',
    example: ['return [a, b];', 'return [b, a];'],
    edits: (node) => {
      if (!ts.isArrayLiteralExpression(node)) return [];
      const { elements } = node;
      return elements.slice(1).flatMap((second, index) => {
        const first = elements[index];
        // Long tables: the first and the last pair stand for all.
        if (elements.length > 8 && index > 0 && index < elements.length - 2) return [];
        const texts = elements.map((one) => one.getText());
        texts.splice(index, 2, second.getText(), first.getText());
        return [{ node, to: `[${texts.join(', ')}]` }];
      });
    },
  },
];
