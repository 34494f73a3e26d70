/** Stages as loops: conditions on iterators cut them, and the letters of loops skip axes of one cell. */
import { describe, expect, it } from 'vitest';
import { joinPrograms } from '../../../../src/infer/index.js';
import { statesInPlace } from '../../../../src/infer/stages/in-place.js';
import type { Scan, Stage } from '../../../../src/ir/network.js';
import { add, compare, conditional, element, multiply, num, ref, subtract, symbol } from '../../../../src/ir/program-builders.js'; // prettier-ignore
import { dumpProgram } from '../../../../src/ir/program-dump.js';
import type { Expression } from '../../../../src/ir/program.js';
import { stageOf } from '../../../../src/ir/stage.js';
import { forward } from '../../../../src/verify/teacher.js';
import { evaluateProgram } from '../../../helpers/evaluate-program.js';
import { counterNetwork } from '../../../helpers/scans.js';
import { input, stagedNetwork } from '../../../helpers/stages.js';

const REAL = { kind: 'real' } as const;

/** The program of one stage over x, which it reads through `read`; checked against the reference pass. */
function programOf(
  shape: readonly number[],
  source: readonly number[],
  body: (
    at: readonly Expression[],
    read: (indices: readonly Expression[]) => Expression,
  ) => Expression,
): string {
  const stage = stageOf({ name: 'y', shape, operands: [input(0, source)] }, (at, [read]) => body(at, read)); // prettier-ignore
  const network = stagedNetwork('one', [{ name: 'x', shape: source, domain: REAL }], [stage]);
  const program = joinPrograms(network, [{ segment: { kind: 'stage', stage, layer: 0 } }]);
  const size = source.reduce((product, extent) => product * extent, 1);
  const cells = Array.from({ length: size }, (_, k) => k * k - 3);
  expect(evaluateProgram(program, [cells])).toEqual(Array.from(forward(network, [cells])[0]));
  return dumpProgram(program);
}

describe('a stage', () => {
  it('is one loop for each piece that a condition on an iterator cuts', () => {
    const dump = programOf([5], [2], ([i], read) =>
      conditional(
        compare('<', i, num(2)),
        read([i]),
        conditional(compare('<', i, num(4)), multiply(num(2), read([subtract(i, num(2))])), num(7)),
      ),
    );
    expect(dump).toContain(`  for i = 0 .. 2
    y[i] = x[i]
  for i~2 = 2 .. 4
    y[i~2] = 2 * x[i~2 - 2]
  y[4] = 7
`);
  });

  it('keeps a condition that cuts nothing off, and those that cut too often', () => {
    const never = programOf([3], [3], ([i], read) =>
      conditional(compare('<', i, num(9)), read([i]), num(0)),
    );
    expect(never).toContain('i < 9');
    const often = programOf([6], [6], ([i], read) =>
      [1, 2, 3, 4, 5].reduceRight<Expression>(
        (rest, border) =>
          conditional(compare('<', i, num(border)), add(read([i]), num(border)), rest),
        num(0),
      ),
    );
    expect(often).toContain('i < 5');
  });

  it('counts its loops with i, j, k, whatever axes stand between', () => {
    const dump = programOf([1, 2, 1, 3], [2, 3], ([, j, , l], read) => add(read([j, l]), num(1)));
    expect(dump).toContain(`  for i = 0 .. 2
    for j = 0 .. 3
      y[0][i][0][j] = x[i][j] + 1
`);
  });
});

describe('a state of a scan', () => {
  /** A scan of one stage over a state of three cells. */
  function scanOf(body: (at: Expression, state: Stage['parameters'][number]) => Expression): Scan {
    const [counter] = counterNetwork().layers;
    if (counter.kind !== 'scan') throw new Error('a scan');
    const [state, iterator] = [symbol('state', 'number', [3]), symbol('i')];
    const stage: Stage = {
      kind: 'stage',
      name: 'next',
      sources: [{ kind: 'input', index: 1 }],
      parameters: [state],
      tables: [],
      size: 3,
      shape: [3],
      iterators: [iterator],
      body: body(ref(iterator), state),
    };
    const [bit, count] = counter.body.inputs;
    const inputs = [bit, { ...count, shape: [3] }];
    return { ...counter, body: { ...counter.body, inputs, layers: [stage] } };
  }

  it('is changed where it stands if every cell follows from itself', () => {
    const scan = scanOf((i, state) => add(element(state, i), num(1)));
    expect([...statesInPlace(scan)]).toEqual([[1, 0]]);
  });

  it('is not where a cell follows from others, or where others still read the old one', () => {
    expect(statesInPlace(scanOf((_, state) => element(state, 0))).size).toBe(0);
    expect(statesInPlace(scanOf((i, state) => element(state, subtract(num(2), i)))).size).toBe(0);
    const scan = scanOf((i, state) => add(element(state, i), num(1)));
    const layers = [...scan.body.layers, ...scan.body.layers];
    expect(statesInPlace({ ...scan, body: { ...scan.body, layers } }).size).toBe(0);
    const results = [...scan.body.results, { kind: 'input', index: 1 } as const];
    expect(statesInPlace({ ...scan, body: { ...scan.body, results } }).size).toBe(0);
  });
});
