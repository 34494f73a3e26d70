/**
 * What a stage computes, by enumeration: the yardstick for teachers, and the folding of constants. In
 * float64, sums compensated; or in float32, every result rounded in the order that `float32.ts` states.
 * Bodies are compiled to closures once; iterators live in one array of numbers.
 */
import { sizeOf } from './model-interface.js';
import type { Stage } from './network.js';
import type { BinaryOperator, Expression, Helper, MathFunction, ProgramSymbol } from './program.js';

/** Runs a stage on its sources' cells (row-major), in the order of `sources`; gives a new array. */
export type StageRunner = (sources: readonly Float64Array[]) => Float64Array;

/** Booleans are 0 and 1. */
type Compiled = (slots: Float64Array) => number;

/** The float formats that a stage can be computed in. */
export type Precision = 'float64' | 'float32';

/** Prepares a stage for many runs. @throws RangeError, when run, on a read outside a tensor. */
export function createStageRunner(stage: Stage, precision: Precision = 'float64'): StageRunner {
  const compiler = new BodyCompiler(precision === 'float32');
  const cells = stage.parameters.map((parameter) => compiler.array(parameter));
  for (const { symbol, values } of stage.tables) compiler.array(symbol).data = values;
  const iterators = stage.iterators.map((iterator) => compiler.slot(iterator));
  const body = compiler.compile(stage.body);
  const slots = new Float64Array(compiler.size);
  return (sources) => {
    cells.forEach((cell, index) => {
      cell.data = sources[index];
    });
    const result = new Float64Array(stage.size);
    slots.fill(0);
    for (let cell = 0; cell < result.length; cell++) {
      result[cell] = body(slots);
      for (let axis = iterators.length - 1; axis >= 0; axis--) {
        if (++slots[iterators[axis]] < stage.shape[axis]) break;
        slots[iterators[axis]] = 0;
      }
    }
    return result;
  };
}

interface Cells {
  data: Float64Array;
}

const BINARY: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '===': (a, b) => Number(a === b),
  '!==': (a, b) => Number(a !== b),
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '&&': (a, b) => a && b,
  '||': (a, b) => a || b,
};

class BodyCompiler {
  size = 0;
  private readonly slots = new Map<ProgramSymbol, number>();
  private readonly arrays = new Map<ProgramSymbol, Cells>();

  constructor(private readonly isFloat32: boolean) {}

  slot(symbol: ProgramSymbol): number {
    const slot = this.slots.get(symbol) ?? this.size++;
    this.slots.set(symbol, slot);
    return slot;
  }

  array(symbol: ProgramSymbol): Cells {
    const cells = this.arrays.get(symbol) ?? { data: new Float64Array(0) };
    this.arrays.set(symbol, cells);
    return cells;
  }

  compile(expression: Expression): Compiled {
    switch (expression.kind) {
      case 'number': {
        const { value } = expression;
        return () => value;
      }
      case 'boolean': {
        const value = Number(expression.value);
        return () => value;
      }
      case 'symbol':
        return this.compileSymbol(expression.symbol);
      case 'element':
        return this.compileElement(expression);
      case 'unary': {
        const operand = this.compile(expression.operand);
        return expression.operator === '-'
          ? (slots) => -operand(slots)
          : (slots) => Number(operand(slots) === 0);
      }
      case 'binary':
        return this.compileBinary(expression);
      case 'conditional': {
        const [condition, then, otherwise] = [
          this.compile(expression.condition),
          this.compile(expression.then),
          this.compile(expression.otherwise),
        ];
        return (slots) => (condition(slots) !== 0 ? then(slots) : otherwise(slots));
      }
      case 'math':
        return this.rounded(
          compileMath(
            expression.function,
            expression.arguments.map((operand) => this.compile(operand)),
          ),
        );
      case 'helper': {
        const operand = this.compile(expression.arguments[0]);
        if (this.isFloat32 && expression.helper === 'sigmoid') return sigmoid32(operand);
        return this.rounded(compileHelper(expression.helper, operand));
      }
      case 'reduction':
        return this.compileReduction(expression);
      case 'array':
        throw new TypeError('a stage has no arrays of its own');
    }
  }

  private rounded(value: Compiled): Compiled {
    return this.isFloat32 ? (slots) => Math.fround(value(slots)) : value;
  }

  private compileSymbol(symbol: ProgramSymbol): Compiled {
    const cells = symbol.type.extents.length === 0 ? this.arrays.get(symbol) : undefined;
    if (cells !== undefined) return () => cells.data[0];
    const slot = this.slot(symbol);
    return (slots) => slots[slot];
  }

  private compileElement({
    array,
    indices,
  }: Extract<Expression, { readonly kind: 'element' }>): Compiled {
    const cells = this.array(array);
    const { extents } = array.type;
    const compiled = indices.map((index) => this.compile(index));
    const strides = extents.map((_, axis) => sizeOf(extents.slice(axis + 1)));
    return (slots) => {
      let cell = 0;
      for (let axis = 0; axis < compiled.length; axis++) {
        const index = compiled[axis](slots);
        if (!(index >= 0 && index < extents[axis])) {
          throw new RangeError(
            `index ${index} of ${array.hint}, axis ${axis}, extent ${extents[axis]}`,
          );
        }
        cell += index * strides[axis];
      }
      return cells.data[cell];
    };
  }

  private compileBinary({
    operator,
    left,
    right,
  }: Extract<Expression, { readonly kind: 'binary' }>): Compiled {
    const [a, b] = [this.compile(left), this.compile(right)];
    if (operator === '&&') return (slots) => (a(slots) !== 0 ? b(slots) : 0);
    if (operator === '||') return (slots) => (a(slots) !== 0 ? 1 : b(slots));
    const operate = BINARY[operator];
    return this.rounded((slots) => operate(a(slots), b(slots)));
  }

  /** Term after term; a sum whose terms are sums goes on with the same total. */
  private compileFloat32Sum(reduction: Reduction): Compiled {
    const addAll = this.compileAdding(reduction);
    return (slots) => addAll(slots, 0);
  }

  private compileAdding({
    iterator,
    from,
    to,
    step,
    body,
  }: Reduction): (slots: Float64Array, total: number) => number {
    const slot = this.slot(iterator);
    const [start, end] = [this.compile(from), this.compile(to)];
    const addOne =
      body.kind === 'reduction' && body.operation === 'sum'
        ? this.compileAdding(body)
        : addTerm(this.compile(body));
    return (slots, total) => {
      const last = end(slots);
      let sum = total;
      for (let at = start(slots); at < last; at += step) {
        slots[slot] = at;
        sum = addOne(slots, sum);
      }
      return sum;
    };
  }

  /** Sums are compensated (Neumaier), so that long ones are as exact as the text's may be. */
  private compileReduction(reduction: Reduction): Compiled {
    const { operation, iterator, from, to, step, body } = reduction;
    if (this.isFloat32 && operation === 'sum') return this.compileFloat32Sum(reduction);
    const slot = this.slot(iterator);
    const [start, end, term] = [this.compile(from), this.compile(to), this.compile(body)];
    const walk = (slots: Float64Array, take: (value: number) => boolean): void => {
      const last = end(slots);
      for (let at = start(slots); at < last; at += step) {
        slots[slot] = at;
        if (!take(term(slots))) break;
      }
    };
    if (operation === 'sum' || operation === 'count') {
      return (slots) => {
        let [sum, lost] = [0, 0];
        walk(slots, (value) => {
          const next = sum + value;
          lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
          sum = next;
          return true;
        });
        return sum + lost;
      };
    }
    if (operation === 'any' || operation === 'all') {
      const decisive = operation === 'any' ? 1 : 0;
      return (slots) => {
        let result = 1 - decisive;
        walk(slots, (value) => {
          if (value === decisive) result = decisive;
          return value !== decisive;
        });
        return result;
      };
    }
    const better = operation === 'max' ? Math.max : Math.min;
    return (slots) => {
      let best = operation === 'max' ? -Infinity : Infinity;
      walk(slots, (value) => {
        best = better(best, value);
        return true;
      });
      return best;
    };
  }
}

type Reduction = Extract<Expression, { readonly kind: 'reduction' }>;

function addTerm(term: Compiled): (slots: Float64Array, total: number) => number {
  return (slots, total) => Math.fround(total + term(slots));
}

function sigmoid32(operand: Compiled): Compiled {
  return (slots) => Math.fround(1 / Math.fround(1 + Math.fround(Math.exp(-operand(slots)))));
}

function compileMath(name: MathFunction, operands: readonly Compiled[]): Compiled {
  if (name === 'min' || name === 'max') {
    return (slots) => Math[name](...operands.map((operand) => operand(slots)));
  }
  const [operand] = operands;
  return (slots) => Math[name](operand(slots));
}

function compileHelper(name: Helper, operand: Compiled): Compiled {
  switch (name) {
    case 'sigmoid':
      return (slots) => 1 / (1 + Math.exp(-operand(slots)));
    case 'erf':
      return (slots) => erf(operand(slots));
    case 'roundHalfEven':
      return (slots) => roundHalfEven(operand(slots));
    case 'softmax':
    case 'dense':
      throw new TypeError(`a ${name} is no value of one cell`);
  }
}

/**
 * The error function: near 0 by its Maclaurin series, farther out by the continued fraction of its
 * complement (Abramowitz and Stegun 7.1.5 and 7.1.14), not by the series that modules print.
 */
export function erf(value: number): number {
  const size = Math.abs(value);
  if (size > 6) return Math.sign(value);
  if (size < 2) {
    let [power, total] = [value, value];
    for (let n = 1; n < 60; n++) {
      power *= (-value * value) / n;
      total += power / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * total;
  }
  let fraction = 0;
  for (let k = 60; k > 0; k--) fraction = k / 2 / (size + fraction);
  const complement = Math.exp(-size * size) / (Math.sqrt(Math.PI) * (size + fraction));
  return Math.sign(value) * (1 - complement);
}

/** The nearest integer, the even one where two are equally near (IEEE 754 roundTiesToEven). */
export function roundHalfEven(value: number): number {
  const nearest = Math.round(value);
  return nearest - value === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}
