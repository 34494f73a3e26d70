/** What statements read and write: the facts on which moving and merging them depends. */
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import { expressionsOf, visitExpression, visitStatements } from '../rewrite.js';

/** One read or write of a symbol; `indices` is undefined for a whole array. */
export interface Access {
  readonly symbol: ProgramSymbol;
  readonly indices: readonly Expression[] | undefined;
  /** `read`, `set` (=) or `add` (+=, -=, push). */
  readonly kind: 'read' | 'set' | 'add';
}

/** Every access of a block in program order, declarations left out. */
export function accessesOf(block: readonly Statement[]): readonly Access[] {
  const accesses: Access[] = [];
  visitStatements(block, (statement) => {
    for (const expression of expressionsOf(statement)) {
      visitExpression(expression, (inner) => {
        if (inner.kind === 'element') {
          accesses.push({ symbol: inner.array, indices: inner.indices, kind: 'read' });
        } else if (inner.kind === 'symbol') {
          const whole = inner.symbol.type.extents.length > 0;
          accesses.push({ symbol: inner.symbol, indices: whole ? undefined : [], kind: 'read' });
        }
      });
    }
    if (statement.kind === 'append') {
      accesses.push({ symbol: statement.symbol, indices: undefined, kind: 'add' });
    }
    if (statement.kind !== 'assign') return;
    const kind = statement.operator === '=' ? 'set' : 'add';
    const { symbol } = statement;
    const whole = statement.indices.length === 0 && symbol.type.extents.length > 0;
    accesses.push({ symbol, indices: whole ? undefined : statement.indices, kind });
  });
  return accesses;
}

/** The symbols that a block declares, iterators included. */
export function declaredIn(block: readonly Statement[]): ReadonlySet<ProgramSymbol> {
  const declared = new Set<ProgramSymbol>();
  visitStatements(block, (statement) => {
    switch (statement.kind) {
      case 'const':
      case 'let':
      case 'allocate':
        declared.add(statement.symbol);
        break;
      case 'for':
      case 'for-of':
        declared.add(statement.iterator);
        break;
      case 'assign':
      case 'append':
      case 'if':
      case 'return':
        break;
    }
  });
  return declared;
}

/** True when two statements may not change places. */
export function conflict(first: Statement, second: Statement): boolean {
  const [before, after] = [accessesOf([first]), accessesOf([second])];
  const writtenBefore = writtenBy(before, [first]);
  const writtenAfter = writtenBy(after, [second]);
  return (
    after.some((access) => writtenBefore.has(access.symbol)) ||
    before.some((access) => writtenAfter.has(access.symbol))
  );
}

function writtenBy(
  accesses: readonly Access[],
  block: readonly Statement[],
): ReadonlySet<ProgramSymbol> {
  const written = new Set(declaredIn(block));
  for (const access of accesses) if (access.kind !== 'read') written.add(access.symbol);
  return written;
}

/** A `let` or `allocate` that starts from a literal: it depends on nothing and can stand anywhere. */
export function isFreeDeclaration(statement: Statement): boolean {
  if (statement.kind === 'allocate') return true;
  return statement.kind === 'let' && statement.value.kind === 'number';
}

/** Structural equality of expressions; symbols by identity. */
export function sameExpression(left: Expression, right: Expression): boolean {
  const [first, second] = [flatten(left), flatten(right)];
  return (
    first.length === second.length && first.every((part, index) => Object.is(part, second[index]))
  );
}

/**
 * A text that is equal for structurally equal expressions; `numbers` tells symbols apart and grows with
 * the symbols met.
 */
export function keyOf(expression: Expression, numbers: Map<ProgramSymbol, number>): string {
  return flatten(expression)
    .map((part) => {
      if (Object.is(part, -0)) return '-0';
      if (!isSymbol(part)) return String(part);
      const number = numbers.get(part) ?? numbers.size;
      numbers.set(part, number);
      return `#${number}`;
    })
    .join(' ');
}

function isSymbol(part: Part): part is ProgramSymbol {
  return typeof part === 'object';
}

type Part = string | number | boolean | ProgramSymbol;

/** An expression as a list: kinds, operators, literals, symbols; how many operands where that varies. */
function flatten(expression: Expression): readonly Part[] {
  const parts: Part[] = [];
  visitExpression(expression, (inner) => {
    parts.push(inner.kind);
    switch (inner.kind) {
      case 'number':
      case 'boolean':
        parts.push(inner.value);
        break;
      case 'symbol':
        parts.push(inner.symbol);
        break;
      case 'element':
        parts.push(inner.array, inner.indices.length);
        break;
      case 'unary':
      case 'binary':
        parts.push(inner.operator);
        break;
      case 'math':
        parts.push(inner.function, inner.arguments.length);
        break;
      case 'helper':
        parts.push(inner.helper);
        break;
      case 'array':
        parts.push(inner.elements.length);
        break;
      case 'reduction':
        parts.push(inner.operation, inner.iterator, inner.step);
        break;
      case 'conditional':
        break;
    }
  });
  return parts;
}
