import { describe, expect, it } from 'vitest';
import {
  accumulate, add, and, bool, compare, conditional, divide, element, multiply, negate, not, num, or, ref,
  subtract, symbol,
} from '../../../src/ir/program-builders.js'; // prettier-ignore
import { dumpExpression } from '../../../src/ir/program-dump.js';

const x = ref(symbol('x'));
const y = ref(symbol('y'));
const open = ref(symbol('open', 'boolean'));

describe('program builders', () => {
  it.each([
    [add(x, num(0)), 'x'],
    [add(num(0), x), 'x'],
    [add(num(2), num(3)), '5'],
    [add(x, num(-2)), 'x - 2'],
    [add(x, negate(y)), 'x - y'],
    [add(negate(x), y), 'y - x'],
    [subtract(x, num(0)), 'x'],
    [subtract(num(0), x), '-x'],
    [subtract(x, num(-2)), 'x + 2'],
    [subtract(x, negate(y)), 'x + y'],
    [multiply(num(1), x), 'x'],
    [multiply(x, num(-1)), '-x'],
    [multiply(num(0), x), '0'],
    [multiply(num(-1), subtract(x, y)), 'y - x'],
    [divide(x, num(1)), 'x'],
    [divide(num(1), num(3)), '1 / 3'],
    [negate(num(0)), '0'],
    [negate(negate(x)), 'x'],
    [not(not(open)), 'open'],
    [not(compare('<', x, y)), 'x >= y'],
    [not(compare('===', x, y)), 'x !== y'],
    [and(), 'true'],
    [and(bool(true), open), 'open'],
    [and(open, bool(false)), 'false'],
    [or(bool(false), open, compare('>', x, y)), 'open || (x > y)'],
    [compare('>=', num(1), num(2)), 'false'],
    [conditional(bool(true), x, y), 'x'],
    [conditional(open, x, y), 'open ? x : y'],
    [element(symbol('grid', 'number', [2, 2]), 1, x), 'grid[1][x]'],
  ])('folds to %#: %s', (expression, text) => {
    expect(dumpExpression(expression)).toBe(text);
  });

  it('subtracts what falls', () => {
    const total = symbol('total');
    expect(accumulate(total, [], negate(x))).toEqual({
      kind: 'assign', symbol: total, indices: [], operator: '-=', value: x,
    }); // prettier-ignore
    expect(accumulate(total, [], num(-2))).toMatchObject({ operator: '-=', value: num(2) });
    expect(accumulate(total, [], x)).toMatchObject({ operator: '+=', value: x });
  });
});
