/** Where a formula is off, told as Markdown, JSON and picture. */
import { describe, expect, it } from 'vitest';
import type { ErrorAnalysis, ResidualRows } from '../../../src/ir/error-analysis.js';
import { renderErrors } from '../../../src/report/errors-markdown.js';
import { renderResidualPlot } from '../../../src/report/index.js';
import { createRealScale, tickText } from '../../../src/report/svg/real-scale.js';
import { ticksOf } from '../../../src/report/svg/scale.js';
import { readDrawing } from './svg/read-svg.js';

const ERRORS: ErrorAnalysis = {
  figures: [
    { name: 'training range', inputs: 1000, fidelity: 0.99, rms: 0.123456, worst: 1.5, decisions: 0.987 },
    { name: 'corners', inputs: 4, fidelity: NaN, rms: Infinity, worst: Infinity, decisions: 0.75 },
  ],
  worst: [
    { from: 'training range', input: { 'a | b': 1.23456 }, expected: 2, actual: 3.5, error: 1.5 },
    { from: 'corners', input: { 'a | b': -1 }, expected: 0, actual: NaN, error: Infinity },
  ],
}; // prettier-ignore

describe('renderErrors', () => {
  it('tells figures, then the worst inputs', () => {
    expect(renderErrors(ERRORS)).toBe(
      [
        '## Errors',
        '',
        '| inputs from | inputs | R² | root mean square | largest error | equal decisions |',
        '|---|--:|--:|--:|--:|--:|',
        '| training range | 1,000 | 0.99 | 0.1235 | 1.5 | 0.987 |',
        '| corners | 4 | – | – | – | 0.75 |',
        '',
        '| worst inputs from | a \\| b | explained | formula | error |',
        '|---|--:|--:|--:|--:|',
        '| training range | 1.235 | 2 | 3.5 | 1.5 |',
        '| corners | -1 | 0 | – | – |',
      ].join('\n'),
    );
  });

  it('names lines of a table, and no worst inputs where nothing is off', () => {
    const row = { from: 'rows', line: 7, input: { x: 1 }, expected: 1, actual: 2, error: 1 };
    const figures = [{ name: 'rows', inputs: 20, fidelity: 0.5, rms: 1, worst: 1 }];
    expect(renderErrors({ figures, worst: [row] })).toContain(
      '| line | x | explained | formula | error |\n|--:|--:|--:|--:|--:|\n| 7 | 1 | 1 | 2 | 1 |',
    );
    const exact = renderErrors({ figures, worst: [{ ...row, actual: 1, error: 0 }] });
    expect(exact).not.toContain('line');
  });
});

describe('createRealScale', () => {
  it.each([
    [[0, 0.0031], [0, 0.001, 0.002, 0.003, 0.004]],
    [[-3, 4], [-4, -2, 0, 2, 4]],
    [[2, 2], [1.8, 1.9, 2, 2.1, 2.2]],
    [[], [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [[0, 61_000], [0, 20_000, 40_000, 60_000, 80_000]],
  ])('%j has round ticks', (values, ticks) => {
    const scale = createRealScale(values, 0, 100, 7);
    const found = ticksOf(scale);
    expect(found.map(({ value }) => Number(value.toPrecision(6)))).toEqual(ticks);
    expect([found[0].at, found[found.length - 1].at]).toEqual([0, 100]);
  }); // prettier-ignore

  it.each([[-0.1, '−0.1'], [0, '0'], [0.30000000000000004, '0.3'], [2e-7, '2e−7'], [1e6, '1e6']])(
    'tells %s as %s',
    (value, text) => {
      expect(tickText(value)).toBe(text);
    },
  ); // prettier-ignore
});

describe('renderResidualPlot', () => {
  const rows: ResidualRows = {
    target: 'a < b',
    names: ['u', 'v', 'w', 'a feature whose name is longer than its plot is wide'],
    columns: [0, 1, 2, 3].map((k) => Float64Array.from({ length: 40 }, (_, row) => Math.sin(row + k))),
    expected: Float64Array.from({ length: 40 }, (_, row) => row / 10),
    actual: Float64Array.from({ length: 40 }, (_, row) => (row === 7 ? NaN : row / 10 + 0.01 * Math.cos(row))),
  }; // prettier-ignore

  it('has a plot for the answer and for each feature, inside its frame', () => {
    const { width, height, texts, style } = readDrawing(renderResidualPlot(rows));
    expect(texts.filter(({ kind }) => kind === 'title').map(({ text }) => text)).toEqual([
      ...['answer', 'u', 'v', 'w'],
      'a feature whose name is longer …',
    ]);
    expect(texts[0].text).toBe('a &lt; b: residuals');
    expect(texts[1].text).toBe(
      'formula − explained, at 39 inputs; the largest ones marked; 1 input without a number for an answer left out',
    );
    for (const { x, y } of texts) {
      expect(x >= 0 && x < width && y > 10 && y <= height).toBe(true);
    }
    expect(style).toContain('prefers-color-scheme: dark');
  });

  it('draws every residual once in each plot, the five largest apart', () => {
    const text = renderResidualPlot(rows);
    const dots = [...text.matchAll(/<path class="dots" d="([^"]*)"/g)].map(([, d]) => d.match(/M/g)?.length); // prettier-ignore
    const marked = [...text.matchAll(/<path class="marked" d="([^"]*)"/g)].map(([, d]) => d.match(/M/g)?.length); // prettier-ignore
    expect(marked).toEqual([5, 5, 5, 5, 5]);
    // Dots of one pixel are one.
    for (const count of dots) {
      expect(count).toBeGreaterThan(28);
      expect(count).toBeLessThanOrEqual(34);
    }
    expect(renderResidualPlot(rows)).toBe(text);
  });

  it('is a picture even where there is nothing to draw', () => {
    const none = { ...rows, actual: rows.actual.map(() => NaN) };
    expect(() => readDrawing(renderResidualPlot(none))).not.toThrow();
    const exact = { ...rows, actual: rows.expected };
    expect(readDrawing(renderResidualPlot(exact)).texts.length).toBeGreaterThan(20);
  });
});
