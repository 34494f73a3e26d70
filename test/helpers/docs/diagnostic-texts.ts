/**
 * What a diagnostic can say, read from the source of its entry: texts as they stand, `‹name›` for what the
 * place of failure fills in, `[…]` for what is left out at times, alternatives one by one. Entries are
 * functions; running them with made-up values would show one way through them, their source shows all.
 */
import { ts } from 'ts-morph';

export interface DiagnosticTexts {
  readonly code: string;
  readonly messages: readonly string[];
  readonly hints: readonly string[];
}

/** What names stand for while an expression is told: parameters of a helper, constants of the file. */
type Scope = ReadonlyMap<string, readonly string[]>;

/** What the helper `suggest` of entry.ts gives: it is shared by the files, and read by none of them. */
const SUGGESTED = ['did you mean "‹nearest›"?', 'known are: ‹known›'];

/** The entries of one file of `src/diagnostics/codes/`, in order. */
export function readDiagnosticTexts(file: string, text: string): readonly DiagnosticTexts[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const found: DiagnosticTexts[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isCallExpression(node.initializer)) {
      const [message, hint] = node.initializer.arguments;
      const code = node.name.getText();
      found.push({ code, messages: tellFunction(message, tree), hints: tellFunction(hint, tree) });
    } else ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** All texts that a function can return. */
function tellFunction(
  node: ts.Node,
  tree: ts.SourceFile,
  scope: Scope = new Map(),
): readonly string[] {
  if (!ts.isArrowFunction(node) && !ts.isFunctionDeclaration(node)) {
    return tell(node, tree, scope);
  }
  const { body } = node;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return tell(body, tree, scope);
  const inner = new Map(scope);
  const texts: string[] = [];
  const visit = (part: ts.Node): void => {
    if (ts.isReturnStatement(part) && part.expression !== undefined) {
      texts.push(...tell(part.expression, tree, inner));
    } else if (ts.isVariableDeclaration(part) && part.initializer !== undefined) {
      inner.set(part.name.getText(), tell(part.initializer, tree, inner));
    } else ts.forEachChild(part, visit);
  };
  visit(body);
  return [...new Set(texts)];
}

/** All texts that an expression can be. */
function tell(node: ts.Node, tree: ts.SourceFile, scope: Scope): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return tell(node.expression, tree, scope);
  if (ts.isConditionalExpression(node)) {
    const both = [...tell(node.whenTrue, tree, scope), ...tell(node.whenFalse, tree, scope)];
    return [...new Set(both)];
  }
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map(({ expression, literal }) => {
      return `${within(tell(expression, tree, scope))}${literal.text}`;
    });
    return [`${node.head.text}${parts.join('')}`];
  }
  if (ts.isBinaryExpression(node) && ts.isNumericLiteral(node.right)) {
    return [`‹${node.getText(tree)}›`];
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [node.left, node.right].map((side) => within(tell(side, tree, scope)));
    return [`${left}${right}`];
  }
  if (ts.isBinaryExpression(node)) return tell(node.left, tree, scope);
  if (ts.isCallExpression(node)) return tellCall(node, tree, scope);
  if (ts.isPropertyAccessExpression(node)) return tell(node.expression, tree, scope);
  if (ts.isElementAccessExpression(node)) return tell(node.expression, tree, scope);
  if (ts.isArrayLiteralExpression(node)) {
    return [node.elements.map((element) => within(tell(element, tree, scope))).join(', ')];
  }
  if (ts.isIdentifier(node)) return tellName(node.text, tree, scope);
  return [`‹${node.getText(tree)}›`];
}

/** Helpers of the file are read; of methods (`names.join(', ')`) what they are called on is told. */
function tellCall(call: ts.CallExpression, tree: ts.SourceFile, scope: Scope): readonly string[] {
  const { expression } = call;
  const name = expression.getText(tree);
  if (name === 'suggest') return SUGGESTED;
  if (name === 'JSON.stringify')
    return tell(call.arguments[0], tree, scope).map((text) => `"${text}"`);
  if (ts.isPropertyAccessExpression(expression)) return tell(expression.expression, tree, scope);
  const helper = tree.statements.find(
    (one): one is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(one) && one.name?.text === name,
  );
  const values = call.arguments.map((argument) => tell(argument, tree, scope));
  if (helper === undefined) return values[0] ?? [`‹${name}›`];
  const inner = helper.parameters.map((parameter, index) => [parameter.name.getText(), values[index] ?? []] as const); // prettier-ignore
  return tellFunction(helper, tree, new Map(inner));
}

/** A value that is filled in, or a text constant of the file. */
function tellName(name: string, tree: ts.SourceFile, scope: Scope): readonly string[] {
  const known = scope.get(name);
  if (known !== undefined) return known;
  const declarations = tree.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  const constant = declarations.find((one) => one.name.getText() === name)?.initializer;
  return constant === undefined ? [`‹${name}›`] : tell(constant, tree, scope);
}

/** Alternatives within a sentence: `cell(s)`, `[, a function]`, `(this | that)`. */
function within(texts: readonly string[]): string {
  const told = texts.filter((text) => text !== '');
  const either = told.length === 1 ? told[0] : `(${told.join(' | ')})`;
  if (told.length === texts.length) return either;
  return either === 's' ? '(s)' : `[${either}]`;
}

/** Told on stderr while the work goes on; they are no failures. */
const NOTES = [
  'LOGIC_NOTHING_LEARNED',
  'LOGIC_RARE_CLASS',
  'LOGIC_SAME_ANSWER',
  'STUDENT_CONSTANT_FEATURE',
  'STUDENT_CONSTANT_TARGET',
  'STUDENT_FEW_ROWS',
];

/** The page docs/reference/diagnostics.md: a section for each file of the table. */
export function diagnosticsPage(
  files: readonly { readonly name: string; readonly text: string }[],
  exitCode: (code: string) => number,
): string {
  const sections = files.map(({ name, text }) => {
    const rows = readDiagnosticTexts(name, text).map(({ code, messages, hints }) => {
      const exit = NOTES.includes(code) ? 'note' : String(exitCode(code));
      return `| \`${code}\` | ${cellOf(messages)} | ${cellOf(hints)} | ${exit} |`;
    });
    const table = ['| code | message | hint | exit |', '|---|---|---|---|', ...rows].join('\n');
    return `## ${name.replace(/\.ts$/, '')}\n\n${aboutOf(text)}\n\n${table}`;
  });
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}

const INTRODUCTION = `# Diagnostics

<!-- Made from src/diagnostics/codes/ by test/unit/docs/reference.test.ts; do not edit. -->

Every failure has a code, a message, a place and a hint:

\`\`\`text
error CSV_RAGGED_ROW: this row has 1 cell, the first row has 4
  at a.csv, row 7, column 2
  hint: a weights CSV has one column per neuron in every row
\`\`\`

Codes are stable: scripts may look for them. Texts may improve. \`‹name›\` is filled in where it fails, \`[…]\` is there at times, and alternatives stand below each other. Places are counted from 1: lines, cells, layers, neurons. \`exit\` is the [exit code](command-line.md#exit-codes); a \`note\` is printed as \`note CODE: …\`, and the work goes on. As a library, the same stands in the \`code\`, \`message\`, \`place\` and \`hint\` of the error.`;

/** The header comment of a file, as a sentence. */
function aboutOf(text: string): string {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  return comment.replace(/\s*\n?\s*\*\s|\s+/g, ' ').trim();
}

/** Texts in a table cell: what Markdown would read as its own is escaped. */
function cellOf(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[|<>*_`[\]]/g, '\\$&')).join('<br>');
}
