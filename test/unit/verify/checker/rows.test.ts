import { describe, expect, it } from 'vitest';
import { measureSubject } from '../../../../src/distil/measure.js';
import { subjectOfTable } from '../../../../src/distil/subject.js';
import { emitProgram } from '../../../../src/emit/index.js';
import { call, constant, variable } from '../../../../src/students/math/formula.js';
import type { Formula } from '../../../../src/students/math/formula.js';
import { DEFAULT_SETTINGS } from '../../../../src/students/math/problem.js';
import { formulaToProgram } from '../../../../src/students/math/to-program.js';
import { verifyRows } from '../../../../src/verify/index.js';

const DATA = {
  names: ['a', 'b'],
  columns: [Float64Array.of(1, 2, 3, 4), Float64Array.of(4, 1, 3, 2)],
  target: Float64Array.of(2.5, 4, 6.5, 8),
};
const SUBJECT = subjectOfTable(
  { name: 't', target: 'y', data: DATA, source: 'sha256:0', place: {}, lineOf: (row) => row + 2 },
  DEFAULT_SETTINGS,
);
const TWICE = call('*', constant(2), variable(0));

async function moduleOf(formula: Formula): Promise<string> {
  const { code } = await emitProgram(formulaToProgram([formula], SUBJECT.model), {
    verdict: 'approximate',
    tolerance: 0,
    approximation: { complexity: 3, ...measureSubject(SUBJECT, [formula], 0) },
  });
  return code;
}

const judge = (code: string) => verifyRows(SUBJECT.model, code, DATA);

describe('a module fitted to a table', () => {
  it('is approximate where its fidelity holds on the rows', async () => {
    const verdict = await judge(await moduleOf(TWICE));
    expect(verdict).toMatchObject({ status: 'approximate', checked: 4, maxError: 0.5 });
    expect(verdict.method).toBe('fidelity 0.972602 on the rows of the table');
  });

  it.each([
    ['a constant', '2 * a', '1.9 * a'],
    ['another feature', '= row[0]', '= row[1]'],
    ['the fidelity', 'fidelity: 0.97', 'fidelity: 0.98'],
    ['the number of rows', 'rows: 4', 'rows: 5'],
    ['the shape check', 'row.length !== 2', 'row.length !== 3'],
    ['the verdict', "verdict: 'approximate'", "verdict: 'proved'"],
    ['an answer that is no number', 'return [2 * a]', 'return [2 * a / (a - 1)]'],
    [
      'an answer that is thrown',
      'return [2 * a]',
      'if (a > 3) throw new Error("no"); return [2 * a]',
    ],
  ])('is refuted when %s is changed', async (_, from, to) => {
    const code = await moduleOf(TWICE);
    expect(code).toContain(from);
    expect((await judge(code.replace(from, to))).status).toBe('refuted');
  });

  it('is not judged where the text cannot be followed', async () => {
    const code = (await moduleOf(TWICE)).replace('2 * a', '2 * eval("a")');
    const verdict = await judge(code);
    expect(verdict.status).not.toBe('approximate');
  });
});
