/**
 * All points of a tournament together: every cell is compared with every other one, and a pair adds
 * the same whichever cells meet, or depends only on which of the two stands first. A threshold that
 * only the largest (or smallest) possible sum passes asks for a champion:
 *
 *   step(Σ_j sign(x_i − x_j) − n + 1.5)   →   is x[i] larger than all others?
 *
 * For each index i the sum is constant + Σ_{j<i} before(x_i, x_j) + Σ_{j>i} behind(x_i, x_j), and every
 * pair takes its values independently of the index. The threshold passes the sum in which every pair
 * gives its most, and none in which some pair gives less; so it asks that every pair gives its most.
 */
import type { CellRole } from '../recurrence/chain.js';
import type { Champion } from './champion.js';
import type { PairedPoint, PairWeights } from './pairs.js';

export interface Tournament {
  readonly role: CellRole;
  /** What a pair adds where the other cell stands before, or behind, the own one. */
  readonly before: PairWeights;
  readonly behind: PairWeights;
  /** The sum of index i when all cells are equal. */
  readonly constants: readonly number[];
}

/** The tournament of these points, in the order of their cells; `undefined` if they are none. */
export function tournamentOf(
  role: CellRole,
  points: readonly PairedPoint[],
): Tournament | undefined {
  let before: PairWeights | undefined;
  let behind: PairWeights | undefined;
  for (const [i, { pairs }] of points.entries()) {
    if (pairs.size !== points.length - 1) return undefined;
    for (const [j, { own: other }] of points.entries()) {
      if (j === i) continue;
      const weights = pairs.get(other);
      if (weights === undefined) return undefined;
      if (j < i) before ??= weights;
      else behind ??= weights;
      if (!sameWeights(weights, j < i ? before : behind)) return undefined;
    }
  }
  if (before === undefined || behind === undefined) return undefined;
  return { role, before, behind, constants: points.map((point) => point.constant) };
}

function sameWeights(first: PairWeights, second: PairWeights | undefined): boolean {
  return first.larger === second?.larger && first.smaller === second.smaller;
}

/** Whether every pair counts alike and every index starts alike: a plain sum over the others. */
export function isEven({ before, behind, constants }: Tournament): boolean {
  return sameWeights(before, behind) && constants.every((constant) => constant === constants[0]);
}

/** The champion that a threshold on the sums asks for; `undefined` when it asks for something else. */
export function championOf(
  activation: 'sign' | 'step',
  tournament: Tournament,
): Champion | undefined {
  const low = activation === 'sign' ? -1 : 0;
  const most = championAt(tournament, 1, activation);
  if (most !== undefined) return { role: tournament.role, ...most, yes: 1, no: low };
  const least = championAt(tournament, -1, activation);
  return least === undefined ? undefined : { role: tournament.role, ...least, yes: low, no: 1 };
}

/** For direction 1 whether only the largest sums pass; for −1 whether only the smallest ones fail. */
function championAt(
  { before, behind, constants }: Tournament,
  direction: 1 | -1,
  activation: 'sign' | 'step',
): Pick<Champion, 'end' | 'ties'> | undefined {
  const [front, back] = [extremeOf(before, direction), extremeOf(behind, direction)];
  const last = constants.length - 1;
  for (const [index, constant] of constants.entries()) {
    const all = constant + index * front.value + (last - index) * back.value;
    const gap = Math.min(index > 0 ? front.gap : Infinity, index < last ? back.gap : Infinity);
    const next = all - direction * gap;
    // At z = 0 a step fails and a sign does neither.
    const decided =
      direction > 0
        ? all > 0 && (activation === 'step' ? next <= 0 : next < 0)
        : next > 0 && (activation === 'step' ? all <= 0 : all < 0);
    if (!decided) return undefined;
  }
  return meaningOf(front.holds, back.holds);
}

interface Extreme {
  readonly value: number;
  /** Distance to the next value. */
  readonly gap: number;
  /** Where the pair takes it: own cell larger (`>`), equal (`=`), smaller (`<`), in this order. */
  readonly holds: string;
}

function extremeOf({ larger, smaller }: PairWeights, direction: 1 | -1): Extreme {
  const cases = [
    { name: '>', value: larger },
    { name: '=', value: 0 },
    { name: '<', value: smaller },
  ];
  const ranked = cases.map(({ value }) => direction * value).sort((a, b) => b - a);
  const [value] = ranked;
  const next = ranked.find((other) => other < value);
  const holds = cases.filter((own) => direction * own.value === value);
  return {
    value: direction * value,
    gap: next === undefined ? Infinity : value - next,
    holds: holds.map(({ name }) => name).join(''),
  };
}

/** What it means that all pairs with cells before, and behind, hold so. */
function meaningOf(before: string, behind: string): Pick<Champion, 'end' | 'ties'> | undefined {
  const meanings: Readonly<Record<string, Pick<Champion, 'end' | 'ties'>>> = {
    '> >': { end: 'largest', ties: 'none' },
    '> >=': { end: 'largest', ties: 'first' },
    '>= >': { end: 'largest', ties: 'last' },
    '>= >=': { end: 'largest', ties: 'all' },
    '< <': { end: 'smallest', ties: 'none' },
    '< =<': { end: 'smallest', ties: 'first' },
    '=< <': { end: 'smallest', ties: 'last' },
    '=< =<': { end: 'smallest', ties: 'all' },
  };
  return meanings[`${before} ${behind}`];
}
