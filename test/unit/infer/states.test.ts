import { describe, expect, it } from 'vitest';
import { collectCone } from '../../../src/infer/cone.js';
import { liftGraph } from '../../../src/infer/lift.js';
import { reachableStates } from '../../../src/infer/states.js';
import type { Reference } from '../../../src/infer/values.js';
import { ALL, affine, at, maxsatGraph, modelOf, range } from './graphs.js';

function leaf(...accesses: Reference['accesses']): Reference {
  return { source: { kind: 'input', index: 0 }, accesses };
}

const none = new Set<number>();

describe('reachableStates', () => {
  const model = {
    interface: modelOf({ shape: [4, 4] }, { shape: [1] }),
    values: [],
    outputs: [],
    searches: new Map<string, undefined>(),
  };

  it('knows that a cell lies in its own row', () => {
    const states = reachableStates(
      model,
      [leaf(at(0, 1), at(0, 0)), leaf(at(0, 1), ALL)],
      [4],
      none,
    );
    // Cell 0: row 0 to 3; cell 1: row 1 to 4; never the 10 states of a free product.
    expect(states?.count).toBe(8);
  });

  it('joins the classes of border and inner points', () => {
    const block = leaf(range(affine(-1, [1]), affine(2, [1])), at(0, 0));
    expect(reachableStates(model, [block], [4], none)?.count).toBe(4);
  });

  it('gives up on inputs without a finite domain', () => {
    const real = {
      ...model,
      interface: modelOf({ shape: [4], domain: { kind: 'real' } }, { shape: [1] }),
    };
    expect(reachableStates(real, [leaf(at(0, 1))], [4], none)).toBeUndefined();
  });

  it('counts 144 states of a MAXSAT clause, aliased clause 0 included', () => {
    const lifted = liftGraph(maxsatGraph(10, 50));
    const cone = collectCone(lifted, lifted.values[6].gate, { extents: [50], holes: none }, 9);
    const features = cone?.leaves ?? [];
    expect(features).toHaveLength(3);
    expect(reachableStates(lifted, features, [50], none)?.count).toBe(36);
  });
});

describe('collectCone', () => {
  it('cuts overlapping lines into disjoint runs', () => {
    const lifted = liftGraph(maxsatGraph(6, 4));
    const gate = lifted.values[3].gate;
    const column = { ...gate.terms[0], reference: leaf(ALL, at(0, 1)) };
    const cone = collectCone(
      lifted,
      { ...gate, terms: [...gate.terms, column] },
      { extents: [4], holes: none },
      1,
    );
    expect(cone?.leaves.map((own) => own.accesses[0])).toEqual([
      at(0, 0),
      at(1, 0),
      range(affine(2, [0]), affine(6, [0])),
    ]);
  });
});
