/** Equal constants become one where the first is in scope and nothing that they read was written between. */
import { describe, expect, it } from 'vitest';
import { mergeConstants } from '../../../../src/infer/passes/merge-constants.js';
import {
  accumulate, add, allocate, array, assign, branch, compare, constant, element, giveBack, loop, multiply,
  num, ref, symbol, variable,
} from '../../../../src/ir/program-builders.js'; // prettier-ignore
import { checkProgram } from '../../../../src/ir/program-check.js';
import { dumpProgram } from '../../../../src/ir/program-dump.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../../../src/ir/program.js';
import { evaluateProgram } from '../../../helpers/evaluate-program.js';
import { allInputs } from '../helpers.js';
import { modelOf } from '../graphs.js';

const cells = symbol('cells', 'number', [4]);

/** A program over four binary cells. */
function programOf(body: readonly Statement[]): Program {
  const result = body.at(-1);
  const outputs = result?.kind === 'return' && result.value.kind === 'array' ? result.value.elements.length : 1; // prettier-ignore
  return {
    interface: modelOf({ shape: [4] }, { shape: [outputs] }),
    parameters: [cells],
    tables: [],
    body,
  };
}

/** The merged program's text, once it is legal and has the same value everywhere. */
function merged(body: readonly Statement[]): string {
  const program = programOf(body);
  expect(checkProgram(program, { lowered: true })).toEqual([]);
  const after = mergeConstants.run(program, { tolerance: 0 });
  expect(checkProgram(after, { lowered: true })).toEqual([]);
  for (const input of allInputs(program.interface)) {
    expect(evaluateProgram(after, input)).toEqual(evaluateProgram(program, input));
  }
  return dumpProgram(after);
}

function constants(text: string): number {
  return text.match(/^ *const /gm)?.length ?? 0;
}

const cell = (index: Expression | number): Expression => element(cells, index);
const twice = (of: ProgramSymbol): Expression => multiply(num(2), ref(of));

describe('merge-constants', () => {
  it('keeps the first of equal constants, and its name', () => {
    const [left, other, center] = [symbol('left'), symbol('other'), symbol('center')];
    const text = merged([
      constant(left, cell(0)),
      constant(center, cell(1)),
      constant(other, cell(0)),
      giveBack(array(add(ref(left), ref(center)), ref(other))),
    ]);
    expect(text).toContain('return [left + center, left]');
    expect(constants(text)).toBe(2);
  });

  it('merges what is equal once its parts are', () => {
    const [a, b, doubleA, doubleB] = ['a', 'b', 'doubleA', 'doubleB'].map((hint) => symbol(hint));
    const text = merged([
      constant(a, cell(0)),
      constant(doubleA, twice(a)),
      constant(b, cell(0)),
      constant(doubleB, twice(b)),
      giveBack(array(ref(doubleA), ref(doubleB))),
    ]);
    expect(text).toContain('return [doubleA, doubleA]');
  });

  it('reads what is known around a block inside of it', () => {
    const [i, total] = [symbol('i'), symbol('total')];
    const [outer, inner, innermost] = ['outer', 'inner', 'innermost'].map((hint) => symbol(hint));
    const text = merged([
      constant(outer, cell(0)),
      variable(total, 0),
      loop(i, 0, 3, [
        constant(inner, cell(0)),
        accumulate(total, [], ref(inner)),
        branch(
          compare('===', ref(inner), num(1)),
          [constant(innermost, cell(0)), accumulate(total, [], ref(innermost))],
          [accumulate(total, [], ref(outer))],
        ),
      ]),
      giveBack(array(ref(total))),
    ]);
    expect(constants(text)).toBe(1);
  });

  it('leaves blocks beside each other alone: neither sees the other', () => {
    const [total, one, two] = [symbol('total'), symbol('one'), symbol('two')];
    const text = merged([
      variable(total, 0),
      branch(
        compare('===', cell(3), num(1)),
        [constant(one, cell(0)), accumulate(total, [], twice(one))],
        [constant(two, cell(0)), accumulate(total, [], ref(two))],
      ),
      giveBack(array(ref(total))),
    ]);
    expect(constants(text)).toBe(2);
  });

  it('keeps both where what they read is written in between', () => {
    const [sum, before, after] = [symbol('sum'), symbol('before'), symbol('after')];
    const text = merged([
      variable(sum, cell(0)),
      constant(before, twice(sum)),
      accumulate(sum, [], num(1)),
      constant(after, twice(sum)),
      giveBack(array(ref(before), ref(after))),
    ]);
    expect(constants(text)).toBe(2);
  });

  it('keeps both where an inner block may have written in between', () => {
    const [sum, before, after, i] = [symbol('sum'), symbol('before'), symbol('after'), symbol('i')];
    const text = merged([
      variable(sum, cell(0)),
      constant(before, twice(sum)),
      loop(i, 0, 2, [branch(compare('===', cell(1), num(1)), [accumulate(sum, [], num(1))])]),
      constant(after, twice(sum)),
      giveBack(array(ref(before), ref(after))),
    ]);
    expect(constants(text)).toBe(2);
  });

  it('keeps a constant of a loop whose later writes reach it the next time round', () => {
    const flags = symbol('flags', 'number', [4]);
    const [i, outer, inner, total] = [
      symbol('i'),
      symbol('outer'),
      symbol('inner'),
      symbol('total'),
    ];
    const text = merged([
      allocate(flags),
      constant(outer, element(flags, 0)),
      variable(total, ref(outer)),
      loop(i, 0, 2, [
        constant(inner, element(flags, 0)),
        accumulate(total, [], ref(inner)),
        assign(flags, [num(0)], '=', cell(0)),
      ]),
      giveBack(array(ref(total))),
    ]);
    expect(constants(text)).toBe(2);
  });

  it('leaves second names for literals and names to those who chose them', () => {
    const [limit, most, sum, score] = [
      symbol('limit'),
      symbol('most'),
      symbol('sum'),
      symbol('score'),
    ];
    const text = merged([
      constant(limit, num(3)),
      constant(most, num(3)),
      constant(sum, cell(0)),
      constant(score, ref(sum)),
      giveBack(array(add(ref(limit), ref(most)), ref(score))),
    ]);
    expect(constants(text)).toBe(4);
  });
});
