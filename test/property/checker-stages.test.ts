/**
 * Random stages: the module, the teacher and the checker's verdict agree. `proved` must mean equal within
 * maxError wherever the module is run, and what the compiler emits is never refuted.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { checkNetwork } from '../../src/ir/network-check.js';
import type { Stage, StagedNetwork } from '../../src/ir/network.js';
import { stageSpans } from '../../src/ir/stage-ranges.js';
import type { Spans } from '../../src/ir/stage-ranges.js';
import { createStageRunner } from '../../src/ir/stage-values.js';
import { createRandom } from '../../src/numeric/random.js';
import { cellDomain, domainHull, sizeOf } from '../../src/ir/model-interface.js';
import { verify } from '../../src/verify/index.js';
import type { Probe } from '../../src/verify/probes.js';
import { mutantsOf } from '../helpers/text-mutants.js';
import { largestDifference, probesOf } from '../helpers/enumerate.js';
import { randomStages } from '../helpers/random-stages.js';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

/** Mutants of one module that are judged. */
const MUTANTS = 6;

describe('random stages', () => {
  it('are compiled, proved for the most part, and never refuted', async () => {
    let proved = 0;
    for (const seed of SEEDS) {
      const network = randomStages(createRandom(seed));
      expect(checkNetwork(network)).toEqual([]);
      const { code, verdict } = await compile(network);
      expect(['proved', 'exhaustive', 'sampled'], `seed ${seed}: ${verdict.reason}`).toContain(verdict.status); // prettier-ignore
      if (verdict.status !== 'proved') continue;
      proved++;
      const difference = await largestDifference(network, code);
      expect(difference, `seed ${seed}`).toBeLessThanOrEqual(verdict.maxError + 1e-12);
    }
    expect(proved).toBeGreaterThan(SEEDS.length * 0.75);
  }, 240_000);

  it('broken by one token, are proved only where they compute the same', async () => {
    let refuted = 0;
    for (const seed of SEEDS.slice(0, 20)) {
      const network = randomStages(createRandom(1000 + seed));
      const { code } = await compile(network);
      const random = createRandom(seed);
      const mutants = mutantsOf(code);
      for (let count = 0; count < MUTANTS; count++) {
        const mutant = mutants[random.below(mutants.length)];
        const verdict = await verify(network, mutant.code, { ignoreVerdictString: true });
        if (verdict.status === 'refuted') refuted++;
        if (verdict.status !== 'proved') continue;
        const difference = await largestDifference(network, mutant.code);
        expect(difference, `seed ${seed}, ${mutant.what}`).toBeLessThanOrEqual(1e-6);
      }
    }
    expect(refuted).toBeGreaterThan(60);
  }, 240_000);

  it('stay within the intervals that their sources allow', () => {
    for (let seed = 0; seed < 300; seed++) {
      const network = randomStages(createRandom(seed));
      const inputs = network.inputs.map((one): Spans => {
        const hulls = Array.from({ length: sizeOf(one.shape) }, (_, k) => domainHull(cellDomain(one.domain, k))); // prettier-ignore
        return { lo: Float64Array.from(hulls, ([lo]) => lo), hi: Float64Array.from(hulls, ([, hi]) => hi) }; // prettier-ignore
      });
      const [first] = network.layers as readonly Stage[];
      const spans = stageSpans(first, first.sources.map(({ index }) => inputs[index])); // prettier-ignore
      const run = createStageRunner(first);
      for (const probe of firstProbes(network)) {
        const values = run(first.sources.map(({ index }) => Float64Array.from(probe[index])));
        const outside = [...values.keys()].filter((cell) => {
          const slack = 1e-9 * (1 + Math.abs(values[cell]));
          return values[cell] < spans.lo[cell] - slack || values[cell] > spans.hi[cell] + slack;
        });
        expect(outside, `seed ${seed}`).toEqual([]);
      }
    }
  });
});

function* firstProbes(network: StagedNetwork): Generator<Probe> {
  let count = 0;
  for (const probe of probesOf(network)) {
    if (++count > 40) return;
    yield probe;
  }
}
