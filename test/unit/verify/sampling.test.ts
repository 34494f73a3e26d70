import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src/ir/network.js';
import type { Answer } from '../../../src/verify/run-module.js';
import { labelOf } from '../../../src/verify/run-module.js';
import { sampleModule } from '../../../src/verify/sampling.js';
import { createTeacher } from '../../../src/verify/teacher.js';
import { chainNetwork, maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';

const OPTIONS = { count: 400, seed: 1, tolerance: 1e-6 };

/** The network itself as a module, its answer changed by `plant`. */
function imitate(
  network: Network,
  plant: (inputs: readonly Float64Array[], answer: Answer) => Answer = (_, answer) => answer,
): (inputs: readonly Float64Array[]) => Answer {
  const teacher = createTeacher(network);
  return (inputs) => {
    const scores = teacher.forward(inputs).map((output) => [...output]);
    const decision =
      network.decision.kind === 'none' ? undefined : labelOf(network, teacher.decide(scores));
    return plant(inputs, { scores, decision });
  };
}

function total(cells: Float64Array): number {
  return cells.reduce((sum, cell) => sum + cell, 0);
}

describe('sampleModule', () => {
  it('finds nothing in the network itself and counts its probes', async () => {
    const network = orientationNetwork(6);
    const outcome = await sampleModule(network, imitate(network), OPTIONS);
    expect(outcome.counterexample).toBeUndefined();
    expect(outcome.count).toBe(400);
    expect(outcome.maxError).toBe(0);
    expect(outcome.distributions.map(({ name }) => name)).toEqual([
      'constant', 'uniform', 'density', 'sparse', 'slab', 'crossing', 'box', 'frame', 'stripes',
      'noisy slab', 'repeated line', 'decision boundary',
    ]); // prettier-ignore
    expect(outcome.distributions.reduce((sum, { count }) => sum + count, 0)).toBe(400);
  });

  it('finds a planted bug and shrinks it to the cells that matter', async () => {
    const network = maxsatNetwork(6, 9);
    const run = imitate(network, (inputs, answer) => {
      const wrong = inputs[0][13] === 1 && inputs[0][40] === 1;
      return wrong ? { ...answer, scores: [answer.scores[0].map((score) => score / 2)] } : answer;
    });
    const { counterexample } = await sampleModule(network, run, OPTIONS);
    expect(counterexample?.where).toBe('scores');
    const lit = counterexample?.inputs[0].flatMap((cell, index) => (cell === 0 ? [] : [index]));
    expect(lit).toEqual([13, 40]);
  });

  it('shrinks real inputs to round numbers', async () => {
    const network = chainNetwork({
      name: 'line',
      input: { name: 'x', shape: [4], domain: { kind: 'interval', min: -2, max: 2 } },
      layers: [{ rows: [[1, 1, 1, 1]], bias: [0], activation: 'identity' }],
      decision: { kind: 'threshold', threshold: 3 },
    });
    const run = imitate(network, ([x], answer) =>
      total(x) > 1.5 ? { ...answer, scores: [[answer.scores[0][0] + 1]] } : answer,
    );
    const { counterexample } = await sampleModule(network, run, OPTIONS);
    expect(counterexample?.inputs.flat().sort()).toEqual([0, 0, 0, 2]);
    expect(counterexample?.expected).toEqual([2]);
    expect(counterexample?.actual).toEqual([3]);
  });

  it('refutes wrong decisions, also at equal scores, but not those within the tolerance', async () => {
    const network = orientationNetwork(4);
    const atTies = imitate(network, (_, answer) =>
      answer.scores[0][0] === 0 ? { ...answer, decision: 'horizontal' } : answer,
    );
    const refuted = await sampleModule(network, atTies, OPTIONS);
    expect(refuted.counterexample?.where).toBe('predict');
    expect(total(Float64Array.from(refuted.counterexample?.inputs[0] ?? [1]))).toBe(0);

    const nearTies = imitate(network, (_, { scores, decision }) =>
      scores[0][0] === 0
        ? { scores: [[-1e-7, 1e-7]], decision: 'horizontal' }
        : { scores, decision },
    );
    const close = await sampleModule(network, nearTies, OPTIONS);
    expect(close.counterexample).toBeUndefined();
    expect(close.closeDecisions).toBeGreaterThan(0);
    expect(close.maxError).toBe(1e-7);
  });

  it('reports what the module throws', async () => {
    const network = orientationNetwork(4);
    const run = imitate(network, (inputs, answer) => {
      if (total(inputs[0]) > 10) throw new RangeError('too bright');
      return answer;
    });
    const { counterexample } = await sampleModule(network, run, OPTIONS);
    expect(counterexample?.actual).toBe('too bright');
    expect(total(Float64Array.from(counterexample?.inputs[0] ?? []))).toBe(11);
  });

  it('is the same for the same seed and stops when asked', async () => {
    const network = maxsatNetwork(5, 4);
    const run = imitate(network, ([x], answer) =>
      total(x) > 7 ? { ...answer, scores: [[NaN, 0]] } : answer,
    );
    expect(await sampleModule(network, run, OPTIONS)).toEqual(
      await sampleModule(network, run, OPTIONS),
    );
    const stopped = await sampleModule(network, run, { ...OPTIONS, shouldStop: () => true });
    expect(stopped.count).toBe(0);
  });
});
