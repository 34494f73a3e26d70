import { describe, expect, it } from 'vitest';
import { judgedRows } from '../../../src/distil/judged-rows.js';
import { inRangeProbes } from '../../../src/ir/fidelity-probes.js';
import type { InputTensor, ModelInterface } from '../../../src/ir/model-interface.js';
import type { Ask } from '../../../src/students/ask.js';

function modelOf(...inputs: readonly InputTensor[]): ModelInterface {
  const outputs = [{ name: 'out', shape: [1] }];
  return { name: 'model', source: 'sha256:0', inputs, outputs, decision: { kind: 'none' } };
}

function each(value: (row: readonly number[]) => number): Ask {
  return (columns) => columns[0].map((_, k) => value(columns.map((column) => column[k])));
}

const PLANE: InputTensor = { name: 'p', shape: [3], domain: { kind: 'interval', min: 0, max: 4 } };

describe('judgedRows', () => {
  it('asks where the fidelity of a module is measured, all cells varying, and shows some of them', () => {
    const model = modelOf(PLANE);
    const ask = each(([a, b, c]) => a + 10 * b + 100 * c);
    const judged = { model, ask, inputs: [2, 0], names: ['c', 'a'], ranges: undefined, seed: 5 };
    const { inRange, outOfRange } = judgedRows(judged);
    const probes = inRangeProbes(model, { count: 1000, seed: 5 }).map(([probe]) => probe);
    expect(inRange.names).toEqual(['c', 'a']);
    expect(Array.from(inRange.columns[0])).toEqual(probes.map(([, , c]) => c));
    expect(Array.from(inRange.target)).toEqual(probes.map(([a, b, c]) => a + 10 * b + 100 * c));
    expect(outOfRange?.target).toHaveLength(1000);
  });

  it('leaves out rows without a value where they lie out of range', () => {
    const model = modelOf({ ...PLANE, shape: [] });
    const ask = each(([x]) => Math.sqrt(x));
    const judged = { model, ask, inputs: [0], names: ['x'], ranges: undefined, seed: 0 };
    const left = judgedRows(judged).outOfRange?.columns[0];
    expect(left?.length).toBeGreaterThan(300);
    expect(left?.length).toBeLessThan(700);
    expect(left?.every((x) => x > 4 && x <= 6)).toBe(true);
  });

  it('has no rows around finite sets of values', () => {
    const model = modelOf({ ...PLANE, domain: { kind: 'values', values: [0, 1] } });
    const ask = each(([a]) => a);
    const judged = { model, ask, inputs: [0], names: ['a'], ranges: undefined, seed: 0 };
    expect(judgedRows(judged).outOfRange).toBeUndefined();
  });
});
