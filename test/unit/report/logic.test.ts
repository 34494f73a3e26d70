import { describe, expect, it } from 'vitest';
import type { LogicFindings, ToldTree } from '../../../src/ir/student.js';
import { renderExplanation } from '../../../src/report/explanation.js';
import { renderLogicMarkdown, renderTreePlot } from '../../../src/report/index.js';

const leaf = (answer: string): ToldTree => ({
  kind: 'leaf',
  answer,
  support: 500,
  agreement: 0.995,
});
const TREE: ToldTree = {
  kind: 'split',
  condition: 'a < "b" > 6',
  yes: leaf('refuse'),
  no: leaf('approve'),
};
const FINDINGS: LogicFindings = {
  target: 'decision of score',
  data: 'network',
  rows: 4000,
  asked: 12345,
  decides: true,
  features: [
    { name: 'income | net', range: [0, 10], isUsed: true },
    { name: 'age', range: [18, 99], isUsed: false },
  ],
  front: [{ leaves: 2, trainingFidelity: 0.9, fidelity: 0.995, fidelityOutOfRange: 0.5 }],
  selected: 0,
  selection: 'best',
  fidelity: 0.995,
  interval: [0.988, 0.998],
  fidelityOutOfRange: 0.5,
  tree: TREE,
  rules: [
    { conditions: 'income | net > 6', answer: 'refuse', support: 400, agreement: 0.99 },
    { conditions: '', answer: 'approve', support: 600, agreement: 1 },
  ],
  answers: ['refuse', 'approve'],
  rounded: [{ from: 5.98, to: 6 }],
  disagreements: [
    {
      rule: 0,
      answered: 400,
      parted: 4,
      box: { 'income | net': [6.001, 6.1] },
      example: { 'income | net': 6.05, age: 20 },
      ofNetwork: 'approve',
      ofRule: 'refuse',
    },
  ],
  settings: { seed: 0 },
};

describe('renderLogicMarkdown', () => {
  it('tells rules, where they part from the network, and how they were found', () => {
    const text = renderLogicMarkdown('loan', FINDINGS);
    expect(text).toContain('| 1 | `income \\| net > 6` | `refuse` | 400 | 99 % |');
    expect(text).toContain('| 2 | otherwise | `approve` | 600 | 100 % |');
    expect(text).toContain(
      'Fidelity 0.995 in range (95 % interval 0.988 to 0.998), 0.5 out of range.',
    );
    expect(text).toContain('| 1 | 4 of 400 | `income \\| net 6.001 to 6.1` | `income \\| net = 6.05, age = 20` | `approve` | `refuse` |'); // prettier-ignore
    expect(text).toContain('- 5.98 became 6');
    expect(text).toContain('4,000 rows asked of the network, 12,345 more asked inside of nodes.');
  });

  it('says of exact rules for what they hold', () => {
    const { interval, fidelityOutOfRange, ...rest } = FINDINGS;
    expect([interval, fidelityOutOfRange]).not.toContain(undefined);
    const exact = { points: 32, isMinimal: true, explains: 'scores' } as const;
    expect(renderLogicMarkdown('gate', { ...rest, exact })).toContain(
      'Exact: the rules were found for all 32 inputs, and no shorter ones of their form are.',
    );
    const regions = { regions: 1600, isMinimal: false, explains: 'scores' } as const;
    expect(renderLogicMarkdown('gate', { ...rest, exact: regions })).toContain(
      'Exact: the rules were found in all 1,600 linear regions of the network, and shorter ones may be.',
    );
  });
});

describe('renderLogicMarkdown of a table', () => {
  const heldOut = { rows: 40, fidelity: 0.9, interval: [0.76, 0.96] } as const;
  const TABLE: LogicFindings = {
    ...FINDINGS,
    target: 'kind',
    data: 'table',
    rows: 160,
    asked: 0,
    rules: [
      { conditions: 'x > 6', answer: 'a', support: 60, agreement: 0.9, heldOut: { support: 15, agreement: 0.8 } },
      { conditions: '', answer: 'b', support: 100, agreement: 1, heldOut: { support: 0, agreement: 1 } },
    ],
    answers: ['a', 'b'],
    table: { learned: { rows: 120, fidelity: 0.95 }, heldOut, confusion: [[12, 0], [3, 25]] },
  }; // prettier-ignore

  it('tells rows, and what rules are worth on those held out', () => {
    const text = renderLogicMarkdown('t', TABLE);
    expect(text).toContain(
      '|  | if | then | rows | right | of them held out | right |\n|--:|---|---|--:|--:|--:|--:|\n' +
        '| 1 | `x > 6` | `a` | 60 | 90 % | 15 | 80 % |\n| 2 | otherwise | `b` | 100 | 100 % | 0 |  |\n',
    );
    expect(text).toContain(
      'Accuracy 0.95 on the 120 rows learned from, 0.9 on the 40 held out (95 % interval 0.76 to 0.96).',
    );
    expect(text).toContain(
      '## Held-out rows by class\n\n| table says | rules say `a` | rules say `b` |\n|---|--:|--:|\n' +
        '| `a` | 12 |  |\n| `b` | 3 | 25 |\n',
    );
    expect(text).toContain('## Rows that the rules get wrong\n\n| rule | wrong | where | for example | table says | rule says |\n'); // prettier-ignore
    expect(text).toContain('| leaves | accuracy on the rows learned from | cross-validated |  |');
    expect(text).toContain('160 rows of the table, 40 of them held out; the size was chosen by cross-validation on the other 120.'); // prettier-ignore
  });

  it('of numbers counts rows, and says R²', () => {
    const { learned } = TABLE.table ?? { learned: { rows: 0, fidelity: 0 } };
    const text = renderLogicMarkdown('t', {
      ...TABLE,
      decides: false,
      answers: [],
      disagreements: [],
      table: { learned },
      rules: TABLE.rules.map(({ heldOut: _, ...rule }) => rule),
    });
    expect(text).toContain(
      '|  | if | then | rows |\n|--:|---|---|--:|\n| 1 | `x > 6` | `a` | 60 |\n',
    );
    expect(text).toContain('R² 0.95 on the rows, all of which were learned from: what to expect of others, cross-validation says.'); // prettier-ignore
    expect(text).not.toContain('by class');
  });
});

describe('what was proved of rules', () => {
  const verdict = { method: 'symbolic: so', checked: 9, ties: 0, maxError: 2.11e-13 };

  it('is told, never less than the bound', () => {
    const proved = renderLogicMarkdown('gate', FINDINGS, { ...verdict, status: 'proved' });
    expect(proved).toContain(
      "**Proved on the whole domain**: the module computes the network's scores, up to 2.2e-13 (symbolic: so).",
    );
    const exact = { ...verdict, status: 'proved', maxError: 0 } as const;
    expect(renderLogicMarkdown('gate', FINDINGS, exact)).toContain("network's scores (symbolic");
    const decisions = { ...verdict, status: 'approximate', provedDecisions: { regions: 1600, apart: 1e-14 } } as const; // prettier-ignore
    expect(renderLogicMarkdown('gate', FINDINGS, decisions)).toContain(
      '**Proved on the whole domain**: the module decides as the network does (1,600 regions of the inputs), apart from scores closer than 1e-14.',
    );
  });

  it('is not told where it was only measured', () => {
    const measured = renderLogicMarkdown('gate', FINDINGS, { ...verdict, status: 'approximate' });
    expect(measured).toBe(renderLogicMarkdown('gate', FINDINGS));
    const sampled = renderLogicMarkdown('gate', FINDINGS, { ...verdict, status: 'sampled' });
    expect(sampled).not.toContain('Proved');
  });
});

describe('renderTreePlot', () => {
  it('draws every question and answer inside of its frame, whatever they are called', () => {
    const svg = renderTreePlot({ name: 'a < b', tree: TREE, answers: ['refuse', 'approve'] });
    expect(svg).toMatch(/^<svg .+<\/svg>\n$/s);
    expect(svg).toContain('a &lt; &quot;b&quot; &gt; 6');
    expect(svg).toContain('a &lt; b: 2 answers');
    expect(svg).toContain('class="answer first"');
    expect(svg).toContain('class="answer second"');
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    for (const [, x, y] of svg.matchAll(/<(?:text|rect)[^>]* x="(-?[\d.]+)" y="(-?[\d.]+)"/g)) {
      expect(Number(x) >= 0 && Number(x) < Number(width)).toBe(true);
      expect(Number(y) >= 0 && Number(y) < Number(height)).toBe(true);
    }
  });

  it('has a row of its own for each of thirty answers', () => {
    const grow = (count: number): ToldTree =>
      count === 1
        ? leaf('refuse')
        : { kind: 'split', condition: `x > ${count}`, yes: leaf('approve'), no: grow(count - 1) };
    const svg = renderTreePlot({ name: 'long', tree: grow(30), answers: [] });
    const rows = [...svg.matchAll(/<rect class="answer other" x="\d+" y="(\d+)"/g)].map(([, y]) => Number(y)); // prettier-ignore
    expect(new Set(rows).size).toBe(30);
  });
});

describe('renderExplanation', () => {
  it('says where rules and network part, and what would flip the decision', () => {
    const text = renderExplanation({
      input: { income: 5, debt: 2 },
      answer: 'refuse',
      ofNetwork: 'approve',
      path: [{ condition: 'income > 6', isHeld: false }],
      flip: { changes: [{ feature: 'income', from: 5, to: 4.123456789 }], ofNetwork: 'refuse' },
    });
    expect(text).toBe(
      'income = 5, debt = 2: refuse (the network says approve)\n' +
        '  income > 6: no\n' +
        'refuse with income from 5 to 4.12346, the smallest change found\n',
    );
  });
});
