import { describe, expect, it } from 'vitest';
import { DIAGNOSTICS } from '../../../src/diagnostics/codes.js';
import { diagnose, renderDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { editDistance, nearestWord } from '../../../src/diagnostics/nearest.js';

describe('renderDiagnostic', () => {
  it('shows code, message, place and hint', () => {
    const place = { file: 'a.csv', row: 7, column: 2 };
    const diagnostic = diagnose('CSV_RAGGED_ROW', place, { actual: 1, expected: 4 });
    expect(diagnostic).toBeInstanceOf(Error);
    expect(renderDiagnostic(diagnostic)).toBe(
      [
        'error CSV_RAGGED_ROW: this row has 1 cell, the first row has 4',
        '  at a.csv, row 7, column 2',
        '  hint: a weights CSV has one column per neuron in every row',
      ].join('\n'),
    );
  });

  it('leaves the place out where there is none', () => {
    const values = { level: 'network', problem: 'no outputs' };
    const text = renderDiagnostic(diagnose('INTERNAL_ILLEGAL_LEVEL', {}, values));
    expect(text.split('\n')).toHaveLength(2);
  });

  it('has upper-case codes only', () => {
    expect(Object.keys(DIAGNOSTICS).filter((code) => !/^[A-Z][A-Z0-9_]*$/.test(code))).toEqual([]);
  });
});

describe('nearestWord', () => {
  it('counts insertions, deletions and replacements', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('same', 'same')).toBe(0);
  });

  it('takes the first of the nearest, without regard to case, and nothing far', () => {
    expect(nearestWord('domian', ['name', 'domain', 'shape'])).toBe('domain');
    expect(nearestWord('SIGM', ['sign', 'sigmoid'])).toBe('sign');
    expect(nearestWord('zzzzzz', ['name', 'domain'])).toBeUndefined();
    expect(nearestWord('x'.repeat(1_000_000), ['name'])).toBeUndefined();
  });
});
