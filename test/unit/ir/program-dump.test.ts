import { describe, expect, it } from 'vitest';
import { dumpExpression, dumpProgram } from '../../../src/ir/program-dump.js';
import {
  allocateGrowing,
  append,
  compare,
  element,
  giveBack,
  loop,
  reduction,
  ref,
  symbol,
} from '../../../src/ir/program-builders.js';
import { maxsatProgram, orientationProgram } from '../../helpers/programs.js';

describe('dumpProgram', () => {
  it('tells the MAXSAT program', () => {
    expect(dumpProgram(maxsatProgram(6, 4))).toBe(
      `program maxsat(formula: number[6 × 4])
  let score: number = 0
  for clause = 0 .. 4
    const positive: number = formula[0][clause]
    const negative: number = formula[1][clause]
    let others: number = 0
    for literal = 2 .. 6
      others += formula[literal][clause]
    score += (positive - negative) * ((others === 0) ? 9.99999999 : 2.297559925)
  return softmax([score, -score])
`,
    );
  });

  it('tells symbols with one hint apart', () => {
    const text = dumpProgram(orientationProgram(3));
    expect(text).toContain('for column~2 = 0 .. 3');
    expect(text).toContain(
      'const comparison: number = sign(columnSums[column~2] - rowSums[row~2])',
    );
  });

  it('tells arrays that grow', () => {
    const [x, i, kept] = [symbol('x', 'number', [3]), symbol('i'), symbol('kept', 'number', [3])];
    const program = {
      ...orientationProgram(3),
      parameters: [x],
      tables: [],
      body: [
        allocateGrowing(kept),
        loop(i, 0, 3, [append(kept, element(x, ref(i)))]),
        giveBack(ref(kept)),
      ],
    };
    expect(dumpProgram(program).split('\n').slice(1, 4)).toEqual([
      '  allocate kept: number[3] = growing',
      '  for i = 0 .. 3',
      '    kept takes x[i]',
    ]);
  });

  it('writes reductions with their range', () => {
    const [x, i] = [symbol('x', 'number', [9]), symbol('i')];
    const odd = reduction('count', i, 1, 9, compare('>', element(x, ref(i)), element(x, 0)), 2);
    expect(dumpExpression(odd)).toBe('count{i = 1 .. 9 by 2: x[i] > x[0]}');
  });
});
