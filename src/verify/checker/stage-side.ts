/**
 * The stages of a network, evaluated cell by cell in the context of the module's text. Iterators are plain
 * numbers and reductions are unrolled; what depends on the input goes through the same operations as the
 * text's arithmetic, so that what both compute alike is the same atom, but in real arithmetic: nothing is
 * rounded, and constants that no float holds carry a bound on their error.
 */
import type { Stage } from '../../ir/network.js';
import type { BinaryOperator, Expression, ProgramSymbol } from '../../ir/program.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { Budget } from './budget.js';
import type { Context } from './context.js';
import { binaryOperation } from './interpreter/arithmetic.js';
import { BUILTINS } from './interpreter/builtins.js';
import { Machine } from './interpreter/machine.js';
import { Truth } from './interpreter/values.js';
import type { Value } from './interpreter/values.js';
import { Num, combine } from './num.js';
import { realBinary, realHelper, realMath } from './real-arithmetic.js';
import { Undecided } from './undecided.js';

/** A value of a body: plain where it does not depend on the input. */
type StageValue = number | boolean | Num | Truth;

/** Steps of the budget for one node of a body: atoms are made and looked up. */
const NODE_STEPS = 256;

/** Widest choice of elements that an index depending on the input may make. */
const MAX_CHOICE = 256;

interface Cells {
  readonly extents: readonly number[];
  readonly items: ArrayLike<Num | number>;
}

type Node<Kind extends Expression['kind']> = Extract<Expression, { readonly kind: Kind }>;

/** The cells of a stage, row-major. @throws Undecided. */
export function evaluateStage(
  context: Context,
  stage: Stage,
  sources: readonly (readonly Num[])[],
  budget: Budget,
): Num[] {
  const arrays = new Map<ProgramSymbol, Cells>();
  stage.parameters.forEach((parameter, k) => {
    arrays.set(parameter, { extents: parameter.type.extents, items: sources[k] });
  });
  for (const { symbol, values } of stage.tables) {
    arrays.set(symbol, { extents: symbol.type.extents, items: values });
  }
  const body = new Body(context, arrays, budget);
  const result: Num[] = [];
  for (let cell = 0; cell < stage.size; cell++) {
    let rest = cell;
    for (let axis = stage.shape.length - 1; axis >= 0; axis--) {
      body.iterators.set(stage.iterators[axis], rest % stage.shape[axis]);
      rest = Math.floor(rest / stage.shape[axis]);
    }
    result.push(body.cell(stage.body));
  }
  return result;
}

class Body {
  readonly iterators = new Map<ProgramSymbol, number>();
  private readonly machine: Machine;

  constructor(
    private readonly context: Context,
    private readonly arrays: ReadonlyMap<ProgramSymbol, Cells>,
    private readonly budget: Budget,
  ) {
    this.machine = new Machine(context, Infinity, () => false);
  }

  /** The value of a body as a number of the context. */
  cell(body: Expression): Num {
    const value = this.number(body);
    if (typeof value !== 'number') return value;
    if (!Number.isFinite(value)) throw new Undecided('a cell of a stage that is no number');
    return this.context.constant(value);
  }

  private evaluate(node: Expression): StageValue {
    this.budget.spend(NODE_STEPS);
    switch (node.kind) {
      case 'number':
      case 'boolean':
        return node.value;
      case 'symbol':
        return this.iterators.get(node.symbol) ?? this.read(node.symbol, []);
      case 'element':
        return this.read(node.array, node.indices.map((index) => this.number(index))); // prettier-ignore
      case 'unary':
        return this.unary(node);
      case 'binary':
        return this.binary(node);
      case 'conditional': {
        const truth = this.truth(node.condition);
        if (truth === true) return this.evaluate(node.then);
        if (truth === false) return this.evaluate(node.otherwise);
        return this.choice(truth, this.evaluate(node.then), this.evaluate(node.otherwise));
      }
      case 'math': {
        const values = node.arguments.map((part) => this.number(part));
        if (node.function === 'max' || node.function === 'min') return this.extreme(node.function, values); // prettier-ignore
        return realMath(this.context, node.function, values[0]);
      }
      case 'helper':
        return realHelper(this.context, node.helper, this.number(node.arguments[0]));
      case 'reduction':
        return this.reduction(node);
      case 'array':
        throw new Undecided('an array within a stage');
    }
  }

  private number(node: Expression): Num | number {
    const value = this.evaluate(node);
    if (typeof value === 'number' || value instanceof Num) return plain(value);
    throw new Undecided('a truth value where a stage asks for a number');
  }

  private truth(node: Expression): Truth | boolean {
    const value = this.evaluate(node);
    if (typeof value === 'boolean' || value instanceof Truth) return value;
    throw new Undecided('a number where a stage asks for a truth value');
  }

  private unary({ operator, operand }: Node<'unary'>): StageValue {
    if (operator === '!') return this.machine.not(this.truth(operand));
    const value = this.number(operand);
    return typeof value === 'number' ? -value : combine(value, -1, undefined, 0, 0, false);
  }

  private binary({ operator, left, right }: Node<'binary'>): StageValue {
    if (operator === '&&' || operator === '||') {
      const first = this.truth(left);
      if (typeof first === 'boolean') return first === (operator === '&&') ? this.truth(right) : first; // prettier-ignore
      const { machine } = this;
      return operator === '&&' ? machine.and(first, this.truth(right)) : machine.or(first, this.truth(right)); // prettier-ignore
    }
    const [a, b] = [this.evaluate(left), this.evaluate(right)];
    if (COMPARISONS.has(operator)) return known(binaryOperation(this.machine, operator, a, b));
    if (!isNumber(a) || !isNumber(b)) throw new Undecided('arithmetic on truth values');
    return realBinary(this.context, operator, plain(a), plain(b));
  }

  private choice(truth: Truth, then: StageValue, otherwise: StageValue): StageValue {
    return known(this.machine.merge(truth, then, otherwise));
  }

  private extreme(name: 'max' | 'min', values: readonly (Num | number)[]): Num | number {
    const value = BUILTINS.get(`Math.${name}`)?.(this.machine, values);
    if (typeof value === 'number' || value instanceof Num) return value;
    throw new Undecided(`a ${name} that is no number`);
  }

  /** The element at indices; those that depend on the input choose among all that they can be. */
  private read(array: ProgramSymbol, indices: readonly (Num | number)[]): StageValue {
    const cells = this.arrays.get(array);
    if (cells === undefined) throw new Undecided(`'${array.hint}' is unknown`);
    return this.readAlong(cells, indices, indices.length - 1, 0);
  }

  /** The last axis is split first, so that a choice among rows is made within each column. */
  private readAlong(
    cells: Cells,
    indices: readonly (Num | number)[],
    axis: number,
    offset: number,
  ): StageValue {
    if (axis < 0) return cells.items[offset];
    const extent = cells.extents[axis];
    const stride = sizeOf(cells.extents.slice(axis + 1));
    const index = indices[axis];
    const at = (place: number) => this.readAlong(cells, indices, axis - 1, offset + place * stride);
    if (typeof index === 'number') {
      const inside = Number.isInteger(index) && index >= 0 && index < extent;
      if (!inside) throw new Undecided(`a read outside the ${extent} elements of a tensor`);
      return at(index);
    }
    if (index.grid < 0 || index.err !== 0) throw new Undecided('an index that may be no integer');
    // A stage never reads outside a tensor: what its index cannot be needs no case.
    const [lo, hi] = [Math.max(0, Math.ceil(index.lo)), Math.min(extent - 1, Math.floor(index.hi))];
    if (hi - lo >= MAX_CHOICE) throw new Undecided('an index of too many values');
    if (hi < lo) throw new Undecided('an index outside a tensor');
    let result = at(hi);
    for (let place = hi - 1; place >= lo; place--) {
      const same = binaryOperation(this.machine, '===', index, place);
      if (same === true) result = at(place);
      else if (same instanceof Truth) result = this.choice(same, at(place), result);
    }
    return result;
  }

  private reduction(node: Node<'reduction'>): StageValue {
    const { operation, iterator, step, body } = node;
    const [from, to] = [this.number(node.from), this.number(node.to)];
    if (typeof from !== 'number' || typeof to !== 'number') {
      throw new Undecided('a reduction whose range depends on the input');
    }
    const outer = this.iterators.get(iterator);
    let result: StageValue | undefined;
    for (let at = from; at < to; at += step) {
      this.iterators.set(iterator, at);
      result = this.reduced(operation, result, body);
      if (result === (operation === 'any') && (operation === 'any' || operation === 'all')) break;
    }
    if (outer === undefined) this.iterators.delete(iterator);
    else this.iterators.set(iterator, outer);
    if (result !== undefined) return result;
    if (operation === 'max' || operation === 'min') throw new Undecided(`the ${operation} of nothing`); // prettier-ignore
    return operation === 'any' ? false : operation === 'all' ? true : 0;
  }

  /** What a reduction is after one more value; `before` is undefined at the first. */
  private reduced(
    operation: Node<'reduction'>['operation'],
    before: StageValue | undefined,
    body: Expression,
  ): StageValue {
    const { machine, context } = this;
    switch (operation) {
      case 'any':
      case 'all': {
        const truth = this.truth(body);
        if (!(before instanceof Truth)) return truth;
        return operation === 'any' ? machine.or(before, truth) : machine.and(before, truth);
      }
      case 'count': {
        const truth = this.truth(body);
        const bit = typeof truth === 'boolean' ? Number(truth) : truth.num;
        return isNumber(before) ? realBinary(context, '+', before, bit) : bit;
      }
      case 'sum': {
        const value = this.number(body);
        return isNumber(before) ? realBinary(context, '+', before, value) : value;
      }
      case 'max':
      case 'min': {
        const value = this.number(body);
        return isNumber(before) ? this.extreme(operation, [before, value]) : value;
      }
    }
  }
}

const COMPARISONS = new Set<BinaryOperator>(['===', '!==', '<', '<=', '>', '>=']);

function isNumber(value: StageValue | undefined): value is Num | number {
  return typeof value === 'number' || value instanceof Num;
}

/** A number that turned out to be a constant, as one. */
function plain(value: Num | number): Num | number {
  const isConstant = typeof value !== 'number' && value.lo === value.hi && value.err === 0;
  return isConstant ? value.lo : value;
}

function known(value: Value): StageValue {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Num || value instanceof Truth) return value;
  throw new Undecided('a value of two kinds, depending on the input');
}
