/**
 * The second line of verification: a module's answers against the reference forward pass on probes
 * of every distribution, never printed as a proof. What it finds is shrunk to a small counterexample.
 */
import type { ModelInterface } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';
import type { Counterexample } from '../ir/verdict.js';
import { createRandom } from '../numeric/random.js';
import type { Random } from '../numeric/random.js';
import { compareAnswers } from './compare-answers.js';
import { probeFamilies, walkToBoundary } from './probes.js';
import type { Probe, ProbeFamily } from './probes.js';
import type { Answer } from './run-module.js';
import { shrinkProbe } from './shrink-probe.js';
import { createTeacher } from './teacher.js';
import type { Teacher } from './teacher.js';

export interface SampleOptions {
  /** Number of probes. */
  readonly count: number;
  readonly seed: number;
  /** Largest |module − network| allowed on a score, absolute. */
  readonly tolerance: number;
  /** Who knows the right answers; by default the network's forward pass. */
  readonly teacher?: Teacher;
  /** Asked before every batch of probes; `true` ends the sampling early. */
  readonly shouldStop?: () => boolean;
}

export interface SampleOutcome {
  /** Probes run, shrinking left out. */
  readonly count: number;
  /** How many of them came from each distribution, in order of first use. */
  readonly distributions: readonly { readonly name: string; readonly count: number }[];
  /** Largest difference of a score seen on an agreeing probe, measured as `Comparison.error` is. */
  readonly maxError: number;
  /** Answers that parted where the network's own scores were closer than the tolerance. */
  readonly closeDecisions: number;
  /** The smallest disagreement found; absent when there was none. */
  readonly counterexample?: Counterexample;
}

/** Probes between two questions to `shouldStop`: some milliseconds for a network of 10^5 weights. */
const BATCH = 64;

/** What the property has seen so far. */
interface Tally {
  count: number;
  maxError: number;
  closeDecisions: number;
  readonly distributions: Map<string, number>;
}

/**
 * Runs a module on `count` probes from all distributions in turn and compares scores (within the
 * tolerance) and decisions (apart from scores closer than the tolerance) with the network's.
 * A module that throws on an input of the domain disagrees there. Built on fast-check, which is loaded
 * on the first call; equal seeds give equal outcomes.
 */
export async function sampleModule(
  network: StagedNetwork,
  run: (inputs: readonly Float64Array[]) => Answer,
  options: SampleOptions,
): Promise<SampleOutcome> {
  const fc = await import('fast-check');
  const teacher = options.teacher ?? createTeacher(network);
  const families = [...probeFamilies(network), boundaryFamily(network, teacher)];
  const tally: Tally = { count: 0, maxError: 0, closeDecisions: 0, distributions: new Map() };

  class ProbeArbitrary extends fc.Arbitrary<Probe> {
    override generate(source: { nextInt: () => number }) {
      const family = families[tally.count % families.length];
      tally.count++;
      tally.distributions.set(family.name, (tally.distributions.get(family.name) ?? 0) + 1);
      return new fc.Value<Probe>(family.draw(createRandom(source.nextInt())), undefined);
    }
    override canShrinkWithoutContext(value: unknown): value is Probe {
      return Array.isArray(value);
    }
    override shrink(value: Probe) {
      const smaller = shrinkProbe(network, value);
      return fc.stream(mapIterator(smaller, (probe) => new fc.Value<Probe>(probe, undefined)));
    }
  }

  const agrees = (probe: Probe): boolean => {
    const comparison = compareAnswers(network, teacher, probe, run, options.tolerance);
    if (comparison.mismatch !== undefined) return false;
    tally.maxError = Math.max(tally.maxError, comparison.error);
    if (comparison.closeDecision) tally.closeDecisions++;
    return true;
  };
  const property = fc.property(new ProbeArbitrary(), agrees);
  let failing: Probe | undefined;
  while (tally.count < options.count && failing === undefined && options.shouldStop?.() !== true) {
    const numRuns = Math.min(BATCH, options.count - tally.count);
    const seed = options.seed + tally.count;
    failing = fc.check(property, { seed, numRuns }).counterexample?.[0];
  }
  const mismatch =
    failing === undefined
      ? undefined
      : compareAnswers(network, teacher, failing, run, options.tolerance).mismatch;
  return {
    count: tally.count,
    distributions: Array.from(tally.distributions, ([name, count]) => ({ name, count })),
    maxError: tally.maxError,
    closeDecisions: tally.closeDecisions,
    ...(mismatch === undefined ? {} : { counterexample: mismatch }),
  };
}

/** Probes just before or just behind the border between two answers of the network. */
function boundaryFamily(model: ModelInterface, teacher: Teacher): ProbeFamily {
  const families = probeFamilies(model);
  const answer = (probe: Probe): number => teacher.decide(teacher.forward(probe));
  const pick = (random: Random): Probe => families[random.below(families.length)].draw(random);
  return {
    name: 'decision boundary',
    draw: (random) => {
      const from = pick(random);
      const border = walkToBoundary(model, from, pick(random), answer);
      return border === undefined ? from : border[random.below(2)];
    },
  };
}

function* mapIterator<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To> {
  for (const item of items) yield map(item);
}
