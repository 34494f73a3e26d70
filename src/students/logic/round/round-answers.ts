/**
 * Numbers that leaves answer, as a person would write them: all with as many decimal places as leave them
 * within a hundredth of the standard deviation of the rows, which costs at most a ten-thousandth of their
 * variance. One number of places for all keeps their order.
 */
import { allRows, worstLoss } from '../measure.js';
import type { LogicData } from '../problem.js';
import type { Tree } from '../tree.js';

/** In standard deviations. */
const ALLOWED = 0.01;

/** @param data the rows that the tree learned from; their target are numbers. */
export function roundAnswers(tree: Tree, data: LogicData): Tree {
  const rows = allRows(data);
  const deviation = Math.sqrt(worstLoss(tree, data, rows) / rows.length);
  const exponent = Math.floor(Math.log10(2 * ALLOWED * deviation));
  if (!Number.isFinite(exponent)) return tree;
  return mapAnswers(tree, (value) => roundTo(value, exponent));
}

function mapAnswers(tree: Tree, map: (value: number) => number): Tree {
  if (tree.kind === 'split') {
    return { ...tree, yes: mapAnswers(tree.yes, map), no: mapAnswers(tree.no, map) };
  }
  const { prediction } = tree;
  if (prediction.kind === 'class') return tree;
  const cells = prediction.cells.map(({ offset, terms }) => ({ offset: map(offset), terms }));
  return { ...tree, prediction: { kind: 'values', cells } };
}

/** The nearest multiple of 10^exponent, rounded once; a value with fewer digits is itself. */
function roundTo(value: number, exponent: number): number {
  const count = Math.round(value / Number(`1e${exponent}`));
  const rounded = Number(`${count}e${exponent}`) + 0;
  return Number.isFinite(rounded) ? rounded : value;
}
