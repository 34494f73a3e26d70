import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../../../../src/students/math/complexity.js';
import { createEngine } from '../../../../../src/students/math/engine/engine.js';
import { evolveIsland } from '../../../../../src/students/math/evolution/island.js';
import { createIsland, migrate } from '../../../../../src/students/math/evolution/migrate.js';
import { OPERATORS } from '../../../../../src/students/math/operators/index.js';
import type { Settings } from '../../../../../src/students/math/problem.js';
import { searchProblem } from '../../../../helpers/search-problem.js';

const NAMES = OPERATORS.map(({ name }) => name);

/** Settings of all kinds: few operators or none, costs, sizes, nestings. */
const SETTINGS: fc.Arbitrary<Partial<Settings>> = fc.record({
  operators: fc.subarray(NAMES),
  complexities: fc.dictionary(fc.constantFrom(...NAMES), fc.integer({ min: 1, max: 4 })),
  constantComplexity: fc.integer({ min: 1, max: 3 }),
  variableComplexity: fc.integer({ min: 1, max: 2 }),
  maxComplexity: fc.integer({ min: 1, max: 25 }),
  maxDepth: fc.integer({ min: 1, max: 8 }),
  nesting: fc.dictionary(
    fc.constantFrom(...NAMES),
    fc.dictionary(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 2 })),
  ),
  seed: fc.integer(),
});

describe('an epoch of an island', () => {
  it('makes formulas that the settings allow, and no others', () => {
    fc.assert(
      fc.property(SETTINGS, fc.nat({ max: 1 }), (settings, index) => {
        const problem = searchProblem(settings);
        const engine = createEngine(problem);
        let island = createIsland(index, []);
        for (let epoch = 0; epoch < 2; epoch++) {
          const result = evolveIsland(island, 300, engine);
          island = result.island;
          const made = [...island.members, ...result.candidates];
          expect(made.filter(({ formula }) => !isAllowed(formula, problem.settings))).toEqual([]);
        }
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('is the same whenever it is run, also from a state that was written down', () => {
    const engine = createEngine(searchProblem());
    const first = evolveIsland(createIsland(1, []), 1000, engine);
    const stored = JSON.parse(JSON.stringify(first.island)) as typeof first.island;
    expect(stored).toEqual(first.island);
    const next = evolveIsland(first.island, 1000, engine);
    expect(evolveIsland(stored, 1000, createEngine(searchProblem()))).toEqual(next);
  });

  it('offers candidates whose loss is what the engine measures', () => {
    const engine = createEngine(searchProblem());
    for (const index of [0, 1]) {
      const { candidates } = evolveIsland(createIsland(index, []), 2000, engine);
      expect(candidates.length).toBeGreaterThan(1);
      for (const candidate of candidates) {
        expect(engine.judge(candidate.formula, candidate.origin)).toEqual(candidate);
      }
    }
  });

  it('ends where there is nothing to find', () => {
    const engine = createEngine(searchProblem({ operators: [], maxComplexity: 1 }));
    const { island, candidates } = evolveIsland(createIsland(0, []), 500, engine);
    expect(island.epoch).toBe(1);
    expect(candidates.length).toBeGreaterThan(0);
  });
});

describe('migration', () => {
  it('hands the best to the next island and keeps the sizes', () => {
    const engine = createEngine(searchProblem());
    const before = [0, 2].map((index) => evolveIsland(createIsland(index, []), 300, engine).island);
    const after = migrate(before, []);
    expect(after.map(({ members }) => members.length)).toEqual(
      before.map(({ members }) => members.length),
    );
    const best = Math.min(...before[0].members.map(({ loss }) => loss));
    expect(Math.min(...after[1].members.map(({ loss }) => loss))).toBeLessThanOrEqual(best);
    const births = after[1].members.map(({ birth }) => birth);
    expect(births).toEqual([...births].sort((a, b) => a - b));
  });
});
