/**
 * Decides whether a family may have a member at given positions: all inside their sources, or a
 * window that reaches over the border (zero border) while its middle is still inside.
 */
import type { AxisModel } from './axes.js';
import type { Column, Template } from './template.js';

/** Positions on one axis of one source. */
interface Hull {
  readonly extent: number;
  readonly columns: readonly { readonly column: number; readonly isEnd: boolean }[];
  /** Whether all of them move together: then they form a window that may be cut. */
  readonly isRigid: boolean;
}

export class Borders {
  private readonly hulls: readonly Hull[];
  private readonly free: readonly number[];

  constructor({ columns }: Template, model: AxisModel) {
    const groups = new Map<string, number[]>();
    columns.forEach(({ tensor, axis, isFree }, column) => {
      if (isFree) return;
      const key = `${tensor},${axis}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [column]);
      else group.push(column);
    });
    this.free = [...columns.keys()].filter((column) => columns[column].isFree);
    this.hulls = [...groups.values()].map((group) => hullOf(group, columns, model));
  }

  /** Where the positions of a member lie. */
  placeOf(parameters: readonly number[]): 'inside' | 'clipped' | 'outside' {
    if (!this.free.every((column) => Number.isInteger(parameters[column]))) return 'outside';
    let place: 'inside' | 'clipped' = 'inside';
    for (const { extent, columns, isRigid } of this.hulls) {
      let low = Infinity;
      let high = -Infinity;
      for (const { column, isEnd } of columns) {
        const position = isEnd ? parameters[column] - 1 : parameters[column];
        low = Math.min(low, position);
        high = Math.max(high, position);
      }
      if (low >= 0 && high < extent) continue;
      const middle = Math.floor((low + high) / 2);
      if (!isRigid || middle < 0 || middle >= extent) return 'outside';
      place = 'clipped';
    }
    return place;
  }
}

function hullOf(group: readonly number[], columns: readonly Column[], model: AxisModel): Hull {
  const slopes = group.map((column) => model.formulas[column].coefficients.join());
  return {
    extent: columns[group[0]].extent,
    columns: group.map((column) => ({ column, isEnd: columns[column].role === 'to' })),
    isRigid:
      group.every((column) => model.formulas[column].modulus === undefined) &&
      slopes.every((slope) => slope === slopes[0]),
  };
}
