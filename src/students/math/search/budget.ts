/**
 * How long a search goes on where nobody says so, and where its barriers lie. Counts of evaluations that
 * follow from the number of rows alone, so that they are the same everywhere.
 */

/** Fixed, whatever the number of workers: what is found must not depend on them. */
export const ISLANDS = 8;

/** Evaluations of an island from one barrier to the next, for data of few rows; and the fewest. */
const MOST_PER_EPOCH = 10_000;
const FEWEST_PER_EPOCH = 1_000;
/** Evaluations times rows of an epoch: about half a second of one core. */
const ROWS_PER_EPOCH = 2_000_000;

/** Epochs of a search that nothing ends before. */
export const DEFAULT_EPOCHS = 50;

export function evaluationsPerEpoch(rows: number): number {
  const affordable = Math.floor(ROWS_PER_EPOCH / Math.max(1, rows));
  return Math.min(MOST_PER_EPOCH, Math.max(FEWEST_PER_EPOCH, affordable));
}
