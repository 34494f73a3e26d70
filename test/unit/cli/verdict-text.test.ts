/** Verdicts and counterexamples as text. */
import { describe, expect, it } from 'vitest';
import { describeCounterexample, describeVerdict } from '../../../src/cli/verdict-text.js';

describe('describeVerdict', () => {
  it('says status, method, figures and reason', () => {
    const verdict = { method: 'symbolic', checked: 12, ties: 1, maxError: 2e-7 };
    expect(describeVerdict({ status: 'proved', ...verdict })).toBe(
      'proved: symbolic (12 states enumerated, 1 tie, maxError 2e-7)',
    );
    const open = { ...verdict, status: 'unknown', maxError: Infinity, reason: 'line 4' } as const;
    expect(describeVerdict(open)).toBe(
      'unknown: symbolic (12 inputs run, 1 tie, maxError unknown); line 4',
    );
  });
});

describe('describeCounterexample', () => {
  it('lists short inputs, and tells long ones by what is not zero', () => {
    const long = Array.from({ length: 784 }, (_, index) => (index === 300 ? 1 : 0));
    const example = {
      inputs: [long, [1, 2]],
      expected: [1],
      actual: 'RangeError: no',
      where: 'scores',
    };
    expect(describeCounterexample(example)).toBe(
      '  input 0: 784 numbers, all 0 but [300] = 1\n  input 1: [1, 2]\n' +
        '  network: [1]\n  module: RangeError: no\n  they part in: scores\n',
    );
  });

  it('cuts what is long and not zero', () => {
    const long = Array.from({ length: 20 }, () => 1);
    const text = describeCounterexample({
      inputs: [long],
      expected: [0],
      actual: [1],
      where: 'predict',
    });
    expect(text).toContain('[15] = 1, and 4 more\n');
  });
});
