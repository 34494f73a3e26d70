/** Two programs one behind the other, and what a program costs to read. */
import { describe, expect, it } from 'vitest';
import { continueProgram, programCost } from '../../../../src/infer/index.js';
import {
  add, array, branch, compare, element, giveBack, multiply, num, symbol,
} from '../../../../src/ir/program-builders.js'; // prettier-ignore
import { dumpProgram } from '../../../../src/ir/program-dump.js';
import type { ModelInterface } from '../../../../src/ir/model-interface.js';
import type { Expression, Program } from '../../../../src/ir/program.js';
import { evaluateProgram } from '../../../helpers/evaluate-program.js';

function interfaceOf(inputs: number, outputs: number): ModelInterface {
  return {
    name: 'model',
    source: 'sha256:test',
    inputs: [{ name: 'x', shape: [inputs], domain: { kind: 'real' } }],
    outputs: [{ name: 'y', shape: [outputs] }],
    decision: { kind: 'none' },
  };
}

function programOf(
  [inputs, outputs]: readonly [number, number],
  body: (cell: (index: number) => Expression) => Program['body'],
): Program {
  const parameter = symbol('x', 'number', [inputs]);
  return {
    interface: interfaceOf(inputs, outputs),
    parameters: [parameter],
    tables: [],
    body: body((index) => element(parameter, num(index))),
  };
}

/** Sum and product of two cells. */
const FIRST = programOf([2, 2], (x) => [
  giveBack(array(add(x(0), x(1)), multiply(x(0), multiply(x(1), x(1))))),
]);

describe('continueProgram', () => {
  it('hands on what the first returns, under the names given', () => {
    const second = programOf([2, 1], (x) => [
      branch(compare('>', x(1), num(6)), [giveBack(array(x(1)))]),
      giveBack(array(multiply(x(0), x(0)))),
    ]);
    const joined = continueProgram(FIRST, second, ['total', 'volume']);
    expect(joined.interface.inputs).toBe(FIRST.interface.inputs);
    expect(dumpProgram(joined)).toMatch(/const total: number = x\[0\] \+ x\[1\]/);
    for (const cells of [
      [1, 2],
      [2, 2],
      [3, 1],
      [-1, 5],
    ]) {
      const between = evaluateProgram(FIRST, [cells]);
      expect(evaluateProgram(joined, [cells])).toEqual(evaluateProgram(second, [between]));
    }
  });

  it('drops what the second does not read', () => {
    const second = programOf([2, 1], (x) => [
      branch(compare('>', x(0), num(1)), [giveBack(array(num(1)))]),
      giveBack(array(num(0))),
    ]);
    expect(dumpProgram(continueProgram(FIRST, second, ['total', 'volume']))).not.toContain(
      'volume',
    );
  });

  it('keeps that a program decides', () => {
    const body = programOf([2, 1], (x) => [
      branch(compare('>', x(0), num(1)), [giveBack(num(1))]),
      giveBack(num(0)),
    ]);
    const decision = { kind: 'threshold', threshold: 0 } as const;
    const second: Program = { ...body, interface: { ...body.interface, decision }, decides: true };
    const joined = continueProgram(FIRST, second, ['total', 'volume']);
    expect(joined).toMatchObject({ decides: true, interface: { decision } });
    expect(
      [
        [1, 2],
        [0, 1],
      ].map((cells) => evaluateProgram(joined, [cells])),
    ).toEqual([[1], [0]]);
  });
});

describe('programCost', () => {
  it('counts lines, what stands in them, and numbers in tables', () => {
    const plain = programOf([2, 1], (x) => [giveBack(array(x(0)))]);
    // A line, the brackets, and a name with its index.
    const cost = programCost(plain);
    expect(cost).toBe(3);
    const table = { symbol: symbol('weights', 'number', [2]), values: Float64Array.of(0.5, 0.25) };
    expect(programCost({ ...plain, tables: [table] })).toBe(cost + 3);
    const longer = programOf([2, 1], (x) => [giveBack(array(add(x(0), x(1))))]);
    expect(programCost(longer)).toBe(cost + 2.5);
  });
});
