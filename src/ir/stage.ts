/**
 * Builders of stages: a body is written as a function of where it stands and of how it reads.
 *
 *   stageOf({ name, shape: [3], sources: [a, b] }, ([i], [a, b]) => multiply(a([i]), b([i])))
 *
 * A source may be read under another shape with equally many cells (a reshape costs nothing): indices
 * are then rewritten, by division and remainder where axes were joined or split.
 */
import { sizeOf } from './model-interface.js';
import type { Stage, TensorRef } from './network.js';
import {
  add,
  divide,
  element,
  math,
  multiply,
  num,
  ref,
  remainder,
  symbol,
} from './program-builders.js';
import type { Expression, ProgramSymbol, Table } from './program.js';

/** Reads a cell at indices of the shape that the reader sees. */
export type Read = (indices: readonly Expression[]) => Expression;

/** What a stage reads: a tensor of the network or a constant. */
export type Operand =
  | {
      readonly kind: 'tensor';
      readonly ref: TensorRef;
      /** Extents of the tensor as it is stored. */
      readonly stored: readonly number[];
      /** Extents under which the body reads it. */
      readonly shape: readonly number[];
      /** Word for it. */
      readonly hint: string;
    }
  | {
      readonly kind: 'constant';
      readonly shape: readonly number[];
      /** Row-major. */
      readonly data: Float64Array;
      readonly hint: string;
    };

export interface StageFrame {
  readonly name: string;
  readonly shape: readonly number[];
  readonly operands: readonly Operand[];
  /** Words for the axes of the shape, from the first; letters where there are none. */
  readonly axes?: readonly (string | undefined)[];
}

/** What iterators are called where nothing names the axis. */
const LETTERS = ['i', 'j', 'k', 'l', 'm', 'n'];

/** The word for an axis that has none. */
export function letterOf(axis: number): string {
  return LETTERS[(axis + LETTERS.length) % LETTERS.length];
}

/** The stage whose value at the iterators `at` is `body(at, reads)`, one read for each operand. */
export function stageOf(
  { name, shape, operands, axes = [] }: StageFrame,
  body: (at: readonly Expression[], reads: readonly Read[]) => Expression,
): Stage {
  const sources: TensorRef[] = [];
  const parameters: ProgramSymbol[] = [];
  const tables: Table[] = [];
  const reads = operands.map((operand): Read => {
    if (operand.kind === 'constant') return constantRead(operand, tables);
    const parameter = parameterFor(operand, sources, parameters);
    return (indices) =>
      element(parameter, ...storedIndices(indices, operand.shape, operand.stored));
  });
  const iterators = shape.map((_, axis) => symbol(axes.at(axis) ?? letterOf(axis)));
  return {
    kind: 'stage',
    name,
    sources,
    parameters,
    tables,
    size: sizeOf(shape),
    shape,
    iterators,
    body: body(iterators.map(ref), reads),
  };
}

function parameterFor(
  { ref: source, stored, hint }: Extract<Operand, { kind: 'tensor' }>,
  sources: TensorRef[],
  parameters: ProgramSymbol[],
): ProgramSymbol {
  const known = sources.findIndex(
    ({ kind, index }) => kind === source.kind && index === source.index,
  );
  if (known >= 0) return parameters[known];
  const parameter = symbol(hint, 'number', stored);
  sources.push(source);
  parameters.push(parameter);
  return parameter;
}

/** Constants of one number stand in the text; others are tables. */
function constantRead(
  { shape, data, hint }: Extract<Operand, { kind: 'constant' }>,
  tables: Table[],
): Read {
  if (data.every((value) => Object.is(value, data[0]))) return () => num(data[0]);
  // Axes of one cell say nothing.
  const isKept = (_: unknown, axis: number): boolean => shape[axis] !== 1;
  const table = symbol(hint, 'number', shape.filter(isKept));
  tables.push({ symbol: table, values: data });
  return (indices) => element(table, ...indices.filter(isKept));
}

/** Indices into a tensor of shape `stored` for indices of the same cells under `shape`. */
export function storedIndices(
  indices: readonly Expression[],
  shape: readonly number[],
  stored: readonly number[],
): readonly Expression[] {
  const result: Expression[] = [];
  let axis = 0;
  let own = 0;
  while (own < stored.length) {
    // The fewest axes on both sides that hold equally many cells.
    const start = { axis, own };
    let [seen, held] = [axis < shape.length ? shape[axis++] : 1, stored[own++]];
    while (seen !== held) {
      if (seen < held) seen *= shape[axis++];
      else held *= stored[own++];
    }
    const flat = flatIndex(indices.slice(start.axis, axis), shape.slice(start.axis, axis));
    result.push(...splitIndex(flat, stored.slice(start.own, own)));
  }
  return result;
}

/** Row-major position of indices. */
export function flatIndex(indices: readonly Expression[], shape: readonly number[]): Expression {
  return indices.reduce<Expression>(
    (flat, index, axis) =>
      shape[axis] === 1 ? flat : add(multiply(flat, num(shape[axis])), index),
    num(0),
  );
}

/** Indices of a row-major position. */
export function splitIndex(flat: Expression, shape: readonly number[]): readonly Expression[] {
  let inner = sizeOf(shape);
  let isFirst = true;
  return shape.map((extent) => {
    if (extent === 1) return num(0);
    inner /= extent;
    const quotient = inner === 1 ? flat : math('floor', divide(flat, num(inner)));
    const index = isFirst ? quotient : remainder(quotient, num(extent));
    isFirst = false;
    return index;
  });
}
