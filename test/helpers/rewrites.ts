/**
 * Rewritings that keep what a text computes, for laws: each takes a text and a random source and gives the
 * text with one place of it rewritten, or `undefined` where it applies nowhere.
 */
import { ts } from 'ts-morph';
import type { Random } from '../../src/numeric/random.js';
import { descendants, parseText } from './emitted-text.js';
import { wrapped } from './mutants/operator.js';

export interface Rewriting {
  readonly name: string;
  /** What may stand in a node's place; `fresh` is a name that the text has not. */
  readonly rewrite: (node: ts.Node, fresh: string) => string | undefined;
}

const NEGATED: ReadonlyMap<string, string> = new Map([
  ['<', '>='], ['<=', '>'], ['>', '<='], ['>=', '<'], ['===', '!=='], ['!==', '==='],
]); // prettier-ignore

/** The operator between two expressions; undefined for any other node. */
function binary(node: ts.Node, ...operators: readonly string[]): ts.BinaryExpression | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  return operators.includes(node.operatorToken.getText()) ? node : undefined;
}

/** Whether evaluating a node twice, earlier or later makes no difference. */
function isPure(node: ts.Node): boolean {
  return [node, ...descendants(node)].every((one) => {
    if (ts.isCallExpression(one)) return one.expression.getText().startsWith('Math.');
    if (ts.isPostfixUnaryExpression(one)) return false;
    if (!ts.isBinaryExpression(one)) return true;
    const { kind } = one.operatorToken;
    return kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment;
  });
}

/** `for (let i = first; i < end; i++) body` with whole numbers. */
interface Counting {
  readonly name: string;
  readonly first: number;
  readonly end: number;
  readonly body: string;
  readonly loop: ts.ForStatement;
}

function countingLoop(node: ts.Node): Counting | undefined {
  if (!ts.isForStatement(node)) return undefined;
  const { initializer, condition, incrementor, statement } = node;
  if (initializer === undefined || !ts.isVariableDeclarationList(initializer)) return undefined;
  if (condition === undefined || binary(condition, '<') === undefined) return undefined;
  const [{ name, initializer: start }] = initializer.declarations;
  const { right } = condition as ts.BinaryExpression;
  if (start === undefined || !ts.isNumericLiteral(start) || !ts.isNumericLiteral(right)) return undefined; // prettier-ignore
  if (incrementor?.getText() !== `${name.getText()}++`) return undefined;
  const leaves = descendants(statement).some((one) => ts.isReturnStatement(one) || ts.isBreakStatement(one) || ts.isContinueStatement(one)); // prettier-ignore
  if (leaves) return undefined;
  return { name: name.getText(), first: Number(start.text), end: Number(right.text), body: statement.getText(), loop: node }; // prettier-ignore
}

function loopText(name: string, first: number, end: number, body: string): string {
  return `for (let ${name} = ${first}; ${name} < ${end}; ${name}++) ${body}`;
}

/** Whether a loop only adds to variables that it does not read: then its order does not matter. */
function isPureSum({ loop }: Counting): boolean {
  const { statement } = loop;
  const parts = ts.isBlock(statement) ? [...statement.statements] : [statement];
  return parts.every((part) => {
    if (!ts.isExpressionStatement(part)) return false;
    const sum = binary(part.expression, '+=', '-=');
    if (sum === undefined || !ts.isIdentifier(sum.left) || !isPure(sum.right)) return false;
    const targets = parts.map((one) => one.getText().split(/\s/)[0]);
    return !descendants(sum.right).some((one) => ts.isIdentifier(one) && targets.includes(one.text));
  });
} // prettier-ignore

/** Whether a node stands where types, claims or messages do, which are left as they are. */
function isOutside(node: ts.Node): boolean {
  for (let outer = node; !ts.isSourceFile(outer); outer = outer.parent) {
    if (ts.isTypeNode(outer) || ts.isThrowStatement(outer) || ts.isTemplateExpression(outer)) return true; // prettier-ignore
    if (ts.isVariableDeclaration(outer) && outer.name.getText() === 'network') return true;
  }
  return false;
}

export const REWRITINGS: readonly Rewriting[] = [
  {
    name: 'operands exchanged',
    rewrite: (node) => {
      const found = binary(node, '+', '*', '===', '!==');
      if (found === undefined || !isPure(node)) return undefined;
      return `${wrapped(found.right.getText())} ${found.operatorToken.getText()} ${wrapped(found.left.getText())}`;
    },
  },
  {
    name: 'comparison turned round',
    rewrite: (node) => {
      const found = binary(node, '<', '<=', '>', '>=');
      if (found === undefined || !isPure(node) || ts.isForStatement(node.parent)) return undefined;
      const turned = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }[found.operatorToken.getText()] ?? '';
      return `${wrapped(found.right.getText())} ${turned} ${wrapped(found.left.getText())}`;
    },
  },
  {
    name: 'comparison negated twice',
    rewrite: (node) => {
      const found = ts.isForStatement(node.parent) ? undefined : binary(node, ...NEGATED.keys());
      if (found === undefined) return undefined;
      const opposite = NEGATED.get(found.operatorToken.getText()) ?? '';
      return `!(${found.left.getText()} ${opposite} ${found.right.getText()})`;
    },
  },
  {
    name: 'De Morgan',
    rewrite: (node) => {
      const found = binary(node, '&&', '||');
      if (found === undefined) return undefined;
      const other = found.operatorToken.getText() === '&&' ? '||' : '&&';
      return `!(!(${found.left.getText()}) ${other} !(${found.right.getText()}))`;
    },
  },
  {
    name: 'branches exchanged',
    rewrite: (node) => {
      if (ts.isConditionalExpression(node)) {
        const [yes, no] = [node.whenTrue, node.whenFalse].map((one) => wrapped(one.getText()));
        return `(!(${node.condition.getText()}) ? ${no} : ${yes})`;
      }
      if (!ts.isIfStatement(node) || node.elseStatement === undefined) return undefined;
      return `if (!(${node.expression.getText()})) { ${node.elseStatement.getText()} } else { ${node.thenStatement.getText()} }`;
    },
  },
  {
    name: 'early return',
    rewrite: (node) => {
      if (!ts.isReturnStatement(node) || node.expression === undefined) return undefined;
      if (!ts.isConditionalExpression(node.expression) || !ts.isBlock(node.parent)) return undefined;
      const { condition, whenTrue, whenFalse } = node.expression;
      return `if (${condition.getText()}) return ${whenTrue.getText()}; return ${whenFalse.getText()};`;
    },
  },
  {
    name: 'value with a name',
    rewrite: (node, fresh) => {
      if (ts.isReturnStatement(node) && node.expression !== undefined && ts.isBlock(node.parent)) {
        return `const ${fresh} = ${node.expression.getText()}; return ${fresh};`;
      }
      if (!ts.isExpressionStatement(node)) return undefined;
      const sum = binary(node.expression, '+=', '-=');
      if (sum === undefined) return undefined;
      return `{ const ${fresh} = ${sum.right.getText()}; ${sum.left.getText()} ${sum.operatorToken.getText()} ${fresh}; }`;
    },
  },
  {
    name: 'assignment spelt out',
    rewrite: (node) => {
      const sum = ts.isExpressionStatement(node.parent) ? binary(node, '+=', '-=') : undefined;
      if (sum === undefined || !isPure(sum.left)) return undefined;
      return `${sum.left.getText()} = ${sum.left.getText()} ${sum.operatorToken.getText()[0]} (${sum.right.getText()})`;
    },
  },
  {
    name: 'loop split',
    rewrite: (node) => {
      const loop = countingLoop(node);
      if (loop === undefined || loop.end - loop.first < 2) return undefined;
      const middle = Math.floor((loop.first + loop.end) / 2);
      return `{ ${loopText(loop.name, loop.first, middle, loop.body)} ${loopText(loop.name, middle, loop.end, loop.body)} }`;
    },
  },
  {
    name: 'first step unrolled',
    rewrite: (node) => {
      const loop = countingLoop(node);
      if (loop === undefined || loop.end <= loop.first) return undefined;
      return `{ { const ${loop.name} = ${loop.first}; ${loop.body} } ${loopText(loop.name, loop.first + 1, loop.end, loop.body)} }`;
    },
  },
  {
    name: 'sum from its end',
    rewrite: (node) => {
      const loop = countingLoop(node);
      if (loop === undefined || !isPureSum(loop)) return undefined;
      return `for (let ${loop.name} = ${loop.end - 1}; ${loop.name} >= ${loop.first}; ${loop.name}--) ${loop.body}`;
    },
  },
  {
    name: 'difference as a sum',
    rewrite: (node) => {
      const found = binary(node, '-');
      if (found === undefined) return undefined;
      return `${wrapped(found.left.getText())} + -${wrapped(found.right.getText())}`;
    },
  },
  {
    name: 'number with a name',
    rewrite: (node, fresh) => {
      if (!ts.isFunctionDeclaration(node) || node.body === undefined) return undefined;
      const number = descendants(node.body).find((one) => ts.isNumericLiteral(one) && !isOutside(one));
      if (number === undefined) return undefined;
      const text = node.getText();
      const [open, at] = [node.body.getStart(), number.getStart()].map((one) => one - node.getStart());
      const rest = `${text.slice(open + 1, at)}${fresh}${text.slice(at + number.getText().length)}`;
      return `${text.slice(0, open + 1)} const ${fresh} = ${number.getText()}; ${rest}`;
    },
  },
  {
    name: 'another name',
    rewrite: (node, fresh) => {
      if (!ts.isFunctionDeclaration(node) || node.body === undefined) return undefined;
      const declared = descendants(node.body).find((one) => ts.isVariableDeclaration(one) && ts.isIdentifier(one.name));
      if (declared === undefined || !ts.isVariableDeclaration(declared)) return undefined;
      const old = declared.name.getText();
      const uses = descendants(node).filter((one) => ts.isIdentifier(one) && one.text === old && !isMember(one));
      const start = node.getStart();
      return uses.reduceRight((text, use) => {
        const at = use.getStart() - start;
        return text.slice(0, at) + fresh + text.slice(at + old.length);
      }, node.getText());
    },
  },
]; // prettier-ignore

function isMember(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}

/** One rewriting at a random place; undefined where it applies nowhere. */
export function rewriteOnce(
  code: string,
  { rewrite }: Rewriting,
  random: Random,
): string | undefined {
  const fresh = freshName(code);
  const places = descendants(parseText(code)).flatMap((node) => {
    const to = isOutside(node) ? undefined : rewrite(node, fresh);
    return to === undefined ? [] : [{ start: node.getStart(), end: node.getEnd(), to }];
  });
  if (places.length === 0) return undefined;
  const { start, end, to } = places[random.below(places.length)];
  // A part of a larger expression keeps its place in it.
  const isPart = !/[;}]$/.test(to) && !/^for /.test(to);
  return `${code.slice(0, start)}${isPart ? `(${to})` : to}${code.slice(end)}`.replace(/\((\S+ = [^;()]*)\);/g, '$1;'); // prettier-ignore
}

function freshName(code: string): string {
  let count = 1;
  while (code.includes(`own${count}`)) count++;
  return `own${count}`;
}

/** Several random rewritings, one after the other, and their names. */
export function rewritten(
  code: string,
  count: number,
  random: Random,
): { readonly code: string; readonly names: readonly string[] } {
  let text = code;
  const names: string[] = [];
  while (names.length < count) {
    const rewriting = REWRITINGS[random.below(REWRITINGS.length)];
    const next = rewriteOnce(text, rewriting, random);
    if (next === undefined) continue;
    text = next;
    names.push(rewriting.name);
  }
  return { code: text, names };
}
