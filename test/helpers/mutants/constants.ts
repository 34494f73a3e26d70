/** Operators on what a text spells out: numbers, strings, truth values, and the names of its variables. */
import { ts } from 'ts-morph';
import type { Edit, MutationOperator } from './operator.js';

/** As far as the existing tests have always moved a weight. */
const THOUSANDTH = 1.001;

function numbers(change: (value: number) => readonly number[]): MutationOperator['edits'] {
  return (node) => {
    if (!ts.isNumericLiteral(node)) return [];
    return change(Number(node.text)).map((to) => ({ node, to: spell(to) }));
  };
}

/** A number as an expression that may stand anywhere. */
function spell(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}

function ofFractions(change: (value: number) => readonly number[]): MutationOperator['edits'] {
  return numbers((value) => (Number.isInteger(value) ? [] : change(value)));
}

/** The next double above (+1) or below (−1) a positive number. */
function neighbour(value: number, by: 1 | -1): number {
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  bits[0] += BigInt(by);
  return new Float64Array(bits.buffer)[0];
}

/** The strings that stand where this one could: of the same array or the same choice. */
function alternatives(node: ts.StringLiteral): readonly string[] {
  const { parent } = node;
  const around = ts.isArrayLiteralExpression(parent)
    ? parent.elements
    : ts.isConditionalExpression(parent)
      ? [parent.whenTrue, parent.whenFalse]
      : [];
  const others = around.filter((one) => ts.isStringLiteral(one)).map((one) => one.getText());
  return [...new Set(others)].filter((one) => one !== node.getText());
}

function isMessage(node: ts.Node): boolean {
  return ts.isNewExpression(node.parent);
}

type Sort = 'array' | 'number' | 'truth';

type Variable = readonly [name: string, sort: Sort];

/** Variables declared by `let`, `const` and parameters around a node, before it. */
function namesInScope(node: ts.Node): readonly Variable[] {
  const names: Variable[] = [];
  for (let outer: ts.Node = node; !ts.isSourceFile(outer); outer = outer.parent) {
    const { parent } = outer;
    if (ts.isBlock(parent)) {
      for (const one of parent.statements) {
        if (one === outer) break;
        if (ts.isVariableStatement(one)) names.push(...declared(one.declarationList));
      }
    }
    if (ts.isForStatement(parent) && parent.initializer !== undefined && parent.initializer !== outer) {
      if (ts.isVariableDeclarationList(parent.initializer)) names.push(...declared(parent.initializer));
    }
    if (ts.isFunctionDeclaration(parent) || ts.isArrowFunction(parent)) {
      names.push(...parent.parameters.map((one): Variable => [one.name.getText(), sortOf(one)]));
    }
  } // prettier-ignore
  return names;
}

function declared(list: ts.VariableDeclarationList): readonly Variable[] {
  return list.declarations.flatMap((one): Variable[] => {
    const { name } = one;
    if (ts.isIdentifier(name)) return [[name.text, sortOf(one)]];
    const parts = ts.isArrayBindingPattern(name) ? name.elements : [];
    return parts.map((part) => [part.getText(), 'number']);
  });
}

/** What a variable holds, by its type or by what it begins as: only variables of one sort are exchanged. */
function sortOf({ type, initializer }: ts.ParameterDeclaration | ts.VariableDeclaration): Sort {
  if (type !== undefined) return /Array|\[/.test(type.getText()) ? 'array' : 'number';
  let value = initializer;
  while (value !== undefined && (ts.isAsExpression(value) || ts.isParenthesizedExpression(value))) {
    value = value.expression;
  }
  if (value === undefined) return 'number';
  if (ts.isNewExpression(value) || ts.isArrayLiteralExpression(value)) return 'array';
  if (ts.isCallExpression(value)) {
    return /^(Math|Number)\.|\.(reduce|indexOf)$/.test(value.expression.getText()) ? 'number' : 'array';
  }
  if (value.kind === ts.SyntaxKind.TrueKeyword || value.kind === ts.SyntaxKind.FalseKeyword) return 'truth';
  if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken) return 'truth';
  if (!ts.isBinaryExpression(value)) return 'number';
  return /^([<>]=?|[!=]==|&&|[|]{2})$/.test(value.operatorToken.getText()) ? 'truth' : 'number';
} // prettier-ignore

/** Whether an identifier reads a variable, and is no callee, no member and no name of a declaration. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== node;
  if (ts.isBinaryExpression(parent)) {
    const kind = parent.operatorToken.kind;
    const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment; // prettier-ignore
    return parent.left !== node || !isAssignment;
  }
  return (
    ts.isElementAccessExpression(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isParenthesizedExpression(parent)
  );
}

/** The next name in scope, in a circle: one other variable for each place, so that all come to be tried. */
function otherName(node: ts.Node): readonly Edit[] {
  if (!ts.isIdentifier(node) || !isRead(node)) return [];
  const variables = new Map(namesInScope(node));
  const sort = variables.get(node.text);
  // What the type checker would refuse is no module.
  const names = [...variables].filter(([, other]) => other === sort).map(([name]) => name);
  const own = names.indexOf(node.text);
  if (own < 0 || names.length < 2) return [];
  return [{ node, to: names[(own + 1) % names.length] }];
}

export const CONSTANT_OPERATORS: readonly MutationOperator[] = [
  {
    name: 'integer ± 1',
    example: ['return [7];', 'return [8];'],
    edits: numbers((value) => (Number.isInteger(value) ? [value + 1, value - 1] : [])),
  },
  {
    name: 'constant ± 1 ulp',
    example: ['return [0.5];', 'return [0.5000000000000001];'],
    edits: ofFractions((value) => [neighbour(value, 1), neighbour(value, -1)]),
  },
  {
    name: 'constant ± 1',
    example: ['return [0.5];', 'return [1.5];'],
    edits: ofFractions((value) => [value + 1, value - 1]),
  },
  {
    name: 'constant off by a thousandth',
    example: ['return [0.5];', 'return [0.5005];'],
    edits: ofFractions((value) => [value * THOUSANDTH]),
  },
  {
    name: 'sign of a constant flipped',
    example: ['return [7];', 'return [(-7)];'],
    edits: numbers((value) => (value === 0 ? [] : [-value])),
  },
  {
    name: 'string exchanged',
    example: ["return x ? 'a' : 'b';", "return x ? 'b' : 'b';"],
    edits: (node) =>
      ts.isStringLiteral(node) && !isMessage(node)
        ? alternatives(node).map((to) => ({ node, to }))
        : [],
  },
  {
    name: 'string made up',
    example: ["return x ? 'a' : 'b';", "return x ? 'other' : 'b';"],
    edits: (node) => (ts.isStringLiteral(node) ? [{ node, to: `'other'` }] : []),
  },
  {
    name: 'truth value flipped',
    example: ['let found = false;', 'let found = true;'],
    edits: (node) => {
      if (node.kind === ts.SyntaxKind.TrueKeyword) return [{ node, to: 'false' }];
      return node.kind === ts.SyntaxKind.FalseKeyword ? [{ node, to: 'true' }] : [];
    },
  },
  {
    name: 'another variable',
    example: ['const a = x; const b = x; return [a];', 'const a = x; const b = x; return [b];'],
    edits: otherName,
  },
];
