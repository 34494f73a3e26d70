/**
 * From the TypeScript compiler's nodes to the checker's syntax, node by node. Types are dropped; a node
 * that is not listed becomes `unsupported`.
 */
import type { ts } from 'ts-morph';
import type {
  FunctionSyntax,
  ImportSyntax,
  ModuleSyntax,
  Parameter,
  Pattern,
  StatementSyntax,
  Syntax,
  Unsupported,
} from './syntax.js';

export type Compiler = typeof ts;

/** Binary operators that are read as arithmetic or comparison. */
const BINARY = new Set(['+', '-', '*', '/', '%', '**', '===', '!==', '<', '<=', '>', '>=', '&', '|', '^', '<<', '>>', '>>>']); // prettier-ignore
const LOGICAL = new Set(['&&', '||', '??']);
const ASSIGNING = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&&=', '||=']);

/** Reads one parsed file. */
export class Reader {
  private readonly exports = new Map<string, string>();
  private readonly imports: ImportSyntax[] = [];

  /** Places of the arrays that were put back. */
  readonly found = new Set<number>();

  constructor(
    private readonly compiler: Compiler,
    private readonly file: ts.SourceFile,
    /** What stands for the empty arrays at these places. */
    private readonly tables: ReadonlyMap<number, Syntax> = new Map(),
  ) {}

  readModule(): Omit<ModuleSyntax, 'known'> {
    const body = this.file.statements.flatMap((node) => this.topLevel(node));
    return { imports: this.imports, body, exports: this.exports, text: this.file.text };
  }

  private topLevel(node: ts.Statement): StatementSyntax[] {
    const c = this.compiler;
    if (c.isImportDeclaration(node)) return this.readImport(node);
    if (c.isExportAssignment(node) && node.isExportEquals !== true) {
      if (!c.isIdentifier(node.expression)) return [this.unsupported(node)];
      const isFresh = this.addExport('default', node.expression.text);
      return isFresh ? [] : [this.unsupported(node, 'two default exports')];
    }
    if (c.isExportDeclaration(node)) {
      const clause = node.exportClause;
      if (node.moduleSpecifier !== undefined || clause === undefined || !c.isNamedExports(clause)) {
        return [this.unsupported(node)];
      }
      const values = node.isTypeOnly ? [] : clause.elements.filter((one) => !one.isTypeOnly);
      const fresh = values.every((one) => this.addExport(one.name.text, (one.propertyName ?? one.name).text)); // prettier-ignore
      return fresh ? [] : [this.unsupported(node, 'two exports of one name')];
    }
    const statements = this.statement(node);
    const modifiers = c.canHaveModifiers(node) ? (c.getModifiers(node) ?? []) : [];
    // What is only declared is not there when the module runs.
    if (modifiers.some((one) => one.kind === c.SyntaxKind.DeclareKeyword)) return [];
    const exported = modifiers.some((one) => one.kind === c.SyntaxKind.ExportKeyword);
    const standard = modifiers.some((one) => one.kind === c.SyntaxKind.DefaultKeyword);
    if (exported) {
      for (const one of statements) {
        const name = one.kind === 'define' ? one.definition.name : one.kind === 'declare' && one.pattern.kind === 'name' ? one.pattern.name : ''; // prettier-ignore
        if (name !== '' && !this.addExport(standard ? 'default' : name, name)) return [this.unsupported(node, 'two exports of one name')]; // prettier-ignore
      }
    }
    return statements;
  }

  /** False where the name is exported already, which is no module. */
  private addExport(name: string, local: string): boolean {
    if (this.exports.has(name)) return false;
    this.exports.set(name, local);
    return true;
  }

  private readImport(node: ts.ImportDeclaration): StatementSyntax[] {
    const c = this.compiler;
    const clause = node.importClause;
    if (clause !== undefined && clause.getText(this.file).startsWith('type ')) return [];
    const bindings = clause?.namedBindings;
    if (clause?.name !== undefined || bindings === undefined || !c.isNamedImports(bindings) || !c.isStringLiteral(node.moduleSpecifier)) {
      return [this.unsupported(node)];
    } // prettier-ignore
    this.imports.push({
      at: this.at(node),
      from: node.moduleSpecifier.text,
      names: bindings.elements.map((one) => ({
        imported: (one.propertyName ?? one.name).text,
        local: one.name.text,
      })),
    });
    return [];
  }

  private statement(node: ts.Statement): StatementSyntax[] {
    const c = this.compiler;
    const at = this.at(node);
    if (c.isInterfaceDeclaration(node) || c.isTypeAliasDeclaration(node) || c.isEmptyStatement(node)) return []; // prettier-ignore
    if (c.isVariableStatement(node)) return this.declarations(node.declarationList);
    if (c.isFunctionDeclaration(node)) {
      const definition = this.functionLike(node, node.name?.text ?? 'default');
      if (definition.kind === 'unsupported') return [definition];
      return [{ kind: 'define', at, definition }];
    }
    if (c.isExpressionStatement(node)) {
      return [{ kind: 'expression', at, value: this.expression(node.expression) }];
    }
    if (c.isBlock(node)) return [{ kind: 'block', at, body: this.statements(node.statements) }];
    if (c.isIfStatement(node)) {
      const otherwise =
        node.elseStatement === undefined ? undefined : this.single(node.elseStatement);
      return [{ kind: 'if', at, condition: this.expression(node.expression), then: this.single(node.thenStatement), otherwise }]; // prettier-ignore
    }
    if (c.isForStatement(node)) return [this.forStatement(node)];
    if (c.isWhileStatement(node)) {
      return [{ kind: 'for', at, start: [], condition: this.expression(node.expression), step: undefined, body: this.single(node.statement) }]; // prettier-ignore
    }
    if (c.isForOfStatement(node) && node.awaitModifier === undefined) return [this.forOf(node)];
    if (c.isReturnStatement(node)) {
      return [{ kind: 'return', at, value: node.expression === undefined ? undefined : this.expression(node.expression) }]; // prettier-ignore
    }
    if (c.isThrowStatement(node)) {
      return [{ kind: 'throw', at, value: this.expression(node.expression) }];
    }
    if (c.isContinueStatement(node) && node.label === undefined) return [{ kind: 'continue', at }];
    if (c.isBreakStatement(node) && node.label === undefined) return [{ kind: 'break', at }];
    return [this.unsupported(node)];
  }

  private statements(nodes: readonly ts.Statement[]): StatementSyntax[] {
    return nodes.flatMap((node) => this.statement(node));
  }

  private single(node: ts.Statement): StatementSyntax {
    const statements = this.statement(node);
    return statements.length === 1 ? statements[0] : { kind: 'block', at: this.at(node), body: statements }; // prettier-ignore
  }

  private declarations(list: ts.VariableDeclarationList): StatementSyntax[] {
    const c = this.compiler;
    const constant = (list.flags & c.NodeFlags.Const) !== 0;
    if (!constant && (list.flags & c.NodeFlags.Let) === 0) return [this.unsupported(list)];
    if ((list.flags & c.NodeFlags.Using) !== 0) return [this.unsupported(list)];
    return list.declarations.map((one): StatementSyntax => {
      const pattern = this.pattern(one.name);
      if (pattern === undefined) return this.unsupported(one);
      const value =
        one.initializer === undefined ? undefined : this.named(one.initializer, pattern);
      return { kind: 'declare', at: this.at(one), constant, pattern, value };
    });
  }

  /** An initializer; a function takes its variable's name, for messages. */
  private named(node: ts.Expression, pattern: Pattern): Syntax {
    const value = this.expression(node);
    return value.kind === 'function' && pattern.kind === 'name'
      ? { ...value, name: pattern.name }
      : value;
  }

  private forStatement(node: ts.ForStatement): StatementSyntax {
    const c = this.compiler;
    const { initializer, condition, incrementor } = node;
    let start: StatementSyntax[] = [];
    if (initializer !== undefined) {
      start = c.isVariableDeclarationList(initializer)
        ? this.declarations(initializer)
        : [{ kind: 'expression', at: this.at(initializer), value: this.expression(initializer) }];
    }
    return {
      kind: 'for',
      at: this.at(node),
      start,
      condition: condition === undefined ? undefined : this.expression(condition),
      step: incrementor === undefined ? undefined : this.expression(incrementor),
      body: this.single(node.statement),
    };
  }

  private forOf(node: ts.ForOfStatement): StatementSyntax {
    const c = this.compiler;
    const list = node.initializer;
    if (!c.isVariableDeclarationList(list) || (list.flags & c.NodeFlags.BlockScoped) === 0) {
      return this.unsupported(node);
    }
    const pattern = this.pattern(list.declarations[0].name);
    if (pattern === undefined) return this.unsupported(node);
    return {
      kind: 'for-of',
      at: this.at(node),
      constant: (list.flags & c.NodeFlags.Const) !== 0,
      pattern,
      values: this.expression(node.expression),
      body: this.single(node.statement),
    };
  }

  private pattern(node: ts.BindingName): Pattern | undefined {
    const c = this.compiler;
    if (c.isIdentifier(node)) return { kind: 'name', at: this.at(node), name: node.text };
    if (!c.isArrayBindingPattern(node)) return undefined;
    const elements: (Pattern | undefined)[] = [];
    for (const one of node.elements) {
      if (c.isOmittedExpression(one)) elements.push(undefined);
      else {
        const inner = this.pattern(one.name);
        if (inner === undefined || one.dotDotDotToken !== undefined) return undefined;
        if (one.initializer !== undefined) return undefined;
        elements.push(inner);
      }
    }
    return { kind: 'array', at: this.at(node), elements };
  }

  private functionLike(
    node: ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction,
    name: string,
  ): FunctionSyntax | Unsupported {
    const c = this.compiler;
    if (node.body === undefined || node.asteriskToken !== undefined) return this.unsupported(node);
    const modifiers = c.getModifiers(node) ?? [];
    if (modifiers.some((one) => one.kind === c.SyntaxKind.AsyncKeyword)) return this.unsupported(node); // prettier-ignore
    const parameters: Parameter[] = [];
    for (const one of node.parameters) {
      // `this` in front is a type for the caller, and no parameter.
      if (c.isIdentifier(one.name) && one.name.text === 'this') continue;
      const pattern = this.pattern(one.name);
      if (pattern === undefined || one.dotDotDotToken !== undefined) return this.unsupported(one);
      const initial = one.initializer === undefined ? undefined : this.expression(one.initializer);
      parameters.push({ pattern, initial });
    }
    const at = this.at(node);
    const body: StatementSyntax[] = c.isBlock(node.body)
      ? this.statements(node.body.statements)
      : [{ kind: 'return', at: this.at(node.body), value: this.expression(node.body) }];
    return { kind: 'function', at, name, parameters, body };
  }

  private expression(node: ts.Expression): Syntax {
    const c = this.compiler;
    const at = this.at(node);
    if (c.isNumericLiteral(node)) return { kind: 'constant', at, value: Number(node.text) };
    if (c.isStringLiteral(node) || c.isNoSubstitutionTemplateLiteral(node)) {
      return { kind: 'constant', at, value: node.text };
    }
    switch (node.kind) {
      case c.SyntaxKind.TrueKeyword:
        return { kind: 'constant', at, value: true };
      case c.SyntaxKind.FalseKeyword:
        return { kind: 'constant', at, value: false };
      case c.SyntaxKind.NullKeyword:
        return { kind: 'constant', at, value: null };
    }
    if (c.isIdentifier(node)) return { kind: 'name', at, name: node.text };
    if (c.isParenthesizedExpression(node) || c.isAsExpression(node) || c.isSatisfiesExpression(node) || c.isNonNullExpression(node)) {
      return this.expression(node.expression);
    } // prettier-ignore
    if (c.isBinaryExpression(node)) return this.binary(node);
    if (c.isPrefixUnaryExpression(node) || c.isPostfixUnaryExpression(node))
      return this.unary(node);
    if (c.isTypeOfExpression(node)) {
      return { kind: 'unary', at, operator: 'typeof', operand: this.expression(node.expression) };
    }
    if (c.isConditionalExpression(node)) {
      return { kind: 'conditional', at, condition: this.expression(node.condition), then: this.expression(node.whenTrue), otherwise: this.expression(node.whenFalse) }; // prettier-ignore
    }
    if (c.isPropertyAccessExpression(node) && node.questionDotToken === undefined && c.isIdentifier(node.name)) {
      return { kind: 'member', at, object: this.expression(node.expression), name: node.name.text };
    } // prettier-ignore
    if (c.isElementAccessExpression(node) && node.questionDotToken === undefined) {
      return { kind: 'element', at, object: this.expression(node.expression), index: this.expression(node.argumentExpression) }; // prettier-ignore
    }
    if (c.isCallExpression(node) && node.questionDotToken === undefined) {
      return { kind: 'call', at, callee: this.expression(node.expression), arguments: node.arguments.map((one) => this.expression(one)) }; // prettier-ignore
    }
    if (c.isNewExpression(node)) {
      return { kind: 'new', at, callee: this.expression(node.expression), arguments: (node.arguments ?? []).map((one) => this.expression(one)) }; // prettier-ignore
    }
    if (c.isArrowFunction(node) || c.isFunctionExpression(node)) {
      return this.functionLike(node, 'function');
    }
    return this.literal(node, at);
  }

  private literal(node: ts.Expression, at: number): Syntax {
    const c = this.compiler;
    if (c.isArrayLiteralExpression(node)) {
      const table = node.elements.length === 0 ? this.tables.get(at) : undefined;
      if (table !== undefined) {
        this.found.add(at);
        return table;
      }
      if (node.elements.some((one) => c.isOmittedExpression(one))) return this.unsupported(node);
      return { kind: 'array', at, elements: node.elements.map((one) => this.expression(one)) };
    }
    if (c.isSpreadElement(node)) {
      return { kind: 'spread', at, value: this.expression(node.expression) };
    }
    if (c.isTemplateExpression(node)) {
      return { kind: 'template', at, texts: [node.head.text, ...node.templateSpans.map((one) => one.literal.text)], parts: node.templateSpans.map((one) => this.expression(one.expression)) }; // prettier-ignore
    }
    if (c.isObjectLiteralExpression(node)) {
      const entries: { key: string; value: Syntax }[] = [];
      for (const one of node.properties) {
        if (c.isShorthandPropertyAssignment(one)) {
          entries.push({ key: one.name.text, value: { kind: 'name', at: this.at(one), name: one.name.text } }); // prettier-ignore
        } else {
          const key = c.isPropertyAssignment(one) ? this.keyOf(one.name) : undefined;
          if (key === undefined || !c.isPropertyAssignment(one)) return this.unsupported(one);
          entries.push({ key, value: this.expression(one.initializer) });
        }
      }
      return { kind: 'object', at, entries };
    }
    return this.unsupported(node);
  }

  /** The key of a property; without brackets, `__proto__` would be the object's prototype. */
  private keyOf(name: ts.PropertyName): string | undefined {
    const c = this.compiler;
    if (c.isComputedPropertyName(name)) {
      return c.isStringLiteral(name.expression) ? name.expression.text : undefined;
    }
    const isPlain = c.isIdentifier(name) || c.isStringLiteral(name);
    return isPlain && name.text !== '__proto__' ? name.text : undefined;
  }

  private binary(node: ts.BinaryExpression): Syntax {
    const operator = this.compiler.tokenToString(node.operatorToken.kind) ?? '';
    const at = this.at(node);
    const left = this.expression(node.left);
    const right = this.expression(node.right);
    if (BINARY.has(operator)) return { kind: 'binary', at, operator, left, right };
    if (LOGICAL.has(operator)) return { kind: 'logical', at, operator, left, right };
    if (ASSIGNING.has(operator)) {
      return { kind: 'assign', at, operator: operator.slice(0, -1), target: left, value: right };
    }
    return this.unsupported(node, `the operator ${operator}`);
  }

  private unary(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): Syntax {
    const operator = this.compiler.tokenToString(node.operator) ?? '';
    const at = this.at(node);
    const operand = this.expression(node.operand);
    if (operator === '++' || operator === '--') {
      const prefix = this.compiler.isPrefixUnaryExpression(node);
      return { kind: 'update', at, target: operand, step: operator === '++' ? 1 : -1, prefix };
    }
    if (operator === '-' || operator === '+' || operator === '!') {
      return { kind: 'unary', at, operator, operand };
    }
    return this.unsupported(node, `the operator ${operator}`);
  }

  private unsupported(node: ts.Node, what?: string): Unsupported {
    const kind = this.compiler.SyntaxKind[node.kind];
    const words = kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
    return { kind: 'unsupported', at: this.at(node), what: what ?? words };
  }

  private at(node: ts.Node): number {
    return node.getStart(this.file);
  }
}
