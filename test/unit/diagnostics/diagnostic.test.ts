import { describe, expect, it } from 'vitest';
import { DIAGNOSTICS } from '../../../src/diagnostics/codes.js';
import { diagnose, renderDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { editDistance, nearestWord } from '../../../src/diagnostics/nearest.js';
import { listNames, quoteName } from '../../../src/diagnostics/show-names.js';

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

describe('texts out of files', () => {
  it('are printed on one line, cut, and without what a terminal obeys', () => {
    const value = `\u001b[2J\n\u202e\ud800${'x'.repeat(1000)}`;
    const place = { file: 'a\u0007.onnx', key: 'k\r', node: 'n\u0000' };
    const rendered = renderDiagnostic(diagnose('ONNX_MISSING_VALUE', place, { value }));
    expect(rendered.split('\n').slice(0, 2)).toEqual([
      `error ONNX_MISSING_VALUE: nothing computes the value "\\u{1b}[2J\\u{a}\\u{202e}\\u{d800}${'x'.repeat(293)}…"`,
      '  at a\\u{7}.onnx, k\\u{d}, node n\\u{0}',
    ]);
    const operator = 'é \u{1f600} 神';
    const kept = diagnose('ONNX_UNSUPPORTED_OPERATOR', {}, { operator });
    expect(kept.message).toBe(`the operator ${operator} is not supported`);
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

  it('suggests words up to twice as long or half as long, and no others', () => {
    expect(nearestWord('abcd', ['abcdefgh'])).toBe('abcdefgh');
    expect(nearestWord('abcdefgh', ['abcd'])).toBe('abcd');
    expect(nearestWord('abcd', ['abcdefghi'])).toBeUndefined();
    expect(nearestWord('abcdefghi', ['abcd'])).toBeUndefined();
  });
});

describe('names out of files', () => {
  it('are cut, and cannot move the cursor of a terminal', () => {
    expect(quoteName('net.0.weight')).toBe('"net.0.weight"');
    expect(quoteName('x'.repeat(1000))).toBe(`"${'x'.repeat(80)}..."`);
    expect(quoteName('a"\u001b[2J\u009b\u202e')).toBe('"a\\"\\u001b[2J\\u009b\\u202e"');
  });

  it('are listed up to a number', () => {
    expect(listNames([], 2)).toBe('nothing');
    expect(listNames(['a', 'b'], 2)).toBe('a, b');
    expect(listNames(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  });
});
