import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatScientific, formatWeights } from '../../../examples/common/weights-csv.js';
import { formatTable } from '../../../examples/common/format-table.js';
import { denseRows } from '../../../src/ir/builders.js';
import { parse } from '../../../src/parse/index.js';
import { plainNetwork } from '../../../src/ir/network.js';

describe('formatScientific', () => {
  it('prints as %.18e does', () => {
    expect(formatScientific(0)).toBe('0.000000000000000000e+00');
    expect(formatScientific(-0)).toBe('-0.000000000000000000e+00');
    expect(formatScientific(-756)).toBe('-7.560000000000000000e+02');
    expect(formatScientific(0.1)).toBe('1.000000000000000056e-01');
    expect(formatScientific(1e-300)).toBe('1.000000000000000025e-300');
  });

  it('keeps every number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(formatScientific(value))).toBe(value);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('formatWeights', () => {
  it('is read back by the parser, bias row last', async () => {
    const rows = [Float64Array.of(0.1, 0, -1e-9), Float64Array.of(1 / 3, 7, 0)];
    const text = formatWeights({ rows, bias: [-0.5, 1e17] });
    expect(text.split('\n').map((line) => line.split(',').length)).toEqual([2, 2, 2, 2, 1]);
    const manifest = JSON.stringify({
      name: 'tiny',
      input: { name: 'x', shape: [3] },
      layers: [{ weights: 'tiny_1.csv' }],
    });
    const network = plainNetwork(await parse({ 'network.json': manifest, 'tiny_1.csv': text }));
    expect(denseRows(network.layers[0].weights, 3)).toEqual(rows);
    expect([...network.layers[0].bias]).toEqual([-0.5, 1e17]);
  });
});

describe('formatTable', () => {
  it('pads columns to one width', () => {
    expect(formatTable(['set', 'images'], [['zigzag', '7']])).toBe(
      '| set    | images |\n| ------ | -----: |\n| zigzag |      7 |\n',
    );
  });
});
