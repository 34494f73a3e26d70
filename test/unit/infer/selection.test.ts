/** Cells that other cells pick become elements with a computed index. */
import { describe, expect, it } from 'vitest';
import { denseLayer } from '../../../src/ir/builders.js';
import type { Network } from '../../../src/ir/network.js';
import { interfaceOf } from '../../../src/ir/network.js';
import { sizeOf } from '../../../src/ir/model-interface.js';
import { dumpProgram } from '../../../src/ir/program-dump.js';
import { pointOfRank } from '../../../src/infer/values.js';
import { BINARY, chainNetwork } from '../../helpers/networks.js';
import { allInputs, compileChecked, sampleInputs } from './helpers.js';

/** One unit for each address: its cell is on and the address lines say so. */
function multiplexer(lines: number, last: 'identity' | 'sign'): Network {
  const cells = 2 ** lines;
  const ones = (address: number): number => address.toString(2).replaceAll('0', '').length;
  const rows = Array.from({ length: cells }, (_, address) =>
    Float64Array.from({ length: cells + lines }, (_weight, cell) => {
      if (cell < cells) return cell === address ? 1 : 0;
      return ((address >> (cell - cells)) & 1) === 1 ? 1 : -1;
    }),
  );
  const sum = new Float64Array(cells).fill(last === 'sign' ? 2 : 1);
  return chainNetwork({
    name: 'multiplexer',
    input: { name: 'bits', shape: [cells + lines] },
    layers: [
      { rows, bias: rows.map((_, address) => -ones(address) - 0.5), activation: 'step' },
      { rows: [sum], bias: [last === 'sign' ? -1 : 0], activation: last },
    ],
    decision: { kind: 'none' },
  });
}

type Border = 'wrap' | 'zero';

/** Each cell reads the bit of `rule` that the cells at some offsets spell, the first of them the highest. */
function lookUp(shape: number[], offsets: readonly number[][], border: Border): Network {
  const size = sizeOf(shape);
  const patterns = 2 ** offsets.length;
  const rows: Float64Array[] = [];
  const bias: number[] = [];
  for (let unit = 0; unit < size * patterns; unit++) {
    const row = new Float64Array(size + patterns);
    const pattern = unit % patterns;
    let ones = 1;
    offsets.forEach((offset, digit) => {
      const on = (pattern >> (offsets.length - 1 - digit)) & 1;
      ones += on;
      const place = placeOf(Math.floor(unit / patterns), offset, shape, border);
      if (place !== undefined) row[place] += on === 1 ? 1 : -1;
    });
    row[size + pattern] = 1;
    rows.push(row);
    bias.push(0.5 - ones);
  }
  const sums = Array.from({ length: size }, (_, cell) =>
    Float64Array.from(rows, (_row, unit) => (Math.floor(unit / patterns) === cell ? 1 : 0)),
  );
  return {
    name: 'automaton',
    source: 'sha256:test',
    inputs: [
      { name: 'cells', shape, domain: BINARY },
      { name: 'rule', shape: [patterns], domain: BINARY },
    ],
    outputs: [{ name: 'next', shape }],
    decision: { kind: 'none' },
    layers: [
      denseLayer({
        name: 'patterns',
        sources: [
          { kind: 'input', index: 0 },
          { kind: 'input', index: 1 },
        ],
        rows,
        bias,
        activation: { kind: 'step' },
      }),
      denseLayer({
        name: 'next',
        sources: [{ kind: 'layer', index: 0 }],
        rows: sums,
        bias: sums.map(() => 0),
        activation: { kind: 'identity' },
      }),
    ],
    results: [{ kind: 'layer', index: 1 }],
    parameters: 1,
    warnings: [],
  };
}

/** The flat cell at an offset from another one; `undefined` beyond a zero border. */
function placeOf(
  cell: number,
  offset: readonly number[],
  shape: readonly number[],
  border: Border,
): number | undefined {
  let place = 0;
  for (const [axis, extent] of shape.entries()) {
    const position = pointOfRank(cell, shape)[axis] + offset[axis];
    if (border === 'zero' && (position < 0 || position >= extent)) return undefined;
    place = place * extent + ((position + extent) % extent);
  }
  return place;
}

/** The program's text, compared with the network on many inputs. */
function textOf(shape: number[], offsets: readonly number[][], border: Border): string {
  const network = lookUp(shape, offsets, border);
  return dumpProgram(compileChecked(network, sampleInputs(interfaceOf(network), 400, 3)));
}

const AROUND = [[-1], [0], [1]];

describe('one cell picked by others', () => {
  it('a multiplexer is an element of its input', () => {
    const network = multiplexer(2, 'identity');
    const text = dumpProgram(compileChecked(network, allInputs(interfaceOf(network))));
    expect(text).toContain('bits[bits[4] + (2 * bits[5])]');
  });

  it('told as ±1 it is asked for', () => {
    const network = multiplexer(3, 'sign');
    const text = dumpProgram(compileChecked(network, allInputs(interfaceOf(network))));
    expect(text).toMatch(/bits\[.*\] === 1\) \? 1 : -1/);
  });

  it.each([4, 5, 9])("an automaton on a ring of %i reads its rule's bit", (width) => {
    expect(textOf([width], AROUND, 'wrap')).toMatch(
      /rule\[\(\(4 \* cells\[.*\]\) \+ \(2 \* cells\[i\]\)\) \+ cells\[/,
    );
  });

  it.each([3, 5, 9])('cells beyond a zero border are digits 0: %i cells', (width) => {
    expect(textOf([width], AROUND, 'zero')).toBe(`program automaton(cells: number[${width}], rule: number[8])
  allocate next: number[${width}] = 0
  for i = 0 .. ${width}
    const left: number = (i > 0) ? cells[i - 1] : 0
    const right: number = (i < ${width - 1}) ? cells[i + 1] : 0
    next[i] = rule[((4 * left) + (2 * cells[i])) + right]
  return next
`); // prettier-ignore
  });

  it('on a table, along either axis', () => {
    const upright = textOf([4, 5], [[-1, 0], [0, 0], [1, 0]], 'zero'); // prettier-ignore
    expect(upright).toContain('rule[((4 * above) + (2 * cells[row][column])) + below]');
    const flat = textOf([4, 5], [[0, -1], [0, 0], [0, 1]], 'zero'); // prettier-ignore
    expect(flat).toContain('rule[((4 * left) + (2 * cells[row][column])) + right]');
  });

  it('of two digits, the higher one first', () => {
    expect(textOf([9], [[-1], [1]], 'zero')).toContain('rule[(2 * left) + right]');
    expect(textOf([9], [[0], [1]], 'wrap')).toContain('rule[(2 * cells[i]) + cells[(i + 1) % 9]]');
  });

  it('of more digits than a table holds, each cell is named once', () => {
    const text = textOf([4, 5], [[-1, 0], [0, -1], [0, 1], [1, 0]], 'zero'); // prettier-ignore
    const names = [...text.matchAll(/const (\w+)/g)].map(([, name]) => name);
    expect(names).toEqual(['above', 'left', 'right', 'below']);
    expect(text).toContain('((((above + left) + right) + below) + rule[15]) >= 5');
  });
});
