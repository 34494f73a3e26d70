import { describe, expect, it } from 'vitest';
import { distilLogic } from '../../../../src/distil/logic.js';
import { logicSubjectOfTable } from '../../../../src/distil/logic-table.js';
import { measureSubject } from '../../../../src/distil/measure.js';
import { subjectOfTable } from '../../../../src/distil/subject.js';
import { emitProgram } from '../../../../src/emit/index.js';
import { DEFAULT_LOGIC_SETTINGS } from '../../../../src/students/logic/problem.js';
import { call, constant, variable } from '../../../../src/students/math/formula.js';
import type { Formula } from '../../../../src/students/math/formula.js';
import { DEFAULT_SETTINGS } from '../../../../src/students/math/problem.js';
import { formulaToProgram } from '../../../../src/students/math/to-program.js';
import { explainsDecisions, verifyRows } from '../../../../src/verify/index.js';

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

describe('a module of rules for a table', () => {
  const kinds = ['low', 'mid', 'high'];
  const rows = 480;
  const table = {
    ...{ name: 't', target: 'kind', source: 'sha256:0', place: {}, lineOf: (row: number) => row + 2 },
    classes: kinds,
    data: {
      names: ['a'],
      columns: [Float64Array.from({ length: rows }, (_, k) => k)],
      // Eight rows that no threshold tells right.
      target: Float64Array.from({ length: rows }, (_, k) => (k % 60 === 5 ? 1 : Math.floor(k / 160))),
    },
  }; // prettier-ignore
  const subject = logicSubjectOfTable(table, { ...DEFAULT_LOGIC_SETTINGS, minSupport: 0 });
  const ruled = async (): Promise<string> => (await distilLogic(subject)).code;
  const judgeRules = (code: string) => verifyRows(subject.model, code, table.data);

  it('is approximate where its accuracy holds on all rows and on those held out', async () => {
    const verdict = await judgeRules(await ruled());
    expect(verdict).toMatchObject({ status: 'approximate', checked: rows, maxError: Infinity });
    expect(verdict.fidelity).toBeGreaterThan(0.97);
    expect(verdict.fidelity).toBeLessThan(1);
    expect(verdict.method).toMatch(
      /^fidelity 0\.9\d+ on the rows of the table, (1|0\.9\d+) on those held out$/,
    );
    expect(await explainsDecisions(await ruled())).toBe(true);
    expect(await explainsDecisions(await moduleOf(TWICE))).toBe(false);
    expect(await explainsDecisions('export const network = 1')).toBe(false);
  });

  it.each([
    ['a threshold', /(<=|>) 1\d\d/, '$1 120', 'fidelity'],
    ['a label', "return 'low'", "return 'high'", 'fidelity'],
    ['a label that there is not', "return 'low'", "return 'tiny'", 'predict, which its own scores contradict'],
    ['its scores', "=== 'mid' ? 1 : 0", "=== 'mid' ? 2 : 3", 'predict, which its own scores contradict'],
    ['the accuracy', /fidelity: 0\.9\d+/, 'fidelity: 0.995', 'fidelity'],
    ['the accuracy held out', /fidelityHeldOut: [\d.]+,/, '', 'fidelity'],
    ['the share held out', 'heldOut: 0.25', 'heldOut: 2', 'network.measured'],
    ['the seed', ', seed: 0', '', 'network.measured'],
  ])('is refuted when %s is changed', async (_, from, to, where) => {
    const code = await ruled();
    const changed = code.replace(from, to);
    expect(changed).not.toBe(code);
    const { status, counterexample } = await judgeRules(changed);
    expect({ status, where: counterexample?.where }).toEqual({ status: 'refuted', where });
  }); // prettier-ignore
});
