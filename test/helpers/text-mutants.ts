/**
 * The mutation engine: all mutants of a text that a table of operators gives, each with one edit. What may
 * be edited is everything that runs: functions, helpers, tables, the `network` constant, exports, messages
 * of errors; not types and comments, which the checker does not read.
 */
import { ts } from 'ts-morph';
import { descendants, parseText } from './emitted-text.js';
import { CONSTANT_OPERATORS } from './mutants/constants.js';
import { EXPRESSION_OPERATORS } from './mutants/expressions.js';
import type { Edit, MutationOperator } from './mutants/operator.js';
import { STATEMENT_OPERATORS } from './mutants/statements.js';

/** Every operator. */
export const OPERATORS: readonly MutationOperator[] = [
  ...CONSTANT_OPERATORS,
  ...EXPRESSION_OPERATORS,
  ...STATEMENT_OPERATORS,
];

/** Where a mutant's edit is: in the functions, in the `network` constant, in an error that is thrown. */
export type Place = 'code' | 'claim' | 'message';

export interface Mutant {
  /** Name of the operator. */
  readonly operator: string;
  /** The same for the same edit of a text of the same form with other numbers. */
  readonly key: string;
  readonly place: Place;
  /** `line: old → new`. */
  readonly what: string;
  readonly code: string;
  /** The smallest expression without effects that holds the edit; undefined where there is none. */
  readonly unit: Unit | undefined;
}

/** An expression of the original text and what the mutant has in its place. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

/** Operators that tests of many modules use: those with which a slip of the pen is most likely wrong. */
const USUAL = new Set([
  'integer ± 1', 'constant off by a thousandth', 'string made up', 'another comparison',
  'another arithmetic operator', '&& for ||', 'another assignment', '++ for --',
  'sign or negation dropped', 'branches exchanged', 'indices exchanged', 'another function of Math',
  'statement dropped',
]); // prettier-ignore

/** Mutants of a module's functions by the usual operators, in the order of their places. */
export function mutantsOf(code: string): Mutant[] {
  const usual = OPERATORS.filter(({ name }) => USUAL.has(name));
  return allMutantsOf(code, usual).filter(({ place }) => place === 'code');
}

/** All mutants of a text, in the order of their places; no two of them are the same text. */
export function allMutantsOf(
  code: string,
  operators: readonly MutationOperator[] = OPERATORS,
): Mutant[] {
  const file = parseText(code);
  const seen = new Set([code]);
  return nodesOf(file).flatMap((node, ordinal) =>
    operators.flatMap(({ name, edits }) =>
      edits(node).flatMap((edit, variant): Mutant[] => {
        const mutated = applied(code, edit);
        if (seen.has(mutated)) return [];
        seen.add(mutated);
        const line = file.getLineAndCharacterOfPosition(edit.node.getStart()).line + 1;
        const key = `${name} ${ordinal} ${variant}`;
        const what = `${line}: ${describe(code, edit)}`;
        return [{ operator: name, key, place: placeOf(edit.node), what, code: mutated, unit: unitOf(code, edit) }]; // prettier-ignore
      }),
    ),
  );
}

/** What runs, in the order of the text. */
function nodesOf(file: ts.SourceFile): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return; // prettier-ignore
    if (ts.isImportDeclaration(node)) return;
    // Braces come and go with the length of a line.
    if (!ts.isBlock(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

function applied(code: string, { node, last = node, to }: Edit): string {
  return code.slice(0, node.getStart()) + to + code.slice(last.getEnd());
}

/** The edit with what stands around it, so that a reader sees what it is. */
function describe(code: string, edit: Edit): string {
  const { node, last = node, to } = edit;
  const around = contextOf(node);
  if (around === undefined) return `${short(code.slice(node.getStart(), last.getEnd()))} → ${short(to)}`; // prettier-ignore
  const [start, end] = [around.getStart(), around.getEnd()];
  const after = code.slice(start, node.getStart()) + to + code.slice(last.getEnd(), end);
  return `${short(around.getText())} → ${short(after)}`;
}

/** Longest text of a node that is told whole. */
const MOST_SHOWN = 100;

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= MOST_SHOWN ? line : `${line.slice(0, MOST_SHOWN)}…`;
}

/** What an operator's token, a name or a number stands in, if that is short; else nothing. */
function contextOf(node: ts.Node): ts.Node | undefined {
  let around = node.parent;
  if (ts.isPropertyAccessExpression(around) && ts.isCallExpression(around.parent)) around = around.parent; // prettier-ignore
  const isSmall = around.getEnd() - around.getStart() <= MOST_SHOWN;
  return isSmall && !ts.isBlock(around) && !ts.isSourceFile(around) ? around : undefined;
}

function placeOf(node: ts.Node): Place {
  for (let outer = node; !ts.isSourceFile(outer); outer = outer.parent) {
    if (ts.isNewExpression(outer) && ts.isThrowStatement(outer.parent) && outer.expression !== node) return 'message'; // prettier-ignore
    if (ts.isVariableDeclaration(outer) && outer.name.getText() === 'network') return 'claim';
  }
  return 'code';
}

/** See `Mutant.unit`. */
function unitOf(code: string, edit: Edit): Unit | undefined {
  let node = edit.node;
  if (edit.last !== undefined) return undefined;
  while (!isValue(node)) {
    if (ts.isStatement(node) || ts.isSourceFile(node)) return undefined;
    node = node.parent;
  }
  if (descendants(node).some(hasEffect) || hasEffect(node)) return undefined;
  const [start, end] = [node.getStart(), node.getEnd()];
  const to = code.slice(start, edit.node.getStart()) + edit.to + code.slice(edit.node.getEnd(), end);
  return { start, end, to };
} // prettier-ignore

/** Whether a node is an expression by itself, and not the name of a member or the target of something. */
function isValue(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isToken(node) && !ts.isLiteralExpression(node) && !ts.isIdentifier(node)) {
    return node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
  }
  if (!ts.isExpression(node) || ts.isArrowFunction(node) || ts.isSpreadElement(node)) return false;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isCallExpression(parent) && parent.expression === node) return false;
  if (ts.isNewExpression(parent) && parent.expression === node) return false;
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    const kind = parent.operatorToken.kind;
    return kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment;
  }
  return !ts.isPropertyAssignment(parent) || parent.initializer === node;
}

function hasEffect(node: ts.Node): boolean {
  if (ts.isPostfixUnaryExpression(node)) return true;
  if (ts.isCallExpression(node)) return !/^(Math\.\w+|\w+\.(some|every|indexOf))$/.test(node.expression.getText()); // prettier-ignore
  if (!ts.isBinaryExpression(node)) return false;
  const kind = node.operatorToken.kind;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
