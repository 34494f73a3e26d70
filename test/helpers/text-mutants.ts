/**
 * Systematic one-token mutants of an emitted text: constants ± 1, comparisons and operators swapped,
 * bounds off by one, indices exchanged, methods of Math exchanged, statements dropped.
 */
import { ts } from 'ts-morph';
import { descendants, parseText } from './emitted-text.js';

export interface Mutant {
  /** `line: old → new`. */
  readonly what: string;
  readonly code: string;
}

const OPERATORS: ReadonlyMap<string, readonly string[]> = new Map([
  ['+', ['-']], ['-', ['+']], ['*', ['+']], ['/', ['*']],
  ['<', ['<=', '>']], ['<=', ['<']], ['>', ['>=', '<']], ['>=', ['>', '<=']],
  ['===', ['!==']], ['!==', ['===']], ['&&', ['||']], ['||', ['&&']],
  ['+=', ['-=', '=']], ['-=', ['+=']],
]); // prettier-ignore

const METHODS: ReadonlyMap<string, string> = new Map([
  ['sign', 'abs'],
  ['max', 'min'],
  ['min', 'max'],
  ['exp', 'sign'],
]);

/** What may stand in a node's place. */
interface Replacement {
  readonly node: ts.Node;
  readonly to: string;
}

/** All mutants of the functions of a text, in the order of their places. */
export function mutantsOf(code: string): Mutant[] {
  const file = parseText(code);
  const bodies = file.statements.filter((node) => ts.isFunctionDeclaration(node));
  return bodies
    .flatMap(({ body }) => (body === undefined ? [] : descendants(body)))
    .filter((node) => !isInTemplate(node))
    .flatMap(replacementsOf)
    .map(({ node, to }) => {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      return {
        what: `${line}: ${node.getText()} → ${to}`,
        code: code.slice(0, node.getStart()) + to + code.slice(node.getEnd()),
      };
    });
}

/** Texts of errors say nothing that the checker looks at. */
function isInTemplate(node: ts.Node): boolean {
  for (let outer = node; !ts.isSourceFile(outer); outer = outer.parent) {
    if (ts.isTemplateExpression(outer)) return true;
  }
  return false;
}

function replacementsOf(node: ts.Node): Replacement[] {
  if (ts.isNumericLiteral(node)) {
    return otherNumbers(Number(node.text)).map((to) => ({ node, to }));
  }
  if (ts.isBinaryExpression(node)) {
    const operators = OPERATORS.get(node.operatorToken.getText()) ?? [];
    return operators.map((to) => ({ node: node.operatorToken, to }));
  }
  if (ts.isElementAccessExpression(node)) return exchangedIndices(node);
  if (ts.isPropertyAccessExpression(node)) {
    const to = METHODS.get(node.name.text);
    const isMath = node.expression.getText() === 'Math';
    return to === undefined || !isMath ? [] : [{ node: node.name, to }];
  }
  if (ts.isPostfixUnaryExpression(node)) {
    return ts.isForStatement(node.parent) ? [] : [{ node, to: node.getText().replace('++', '--') }];
  }
  if (ts.isPrefixUnaryExpression(node)) return [{ node, to: node.operand.getText() }];
  if (ts.isConditionalExpression(node)) {
    const [condition, yes, no] = [node.condition, node.whenTrue, node.whenFalse];
    return [{ node, to: `${condition.getText()} ? ${no.getText()} : ${yes.getText()}` }];
  }
  if (ts.isStringLiteral(node)) return [{ node, to: `'other'` }];
  return ts.isExpressionStatement(node) ? [{ node, to: ';' }] : [];
}

function otherNumbers(value: number): string[] {
  if (!Number.isInteger(value)) return [String(value * 1.001)];
  return value > 0 ? [String(value + 1), String(value - 1)] : [String(value + 1)];
}

/** a[i][j] → a[j][i]. */
function exchangedIndices(node: ts.ElementAccessExpression): Replacement[] {
  const { expression, argumentExpression: last } = node;
  if (!ts.isElementAccessExpression(expression)) return [];
  const first = expression.argumentExpression;
  const array = expression.expression.getText();
  return [{ node, to: `${array}[${last.getText()}][${first.getText()}]` }];
}
