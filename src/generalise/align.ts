/**
 * Anti-unification: the programs of several sizes of one problem, laid over each other. They must have
 * the same statements and expressions up to numbers; what comes out is the leading program, every
 * number in it a node of its own, and for each of these nodes its value in every program.
 *
 *   12 × 12: for row = 0 .. 12      20 × 20: for row = 0 .. 20      ⟶      0 ↦ [0, 0], 12 ↦ [12, 20]
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { sizeOf } from '../ir/model-interface.js';
import { num } from '../ir/program-builders.js';
import { dumpExpression } from '../ir/program-dump.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../ir/program.js';
import { shapesText } from '../ir/words.js';
import { blocksOf, expressionsOf, mapBlock, mapOperands, operandsOf } from './walk.js';

/** The numbers of the programs: one node of the leading program, one value for each program. */
export type Values = ReadonlyMap<Expression, readonly number[]>;

export interface Alignment {
  /** The leading program; no number node stands in two places, allocations have their extents. */
  readonly program: Program;
  /** Every number node of its body, in program order. */
  readonly values: Values;
}

/**
 * Lays the programs over the first one.
 *
 * @throws Diagnostic `GENERIC_STRUCTURE` where two programs differ in more than numbers,
 *   `GENERIC_TABLE` where a table differs.
 */
export function alignPrograms(programs: readonly Program[]): Alignment {
  const [leading, ...others] = programs.map(separate);
  const values = new Map<Expression, number[]>();
  collectNumbers(leading.body, values);
  for (const other of others) new Overlay(leading, other, values).run();
  return { program: leading, values };
}

/** A copy in which every number is a node of its own, and extents of allocations are expressions. */
function separate(program: Program): Program {
  const fresh = (expression: Expression): Expression =>
    expression.kind === 'number' ? { ...expression } : mapOperands(expression, fresh);
  return { ...program, body: mapBlock(spellExtents(program.body), fresh) };
}

function spellExtents(block: readonly Statement[]): readonly Statement[] {
  return block.map((statement): Statement => {
    switch (statement.kind) {
      case 'allocate':
        return { ...statement, extents: statement.symbol.type.extents.map(num) };
      case 'for':
      case 'for-of':
        return { ...statement, body: spellExtents(statement.body) };
      case 'if':
        return {
          ...statement,
          then: spellExtents(statement.then),
          otherwise: spellExtents(statement.otherwise),
        };
      case 'const':
      case 'let':
      case 'assign':
      case 'return':
        return statement;
    }
  });
}

function collectNumbers(block: readonly Statement[], values: Map<Expression, number[]>): void {
  const visit = (expression: Expression): void => {
    if (expression.kind === 'number') values.set(expression, [expression.value]);
    operandsOf(expression).forEach(visit);
  };
  for (const statement of block) {
    expressionsOf(statement).forEach(visit);
    for (const inner of blocksOf(statement)) collectNumbers(inner, values);
  }
}

/** One further program over the leading one. */
class Overlay {
  /** The other program's symbol for each of the leading one's. */
  private readonly partner = new Map<ProgramSymbol, ProgramSymbol>();

  constructor(
    private readonly leading: Program,
    private readonly other: Program,
    private readonly values: ReadonlyMap<Expression, number[]>,
  ) {}

  run(): void {
    this.leading.parameters.forEach((parameter, index) => {
      this.partner.set(parameter, this.other.parameters[index]);
    });
    this.tables();
    this.block(this.leading.body, this.other.body);
  }

  private tables(): void {
    const { tables } = this.leading;
    if (tables.length !== this.other.tables.length) {
      const counts = [this.leading, this.other].map((program) => `${program.tables.length} tables`);
      throw this.differ(counts[0], counts[1]);
    }
    tables.forEach((table, index) => {
      const own = this.other.tables[index];
      const same =
        table.values.length === own.values.length &&
        table.values.every((value, k) => value === own.values[k]);
      if (!same) {
        const { extents } = table.symbol.type;
        throw diagnose('GENERIC_TABLE', {}, { table: table.symbol.hint, numbers: sizeOf(extents) });
      }
      this.partner.set(table.symbol, own.symbol);
    });
  }

  private block(left: readonly Statement[], right: readonly Statement[]): void {
    const shared = Math.min(left.length, right.length);
    for (let index = 0; index < shared; index++) this.statement(left[index], right[index]);
    if (left.length === right.length) return;
    const [one, two] = [left, right].map((block) =>
      block.length > shared ? describe(block[shared]) : 'nothing',
    );
    throw this.differ(one, two);
  }

  private statement(left: Statement, right: Statement): void {
    if (label(left) !== label(right)) throw this.differ(describe(left), describe(right));
    const [one, two] = [declared(left), declared(right)];
    if (one !== undefined && two !== undefined) {
      if (one.type.extents.length !== two.type.extents.length) {
        throw this.differ(describe(left), describe(right));
      }
      this.partner.set(one, two);
    }
    if (left.kind === 'assign' && right.kind === 'assign') {
      this.symbol(left.symbol, right.symbol, describe(left), describe(right));
    }
    const [first, second] = [expressionsOf(left), expressionsOf(right)];
    if (first.length !== second.length) throw this.differ(describe(left), describe(right));
    first.forEach((expression, index) => {
      this.expression(expression, second[index]);
    });
    const others = blocksOf(right);
    blocksOf(left).forEach((block, index) => {
      this.block(block, others[index]);
    });
  }

  private expression(left: Expression, right: Expression): void {
    const texts = (): [string, string] => [dumpExpression(left), dumpExpression(right)];
    if (expressionLabel(left) !== expressionLabel(right)) throw this.differ(...texts());
    if (left.kind === 'number' && right.kind === 'number') {
      this.values.get(left)?.push(right.value);
      return;
    }
    if (left.kind === 'symbol' && right.kind === 'symbol') {
      this.symbol(left.symbol, right.symbol, ...texts());
    }
    if (left.kind === 'element' && right.kind === 'element') {
      this.symbol(left.array, right.array, ...texts());
    }
    const others = operandsOf(right);
    operandsOf(left).forEach((operand, index) => {
      this.expression(operand, others[index]);
    });
  }

  private symbol(left: ProgramSymbol, right: ProgramSymbol, one: string, two: string): void {
    if (this.partner.get(left) !== right) throw this.differ(one, two);
  }

  private differ(left: string, right: string): Error {
    const leftSize = shapesText(this.leading.interface.inputs.map(({ shape }) => shape));
    const rightSize = shapesText(this.other.interface.inputs.map(({ shape }) => shape));
    return diagnose('GENERIC_STRUCTURE', {}, { left, leftSize, right, rightSize });
  }
}

/** What two statements must share besides their expressions and blocks. */
function label(statement: Statement): string {
  switch (statement.kind) {
    case 'const':
    case 'let':
      return `${statement.kind} ${statement.symbol.type.scalar}`;
    case 'allocate':
      return `allocate ${statement.symbol.type.scalar} ${String(statement.fill)}`;
    case 'for':
      return `for by ${statement.step}`;
    case 'for-of':
      return `for of ${statement.values.join()}`;
    case 'assign':
      return `assign ${statement.operator} ${statement.indices.length}`;
    case 'if':
      return `if ${statement.otherwise.length}`;
    case 'return':
      return 'return';
  }
}

function declared(statement: Statement): ProgramSymbol | undefined {
  switch (statement.kind) {
    case 'const':
    case 'let':
    case 'allocate':
      return statement.symbol;
    case 'for':
    case 'for-of':
      return statement.iterator;
    case 'assign':
    case 'if':
    case 'return':
      return undefined;
  }
}

/** What two expressions must share besides their operands. */
function expressionLabel(expression: Expression): string {
  const count = operandsOf(expression).length;
  switch (expression.kind) {
    case 'boolean':
      return `boolean ${String(expression.value)}`;
    case 'unary':
    case 'binary':
      return `${expression.kind} ${expression.operator}`;
    case 'math':
      return `math ${expression.function} ${count}`;
    case 'helper':
      return `helper ${expression.helper}`;
    case 'number':
    case 'symbol':
    case 'element':
    case 'conditional':
    case 'array':
    case 'reduction':
      return `${expression.kind} ${count}`;
  }
}

/** A statement's first line, for diagnostics. */
function describe(statement: Statement): string {
  const texts = expressionsOf(statement).map(dumpExpression);
  switch (statement.kind) {
    case 'const':
    case 'let':
      return `${statement.kind} ${statement.symbol.hint} = ${texts[0]}`;
    case 'allocate':
      return `array ${statement.symbol.hint} of ${texts.join(' × ')}`;
    case 'for': {
      const step = statement.step === 1 ? '' : ` by ${statement.step}`;
      return `loop ${statement.iterator.hint} = ${texts[0]} .. ${texts[1]}${step}`;
    }
    case 'for-of':
      return `loop ${statement.iterator.hint} of ${statement.values.join(', ')}`;
    case 'assign':
      return `${statement.symbol.hint} ${statement.operator} ${texts[texts.length - 1]}`;
    case 'if':
      return `if ${texts[0]}`;
    case 'return':
      return `return ${texts[0]}`;
  }
}
