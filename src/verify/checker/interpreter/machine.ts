/**
 * The state of one evaluation: fuel, serial numbers, and the write log that lets both sides of a
 * condition be executed. A branch's writes are recorded with the old values, undone, and merged
 * location by location once the other side has run.
 */
import type { Context } from '../context.js';
import { conjunction, literalsOf, negate } from '../conjunctions.js';
import type { Num } from '../num.js';
import { combine, withBounds } from '../num.js';
import { abbreviated, choose, productOf } from '../products.js';
import { maximum, minimum, reluOf } from '../operations.js';
import { ModuleError, OutOfFuel, Stopped, Undecided } from '../undecided.js';
import { Num as NumClass } from '../num.js';
import type { Cells, Value } from './values.js';
import { ArrayValue, Poison, Truth } from './values.js';

/** Steps between two questions to `shouldStop`. */
const STOP_INTERVAL = 4096;

interface Write {
  readonly cells: Cells;
  readonly index: number;
  readonly old: Value;
}

/** For every location that a branch wrote the value it left there. */
type Writes = Map<Cells, Map<number, { readonly old: Value; readonly now: Value }>>;

export class Machine {
  private serial = 0;
  private log: Write[] | undefined = undefined;
  private logStart = 0;
  /** What was made before is the module's own: it outlives every call. */
  private sealedBefore = 0;

  constructor(
    /** Absent in concrete runs, where no symbolic value can arise. */
    readonly context: Context | undefined,
    /** Steps left; a step is a loop iteration, a call or an array element. */
    private fuel: number,
    private readonly shouldStop: () => boolean,
  ) {}

  /** The context, where a symbolic value proves that there is one. */
  get symbolic(): Context {
    if (this.context === undefined) throw new Undecided('a symbolic value in a concrete run');
    return this.context;
  }

  /** True while a branch is executed whose condition depends on the input. */
  get conditional(): boolean {
    return this.log !== undefined;
  }

  burn(steps = 1): void {
    const before = this.fuel;
    this.fuel -= steps;
    if (this.fuel < 0) throw new OutOfFuel('the text gave no answer in the steps it was given');
    // Passed a multiple of the interval.
    if (before % STOP_INTERVAL < steps && this.shouldStop()) throw new Stopped('stopped');
  }

  /** Steps left; setting it prepares a machine for another call. */
  get steps(): number {
    return this.fuel;
  }

  set steps(value: number) {
    this.fuel = value;
  }

  birth(): number {
    return this.serial++;
  }

  array(items: Value[], typed = false): ArrayValue {
    this.burn(items.length + 1);
    return new ArrayValue(items, this.serial++, typed);
  }

  /** The top level has run: from now on what it made must stay as it is. */
  seal(): void {
    this.sealedBefore = this.serial++;
  }

  /**
   * A proof is about one call of a function, and holds for the next one only where that starts from the same
   * state. @throws Undecided for a write to what was made before the calls.
   */
  private requireOpen(cells: Cells): void {
    if (cells.birth < this.sealedBefore) {
      // A run shows it; under unknown inputs it is left open whether it comes to that.
      if (this.context === undefined && cells instanceof ArrayValue && cells.foreign) {
        throw new ModuleError('TypeError', 'the module writes into its input');
      }
      throw new Undecided('a write to what outlives the call');
    }
  }

  /** Writes one cell of a frame or array. */
  write(cells: Cells, index: number, value: Value): void {
    this.requireOpen(cells);
    if (this.log !== undefined && cells.birth < this.logStart) {
      this.log.push({ cells, index, old: cells.items[index] });
    }
    cells.items[index] = value;
  }

  /** Refuses what cannot be undone, such as `push` on an array from outside the branch. */
  requireFresh(cells: Cells, what: string): void {
    this.requireOpen(cells);
    if (this.log !== undefined && cells.birth < this.logStart) {
      throw new Undecided(`${what} under a condition that depends on the input`);
    }
  }

  /**
   * Runs `then` and `otherwise` from the same state and merges what they wrote; hands back both
   * results.
   */
  branch<A, B>(condition: Truth, then: () => A, otherwise: () => B): readonly [A, B] {
    const [first, firstWrites] = this.record(then);
    const [second, secondWrites] = this.record(otherwise);
    for (const cells of new Set([...firstWrites.keys(), ...secondWrites.keys()])) {
      const one = firstWrites.get(cells);
      const two = secondWrites.get(cells);
      for (const index of new Set([...(one?.keys() ?? []), ...(two?.keys() ?? [])])) {
        const old = cells.items[index];
        const x = one?.get(index);
        const y = two?.get(index);
        const merged = this.merge(condition, x === undefined ? old : x.now, y === undefined ? old : y.now); // prettier-ignore
        this.write(cells, index, merged);
      }
    }
    return [first, second];
  }

  private record<A>(run: () => A): readonly [A, Writes] {
    const outer = this.log;
    const outerStart = this.logStart;
    const log: Write[] = [];
    this.log = log;
    this.logStart = this.serial++;
    try {
      const result = run();
      return [result, undo(log)];
    } finally {
      this.log = outer;
      this.logStart = outerStart;
    }
  }

  /** condition ? x : y for any two values; a Poison where they have no common kind. */
  merge(condition: Truth, x: Value, y: Value): Value {
    if (Object.is(x, y)) return x;
    if (isNumeric(x) && isNumeric(y)) return this.mergeNumbers(condition, x, y);
    if (isBoolean(x) && isBoolean(y)) return this.mergeBooleans(condition.num, x, y);
    const isBeside = [x, y].some((one) => one instanceof ArrayValue && one.beside !== undefined);
    if (
      !isBeside &&
      x instanceof ArrayValue &&
      y instanceof ArrayValue &&
      x.items.length === y.items.length
    ) {
      // prettier-ignore
      const merged = this.array(x.items.map((item, k) => this.merge(condition, item, y.items[k])));
      merged.frozen = x.frozen = y.frozen = true;
      merged.holes = x.holes || y.holes;
      return merged;
    }
    return new Poison('a value of two kinds, depending on the input');
  }

  private mergeNumbers(condition: Truth, x: Num | number, y: Num | number): Value {
    const unbounded = [x, y].some((one) => typeof one === 'number' && !Number.isFinite(one));
    if (unbounded) return new Poison('a number or no number, depending on the input');
    const [a, b] = [this.num(x), this.num(y)];
    const context = this.symbolic;
    const { difference } = condition;
    const slope = difference === undefined ? undefined : this.slopeOf(a, b, difference);
    if (difference === undefined || slope === undefined)
      return choose(context, condition.num, a, b);
    // d > 0 ? y + k·d : y is y + k·max(d, 0), whatever the rounding of the comparison within err.
    let value: Num;
    if (slope === 1) value = maximum(context, [a, b]);
    else if (slope === -1) value = minimum(context, [a, b]);
    else value = combine(b, 1, reluOf(context, difference), slope, 0, false);
    const err = Math.max(a.err, b.err) + Math.abs(slope) * difference.err;
    const [lo, hi, grid] = [Math.min(a.lo, b.lo), Math.max(a.hi, b.hi), Math.min(a.grid, b.grid)];
    return withBounds(value, lo, hi, grid, err, (a.nonNegative && b.nonNegative) || lo - err >= 0);
  }

  /** The k with a − b = k·difference, for a difference that is real rather than discrete. */
  private slopeOf(a: Num, b: Num, difference: Num): number | undefined {
    const context = this.symbolic;
    if (difference.grid > -64) return undefined;
    const whole = context.flatten(difference);
    const parted = context.flatten(combine(a, 1, b, -1, 0, false));
    if (whole.atoms.length === 0 || whole.atoms.length !== parted.atoms.length) return undefined;
    const slope = parted.coefficients[0] / whole.coefficients[0];
    for (let k = 0; k < whole.atoms.length; k++) {
      if (whole.atoms[k] !== parted.atoms[k]) return undefined;
      if (parted.coefficients[k] !== slope * whole.coefficients[k]) return undefined;
    }
    return parted.constant === slope * whole.constant ? slope : undefined;
  }

  private mergeBooleans(condition: Num, x: Truth | boolean, y: Truth | boolean): Value {
    if (x === true && y === false) return new Truth(condition);
    if (x === false && y === true) return this.not(new Truth(condition));
    if (x === false) return this.and(this.not(new Truth(condition)), y);
    if (y === false) return this.and(new Truth(condition), x);
    if (x === true) return this.not(this.and(this.not(new Truth(condition)), this.not(y)));
    if (y === true) return this.not(this.and(new Truth(condition), this.not(x)));
    return this.truth(choose(this.symbolic, condition, this.bit(x), this.bit(y)));
  }

  not(value: Truth | boolean): Truth | boolean {
    if (typeof value === 'boolean') return !value;
    return this.truth(negate(this.symbolic, value.num), value.difference === undefined ? undefined : combine(value.difference, -1, undefined, 0, 0, false)); // prettier-ignore
  }

  and(a: Truth | boolean, b: Truth | boolean): Truth | boolean {
    if (typeof a === 'boolean') return a ? b : false;
    if (typeof b === 'boolean') return b ? a : false;
    const context = this.symbolic;
    const [x, y] = [context.flatten(a.num), context.flatten(b.num)];
    const [left, right] = [literalsOf(context, x), literalsOf(context, y)];
    if (left !== undefined && right !== undefined) {
      return this.truth(conjunction(context, [...left, ...right]));
    }
    return this.truth(productOf(context, a.num, b.num));
  }

  or(a: Truth | boolean, b: Truth | boolean): Truth | boolean {
    return this.not(this.and(this.not(a), this.not(b)));
  }

  /** A 0/1 number as a boolean: a constant where it is one. */
  truth(num: Num, difference?: Num): Truth | boolean {
    if (num.lo > 0) return true;
    if (num.hi < 1) return false;
    const form = this.symbolic.flatten(num);
    if (form.atoms.length === 0) return form.constant === 1;
    return new Truth(abbreviated(this.symbolic, num), difference);
  }

  /** A boolean as 0 or 1. */
  bit(value: Truth | boolean): Num {
    return typeof value === 'boolean' ? this.symbolic.constant(value ? 1 : 0) : value.num;
  }

  /** A finite number as a symbolic one. */
  num(value: Num | number): Num {
    return typeof value === 'number' ? this.symbolic.constant(value) : value;
  }
}

/** Restores the old values; the newest value of each location is kept aside. */
function undo(log: readonly Write[]): Writes {
  const writes: Writes = new Map();
  for (let k = log.length - 1; k >= 0; k--) {
    const { cells, index, old } = log[k];
    let table = writes.get(cells);
    if (table === undefined) {
      table = new Map();
      writes.set(cells, table);
    }
    const known = table.get(index);
    table.set(index, { old, now: known === undefined ? cells.items[index] : known.now });
    cells.items[index] = old;
  }
  return writes;
}

export function isNumeric(value: Value): value is Num | number {
  return typeof value === 'number' || value instanceof NumClass;
}

export function isBoolean(value: Value): value is Truth | boolean {
  return typeof value === 'boolean' || value instanceof Truth;
}
