/** Choices between two constants are folded, and only where folding cannot round. */
import { describe, expect, it } from 'vitest';
import { simplifyFlags } from '../../../src/infer/simplify.js';
import {
  add,
  bool,
  compare,
  conditional,
  multiply,
  num,
  ref,
  subtract,
  symbol,
} from '../../../src/ir/program-builders.js';
import type { Expression } from '../../../src/ir/program.js';

const warm = compare('>', ref(symbol('t')), num(18));
const flag = conditional(warm, num(1), num(0));
const cold = compare('<=', warm.kind === 'binary' ? warm.left : num(0), num(18));

describe('simplifyFlags', () => {
  it.each<[string, Expression, Expression]>([
    ['a flag asked for', compare('===', flag, num(1)), warm],
    ['a flag that is always below', compare('<', flag, num(2)), bool(true)],
    ['a sign', subtract(multiply(num(2), flag), num(1)), conditional(warm, num(1), num(-1))],
    ['an opposite', subtract(num(1), flag), conditional(cold, num(1), num(0))],
    ['a weight', multiply(num(2.3), flag), conditional(warm, num(2.3), num(0))],
  ])('folds %s', (_, expression, folded) => {
    expect(simplifyFlags(expression)).toEqual(folded);
  });

  it('leaves sums alone that may round', () => {
    const sum = add(flag, num(0.1));
    expect(simplifyFlags(sum)).toEqual(sum);
  });

  it('never makes a negative zero', () => {
    expect(simplifyFlags(multiply(num(-3), flag))).toEqual(conditional(warm, num(-3), num(0)));
  });
});
