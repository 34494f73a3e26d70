/**
 * Words for thresholds on one region: `fullRow`, `emptyWindow`, `highDiagonal`, `lowDiagonal`. Full and
 * empty are said only of cells of 0 and 1, where the threshold asks for all or none of them.
 */
import { cellDomain, sizeOf } from '../ir/model-interface.js';
import { visitAccesses } from '../ir/region-cells.js';
import { fixedIndex } from './positions.js';
import { regionWord } from './region-words.js';
import type { GateTerm, Model, Value } from './values.js';
import { extentsOf, isPoint, pointOfRank } from './values.js';
import { axisNames, camelCase, isNearly } from './words.js';

/** The word for a step value that asks one thing of one region; `undefined` for any other value. */
export function flagWord(model: Model, value: Value): string | undefined {
  const { terms, tables, bias } = value.gate;
  if (terms.length === 0 || tables.length > 0 || bias.kind !== 'constant') return undefined;
  const [{ coefficient }] = terms;
  if (!terms.every((term) => isNearly(term.coefficient, coefficient))) return undefined;
  const noun = nounOf(model, value);
  if (noun === undefined) return undefined;
  const count = cellCount(model, value, terms);
  return camelCase(adjective(coefficient, bias.value, count), noun);
}

function nounOf(model: Model, value: Value): string | undefined {
  const { terms } = value.gate;
  if (terms.length > 1) return diagonalOf(model, terms);
  const [{ reference }] = terms;
  if (isPoint(reference) || reference.factors !== undefined) return undefined;
  const source = {
    extents: extentsOf(model, reference.source),
    names: axisNames(model, reference.source),
  };
  const word = regionWord(reference.accesses, source, value.axes);
  return word?.open === true ? word.noun : undefined;
}

/** `diagonal` or `antidiagonal` for the single cells of one of a table. */
function diagonalOf(model: Model, terms: readonly GateTerm[]): string | undefined {
  const [{ reference: first }] = terms;
  const extents = extentsOf(model, first.source);
  if (extents.length !== 2 || terms.length < 2) return undefined;
  const points: (readonly [number, number])[] = [];
  for (const { reference } of terms) {
    const sameSource = JSON.stringify(reference.source) === JSON.stringify(first.source);
    const [row, column] = reference.accesses.map((access) =>
      access.kind === 'at' ? fixedIndex(access.index) : undefined,
    );
    if (!sameSource || row === undefined || column === undefined) return undefined;
    points.push([row, column]);
  }
  const same = (of: (point: readonly [number, number]) => number): boolean =>
    points.every((point) => of(point) === of(points[0]));
  if (same(([row, column]) => column - row)) return 'diagonal';
  return same(([row, column]) => column + row) ? 'antidiagonal' : undefined;
}

/** Cells of 0 or 1 that every member adds up; `undefined` for other cells or unlike members. */
function cellCount(model: Model, value: Value, terms: readonly GateTerm[]): number | undefined {
  if (!terms.every((term) => isBinary(model, term))) return undefined;
  const size = sizeOf(value.axes.map(({ extent }) => extent));
  const extents = value.axes.map(({ extent }) => extent);
  let common: number | undefined;
  for (let rank = 0; rank < size; rank++) {
    if (value.holes.has(rank)) continue;
    let count = 0;
    const point = pointOfRank(rank, extents);
    for (const { reference } of terms) {
      const { source, accesses } = reference;
      visitAccesses(accesses, extentsOf(model, source), point, () => count++);
    }
    if (common !== undefined && common !== count) return undefined;
    common = count;
  }
  return common;
}

function isBinary(model: Model, { reference: { source } }: GateTerm): boolean {
  const values =
    source.kind === 'value'
      ? model.values[source.id].range
      : inputValues(model.interface.inputs[source.index].domain);
  return values?.join() === '0,1';
}

function inputValues(
  domain: Model['interface']['inputs'][number]['domain'],
): readonly number[] | undefined {
  if (domain.kind === 'per-cell') return undefined;
  const cell = cellDomain(domain, 0);
  return cell.kind === 'values' ? cell.values : undefined;
}

/** What coefficient · sum + bias > 0 says of a sum of `count` zeros and ones (or of other numbers). */
function adjective(coefficient: number, bias: number, count: number | undefined): string {
  const threshold = -bias / coefficient;
  // Of numbers of both signs, `sum > −3` is no height: all but the lowest sums pass.
  if (count === undefined && threshold < 0 && coefficient > 0) return 'not low';
  if (count === undefined && threshold > 0 && coefficient < 0) return 'not high';
  if (coefficient > 0) {
    if (count === undefined || threshold < 0 || threshold >= count) return 'high';
    if (threshold >= count - 1) return 'full';
    return threshold < 1 ? 'nonempty' : 'high';
  }
  if (count === undefined || threshold <= 0 || threshold > count) return 'low';
  if (threshold <= 1) return 'empty';
  return threshold > count - 1 ? 'incomplete' : 'low';
}
