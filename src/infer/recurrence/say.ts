/**
 * Chooses how a proved machine is said: which numbers stand for its states, whether a sum of cells and
 * state gets a name, and whether an out is told by the old state and the cells or by the new state.
 * The cheapest reading wins.
 */
import { add, multiply, num, ref, symbol } from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol } from '../../ir/program.js';
import { costOf } from '../cost.js';
import type { CellRole } from './chain.js';
import type { CarryLoop, CarryTrack } from './carry-loop.js';
import type { Machine } from './machine.js';
import { settleOut } from './machine.js';
import type { Column, Phrase } from './phrase.js';
import { phraseOf } from './phrase.js';
import { withTruthState } from './truth-state.js';
import type { RunningSum } from './running-sum.js';
import { isNearly } from '../words.js';

/** A loop, and what it costs to read. */
export interface SaidLoop {
  readonly loop: CarryLoop;
  readonly cost: number;
}

/**
 * The cheapest loop for a machine; `undefined` when one of its tables has no short form. Tracks that
 * are not printed only help to name the states.
 */
export function sayMachine(
  machine: Machine,
  steps: number,
  roles: readonly CellRole[],
  hints: readonly string[],
  printed: boolean,
): SaidLoop | undefined {
  let best: SaidLoop | undefined;
  for (const codes of encodings(machine)) {
    const speaker = new MachineSpeaker(machine, codes, steps, roles, hints);
    if (best !== undefined && best.cost <= GOOD_ENOUGH) break;
    for (const shares of [false, true]) {
      const said = speaker.say(shares, printed);
      if (said !== undefined && (best === undefined || said.cost < best.cost)) best = said;
    }
  }
  return best === undefined ? undefined : { ...best, loop: withTruthState(best.loop) };
}

/** Points below which no other numbering of the states is tried. */
const GOOD_ENOUGH = 10;

/**
 * Numbers for the states: those that finals and outs give them, else their order, upwards or
 * downwards, with the start at 0 or the smallest at 0.
 */
function encodings(machine: Machine): readonly (readonly number[])[] {
  const { states, initial, order } = machine;
  if (states === 1) return [[0]];
  const codes: (readonly number[])[] = [];
  for (const own of [...machine.finals, ...outsOfStates(machine)]) {
    // Of two states, 0 and 1 say most: a truth.
    const readable = states > 2 || own.every((code) => code === 0 || code === 1);
    if (readable && new Set(own).size === states && !own.some(Number.isNaN)) codes.push(own);
  }
  for (const ranked of [order, [...order].reverse()]) {
    const rising = Array.from({ length: states }, (_, state) => ranked.indexOf(state));
    codes.push(
      rising.map((code) => code - rising[initial]),
      rising,
    );
  }
  const texts = new Set<string>();
  const fresh = codes.filter((code) => texts.size < texts.add(code.join()).size);
  return fresh.slice(0, MAX_ENCODINGS);
}

/** Each way is searched for expressions. */
const MAX_ENCODINGS = 4;

/** For each track whose out is the same whenever a state is entered: that out by state. */
function outsOfStates({ states, next, outs, initial }: Machine): readonly (readonly number[])[] {
  return outs.map((out) => {
    const entered = new Array<number>(states).fill(NaN);
    for (const [edge, target] of next.entries()) {
      if (!Number.isNaN(entered[target]) && entered[target] !== out[edge]) return [];
      entered[target] = out[edge];
    }
    // A start that is never entered again may be called by any unused number.
    if (Number.isNaN(entered[initial]) && !entered.includes(0)) entered[initial] = 0;
    return entered;
  });
}

/** Says one machine with one numbering of its states. */
class MachineSpeaker {
  private readonly cells: CarryLoop['cells'];
  private readonly state: ProgramSymbol;
  private readonly edges: number;

  constructor(
    private readonly machine: Machine,
    private readonly codes: readonly number[],
    private readonly steps: number,
    roles: readonly CellRole[],
    hints: readonly string[],
  ) {
    this.cells = roles.map((role, index) => ({ symbol: symbol(hints[index]), role }));
    this.state = symbol(machine.states === 2 ? 'carry' : 'state');
    this.edges = machine.next.length;
  }

  /** `shares`: every table reads one sum of cells and state instead of its parts. */
  say(shares: boolean, printed: boolean): SaidLoop | undefined {
    const { machine, codes } = this;
    if (machine.states === 1 && shares) return undefined;
    const shared = shares ? this.total() : undefined;
    const columns = shared === undefined ? this.plainColumns() : [shared.column];
    const after = Float64Array.from(machine.next, (target) => codes[target]);
    const update = machine.states === 1 ? undefined : phraseOf(columns, after);
    if (machine.states > 1 && update === undefined) return undefined;
    let cost = (update?.cost ?? 0) + (shared === undefined ? 0 : costOf(shared.value));
    const tracks: CarryTrack[] = [];
    let error = 0;
    for (const out of printed ? machine.outs : []) {
      const settled = Float64Array.from(out, settleOut);
      error = Math.max(error, ...out.map((value, edge) => Math.abs(value - settled[edge])));
      const track = this.track(columns, after, settled);
      if (track === undefined) return undefined;
      tracks.push({ expression: track.phrase.expression, after: track.after });
      cost += track.phrase.cost;
    }
    const finals: Expression[] = [];
    for (const final of machine.finals) {
      const values = Float64Array.from(codes);
      const settled = Float64Array.from(final, settleOut);
      error = Math.max(error, ...final.map((value, state) => (Number.isNaN(value) ? 0 : Math.abs(value - settled[state])))); // prettier-ignore
      const phrase = phraseOf([{ symbol: this.state, values }], settled);
      if (phrase === undefined) return undefined;
      finals.push(phrase.expression);
      cost += phrase.cost;
    }
    const loop: CarryLoop = {
      steps: this.steps,
      cells: this.cells,
      ...(shared === undefined
        ? {}
        : { shared: { symbol: shared.column.symbol, value: shared.value } }),
      ...(update === undefined
        ? {}
        : {
            state: {
              symbol: this.state,
              initial: num(codes[machine.initial]),
              operator: '=',
              update: update.expression,
            },
          }),
      tracks,
      finals,
      error,
    };
    return { loop, cost };
  }

  private plainColumns(): readonly Column[] {
    const { machine, codes } = this;
    const letters = machine.letters.length;
    const columns = this.cells.map(({ symbol: own }, role) => ({
      symbol: own,
      values: this.column((edge) => machine.letters[edge % letters][role]),
    }));
    if (machine.states === 1) return columns;
    const before = this.column((edge) => codes[Math.floor(edge / letters)]);
    return [...columns, { symbol: this.state, values: before }];
  }

  private column(valueAt: (edge: number) => number): Float64Array {
    return Float64Array.from({ length: this.edges }, (_, edge) => valueAt(edge));
  }

  /** a + b + carry. */
  private total(): { column: Column; value: Expression } {
    const columns = this.plainColumns();
    const value = columns.reduce<Expression>((sum, { symbol: own }) => add(sum, ref(own)), num(0));
    const values = this.column((edge) => columns.reduce((sum, own) => sum + own.values[edge], 0));
    return { column: { symbol: symbol('total'), values }, value };
  }

  /** An out by what is known before the update, or by the new state alone. */
  private track(
    columns: readonly Column[],
    after: Float64Array,
    out: Float64Array,
  ): { phrase: Phrase; after: boolean } | undefined {
    const before = phraseOf(columns, out);
    const told =
      this.machine.states === 1
        ? undefined
        : phraseOf([{ symbol: this.state, values: after }], out);
    if (told !== undefined && (before === undefined || told.cost <= before.cost)) {
      return { phrase: told, after: true };
    }
    return before === undefined ? undefined : { phrase: before, after: false };
  }
}

/** Points for a number that grows without end: a truth or a carry is easier to keep in mind. */
const COUNTING = 2;

/** A running sum as a loop; `undefined` when one of its tables has no short form. */
export function sayRunningSum(
  running: RunningSum,
  steps: number,
  roles: readonly CellRole[],
  hints: readonly string[],
  printed: boolean,
): SaidLoop | undefined {
  const cells = roles.map((role, index) => ({ symbol: symbol(hints[index]), role }));
  const counting = running.weights.every((weight) => isNearly(weight, 1)) && running.sums[0] === 0;
  const state = symbol(counting ? 'count' : 'sum');
  const added = cells.reduce<Expression>(
    (sum, cell, role) => add(sum, multiply(num(running.weights[role]), ref(cell.symbol))),
    num(0),
  );
  const values = Float64Array.from(running.sums);
  let cost = costOf(added) + COUNTING;
  let error = 0;
  const say = (table: readonly number[]): Expression | undefined => {
    for (const value of table) {
      if (!Number.isNaN(value)) error = Math.max(error, Math.abs(value - settleOut(value)));
    }
    const phrase = phraseOf([{ symbol: state, values }], Float64Array.from(table, settleOut));
    cost += phrase?.cost ?? Infinity;
    return phrase?.expression;
  };
  const tracks = printed ? running.outs.map(say) : [];
  const finals = running.finals.map(say);
  if (cost === Infinity) return undefined;
  const loop: CarryLoop = {
    steps,
    cells,
    state: { symbol: state, initial: num(0), operator: '+=', update: added },
    tracks: tracks.flatMap((expression) =>
      expression === undefined ? [] : [{ expression, after: true }],
    ),
    finals: finals.flatMap((expression) => (expression === undefined ? [] : [expression])),
    error,
  };
  return { loop, cost };
}
