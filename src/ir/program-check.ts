/**
 * Which Programs are legal: every symbol is declared once, before its use and in scope; every value
 * has the type that its place wants; no index can leave its array; the last statement returns the outputs
 * (or the decision), others do so in branches only. Checked after every pass of `infer`, and before emission with
 * `lowered: true`, when no reduction may be left.
 */
import { decisionsOf } from './decision.js';
import { sizeOf } from './model-interface.js';
import { ExpressionChecker } from './program-check-expression.js';
import type { Scope } from './program-check-expression.js';
import { NUMBER, sameType, typeOf } from './program-types.js';
import type { Expression, Program, Statement } from './program.js';

export interface ProgramCheckOptions {
  /** True once reductions must have been turned into loops. */
  readonly lowered: boolean;
}

/**
 * Every breach of the level's rules, as sentences in program order; empty for a legal program.
 */
export function checkProgram(program: Program, options: ProgramCheckOptions): readonly string[] {
  const checker = new ProgramChecker(options);
  checker.checkProgram(program);
  return checker.problems;
}

class ProgramChecker {
  readonly problems: string[] = [];
  private readonly expressions: ExpressionChecker;
  private program: Program | undefined;

  constructor(options: ProgramCheckOptions) {
    this.expressions = new ExpressionChecker((problem) => this.problems.push(problem), options);
  }

  checkProgram(program: Program): void {
    const scope: Scope = new Map();
    this.program = program;
    this.checkParameters(program, scope);
    for (const { symbol, values } of program.tables) {
      this.expressions.declare(scope, symbol, { kind: 'fixed' });
      if (sizeOf(symbol.type.extents) !== values.length) {
        this.report(`table '${symbol.hint}' has ${values.length} values for its extents`);
      }
      if (symbol.type.scalar !== 'number' || symbol.type.extents.length === 0) {
        this.report(`table '${symbol.hint}' is no array of numbers`);
      }
      if (!values.every(Number.isFinite)) this.report(`table '${symbol.hint}' is not finite`);
    }
    this.checkSizes(program, scope);
    const last = program.body.at(-1);
    const statements = last?.kind === 'return' ? program.body.slice(0, -1) : program.body;
    for (const statement of statements) this.checkStatement(statement, scope, false);
    if (last?.kind === 'return') this.checkResult(program, last.value, scope);
    else this.report('the last statement does not return the outputs');
  }

  private checkParameters(program: Program, scope: Scope): void {
    const { inputs } = program.interface;
    if (inputs.length !== program.parameters.length) {
      this.report(`${program.parameters.length} parameters for ${inputs.length} inputs`);
    }
    program.parameters.forEach((parameter, index) => {
      this.expressions.declare(scope, parameter, { kind: 'fixed' });
      const wanted = { scalar: 'number', extents: inputs[index]?.shape ?? [] } as const;
      if (!sameType(parameter.type, wanted)) {
        this.report(`parameter '${parameter.hint}' does not have the shape of its input`);
      }
    });
  }

  /** Sizes stand for the leading extents, so that indices are checked at these. */
  private checkSizes({ interface: { inputs, outputs }, sizes }: Program, scope: Scope): void {
    if (sizes === undefined) return;
    for (const { symbol, input, axis, least } of sizes.symbols) {
      const extent = inputs.at(input)?.shape.at(axis);
      if (extent === undefined) this.report(`size '${symbol.hint}' is of a missing axis`);
      else if (least < 1 || least > extent) {
        this.report(`size '${symbol.hint}' is at least ${least}, leading is ${extent}`);
      }
      const value = extent ?? 1;
      const range = { low: value, high: value, sharp: true };
      this.expressions.declare(scope, symbol, { kind: 'iterator', range });
    }
    for (const requirement of sizes.requirements) {
      this.expressions.expectType(requirement, { scalar: 'boolean', extents: [] }, scope);
    }
    outputs.forEach((output, index) => {
      this.checkExtents(`output ${output.name}`, sizes.outputs[index], output.shape, scope);
    });
  }

  /** Symbolic extents must give the extents of the type at the leading size. */
  private checkExtents(
    what: string,
    found: readonly Expression[],
    wanted: readonly number[],
    scope: Scope,
  ): void {
    const values = found.map((extent) => {
      this.expressions.expectType(extent, NUMBER, scope);
      return this.expressions.fixedValue(extent, scope);
    });
    if (values.length === wanted.length && values.every((value, axis) => value === wanted[axis])) {
      return;
    }
    this.report(`${what} has extents ${values.join(' × ')}, not ${wanted.join(' × ')}`);
  }

  /** The value of the one output, or an array literal with one element for each of several. */
  private checkResult(program: Program, value: Expression, scope: Scope): void {
    const { outputs } = program.interface;
    if (program.decides === true) {
      const isDecision =
        value.kind === 'number' && decisionsOf(program.interface).includes(value.value);
      if (!isDecision) this.report('a program that decides returns a decision of its model');
      return;
    }
    if (outputs.length === 1) {
      this.expressions.expectType(value, { scalar: 'number', extents: outputs[0].shape }, scope);
      return;
    }
    if (value.kind !== 'array' || value.elements.length !== outputs.length) {
      this.report('several outputs are returned as an array literal with one element for each');
      return;
    }
    outputs.forEach((output, index) => {
      const wanted = { scalar: 'number', extents: output.shape } as const;
      this.expressions.expectType(value.elements[index], wanted, scope);
    });
  }

  private checkBlock(statements: readonly Statement[], outer: Scope, guarded: boolean): void {
    const scope: Scope = new Map(outer);
    if (statements.slice(0, -1).some(({ kind }) => kind === 'return')) {
      this.report('statements follow one that returns');
    }
    for (const statement of statements) this.checkStatement(statement, scope, guarded);
  }

  private checkStatement(statement: Statement, scope: Scope, guarded: boolean): void {
    switch (statement.kind) {
      case 'const':
        this.expressions.expectType(statement.value, statement.symbol.type, scope, guarded);
        this.expressions.declare(scope, statement.symbol, {
          kind: isNewArray(statement.value) ? 'variable' : 'fixed',
        });
        break;
      case 'let':
        this.checkVariable(statement, scope, guarded);
        break;
      case 'allocate':
        this.checkAllocation(statement);
        if (statement.extents !== undefined) {
          const { hint, type } = statement.symbol;
          this.checkExtents(`array '${hint}'`, statement.extents, type.extents, scope);
        }
        this.expressions.declare(scope, statement.symbol, {
          kind:
            statement.growing === true
              ? 'growing'
              : statement.rebound === true
                ? 'rebound'
                : 'variable',
        });
        break;
      case 'for': {
        const inner = this.expressions.openLoop(statement, scope, guarded);
        this.checkBlock(statement.body, inner, guarded);
        break;
      }
      case 'for-of':
        this.checkListLoop(statement, scope, guarded);
        break;
      case 'assign':
        this.checkAssignment(statement, scope, guarded);
        break;
      case 'append':
        this.checkAppend(statement, scope, guarded);
        break;
      case 'if':
        this.expressions.expectType(
          statement.condition,
          { scalar: 'boolean', extents: [] },
          scope,
          guarded,
        );
        this.checkBlock(statement.then, scope, true);
        this.checkBlock(statement.otherwise, scope, true);
        break;
      case 'return':
        if (guarded && this.program !== undefined) {
          this.checkResult(this.program, statement.value, scope);
        } else this.report('only branches and the last statement of the body return');
        break;
    }
  }

  private checkVariable(
    { symbol, value }: Extract<Statement, { kind: 'let' }>,
    scope: Scope,
    guarded: boolean,
  ): void {
    const isArray = symbol.type.extents.length > 0;
    if (isArray && !isNewArray(value))
      this.report(`variable '${symbol.hint}' is no array of its own`);
    this.expressions.expectType(value, symbol.type, scope, guarded);
    this.expressions.declare(scope, symbol, { kind: isArray ? 'rebound' : 'variable' });
  }

  private checkAllocation({
    symbol,
    extents,
    fill,
    growing,
  }: Extract<Statement, { kind: 'allocate' }>): void {
    if (growing === true && (symbol.type.extents.length !== 1 || extents !== undefined)) {
      this.report(`array '${symbol.hint}' grows, but not along one axis of fixed extent`);
    }
    if (symbol.type.extents.length === 0) this.report(`array '${symbol.hint}' has no extents`);
    if (typeof fill !== symbol.type.scalar) {
      this.report(`array '${symbol.hint}' is filled with a ${typeof fill}`);
    }
  }

  private checkListLoop(
    statement: Extract<Statement, { kind: 'for-of' }>,
    outer: Scope,
    guarded: boolean,
  ): void {
    const { iterator, values } = statement;
    const scope: Scope = new Map(outer);
    if (!sameType(iterator.type, NUMBER)) this.report(`iterator '${iterator.hint}' is no number`);
    if (values.length === 0) this.report(`the loop over '${iterator.hint}' lists no values`);
    const range = { low: Math.min(...values), high: Math.max(...values), sharp: true };
    this.expressions.declare(scope, iterator, { kind: 'iterator', range });
    this.checkBlock(statement.body, scope, guarded);
  }

  private checkAssignment(
    statement: Extract<Statement, { kind: 'assign' }>,
    scope: Scope,
    guarded: boolean,
  ): void {
    const { symbol, indices, operator, value } = statement;
    const target: Expression =
      indices.length === 0
        ? { kind: 'symbol', symbol }
        : { kind: 'element', array: symbol, indices };
    this.expressions.check(target, scope, guarded);
    const known = scope.get(symbol);
    if (known !== undefined && known.kind !== 'variable' && known.kind !== 'rebound') {
      this.report(`'${symbol.hint}' is assigned but cannot change`);
    }
    const type = typeOf(target);
    const mayTake = known?.kind === 'rebound' && indices.length === 0 && operator === '=';
    if (type.extents.length > 0 && !mayTake) {
      this.report(`'${symbol.hint}' is assigned as a whole array`);
    }
    if (operator !== '=' && type.scalar !== 'number') {
      this.report(`'${symbol.hint}' is no number and cannot be ${operator}'ed`);
    }
    this.expressions.expectType(value, type, scope, guarded);
  }

  /** That as many values are appended as the array has cells is for the checker of the text to see. */
  private checkAppend(
    { symbol, value }: Extract<Statement, { kind: 'append' }>,
    scope: Scope,
    guarded: boolean,
  ): void {
    this.expressions.check({ kind: 'symbol', symbol }, scope, guarded);
    const known = scope.get(symbol);
    if (known !== undefined && known.kind !== 'growing') {
      this.report(`'${symbol.hint}' takes a value but does not grow`);
    }
    this.expressions.expectType(value, { scalar: symbol.type.scalar, extents: [] }, scope, guarded);
  }

  private report(problem: string): void {
    this.problems.push(problem);
  }
}

/** Whether a value is an array that nothing else holds, so that its cells may change. */
function isNewArray(value: Expression): boolean {
  if (value.kind === 'array') {
    return value.elements.every((element) => typeOf(element).extents.length === 0);
  }
  return value.kind === 'helper' && value.helper === 'dense';
}
