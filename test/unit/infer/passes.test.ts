import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { liftGraph } from '../../../src/infer/lift.js';
import { lowerModel } from '../../../src/infer/lower/index.js';
import { outputChangeOf } from '../../../src/infer/passes/error-bound.js';
import { PASSES } from '../../../src/infer/passes/index.js';
import { roundConstants } from '../../../src/infer/passes/round-constants.js';
import { settleModel } from '../../../src/infer/settle.js';
import type { ClusterGraph } from '../../../src/ir/cluster.js';
import {
  accumulate, allocate, array, assign, compare, conditional, constant, element, giveBack, loop,
  loopOver, math, multiply, num, ref, symbol, variable,
} from '../../../src/ir/program-builders.js'; // prettier-ignore
import { checkProgram } from '../../../src/ir/program-check.js';
import { dumpProgram } from '../../../src/ir/program-dump.js';
import type { Program, Statement } from '../../../src/ir/program.js';
import { evaluateProgram } from '../../helpers/evaluate-program.js';
import { maxsatGraph, modelOf, orientationGraph } from './graphs.js';
import { sampleInputs } from './helpers.js';
import { automaton, dense, life, rowsWithGaps } from './structures.js';

/** The program before any pass has run. */
function lowered(graph: ClusterGraph): Program {
  const model = liftGraph(graph);
  settleModel(model, 1e-6);
  return lowerModel(model);
}

/** A program over one input vector of n binary cells. */
function programOf(
  n: number,
  outputs: number,
  body: (cells: ReturnType<typeof symbol>) => readonly Statement[],
): Program {
  const cells = symbol('cells', 'number', [n]);
  return {
    interface: modelOf({ shape: [n] }, { shape: [outputs] }),
    parameters: [cells],
    tables: [],
    body: body(cells),
  };
}

function run(name: string, program: Program, tolerance = 1e-6): Program {
  const pass = PASSES.find((own) => own.name === name);
  if (pass === undefined) throw new Error(`no pass ${name}`);
  return pass.run(program, { tolerance });
}

describe('every pass keeps the value and hands on a legal program', () => {
  const graphs: readonly (readonly [string, ClusterGraph])[] = [
    ['orientation', orientationGraph(4)],
    ['MAXSAT', maxsatGraph(4, 3)],
    ['Life', clusterNetwork(life(4, 5))],
    ['rule 110', clusterNetwork(automaton(110, 7))],
    ['rows with gaps', clusterNetwork(rowsWithGaps())],
    ['dense', clusterNetwork(dense([5, 4, 3], ['relu', 'softmax'], 1))],
  ];
  it.each(graphs)('%s', (_name, graph) => {
    let program = lowered(graph);
    const inputs = sampleInputs(graph.interface, 25, 9);
    for (const pass of PASSES) {
      const next = pass.run(program, { tolerance: 1e-7 });
      expect(checkProgram(next, { lowered: true })).toEqual([]);
      for (const input of inputs) {
        const before = evaluateProgram(program, input);
        const after = evaluateProgram(next, input);
        after.forEach((value, index) => {
          expect(Math.abs(value - before[index])).toBeLessThanOrEqual(2e-7);
        });
      }
      program = next;
    }
  });
});

describe('fuse-loops', () => {
  it('fuses loops over one axis when the second reads what the first has just written', () => {
    const program = programOf(4, 4, (cells) => {
      const [a, b, i, j] = [
        symbol('a', 'number', [4]),
        symbol('b', 'number', [4]),
        symbol('i'),
        symbol('i'),
      ];
      return [
        allocate(a),
        loop(i, 0, 4, [assign(a, [ref(i)], '=', element(cells, ref(i)))]),
        allocate(b),
        loop(j, 0, 4, [assign(b, [ref(j)], '=', element(a, ref(j)))]),
        giveBack(ref(b)),
      ];
    });
    const fused = run('fuse-loops', program);
    expect(fused.body.filter((statement) => statement.kind === 'for')).toHaveLength(1);
    expect(evaluateProgram(fused, [[1, 0, 1, 1]])).toEqual([1, 0, 1, 1]);
  });

  it('leaves loops apart when the second reads cells that the first writes later', () => {
    const program = programOf(4, 4, (cells) => {
      const [a, b, i, j] = [
        symbol('a', 'number', [4]),
        symbol('b', 'number', [4]),
        symbol('i'),
        symbol('i'),
      ];
      const mirrored: Statement = assign(
        b,
        [ref(j)],
        '=',
        element(a, { kind: 'binary', operator: '-', left: num(3), right: ref(j) }),
      );
      return [
        allocate(a),
        loop(i, 0, 4, [assign(a, [ref(i)], '=', element(cells, ref(i)))]),
        allocate(b),
        loop(j, 0, 4, [mirrored]),
        giveBack(ref(b)),
      ];
    });
    const kept = run('fuse-loops', program);
    expect(kept.body.filter((statement) => statement.kind === 'for')).toHaveLength(2);
  });

  it('leaves a total apart from the loop that needs it', () => {
    const program = programOf(3, 3, (cells) => {
      const [total, b, i, j] = [
        symbol('total'),
        symbol('b', 'number', [3]),
        symbol('i'),
        symbol('i'),
      ];
      return [
        variable(total, 0),
        loop(i, 0, 3, [accumulate(total, [], element(cells, ref(i)))]),
        allocate(b),
        loop(j, 0, 3, [assign(b, [ref(j)], '=', ref(total))]),
        giveBack(ref(b)),
      ];
    });
    const kept = run('fuse-loops', program);
    expect(evaluateProgram(kept, [[1, 1, 0]])).toEqual([2, 2, 2]);
    expect(kept.body.filter((statement) => statement.kind === 'for')).toHaveLength(2);
  });
});

describe('contract-arrays', () => {
  it('makes an array that only one loop body sees a constant there', () => {
    const program = programOf(4, 1, (cells) => {
      const [flags, total, i] = [symbol('flags', 'number', [4]), symbol('total'), symbol('i')];
      return [
        allocate(flags),
        variable(total, 0),
        loop(i, 0, 4, [
          assign(flags, [ref(i)], '=', element(cells, ref(i))),
          accumulate(total, [], element(flags, ref(i))),
        ]),
        giveBack(array(ref(total))),
      ];
    });
    const contracted = run('contract-arrays', program);
    expect(dumpProgram(contracted)).toContain('const flag: number = cells[i]');
    expect(evaluateProgram(contracted, [[1, 0, 1, 1]])).toEqual([3]);
  });

  it('keeps an array that adds up over an inner loop it is not indexed by', () => {
    const program = programOf(4, 4, (cells) => {
      const [sums, i, j] = [symbol('sums', 'number', [4]), symbol('i'), symbol('j')];
      return [
        allocate(sums),
        loop(j, 0, 4, [loop(i, 0, 4, [accumulate(sums, [ref(i)], element(cells, ref(j)))])]),
        giveBack(ref(sums)),
      ];
    });
    expect(dumpProgram(run('contract-arrays', program))).toBe(dumpProgram(program));
  });
});

describe('drop-dead, inline-single-uses, count-conditions', () => {
  it('drops what nobody reads, transitively', () => {
    const program = programOf(2, 1, (cells) => {
      const [a, b] = [symbol('a'), symbol('b')];
      return [
        constant(a, element(cells, 0)),
        constant(b, ref(a)),
        giveBack(array(element(cells, 1))),
      ];
    });
    expect(run('drop-dead', program).body).toHaveLength(1);
  });

  it('does not move a read across a write', () => {
    const program = programOf(2, 2, (cells) => {
      const [a, before] = [symbol('a'), symbol('before')];
      return [
        variable(a, element(cells, 0)),
        constant(before, ref(a)),
        assign(a, [], '+=', num(1)),
        giveBack(array(ref(before), ref(a))),
      ];
    });
    expect(evaluateProgram(run('inline-single-uses', program), [[1, 0]])).toEqual([1, 2]);
  });

  it('counts instead of adding a two-valued number', () => {
    const program = programOf(3, 1, (cells) => {
      const [n, i] = [symbol('n'), symbol('i')];
      const odd = compare('===', element(cells, ref(i)), num(1));
      return [
        variable(n, 0),
        loop(i, 0, 3, [accumulate(n, [], conditional(odd, num(1), num(0)))]),
        giveBack(array(ref(n))),
      ];
    });
    const counted = run('count-conditions', program);
    expect(dumpProgram(counted)).toContain('if');
    expect(evaluateProgram(counted, [[1, 0, 1]])).toEqual([2]);
  });
});

describe('round-constants', () => {
  const scaled = (factor: number) =>
    programOf(50, 1, (cells) => {
      const [total, i] = [symbol('total'), symbol('i')];
      return [
        variable(total, 0),
        loop(i, 0, 50, [accumulate(total, [], multiply(num(factor), element(cells, ref(i))))]),
        giveBack(array(ref(total))),
      ];
    });

  it('keeps as many digits as fifty cells need', () => {
    const rounded = dumpProgram(roundConstants.run(scaled(2.297559925067295), { tolerance: 1e-6 }));
    expect(rounded).toContain('2.29755993 *');
  });

  it('keeps every digit at tolerance 0', () => {
    const program = scaled(2.297559925067295);
    expect(roundConstants.run(program, { tolerance: 0 })).toBe(program);
  });

  it('never changes a number that a condition depends on', () => {
    const program = programOf(1, 1, (cells) => [
      giveBack(array(math('sign', multiply(num(0.123456789), element(cells, 0))))),
    ]);
    expect(dumpProgram(roundConstants.run(program, { tolerance: 0.5 }))).toContain('0.123456789');
  });

  it('never makes a small number vanish', () => {
    const rounded = dumpProgram(roundConstants.run(scaled(0.000123456), { tolerance: 1 }));
    expect(rounded).toMatch(/0\.000\d+ \*/);
  });

  it('bounds the change that it really makes', () => {
    const graph = clusterNetwork(dense([6, 5, 4], ['tanh', 'identity'], 7));
    const program = lowered(graph);
    const rounded = roundConstants.run(program, { tolerance: 1e-3 });
    for (const input of sampleInputs(graph.interface, 100, 2)) {
      const before = evaluateProgram(program, input);
      evaluateProgram(rounded, input).forEach((value, index) => {
        expect(Math.abs(value - before[index])).toBeLessThanOrEqual(1e-3);
      });
    }
  });

  it('is infinite where inputs are unbounded', () => {
    const base = scaled(0.5);
    const model = {
      ...base.interface,
      inputs: [{ ...base.interface.inputs[0], domain: { kind: 'real' as const } }],
    };
    const change = outputChangeOf({ ...base, interface: model });
    expect(change({ literal: (value) => value * 1e-9, table: () => 0 })).toBe(Infinity);
  });
});

describe('skip-gaps', () => {
  const walking = (values: readonly number[]): Program =>
    programOf(9, 1, (cells) => {
      const total = symbol('total');
      const cell = symbol('cell');
      return [
        variable(total, 0),
        loopOver(cell, values, [accumulate(total, [], element(cells, ref(cell)))]),
        giveBack(array(ref(total))),
      ];
    });

  it.each([
    ['one position', [0, 1, 3, 4], 'if cell !== 2'],
    ['a run', [1, 2, 3, 7, 8], 'if (cell < 4) || (cell > 6)'],
    ['two gaps', [0, 1, 3, 4, 8], 'if (cell !== 2) && ((cell < 5) || (cell > 7))'],
  ] as const)('says %s that is left out', (_name, values, condition) => {
    const program = walking(values);
    const skipped = run('skip-gaps', program);
    expect(dumpProgram(skipped)).toContain(condition);
    for (const inputs of sampleInputs(program.interface, 20, 1)) {
      expect(evaluateProgram(skipped, inputs)).toEqual(evaluateProgram(program, inputs));
    }
  });

  it.each([
    ['two positions', [0, 8]],
    ['many gaps', [0, 2, 4, 6]],
    ['gaps as long to tell', [1, 4, 6, 7]],
    ['no order', [3, 1, 2]],
  ] as const)('keeps a list of %s', (_name, values) => {
    const program = walking(values);
    expect(run('skip-gaps', program)).toEqual(program);
  });
});
