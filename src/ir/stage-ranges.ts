/**
 * Interval arithmetic on the bodies of stages: between which numbers a cell lies when the sources' cells
 * lie in intervals, and which reads leave a tensor whatever the sources hold. Not rounded outwards: what
 * asks here wants sizes, not proofs.
 */
import { sizeOf } from './model-interface.js';
import type { Stage } from './network.js';
import type { BinaryOperator, Expression, Helper, MathFunction, ProgramSymbol } from './program.js';
import { erf, roundHalfEven } from './stage-values.js';

/** From the least to the greatest value; truth values are 0 and 1. */
export type Span = readonly [lo: number, hi: number];

export const UNKNOWN: Span = [-Infinity, Infinity];

/** The interval of each cell of a tensor, row-major. */
export interface Spans {
  readonly lo: Float64Array;
  readonly hi: Float64Array;
}

/** The intervals of a stage's cells from those of its sources, in the order of `sources`. */
export function stageSpans(stage: Stage, sources: readonly Spans[]): Spans {
  const body = new BodySpans(stage, sources);
  const result = { lo: new Float64Array(stage.size), hi: new Float64Array(stage.size) };
  for (let cell = 0; cell < stage.size; cell++) {
    let rest = cell;
    const at = stage.shape.map(() => 0);
    for (let axis = at.length - 1; axis >= 0; axis--) {
      at[axis] = rest % stage.shape[axis];
      rest = Math.floor(rest / stage.shape[axis]);
    }
    [result.lo[cell], result.hi[cell]] = body.at(at);
  }
  return result;
}

/**
 * What is wrong with a stage at the corners of its iterators and reductions, one sentence each: reads
 * outside a tensor, minima and maxima of nothing. What depends on the sources is not looked at.
 */
export function stageProblems(stage: Stage): readonly string[] {
  const problems = new Set<string>();
  const sources = stage.parameters.map(({ type }) => {
    const size = sizeOf(type.extents);
    return { lo: new Float64Array(size).fill(-Infinity), hi: new Float64Array(size).fill(Infinity) };
  }); // prettier-ignore
  const body = new BodySpans(stage, sources, (problem) => problems.add(problem));
  const corners = stage.shape.reduce<readonly (readonly number[])[]>(
    (all, extent) =>
      all.flatMap((at) =>
        extent > 1
          ? [
              [...at, 0],
              [...at, extent - 1],
            ]
          : [[...at, 0]],
      ),
    [[]],
  );
  for (const at of corners) body.at(at);
  return [...problems];
}

type Node<Kind extends Expression['kind']> = Extract<Expression, { readonly kind: Kind }>;

class BodySpans {
  private readonly iterators = new Map<ProgramSymbol, number>();
  private readonly arrays = new Map<ProgramSymbol, Spans>();
  /** Above 0 within what is computed only if the sources say so. */
  private doubt = 0;

  constructor(
    private readonly stage: Stage,
    sources: readonly Spans[],
    /** Told what is wrong; reductions are then looked at where they begin and end only. */
    private readonly onProblem?: (problem: string) => void,
  ) {
    stage.parameters.forEach((parameter, index) => this.arrays.set(parameter, sources[index]));
    for (const { symbol, values } of stage.tables) {
      this.arrays.set(symbol, { lo: values, hi: values });
    }
  }

  at(indices: readonly number[]): Span {
    this.stage.iterators.forEach((iterator, axis) => this.iterators.set(iterator, indices[axis]));
    return this.span(this.stage.body);
  }

  private span(node: Expression): Span {
    switch (node.kind) {
      case 'number':
        return [node.value, node.value];
      case 'boolean':
        return truth(node.value);
      case 'symbol': {
        const at = this.iterators.get(node.symbol);
        return at === undefined ? this.read(node.symbol, []) : [at, at];
      }
      case 'element':
        return this.read(node.array, node.indices.map((index) => this.span(index))); // prettier-ignore
      case 'unary': {
        const [lo, hi] = this.span(node.operand);
        return node.operator === '-' ? [-hi, -lo] : [1 - hi, 1 - lo];
      }
      case 'binary':
        return this.binary(node);
      case 'conditional': {
        const [lo, hi] = this.span(node.condition);
        if (lo === hi) return this.span(lo === 1 ? node.then : node.otherwise);
        return hull(this.doubtful(node.then), this.doubtful(node.otherwise));
      }
      case 'math':
        return ofMath(
          node.function,
          node.arguments.map((part) => this.span(part)),
        );
      case 'helper':
        return ofHelper(node.helper, this.span(node.arguments[0]));
      case 'reduction':
        return this.reduction(node);
      case 'array':
        return UNKNOWN;
    }
  }

  private doubtful(node: Expression): Span {
    this.doubt++;
    const span = this.span(node);
    this.doubt--;
    return span;
  }

  private report(problem: string): void {
    if (this.doubt === 0) this.onProblem?.(problem);
  }

  private binary({ operator, left, right }: Node<'binary'>): Span {
    const a = this.span(left);
    if (operator === '&&' || operator === '||') {
      const decisive = operator === '&&' ? 0 : 1;
      if (a[0] === a[1]) return a[0] === decisive ? a : this.span(right);
      const b = this.doubtful(right);
      const pick = operator === '&&' ? Math.min : Math.max;
      return [pick(a[0], b[0]), pick(a[1], b[1])];
    }
    return ofBinary(operator, a, this.span(right));
  }

  /** The hull of all elements that the indices may name. */
  private read(array: ProgramSymbol, indices: readonly Span[]): Span {
    const spans = this.arrays.get(array);
    const { extents } = array.type;
    if (spans === undefined || indices.length < extents.length) return UNKNOWN;
    let cells: readonly number[] = [0];
    for (const [axis, extent] of extents.entries()) {
      const [lo, hi] = indices[axis];
      const inside = lo === hi ? Number.isInteger(lo) && lo >= 0 && lo < extent : true;
      if (!inside) this.report(`index ${lo} of '${array.hint}', axis ${axis}, extent ${extent}`);
      const [first, last] = [Math.max(0, Math.ceil(lo)), Math.min(extent - 1, Math.floor(hi))];
      const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
      cells = cells.flatMap((cell) => places.map((place) => cell * extent + place));
    }
    if (cells.length === 0) return UNKNOWN;
    return cells
      .map((cell): Span => [spans.lo[cell], spans.hi[cell]])
      .reduce((all, one) => hull(all, one));
  }

  private reduction(node: Node<'reduction'>): Span {
    const { operation, iterator, step, body } = node;
    const [from, to] = [this.span(node.from), this.span(node.to)];
    const isFixed = from[0] === from[1] && to[0] === to[1];
    if (!isFixed) return UNKNOWN;
    const count = Math.max(0, Math.ceil((to[0] - from[0]) / step));
    const isExtreme = operation === 'min' || operation === 'max';
    if (count === 0 && isExtreme) this.report(`a ${operation} of nothing`);
    const isSketch = this.onProblem !== undefined && count > 2;
    let result: Span | undefined;
    for (let k = 0; k < count; k += isSketch ? count - 1 : 1) {
      this.iterators.set(iterator, from[0] + k * step);
      const one = this.span(body);
      result = result === undefined ? one : joined(operation, result, one);
    }
    this.iterators.delete(iterator);
    if (isSketch) return UNKNOWN;
    if (result !== undefined) return result;
    return operation === 'all' ? truth(true) : isExtreme ? UNKNOWN : [0, 0];
  }
}

function joined(operation: Node<'reduction'>['operation'], a: Span, b: Span): Span {
  switch (operation) {
    case 'sum':
    case 'count':
      return [a[0] + b[0], a[1] + b[1]];
    case 'any':
    case 'max':
      return [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
    case 'all':
    case 'min':
      return [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
  }
}

function truth(value: boolean): Span {
  return value ? [1, 1] : [0, 0];
}

function hull(a: Span, b: Span): Span {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/** The hull of an operation at all ends; UNKNOWN where one has no value. */
function corners(a: Span, b: Span, operate: (x: number, y: number) => number): Span {
  const ends = a.flatMap((x) => b.map((y) => operate(x, y)));
  return ends.some((end) => Number.isNaN(end)) ? UNKNOWN : [Math.min(...ends), Math.max(...ends)];
}

function ofBinary(operator: BinaryOperator, a: Span, b: Span): Span {
  switch (operator) {
    case '+':
      return corners(a, b, (x, y) => x + y);
    case '-':
      return corners(a, b, (x, y) => x - y);
    case '*':
      // Cells are finite: 0 times anything is 0.
      return corners(a, b, (x, y) => (x === 0 || y === 0 ? 0 : x * y));
    case '/':
      return b[0] <= 0 && b[1] >= 0 ? UNKNOWN : corners(a, b, (x, y) => x / y);
    case '%':
      return ofRemainder(a, b);
    case '**':
      return ofPower(a, b);
    case '===':
      return ofEqual(a, b);
    case '!==':
      return turned(ofEqual(a, b));
    case '<':
      return a[1] < b[0] ? truth(true) : a[0] >= b[1] ? truth(false) : [0, 1];
    case '>=':
      return turned(ofBinary('<', a, b));
    case '>':
      return ofBinary('<', b, a);
    case '<=':
      return turned(ofBinary('<', b, a));
    case '&&':
    case '||':
      return [0, 1];
  }
}

function turned([lo, hi]: Span): Span {
  return [1 - hi, 1 - lo];
}

function ofEqual(a: Span, b: Span): Span {
  if (a[0] === a[1] && b[0] === b[1]) return truth(a[0] === b[0]);
  return a[1] < b[0] || b[1] < a[0] ? truth(false) : [0, 1];
}

/** JavaScript's remainder: the sign of the dividend, less than the divisor. */
function ofRemainder(a: Span, b: Span): Span {
  if (a[0] === a[1] && b[0] === b[1]) return [a[0] % b[0], a[0] % b[0]];
  const most = Math.max(Math.abs(b[0]), Math.abs(b[1]));
  return [a[0] < 0 ? Math.max(a[0], -most) : 0, a[1] > 0 ? Math.min(a[1], most) : 0];
}

function ofPower(a: Span, b: Span): Span {
  const [exponent] = b;
  if (a[0] > 0) return corners(a, b, (x, y) => x ** y);
  const isWhole = exponent === b[1] && Number.isInteger(exponent) && exponent > 0;
  if (isWhole && exponent % 2 === 1) return [a[0] ** exponent, a[1] ** exponent];
  if (!isWhole) return a[0] >= 0 && b[0] > 0 ? corners(a, b, (x, y) => x ** y) : UNKNOWN;
  const most = Math.max(a[0] ** exponent, a[1] ** exponent);
  return [a[1] >= 0 ? 0 : a[1] ** exponent, most];
}

function ofMath(name: MathFunction, parts: readonly Span[]): Span {
  const [[lo, hi]] = parts;
  switch (name) {
    case 'min':
    case 'max':
      return [Math[name](...parts.map((part) => part[0])), Math[name](...parts.map((part) => part[1]))]; // prettier-ignore
    case 'abs': {
      const most = Math.max(Math.abs(lo), Math.abs(hi));
      return [lo <= 0 && hi >= 0 ? 0 : Math.min(Math.abs(lo), Math.abs(hi)), most];
    }
    case 'sqrt':
      return [Math.sqrt(Math.max(0, lo)), Math.sqrt(Math.max(0, hi))];
    case 'log':
      return [Math.log(Math.max(0, lo)), Math.log(Math.max(0, hi))];
    case 'log1p':
      return [Math.log1p(Math.max(-1, lo)), Math.log1p(Math.max(-1, hi))];
    case 'asin':
      return [Math.asin(Math.max(-1, lo)), Math.asin(Math.min(1, hi))];
    case 'acos':
      return [Math.acos(Math.min(1, hi)), Math.acos(Math.max(-1, lo))];
    case 'sin':
    case 'cos':
      return [-1, 1];
    case 'tan':
      return UNKNOWN;
    case 'cosh': {
      const ends = [Math.cosh(lo), Math.cosh(hi)];
      return [lo <= 0 && hi >= 0 ? 1 : Math.min(...ends), Math.max(...ends)];
    }
    case 'sign':
    case 'exp':
    case 'expm1':
    case 'tanh':
    case 'sinh':
    case 'atan':
    case 'cbrt':
    case 'floor':
    case 'ceil':
    case 'trunc':
    case 'fround':
      return [Math[name](lo), Math[name](hi)];
  }
}

function ofHelper(name: Helper, [lo, hi]: Span): Span {
  switch (name) {
    case 'sigmoid':
      return [1 / (1 + Math.exp(-lo)), 1 / (1 + Math.exp(-hi))];
    case 'erf':
      return [erf(lo), erf(hi)];
    case 'roundHalfEven':
      return [roundHalfEven(lo), roundHalfEven(hi)];
    case 'softmax':
      return [0, 1];
    case 'dense':
      return [-Infinity, Infinity];
  }
}
