/**
 * TypeScript text to JavaScript text, so that an emitted module can be run. Part of verify's text
 * reader: the compiler is loaded only when the first text arrives (importing it takes 0.2 s).
 */

/**
 * The text without its types, as an ES2023 module. Only syntax is looked at, never types.
 *
 * @throws SyntaxError with the compiler's message and line when the text does not parse.
 */
export async function stripTypes(text: string): Promise<string> {
  const { ts } = await import('ts-morph');
  const { outputText, diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ES2022,
      verbatimModuleSyntax: true,
    },
  });
  const problem = diagnostics?.find(({ category }) => category === ts.DiagnosticCategory.Error);
  if (problem === undefined) return outputText;
  const line = text.slice(0, problem.start ?? 0).split('\n').length;
  throw new SyntaxError(
    `line ${line}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`,
  );
}
