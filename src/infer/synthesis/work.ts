/** Counts search effort, so that the same problem always stops at the same point. */

/** Effort after the last gain that is always granted, in candidate units. */
const MIN_PATIENCE = 8_000;

/** A meter of candidate units; parts of the search share one, each within its stage. */
export class Work {
  private spent = 0;
  private ceiling: number;
  private patience = Infinity;

  constructor(
    private readonly limit: number,
    private readonly parent?: Work,
  ) {
    this.ceiling = limit;
  }

  /** Adds the effort of one step. */
  spend(units: number): void {
    this.spent += units;
    this.parent?.spend(units);
  }

  /** From here on only `share` of what remains may be spent, until the stage closes. */
  openStage(share: number): void {
    this.ceiling = this.spent + share * Math.max(0, this.limit - this.spent);
  }

  closeStage(): void {
    this.ceiling = this.limit;
  }

  /** A meter for a part of the search that may spend `share` of what remains; charged here as well. */
  child(share: number): Work {
    return new Work(share * Math.max(0, this.limit - this.spent), this);
  }

  /** Notes that a better answer was found: as much effort again may pass before giving up. */
  noteGain(): void {
    this.patience = 2 * this.spent + MIN_PATIENCE;
  }

  /** True when no gain came for as long as all effort before the last one. */
  get overdue(): boolean {
    return this.spent >= this.patience;
  }

  /** True when the stage's effort, or all of it, is spent. */
  get exhausted(): boolean {
    return this.spent >= this.ceiling || this.overdue;
  }
}
