/**
 * A stage as statements: loops over its iterators, and in them its body, whose reductions become
 * accumulators before it.
 *
 *   max over k of x[i][k]   →   for (i) { let largest = x[i][0]; for (k = 1 ..) largest = Math.max(…); … }
 */
import type { Stage } from '../../ir/network.js';
import {
  accumulate,
  add,
  allocate,
  assign,
  bool,
  branch,
  constant,
  loop,
  math,
  not,
  num,
  ref,
  symbol,
  variable,
} from '../../ir/program-builders.js';
import { operandsOf, mapOperands } from '../../ir/program-walk.js';
import { typeOf } from '../../ir/program-types.js';
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import { camelCase } from '../words.js';
import { substituteSymbols } from '../rewrite.js';

/** The statements that compute a stage, and the symbol that holds it: a scalar or an array. */
export interface LoweredStage {
  readonly symbol: ProgramSymbol;
  readonly statements: readonly Statement[];
}

/** Lowers a stage whose parameters and tables are in scope under their own symbols. */
export function lowerStage(stage: Stage): LoweredStage {
  const target = symbol(wordFor(stage.name), 'number', stage.shape);
  const body: Statement[] = [];
  const value = lowerExpression(stage.body, body);
  if (stage.shape.length === 0) {
    return { symbol: target, statements: [...body, constant(target, value)] };
  }
  body.push(assign(target, stage.iterators.map(ref), '=', value));
  const loops = stage.iterators.reduceRight<readonly Statement[]>(
    (inner, iterator, axis) => [loop(iterator, 0, stage.shape[axis], inner)],
    body,
  );
  return { symbol: target, statements: [allocate(target, 0), ...loops] };
}

/** A word for what a node computes: the last part of its name that says something. */
export function wordFor(name: string): string {
  const parts = name.split(/[/.:]|->/).map((part) => camelCase(part));
  const words = parts.filter((part) => /^\p{L}/u.test(part));
  return words.at(-1) ?? 'values';
}

/** The expression without reductions; what they need is appended to `out`. */
function lowerExpression(expression: Expression, out: Statement[]): Expression {
  if (!holdsReduction(expression)) return expression;
  if (expression.kind === 'reduction') return lowerReduction(expression, out);
  if (expression.kind === 'conditional') return lowerConditional(expression, out);
  return mapOperands(expression, (operand) => lowerExpression(operand, out));
}

function holdsReduction(expression: Expression): boolean {
  return expression.kind === 'reduction' || operandsOf(expression).some(holdsReduction);
}

/** Only the side that is taken may be computed: the other one may have nothing to reduce. */
function lowerConditional(
  expression: Extract<Expression, { readonly kind: 'conditional' }>,
  out: Statement[],
): Expression {
  const condition = lowerExpression(expression.condition, out);
  if (![expression.then, expression.otherwise].some(holdsReduction)) {
    return { ...expression, condition };
  }
  const { scalar } = typeOf(expression.then);
  const result = symbol('value', scalar);
  const side = (taken: Expression): Statement[] => {
    const block: Statement[] = [];
    const value = lowerExpression(taken, block);
    return [...block, assign(result, [], '=', value)];
  };
  out.push(
    variable(result, scalar === 'number' ? num(0) : bool(false)),
    branch(condition, side(expression.then), side(expression.otherwise)),
  );
  return ref(result);
}

function lowerReduction(
  reduction: Extract<Expression, { readonly kind: 'reduction' }>,
  out: Statement[],
): Expression {
  const { operation, iterator, step } = reduction;
  const from = lowerExpression(reduction.from, out);
  const to = lowerExpression(reduction.to, out);
  const block: Statement[] = [];
  const body = lowerExpression(reduction.body, block);
  const walk = (first: Expression): void => {
    out.push(loop(iterator, first, to, block, { step }));
  };
  switch (operation) {
    case 'sum': {
      const sum = symbol('sum');
      out.push(variable(sum, 0));
      block.push(addTo(sum, body));
      walk(from);
      return ref(sum);
    }
    case 'count': {
      const count = symbol('count');
      out.push(variable(count, 0));
      block.push(branch(body, [accumulate(count, [], num(1))]));
      walk(from);
      return ref(count);
    }
    case 'any':
    case 'all': {
      const isAny = operation === 'any';
      const flag = symbol(isAny ? 'found' : 'all', 'boolean');
      out.push(variable(flag, bool(!isAny)));
      block.push(branch(isAny ? body : not(body), [assign(flag, [], '=', bool(isAny))]));
      walk(from);
      return ref(flag);
    }
    case 'max':
    case 'min': {
      const best = symbol(operation === 'max' ? 'largest' : 'smallest');
      // Min and max are of at least one value: the first one is where the search starts.
      const start = freshIterators(substituteSymbols(reduction.body, new Map([[iterator, from]])));
      out.push(variable(best, lowerExpression(start, out)));
      block.push(assign(best, [], '=', math(operation, ref(best), body)));
      walk(add(from, num(step)));
      return ref(best);
    }
  }
}

/** `sum += body`, under the body's condition where it is 0 without. */
function addTo(sum: ProgramSymbol, body: Expression): Statement {
  if (body.kind === 'conditional' && body.otherwise.kind === 'number') {
    if (body.otherwise.value === 0) return branch(body.condition, [addTo(sum, body.then)]);
  }
  return accumulate(sum, [], body);
}

/** A copy whose reductions have iterators of their own. */
function freshIterators(expression: Expression): Expression {
  const copy = mapOperands(expression, freshIterators);
  if (copy.kind !== 'reduction') return copy;
  const iterator = symbol(copy.iterator.hint);
  const body = substituteSymbols(copy.body, new Map([[copy.iterator, ref(iterator)]]));
  return { ...copy, iterator, body };
}
