import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { createEngine } from '../../../../../src/students/math/engine/engine.js';
import { createAim } from '../../../../../src/students/math/evolution/aim.js';
import { clearDraft, createDraft } from '../../../../../src/students/math/evolution/draft.js';
import { formulaOf, genomeOf } from '../../../../../src/students/math/evolution/genome.js';
import { createRules } from '../../../../../src/students/math/evolution/rules.js';
import { call, constant, variable } from '../../../../../src/students/math/formula.js';
import type { Formula } from '../../../../../src/students/math/formula.js';
import { searchProblem } from '../../../../helpers/search-problem.js';

/** The problem is a² + 1.5 sin b. */
const problem = searchProblem();
const engine = createEngine(problem);
const rows = Array.from({ length: engine.rows }, (_, row) => row);

function entryOf(formula: Formula, column: Float64Array, value: (x: number) => number) {
  return { genome: genomeOf(formula), values: column.map(value) };
}

const [a, b] = problem.data.columns;
const library = {
  rows,
  entries: [
    entryOf(call('sin', variable(1)), b, Math.sin),
    entryOf(call('square', variable(0)), a, (x) => x * x),
    entryOf(call('cos', variable(0)), a, Math.cos),
  ],
};

describe('an aimed mutation', () => {
  it('puts what is missing where it is missing, with its factor', () => {
    const growth = {
      random: createRandom(1),
      rules: createRules(problem.settings),
      variables: 2,
    };
    const aim = createAim(library, engine, growth);
    const parent = genomeOf(call('+', call('square', variable(0)), constant(0.5)));
    const draft = createDraft();
    const losses: number[] = [];
    for (let trial = 0; trial < 20; trial++) {
      clearDraft(draft);
      if (!aim.apply(draft, parent, undefined)) continue;
      losses.push(engine.judge(formulaOf(draft), 'test')?.loss ?? Infinity);
    }
    expect(Math.min(...losses)).toBeLessThan(1e-25);
  });
});
