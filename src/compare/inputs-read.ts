/**
 * Which cells of its inputs a program reads, found by running its loops on their iterators alone: an index
 * that depends on anything else may be any. Cells that the network gives no weight are read by nobody,
 * though a table of weights has a column for them.
 */
import { operandsOf } from '../ir/program-walk.js';
import { sizeOf } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../ir/program.js';

/** Expressions visited before everything counts as read: some tenths of a second. */
const MOST_VISITS = 4_000_000;

/** One flag for each cell of each input: whether the program reads it, and the network weighs it. */
export function cellsRead(program: Program, network: StagedNetwork): readonly Uint8Array[] {
  const weighed = cellsWeighed(network);
  const read = new Reading(program).run();
  return read.map((flags, input) => flags.map((flag, cell) => flag & weighed[input][cell]));
}

/** The cells that a layer has a weight for, or that a stage or a scan may read. */
function cellsWeighed({ inputs, layers }: StagedNetwork): readonly Uint8Array[] {
  const flags = inputs.map(({ shape }) => new Uint8Array(sizeOf(shape)));
  const sizeOfRef = (ref: { kind: 'input' | 'layer'; index: number }): number =>
    ref.kind === 'input' ? flags[ref.index].length : layers[ref.index].size;
  for (const node of layers) {
    let offset = 0;
    for (const ref of node.sources) {
      const size = sizeOfRef(ref);
      if (ref.kind === 'input') {
        const own = flags[ref.index];
        if (node.kind === undefined) {
          for (const column of node.weights.columns) {
            if (column >= offset && column < offset + size) own[column - offset] = 1;
          }
        } else own.fill(1);
      }
      offset += size;
    }
  }
  return flags;
}

class Reading {
  private readonly flags: readonly Uint8Array[];
  /** Numbers that are known: iterators, and constants that follow from them. */
  private readonly values = new Map<ProgramSymbol, number>();
  /** Parts of inputs that have a name: the input, and the indices before. */
  private readonly parts = new Map<ProgramSymbol, { input: number; indices: (number | undefined)[] }>(); // prettier-ignore
  private visits = 0;

  constructor(private readonly program: Program) {
    this.flags = program.interface.inputs.map(({ shape }) => new Uint8Array(sizeOf(shape)));
    program.parameters.forEach((symbol, input) => this.parts.set(symbol, { input, indices: [] }));
  }

  run(): readonly Uint8Array[] {
    this.block(this.program.body);
    if (this.visits > MOST_VISITS) for (const flags of this.flags) flags.fill(1);
    return this.flags;
  }

  private block(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (this.visits > MOST_VISITS) return;
      this.statement(statement);
    }
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'const':
        this.constant(statement.symbol, statement.value);
        return;
      case 'let':
      case 'append':
      case 'return':
        this.visit(statement.value);
        return;
      case 'allocate':
        return;
      case 'assign':
        statement.indices.forEach((index) => this.visit(index));
        this.visit(statement.value);
        return;
      case 'if':
        this.visit(statement.condition);
        this.block(statement.then);
        this.block(statement.otherwise);
        return;
      case 'for-of':
        for (const value of statement.values) this.step(statement.iterator, value, statement.body);
        return;
      case 'for': {
        this.visit(statement.from);
        this.visit(statement.to);
        const [from, to] = [this.value(statement.from), this.value(statement.to)];
        if (from === undefined || to === undefined) {
          this.step(statement.iterator, undefined, statement.body);
          return;
        }
        for (let value = from; value < to && this.visits <= MOST_VISITS; value += statement.step) {
          this.step(statement.iterator, value, statement.body);
        }
      }
    }
  }

  private step(
    iterator: ProgramSymbol,
    value: number | undefined,
    body: readonly Statement[],
  ): void {
    if (value === undefined) this.values.delete(iterator);
    else this.values.set(iterator, value);
    this.block(body);
    this.values.delete(iterator);
  }

  private constant(symbol: ProgramSymbol, value: Expression): void {
    const part = this.partOf(value);
    if (part !== undefined && symbol.type.extents.length > 0) {
      this.parts.set(symbol, part);
      return;
    }
    this.visit(value);
    const known = this.value(value);
    if (known === undefined) this.values.delete(symbol);
    else this.values.set(symbol, known);
  }

  private visit(expression: Expression): void {
    this.visits++;
    if (expression.kind === 'symbol' || expression.kind === 'element') {
      const part = this.partOf(expression);
      if (part !== undefined) this.mark(part.input, part.indices);
    }
    for (const operand of operandsOf(expression)) this.visit(operand);
  }

  private partOf(
    expression: Expression,
  ): { input: number; indices: (number | undefined)[] } | undefined {
    if (expression.kind === 'symbol') return this.parts.get(expression.symbol);
    if (expression.kind !== 'element') return undefined;
    const whole = this.parts.get(expression.array);
    if (whole === undefined) return undefined;
    const indices = expression.indices.map((index) => this.value(index));
    return { input: whole.input, indices: [...whole.indices, ...indices] };
  }

  private mark(input: number, indices: readonly (number | undefined)[]): void {
    const { shape } = this.program.interface.inputs[input];
    let places = [0];
    shape.forEach((extent, axis) => {
      const index = axis < indices.length ? indices[axis] : undefined;
      const along = index === undefined ? Array.from({ length: extent }, (_, k) => k) : [index];
      places = places.flatMap((place) => along.map((k) => place * extent + k));
      this.visits += places.length;
    });
    for (const place of places) this.flags[input][place] = 1;
  }

  /** The value of an expression of iterators; `undefined` where it depends on an input. */
  private value(expression: Expression): number | undefined {
    switch (expression.kind) {
      case 'number':
        return expression.value;
      case 'symbol':
        return this.values.get(expression.symbol);
      case 'unary': {
        const operand = this.value(expression.operand);
        return operand === undefined || expression.operator === '!' ? undefined : -operand;
      }
      case 'binary': {
        const [left, right] = [this.value(expression.left), this.value(expression.right)];
        if (left === undefined || right === undefined) return undefined;
        return calculate(expression.operator, left, right);
      }
      case 'math': {
        const parts = expression.arguments.map((part) => this.value(part));
        if (parts.some((part) => part === undefined)) return undefined;
        if (expression.function === 'min') return Math.min(...(parts as number[]));
        if (expression.function === 'max') return Math.max(...(parts as number[]));
        return expression.function === 'floor' ? Math.floor(parts[0] ?? 0) : undefined;
      }
      case 'boolean':
      case 'element':
      case 'conditional':
      case 'helper':
      case 'array':
      case 'reduction':
        return undefined;
    }
  }
}

function calculate(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return undefined;
  }
}
