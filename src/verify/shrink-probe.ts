/**
 * Smaller probes than a given one, for finding the smallest on which two answers part: fewer cells that
 * stand out from the background, then rounder numbers. Every proposal lies within the domains.
 */
import { cellDomain } from '../ir/model-interface.js';
import type { CellDomain, ModelInterface } from '../ir/model-interface.js';
import { backgroundOf, isWithin } from './probes.js';
import type { Probe } from './probes.js';

/** Decimal places tried for a cell, few first: a counterexample should be readable. */
const PLACES = [0, 1, 2, 4];

/**
 * Proposals in the order in which they should be tried: whole chunks of the outstanding cells set to
 * the background, largest chunks first (Zeller's delta debugging), then single cells made rounder.
 * Every proposal is smaller than `probe`, so that shrinking ends.
 */
export function* shrinkProbe(model: ModelInterface, probe: Probe): Generator<Probe> {
  const domainOf = (input: number, cell: number): CellDomain =>
    cellDomain(model.inputs[input].domain, cell);
  const outstanding = probe.flatMap((cells, input) =>
    Array.from(cells.keys(), (cell) => ({ input, cell })).filter(
      ({ cell }) => cells[cell] !== backgroundOf(domainOf(input, cell)),
    ),
  );
  for (let chunk = outstanding.length; chunk >= 1; chunk = Math.floor(chunk / 2)) {
    for (let from = 0; from < outstanding.length; from += chunk) {
      const smaller = probe.map((cells) => cells.slice());
      for (const { input, cell } of outstanding.slice(from, from + chunk)) {
        smaller[input][cell] = backgroundOf(domainOf(input, cell));
      }
      yield smaller;
    }
  }
  for (const { input, cell } of outstanding) {
    for (const value of rounder(domainOf(input, cell), probe[input][cell])) {
      const smaller = probe.map((cells) => cells.slice());
      smaller[input][cell] = value;
      yield smaller;
    }
  }
}

/** Values of a continuous domain with fewer decimals than `value`. */
function rounder(domain: CellDomain, value: number): number[] {
  if (domain.kind === 'values') return [];
  const places = PLACES.findIndex((count) => Number(value.toFixed(count)) === value);
  return PLACES.slice(0, places === -1 ? undefined : places)
    .map((count) => Number(value.toFixed(count)))
    .filter((candidate) => isWithin(domain, candidate));
}
