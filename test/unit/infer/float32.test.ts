/** Every result of a program is rounded, positions and counts are left alone, and no value is lost. */
import { describe, expect, it } from 'vitest';
import { roundOperations } from '../../../src/infer/float32.js';
import {
  accumulate, add, allocate, assign, branch, compare, constant, element, giveBack, helper, loop, math, multiply, num, ref,
  symbol, variable,
} from '../../../src/ir/program-builders.js'; // prettier-ignore
import { checkProgram } from '../../../src/ir/program-check.js';
import { dumpProgram } from '../../../src/ir/program-dump.js';
import type { CellDomain } from '../../../src/ir/model-interface.js';
import type { Program, Statement } from '../../../src/ir/program.js';
import { modelOf } from './graphs.js';

const cells = symbol('cells', 'number', [4]);
const i = symbol('i');

/** The text of a rounded program, once it is legal. */
function rounded(
  body: readonly Statement[],
  domain: CellDomain = { kind: 'real' },
  integersStaySmall = true,
): string {
  const program: Program = {
    interface: modelOf({ shape: [4], domain }, { shape: [] }),
    parameters: [cells],
    tables: [],
    body,
  };
  expect(checkProgram(program, { lowered: true })).toEqual([]);
  const after = roundOperations(program, { integersStaySmall });
  expect(checkProgram(after, { lowered: true })).toEqual([]);
  expect(after.precision).toBe('float32');
  return dumpProgram(after);
}

describe('roundOperations', () => {
  const total = symbol('total');

  it('rounds inputs, products and sums, and no index', () => {
    const text = rounded([
      variable(total, 0),
      loop(i, 0, 2, [
        accumulate(total, [], multiply(num(0.5), element(cells, add(multiply(num(2), ref(i)), num(1))))),
      ]),
      giveBack(ref(total)),
    ]); // prettier-ignore
    expect(text).toContain('total = fround(total + fround(0.5 * fround(cells[(2 * i) + 1])))');
  });

  const counted = [
    variable(total, 0),
    loop(i, 0, 4, [
      branch(compare('>', element(cells, ref(i)), num(0)), [accumulate(total, [], num(1))]),
    ]),
    giveBack(multiply(num(3), ref(total))),
  ];

  it('leaves counts alone, and inputs that are integers', () => {
    expect(rounded(counted, { kind: 'values', values: [0, 1] })).not.toContain('fround');
  });

  it('rounds counts that may become large, and never a position', () => {
    const text = rounded(counted, { kind: 'values', values: [0, 1] }, false);
    expect(text).toContain('total = fround(total + 1)');
    expect(text).toContain('fround(cells[i])');
  });

  it('rounds what is only sometimes an integer', () => {
    const text = rounded([
      variable(total, 0),
      branch(compare('>', element(cells, 0), num(0)), [assign(total, [], '=', element(cells, 1))]),
      giveBack(add(ref(total), num(1))),
    ]);
    expect(text).toContain('return fround(total + 1)');
  });

  it('rounds functions that are no exact, literals, and nothing twice', () => {
    const units = symbol('units', 'number', [4]);
    const text = rounded([
      allocate(units),
      loop(i, 0, 4, [assign(units, [ref(i)], '=', math('tanh', element(cells, ref(i))))]),
      constant(total, math('max', num(0.1), element(units, 2))),
      giveBack(helper('sigmoid', ref(total))),
    ]);
    expect(text).toContain('units[i] = fround(tanh(fround(cells[i])))');
    expect(text).toContain(`max(${Math.fround(0.1)}, units[2])`);
    expect(text).toContain('return sigmoid(total)');
  });
});
