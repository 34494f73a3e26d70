/**
 * The checker's text reader, the only place where it meets the TypeScript compiler: text to
 * `ModuleSyntax`. Types are dropped, everything else is translated node by node; a node that is not
 * listed becomes `unsupported`. The compiler is loaded when the first text arrives.
 */
import type { ts } from 'ts-morph';
import type { FunctionSyntax, ModuleSyntax, StatementSyntax } from './syntax.js';
import { KNOWN_FUNCTIONS, shapeOfFunction } from './known-functions.js';
import type { KnownFunction } from './known-functions.js';
import { liftTables } from './lift-tables.js';
import { Reader } from './reader.js';
import type { Compiler } from './reader.js';
import { placeOf } from './syntax.js';
import { Undecided } from './undecided.js';

/**
 * Reads a module's text.
 *
 * @throws Undecided with line and column when the text is not TypeScript.
 */
export async function readText(text: string): Promise<ModuleSyntax> {
  const { ts: compiler } = await import('ts-morph');
  const module = readLifted(compiler, text) ?? new Reader(compiler, parse(compiler, text)).readModule(); // prettier-ignore
  return { ...module, known: knownFunctions(compiler, module.body) };
}

/**
 * The module, long arrays of numbers read apart. What is left of the text holds the same tokens but
 * for those between the brackets, so it means the same wherever the parser finds an array with these
 * brackets; `undefined` where it does not find all of them, or no such array is there.
 */
function readLifted(compiler: Compiler, text: string): Omit<ModuleSyntax, 'known'> | undefined {
  const lifted = liftTables(text);
  if (lifted.tables.size === 0) return undefined;
  let file: ts.SourceFile;
  try {
    file = parse(compiler, lifted.text);
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
  const reader = new Reader(compiler, file, lifted.tables);
  const module = reader.readModule();
  return reader.found.size === lifted.tables.size
    ? { ...module, text, numbers: lifted.numbers }
    : undefined;
}

function parse(compiler: Compiler, text: string): ts.SourceFile {
  const options = { languageVersion: compiler.ScriptTarget.ES2023, jsDocParsingMode: compiler.JSDocParsingMode.ParseNone }; // prettier-ignore
  const file = compiler.createSourceFile('module.ts', text, options, false);
  const broken = (file as unknown as { parseDiagnostics?: readonly ts.Diagnostic[] })
    .parseDiagnostics?.[0];
  if (broken !== undefined) {
    const message = compiler.flattenDiagnosticMessageText(broken.messageText, ' ');
    throw new Undecided(`the text is not TypeScript: ${message}`, placeOf(text, broken.start ?? 0));
  }
  return file;
}

/** The functions at the top level whose text the checker knows. */
function knownFunctions(
  compiler: Compiler,
  body: readonly StatementSyntax[],
): ReadonlyMap<FunctionSyntax, KnownFunction> {
  const defined = (statements: readonly StatementSyntax[]) =>
    statements.flatMap((one) => (one.kind === 'define' ? [one.definition] : []));
  const shapes = new Map<string, KnownFunction>();
  for (const known of KNOWN_FUNCTIONS) {
    const module = new Reader(compiler, parse(compiler, known.text)).readModule();
    for (const one of defined(module.body)) shapes.set(shapeOfFunction(one), known);
  }
  return new Map(
    defined(body).flatMap((one): [FunctionSyntax, KnownFunction][] => {
      const known = shapes.get(shapeOfFunction(one));
      return known === undefined ? [] : [[one, known]];
    }),
  );
}
