/**
 * From printed parts to a module's text: the only file that knows ts-morph and prettier. Both are loaded
 * on first use, since importing them takes longer than everything else that the emitter does.
 */
import type { StatementStructures } from 'ts-morph';
import { plainComment } from './comments.js';
import type { PrintedFunction } from './shape-check.js';

/** A module in the order of its text. */
export interface ModuleParts {
  /** Leading comment. */
  readonly header: string;
  readonly imports?: { readonly names: readonly string[]; readonly from: string };
  readonly constants: readonly {
    readonly name: string;
    readonly initializer: string;
    readonly exported: boolean;
  }[];
  /** Exported functions; the last one is the default export as well. */
  readonly functions: readonly PrintedFunction[];
  /** Functions that only this module uses, printed last. */
  readonly helpers: readonly PrintedFunction[];
}

/** The module's text, formatted at width 100 with single quotes. */
export async function assembleModule(parts: ModuleParts): Promise<string> {
  return format(await buildText(parts));
}

async function buildText(parts: ModuleParts): Promise<string> {
  const { Project, StructureKind, VariableDeclarationKind } = await import('ts-morph');
  const printFunction = (printed: PrintedFunction, isExported: boolean): StatementStructures => ({
    kind: StructureKind.Function,
    name: printed.name,
    docs: [plainComment(printed.doc)],
    isExported,
    parameters: printed.parameters.map(({ name, type }) => ({ name, type })),
    returnType: printed.returnType,
    statements: printed.body,
  });
  const statements: (StatementStructures | string)[] = [parts.header];
  if (parts.imports !== undefined) {
    statements.push({
      kind: StructureKind.ImportDeclaration,
      namedImports: [...parts.imports.names],
      moduleSpecifier: parts.imports.from,
      leadingTrivia: '\n',
    });
  }
  for (const { name, initializer, exported } of parts.constants) {
    statements.push({
      kind: StructureKind.VariableStatement,
      isExported: exported,
      declarationKind: VariableDeclarationKind.Const,
      declarations: [{ name, initializer }],
      leadingTrivia: '\n',
    });
  }
  for (const printed of parts.functions) statements.push(printFunction(printed, true));
  const main = parts.functions.at(-1);
  if (main !== undefined) {
    statements.push({
      kind: StructureKind.ExportAssignment,
      isExportEquals: false,
      expression: main.name,
    });
  }
  for (const printed of parts.helpers) {
    statements.push({ ...printFunction(printed, false), leadingTrivia: '\n' });
  }
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  return project.createSourceFile('module.ts', { statements }).getFullText();
}

/** TypeScript as the project's modules are formatted. */
export async function format(text: string): Promise<string> {
  const [prettier, typescript, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/estree'),
  ]);
  return prettier.format(text, {
    parser: 'typescript',
    plugins: [typescript, estree],
    printWidth: 100,
    singleQuote: true,
  });
}
