/**
 * The Program level as text, for `--debug-dump program` and for tests: one statement a line, every
 * symbol under its hint; a second symbol with the same hint is `hint~2`, and so on in order of
 * appearance. Stable, and independent of the emitter's naming.
 */
import type { Expression, Program, ProgramSymbol, Statement } from './program.js';

/** The whole program as text, ended by a newline. */
export function dumpProgram(program: Program): string {
  const dump = new Dump();
  const parameters = program.parameters.map((parameter) => dump.declaration(parameter));
  dump.line(0, `program ${program.interface.name}(${parameters.join(', ')})`);
  for (const table of program.tables) {
    dump.line(1, `table ${dump.declaration(table.symbol)} of ${table.values.length} numbers`);
  }
  for (const { symbol, input, axis, least } of program.sizes?.symbols ?? []) {
    const array = program.parameters[input].hint;
    dump.line(1, `size ${dump.declaration(symbol)} of ${array}, axis ${axis}, at least ${least}`);
  }
  for (const requirement of program.sizes?.requirements ?? []) {
    dump.line(1, `require ${dump.expression(requirement)}`);
  }
  dump.block(program.body, 1);
  return dump.text();
}

/** One expression as text, without types; symbols under their hints. */
export function dumpExpression(expression: Expression): string {
  return new Dump().expression(expression);
}

class Dump {
  private readonly lines: string[] = [];
  private readonly names = new Map<ProgramSymbol, string>();
  private readonly uses = new Map<string, number>();

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  line(depth: number, text: string): void {
    this.lines.push('  '.repeat(depth) + text);
  }

  declaration(symbol: ProgramSymbol, symbolic?: readonly Expression[]): string {
    const { scalar } = symbol.type;
    const extents =
      symbolic?.map((extent) => this.expression(extent)) ?? symbol.type.extents.map(String);
    const shape = extents.length === 0 ? '' : `[${extents.join(' × ')}]`;
    return `${this.name(symbol)}: ${scalar}${shape}`;
  }

  block(statements: readonly Statement[], depth: number): void {
    for (const statement of statements) this.statement(statement, depth);
  }

  private statement(statement: Statement, depth: number): void {
    switch (statement.kind) {
      case 'const':
      case 'let': {
        const value = this.expression(statement.value);
        this.line(depth, `${statement.kind} ${this.declaration(statement.symbol)} = ${value}`);
        break;
      }
      case 'allocate':
        this.line(
          depth,
          `allocate ${this.declaration(statement.symbol, statement.extents)} = ` +
            (statement.growing === true ? 'growing' : String(statement.fill)),
        );
        break;
      case 'for':
        this.line(depth, `for ${this.head(statement)}`);
        this.block(statement.body, depth + 1);
        break;
      case 'for-of':
        this.line(
          depth,
          `for ${this.name(statement.iterator)} of [${statement.values.join(', ')}]`,
        );
        this.block(statement.body, depth + 1);
        break;
      case 'assign':
        this.line(
          depth,
          `${this.access(statement.symbol, statement.indices)} ${statement.operator} ` +
            this.expression(statement.value),
        );
        break;
      case 'append':
        this.line(
          depth,
          `${this.name(statement.symbol)} takes ${this.expression(statement.value)}`,
        );
        break;
      case 'if':
        this.line(depth, `if ${this.expression(statement.condition)}`);
        this.block(statement.then, depth + 1);
        if (statement.otherwise.length > 0) this.line(depth, 'else');
        this.block(statement.otherwise, depth + 1);
        break;
      case 'return':
        this.line(depth, `return ${this.expression(statement.value)}`);
        break;
    }
  }

  expression(expression: Expression): string {
    switch (expression.kind) {
      case 'number':
      case 'boolean':
        return String(expression.value);
      case 'symbol':
        return this.name(expression.symbol);
      case 'element':
        return this.access(expression.array, expression.indices);
      case 'unary':
        return `${expression.operator}${this.operand(expression.operand)}`;
      case 'binary':
        return [expression.left, expression.right]
          .map((operand) => this.operand(operand))
          .join(` ${expression.operator} `);
      case 'conditional':
        return [
          `${this.operand(expression.condition)} ?`,
          `${this.operand(expression.then)} :`,
          this.operand(expression.otherwise),
        ].join(' ');
      case 'math':
        return `${expression.function}(${this.list(expression.arguments)})`;
      case 'helper':
        return `${expression.helper}(${this.list(expression.arguments)})`;
      case 'array':
        return `[${this.list(expression.elements)}]`;
      case 'reduction':
        return `${expression.operation}{${this.head(expression)}: ${this.expression(expression.body)}}`;
    }
  }

  /** Every compound operand in parentheses: the dump shows the tree, not JavaScript's precedence. */
  private operand(expression: Expression): string {
    const compound = expression.kind === 'binary' || expression.kind === 'conditional';
    const text = this.expression(expression);
    return compound ? `(${text})` : text;
  }

  private list(expressions: readonly Expression[]): string {
    return expressions.map((expression) => this.expression(expression)).join(', ');
  }

  private access(symbol: ProgramSymbol, indices: readonly Expression[]): string {
    return this.name(symbol) + indices.map((index) => `[${this.expression(index)}]`).join('');
  }

  private head(head: {
    readonly iterator: ProgramSymbol;
    readonly from: Expression;
    readonly to: Expression;
    readonly step: number;
  }): string {
    const step = head.step === 1 ? '' : ` by ${head.step}`;
    return `${this.name(head.iterator)} = ${this.expression(head.from)} .. ${this.operand(head.to)}${step}`;
  }

  private name(symbol: ProgramSymbol): string {
    const known = this.names.get(symbol);
    if (known !== undefined) return known;
    const use = (this.uses.get(symbol.hint) ?? 0) + 1;
    this.uses.set(symbol.hint, use);
    const name = use === 1 ? symbol.hint : `${symbol.hint}~${use}`;
    this.names.set(symbol, name);
    return name;
  }
}
