/**
 * What the Math student searches: closed-form formulas over the columns of a data set. A formula is an
 * immutable tree; what an operator means is one entry of `operators/`.
 */

export interface Constant {
  readonly kind: 'constant';
  readonly value: number;
}

export interface Variable {
  readonly kind: 'variable';
  /** Position among the columns of the data set. */
  readonly index: number;
}

export interface Call {
  readonly kind: 'call';
  /** Name of an operator, see `operators/index.ts`. */
  readonly operator: string;
  readonly arguments: readonly Formula[];
}

export type Formula = Constant | Variable | Call;

export function constant(value: number): Constant {
  return { kind: 'constant', value };
}

export function variable(index: number): Variable {
  return { kind: 'variable', index };
}

export function call(operator: string, ...parts: readonly Formula[]): Call {
  return { kind: 'call', operator, arguments: parts };
}

/** Number of nodes. */
export function sizeOfFormula(formula: Formula): number {
  if (formula.kind !== 'call') return 1;
  return formula.arguments.reduce((sum, part) => sum + sizeOfFormula(part), 1);
}

/** Longest way from the root to a leaf, in nodes. */
export function depthOfFormula(formula: Formula): number {
  if (formula.kind !== 'call') return 1;
  return 1 + Math.max(...formula.arguments.map(depthOfFormula));
}

/** The values of the constants, left to right. */
export function constantsOf(formula: Formula): number[] {
  if (formula.kind === 'constant') return [formula.value];
  return formula.kind === 'variable' ? [] : formula.arguments.flatMap(constantsOf);
}

/**
 * The formula with other constants, left to right.
 *
 * @throws RangeError when there are fewer values than constants.
 */
export function withConstants(formula: Formula, values: ArrayLike<number>): Formula {
  let next = 0;
  const replace = (part: Formula): Formula => {
    if (part.kind === 'variable') return part;
    if (part.kind === 'call') return { ...part, arguments: part.arguments.map(replace) };
    if (next >= values.length) throw new RangeError('fewer values than constants');
    return constant(values[next++]);
  };
  return replace(formula);
}

/** The positions of the variables that occur, ascending. */
export function variablesOf(formula: Formula): readonly number[] {
  const found = new Set<number>();
  const visit = (part: Formula): void => {
    if (part.kind === 'variable') found.add(part.index);
    if (part.kind === 'call') part.arguments.forEach(visit);
  };
  visit(formula);
  return [...found].sort((a, b) => a - b);
}

/** A text that two formulas share only where they are the same tree with the same constants. */
export function keyOfFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'constant':
      return String(formula.value);
    case 'variable':
      return `x${formula.index}`;
    case 'call':
      return `${formula.operator}(${formula.arguments.map(keyOfFormula).join(',')})`;
  }
}
