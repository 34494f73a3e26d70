/**
 * One network for all 256 elementary automata: a second input holds the rule's eight bits, the bit of
 * neighbourhood k at place k. A neuron for each cell and neighbourhood asks whether the neighbourhood is
 * there and its bit is set; a second layer asks for any of them.
 */
import { denseLayer } from '../../../src/ir/builders.js';
import { BINARY } from '../networks.js';
import { indices, points } from '../zoo-tools.js';
import { nextState } from './local-rules.js';
import { modulo } from './specimen.js';
import type { Specimen } from './specimen.js';

/** The network of one step under the rule that is given with the cells. */
export function anyAutomaton(width: number, border: 'wrap' | 'zero'): Specimen {
  const members = points([8, width]);
  const first = members.map(([hood, cell]) => {
    const row = new Float64Array(width + 8);
    const bits = [hood >> 2, (hood >> 1) & 1, hood & 1];
    bits.forEach((bit, position) => {
      const at = cell + position - 1;
      if (border === 'wrap' || (at >= 0 && at < width)) row[modulo(at, width)] += 2 * bit - 1;
    });
    row[width + hood] = 1;
    return { row, bias: -0.5 - bits.reduce((sum, bit) => sum + bit, 0) };
  });
  const second = indices(width).map((own) => members.map(([, cell]) => (cell === own ? 1 : 0)));
  return {
    name: `any automaton, ${width} cells, ${border} border`,
    network: {
      name: 'automata',
      source: 'sha256:test',
      inputs: [
        { name: 'cells', shape: [width], axes: ['cell'], domain: BINARY },
        { name: 'rule', shape: [8], domain: BINARY },
      ],
      outputs: [{ name: 'next', shape: [width] }],
      decision: { kind: 'none' },
      layers: [
        denseLayer({
          name: 'automata_1',
          sources: [
            { kind: 'input', index: 0 },
            { kind: 'input', index: 1 },
          ],
          rows: first.map(({ row }) => row),
          bias: first.map(({ bias }) => bias),
          activation: { kind: 'step' },
        }),
        denseLayer({
          name: 'automata_2',
          sources: [{ kind: 'layer', index: 0 }],
          rows: second,
          bias: new Float64Array(width).fill(-0.5),
          activation: { kind: 'step' },
        }),
      ],
      results: [{ kind: 'layer', index: 1 }],
      parameters: 8 * width * (width + 9) + width * (8 * width + 1),
      warnings: [],
    },
    reference: (cells, rule) => {
      const number = indices(8).reduce((sum, k) => sum + rule[k] * 2 ** k, 0);
      return indices(width).map((cell) => nextState(number, cells, cell, border));
    },
  };
}
