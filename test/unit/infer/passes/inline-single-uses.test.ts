/** A cell at a border stands in its line where it is alone there; two of them, or one in an index, keep names. */
import { describe, expect, it } from 'vitest';
import { inlineSingleUses } from '../../../../src/infer/passes/inline-single-uses.js';
import {
  add, allocate, array, assign, compare, conditional, constant, element, giveBack, loop, multiply, num, ref,
  subtract, symbol,
} from '../../../../src/ir/program-builders.js'; // prettier-ignore
import { checkProgram } from '../../../../src/ir/program-check.js';
import { dumpProgram } from '../../../../src/ir/program-dump.js';
import type { Expression, Statement } from '../../../../src/ir/program.js';
import { modelOf } from '../graphs.js';

const cells = symbol('cells', 'number', [4]);
const next = symbol('next', 'number', [4]);
const i = symbol('i');
const [left, right] = [symbol('left'), symbol('right')];

const bordered = (condition: Expression, position: Expression): Expression =>
  conditional(condition, element(cells, position), num(0));
const before = constant(left, bordered(compare('>', ref(i), num(0)), subtract(ref(i), num(1))));
const behind = constant(right, bordered(compare('<', ref(i), num(3)), add(ref(i), num(1))));

/** The text of a loop that writes `value` for each of four cells. */
function inlined(declarations: readonly Statement[], value: Expression): string {
  const program = {
    interface: modelOf({ shape: [4] }, { shape: [4] }),
    parameters: [cells],
    tables: [],
    body: [
      allocate(next),
      loop(i, 0, 4, [...declarations, assign(next, [ref(i)], '=', value)]),
      giveBack(ref(next)),
    ],
  };
  const after = inlineSingleUses.run(program, { tolerance: 0 });
  expect(checkProgram(after, { lowered: true })).toEqual([]);
  return dumpProgram(after);
}

describe('inline-single-uses, cells at a border', () => {
  it('puts one where it is all that is read, or read with cells inside', () => {
    expect(inlined([before], ref(left))).not.toContain('const');
    expect(inlined([before], add(ref(left), element(cells, ref(i))))).not.toContain('const');
  });

  it('keeps the names of two that one line computes with', () => {
    const text = inlined([before, behind], add(ref(left), ref(right)));
    expect(text).toContain('next[i] = left + right');
  });

  it('does not count a second one that stands for itself', () => {
    const isOn = compare('===', element(cells, ref(i)), num(1));
    const text = inlined([before, behind], conditional(isOn, multiply(num(2), ref(left)), ref(right))); // prettier-ignore
    expect(text).not.toContain('const left');
  });

  it('keeps the name of one in an index', () => {
    const text = inlined([before], element(cells, add(ref(left), num(1))));
    expect(text).toContain('next[i] = cells[left + 1]');
  });
});

describe('inline-single-uses, lists', () => {
  const pair = symbol('pair', 'number', [2]);
  const list = constant(
    pair,
    array(element(cells, num(0)), multiply(num(3), element(cells, num(1)))),
  );

  it('reads the element that a position names', () => {
    const text = inlined([list], add(element(pair, num(1)), num(1)));
    expect(text).toContain('next[i] = (3 * cells[1]) + 1');
  });

  it('keeps a list of which any element may be read', () => {
    const at = conditional(compare('>', ref(i), num(1)), num(1), num(0));
    expect(inlined([list], element(pair, at))).toContain('const pair');
  });
});
