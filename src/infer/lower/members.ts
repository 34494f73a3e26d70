/**
 * The loops over the index points of a value: full boxes, and where the last axis has holes, the run
 * of members that depends on the iterator before it (a triangle). Other holes are computed and never
 * read.
 */
import { add, loop, num, ref, symbol } from '../../ir/program-builders.js';
import { camelCase } from '../hints.js';
import type { Value } from '../values.js';
import type { LoopHead } from './loops.js';
import { fullLoop } from './loops.js';

const NAMES = ['i', 'j', 'k', 'l', 'm', 'n'];

/** One loop for each axis, outermost first. */
export function memberLoops(value: Value): readonly LoopHead[] {
  const heads = value.axes.map((axis, index) =>
    fullLoop(
      (axis.name === undefined ? '' : camelCase(axis.name)) || NAMES[index % 6],
      axis.extent,
    ),
  );
  const run = value.holes.size > 0 && value.axes.length === 2 ? triangleOf(value) : undefined;
  if (run === undefined) return heads;
  const iterator = symbol(heads[1].iterator.hint);
  const outer = ref(heads[0].iterator);
  const from = run.from.slope === 0 ? num(run.from.start) : add(outer, num(run.from.start));
  const to = run.to.slope === 0 ? num(run.to.start) : add(outer, num(run.to.start));
  return [
    heads[0],
    { iterator, wrap: (body) => loop(iterator, from, to, body), mayUnderflow: false },
  ];
}

interface Bound {
  readonly start: number;
  readonly slope: 0 | 1;
}

/** The members of each row as a run from..to, both constant or the row's number plus a constant. */
function triangleOf(value: Value): { from: Bound; to: Bound } | undefined {
  const [rows, columns] = value.axes.map((axis) => axis.extent);
  const starts: (number | undefined)[] = [];
  const ends: (number | undefined)[] = [];
  for (let row = 0; row < rows; row++) {
    const members: number[] = [];
    for (let column = 0; column < columns; column++) {
      if (!value.holes.has(row * columns + column)) members.push(column);
    }
    const run = members.every((column, rank) => column === members[0] + rank);
    if (!run) return undefined;
    starts.push(members.at(0));
    const last = members.at(-1);
    ends.push(last === undefined ? undefined : last + 1);
  }
  for (const from of boundsOf(starts)) {
    for (const to of boundsOf(ends)) {
      const empty = starts.every(
        (start, row) =>
          start !== undefined || to.start + to.slope * row <= from.start + from.slope * row,
      );
      if (empty) return { from, to };
    }
  }
  return undefined;
}

function boundsOf(ends: readonly (number | undefined)[]): readonly Bound[] {
  const bounds: Bound[] = [];
  for (const slope of [0, 1] as const) {
    const starts = new Set(
      ends.flatMap((end, row) => (end === undefined ? [] : [end - slope * row])),
    );
    if (starts.size === 1) for (const start of starts) bounds.push({ start, slope });
  }
  return bounds;
}
