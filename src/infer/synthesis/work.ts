/** Counts search effort, so that the same problem always stops at the same point. */

/** Effort without gain that a stage with an answer in hand always has, in candidate units. */
const MIN_PATIENCE = 6_000;

/** A meter of candidate units; parts of the search share one, each within its stage. */
export class Work {
  private spent = 0;
  private ceiling: number;
  private stageStart = 0;
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

  /**
   * From here on only `share` of what remains may be spent, until the next stage opens; a stage that
   * starts from an answer `inHand` also ends when too long without gain.
   */
  openStage(share: number, inHand = false): void {
    this.ceiling = this.spent + share * Math.max(0, this.limit - this.spent);
    this.stageStart = this.spent;
    this.patience = inHand ? this.spent + MIN_PATIENCE : Infinity;
  }

  /** Notes a better answer: half as much effort again as the stage has taken may bring the next. */
  noteGain(): void {
    const taken = this.spent - this.stageStart;
    this.patience = this.spent + taken / 2 + MIN_PATIENCE;
  }

  closeStage(): void {
    this.ceiling = this.limit;
    this.patience = Infinity;
  }

  /** A meter for a part of the search that may spend `share` of what remains; charged here as well. */
  child(share: number): Work {
    return new Work(share * Math.max(0, this.limit - this.spent), this);
  }

  /** True when the stage's effort or patience, or all effort, is spent. */
  get exhausted(): boolean {
    return this.spent >= this.ceiling || this.spent >= this.patience;
  }
}
