/**
 * Which rows of a table are held out to judge what the others taught, and how those are divided for
 * cross-validation (Stone 1974). Every group, such as the rows of one class, gives its share; the same
 * groups and seed give the same rows, so that whoever has the table can judge again.
 */
import { createRandom } from './random.js';

/** Tells the order in which rows are held out from that in which the rest is divided. */
const FOLD_SEED = 0x666f6c64;

/**
 * The rows held out, ascending: of each group the share of its rows, rounded down.
 *
 * @param groups for each row the number of its group; all 0 where there are none.
 * @param share from 0 (none are held out) to less than 1.
 */
export function heldOutRows(groups: ArrayLike<number>, share: number, seed: number): Uint32Array {
  const chosen = shuffledGroups(groups, seed).flatMap((rows) =>
    rows.slice(0, Math.floor(share * rows.length)),
  );
  return Uint32Array.from(chosen).sort();
}

/** For each row the part it belongs to, 0 .. parts − 1: all alike in size, and in their groups. */
export function foldsOf(groups: ArrayLike<number>, parts: number, seed: number): Uint8Array {
  const folds = new Uint8Array(groups.length);
  shuffledGroups(groups, seed ^ FOLD_SEED)
    .flat()
    .forEach((row, position) => {
      folds[row] = position % parts;
    });
  return folds;
}

/** The rows of each group in a random order, groups ascending. */
function shuffledGroups(groups: ArrayLike<number>, seed: number): readonly number[][] {
  const random = createRandom(seed);
  const found = new Map<number, number[]>();
  for (const row of random.permutation(groups.length)) {
    const rows = found.get(groups[row]) ?? [];
    found.set(groups[row], rows);
    rows.push(row);
  }
  return [...found.entries()].sort(([a], [b]) => a - b).map(([, rows]) => rows);
}
