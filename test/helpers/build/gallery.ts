/**
 * The structures that a symbolic network can hold, one specimen of each and at sizes where every input
 * can be run: what the builders, the disguises and the compiler are tested on.
 */
import { adder } from './adder.js';
import {
  oneAfterAnother,
  sideBySide,
  withMembers,
  withoutCells,
  withoutMembers,
} from './combine.js';
import { atLeast, countTable, exactly, majority, parity } from './counts.js';
import { elementaryAutomaton } from './local-rules.js';
import { balance, compareNumbers, ramp } from './numbers.js';
import { pairwise } from './pairs.js';
import { regionContest, regionSums } from './region-sums.js';
import { allButOne, combs, diagonals, intervals, onlySome, prefixes, separatedPairs, slices, upperTriangle, windows } from './regions.js'; // prettier-ignore
import { anyAutomaton } from './several-rules.js';
import type { Specimen } from './specimen.js';
import { totalistic } from './totalistic.js';

const ring = { width: 9, border: 'wrap' } as const;
const line = { width: 9, border: 'zero' } as const;

/** Local rules, in each of the ways in which a network can hold them. */
export const LOCAL: readonly Specimen[] = [
  elementaryAutomaton({ rule: 110, ...ring }),
  elementaryAutomaton({ rule: 30, ...line }),
  elementaryAutomaton({ rule: 90, ...ring, hidden: 'sign', output: 'sign' }),
  elementaryAutomaton({ rule: 150, ...line, encoding: 'maxterms', hidden: 'sign' }),
  elementaryAutomaton({ rule: 184, ...ring, encoding: 'thermometer', output: 'identity' }),
  elementaryAutomaton({
    rule: 22,
    ...line,
    encoding: 'thermometer',
    cells: 'signs',
    output: 'sign',
  }),
  elementaryAutomaton({ rule: 45, ...ring, cells: 'signs', hidden: 'sign', output: 'sign' }),
  totalistic({ rows: 4, columns: 5, border: 'wrap' }),
  totalistic({ rows: 3, columns: 5, border: 'zero', encoding: 'conditions' }),
  totalistic({
    rows: 4,
    columns: 3,
    border: 'zero',
    birth: [3, 6],
    hidden: 'sign',
    output: 'sign',
  }),
  totalistic({ rows: 4, columns: 4, border: 'wrap', birth: [2], survival: [] }),
  anyAutomaton(6, 'wrap'),
  anyAutomaton(5, 'zero'),
];

/** Who is larger. */
export const PAIRS: readonly Specimen[] = [
  pairwise({ values: 5, pairs: 'some', output: 'scores', decision: { kind: 'argmax' } }),
  pairwise({ values: 4, pairs: 'some', output: 'strict', seek: 'smallest' }),
  pairwise({ values: 5, pairs: 'all', output: 'scores', seek: 'smallest' }),
  pairwise({ values: 4, pairs: 'all', output: 'strict' }),
  pairwise({ values: 5, pairs: 'all', output: 'best' }),
  pairwise({ values: 5, pairs: 'all', output: 'first' }),
];

/** Sums over regions, and questions about them. */
export const REGIONS: readonly Specimen[] = [
  regionSums(slices([3, 4], [0]), { ask: 'each', atLeast: 3 }),
  regionSums(slices([5, 3], [1]), { ask: 'some', atLeast: 4 }),
  regionSums(slices([2, 3, 2], [0]), { ask: 'sums' }),
  regionSums(slices([2, 3, 2], [0, 2]), { ask: 'how many', atLeast: 2 }),
  regionSums(diagonals([4, 4], 'falling'), { ask: 'sums' }),
  regionSums(diagonals([3, 4], 'rising'), { ask: 'each', atLeast: 1 }),
  regionSums(diagonals([4, 4], 'falling', 'wrap'), { ask: 'some', atLeast: 4 }),
  regionSums(windows([4, 4], [2, 2], [2, 2]), { ask: 'each', atLeast: 2, gate: 'sign' }),
  regionSums(windows([3, 5], [2, 3], [1, 1]), { ask: 'how many', atLeast: 4 }),
  regionSums(windows([11], [3], [2]), { ask: 'all', atLeast: 1 }),
  regionSums(allButOne([8]), { ask: 'each', atLeast: 3 }),
  regionSums(prefixes([9]), { ask: 'each', atLeast: 2 }),
  regionSums(prefixes([9], 'end'), { ask: 'sums' }),
  regionSums(prefixes([3, 4]), { ask: 'each', atLeast: 3 }),
  regionSums(intervals(6), { ask: 'how many', atLeast: 2 }),
  regionSums(upperTriangle([4, 4]), { ask: 'each', atLeast: 3 }),
  regionSums(combs(12, 3), { ask: 'each', atLeast: 2 }),
  regionSums(separatedPairs(10, 3), { ask: 'some', atLeast: 2 }),
  regionSums(onlySome(slices([6, 2], [0]), [0, 1, 3, 5]), { ask: 'each', atLeast: 1 }),
  regionContest(slices([3, 4], [1]), slices([3, 4], [0])),
];

/** Counts, and numbers in binary. */
export const NUMBERS: readonly Specimen[] = [
  parity(9),
  parity(8, 'sign'),
  exactly(3, 10),
  atLeast(4, 10),
  majority(10),
  countTable('two or five', [0, 0, 1, 0, 0, 1, 0, 0, 0, 0]),
  compareNumbers(6, 'msb'),
  compareNumbers(5, 'lsb'),
  balance(9),
  ramp(8, [5, 12, 20]),
  adder({ bits: 4, order: 'lsb', encoding: 'look-ahead' }),
  adder({ bits: 4, order: 'msb', encoding: 'look-ahead' }),
  adder({ bits: 4, order: 'lsb', encoding: 'thresholds' }),
  adder({ bits: 3, order: 'msb', encoding: 'ripple' }),
];

/** Programs put together from others: unequal clusters in a layer, gaps, chains. */
export const COMBINED: readonly Specimen[] = [
  sideBySide(
    regionSums(slices([3, 4], [0]), { ask: 'each', atLeast: 2 }),
    regionSums(slices([3, 4], [1]), { ask: 'each', atLeast: 3 }),
  ),
  sideBySide(
    elementaryAutomaton({ rule: 110, width: 7, border: 'wrap' }),
    elementaryAutomaton({ rule: 90, width: 7, border: 'wrap' }),
    'interleaved',
  ),
  oneAfterAnother(regionSums(slices([4, 3], [0]), { ask: 'each', atLeast: 2 }), parity(4)),
  oneAfterAnother(
    elementaryAutomaton({ rule: 30, width: 6, border: 'zero' }),
    elementaryAutomaton({ rule: 90, width: 6, border: 'wrap' }),
  ),
  withMembers(elementaryAutomaton({ rule: 54, width: 10, border: 'wrap' }), [0, 1, 3, 4, 5, 8]),
  withoutMembers(elementaryAutomaton({ rule: 54, width: 20, border: 'wrap' }), [3, 4, 9, 15]),
  withoutMembers(totalistic({ rows: 4, columns: 5, border: 'wrap' }), [5, 7]),
  withoutMembers(regionContest(slices([3, 4], [1]), slices([3, 4], [0])), [3]),
  withoutCells(regionSums(slices([4, 4], [0]), { ask: 'each', atLeast: 2 }), [1, 5, 9, 13]),
];

export const GALLERY: readonly Specimen[] = [...LOCAL, ...PAIRS, ...REGIONS, ...NUMBERS, ...COMBINED]; // prettier-ignore
