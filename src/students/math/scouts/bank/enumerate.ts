/**
 * All small expressions over the variables, bottom-up by complexity, each kept once: two expressions with
 * the same values at all rows of the sample are the same (observational equivalence; Udupa et al.,
 * TRANSIT, PLDI 2013). The order, and where it stops, depend on counts alone.
 */
import { complexityOf, isAllowed } from '../../complexity.js';
import { call, constant, variable } from '../../formula.js';
import type { Formula } from '../../formula.js';
import { operatorIn } from '../../operators/index.js';
import type { Operator } from '../../operators/operator.js';
import type { Engine } from '../../engine/engine.js';
import type { Settings } from '../../problem.js';

export interface Block {
  readonly formula: Formula;
  readonly complexity: number;
  /** The value at every row of the sample, all finite and not all equal, or those of a constant. */
  readonly column: Float64Array;
  readonly isConstant: boolean;
  /** Transcendental functions within each other, at most. */
  readonly nested: number;
}

export interface EnumerationLimits {
  readonly mostBlocks: number;
  /** Expressions evaluated, kept or not. */
  readonly mostTried: number;
  readonly mostComplexity: number;
}

/** Functions whose nests are rare in laws and many in number. */
const TRANSCENDENTAL: ReadonlySet<string> = new Set([
  'exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'erf',
]); // prettier-ignore
const MOST_NESTED = 2;
/** Values beyond this size lose what is added to them. */
const LARGEST = 1e100;
/** Constants that enumeration starts from, besides the variables; others are found by fits. */
const LEAVES = [1, 2];
/** Digits in which values of the same expression agree. */
const DIGITS = 11;
/** Only the smallest expressions are raised to powers that vary. */
const MOST_POWER_COMPLEXITY = 2;

/** What expressions are enumerated over. */
export interface Enumerated {
  readonly problem: { readonly settings: Settings };
  readonly engine: Pick<Engine, 'operators'>;
  readonly columns: readonly Float64Array[];
  readonly rows: number;
  /** Whether something that keeps to what is known may hold this part. */
  readonly isPossible: (part: Formula) => boolean;
}

/** Expressions in order of complexity, variables first, until a limit is reached. */
export function enumerateBlocks(sample: Enumerated, limits: EnumerationLimits): readonly Block[] {
  const { settings } = sample.problem;
  const collector = createCollector(sample, limits);
  const operators = settings.operators
    .map((name) => operatorIn(sample.engine.operators, name))
    .filter(({ arity }) => arity < 3);
  sample.columns.forEach((_, index) => collector.add(variable(index), sample.columns[index], 0));
  for (const value of LEAVES) {
    collector.add(constant(value), new Float64Array(sample.rows).fill(value), 0);
  }
  for (let level = 2; level <= limits.mostComplexity && !collector.isFull(); level++) {
    for (const operator of operators) {
      const own = complexityOf(call(operator.name), settings);
      if (operator.arity === 1) growUnary(operator, level - own, collector);
      else if (operator.arity === 2) growBinary(operator, level - own, collector);
    }
  }
  return collector.blocks;
}

interface Collector {
  readonly blocks: readonly Block[];
  /** The blocks of a complexity. */
  readonly at: (complexity: number) => readonly Block[];
  readonly add: (formula: Formula, column: Float64Array, nested: number) => void;
  readonly isFull: () => boolean;
  readonly buffer: Float64Array;
}

function createCollector(sample: Enumerated, limits: EnumerationLimits): Collector {
  const { settings } = sample.problem;
  const blocks: Block[] = [];
  const byComplexity = new Map<number, Block[]>();
  const seen = new Set<string>();
  const mixer = mixerOf(sample.rows);
  let tried = 0;
  return {
    blocks,
    buffer: new Float64Array(sample.rows),
    at: (complexity) => byComplexity.get(complexity) ?? [],
    isFull: () => blocks.length >= limits.mostBlocks || tried >= limits.mostTried,
    add(formula, column, nested) {
      tried++;
      const key = keyOfColumn(column, mixer);
      if (key === undefined || seen.has(key)) return;
      if (formula.kind === 'call' && !isAllowed(formula, settings)) return;
      if (!sample.isPossible(formula)) return;
      seen.add(key);
      const complexity = complexityOf(formula, settings);
      const isConstant = column.every((value) => value === column[0]);
      if (isConstant && formula.kind === 'call') return;
      const block = { formula, complexity, nested, isConstant, column: Float64Array.from(column) };
      blocks.push(block);
      const level = byComplexity.get(complexity) ?? [];
      byComplexity.set(complexity, level);
      level.push(block);
    },
  };
}

function growUnary(
  operator: Extract<Operator, { arity: 1 }>,
  complexity: number,
  { at, add, isFull, buffer }: Collector,
): void {
  const deepens = Number(TRANSCENDENTAL.has(operator.name));
  for (const { formula, column, nested, isConstant } of at(complexity)) {
    if (isFull()) return;
    if (isConstant || nested + deepens > MOST_NESTED) continue;
    // What is squared, or a square root, twice, or the inverse function of the last, is found shorter.
    if (formula.kind === 'call' && formula.operator === operator.name) continue;
    operator.kernel(column, buffer, column.length);
    add(call(operator.name, formula), buffer, nested + deepens);
  }
}

function growBinary(
  operator: Extract<Operator, { arity: 2 }>,
  complexity: number,
  { at, add, isFull, buffer }: Collector,
): void {
  const isPower = operator.name === 'pow';
  for (let below = 1; below < complexity; below++) {
    if (isPower && Math.max(below, complexity - below) > MOST_POWER_COMPLEXITY) continue;
    if (operator.isCommutative && below > complexity - below) break;
    for (const left of at(below)) {
      for (const right of at(complexity - below)) {
        if (isFull()) return;
        if (left.isConstant && right.isConstant) continue;
        // Constant powers are squares, cubes, roots, and a family of their own.
        if (isPower && right.isConstant) continue;
        // Multiples are the same feature, and the constant is fitted elsewhere.
        if (operator.name === '*' && (left.isConstant || right.isConstant)) {
          if (below > 1 || complexity > 2) continue;
        }
        operator.columns(left.column, right.column, buffer, buffer.length);
        const nested = Math.max(left.nested, right.nested);
        add(call(operator.name, left.formula, right.formula), buffer, nested);
      }
    }
  }
}

/** Numbers without pattern, one for each row (fractional parts of multiples of the golden ratio). */
export function mixerOf(rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => 0.5 + (((i + 1) * 0.6180339887498949) % 1));
}

/** A text that columns of the same values share; `undefined` where a value is not finite, or huge. */
export function keyOfColumn(column: Float64Array, mixer: Float64Array): string | undefined {
  let [sum, size] = [0, 0];
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    sum += value * mixer[i];
    size += Math.abs(value) * mixer[i];
  }
  if (!(size < LARGEST)) return undefined;
  // Sums that cancel have fewer digits.
  const digits = Math.abs(sum) < 1e-4 * size ? DIGITS - 4 : DIGITS;
  return `${sum.toPrecision(digits)} ${size.toPrecision(DIGITS)}`;
}
