/**
 * The architecture, enforced: which folder may import which, who may know Node and TypeScript's syntax
 * tree, how long files get, that every file says what it decides.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

const SOURCE = resolve(import.meta.dirname, '../src');

const PHASES = [
  'parse',
  'simplify',
  'cluster',
  'infer',
  'generalise',
  'students',
  'emit',
  'verify',
  'report',
];

/** What each part of src may import besides itself; the direction of style.md, as a table. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  numeric: [],
  ir: ['diagnostics', 'numeric'],
  ...Object.fromEntries(PHASES.map((phase) => [phase, ['diagnostics', 'numeric', 'ir']])),
  'compile.ts': ['diagnostics', 'numeric', 'ir', ...PHASES],
  distil: ['diagnostics', 'numeric', 'ir', ...PHASES, 'compile.ts'],
  compare: ['diagnostics', 'numeric', 'ir', 'emit', 'verify', 'report', 'compile.ts'],
  'index.ts': ['diagnostics', 'ir', ...PHASES, 'compile.ts'],
  'inspect.ts': ['diagnostics', 'ir', 'simplify', 'cluster', 'report'],
  cli: ['diagnostics', 'numeric', 'ir', ...PHASES, 'compile.ts', 'distil', 'compare', 'inspect.ts'],
};

/** The files outside of emit that may read TypeScript's syntax tree. */
const TEXT_READERS = [
  'verify/checker/read-text.ts',
  'verify/checker/reader.ts',
  'verify/strip-types.ts',
];

const FORBIDDEN_GLOBALS = ['process', 'Buffer', '__dirname', '__filename', 'Date', 'performance'];

/** Lines of a source file: the hard limit, and what half of the files stay below. */
const LONGEST_FILE = 400;
const LARGEST_MEDIAN = 130;

/** Data tables, which may be longer (none so far). */
const TABLES: readonly string[] = [];

interface SourceFile {
  /** Relative to src, with `/`. */
  readonly path: string;
  readonly text: string;
  /** `cli`, or the name of a file that stands in src itself. */
  readonly part: string;
  readonly imports: readonly string[];
  readonly tree: ts.SourceFile;
}

const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map(readSource);

function readSource(path: string): SourceFile {
  const text = readFileSync(join(SOURCE, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  return { path, text, tree, part: path.split('/')[0], imports: importsOf(tree) };
}

/** Everything imported: statically, dynamically, as a type, or to be exported again. */
function importsOf(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      found.push(textOf(node.moduleSpecifier));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      found.push(textOf(node.arguments[0]));
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push(textOf(node.argument.literal));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The text of a literal; the source of a computed specifier, which no rule allows by mistake. */
function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : node.getText();
}

/** The part of src that a relative import leads to. */
function partOf(file: SourceFile, specifier: string): string {
  const target = resolve(SOURCE, dirname(file.path), specifier);
  return relative(SOURCE, target).split('/')[0].replace(/\.js$/, '.ts');
}

function violations(problem: (file: SourceFile) => readonly string[]): string[] {
  return FILES.flatMap((file) => problem(file).map((text) => `${file.path}: ${text}`));
}

describe('architecture', () => {
  it('knows every part of src', () => {
    const parts = new Set(FILES.map(({ part }) => part));
    expect([...parts].filter((part) => !Object.hasOwn(MAY_IMPORT, part))).toEqual([]);
    expect(parts.size).toBeGreaterThan(5);
  });

  it('imports run one way, and phases never import each other', () => {
    const wrong = violations((file) =>
      file.imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => partOf(file, specifier))
        .filter((part) => part !== file.part && !MAY_IMPORT[file.part].includes(part))
        .map((part) => `imports ${part}`),
    );
    expect(wrong).toEqual([]);
  });

  it('only cli imports from Node', () => {
    const wrong = violations((file) =>
      file.part === 'cli' ? [] : file.imports.filter((specifier) => specifier.startsWith('node:')),
    );
    expect(wrong).toEqual([]);
    expect(FILES.some(({ imports }) => imports.includes('node:fs'))).toBe(true);
  });

  it('the core names no global of Node, no clock and no unseeded randomness', () => {
    const wrong = violations((file) => (file.part === 'cli' ? [] : globalsOf(file.tree)));
    expect(wrong).toEqual([]);
  });

  it("only emit and the checker's text readers import ts-morph; nobody imports typescript", () => {
    const wrong = violations((file) =>
      file.imports.filter(
        (specifier) =>
          specifier === 'typescript' ||
          (specifier === 'ts-morph' && file.part !== 'emit' && !TEXT_READERS.includes(file.path)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('no module has state, no default export', () => {
    const wrong = violations(({ tree }) =>
      tree.statements.flatMap((statement) => {
        if (ts.isExportAssignment(statement)) return ['default export'];
        if (!ts.isVariableStatement(statement)) return [];
        const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
        const isDeclared = statement.modifiers?.some(
          ({ kind }) => kind === ts.SyntaxKind.DeclareKeyword,
        );
        return isConst || isDeclared === true ? [] : [statement.getText()];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('files begin with a comment that says what they decide', () => {
    const wrong = violations(({ text }) =>
      /^(#!.*\n)?\/\*\*/.test(text) ? [] : ['has no header comment'],
    );
    expect(wrong).toEqual([]);
  });

  it('files stay short', () => {
    const lengths = FILES.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    const tooLong = lengths.filter(
      ({ path, lines }) => lines > LONGEST_FILE && !TABLES.includes(path),
    );
    expect(tooLong).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((left, right) => left - right);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(LARGEST_MEDIAN);
  });
});

/** Uses of what Node alone has, of the clock, and of randomness without a seed. */
function globalsOf(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') {
      found.push('Math.random');
    } else if (ts.isIdentifier(node) && FORBIDDEN_GLOBALS.includes(node.text)) {
      const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
      if (!isMember && !ts.isPropertyAssignment(node.parent)) found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
