/**
 * Numbers that leaves answer, as a person would write them: all with as many decimal places as leave them
 * within a hundredth of the standard deviation of the rows, which costs at most a ten-thousandth of their
 * variance. One number of places for all keeps the order of constants; the parts of a sum have their shares.
 */
import { allRows, weightOf, worstLoss } from '../measure.js';
import type { LogicData } from '../problem.js';
import type { Affine, Tree } from '../tree.js';

/** In standard deviations. */
const ALLOWED = 0.01;

/** @param data the rows that the tree learned from; their target are numbers. */
export function roundAnswers(tree: Tree, data: LogicData): Tree {
  const rows = allRows(data);
  const weight = rows.reduce((sum, row) => sum + weightOf(data, row), 0);
  const allowed = ALLOWED * Math.sqrt(worstLoss(tree, data, rows) / weight);
  const reach = data.columns.map((column) =>
    column.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  );
  return mapAnswers(tree, (cell) => rounded(cell, allowed, reach));
}

/** Significant digits that a sum of doubles has for certain. */
const CERTAIN_DIGITS = 15;

/** The answers without the last digit of their numbers, where sums leave what nobody wrote: 0.7999999999999999. */
export function withoutLastDigit(tree: Tree): Tree {
  const short = (value: number): number => Number(value.toPrecision(CERTAIN_DIGITS));
  return mapAnswers(tree, ({ offset, terms }) => ({
    offset: short(offset),
    terms: terms.map(({ feature, coefficient }) => ({ feature, coefficient: short(coefficient) })),
  }));
}

function mapAnswers(tree: Tree, map: (cell: Affine) => Affine): Tree {
  if (tree.kind === 'split') {
    return { ...tree, yes: mapAnswers(tree.yes, map), no: mapAnswers(tree.no, map) };
  }
  const { prediction } = tree;
  if (prediction.kind === 'class') return tree;
  return { ...tree, prediction: { kind: 'values', cells: prediction.cells.map(map) } };
}

/** A sum moves by at most what is allowed where its features are largest: every part has its share. */
function rounded({ offset, terms }: Affine, allowed: number, reach: readonly number[]): Affine {
  const share = allowed / (1 + terms.length);
  return {
    offset: within(offset, share),
    terms: terms.map(({ feature, coefficient }) => ({
      feature,
      coefficient: within(coefficient, share / reach[feature]),
    })),
  };
}

/** The value with the fewest decimal places that moves it by no more than is allowed, whatever it is. */
function within(value: number, allowed: number): number {
  const exponent = Math.floor(Math.log10(2 * allowed));
  return Number.isFinite(exponent) ? roundTo(value, exponent) : value;
}

/** The nearest multiple of 10^exponent, rounded once; a value with fewer digits is itself. */
function roundTo(value: number, exponent: number): number {
  const count = Math.round(value / Number(`1e${exponent}`));
  const rounded = Number(`${count}e${exponent}`) + 0;
  return Number.isFinite(rounded) ? rounded : value;
}
