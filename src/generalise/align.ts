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
import { declared, describe, expressionLabel, label, nameIn } from './labels.js';
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
        if (statement.growing === true) return statement;
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
      case 'append':
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

/** Where two programs part: both texts. */
interface Difference {
  readonly left: string;
  readonly right: string;
}

/**
 * One further program over the leading one. Statements of a block may come in another order, since
 * inference sorts by extents; that reordering keeps the value is for the verdict at that size to say.
 */
class Overlay {
  /** The other program's symbol for each of the leading one's. */
  private partner = new Map<ProgramSymbol, ProgramSymbol>();
  /** The nodes that have got this program's value, in order. */
  private readonly met: Expression[] = [];

  constructor(
    private readonly leading: Program,
    private readonly other: Program,
    private readonly values: ReadonlyMap<Expression, number[]>,
  ) {}

  run(): void {
    this.leading.parameters.forEach((parameter, index) => {
      this.partner.set(parameter, this.other.parameters[index]);
    });
    const difference = this.tables() ?? this.block(this.leading.body, this.other.body);
    if (difference === undefined) return;
    const [leftSize, rightSize] = [this.leading, this.other].map((program) =>
      shapesText(program.interface.inputs.map(({ shape }) => shape)),
    );
    throw diagnose('GENERIC_STRUCTURE', {}, { ...difference, leftSize, rightSize });
  }

  private tables(): Difference | undefined {
    const { tables } = this.leading;
    if (tables.length !== this.other.tables.length) {
      const counts = [this.leading, this.other].map((program) => `${program.tables.length} tables`);
      return { left: counts[0], right: counts[1] };
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
    return undefined;
  }

  private block(left: readonly Statement[], right: readonly Statement[]): Difference | undefined {
    const rest = [...right];
    for (const statement of left) {
      // The same name first: two arrays that are filled alike are told apart by nothing else.
      const namesakes = rest.filter((candidate) => nameIn(candidate) === nameIn(statement));
      const candidates = new Set([...namesakes, ...rest]);
      let first: Difference | undefined;
      let found: Statement | undefined;
      for (const candidate of candidates) {
        const difference = this.attempt(statement, candidate);
        if (difference === undefined) found = candidate;
        else first ??= difference;
        if (found !== undefined) break;
      }
      if (found === undefined) return first ?? { left: describe(statement), right: 'nothing' };
      rest.splice(rest.indexOf(found), 1);
    }
    return rest.length === 0 ? undefined : { left: 'nothing', right: describe(rest[0]) };
  }

  /** Lays one statement over another; leaves no trace where they differ. */
  private attempt(left: Statement, right: Statement): Difference | undefined {
    const partner = new Map(this.partner);
    const met = this.met.length;
    const difference = this.statement(left, right);
    if (difference === undefined) return undefined;
    this.partner = partner;
    for (const node of this.met.splice(met)) this.values.get(node)?.pop();
    return difference;
  }

  private statement(left: Statement, right: Statement): Difference | undefined {
    const difference = { left: describe(left), right: describe(right) };
    if (label(left) !== label(right)) return difference;
    const [one, two] = [declared(left), declared(right)];
    if (one !== undefined && two !== undefined) {
      if (one.type.extents.length !== two.type.extents.length) return difference;
      this.partner.set(one, two);
    }
    if (left.kind === 'assign' && right.kind === 'assign') {
      if (this.partner.get(left.symbol) !== right.symbol) return difference;
    }
    const second = expressionsOf(right);
    for (const [index, expression] of expressionsOf(left).entries()) {
      const inner = this.expression(expression, second[index]);
      if (inner !== undefined) return inner;
    }
    const others = blocksOf(right);
    for (const [index, block] of blocksOf(left).entries()) {
      const inner = this.block(block, others[index]);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }

  private expression(left: Expression, right: Expression): Difference | undefined {
    const difference = { left: dumpExpression(left), right: dumpExpression(right) };
    if (expressionLabel(left) !== expressionLabel(right)) return difference;
    if (left.kind === 'number' && right.kind === 'number') {
      this.values.get(left)?.push(right.value);
      this.met.push(left);
      return undefined;
    }
    if (left.kind === 'symbol' && right.kind === 'symbol') {
      if (this.partner.get(left.symbol) !== right.symbol) return difference;
    }
    if (left.kind === 'element' && right.kind === 'element') {
      if (this.partner.get(left.array) !== right.array) return difference;
    }
    const others = operandsOf(right);
    for (const [index, operand] of operandsOf(left).entries()) {
      const inner = this.expression(operand, others[index]);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
}
