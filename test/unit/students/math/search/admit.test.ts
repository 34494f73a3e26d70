import { describe, expect, it } from 'vitest';
import { NUMBER } from '../../../../../src/students/math/dimensions/dimension.js';
import type { Dimensions } from '../../../../../src/students/math/dimensions/check.js';
import type { Candidate, Problem } from '../../../../../src/students/math/problem.js';
import { search } from '../../../../../src/students/math/search.js';
import { fingerprintOf } from '../../../../../src/students/math/search/fingerprint.js';
import { createInProcessTransport } from '../../../../../src/students/math/search/in-process.js';
import type { SearchState } from '../../../../../src/students/math/search/state.js';
import { parseFormula } from '../../../../../src/students/math/text/parse-formula.js';
import { STANDARD_TOOLS } from '../../../../../src/students/math/tools.js';
import { searchProblem } from '../../../../helpers/search-problem.js';

const METRE = [0, 1, 0, 0, 0, 0, 0, 0];

/** The first variable is a length, all others and the target are numbers. */
function withUnits(problem: Problem): Problem {
  const variables = problem.data.names.map((_, k) => (k === 0 ? METRE : NUMBER));
  const dimensions: Dimensions = { variables, target: NUMBER, constants: 'numbers', policy: 'rule' };
  return { ...problem, settings: { ...problem.settings, knowledge: { dimensions } } };
} // prettier-ignore

describe('the gate to the front', () => {
  const problem = withUnits(searchProblem());
  const { names } = problem.data;
  const wrong: Candidate = {
    formula: parseFormula(`2 * ${names[0]}`, names),
    complexity: 3,
    loss: 0,
    origin: 'test',
  };

  it('lets nothing pass that a stored search, a scout or an island found against the rule', async () => {
    const stored: SearchState = {
      version: 1,
      fingerprint: fingerprintOf(problem),
      mode: 'both',
      waves: 0,
      epoch: 0,
      evaluations: 0,
      islands: [],
      front: [wrong],
      settled: 0,
    };
    const tools = {
      ...STANDARD_TOOLS,
      findScout: () => ({ name: 'liar', find: () => [wrong] }),
      polish: (candidate: Candidate) => candidate,
    };
    const transport = createInProcessTransport(problem, tools);
    const fronts: (readonly Candidate[])[] = [];
    const { front } = await search(
      problem,
      { mode: 'both', scouts: [['liar']], maxEvaluations: 1, resume: stored },
      transport,
      { onFront: (one) => fronts.push(one) },
    );
    expect([...fronts, front].flat()).toEqual([]);
  });
});
