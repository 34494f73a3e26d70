/** The scouts, and in which order they are sent. */
import { ACTIVE } from './active.js';
import { BANK } from './bank.js';
import { DIRECTIONS } from './directions.js';
import { DIMENSIONAL } from './dimensional.js';
import { POLYNOMIAL } from './polynomial.js';
import { POWER_LAW } from './power-law.js';
import { PRODUCTS_SCOUT } from './products.js';
import { RATIONAL } from './rational.js';
import { SCALED_LAW } from './scaled-law.js';
import type { Scout } from './scout.js';

export const SCOUTS: readonly Scout[] = [
  DIMENSIONAL,
  POWER_LAW,
  POLYNOMIAL,
  RATIONAL,
  SCALED_LAW,
  BANK,
  PRODUCTS_SCOUT,
  ACTIVE,
  DIRECTIONS,
];

/** The names of the scouts in waves, the cheap ones first. */
export const SCOUT_WAVES: readonly (readonly string[])[] = [
  [DIMENSIONAL, POWER_LAW, POLYNOMIAL, RATIONAL],
  [SCALED_LAW, BANK, PRODUCTS_SCOUT, ACTIVE],
].map((wave) => wave.map(({ name }) => name));

/** The scouts for the loss `direction`, in waves. */
export const DIRECTION_WAVES: readonly (readonly string[])[] = [[DIRECTIONS.name]];

/** The scout of that name, if there is one. */
export function findScout(name: string): Scout | undefined {
  return SCOUTS.find((scout) => scout.name === name);
}
