import { describe, expect, it } from 'vitest';
import { resolveNames } from '../../../src/emit/naming.js';
import { printStatements } from '../../../src/emit/print-statement.js';
import {
  accumulate, allocate, allocateGrowing, append, assign, branch, compare, constant, element, giveBack, loop, math, num, ref, symbol,
  variable,
} from '../../../src/ir/program-builders.js'; // prettier-ignore
import type { Statement } from '../../../src/ir/program.js';
import { cellArrays } from '../../../src/emit/walk.js';

const x = symbol('x', 'number', [9]);

function textOf(...body: readonly Statement[]): string {
  const program = {
    interface: {
      name: 'case',
      source: 'sha256:test',
      inputs: [{ name: 'x', shape: [9], domain: { kind: 'real' } }],
      outputs: [{ name: 'y', shape: [] }],
      decision: { kind: 'none' },
    },
    parameters: [x],
    tables: [],
    body: [...body, giveBack(num(0))],
  } as const;
  return printStatements(body, {
    names: resolveNames(program, []),
    isForeign: () => false,
    typed: cellArrays(program),
  });
}

describe('printStatements', () => {
  const [i, total] = [symbol('i'), symbol('total')];

  it('prints counters as ++ and --, and loops with their step', () => {
    const counts = symbol('counts', 'number', [2, 3]);
    const text = textOf(
      allocate(counts, 1),
      variable(total, 0, 'how many\nthere are'),
      loop(i, num(1), 9, [accumulate(total, [], num(1)), accumulate(counts, [0, 1], num(-1))], { step: 2 }), // prettier-ignore
      accumulate(total, [], num(2)),
    );
    expect(text.split('\n')).toEqual([
      'const counts = Array.from({ length: 2 }, () => new Float64Array(3).fill(1));',
      '// how many',
      '// there are',
      'let total = 0;',
      'for (let i = 1; i < 9; i += 2) {',
      'total++;',
      'counts[0][1]--;',
      '}',
      'total += 2;',
    ]);
  });

  it('makes typed arrays of numbers that are only met cell by cell', () => {
    const [cells, whole, rows, flags] = [
      symbol('cells', 'number', [3]),
      symbol('whole', 'number', [3]),
      symbol('rows', 'number', [2, 3]),
      symbol('flags', 'boolean', [3]),
    ];
    const text = textOf(
      allocate(cells),
      allocate(whole),
      allocate(rows),
      allocate(flags, false),
      assign(cells, [0], '=', math('max', ref(whole))),
      constant(symbol('row', 'number', [3]), element(rows, 1)),
    );
    expect(text.split('\n').slice(0, 4)).toEqual([
      'const cells = new Float64Array(3);',
      'const whole = new Array<number>(3).fill(0);',
      'const rows = Array.from({ length: 2 }, () => new Array<number>(3).fill(0));',
      'const flags = new Array<boolean>(3).fill(false);',
    ]);
  });

  it('prints arrays that grow', () => {
    const found = symbol('found', 'number', [9]);
    const text = textOf(allocateGrowing(found), loop(i, 0, 9, [append(found, element(x, ref(i)))]));
    expect(text).toBe('const found: number[] = [];\nfor (let i = 0; i < 9; i++) found.push(x[i]);');
  });

  it('leaves braces out where a loop over one assignment fits a line', () => {
    const long = symbol('aRatherLongNameForASumOfTheValuesOfAnInputThatNobodyWouldWriteByHand');
    const sum = (target: typeof long) => [
      variable(target, 0),
      loop(i, 0, 9, [accumulate(target, [], element(x, ref(i)))]),
    ];
    expect(textOf(...sum(total))).toBe(
      'let total = 0;\nfor (let i = 0; i < 9; i++) total += x[i];',
    );
    expect(
      textOf(...sum(long))
        .split('\n')
        .slice(1),
    ).toEqual([
      'for (let i = 0; i < 9; i++) {',
      'aRatherLongNameForASumOfTheValuesOfAnInputThatNobodyWouldWriteByHand += x[i];',
      '}',
    ]);
  });

  it('chains conditions, with braces wherever there is an else', () => {
    const is = (value: number) => compare('===', element(x, 0), num(value));
    const set = (value: number) => [assign(total, [], '=', num(value))];
    const text = textOf(
      variable(total, 0),
      branch(is(1), set(1)),
      branch(is(2), set(2), [branch(is(3), set(3), [constant(i, num(4))])]),
    );
    expect(text.split('\n').slice(1).join(' ')).toBe(
      'if (x[0] === 1) total = 1; ' +
        'if (x[0] === 2) { total = 2; } else if (x[0] === 3) { total = 3; } else { const i = 4; }',
    );
  });
});
