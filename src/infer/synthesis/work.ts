/** Counts search effort, so that the same problem always stops at the same point. */

/** A meter of candidate units; parts of the search share one, each within its stage. */
export class Work {
  private spent = 0;
  private ceiling: number;

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

  /** True when the stage's effort, or all of it, is spent. */
  get exhausted(): boolean {
    return this.spent >= this.ceiling;
  }
}
