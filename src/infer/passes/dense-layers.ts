/**
 * What a layer without structure looks like in a program, for the passes that name and shorten it:
 *
 *   const units = new Array(n).fill(0);
 *   for (i < n) { let sum = biases[i]; for (j < m) sum += weights[i][j] * source[j]; …; units[i] = f(sum); }
 *
 * or, where the layer has one neuron, `let sum = …; for (j < m) sum += weights[j] * source[j];`. A layer
 * of several sources has such a loop for each.
 */
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { accessesOf } from './effects.js';

type Loop = Extract<Statement, { readonly kind: 'for' }>;
type Variable = Extract<Statement, { readonly kind: 'let' }>;

/** A sum of a whole row of weights with a whole array. */
interface RowSum {
  readonly weights: ProgramSymbol;
  readonly source: ProgramSymbol;
}

export interface DenseLayer {
  /** One for each source. */
  readonly sums: readonly [RowSum, ...RowSum[]];
  /** Position of its first statement, of two, in the body. */
  readonly at: number;
  /** The array of its neurons, or the sum of the only one. */
  readonly target: ProgramSymbol;
  /** The table of biases; absent where one number does for all. */
  readonly biases?: ProgramSymbol;
  /** Of a layer with an array: its loop's iterator, its accumulator, and what the loop does with that. */
  readonly rows?: {
    readonly iterator: ProgramSymbol;
    readonly sum: ProgramSymbol;
    readonly rest: readonly Statement[];
  };
}

/** The dense layers among the outermost statements of a program, in their order. */
export function denseLayersOf({ body, tables }: Program): readonly DenseLayer[] {
  const constants = new Set(tables.map(({ symbol }) => symbol));
  return body.slice(0, -1).flatMap((first, at): readonly DenseLayer[] => {
    const second = body[at + 1];
    if (second.kind !== 'for') return [];
    if (first.kind === 'allocate') return rowsOf(first.symbol, second, at, constants);
    if (first.kind !== 'let') return [];
    const sum = rowSumOf(first, second, undefined, constants);
    return sum === undefined ? [] : [{ sums: [sum], at, target: first.symbol }];
  });
}

function rowsOf(
  target: ProgramSymbol,
  loop: Loop,
  at: number,
  constants: ReadonlySet<ProgramSymbol>,
): readonly DenseLayer[] {
  const [start, ...behind] = loop.body;
  if (target.type.extents.length !== 1 || !runsOver(loop, target.type.extents[0])) return [];
  if (start.kind !== 'let') return [];
  const sums: RowSum[] = [];
  for (const inner of behind) {
    const sum = inner.kind === 'for' ? rowSumOf(start, inner, loop.iterator, constants) : undefined;
    if (sum === undefined) break;
    sums.push(sum);
  }
  const [sum, ...more] = sums;
  const rest = behind.slice(sums.length);
  if (sums.length === 0 || rest.length === 0) return [];
  if (sums.some(({ source }) => source === target)) return [];
  const biases = biasesOf(start.value, loop.iterator, constants);
  if (biases === undefined && start.value.kind !== 'number') return [];
  if (!writesOnly(rest, target, loop.iterator) || writes(rest, start.symbol)) return [];
  const rows = { iterator: loop.iterator, sum: start.symbol, rest };
  return [{ sums: [sum, ...more], at, target, rows, ...(biases === undefined ? {} : { biases }) }];
}

/** Whether a loop walks an axis of this extent, cell by cell. */
function runsOver({ from, to, step }: Loop, extent: number): boolean {
  if (from.kind !== 'number' || to.kind !== 'number') return false;
  return from.value === 0 && to.value === extent && step === 1;
}

/** `let sum = …; for (j) sum += weights[row][j] * source[j];`, the row left out where there is one. */
function rowSumOf(
  start: Variable,
  loop: Loop,
  row: ProgramSymbol | undefined,
  constants: ReadonlySet<ProgramSymbol>,
): RowSum | undefined {
  const [added] = loop.body;
  if (loop.body.length !== 1 || added.kind !== 'assign') return undefined;
  if (added.symbol !== start.symbol || added.operator !== '+=') return undefined;
  const { value } = added;
  if (value.kind !== 'binary' || value.operator !== '*') return undefined;
  const { left, right } = value;
  if (left.kind !== 'element' || right.kind !== 'element') return undefined;
  const places = row === undefined ? [loop.iterator] : [row, loop.iterator];
  if (!constants.has(left.array) || !isAt(left.indices, places)) return undefined;
  if (constants.has(right.array) || !isAt(right.indices, [loop.iterator])) return undefined;
  const [extent] = right.array.type.extents;
  const whole = left.array.type.extents.at(-1) === extent && runsOver(loop, extent);
  const flat = right.array.type.extents.length === 1;
  return whole && flat ? { weights: left.array, source: right.array } : undefined;
}

function biasesOf(
  value: Expression,
  row: ProgramSymbol,
  constants: ReadonlySet<ProgramSymbol>,
): ProgramSymbol | undefined {
  if (value.kind !== 'element' || !constants.has(value.array)) return undefined;
  return isAt(value.indices, [row]) ? value.array : undefined;
}

function isAt(indices: readonly Expression[], places: readonly ProgramSymbol[]): boolean {
  return (
    indices.length === places.length &&
    indices.every((index, axis) => index.kind === 'symbol' && index.symbol === places[axis])
  );
}

/** Whether statements touch an array only by setting its cell of this row, last and always. */
function writesOnly(
  statements: readonly Statement[],
  target: ProgramSymbol,
  row: ProgramSymbol,
): boolean {
  const last = statements[statements.length - 1];
  const sets = last.kind === 'assign' && last.operator === '=' && last.symbol === target;
  const touched = accessesOf(statements).filter(({ symbol }) => symbol === target);
  return sets && touched.length === 1 && isAt(last.indices, [row]);
}

function writes(statements: readonly Statement[], written: ProgramSymbol): boolean {
  return accessesOf(statements).some(({ symbol, kind }) => symbol === written && kind !== 'read');
}
