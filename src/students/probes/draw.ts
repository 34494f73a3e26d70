/**
 * Where a network is asked: uniformly, evenly (Sobol), at borders, or a mixture of these, which is the
 * default. A share that finds no borders goes to the even points.
 */
import type { Random } from '../../numeric/random.js';
import type { Ask } from '../ask.js';
import { borderKindOf, drawBoundary } from './boundary.js';
import { drawUniform, joinPoints, valueAt } from './box.js';
import type { BoundedDomain } from './box.js';
import { sobolColumns } from './sobol.js';

export type ProbeStrategy = 'mixed' | 'uniform' | 'sobol' | 'boundary';

/** Shares of uniform points and of points at borders in a mixture; the rest is even. */
const UNIFORM_SHARE = 1 / 4;
const BOUNDARY_SHARE = 1 / 4;

/**
 * `count` probes as columns.
 *
 * @param decide what changes at borders, where that is not the target itself.
 */
export function drawProbes(
  cells: readonly BoundedDomain[],
  ask: Ask,
  strategy: ProbeStrategy,
  count: number,
  random: Random,
  decide?: Ask,
): readonly Float64Array[] {
  if (strategy === 'uniform') return drawUniform(cells, count, random);
  if (strategy === 'sobol') return drawEvenly(cells, count, random);
  const uniform = drawUniform(cells, Math.floor(count * UNIFORM_SHARE), random);
  const wanted = Math.floor(count * (strategy === 'boundary' ? 1 - UNIFORM_SHARE : BOUNDARY_SHARE));
  const kind = decide === undefined ? borderKindOf(ask(uniform)) : 'steps';
  const borders = drawBoundary(cells, decide ?? ask, kind, wanted, random);
  const even = drawEvenly(cells, count - uniform[0].length - borders[0].length, random);
  return joinPoints([even, uniform, borders]);
}

function drawEvenly(
  cells: readonly BoundedDomain[],
  count: number,
  random: Random,
): readonly Float64Array[] {
  return sobolColumns(cells.length, count, random).map((places, k) =>
    places.map((place) => valueAt(cells[k], place)),
  );
}
