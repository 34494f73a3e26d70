/**
 * Laws of the synthesiser on Boolean functions of five to eight cells: right on every state, and
 * seldom dearer than the formula that the function was made from.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf } from '../../src/infer/cost.js';
import { synthesise } from '../../src/infer/synthesis/synthesise.js';
import type { BinaryOperator, Expression } from '../../src/ir/program.js';
import { booleans, print, runnable, table, wrongStates } from '../unit/infer/synthesis/support.js';

const SEED = 20261121;
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Formulas that read every cell of a shuffled list once, and perhaps a few of them twice. */
function formulas(cells: readonly Expression[]): fc.Arbitrary<Expression> {
  const shuffled = fc.shuffledSubarray([...cells], { minLength: cells.length });
  return fc
    .record({
      order: shuffled,
      again: fc.array(fc.constantFrom(...cells), { maxLength: 2 }),
      joins: fc.infiniteStream(fc.constantFrom<BinaryOperator>('&&', '||', '!==')),
      turns: fc.infiniteStream(fc.boolean()),
      cuts: fc.infiniteStream(fc.nat(1000)),
    })
    .map(({ order, again, joins, turns, cuts }) => {
      const next = <Item>(stream: Iterator<Item>): Item => {
        const result: IteratorResult<Item, unknown> = stream.next();
        if (result.done === true) throw new Error('an endless stream has ended');
        return result.value;
      };
      const build = (list: readonly Expression[]): Expression => {
        if (list.length === 1) {
          return next(turns) ? list[0] : { kind: 'unary', operator: '!', operand: list[0] };
        }
        const cut = 1 + (next(cuts) % (list.length - 1));
        return {
          kind: 'binary',
          operator: next(joins),
          left: build(list.slice(0, cut)),
          right: build(list.slice(cut)),
        };
      };
      return build([...order, ...again]);
    });
}

describe.each([5, 6, 7, 8])('Boolean functions of %i cells', (count) => {
  const axes = booleans(...NAMES.slice(0, count));
  const { features } = table(axes, () => 0);
  const cells = features.map(({ symbol }): Expression => ({ kind: 'symbol', symbol }));

  it('are right, and rarely dearer than what they were made from', () => {
    const sample = fc.sample(formulas(cells), { seed: SEED, numRuns: 12 });
    let cheap = 0;
    for (const generator of sample) {
      const run = runnable(generator, NAMES.slice(0, count));
      const problem = table(axes, (...values) => run(...values.map((value) => value === 1)));
      const synthesis = synthesise({ ...problem, features, effort: 60_000 });
      if (synthesis === undefined) throw new Error(`no answer for ${print(generator)}`);
      expect(wrongStates(synthesis.expression, { ...problem, features })).toEqual([]);
      if (synthesis.cost <= costOf(generator)) cheap++;
    }
    expect(cheap / sample.length).toBeGreaterThanOrEqual(count <= 6 ? 0.9 : 0.6);
  });
});
