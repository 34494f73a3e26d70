/**
 * Champions as statements. One of the lowest (highest) index is found in one walk; one that must be
 * strictly beyond all others is asked of each index; where all equal ones count, the end is found first:
 *
 *   let best = 0;
 *   for (let item = 1; item < n; item++) if (x[item] > x[best]) best = item;
 */
import {
  allocate, and, assign, bool, branch, compare, conditional, element, loop, math, num, ref, symbol,
  variable, add, multiply,
} from '../../ir/program-builders.js'; // prettier-ignore
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import type { Champion } from '../quantifiers/champion.js';
import type { Value } from '../values.js';
import { iteratorHints } from './lowering.js';
import type { Lowering } from './lowering.js';
import type { Writer } from './recurrence.js';

/** The statements that hand the answer for every index to `writer`. */
export function writeChampion(
  lowering: Lowering,
  value: Value,
  champion: Champion,
  writer: Writer,
): readonly Statement[] {
  const [name] = iteratorHints(value.axes.map((axis) => axis.name));
  const speaker = new ChampionSpeaker(lowering.parameters[champion.role.input], champion, name);
  switch (champion.ties) {
    case 'first':
    case 'last':
      return speaker.best(writer);
    case 'all':
      return speaker.end(writer);
    case 'none':
      return speaker.beyondAll(writer);
  }
}

/** The array of answers, declared and written. */
export function championArray(
  lowering: Lowering,
  value: Value,
  champion: Champion,
  hint: string,
): ProgramSymbol {
  const array = symbol(
    hint,
    'number',
    value.axes.map((axis) => axis.extent),
  );
  const writer: Writer = (index, out) => assign(array, [index], '=', out);
  lowering.top.push(allocate(array, 0), ...writeChampion(lowering, value, champion, writer));
  return array;
}

class ChampionSpeaker {
  private readonly count: number;

  constructor(
    private readonly input: ProgramSymbol,
    private readonly champion: Champion,
    private readonly name: string,
  ) {
    this.count = champion.role.cells.length;
  }

  /** The lowest or highest index of the end, in one walk. */
  best(writer: Writer): readonly Statement[] {
    const { end, ties } = this.champion;
    const best = symbol(end);
    const challenger = symbol(this.name);
    const operator = ties === 'first' ? beyond(end) : beyondOrEqual(end);
    const beats = compare(operator, this.cell(ref(challenger)), this.cell(ref(best)));
    const update = branch(beats, [assign(best, [], '=', ref(challenger))], []);
    const index = symbol(this.name);
    const answer = this.answer(compare('===', ref(index), ref(best)));
    return [
      variable(best, 0),
      loop(challenger, 1, this.count, [update]),
      loop(index, 0, this.count, [writer(ref(index), answer)]),
    ];
  }

  /** The end itself, then who is equal to it. */
  end(writer: Writer): readonly Statement[] {
    const end = symbol(this.champion.end);
    const other = symbol(this.name);
    const choose = this.champion.end === 'largest' ? 'max' : 'min';
    const index = symbol(this.name);
    const answer = this.answer(compare('===', this.cell(ref(index)), ref(end)));
    return [
      variable(end, this.cell(num(0))),
      loop(other, 1, this.count, [
        assign(end, [], '=', math(choose, ref(end), this.cell(ref(other)))),
      ]),
      loop(index, 0, this.count, [writer(ref(index), answer)]),
    ];
  }

  /** For each index whether it is strictly beyond all others. */
  beyondAll(writer: Writer): readonly Statement[] {
    const { end } = this.champion;
    const flag = symbol(end === 'largest' ? 'isLargest' : 'isSmallest', 'boolean');
    const index = symbol(this.name);
    const other = symbol('other');
    const stands = compare(beyondOrEqual(end), this.cell(ref(other)), this.cell(ref(index)));
    const differs = compare('!==', ref(other), ref(index));
    const refute = branch(and(differs, stands), [assign(flag, [], '=', bool(false))], []);
    return [
      loop(index, 0, this.count, [
        variable(flag, bool(true)),
        loop(other, 0, this.count, [refute]),
        writer(ref(index), this.answer(ref(flag))),
      ]),
    ];
  }

  private answer(condition: Expression): Expression {
    return conditional(condition, num(this.champion.yes), num(this.champion.no));
  }

  private cell(index: Expression): Expression {
    const places = this.champion.role.positions.map(({ constant, slope }) =>
      slope === 0 ? num(constant) : add(multiply(num(slope), index), num(constant)),
    );
    return element(this.input, ...places);
  }
}

function beyond(end: Champion['end']): '>' | '<' {
  return end === 'largest' ? '>' : '<';
}

function beyondOrEqual(end: Champion['end']): '>=' | '<=' {
  return end === 'largest' ? '>=' : '<=';
}
