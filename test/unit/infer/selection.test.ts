/** Cells that other cells pick become elements with a computed index. */
import { describe, expect, it } from 'vitest';
import { denseLayer } from '../../../src/ir/builders.js';
import type { Network } from '../../../src/ir/network.js';
import { interfaceOf } from '../../../src/ir/network.js';
import { dumpProgram } from '../../../src/ir/program-dump.js';
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

/** An elementary automaton on a ring whose rule is an input of eight bits. */
function automaton(width: number): Network {
  const rows: Float64Array[] = [];
  const bias: number[] = [];
  for (let cell = 0; cell < width; cell++) {
    for (let pattern = 0; pattern < 8; pattern++) {
      const row = new Float64Array(width + 8);
      let ones = 1;
      for (const offset of [-1, 0, 1]) {
        const on = (pattern >> (1 - offset)) & 1;
        ones += on;
        row[(cell + offset + width) % width] += on === 1 ? 1 : -1;
      }
      row[width + pattern] = 1;
      bias.push(0.5 - ones);
      rows.push(row);
    }
  }
  const sums = Array.from({ length: width }, (_, cell) =>
    Float64Array.from(rows, (_row, unit) => (Math.floor(unit / 8) === cell ? 1 : 0)),
  );
  return {
    name: 'automaton',
    source: 'sha256:test',
    inputs: [
      { name: 'cells', shape: [width], domain: BINARY },
      { name: 'rule', shape: [8], domain: BINARY },
    ],
    outputs: [{ name: 'next', shape: [width] }],
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

  it("an automaton reads its rule's bit", () => {
    const network = automaton(9);
    const inputs = sampleInputs(interfaceOf(network), 400, 3);
    const text = dumpProgram(compileChecked(network, inputs));
    expect(text).toMatch(/rule\[\(\(4 \* cells\[.*\]\) \+ \(2 \* cells\[i\]\)\) \+ cells\[/);
  });
});
