import { describe, expect, it } from 'vitest';
import { inferProgram } from '../../../src/infer/index.js';
import type { Network } from '../../../src/ir/network.js';
import type { Program } from '../../../src/ir/program.js';
import { dumpProgram } from '../../../src/ir/program-dump.js';
import {
  ALL, INPUT, affine, at, atModulo, clusterSource, graphOf, modelOf, range, term, wholeCluster,
} from './graphs.js'; // prettier-ignore
import { allInputs, compileChecked, inferChecked, sampleInputs } from './helpers.js';
import {
  argmaxByPairs, atLeast, automaton, blocks, compareNumbers, dense, life, parity, prefixes,
  randomSigns, rowsWithGaps,
} from './structures.js'; // prettier-ignore

/** The body's text alone. */
function bodyOf(program: Program): string {
  return dumpProgram(program);
}

describe('networks built from known programs', () => {
  const cases: readonly (readonly [string, Network])[] = [
    ['rule 110', automaton(110, 8)],
    ['rule 30', automaton(30, 9)],
    ['rule 184', automaton(184, 8)],
    ['argmax by pairs', argmaxByPairs(5, [0, 1, 2])],
    ['parity', parity(8)],
    ['at least 3 of 7', atLeast(3, 7)],
    ['comparison of numbers', compareNumbers(4)],
    ['rows with gaps', rowsWithGaps()],
    ['prefixes', prefixes(7)],
    ['blocks', blocks(4)],
    ['Life', life(4, 5)],
    ['random signs', randomSigns(9, 7, 3)],
  ];
  it.each(cases)('%s keeps its value', (_name, network) => {
    compileChecked(network, sampleInputs(network, 150, 11));
  });

  const real: readonly (readonly [string, Network])[] = [
    ['relu', dense([5, 7, 3], ['relu', 'identity'], 1)],
    ['leaky-relu and sigmoid', dense([4, 5, 1], ['leaky-relu', 'sigmoid'], 2)],
    ['tanh and softmax', dense([6, 5, 4], ['tanh', 'softmax'], 3)],
    ['two-class softmax', dense([6, 5, 2], ['relu', 'softmax'], 4)],
    ['a wide layer', dense([30, 12, 10], ['relu', 'identity'], 5)],
  ];
  it.each(real)('dense %s stays within the tolerance', (_name, network) => {
    compileChecked(network, sampleInputs(network, 100, 12));
  });
});

describe('rules', () => {
  it('parity of a count is a remainder', () => {
    const network = parity(8);
    expect(bodyOf(compileChecked(network, allInputs(network)))).toContain('% 2');
  });

  it('leaves out the row that is missing', () => {
    const network = rowsWithGaps();
    const program = compileChecked(network, sampleInputs(network, 100, 1));
    expect(program.tables).toEqual([]);
    expect(bodyOf(program)).toContain('if row !== 2');
  });
});

describe('Life on a torus, four directions read modulo', () => {
  it('is a rule of the cell and its block', () => {
    const [rows, columns] = [4, 4];
    const axes = [
      { extent: rows, name: 'row' },
      { extent: columns, name: 'column' },
    ];
    const block = [-1, 0, 1].flatMap((dr) =>
      [-1, 0, 1].map((dc) =>
        term(INPUT, dr === 0 && dc === 0 ? 1 : 2, atModulo(rows, dr, 1, 0), atModulo(columns, dc, 0, 1)),
      ),
    ); // prettier-ignore
    const graph = graphOf(
      modelOf({ shape: [rows, columns], axes: ['row', 'column'] }, { shape: [rows, columns] }),
      [
        { axes, terms: block, bias: -4.5, activation: 'step' },
        { axes, terms: block, bias: -7.5, activation: 'step' },
        {
          axes,
          terms: [
            term(clusterSource(0), 1, at(0, 1, 0), at(0, 0, 1)),
            term(clusterSource(1), -1, at(0, 1, 0), at(0, 0, 1)),
          ],
          activation: 'identity',
        },
      ],
      [wholeCluster(2, rows * columns)],
    );
    inferChecked(graph, sampleInputs(graph.interface, 200, 1));
  });
});

describe('automata', () => {
  const width = 6;
  const cell = (shift: number, weight: number) => term(INPUT, weight, atModulo(width, shift, 1));
  const axes = [{ extent: width }];

  it('rule 110 is one condition per cell', () => {
    const pattern = (weights: readonly number[], bias: number) => ({
      axes,
      terms: weights.map((weight, k) => cell(k - 1, weight)),
      bias,
      activation: 'step' as const,
    });
    const graph = graphOf(
      modelOf({ shape: [width] }, { shape: [width] }),
      [
        pattern([-1, -1, 1], -0.5),
        pattern([-1, 1, -1], -0.5),
        pattern([-1, 1, 1], -1.5),
        pattern([1, -1, 1], -1.5),
        pattern([1, 1, -1], -1.5),
        {
          axes,
          terms: [0, 1, 2, 3, 4].map((id) => term(clusterSource(id), 1, at(0, 1))),
          activation: 'identity',
        },
      ],
      [wholeCluster(5, width)],
    );
    const program = inferChecked(graph, allInputs(graph.interface));
    expect(program.body.filter((statement) => statement.kind === 'for')).toHaveLength(1);
    expect(program.tables).toEqual([]);
  });
});

describe('shapes and sources', () => {
  it('cuts windows at a zero border', () => {
    const graph = graphOf(
      modelOf({ shape: [7] }, { shape: [7] }),
      [
        {
          axes: [{ extent: 7 }],
          terms: [term(INPUT, 1, range(affine(-1, [1]), affine(2, [1])))],
          bias: -1.5,
          activation: 'step',
        },
      ],
      [wholeCluster(0, 7)],
    );
    inferChecked(graph, allInputs(graph.interface));
  });

  it('reads nothing beyond a border', () => {
    const graph = graphOf(
      modelOf({ shape: [5] }, { shape: [5] }),
      [
        {
          axes: [{ extent: 5 }],
          terms: [
            term(INPUT, 1, range(affine(-1, [1]), affine(0, [1]))),
            term(INPUT, 1, range(affine(1, [1]), affine(2, [1]))),
          ],
          bias: -1,
          activation: 'sign',
        },
      ],
      [wholeCluster(0, 5)],
    );
    inferChecked(graph, allInputs(graph.interface));
  });

  it('computes a scalar from a scalar', () => {
    const graph = graphOf(
      modelOf({ shape: [], domain: { kind: 'real' } }, { shape: [] }),
      [{ terms: [term(INPUT, 2.5)], bias: 1, activation: 'relu' }],
      [[{ cluster: 0, rank: 0 }]],
    );
    inferChecked(graph, sampleInputs(graph.interface, 20, 1));
  });

  it('reads two inputs and writes two outputs', () => {
    const model = modelOf({ shape: [3] }, { shape: [3] });
    const second = { kind: 'input', index: 1 } as const;
    const graph = graphOf(
      {
        ...model,
        inputs: [model.inputs[0], { ...model.inputs[0], name: 'other', shape: [3, 2] }],
        outputs: [model.outputs[0], { name: 'sum', shape: [] }],
      },
      [
        {
          axes: [{ extent: 3 }],
          terms: [term(INPUT, 3, at(0, 1)), term(second, -1, at(0, 1), ALL)],
          activation: 'sign',
        },
        { terms: [term(clusterSource(0), 0.5, ALL)], bias: 0.25, activation: 'identity' },
      ],
      [wholeCluster(0, 3), [{ cluster: 1, rank: 0 }]],
    );
    inferChecked(graph, sampleInputs(graph.interface, 100, 2));
  });

  it('reads a triangle of pairs along both of its axes', () => {
    const n = 5;
    const holes = Array.from({ length: n * n }, (_, rank) => rank).filter(
      (rank) => rank % n <= Math.floor(rank / n),
    );
    const pairs = clusterSource(0);
    const graph = graphOf(
      modelOf({ shape: [n], domain: { kind: 'values', values: [0, 1, 2] } }, { shape: [n] }),
      [
        {
          axes: [{ extent: n }, { extent: n }],
          terms: [term(INPUT, 1, at(0, 1, 0)), term(INPUT, -1, at(0, 0, 1))],
          activation: 'sign',
          holes,
        },
        {
          axes: [{ extent: n }],
          terms: [
            term(pairs, 1, at(0, 1), range(affine(1, [1]), affine(n, [0]))),
            term(pairs, -1, range(affine(0, [0]), affine(0, [1])), at(0, 1)),
          ],
          bias: 1.5 - n,
          activation: 'step',
        },
      ],
      [wholeCluster(1, n)],
    );
    inferChecked(graph, sampleInputs(graph.interface, 200, 4));
  });

  it('writes an output that several clusters share', () => {
    const graph = graphOf(
      modelOf({ shape: [12] }, { shape: [12] }),
      [0, 1].map((part) => ({
        axes: [{ extent: 6 }],
        terms: [term(INPUT, part === 0 ? 1 : -1, at(part, 2))],
        bias: 0.5,
        activation: 'sign' as const,
      })),
      [Array.from({ length: 12 }, (_, k) => ({ cluster: k % 2, rank: Math.floor(k / 2) }))],
    );
    const program = inferChecked(graph, sampleInputs(graph.interface, 50, 5));
    expect(program.tables).toEqual([]);
  });

  it('counts unexplained weights as one table for a group', () => {
    const weights = Float64Array.from({ length: 4 * 6 }, (_, k) => ((k * 7) % 5) - 2);
    const graph = graphOf(
      modelOf({ shape: [2, 3] }, { shape: [4] }),
      [
        {
          axes: [{ extent: 4 }],
          terms: [{ kind: 'table', source: INPUT, weights }],
          bias: { kind: 'table', values: Float64Array.of(0.5, -0.5, 1.5, 0.5) },
          activation: 'sign',
        },
      ],
      [wholeCluster(0, 4)],
    );
    const program = inferChecked(graph, allInputs(graph.interface));
    expect(program.tables.map((table) => table.values.length)).toEqual([4, 24]);
  });

  it('gathers lone sources of a table in one array', () => {
    const lone = [0, 1, 2, 3].map((cell) => ({
      terms: [term(INPUT, 1, at(cell)), term(INPUT, -1, at((cell + 1) % 4))],
      activation: 'sign' as const,
    }));
    const table = (id: number) => ({
      kind: 'table' as const,
      source: clusterSource(id),
      weights: Float64Array.of(id + 0.5, 2 - id),
    });
    const graph = graphOf(
      modelOf({ shape: [4] }, { shape: [2] }),
      [...lone, { axes: [{ extent: 2 }], terms: [0, 1, 2, 3].map(table), activation: 'identity' }],
      [wholeCluster(4, 2)],
    );
    const program = inferChecked(graph, allInputs(graph.interface));
    expect(program.tables.map((own) => own.symbol.type.extents)).toEqual([[2, 4]]);
  });

  it('refuses a softmax that another layer reads', () => {
    const graph = graphOf(
      modelOf({ shape: [2] }, { shape: [] }),
      [
        { axes: [{ extent: 2 }], terms: [term(INPUT, 1, at(0, 1))], activation: 'softmax' },
        { terms: [term(clusterSource(0), 1, ALL)], activation: 'identity' },
      ],
      [[{ cluster: 1, rank: 0 }]],
    );
    expect(() => inferProgram(graph)).toThrow(/softmax/);
  });

  it('frees a summed threshold of its constant', () => {
    const graph = graphOf(
      modelOf({ shape: [9] }, { shape: [] }),
      [
        {
          axes: [{ extent: 3 }],
          terms: [term(INPUT, 2, range(affine(0, [3]), affine(3, [3])))],
          bias: -1,
          activation: 'sign',
        },
        { terms: [term(clusterSource(0), 3, ALL)], activation: 'identity' },
      ],
      [[{ cluster: 1, rank: 0 }]],
    );
    inferChecked(graph, allInputs(graph.interface));
  });
});
