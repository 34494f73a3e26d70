/** The smallest box that holds some cells of a residual, and how it is told as accesses. */
import type { Access } from '../region.js';
import { accessRange } from '../region.js';
import type { Residual } from '../residual.js';

export class Hull {
  private constructor(
    readonly low: readonly number[],
    readonly high: readonly number[],
  ) {}

  /** Of all cells left. */
  static of({ cells, count, shape, coordinates }: Residual): Hull {
    const low = shape.slice();
    const high = shape.map(() => -1);
    for (let axis = 0; axis < shape.length; axis++) {
      const coordinate = coordinates[axis];
      let [first, last] = [low[axis], high[axis]];
      for (let k = 0; k < count; k++) {
        const at = coordinate[cells[k]];
        if (at < first) first = at;
        if (at > last) last = at;
      }
      [low[axis], high[axis]] = [first, last];
    }
    return new Hull(low, high);
  }

  /** Of the cells of each weight class. */
  static ofClasses({ cells, classOf, classes, count, shape, coordinates }: Residual): Hull[] {
    const lows = classes.map(() => shape.slice());
    const highs = classes.map(() => shape.map(() => -1));
    for (let axis = 0; axis < shape.length; axis++) {
      const coordinate = coordinates[axis];
      for (let k = 0; k < count; k++) {
        const at = coordinate[cells[k]];
        const low = lows[classOf[k]];
        const high = highs[classOf[k]];
        if (at < low[axis]) low[axis] = at;
        if (at > high[axis]) high[axis] = at;
      }
    }
    return lows.map((low, index) => new Hull(low, highs[index]));
  }

  /** The number of positions along an axis. */
  length(axis: number): number {
    return this.high[axis] - this.low[axis] + 1;
  }

  /** The number of cells, the given axes left out. */
  volume(without: readonly number[] = []): number {
    return this.low.reduce(
      (product, _, axis) => (without.includes(axis) ? product : product * this.length(axis)),
      1,
    );
  }

  /**
   * The box as accesses. `instead` gives another access for an axis, or a test whether the region has
   * cells at a position of it: as far as it has none, the axis is told longer than the box.
   */
  accesses(
    shape: readonly number[],
    instead: (axis: number) => Access | ((at: number) => boolean) | undefined = () => undefined,
  ): Access[] {
    return shape.map((extent, axis): Access => {
      const other = instead(axis);
      if (typeof other === 'object') return other;
      let [first, last] = [this.low[axis], this.high[axis]];
      if (other !== undefined) {
        while (first > 0 && !other(first - 1)) first--;
        while (last < extent - 1 && !other(last + 1)) last++;
      }
      return accessRange(first, last, 1, extent);
    });
  }
}
