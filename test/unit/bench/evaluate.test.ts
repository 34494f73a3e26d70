/** The evaluation: its table, one whole trial, and a network that tells a problem. */
import { describe, expect, it } from 'vitest';
import { FEYNMAN } from '../../../bench/formulas/feynman.js';
import { GLASSBOX } from '../../../bench/formulas/glassbox.js';
import { NGUYEN } from '../../../bench/formulas/nguyen.js';
import { tableOf } from '../../../bench/formulas/result-table.js';
import { runTrial } from '../../../bench/formulas/run-trial.js';
import type { TrialRow } from '../../../bench/formulas/run-trial.js';
import { interrogateTrained } from '../../../bench/formulas/trained.js';

function row(problem: string, selected: TrialRow['selected'], seconds: number): TrialRow {
  return {
    suite: 'feynman',
    problem,
    seed: 1,
    mode: 'both',
    noise: null,
    selected,
    onFront: 'exact',
    seconds,
    evaluations: 1,
    formula: '',
  };
}

describe('tableOf', () => {
  it('counts what was selected and what was on the front, beside published rates', () => {
    const rows = [
      row('I.12.1', 'exact', 1),
      row('I.12.1', 'wrong', 9),
      row('I.12.1', 'structure', 2),
      row('I.29.4', 'none', 3),
    ];
    const lines = tableOf(FEYNMAN, rows).split('\n');
    const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim());
    expect(lines).toHaveLength(6);
    expect(cells(lines[2]).slice(1, 8)).toEqual(['I.12.1', '`mu * Nn`', '2/3', '3/3', '2.0', '100', '100']); // prettier-ignore
    expect(cells(lines[4]).slice(1, 8)).toEqual(['all', '', '2/4', '4/4', '3.0', '100.0', '50.0']);
  });

  it('has no published column where nothing was published', () => {
    expect(tableOf(NGUYEN, [{ ...row('Nguyen-8', 'exact', 1) }])).toBe(
      [
        '| problem  |   formula | selected | on the front | median s |',
        '| -------- | --------: | -------: | -----------: | -------: |',
        '| Nguyen-8 | `sqrt(x)` |      1/1 |          1/1 |      1.0 |',
        '| all      |           |      1/1 |          1/1 |      1.0 |',
        '',
      ].join('\n'),
    );
  });
});

describe('runTrial', () => {
  it('finds the product of two columns', async () => {
    const [problem] = FEYNMAN.problems;
    const options = { suite: 'feynman', seed: 1, mode: 'scouts', workers: 1, timeout: 60 } as const;
    const found = await runTrial({ ...problem, rows: 50 }, options);
    expect(found).toMatchObject({
      problem: 'I.12.1',
      noise: null,
      selected: 'exact',
      onFront: 'exact',
      formula: 'mu * Nn',
    });
  });
});

describe('interrogateTrained', () => {
  it('hands over what the network answers, not the formula', async () => {
    const [problem] = GLASSBOX.problems;
    const { data, asked } = await interrogateTrained(problem, 1);
    expect(asked.domains).toEqual([{ kind: 'interval', min: -5, max: 5 }]);
    const off = data.target.map((y, k) => Math.abs(y - 0.5 * data.columns[0][k] ** 2));
    expect(Math.max(...off)).toBeLessThan(0.01);
    expect(Math.max(...off)).toBeGreaterThan(1e-9);
  });
});
