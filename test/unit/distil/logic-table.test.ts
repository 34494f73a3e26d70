import { describe, expect, it } from 'vitest';
import { logicSubjectOfTable, modelOfTable } from '../../../src/distil/logic-table.js';
import type { LogicTable } from '../../../src/distil/logic-table.js';
import { decisionsOf } from '../../../src/ir/decision.js';
import { DEFAULT_LOGIC_SETTINGS } from '../../../src/students/logic/problem.js';

const SETTINGS = { ...DEFAULT_LOGIC_SETTINGS, minSupport: 0 };

function tableOf(rows: number, classes?: readonly string[]): LogicTable {
  const count = classes?.length ?? rows;
  return {
    name: 'herd',
    target: 'kind',
    data: {
      names: ['weight', 'flag'],
      columns: [
        Float64Array.from({ length: rows }, (_, k) => k / 2),
        Float64Array.from({ length: rows }, (_, k) => k % 2),
      ],
      target: Float64Array.from({ length: rows }, (_, k) => k % count),
    },
    ...(classes === undefined ? {} : { classes }),
    source: 'sha256:0',
    place: { file: 'herd.csv' },
    lineOf: (row) => row + 2,
  };
}

describe('modelOfTable', () => {
  it('has classes as labels of a decision', () => {
    const model = modelOfTable(tableOf(40, ['calf', 'cow']));
    expect(model.outputs).toEqual([{ name: 'kind', shape: [2], labels: ['calf', 'cow'] }]);
    expect(decisionsOf(model)).toEqual([0, 1]);
    expect(model.inputs).toEqual([
      {
        name: 'row',
        shape: [2],
        features: ['weight', 'flag'],
        domain: { kind: 'per-cell', cells: [{ kind: 'real' }, { kind: 'values', values: [0, 1] }] },
      },
    ]);
  });

  it('has classes that count from 0 as indices, and others as labels', () => {
    expect(modelOfTable(tableOf(40, ['0', '1'])).outputs[0]).not.toHaveProperty('labels');
    expect(modelOfTable(tableOf(40, ['1', '2'])).outputs[0].labels).toEqual(['1', '2']);
  });

  it('has numbers as one output without a decision', () => {
    const model = modelOfTable(tableOf(40));
    expect(model.outputs).toEqual([{ name: 'kind', shape: [1] }]);
    expect(model.decision).toEqual({ kind: 'none' });
  });
});

describe('logicSubjectOfTable', () => {
  it('learns from the rows that are not held out, of each class its share', () => {
    const { problem, table, inRange, decides } = logicSubjectOfTable(tableOf(80, ['a', 'b']), SETTINGS); // prettier-ignore
    expect(decides).toBe(true);
    const counts = [problem.data, table?.heldOut, inRange].map((rows) => [
      rows?.target.length,
      rows?.target.filter((at) => at === 0).length,
    ]);
    expect(counts).toEqual([[60, 30], [20, 10], [80, 40]]); // prettier-ignore
    const own = new Set(problem.data.columns[0]);
    expect(table?.heldOut?.columns[0].some((weight) => own.has(weight))).toBe(false);
    expect(problem).toMatchObject({ classes: 2 });
    expect(problem.ask).toBeUndefined();
  });

  it.each([
    [20, 1],
    [40, 3],
    [400, 5],
  ])('%i rows: a leaf has %i at least', (rows, least) => {
    const { problem } = logicSubjectOfTable(tableOf(rows, ['a', 'b']), SETTINGS);
    expect(problem.settings.minSupport).toBe(least);
  });

  it('takes the support that it is told', () => {
    const told = { ...SETTINGS, minSupport: 9 };
    const { problem } = logicSubjectOfTable(tableOf(40, ['a', 'b']), told);
    expect(problem.settings.minSupport).toBe(9);
  });

  it('holds nothing out for a share of 0, and notes no rare class then', () => {
    const rare = ['a', 'b', 'c', 'd', 'e'];
    const { table, problem, notes } = logicSubjectOfTable(tableOf(15, rare), SETTINGS, 0);
    expect(table).toEqual({ heldOutShare: 0 });
    expect(problem.data.target).toHaveLength(15);
    expect(notes).toEqual([]);
    const codes = logicSubjectOfTable(tableOf(15, rare), SETTINGS).notes.map(({ code }) => code);
    expect(codes).toEqual(rare.map(() => 'LOGIC_RARE_CLASS'));
  });
});
