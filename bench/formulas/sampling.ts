/** What each kind of sampling means: a value, the wider kind, and whether a value lies outside. */
import type { Random } from '../../src/numeric/random.js';
import type { Sampling } from './problem-set.js';

/** How much longer a wider range is, half of it on each side. */
const WIDENED_BY = 0.5;

/** The next value of one variable; those before it stand in `row`. */
export function drawCell(
  sampling: Sampling,
  row: Float64Array,
  random: Random,
  place: { readonly index: number; readonly rows: number },
): number {
  switch (sampling.kind) {
    case 'uniform':
      return sampling.min + (sampling.max - sampling.min) * random.unit();
    case 'log-uniform':
      return sampling.min * (sampling.max / sampling.min) ** random.unit();
    case 'whole':
      return sampling.min + random.below(sampling.max - sampling.min + 1);
    case 'whole-above':
      return row[sampling.variable] + 1 + random.below(sampling.span);
    case 'spaced':
      return (
        sampling.min + (place.index * (sampling.max - sampling.min)) / Math.max(1, place.rows - 1)
      );
    case 'listed':
      return sampling.values[place.index];
  }
}

/** The sampling of fresh rows; whole numbers grow upwards only, since counts have a least one. */
export function widened(sampling: Sampling): Sampling {
  switch (sampling.kind) {
    case 'uniform':
    case 'spaced': {
      const margin = ((sampling.max - sampling.min) * WIDENED_BY) / 2;
      return { kind: 'uniform', min: sampling.min - margin, max: sampling.max + margin };
    }
    case 'log-uniform': {
      const factor = (sampling.max / sampling.min) ** (WIDENED_BY / 2);
      return { ...sampling, min: sampling.min / factor, max: sampling.max * factor };
    }
    case 'whole': {
      const more = Math.ceil((sampling.max - sampling.min) * WIDENED_BY);
      return { ...sampling, max: sampling.max + more };
    }
    case 'whole-above':
      return { ...sampling, span: sampling.span + Math.ceil(sampling.span * WIDENED_BY) };
    case 'listed':
      return { kind: 'uniform', min: sampling.wider[0], max: sampling.wider[1] };
  }
}

/** Whether the value of a variable is one that the problem never draws. */
export function isOutside(sampling: Sampling, row: Float64Array, position: number): boolean {
  const value = row[position];
  switch (sampling.kind) {
    case 'whole-above':
      return value - row[sampling.variable] > sampling.span;
    case 'listed':
      return !sampling.values.includes(value);
    default:
      return value < sampling.min || value > sampling.max;
  }
}
