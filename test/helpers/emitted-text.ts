/** What acceptance tests ask of an emitted module's text: its loops, its literals, its masked form. */
import { Project, ts } from 'ts-morph';

/** The text as a syntax tree. */
export function parseText(code: string): ts.SourceFile {
  return ts.createSourceFile('module.ts', code, ts.ScriptTarget.ES2022, true);
}

/** Every node below `node`, in the order of the text. */
export function descendants(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (child: ts.Node): void => {
    found.push(child);
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

/** Messages of the strict compiler about a text, with the libraries of ES2022. */
export function compilerMessages(code: string): string[] {
  const project = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
    },
  });
  const file = project.createSourceFile('module.ts', code);
  return file
    .getPreEmitDiagnostics()
    .map(({ compilerObject }) => ts.flattenDiagnosticMessageText(compilerObject.messageText, ' '));
}

/** The number of outermost loops of `scores` in which cells of its parameter are read. */
export function loopsThatReadInput(code: string): number {
  const scores = scoresOf(code);
  const parameter = scores.parameters[0].name.getText();
  const loops = new Set<ts.Node | undefined>();
  for (const node of descendants(scores)) {
    if (!ts.isElementAccessExpression(node) || node.expression.getText() !== parameter) continue;
    loops.add(loopsAround(node).at(-1));
  }
  return loops.size;
}

/** The number of outermost loops of `scores`. */
export function outerLoops(code: string): number {
  const loops = descendants(scoresOf(code)).filter(isLoop);
  return loops.filter((loop) => loopsAround(loop).length === 0).length;
}

/**
 * The numbers of `scores` with a fraction: real weights that stand in expressions instead of tables.
 * Halves are thresholds between integers, not weights.
 */
export function fractionsInScores(code: string): number[] {
  return descendants(scoresOf(code))
    .filter((node) => ts.isNumericLiteral(node))
    .map(({ text }) => Number(text))
    .filter((value) => !Number.isInteger(2 * value));
}

/** The text without source hash, and with every number masked: equal "up to sizes and constants". */
export function masked(code: string): string {
  return withoutSource(code).replace(/\b\d+(\.\d+)?(e-?\d+)?\b/g, '#');
}

/** The text without its source hash. */
export function withoutSource(code: string): string {
  return code.replace(/(source: )\S+/g, '$1…');
}

/** The declaration of `scores`. @throws Error where there is none. */
export function scoresOf(code: string): ts.FunctionDeclaration {
  const found = parseText(code).statements.find(
    (node) => ts.isFunctionDeclaration(node) && node.name?.text === 'scores',
  );
  if (found === undefined || !ts.isFunctionDeclaration(found)) throw new Error('no scores');
  return found;
}

function isLoop(node: ts.Node): boolean {
  return ts.isForStatement(node) || ts.isForOfStatement(node);
}

/** The loops around a node, the innermost first. */
function loopsAround(node: ts.Node): ts.Node[] {
  const loops: ts.Node[] = [];
  for (let outer = node.parent; !ts.isSourceFile(outer); outer = outer.parent) {
    if (isLoop(outer)) loops.push(outer);
  }
  return loops;
}
