/** The benchmark programs, generalised: expressions by structure, whatever is equal by chance. */
import { describe, expect, it } from 'vitest';
import { generaliseProgram } from '../../../src/generalise/index.js';
import { checkProgram } from '../../../src/ir/program-check.js';
import { dumpExpression, dumpProgram } from '../../../src/ir/program-dump.js';
import { maxsatProgram, orientationProgram } from '../../helpers/programs.js';

/** `28 = rows (hypothesis)` for every constant. */
function told(programs: Parameters<typeof generaliseProgram>[0]): readonly string[] {
  return generaliseProgram(programs).constants.map(
    ({ values, expression, confirmed }) =>
      `${values.join(', ')} = ${expression}${confirmed ? '' : ' (hypothesis)'}`,
  );
}

describe('generaliseProgram', () => {
  it('gives a legal program without a number that depends on the size', () => {
    const { program } = generaliseProgram([orientationProgram(28)]);
    expect(checkProgram(program, { lowered: true })).toEqual([]);
    expect(dumpProgram(program).match(/\b(27|28|756)\b/g)).toEqual(['28', '28']);
    expect(dumpProgram(program)).toContain('program orientation(image: number[28 × 28])');
  });

  it('gives from two sizes the program that it gives from one', () => {
    const fromOne = generaliseProgram([orientationProgram(28)]).program;
    const fromTwo = generaliseProgram([orientationProgram(12), orientationProgram(20)]).program;
    const body = (text: string): string => text.slice(text.indexOf('\n'));
    expect(body(dumpProgram(fromTwo))).toBe(body(dumpProgram(fromOne)));
  });

  it('calls constants of one size hypotheses, and those of two confirmed', () => {
    expect(told([orientationProgram(28)]).every((text) => text.endsWith('(hypothesis)'))).toBe(
      true,
    );
    const two = told([orientationProgram(12), orientationProgram(20)]);
    expect(two.some((text) => text.endsWith('(hypothesis)'))).toBe(false);
    expect(two).toContain('132, 380 = rows * (columns - 1)');
  });

  it('leaves factors of outputs alone, even one that equals an extent', () => {
    expect(told([maxsatProgram(10, 50)])).toEqual([
      '50 = clauses (hypothesis)',
      '10 = literals (hypothesis)',
    ]);
  });

  it('asks for the rows that fixed positions read', () => {
    const { sizes } = generaliseProgram([maxsatProgram(10, 50)]).program;
    expect(sizes?.symbols.map(({ symbol, least }) => `${symbol.hint} ${least}`)).toEqual([
      'literals 2',
      'clauses 1',
    ]);
  });

  it('asks for equal sides where one loop runs along both', () => {
    const { sizes } = generaliseProgram([orientationProgram(28)]).program;
    expect(sizes?.requirements.map(dumpExpression)).toEqual(['rows === columns']);
    expect(sizes?.indistinct).toEqual([]);
  });
});
