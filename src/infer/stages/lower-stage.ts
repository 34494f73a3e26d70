/**
 * A stage as statements: loops over its iterators, and in them its body, whose reductions become
 * accumulators before it.
 *
 *   max over k of x[i][k]   →   for (i) { let largest = x[i][0]; for (k = 1 ..) largest = Math.max(…); … }
 *
 * Sums of sums have one accumulator, and so have maxima of maxima. Axes of one cell have no loop.
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
import { letterOf } from '../../ir/stage.js';
import { operandsOf, mapOperands } from '../../ir/program-walk.js';
import { typeOf } from '../../ir/program-types.js';
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import { camelCase } from '../words.js';
import { keyOf } from '../passes/effects.js';
import { substituteSymbols } from '../rewrite.js';

/** The statements of one block, and the reductions that are computed where it begins, by their keys. */
class Scope {
  readonly statements: Statement[] = [];
  private readonly known: Map<string, Expression>;
  /** Numbers by which keys tell symbols apart. */
  private readonly numbers: Map<ProgramSymbol, number>;

  constructor(outer?: Scope) {
    this.known = new Map(outer?.known);
    this.numbers = outer?.numbers ?? new Map<ProgramSymbol, number>();
  }

  push(...statements: readonly Statement[]): void {
    this.statements.push(...statements);
  }

  /** What holds the value of a reduction: computed once, however often it stands in a body. */
  value(reduction: Reduction, compute: () => Expression): Expression {
    const key = keyOf(reduction, this.numbers);
    const value = this.known.get(key) ?? compute();
    this.known.set(key, value);
    return value;
  }
}

/** The statements that compute a stage, and the symbol that holds it: a scalar or an array. */
export interface LoweredStage {
  readonly symbol: ProgramSymbol;
  readonly statements: readonly Statement[];
}

/**
 * Lowers a stage whose parameters and tables are in scope under their own symbols; into an array that there
 * is already, where one is given.
 */
export function lowerStage(stage: Stage, given?: ProgramSymbol): LoweredStage {
  const target = given ?? symbol(wordFor(stage.name), 'number', stage.shape);
  if (stage.shape.length === 0) {
    const body = new Scope();
    const value = lowerExpression(stage.body, body);
    return { symbol: target, statements: [...body.statements, constant(target, value)] };
  }
  const loops = piecesOf(withLetters(stage)).flatMap((piece) => lowerPiece(piece, target));
  const statements = given === undefined ? [allocate(target, 0), ...loops] : loops;
  return { symbol: target, statements };
}

/** A part of a stage's cells that one expression computes. */
interface Piece {
  readonly iterators: readonly ProgramSymbol[];
  /** Along each axis the first cell, and the one behind the last. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly body: Expression;
}

/** More pieces than this are clearer as the conditions that they come from. */
const MOST_PIECES = 4;

/**
 * The pieces that the conditions of a stage cut its cells into, where these compare nothing but an iterator:
 *
 *   y[i] = i < 3 ? a[i] : b[i − 3]   →   for (i < 3) y[i] = a[i];   for (i from 3) y[i] = b[i − 3];
 */
function piecesOf({
  iterators,
  shape,
  body,
}: Pick<Stage, 'iterators' | 'shape' | 'body'>): readonly Piece[] {
  const whole: Piece = { iterators, ranges: shape.map((extent) => [0, extent] as const), body };
  const pieces = cut(whole);
  if (pieces.length > MOST_PIECES) return [whole];
  return pieces.map((piece, k) => (k === 0 ? piece : freshPiece(piece)));
}

function cut(piece: Piece): readonly Piece[] {
  const { body, iterators, ranges } = piece;
  if (body.kind !== 'conditional' || body.condition.kind !== 'binary') return [piece];
  const { operator, left, right } = body.condition;
  if (operator !== '<' || left.kind !== 'symbol' || right.kind !== 'number') return [piece];
  const axis = iterators.indexOf(left.symbol);
  if (axis < 0) return [piece];
  const [from, to] = ranges[axis];
  const border = right.value;
  if (!(border > from && border < to)) return [piece];
  const within = (range: readonly [number, number]): Piece['ranges'] => ranges.with(axis, range);
  return [
    ...cut({ ...piece, ranges: within([from, border]), body: body.then }),
    ...cut({ ...piece, ranges: within([border, to]), body: body.otherwise }),
  ];
}

/** The piece with iterators of its own. */
function freshPiece({ iterators, ranges, body }: Piece): Piece {
  const own = iterators.map(({ hint }) => symbol(hint));
  const renamed = new Map(iterators.map((iterator, axis) => [iterator, ref(own[axis])]));
  return { iterators: own, ranges, body: freshIterators(substituteSymbols(body, renamed)) };
}

function lowerPiece(
  { iterators, ranges, body: formula }: Piece,
  target: ProgramSymbol,
): readonly Statement[] {
  const body = new Scope();
  const isSingle = (axis: number): boolean => ranges[axis][1] - ranges[axis][0] === 1;
  const single = iterators.filter((_, axis) => isSingle(axis));
  const fixed = new Map(
    single.map((iterator) => [iterator, num(ranges[iterators.indexOf(iterator)][0])]),
  );
  const value = lowerExpression(substituteSymbols(formula, fixed), body);
  const indices = iterators.map((iterator) => fixed.get(iterator) ?? ref(iterator));
  body.push(assign(target, indices, '=', value));
  return iterators.reduceRight<readonly Statement[]>(
    (inner, iterator, axis) => (isSingle(axis) ? inner : [loop(iterator, ...ranges[axis], inner)]),
    body.statements,
  );
}

/** Iterators that have letters for words take them in the order of their loops: axes of one cell have none. */
function withLetters({
  iterators,
  shape,
  body,
}: Stage): Pick<Stage, 'iterators' | 'shape' | 'body'> {
  let loops = 0;
  const lettered = iterators.map((iterator, axis) => {
    const letter = letterOf(shape[axis] === 1 ? axis : loops++);
    return iterator.hint === letterOf(axis) && iterator.hint !== letter ? symbol(letter) : iterator;
  });
  const renamed = new Map(iterators.map((iterator, axis) => [iterator, ref(lettered[axis])]));
  return { iterators: lettered, shape, body: substituteSymbols(body, renamed) };
}

/** A word for what a node computes: the last part of its name that says something. */
export function wordFor(name: string): string {
  const parts = name.split(/[/.:]|->/).map((part) => camelCase(part));
  const words = parts.filter((part) => /^\p{L}/u.test(part));
  return words.at(-1) ?? 'values';
}

/** The expression without reductions; what they need is appended to `out`. */
function lowerExpression(expression: Expression, out: Scope): Expression {
  if (!holdsReduction(expression)) return expression;
  if (expression.kind === 'reduction') {
    return out.value(expression, () => lowerReduction(expression, out));
  }
  if (expression.kind === 'conditional') return lowerConditional(expression, out);
  return mapOperands(expression, (operand) => lowerExpression(operand, out));
}

function holdsReduction(expression: Expression): boolean {
  return expression.kind === 'reduction' || operandsOf(expression).some(holdsReduction);
}

/** Only the side that is taken may be computed: the other one may have nothing to reduce. */
function lowerConditional(
  expression: Extract<Expression, { readonly kind: 'conditional' }>,
  out: Scope,
): Expression {
  const condition = lowerExpression(expression.condition, out);
  if (![expression.then, expression.otherwise].some(holdsReduction)) {
    return { ...expression, condition };
  }
  const { scalar } = typeOf(expression.then);
  const result = symbol('value', scalar);
  const side = (taken: Expression): Statement[] => {
    const block = new Scope(out);
    const value = lowerExpression(taken, block);
    return [...block.statements, assign(result, [], '=', value)];
  };
  out.push(
    variable(result, scalar === 'number' ? num(0) : bool(false)),
    branch(condition, side(expression.then), side(expression.otherwise)),
  );
  return ref(result);
}

type Reduction = Extract<Expression, { readonly kind: 'reduction' }>;

function lowerReduction(reduction: Reduction, out: Scope): Expression {
  switch (reduction.operation) {
    case 'sum': {
      const sum = symbol('sum');
      out.push(variable(sum, 0));
      walk(nestOf(reduction), out, (body) => addTo(sum, body));
      return ref(sum);
    }
    case 'count': {
      const count = symbol('count');
      out.push(variable(count, 0));
      walk([reduction], out, (body) => branch(body, [accumulate(count, [], num(1))]));
      return ref(count);
    }
    case 'any':
    case 'all': {
      const isAny = reduction.operation === 'any';
      const flag = symbol(isAny ? 'found' : 'all', 'boolean');
      out.push(variable(flag, bool(!isAny)));
      walk([reduction], out, (body) =>
        branch(isAny ? body : not(body), [assign(flag, [], '=', bool(isAny))]),
      );
      return ref(flag);
    }
    case 'max':
    case 'min':
      return lowerExtreme(reduction.operation, nestOf(reduction), out);
  }
}

/** The largest or smallest of at least one value: the first one is where the search starts. */
function lowerExtreme(
  operation: 'max' | 'min',
  nest: readonly Reduction[],
  out: Scope,
): Expression {
  const best = symbol(operation === 'max' ? 'largest' : 'smallest');
  const starts = new Map<ProgramSymbol, Expression>();
  for (const { iterator, from } of nest) starts.set(iterator, substituteSymbols(from, starts));
  const start = freshIterators(substituteSymbols(nest[nest.length - 1].body, starts));
  out.push(variable(best, lowerExpression(start, out)));
  const [{ from, step }] = nest;
  // Of several loops only all together could leave the first value out.
  const loops = nest.length === 1 ? [{ ...nest[0], from: add(from, num(step)) }] : nest;
  walk(loops, out, (body) => assign(best, [], '=', math(operation, ref(best), body)));
  return ref(best);
}

/** A reduction and those that are the whole body of the one before, as far as they do the same. */
function nestOf(reduction: Reduction): readonly Reduction[] {
  const { body } = reduction;
  const inner = body.kind === 'reduction' && body.operation === reduction.operation;
  return inner ? [reduction, ...nestOf(body)] : [reduction];
}

/** Loops over all iterators of a nest; innermost stands `act` of the body. */
function walk(
  [outer, ...inner]: readonly Reduction[],
  out: Scope,
  act: (body: Expression) => Statement,
): void {
  const from = lowerExpression(outer.from, out);
  const to = lowerExpression(outer.to, out);
  const block = new Scope(out);
  if (inner.length > 0) walk(inner, block, act);
  else block.push(act(lowerExpression(outer.body, block)));
  out.push(loop(outer.iterator, from, to, block.statements, { step: outer.step }));
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
