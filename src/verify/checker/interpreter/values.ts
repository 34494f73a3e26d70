/**
 * The values that a text computes with. Constants are JavaScript's own numbers, booleans and strings,
 * computed with JavaScript's own operators; only what depends on the input is symbolic. A run on
 * concrete inputs therefore is an ordinary run.
 */
import { Num } from '../num.js';

/** A boolean that depends on the input: a 0/1 number, and the comparison it came from. */
export class Truth {
  constructor(
    readonly num: Num,
    /** For `a > b` and its like: a − b, or b − a; undefined otherwise. */
    readonly difference?: Num,
  ) {}
}

/** What two branches leave where they do not agree on a kind of value; any use is undecided. */
export class Poison {
  constructor(readonly reason: string) {}
}

/** A variable whose declaration has not run. */
export class Undeclared extends Poison {
  constructor(name: string) {
    super(`no value before the declaration of ${name}`);
  }
}

/** Mutable cells that writes under a condition must be able to undo. */
export class Cells {
  constructor(
    readonly items: Value[],
    /** Serial number of the creation: what a branch itself creates needs no undoing. */
    readonly birth: number,
  ) {}
}

/** An array. A merged one is frozen, since it stands for one of two that may have other names. */
export class ArrayValue extends Cells {
  frozen = false;
  /** Made as `new Array(n)`: what is undefined in it may be a hole, which most methods pass over. */
  holes = false;
  /** What stands at keys that are no indices, which no method looks at. */
  beside: Map<number, Value> | undefined;
  /** A caller's: it may be any array-like, and one array may stand in two places. */
  foreign = false;

  constructor(
    items: Value[],
    birth: number,
    /** A typed array: its length is fixed. */
    readonly typed: boolean,
  ) {
    super(items, birth);
  }
}

/** Variables of one call of a function. */
export class Frame extends Cells {
  constructor(
    items: Value[],
    birth: number,
    readonly parent: Frame | undefined,
  ) {
    super(items, birth);
  }
}

export class ObjectValue {
  constructor(readonly entries: ReadonlyMap<string, Value>) {}
}

export class FunctionValue {
  constructor(
    readonly name: string,
    readonly invoke: (values: readonly Value[]) => Value,
  ) {}
}

/** What `keys`, `values` and `entries` give: no array, and walked once, while the array may change. */
export class Walk {
  isUsed = false;

  constructor(
    readonly array: ArrayValue,
    /** The value at an index of the array as it is then. */
    readonly at: (index: number) => Value,
  ) {}
}

/** The result of `filter` with a predicate that depends on the input: members with conditions. */
export class Filtered {
  constructor(readonly members: readonly { readonly condition: Truth | boolean; readonly value: Value }[]) {} // prettier-ignore
}

/** One of the names that JavaScript itself defines, such as `Math`. */
export class Global {
  constructor(readonly name: string) {}
}

/** An error object made by the text. */
export class ErrorValue {
  constructor(
    readonly kind: string,
    readonly message: string,
  ) {}
}

export type Value =
  | number
  | boolean
  | string
  | undefined
  | null
  | Num
  | Truth
  | ArrayValue
  | ObjectValue
  | FunctionValue
  | Filtered
  | Walk
  | Global
  | ErrorValue
  | Poison;

/** How a value is called in messages. */
export function describeValue(value: Value): string {
  if (value instanceof Num) return 'a number that depends on the input';
  if (value instanceof Truth) return 'a condition that depends on the input';
  if (value instanceof ArrayValue) return 'an array';
  if (value instanceof Walk) return 'an iterator';
  if (value instanceof Filtered) return 'an array whose length depends on the input';
  if (value instanceof ObjectValue) return 'an object';
  if (value instanceof FunctionValue) return 'a function';
  if (value instanceof Global) return value.name;
  if (value instanceof ErrorValue) return 'an error';
  if (value instanceof Poison) return value.reason;
  if (typeof value === 'string') return `the string '${value}'`;
  return String(value);
}
