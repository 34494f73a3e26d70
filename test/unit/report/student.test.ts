import { describe, expect, it } from 'vitest';
import type { FrontMember, StudentFindings } from '../../../src/ir/student.js';
import {
  buildStudentReport,
  renderFrontPlot,
  renderStudentMarkdown,
} from '../../../src/report/index.js';
import type { Report } from '../../../src/report/index.js';
import { createScale, ticksOf } from '../../../src/report/svg/scale.js';
import { readDrawing } from './svg/read-svg.js';

function member(complexity: number, loss: number, expression: string): FrontMember {
  const fidelity = 1 - loss;
  const score = 0.123456;
  return { complexity, loss, score, fidelity, expression, shortExpression: expression, origin: 'power law' }; // prettier-ignore
}

const FINDINGS: StudentFindings = {
  target: 'risk_score',
  data: 'network',
  rows: 1000,
  features: [
    { name: 'income', range: [0, 1], isUsed: true },
    { name: 'debt | loan', range: [-1, 2.5], isUsed: false },
  ],
  front: [
    member(1, 0.5, '0.5'),
    { ...member(3, 1e-12, '2 * `debt | loan`'), fidelityOutOfRange: 0.75 },
    {
      ...member(9, 0, '2 * `debt | loan` + 1.23456789e-9'),
      shortExpression: '2 * `debt | loan` + 1e-9',
      score: Infinity,
      fidelityOutOfRange: -Infinity,
    },
  ],
  selected: 1,
  knee: 1,
  mostAccurate: 2,
  selection: 'best',
  latex: '2 \\, \\text{debt | loan}',
  snapped: [{ from: 1.9999999, to: 2 }],
  settings: { loss: 'mse', seed: 0 },
  evaluations: 123456,
  stopped: 'time limit',
};

describe('buildStudentReport', () => {
  it('adds the findings to the report, figures that JSON cannot write as null', () => {
    const base = { schema: 1, clusters: [] } as unknown as Report;
    const report = buildStudentReport(base, [FINDINGS]);
    expect(report).toMatchObject({ schema: 1, clusters: [], selected: 1, selection: 'best' });
    const { shortExpression, ...told } = FINDINGS.front[1];
    expect(shortExpression).toBe(told.expression);
    expect(report.front[1]).toEqual(told);
    expect(report.front[2].expression).toContain('1.23456789e-9');
    expect(report.front[2]).toMatchObject({ score: null, fidelityOutOfRange: null, loss: 0 });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report).not.toHaveProperty('targets');
  });

  it('lists the findings of all targets where there are several', () => {
    const base = { schema: 1, clusters: [] } as unknown as Report;
    const report = buildStudentReport(base, [FINDINGS, { ...FINDINGS, target: 'b', selected: 0 }]);
    expect(report).toMatchObject({ target: FINDINGS.target, selected: 1 });
    expect(report.targets).toMatchObject([
      { target: FINDINGS.target, selected: 1, front: report.front },
      { target: 'b', selected: 0, front: report.front },
    ]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('renderStudentMarkdown', () => {
  it('tells the formula, the front and the search', () => {
    expect(renderStudentMarkdown('risk', FINDINGS)).toMatchInlineSnapshot(`
      "# risk: approximate

      **risk\\_score** =

      $$2 \\, \\text{debt | loan}$$

          2 * \`debt | loan\`

      Selected by: best. Complexity 3, found by power law. Reads 1 of 2 features.

      Fidelity 0.999999 in range, 0.75 out of range.

      ## Front

      | complexity | loss | score | fidelity | out of range | equation | found by |  |
      |--:|--:|--:|--:|--:|---|---|---|
      | 1 | 0.5 | 0.1235 | 0.5 |  | \`0.5\` | power law |  |
      | 3 | 1e-12 | 0.1235 | 0.999999 | 0.75 | \`\` 2 * \`debt \\| loan\` \`\` | power law | selected, knee |
      | 9 | 0 | – | 1 | – | \`\` 2 * \`debt \\| loan\` + 1e-9 \`\` | power law | most accurate |

      ## Ranges

      | feature | from | to |  |
      |---|--:|--:|---|
      | income | 0 | 1 | read |
      | debt \\| loan | -1 | 2.5 | not read |

      ## Constants snapped

      - 1.9999999 became 2

      ## Search

      1,000 rows asked of the network, 123,456 formulas evaluated.
      Stopped early: time limit.

      | setting | value |
      |---|---|
      | loss | \`mse\` |
      | seed | \`0\` |
      "
    `);
  });

  it('leaves out what there is not', () => {
    const { stopped, ...rest } = FINDINGS;
    const text = renderStudentMarkdown('risk', { ...rest, snapped: [] });
    expect(stopped).toBe('time limit');
    expect(text).not.toContain('Stopped');
    expect(text).not.toContain('snapped');
  });
});

describe('renderFrontPlot', () => {
  const plot = { ...FINDINGS, name: 'a < b & "c"' };

  it('is well-formed, inside its frame, and marks what it should', () => {
    const { width, height, texts, style } = readDrawing(renderFrontPlot(plot));
    const words = texts.map(({ text }) => text);
    expect(words).toContain('a &lt; b &amp; &quot;c&quot;: 3 formulas');
    expect(words).toContain('2 * `debt | loan`');
    expect(words.slice(-2)).toEqual(['selected, knee', 'most accurate']);
    expect(words).toContain('complexity');
    for (const { x, y } of texts) {
      expect(x >= 0 && x < width && y > 10 && y <= height).toBe(true);
    }
    expect(style).toContain('@media (prefers-color-scheme: dark)');
    expect(style).not.toMatch(/url\(|@import/);
  });

  it('keeps words apart where marked points lie near each other', () => {
    const front = [50, 51, 52].map((complexity) => member(complexity, 1 - complexity / 1000, 'x'));
    const { texts } = readDrawing(renderFrontPlot({ name: 'near', front, selected: 0, knee: 1, mostAccurate: 2 })); // prettier-ignore
    const ys = texts.filter(({ kind }) => kind === 'mark').map(({ y }) => y);
    expect(ys.length).toBe(3);
    expect(Math.min(...ys.slice(1).map((y, at) => ys[at] - y))).toBeGreaterThanOrEqual(16);
  });

  it('says all of a point in one line, to its left where there is no room to its right', () => {
    const front = [member(9, 0.5, 'x')];
    const drawn = { name: 'one', front, selected: 0, knee: 0, mostAccurate: 0 };
    const marks = readDrawing(renderFrontPlot(drawn)).texts.filter(({ kind }) =>
      kind.startsWith('mark'),
    );
    expect(marks.map(({ kind, text }) => [kind, text])).toEqual([
      ['mark end', 'selected, knee, most accurate'],
    ]);
  });

  it('draws fronts of one formula and losses that are no numbers', () => {
    for (const loss of [0, 1, 1e300, NaN, Infinity]) {
      const front = [member(5, loss, 'x'.repeat(200))];
      const svg = renderFrontPlot({ name: 'one', front, selected: 0, knee: 0, mostAccurate: 0 });
      expect(svg).not.toMatch(/NaN|Infinity/);
      expect(readDrawing(svg).texts.length).toBeGreaterThan(4);
    }
  });

  it('is the same text every time', () => {
    expect(renderFrontPlot(plot)).toBe(renderFrontPlot(plot));
  });
});

describe('createScale', () => {
  it.each([
    [[0, 30], 9],
    [[-31.2, 2], 9],
    [[4, 4], 9],
    [[0, 12345], 5],
    [[], 9],
  ])('%j: whole ticks around all values, not too many', (values, most) => {
    const scale = createScale(values, 0, 500, most);
    const ticks = ticksOf(scale);
    expect(ticks.length).toBeLessThanOrEqual(most);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.every(({ value }) => Number.isInteger(value))).toBe(true);
    for (const value of values) {
      expect(value).toBeGreaterThanOrEqual(scale.low);
      expect(value).toBeLessThanOrEqual(scale.high);
    }
    expect([scale.place(scale.low), scale.place(scale.high)]).toEqual([0, 500]);
  });
});
