/** Drafts: trees over a grid, whose splits lie between parts of an axis. Exact thresholds come later. */
import type { Tree } from '../tree.js';
import type { Grid } from './grid.js';

/** A leaf where it has no sides. All drafts have the same fields: they are walked many million times. */
export interface Draft {
  /** What it says as a leaf: a class or a number. */
  value: number;
  /** Of a split: rows whose part of the axis is above `cut` go to the yes side. */
  axis: number;
  cut: number;
  yes: Draft | undefined;
  no: Draft | undefined;
}

export function leafDraft(value: number): Draft {
  return { value, axis: 0, cut: 0, yes: undefined, no: undefined };
}

export function copyDraft({ value, axis, cut, yes, no }: Draft): Draft {
  return { value, axis, cut, yes: yes && copyDraft(yes), no: no && copyDraft(no) };
}

export function leavesOfDraft({ yes, no }: Draft): number {
  return yes === undefined || no === undefined ? 1 : leavesOfDraft(yes) + leavesOfDraft(no);
}

export function treeOfDraft({ value, axis, cut, yes, no }: Draft, grid: Grid): Tree {
  if (yes === undefined || no === undefined) {
    const prediction =
      grid.classes > 0
        ? ({ kind: 'class', index: value } as const)
        : ({ kind: 'values', cells: [{ offset: value, terms: [] }] } as const);
    return { kind: 'leaf', prediction, support: 0, agreeing: 0 };
  }
  const [feature] = grid.axes[axis].features;
  return {
    kind: 'split',
    condition: { kind: 'above', feature, threshold: grid.thresholds[axis][cut] },
    yes: treeOfDraft(yes, grid),
    no: treeOfDraft(no, grid),
  };
}
