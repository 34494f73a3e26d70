/** Sums into cells become variables of the outer loop, where nothing else can see the difference. */
import { describe, expect, it } from 'vitest';
import { sumLocally } from '../../../../src/infer/passes/sum-locally.js';
import {
  accumulate, add, allocate, assign, element, giveBack, loop, num, ref, symbol,
} from '../../../../src/ir/program-builders.js'; // prettier-ignore
import { checkProgram } from '../../../../src/ir/program-check.js';
import { dumpProgram } from '../../../../src/ir/program-dump.js';
import type { Program, Statement } from '../../../../src/ir/program.js';
import { evaluateProgram } from '../../../helpers/evaluate-program.js';
import { modelOf } from '../graphs.js';

const image = symbol('image', 'number', [3, 4]);
const rowSums = symbol('rowSums', 'number', [3]);
const columnSums = symbol('columnSums', 'number', [4]);
const [row, column] = [symbol('row'), symbol('column')];
const cell = element(image, ref(row), ref(column));

/** A program that gives back the row sums; its text after the pass, once that is legal and equal. */
function rewritten(body: readonly Statement[]): string {
  const program: Program = {
    interface: modelOf({ shape: [3, 4] }, { shape: [3] }),
    parameters: [image],
    tables: [],
    body: [...body, giveBack(ref(rowSums))],
  };
  expect(checkProgram(program, { lowered: true })).toEqual([]);
  const after = sumLocally.run(program, { tolerance: 0 });
  expect(checkProgram(after, { lowered: true })).toEqual([]);
  const input = Array.from({ length: 12 }, (_, k) => Math.sin(k));
  expect(evaluateProgram(after, [input])).toEqual(evaluateProgram(program, [input]));
  return dumpProgram(after);
}

const intoColumns = accumulate(columnSums, [ref(column)], cell);
const intoRows = accumulate(rowSums, [ref(row)], cell);
const bothSums = loop(column, 0, 4, [intoColumns, intoRows]);

describe('sum-locally', () => {
  it('keeps the sum of the outer loop’s cell in a variable, and no other', () => {
    const text = rewritten([allocate(columnSums), allocate(rowSums), loop(row, 0, 3, [bothSums])]);
    expect(text).toContain('rowSum += image[row][column]');
    expect(text).toContain('rowSums[row] = rowSum');
    expect(text).toContain('columnSums[column] += image[row][column]');
  });

  it('starts where the array starts', () => {
    const text = rewritten([
      allocate(columnSums),
      allocate(rowSums, -2),
      loop(row, 0, 3, [bothSums]),
    ]);
    expect(text).toContain('let rowSum: number = -2');
  });

  it.each<[string, readonly Statement[]]>([
    ['is one line', [loop(row, 0, 3, [loop(column, 0, 4, [intoRows])])]],
    ['was touched before', [assign(rowSums, [1], '=', num(3)), loop(row, 0, 3, [bothSums])]],
    ['is read beside', [loop(row, 0, 3, [bothSums, assign(columnSums, [0], '=', element(rowSums, ref(row)))])]],
    ['is read inside', [loop(row, 0, 3, [loop(column, 0, 4, [intoRows, accumulate(columnSums, [ref(column)], element(rowSums, ref(row)))])])]],
    ['is the same each time', [loop(row, 0, 3, [loop(column, 0, 4, [intoColumns, accumulate(rowSums, [1], cell)])])]],
    ['moves with the inner loop', [loop(row, 0, 3, [loop(column, 0, 3, [intoColumns, accumulate(rowSums, [ref(column)], cell)])])]],
    ['is written twice in the outer loop', [loop(row, 0, 3, [bothSums, accumulate(rowSums, [ref(row)], num(1))])]],
    ['is visited again by a loop around', [loop(symbol('k'), 0, 2, [loop(row, 0, 3, [bothSums])])]],
  ])('leaves a cell alone that %s', (_, body) => {
    const text = rewritten([allocate(columnSums), allocate(rowSums), ...body]);
    expect(text).not.toContain('rowSum:');
  }); // prettier-ignore

  it('takes each of two arrays that one loop adds to', () => {
    const others = symbol('others', 'number', [3]);
    const both = [intoRows, accumulate(others, [ref(row)], add(cell, num(1)))];
    const text = rewritten([
      allocate(others),
      allocate(rowSums),
      loop(row, 0, 3, [loop(column, 0, 4, both)]),
    ]);
    expect(text.match(/let /g)).toHaveLength(2);
  });
});
