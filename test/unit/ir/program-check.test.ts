import { describe, expect, it } from 'vitest';
import {
  accumulate, add, allocate, allocateGrowing, append, array, assign, bool, branch, compare, constant, element, giveBack, helper,
  loop, loopOver, math, num, reduction, ref, remainder, subtract, symbol, variable,
} from '../../../src/ir/program-builders.js'; // prettier-ignore
import { checkProgram } from '../../../src/ir/program-check.js';
import type { Program, ProgramSymbol, Statement } from '../../../src/ir/program.js';
import { maxsatProgram, orientationProgram } from '../../helpers/programs.js';

function programOf(parameter: ProgramSymbol, body: readonly Statement[], outputs = 1): Program {
  return {
    interface: {
      name: 'case',
      source: 'sha256:test',
      inputs: [{ name: 'x', shape: parameter.type.extents, domain: { kind: 'real' } }],
      outputs: [{ name: 'y', shape: [outputs] }],
      decision: { kind: 'none' },
    },
    parameters: [parameter],
    tables: [],
    body,
  };
}

/** The problems of a body that ends by returning [0]. */
function problemsOf(x: ProgramSymbol, body: readonly Statement[], lowered = true) {
  return checkProgram(programOf(x, [...body, giveBack(array(num(0)))]), { lowered });
}

const x = symbol('x', 'number', [4]);
const i = symbol('i');
const total = symbol('total');

describe('checkProgram', () => {
  it('accepts the hand-written benchmark programs', () => {
    expect(checkProgram(orientationProgram(5), { lowered: true })).toEqual([]);
    expect(checkProgram(maxsatProgram(6, 4), { lowered: true })).toEqual([]);
  });

  it('finds a use before the declaration and outside the block', () => {
    expect(problemsOf(x, [accumulate(total, [], num(1))])).toEqual([
      "'total' is not declared here",
    ]);
    const body = [loop(i, 0, 4, []), constant(total, ref(i))];
    expect(problemsOf(x, body)).toEqual(["'i' is not declared here"]);
  });

  it('finds a second declaration', () => {
    const body = [constant(total, num(1)), variable(total, 2)];
    expect(problemsOf(x, body)).toEqual(["'total' is declared twice"]);
  });

  it('finds values of the wrong type', () => {
    expect(problemsOf(x, [branch(num(1), [])])).toEqual(['expected boolean, got number (number)']);
    expect(problemsOf(x, [constant(total, bool(true))])).toEqual([
      'expected number, got boolean (boolean)',
    ]);
    const mixed = constant(symbol('same', 'boolean'), compare('===', ref(total), bool(true)));
    expect(problemsOf(x, [variable(total, 0), mixed])).toEqual([
      'expected number, got boolean (boolean)',
    ]);
    expect(problemsOf(x, [variable(total, 0), accumulate(total, [], ref(x))])).toEqual([
      'expected number, got number[4] (symbol)',
    ]);
  });

  it('finds indices that leave the array', () => {
    const read = (index: Parameters<typeof element>[1]) => [
      variable(total, 0),
      loop(i, 0, 4, [accumulate(total, [], element(x, index))]),
    ];
    expect(problemsOf(x, read(4))).toEqual(["index 4..4 leaves axis 0 of 'x'"]);
    expect(problemsOf(x, read(add(ref(i), num(1))))).toEqual(["index 1..4 leaves axis 0 of 'x'"]);
    expect(problemsOf(x, read(remainder(add(ref(i), num(1)), num(4))))).toEqual([]);
    expect(problemsOf(x, read(subtract(ref(i), num(1))))).toEqual([
      "index -1..2 leaves axis 0 of 'x'",
    ]);
  });

  it('trusts a condition and computed bounds', () => {
    const j = symbol('j');
    const before = element(x, subtract(ref(i), num(1)));
    const guarded = branch(compare('>', ref(i), num(0)), [accumulate(total, [], before)]);
    expect(problemsOf(x, [variable(total, 0), loop(i, 0, 4, [guarded])])).toEqual([]);
    const window = loop(i, 0, 4, [
      loop(j, ref(i), subtract(num(4), ref(i)), [
        accumulate(total, [], element(x, add(ref(i), ref(j)))),
      ]),
    ]);
    expect(problemsOf(x, [variable(total, 0), window])).toEqual([]);
  });

  it('uses the last position of a loop with a step, and the listed ones', () => {
    const step = loop(i, 0, 4, [accumulate(total, [], element(x, add(ref(i), num(1))))], {
      step: 2,
    });
    expect(problemsOf(x, [variable(total, 0), step])).toEqual([]);
    const listed = loopOver(i, [0, 7], [accumulate(total, [], element(x, ref(i)))]);
    expect(problemsOf(x, [variable(total, 0), listed])).toEqual([
      "index 0..7 leaves axis 0 of 'x'",
    ]);
  });

  it('finds assignments to what cannot change', () => {
    expect(problemsOf(x, [assign(x, [0], '=', num(1))])).toEqual([
      "'x' is assigned but cannot change",
    ]);
    expect(problemsOf(x, [loop(i, 0, 4, [accumulate(i, [], num(1))])])).toEqual([
      "'i' is assigned but cannot change",
    ]);
    const cells = symbol('cells', 'number', [2, 2]);
    expect(
      problemsOf(x, [allocate(cells), assign(cells, [0], '=', array(num(1), num(2)))]),
    ).toEqual(["'cells' is assigned as a whole array"]);
  });

  it('lets only growing arrays grow, by values of their type', () => {
    const cells = symbol('cells', 'number', [4]);
    const grown = [allocateGrowing(cells), loop(i, 0, 4, [append(cells, element(x, ref(i)))])];
    expect(problemsOf(x, grown)).toEqual([]);
    expect(problemsOf(x, [allocate(cells), append(cells, num(1))])).toEqual([
      "'cells' takes a value but does not grow",
    ]);
    expect(problemsOf(x, [allocateGrowing(cells), append(cells, bool(true))])).toEqual([
      'expected number, got boolean (boolean)',
    ]);
    expect(problemsOf(x, [allocateGrowing(cells), assign(cells, [0], '=', num(1))])).toEqual([
      "'cells' is assigned but cannot change",
    ]);
    const square = symbol('square', 'number', [2, 2]);
    expect(problemsOf(x, [allocateGrowing(square)])).toEqual([
      "array 'square' grows, but not along one axis of fixed extent",
    ]);
  });

  it('allows reductions only before lowering', () => {
    const sum = constant(total, reduction('sum', i, 0, 4, element(x, ref(i))));
    expect(problemsOf(x, [sum], false)).toEqual([]);
    expect(problemsOf(x, [sum])).toEqual(['a reduction (sum) is left']);
  });

  it('wants the outputs from the last statement; branches may return before', () => {
    const options = { lowered: true };
    expect(checkProgram(programOf(x, []), options)).toEqual([
      'the last statement does not return the outputs',
    ]);
    expect(checkProgram(programOf(x, [giveBack(ref(x))], 2), options)).toEqual([
      'expected number[2], got number[4] (symbol)',
    ]);
    const early = branch(compare('>', element(x, 0), num(0)), [giveBack(array(num(1)))]);
    expect(problemsOf(x, [early])).toEqual([]);
    const wrong = branch(compare('>', element(x, 0), num(0)), [giveBack(ref(x))]);
    expect(problemsOf(x, [wrong])).toEqual(['expected number[1], got number[4] (symbol)']);
    const dead = branch(compare('>', element(x, 0), num(0)), [giveBack(array(num(1))), wrong]);
    expect(problemsOf(x, [dead])).toContain('statements follow one that returns');
    expect(problemsOf(x, [giveBack(array(num(1)))])).toEqual([
      'only branches and the last statement of the body return',
    ]);
  });

  it('checks the arguments of functions', () => {
    expect(problemsOf(x, [constant(total, math('max', ref(x)))])).toEqual([]);
    expect(problemsOf(x, [constant(total, math('abs', ref(x)))])).toEqual([
      'expected number, got number[4] (symbol)',
    ]);
    expect(problemsOf(x, [constant(total, math('sign'))])).toEqual(['Math.sign of 0 arguments']);
    expect(problemsOf(x, [constant(total, helper('sigmoid', bool(true)))])).toEqual([
      'expected number, got boolean (boolean)',
    ]);
    expect(problemsOf(x, [constant(total, num(Infinity))])).toEqual(['the number Infinity']);
  });
});
