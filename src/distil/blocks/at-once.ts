/** Several pieces of work under way at once, their results in the order of the pieces. */

/** Runs at most `limit` at a time. Rejects with the first failure, when what is under way has ended. */
export async function runAtOnce<Item, Result>(
  items: readonly Item[],
  limit: number,
  run: (item: Item, position: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const position = next++;
      results.set(position, await run(items[position], position));
    }
  };
  const lines = Array.from({ length: Math.min(limit, items.length) }, work);
  const ended = await Promise.allSettled(lines);
  const failed = ended.find((line) => line.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return [...results.entries()].sort(([a], [b]) => a - b).map(([, result]) => result);
}
