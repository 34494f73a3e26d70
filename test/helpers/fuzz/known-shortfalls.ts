/**
 * Points of the grid that do not hold yet, by what is in their way. Each is compiled and compared all the
 * same; the tests fail when one of them holds and is still listed, so that the lists can only shrink.
 * Only points that the tests sample are listed; the nightly grid prints all that fail.
 */

/** Members at irregular places are listed, and a list counts as data. */
const LISTED_MEMBERS = [
  'slices 0, some missing of 6×2, each ≥ 1',
  'rule 54, minterms, 10 cells, wrap border, outputs 0,1,3,4,5,8',
];

const OTHERS = [
  // Noise on the sums of an identity layer tears a family of differences apart.
  'rule 184, thermometer, 9 cells, wrap border, everything',
];

export const KNOWN_SHORTFALLS: readonly string[] = [...LISTED_MEMBERS, ...OTHERS];
