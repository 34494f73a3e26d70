/**
 * Milliseconds per phase, for `--timings`. The clock is handed in, since the core never reads one:
 * without a clock nothing is measured and the report stays the same bytes from run to run.
 */

/** Time spent in each phase so far; a phase that runs twice adds up. */
export interface Milliseconds {
  parse?: number;
  cluster?: number;
  infer?: number;
  generalise?: number;
  emit?: number;
  verify?: number;
}

export interface Stopwatch {
  /** Runs (and awaits) `run`, and adds its time to the phase. */
  <Result>(phase: keyof Milliseconds, run: () => Result | Promise<Result>): Promise<Result>;
  /** The times so far, rounded to a hundredth; `undefined` without a clock. */
  readonly milliseconds: () => Milliseconds | undefined;
}

/** A stopwatch over a clock that gives milliseconds since any fixed moment. */
export function createStopwatch(clock: (() => number) | undefined): Stopwatch {
  const spent: Milliseconds = {};
  const measure = async <Result>(
    phase: keyof Milliseconds,
    run: () => Result | Promise<Result>,
  ): Promise<Result> => {
    if (clock === undefined) return await run();
    const start = clock();
    const result = await run();
    spent[phase] = Math.round(((spent[phase] ?? 0) + clock() - start) * 100) / 100;
    return result;
  };
  return Object.assign(measure, {
    milliseconds: () => (clock === undefined ? undefined : { ...spent }),
  });
}
