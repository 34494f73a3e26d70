/**
 * Text of a unit → its dimension: `kg*m/s^2`, `J/(mol K)`, `kPa`, `m^(1/2)`, `1`. mathjs knows the units
 * and their prefixes; here it is said which of its readings are units of a column.
 */
import { diagnose } from '../../../diagnostics/diagnostic.js';
import type { Place } from '../../../diagnostics/diagnostic.js';
import { nearestWord } from '../../../diagnostics/nearest.js';
import { BASE_UNITS, NUMBER } from '../dimensions/dimension.js';
import type { Dimension } from '../dimensions/dimension.js';

/** Where mathjs keeps the exponent of each base unit; its angle is left out. */
const POSITIONS: Readonly<Record<(typeof BASE_UNITS)[number], number>> = {
  kg: 0,
  m: 1,
  s: 2,
  A: 3,
  K: 4,
  cd: 5,
  mol: 6,
  bit: 8,
};

/** Signs as people write them, in the form that mathjs reads. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\*\*/g, '^'],
  [/[·⋅×]/g, '*'],
  [/÷/g, '/'],
  [/[−]/g, '-'],
  [/[µμ]/g, 'u'],
  [/[ΩΩ]/g, 'ohm'],
  [/²/g, '^2'],
  [/³/g, '^3'],
];

const FRACTION = /\^\s*\(\s*(-?\d+)\s*(?:\/\s*(\d+)\s*)?\)/g;

/** Words that misspelt units are compared with, besides the names that mathjs has. */
const COMMON: readonly string[] = [
  'kg', 'm', 's', 'A', 'K', 'mol', 'cd', 'N', 'J', 'W', 'Pa', 'V', 'C', 'F', 'ohm', 'T', 'Hz', 'km',
  'cm', 'mm', 'ms', 'kPa', 'kJ', 'kW', 'MeV', 'min', 'h', 'L',
]; // prettier-ignore

/**
 * The dimension of a unit. Loads mathjs when it is called.
 *
 * @throws Diagnostic UNIT_UNKNOWN, UNIT_SYNTAX or UNIT_OFFSET.
 */
export async function parseUnit(text: string, place: Place): Promise<Dimension> {
  const plain = plainText(text);
  if (plain === '') throw diagnose('UNIT_SYNTAX', place, { text });
  if (plain === '1') return NUMBER;
  const { Unit } = await import('mathjs');
  const parsed = (() => {
    try {
      return Unit.parse(plain);
    } catch (error) {
      const word = /^Unit "(.*)" not found/.exec(error instanceof Error ? error.message : '')?.[1];
      if (word === undefined) throw diagnose('UNIT_SYNTAX', place, { text });
      const nearest = nearestWord(word, [...COMMON, ...Object.keys(Unit.UNITS)]);
      throw diagnose('UNIT_UNKNOWN', place, { word, nearest, known: COMMON });
    }
  })();
  // mathjs has null where no number stands before the unit.
  const factor = parsed.value as number | null;
  if (factor !== null && factor !== 1) throw diagnose('UNIT_SYNTAX', place, { text });
  const shifted = parsed.units.find((part) => part.unit.offset !== 0);
  if (shifted !== undefined) throw diagnose('UNIT_OFFSET', place, { word: shifted.unit.name });
  return BASE_UNITS.map((base) => parsed.dimensions[POSITIONS[base]] ?? 0);
}

/** The text as mathjs reads it. */
function plainText(text: string): string {
  return SIGNS.reduce((read, [sign, meant]) => read.replace(sign, meant), text)
    .replace(FRACTION, (_, above: string, below = '1') => `^${Number(above) / Number(below)}`)
    .trim();
}
