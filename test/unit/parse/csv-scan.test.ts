import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../src/diagnostics/diagnostic.js';
import { scanCsv } from '../../../src/parse/csv/scan.js';
import { weightsOfTable } from '../../../src/parse/csv/weights.js';

function scan(text: string): number[] {
  return Array.from(scanCsv(new TextEncoder().encode(text), 'w.csv').cells);
}

/** The spellings of a double that other programs write, and some that are near ties. */
const SPELLINGS: readonly ((value: number) => string)[] = [
  String,
  (value) => value.toExponential(18),
  (value) => value.toExponential(16).toUpperCase(),
  (value) => value.toPrecision(17),
  (value) => value.toPrecision(19),
  (value) => value.toPrecision(21),
  (value) => `+${Math.abs(value)}`,
  (value) => `${value.toPrecision(18)}000000`.replace(/(e.*?)0*$/, '$1'),
];

const seeded = { seed: 20260101, numRuns: 5000 };

describe('scanCsv', () => {
  it('equals Number, bit for bit, in every spelling of any double', () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(doubles, (value) => {
        for (const spell of SPELLINGS) {
          const text = spell(value);
          expect(scan(text)[0], text).toBe(Number(text));
        }
      }),
      seeded,
    );
  });

  it('equals Number for any digits, points and exponents', () => {
    const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), maxLength: 24 });
    const exponent = fc.option(fc.integer({ min: -330, max: 290 }), { nil: undefined });
    fc.assert(
      fc.property(digits, digits, exponent, fc.constantFrom('', '-', '+'), (a, b, e, sign) => {
        fc.pre(a + b !== '');
        const text = `${sign}${a}.${b}${e === undefined ? '' : `e${e}`}`;
        expect(scan(text)[0], text).toBe(Number(text));
      }),
      seeded,
    );
  });

  it('equals Number next to the middle between two doubles', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }), (whole) => {
        const spacing = 2n ** BigInt(whole.toString(2).length - 53);
        const middle = (whole / spacing) * spacing + spacing / 2n;
        for (const text of [middle - 1n, middle, middle + 1n].map(String)) {
          expect(scan(`${text}e-7,${text}`), text).toEqual([Number(`${text}e-7`), Number(text)]);
        }
      }),
      { ...seeded, numRuns: 1000 },
    );
  });

  it('reads a number, or refuses with a place, whatever the text', () => {
    const garbage = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789.+-eExXnaNbif_ "')),
      maxLength: 9,
    });
    fc.assert(
      fc.property(garbage, (text) => {
        try {
          expect(scan(`1,${text}`)).toEqual([1, Number(text)]);
        } catch (error) {
          if (!(error instanceof Diagnostic)) throw error;
          expect(error.place).toEqual({ file: 'w.csv', row: 1, column: 2 });
          expect(error.code).toMatch(/^CSV_(?:NOT_A_NUMBER|EMPTY_CELL|NOT_FINITE)$/);
        }
      }),
      seeded,
    );
  });

  it('reads LF and CRLF, a byte order mark, blanks, and an end of file without a newline', () => {
    for (const text of [
      '1,2\n3,4',
      '1,2\n3,4\n',
      '\ufeff1,2\r\n3,4\r\n',
      ' 1\t,2 \r\n3, 4',
      '1,2\n3,4\r',
    ]) {
      const table = scanCsv(new TextEncoder().encode(text), 'w.csv');
      expect([table.rows, table.columns]).toEqual([2, 2]);
      expect(Array.from(table.cells)).toEqual([1, 2, 3, 4]);
    }
  });

  it('reads a view into a larger buffer', () => {
    const bytes = new TextEncoder().encode('9,9\n1,2\n3,4\n9');
    expect(Array.from(scanCsv(bytes.subarray(4, 12), 'w.csv').cells)).toEqual([1, 2, 3, 4]);
  });

  it('grows when later rows are shorter than the first', () => {
    const rows = ['1.000000000000000000e+00', ...Array.from({ length: 500 }, (_, k) => String(k))];
    expect(scan(rows.join('\n'))).toEqual(rows.map(Number));
  });
});

describe('weightsOfTable', () => {
  it('transposes into sparse rows, leaving zeros of either sign out', () => {
    const table = scanCsv(new TextEncoder().encode('1,0,-0\n0,2,0\n3,-4,0\n-0,5,6'), 'w.csv');
    const { inputs, outputs, weights, bias } = weightsOfTable(table);
    expect([inputs, outputs]).toEqual([3, 3]);
    expect(Array.from(weights.rowStart)).toEqual([0, 2, 4, 4]);
    expect(Array.from(weights.columns)).toEqual([0, 2, 1, 2]);
    expect(Array.from(weights.values)).toEqual([1, 3, 2, -4]);
    expect(Array.from(bias)).toEqual([0, 5, 6]);
  });
});
