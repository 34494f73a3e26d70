/**
 * One epoch of an island: a pure function of its state, the problem and the seed. Parents win
 * tournaments; children come by mutation or crossover, are tidied, must be allowed and must compute
 * something that no member computes as cheaply, are accepted by annealing, and replace the oldest.
 */
import { createRandom } from '../../../numeric/random.js';
import type { Random } from '../../../numeric/random.js';
import type { Engine } from '../engine/engine.js';
import { sizeOfFormula } from '../formula.js';
import type { Template } from '../knowledge/template.js';
import type { Candidate } from '../problem.js';
import { createAim } from './aim.js';
import type { Aim } from './aim.js';
import { createBurden } from './burden.js';
import type { Burden } from './burden.js';
import { clearDraft, createDraft } from './draft.js';
import type { Draft } from './draft.js';
import { copyGenome, formulaOf, genomeOf, MOST_NODES } from './genome.js';
import type { Genome } from './genome.js';
import { candidatesOf, createHallOfFame } from './hall-of-fame.js';
import type { HallOfFame } from './hall-of-fame.js';
import { ATTEMPTS_PER_ENTRY, createLibrary } from './library.js';
import type { Library } from './library.js';
import { fitToHoles, pushTrees } from './holes.js';
import { createJudge } from './judge.js';
import type { Judge } from './judge.js';
import { islandSettings, isScaledIsland } from './modes.js';
import { crossOver, drawMutation } from './mutations.js';
import { createPopulation } from './population.js';
import type { Individual, Population } from './population.js';
import { pushTree } from './random-tree.js';
import type { Growth } from './random-tree.js';
import { createRules } from './rules.js';
import type { IslandState } from './state.js';
import { tidy } from './tidy.js';
import { costOfFit, hasConstants, tuneGenome } from './tune.js';

export const POPULATION_SIZE = 128;

const CROSSOVER_SHARE = 0.2;
const AIMED_SHARE = 0.08;
/** Share of aimed mutations that start from an entry of the library instead of from a winner. */
const FRESH_SHARE = 0.5;
/** Share of the evaluations that goes into the library of aimed mutations, and its largest size. */
const LIBRARY_SHARE = 0.05;
const LARGEST_LIBRARY = 512;
/** Share of accepted children with constants whose constants are fitted, and by how many steps. */
const TUNED_SHARE = 0.05;
const TUNING_STEPS = 6;
/** Sizes of the first, random members. */
const FIRST_SIZE = 8;
/** Attempts for each evaluation before an island gives up: tiny spaces have nothing new to offer. */
const MOST_ATTEMPTS = 20;
/** Share of the evaluations that is kept for the candidates in the end. */
const RESERVED_SHARE = 0.05;
/** How much worse, in factors of e of the loss, a child may well be at the highest temperature. */
const ANNEALING = 1;

export interface Epoch {
  readonly island: IslandState;
  readonly candidates: readonly Candidate[];
}

interface World {
  readonly engine: Engine;
  readonly growth: Growth;
  readonly judge: Judge;
  readonly burden: Burden;
  readonly isScaled: boolean;
  readonly template: Template | undefined;
  readonly hall: HallOfFame;
  readonly raw: Draft;
  readonly child: Draft;
  births: number;
  /** Members born before came from elsewhere or from earlier epochs. */
  readonly firstBirth: number;
  /** The count of evaluations to keep to. */
  readonly last: number;
}

/**
 * The island after at most `evaluations` evaluations, a first judgement of all its members included.
 *
 * @throws RangeError when a member holds an operator that is unknown.
 */
export function evolveIsland(state: IslandState, evaluations: number, engine: Engine): Epoch {
  const last = engine.evaluations() + evaluations;
  const world = createWorld(state, engine, last);
  const population = createPopulation(settle(state, world), state.frequencies);
  const aim = createAim(libraryOf(population, world, evaluations), engine, world.growth);
  const start = engine.evaluations();
  const end = last - Math.floor(RESERVED_SHARE * evaluations);
  for (let attempts = 0; attempts < MOST_ATTEMPTS * evaluations; attempts++) {
    const done = engine.evaluations();
    if (done >= end || population.members.length === 0) break;
    step(population, aim, world, 1 - (done - start) / (end - start));
  }
  const scalingOf = (genome: Genome) => {
    world.judge.judge(genome);
    return world.judge.scaling();
  };
  const candidates = candidatesOf(world.hall, engine, last, world.isScaled ? scalingOf : undefined);
  return { candidates, island: stateOf(state, population, world.births) };
}

function createWorld(state: IslandState, engine: Engine, last: number): World {
  const { settings, data } = engine.problem;
  const isScaled = isScaledIsland(state.island, engine);
  const own = islandSettings(engine, isScaled);
  const template = settings.knowledge?.template;
  return {
    engine,
    growth: {
      random: createRandom(seedOf(settings.seed, state.island, state.epoch)),
      rules: createRules(own),
      variables:
        template === undefined
          ? data.columns.length
          : template.holes.reduce((sum, { arity }) => sum + arity, 0),
    },
    burden: createBurden(engine, own),
    judge: createJudge(engine, isScaled),
    isScaled,
    template,
    hall: createHallOfFame(),
    raw: createDraft(),
    child: createDraft(),
    births: state.births,
    firstBirth: state.births,
    last,
  };
}

/** The members as they are judged here (immigrants may come from the other mode), and random ones. */
function settle(state: IslandState, world: World): Individual[] {
  const { engine, last } = world;
  const found = state.members.flatMap(({ formula, birth }) => {
    if (sizeOfFormula(formula) > MOST_NODES || engine.evaluations() >= last) return [];
    const individual = individualOf(genomeOf(formula), world, birth);
    return individual === undefined ? [] : [individual];
  });
  const { growth, raw, child, template } = world;
  for (let k = 0; found.length < POPULATION_SIZE && k < MOST_ATTEMPTS * POPULATION_SIZE; k++) {
    if (engine.evaluations() >= last) break;
    clearDraft(raw);
    if (template === undefined) pushTree(raw, 1 + growth.random.below(FIRST_SIZE), growth);
    else pushTrees(raw, FIRST_SIZE, template, growth);
    tidy(child, raw);
    if (template !== undefined && !fitToHoles(child, template)) continue;
    const individual = individualOf(child, world, world.births);
    if (individual === undefined) continue;
    world.births++;
    found.push(individual);
  }
  return found;
}

function libraryOf(population: Population, world: World, evaluations: number): Library {
  // Aims are values; where gradients are judged there is nothing to aim at.
  if (world.engine.directions !== undefined) return { entries: [], rows: [] };
  // The variables of a template's trees have no values of their own to aim with.
  if (world.template !== undefined) return { entries: [], rows: [] };
  // What turns out to be undefined is evaluated too: each entry may take some attempts.
  const left = (world.last - world.engine.evaluations()) / ATTEMPTS_PER_ENTRY;
  const size = Math.floor(Math.min(LARGEST_LIBRARY, LIBRARY_SHARE * evaluations, left));
  return createLibrary(size, population.members, world.engine, world.growth);
}

function individualOf(genome: Genome, world: World, birth: number): Individual | undefined {
  if (!world.growth.rules.isAllowed(genome)) return undefined;
  const reached = world.judge.judge(genome);
  if (!Number.isFinite(reached)) return undefined;
  const complexity = world.growth.rules.complexityOf(genome);
  const loss = weighAndOffer(genome, complexity, reached, birth >= world.firstBirth, world);
  const fingerprint = world.judge.fingerprint();
  return {
    genome: copyGenome(genome),
    complexity,
    loss,
    birth,
    fingerprint,
    scaling: world.isScaled ? world.judge.scaling() : undefined,
  };
}

/** The loss by which the genome is compared; it is offered as it stands where it keeps to the rules. */
function weighAndOffer(
  genome: Genome,
  complexity: number,
  loss: number,
  isNew: boolean,
  { hall, burden }: World,
): number {
  if (burden.isRight(genome)) hall.offer(genome, complexity, loss, isNew);
  return burden.weigh(genome, loss);
}

function step(population: Population, aim: Aim, world: World, temperature: number): void {
  const { growth, raw, child, judge, template } = world;
  const { random, rules } = growth;
  const parent = population.choose(random);
  clearDraft(raw);
  const drawn = random.unit();
  if (drawn < AIMED_SHARE && world.engine.directions === undefined) {
    const isAimed =
      random.unit() < FRESH_SHARE
        ? aim.applyAfresh(raw)
        : aim.apply(raw, parent.genome, parent.scaling);
    if (!isAimed) return;
  } else if (drawn < AIMED_SHARE + CROSSOVER_SHARE) {
    crossOver(raw, parent.genome, population.choose(random).genome, growth);
  } else if (!drawMutation(growth).apply(raw, parent.genome, growth, temperature)) {
    return;
  }
  if (raw.isTooLong) return;
  tidy(child, raw);
  if (template !== undefined && !fitToHoles(child, template)) return;
  if (!rules.isAllowed(child)) return;
  const reached = judge.judge(child);
  if (!Number.isFinite(reached)) return;
  const complexity = rules.complexityOf(child);
  const fingerprint = judge.fingerprint();
  const loss = weighAndOffer(child, complexity, reached, true, world);
  if (population.hasEqual(fingerprint, complexity, loss)) return;
  if (!isAccepted(loss, complexity, parent, population, random, temperature)) return;
  const birth = world.births++;
  const individual = {
    genome: copyGenome(child),
    complexity,
    loss,
    birth,
    fingerprint,
    scaling: world.isScaled ? judge.scaling() : undefined,
  };
  population.replaceOldest(tuned(individual, world));
}

function isAccepted(
  loss: number,
  complexity: number,
  parent: Individual,
  population: Population,
  random: Random,
  temperature: number,
): boolean {
  if (loss <= parent.loss) return true;
  const worse = Math.log(loss / parent.loss) / (ANNEALING * Math.max(temperature, 1e-3));
  const before = population.commonness(parent.complexity) + 0.01;
  const after = population.commonness(complexity) + 0.01;
  return random.unit() < Math.exp(-worse) * (before / after);
}

function tuned(individual: Individual, world: World): Individual {
  const { engine, growth, judge, hall, isScaled } = world;
  const { genome, loss, complexity } = individual;
  if (growth.random.unit() >= TUNED_SHARE || !hasConstants(genome)) return individual;
  if (engine.evaluations() + costOfFit(TUNING_STEPS) >= world.last) return individual;
  const scaling = isScaled ? judge.scaling() : undefined;
  const better = tuneGenome(genome, engine, TUNING_STEPS, scaling);
  if (better === undefined || better.loss >= loss) return individual;
  const judged = judge.judge(better.genome);
  const reached = world.burden.weigh(better.genome, judged);
  if (!(reached < loss)) return individual;
  if (world.burden.isRight(better.genome)) hall.offer(better.genome, complexity, judged, true);
  return {
    ...individual,
    genome: better.genome,
    loss: reached,
    fingerprint: judge.fingerprint(),
    scaling: isScaled ? judge.scaling() : undefined,
  };
}

function stateOf(before: IslandState, population: Population, births: number): IslandState {
  return {
    island: before.island,
    epoch: before.epoch + 1,
    members: population.inOrder().map(({ genome, complexity, loss, birth }) => ({
      formula: formulaOf(genome),
      complexity,
      loss,
      birth,
    })),
    births,
    frequencies: [...population.frequencies],
  };
}

/** One seed for each seed, island and epoch. */
function seedOf(seed: number, island: number, epoch: number): number {
  let hash = 0x9e3779b9;
  for (const part of [seed, island, epoch]) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash;
}
