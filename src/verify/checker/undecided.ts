/**
 * How the checker says that it cannot go on. `Undecided` never means that text and network differ: it
 * makes the verdict `unknown` (or `sampled`), with the sentence and the place in the text.
 */

/** Something outside what the checker can reason about; `place` is `line:column` of the text. */
export class Undecided extends Error {
  override readonly name = 'Undecided';

  constructor(
    message: string,
    public place = '',
  ) {
    super(message);
  }
}

/** The caller asked to stop. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** A run of the text took more steps than it was given: a loop that may never end. */
export class OutOfFuel extends Error {
  override readonly name = 'OutOfFuel';
}

/** An error that the module's own text throws, such as the shape check's RangeError. */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';

  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}
