/**
 * Loops with a state as statements: the state is declared before the loop and outlives it, the outs of
 * a step stand before or after the update as they read the old state or the new one.
 *
 *   let carry = 0;
 *   for (let bit = 0; bit < 8; bit++) { const total = a[bit] + b[bit] + carry; sum[bit] = …; carry = …; }
 */
import {
  add, allocate, assign, constant, element, loop, multiply, negate, num, ref, subtract, symbol,
  variable,
} from '../../ir/program-builders.js'; // prettier-ignore
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import { camelCase, plural, valueHint } from '../hints.js';
import { walkedAxis } from '../recurrence/index.js';
import type { CarryLoop, RecurrenceUse } from '../recurrence/carry-loop.js';
import { countSymbol, mapExpressions, mapOperands, substituteSymbols } from '../rewrite.js';
import type { Value } from '../values.js';
import type { Lowering } from './lowering.js';

/** Writes the out of a track at a step: the array of a value, or a place in an output. */
export type Writer = (step: Expression, out: Expression) => Statement;

export class RecurrenceLowering {
  private readonly arrays = new Map<CarryLoop, Map<number, ProgramSymbol>>();

  constructor(private readonly lowering: Lowering) {}

  /** The array of a track, written by the loop when it is first asked for. */
  array({ loop: own, part }: RecurrenceUse): ProgramSymbol {
    this.write(own);
    const array = part.kind === 'track' ? this.arrays.get(own)?.get(part.track) : undefined;
    if (array === undefined) throw new Error('a loop has been written without one of its tracks');
    return array;
  }

  /** A final, over the state after the loop. */
  final({ loop: own, part }: RecurrenceUse): Expression {
    this.write(own);
    return part.kind === 'final' ? own.finals[part.final] : num(0);
  }

  /** Lets the loop write a track straight to its places; false when the loop stands already. */
  writeInto(use: RecurrenceUse, writer: Writer): boolean {
    if (this.arrays.has(use.loop) || use.part.kind !== 'track') return false;
    this.write(use.loop, { track: use.part.track, writer });
    return true;
  }

  private write(own: CarryLoop, direct?: { track: number; writer: Writer }): void {
    if (this.arrays.has(own)) return;
    const arrays = new Map<number, ProgramSymbol>();
    this.arrays.set(own, arrays);
    const writers = new Map<number, Writer>();
    for (const value of this.lowering.model.values) {
      if (value.recurrence?.loop !== own || value.recurrence.part.kind !== 'track') continue;
      const { track } = value.recurrence.part;
      if (track === direct?.track) continue;
      const array = this.allocateFor(value);
      arrays.set(track, array);
      writers.set(track, (step, out) => assign(array, [step], '=', out));
    }
    if (direct !== undefined) writers.set(direct.track, direct.writer);
    if (own.state !== undefined) {
      this.lowering.top.push(variable(own.state.symbol, own.state.initial));
    }
    this.lowering.top.push(this.loopOf(own, writers));
  }

  private allocateFor(value: Value): ProgramSymbol {
    const extents = value.axes.map((axis) => axis.extent);
    const array = symbol(plural(valueHint(value)), 'number', extents);
    this.lowering.top.push(allocate(array, 0));
    return array;
  }

  private loopOf(own: CarryLoop, writers: ReadonlyMap<number, Writer>): Statement {
    const name = camelCase(walkedAxis(this.lowering.model, own) ?? '') || 'i';
    const mirrored = own.cells.every(({ role }) =>
      role.positions.every(({ constant: last, slope }) => slope === 0 || (slope === -1 && last === own.steps - 1)),
    ); // prettier-ignore
    const iterator = symbol(mirrored ? 'step' : name);
    const body: Statement[] = [];
    let backwards: Expression | undefined;
    if (mirrored) {
      const position = symbol(name);
      body.push(constant(position, subtract(num(own.steps - 1), ref(iterator))));
      backwards = ref(position);
    }
    const meaning = new Map<ProgramSymbol, Expression>();
    const read = (expression: Expression): Expression => substituteSymbols(expression, meaning);
    for (const { symbol: cell, role } of own.cells) {
      const indices = role.positions.map(({ constant: start, slope }) => {
        if (slope === 0) return num(start);
        if (backwards !== undefined) return backwards;
        return add(multiply(num(slope), ref(iterator)), num(start));
      });
      const value = element(this.lowering.parameters[role.input], ...indices);
      if (usesOf(own, writers, cell) > 1) body.push(constant(cell, value));
      else meaning.set(cell, value);
    }
    if (own.shared !== undefined) body.push(constant(own.shared.symbol, read(own.shared.value)));
    const write = (after: boolean): void => {
      for (const [track, writer] of writers) {
        const told = own.tracks[track];
        if (told.after === after) body.push(writer(ref(iterator), read(told.expression)));
      }
    };
    write(false);
    if (own.state !== undefined) {
      body.push(assign(own.state.symbol, [], own.state.operator, read(own.state.update)));
    }
    write(true);
    if (backwards === undefined) return loop(iterator, 0, own.steps, body);
    const place = { position: backwards, last: own.steps - 1, iterator };
    const told = body.map((statement, index) =>
      index === 0 ? statement : mapExpressions(statement, (e) => byPosition(e, place)),
    );
    return loop(iterator, 0, own.steps, told);
  }
}

function usesOf(own: CarryLoop, writers: ReadonlyMap<number, Writer>, cell: ProgramSymbol): number {
  const expressions = [...writers.keys()].map((track) => own.tracks[track].expression);
  if (own.shared !== undefined) expressions.push(own.shared.value);
  if (own.state !== undefined) expressions.push(own.state.update);
  return expressions.reduce((sum, expression) => sum + countSymbol(expression, cell), 0);
}

/** ± an out, written at a place of an array. */
export function signedWriter(
  target: ProgramSymbol,
  negated: boolean,
  place: (iterators: readonly Expression[]) => readonly Expression[],
): Writer {
  return (step, out) => assign(target, place([step]), '=', negated ? negate(out) : out);
}

/** `c - step` told by the position that is walked backwards: `bit`, `bit + 1`. */
function byPosition(
  expression: Expression,
  place: { readonly position: Expression; readonly last: number; readonly iterator: ProgramSymbol },
): Expression {
  const inner = mapOperands(expression, (operand) => byPosition(operand, place));
  if (inner.kind !== 'binary' || inner.operator !== '-' || inner.left.kind !== 'number')
    return inner;
  const { right } = inner;
  if (right.kind !== 'symbol' || right.symbol !== place.iterator) return inner;
  return add(place.position, num(inner.left.value - place.last));
}
