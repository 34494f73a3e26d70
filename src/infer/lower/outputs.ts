/**
 * The result: a scalar, an array literal of few values, a value's own array where it already has the
 * output's shape, or an array that every contributing value writes its part of.
 */
import type { OutputTensor } from '../../ir/model-interface.js';
import { sizeOf } from '../../ir/model-interface.js';
import {
  allocate,
  array,
  assign,
  element,
  helper,
  negate,
  num,
  ref,
  symbol,
} from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { camelCase } from '../hints.js';
import { indexExpression } from './indices.js';
import type { ModelOutput, OutputEntry } from '../values.js';
import { pointOfRank } from '../values.js';
import { fitPositions } from './fit.js';
import type { Lowering } from './lowering.js';

/** Outputs of more values than this are written by loops, if loops can say it. */
const MAX_LITERAL = 8;

/** The expression of one output; statements it needs are appended to the program. */
export function lowerOutput(
  lowering: Lowering,
  output: ModelOutput,
  tensor: OutputTensor,
): Expression {
  if (!output.softmax) return plainOutput(lowering, output, tensor);
  // A softmax takes one row; axes of one cell before it are put around its result.
  const { shape } = tensor;
  const row = plainOutput(lowering, output, { ...tensor, shape: [sizeOf(shape)] });
  return shape.slice(1).reduce<Expression>((inner) => array(inner), helper('softmax', row));
}

function plainOutput(lowering: Lowering, output: ModelOutput, tensor: OutputTensor): Expression {
  const { entries } = output;
  const { values } = lowering.model;
  if (tensor.shape.length === 0) return entryExpression(lowering, entries[0]);
  if (isWholeValue(lowering, output, tensor)) {
    return ref(lowering.array(entries[0].value, outputWord(lowering, tensor)));
  }
  const order = orderOfMembers(lowering, output, tensor);
  if (order !== undefined) {
    const collected = lowering.collect(entries[0].value, order, outputWord(lowering, tensor));
    if (collected !== undefined) return ref(collected);
  }
  const looped = entries.some(({ value }) => values[value].recurrence?.part.kind === 'track');
  const lone = entries.every((entry) => values[entry.value].axes.length === 0);
  if ((entries.length <= MAX_LITERAL && !looped) || lone) {
    const expressions = entries.map((entry) => entryExpression(lowering, entry));
    return nestLiteral(expressions, tensor.shape);
  }
  return writtenOutput(lowering, entries, tensor);
}

/** The output's own name, where it is a word that says more than `scores` and is not taken. */
function outputWord(lowering: Lowering, { name }: OutputTensor): string | undefined {
  const word = camelCase(name);
  const taken = lowering.parameters.some(({ hint }) => hint === word);
  return /^\p{L}{3,}$/u.test(word) && word !== NO_WORD && !taken ? word : undefined;
}

/** What outputs without a name are called. */
const NO_WORD = 'scores';

/** True when the entries are all of one value in its own order and shape. */
function isWholeValue(lowering: Lowering, { entries }: ModelOutput, tensor: OutputTensor): boolean {
  const value = lowering.model.values[entries[0].value];
  const sameShape =
    value.axes.length === tensor.shape.length &&
    value.axes.every((axis, index) => axis.extent === tensor.shape[index]);
  return (
    sameShape &&
    entries.every(
      (entry, rank) => entry.value === value.id && entry.rank === rank && !entry.negated,
    )
  );
}

/**
 * The order of axes in which a flat output lists the members of one value that has holes, outermost
 * first; `undefined` for any other output.
 */
function orderOfMembers(
  { model }: Lowering,
  { entries }: ModelOutput,
  tensor: OutputTensor,
): readonly number[] | undefined {
  const value = model.values[entries[0].value];
  if (tensor.shape.length !== 1 || value.holes.size === 0) return undefined;
  if (value.recurrence !== undefined || value.champion !== undefined) return undefined;
  if (entries.some((entry) => entry.value !== value.id || entry.negated)) return undefined;
  const extents = value.axes.map((axis) => axis.extent);
  const size = sizeOf(extents);
  if (size - value.holes.size !== entries.length) return undefined;
  const points = entries.map((entry) => pointOfRank(entry.rank, extents));
  return permutations(extents.length).find((order) =>
    points.every((point, k) => k === 0 || isBefore(points[k - 1], point, order)),
  );
}

/** Whether one point stands before another where the axes are walked in this order. */
function isBefore(
  first: readonly number[],
  second: readonly number[],
  order: readonly number[],
): boolean {
  const axis = order.find((own) => first[own] !== second[own]);
  return axis !== undefined && first[axis] < second[axis];
}

/** All orders of 0 .. count − 1, the natural one first. */
function permutations(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return Array.from({ length: count }, (_, first) =>
    permutations(count - 1).map((rest) => [
      first,
      ...rest.map((own) => own + Number(own >= first)),
    ]),
  ).flat();
}

/** One number of the output. */
function entryExpression(lowering: Lowering, entry: OutputEntry): Expression {
  const value = lowering.model.values[entry.value];
  const extents = value.axes.map((axis) => axis.extent);
  const point = pointOfRank(entry.rank, extents).map((position) => num(position));
  if (extents.length > 0) {
    const cell = element(lowering.array(entry.value), ...point);
    return entry.negated ? negate(cell) : cell;
  }
  const scalar = lowering.scalar(entry.value);
  return entry.negated ? negate(scalar) : scalar;
}

/** A flat list as a nested literal of this shape. */
function nestLiteral(expressions: readonly Expression[], shape: readonly number[]): Expression {
  if (shape.length <= 1) return array(...expressions);
  const size = sizeOf(shape.slice(1));
  const rows = Array.from({ length: shape[0] }, (_, row) =>
    nestLiteral(expressions.slice(row * size, (row + 1) * size), shape.slice(1)),
  );
  return array(...rows);
}

/** A new array of the output's shape; each value writes its entries. */
function writtenOutput(
  lowering: Lowering,
  entries: readonly OutputEntry[],
  tensor: OutputTensor,
): Expression {
  const target = symbol(camelCase(tensor.name) || 'result', 'number', tensor.shape);
  const parts = new Map<string, { entry: OutputEntry; places: Map<number, number> }>();
  const rest: { entry: OutputEntry; cell: number }[] = [];
  entries.forEach((entry, cell) => {
    const key = `${entry.value} ${String(entry.negated)}`;
    const part = parts.get(key) ?? { entry, places: new Map<number, number>() };
    parts.set(key, part);
    if (part.places.has(entry.rank)) rest.push({ entry, cell });
    else part.places.set(entry.rank, cell);
  });
  lowering.top.push(allocate(target, 0));
  for (const { entry, places } of tracksFirst(lowering, [...parts.values()])) {
    const value = lowering.model.values[entry.value];
    const fit = fitPositions(value, places, tensor.shape);
    if (fit === undefined) {
      for (const [rank, cell] of places) rest.push({ entry: { ...entry, rank }, cell });
      continue;
    }
    lowering.writeInto(target, entry.value, entry.negated, (iterators) => {
      const walks = iterators.map((iterator, axis) => ({
        value: iterator,
        extent: value.axes[axis].extent,
      }));
      return fit.map((index) => indexExpression(index, walks, lowering.indexing));
    });
  }
  for (const { entry, cell } of rest) {
    const indices = pointOfRank(cell, tensor.shape).map((position) => num(position));
    lowering.top.push(assign(target, indices, '=', entryExpression(lowering, entry)));
  }
  return ref(target);
}

/** Tracks of loops before all others, so that the loop writes them where they belong. */
function tracksFirst<Part extends { readonly entry: OutputEntry }>(
  { model }: Lowering,
  parts: readonly Part[],
): readonly Part[] {
  const isTrack = ({ entry }: Part): boolean =>
    model.values[entry.value].recurrence?.part.kind === 'track';
  return [...parts.filter(isTrack), ...parts.filter((part) => !isTrack(part))];
}
