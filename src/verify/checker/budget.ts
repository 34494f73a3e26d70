/**
 * How much a proof may cost: a counter of elementary steps, never a clock, so that a hopeless proof
 * ends within seconds, and at the same place on every machine.
 */
import { Undecided } from './undecided.js';

/** Steps between two questions whether to stop: some milliseconds. */
const TICK_INTERVAL = 1 << 21;

export class Budget {
  private untilTick = TICK_INTERVAL;

  constructor(
    private left: number,
    /** Asked now and then; throws to stop. */
    private readonly tick: () => void,
  ) {}

  /** Takes steps; one is about a multiplication and an addition. @throws Undecided when none is left. */
  spend(steps: number): void {
    this.left -= steps;

    this.untilTick -= steps;
    if (this.untilTick < 0) {
      this.untilTick = TICK_INTERVAL;
      this.tick();
    }
    if (this.left < 0) throw new Undecided('a proof of more steps than it is given');
  }

  /** Runs an attempt that may take at most so many steps of this budget. */
  within<Result>(steps: number, attempt: () => Result): Result {
    const kept = Math.max(0, this.left - steps);
    this.left -= kept;
    try {
      return attempt();
    } finally {
      this.left += kept;
    }
  }

  /** True when so many steps may still be taken. */
  affords(steps: number): boolean {
    return this.left >= steps;
  }
}
