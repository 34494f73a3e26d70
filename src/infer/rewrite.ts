/** Walks over Program expressions and statements: children, substitution, counting. */
import { not } from '../ir/program-builders.js';
import { mapOperands, operandsOf } from '../ir/program-walk.js';
import type { Expression, ProgramSymbol, Statement } from '../ir/program.js';

export { mapOperands };

/** Calls `visit` for an expression and all expressions in it, outermost first. */
export function visitExpression(expression: Expression, visit: (inner: Expression) => void): void {
  visit(expression);
  mapOperands(expression, (operand) => {
    visitExpression(operand, visit);
    return operand;
  });
}

/** The expression with symbols replaced; elements of a replaced array take the new symbol. */
export function substituteSymbols(
  expression: Expression,
  replaced: ReadonlyMap<ProgramSymbol, Expression>,
): Expression {
  if (expression.kind === 'symbol') return replaced.get(expression.symbol) ?? expression;
  const inner = mapOperands(expression, (operand) => substituteSymbols(operand, replaced));
  // A negated name that became a comparison is the opposite comparison.
  if (inner.kind === 'unary' && inner.operator === '!') return not(inner.operand);
  if (inner.kind !== 'element') return inner;
  const array = replaced.get(inner.array);
  return array === undefined ? inner : (elementOf(array, inner.indices) ?? inner);
}

/** The element of an array or of a list at indices; `undefined` where only running could tell which. */
function elementOf(array: Expression, indices: readonly Expression[]): Expression | undefined {
  const [index, ...rest] = indices;
  if (array.kind === 'symbol') return { kind: 'element', array: array.symbol, indices };
  if (array.kind !== 'array' || index.kind !== 'number') return undefined;
  const found = array.elements.at(index.value);
  return found === undefined || rest.length === 0 ? found : elementOf(found, rest);
}

/** How often a symbol is read in an expression, as a scalar or as an array. */
export function countSymbol(expression: Expression, symbol: ProgramSymbol): number {
  let count = 0;
  visitExpression(expression, (inner) => {
    if (inner.kind === 'symbol' && inner.symbol === symbol) count++;
    if (inner.kind === 'element' && inner.array === symbol) count++;
  });
  return count;
}

/**
 * Whether a symbol is read as an operand of an operator or a function, or as an index; as a whole, a branch
 * or an element of a list it stands for itself.
 */
export function isOperand(expression: Expression, symbol: ProgramSymbol): boolean {
  let found = false;
  visitExpression(expression, (inner) => {
    if (inner.kind === 'conditional' || inner.kind === 'array') return;
    found ||= operandsOf(inner).some((own) => own.kind === 'symbol' && own.symbol === symbol);
  });
  return found;
}

/** The expressions that a statement holds itself, nested statements left out. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'const':
    case 'let':
    case 'append':
    case 'return':
      return [statement.value];
    case 'allocate':
    case 'for-of':
      return [];
    case 'for':
      return [statement.from, statement.to];
    case 'assign':
      return [...statement.indices, statement.value];
    case 'if':
      return [statement.condition];
  }
}

/** The blocks that a statement holds. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'for':
    case 'for-of':
      return [statement.body];
    case 'if':
      return [statement.then, statement.otherwise];
    case 'const':
    case 'let':
    case 'allocate':
    case 'assign':
    case 'append':
    case 'return':
      return [];
  }
}

/** The statement with its own expressions replaced by `change(expression)`. */
export function mapExpressions(
  statement: Statement,
  change: (expression: Expression) => Expression,
): Statement {
  switch (statement.kind) {
    case 'const':
    case 'let':
    case 'append':
    case 'return':
      return { ...statement, value: change(statement.value) };
    case 'allocate':
    case 'for-of':
      return statement;
    case 'for':
      return { ...statement, from: change(statement.from), to: change(statement.to) };
    case 'assign':
      return {
        ...statement,
        indices: statement.indices.map(change),
        value: change(statement.value),
      };
    case 'if':
      return { ...statement, condition: change(statement.condition) };
  }
}

/** The statement with its blocks replaced by `change(block)`. */
export function mapBlocks(
  statement: Statement,
  change: (block: readonly Statement[]) => readonly Statement[],
): Statement {
  switch (statement.kind) {
    case 'for':
    case 'for-of':
      return { ...statement, body: change(statement.body) };
    case 'if':
      return {
        ...statement,
        then: change(statement.then),
        otherwise: change(statement.otherwise),
      };
    case 'const':
    case 'let':
    case 'allocate':
    case 'assign':
    case 'append':
    case 'return':
      return statement;
  }
}

/** Calls `visit` for every statement of a block and the blocks in it, in program order. */
export function visitStatements(
  block: readonly Statement[],
  visit: (statement: Statement) => void,
): void {
  for (const statement of block) {
    visit(statement);
    for (const inner of blocksOf(statement)) visitStatements(inner, visit);
  }
}

/** A block with symbols replaced everywhere, in reads, writes and loop heads. */
export function renameInBlock(
  block: readonly Statement[],
  renamed: ReadonlyMap<ProgramSymbol, ProgramSymbol>,
): readonly Statement[] {
  const expressions = new Map<ProgramSymbol, Expression>(
    [...renamed].map(([from, to]) => [from, { kind: 'symbol', symbol: to }]),
  );
  return block.map((statement): Statement => {
    const inner = mapBlocks(
      mapExpressions(statement, (expression) => substituteSymbols(expression, expressions)),
      (nested) => renameInBlock(nested, renamed),
    );
    switch (inner.kind) {
      case 'const':
      case 'let':
      case 'allocate':
      case 'assign':
      case 'append':
        return { ...inner, symbol: renamed.get(inner.symbol) ?? inner.symbol };
      case 'for':
      case 'for-of':
        return { ...inner, iterator: renamed.get(inner.iterator) ?? inner.iterator };
      case 'if':
      case 'return':
        return inner;
    }
  });
}
