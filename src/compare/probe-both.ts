/**
 * Both networks on many inputs: how many are decided otherwise, in which direction, the smallest examples;
 * without a decision how far the scores are apart. Inputs next to a border between two decisions flip more
 * often than others, and are counted by themselves.
 */
import type { DecisionsReport, ExampleReport, ScoresReport } from '../report/index.js';
import { createRandom } from '../numeric/random.js';
import type { Random } from '../numeric/random.js';
import { allInputs, domainSize } from '../verify/checker/exhaustive.js';
import { probeFamilies, walkToBoundary } from '../verify/probes.js';
import type { Probe } from '../verify/probes.js';
import type { Answers, SideBySide } from './side-by-side.js';

/** A domain of at most so many inputs is run as a whole. */
const MOST_ALL = 4096;
/** Inputs drawn: as many as cost about so many multiplications, within bounds. */
const WORK = 3e8;
const [FEWEST, MOST] = [256, 4096];
/** One walk to a border for so many inputs drawn; a walk of about 60 runs ends in two inputs. */
const PER_WALK = 32;
/** Inputs kept for each direction, to be shrunk, and examples shown in all. */
const KEPT = 6;
const MOST_EXAMPLES = 3;
/** An input is as telling as that of the largest difference if it shows so much of it. */
const TELLING = 0.9;
const SEED = 1;

export interface ProbeResult {
  /** How many inputs were run, examples left out. */
  readonly checked: number;
  /** The first input at which a score differs by more than the tolerance. */
  readonly differing?: Probe;
  /** Absent where one of the two has no decision. */
  readonly decisions?: DecisionsReport;
  /** Absent where there is a decision, or the scores cannot be compared. */
  readonly scores?: ScoresReport;
}

/** Runs both on the same inputs; equal networks give equal results. */
export function probeBoth(
  both: SideBySide,
  onProgress: (done: number, total: number) => void,
): ProbeResult {
  return new Probing(both, onProgress).run();
}

interface Direction {
  readonly from: string;
  readonly to: string;
  flips: number;
  readonly kept: Probe[];
}

class Probing {
  private readonly directions = new Map<string, Direction>();
  private checked = 0;
  private differing: Probe | undefined;
  private largest = 0;
  private farthest: Probe | undefined;
  private sum = 0;

  constructor(
    private readonly both: SideBySide,
    private readonly onProgress: (done: number, total: number) => void,
  ) {}

  run(): ProbeResult {
    const { model, decides, work } = this.both;
    const families = probeFamilies(model);
    const isAll = domainSize(model) <= MOST_ALL;
    const random = createRandom(SEED);
    const count = Math.round(Math.min(MOST, Math.max(FEWEST, WORK / work)));
    const drawn = { inputs: 0, flips: 0 };
    const border = { inputs: 0, flips: 0 };
    const judge = (probe: Probe, into: { inputs: number; flips: number }): void => {
      into.inputs++;
      if (this.judge(probe)) into.flips++;
    };
    if (isAll) {
      for (const probe of allInputs(model)) judge(probe, drawn);
    } else {
      const walks = decides ? Math.ceil(count / PER_WALK) : 0;
      for (let k = 0; k < count; k++) {
        judge(families[k % families.length].draw(random), drawn);
        this.onProgress(k, count + walks);
      }
      for (let k = 0; k < walks; k++) {
        for (const probe of this.walk(random, k % 2 === 0 ? 'old' : 'new')) judge(probe, border);
        this.onProgress(count + k, count + walks);
      }
    }
    const { checked, differing } = this;
    const found = { checked, ...(differing === undefined ? {} : { differing }) };
    if (decides) {
      const directions = [...this.directions.values()].sort((a, b) => b.flips - a.flips);
      return {
        ...found,
        decisions: {
          drawn,
          isAll,
          families: families.length,
          border,
          directions: directions.map(({ from, to, flips }) => ({ from, to, flips })),
          examples: this.examples(directions),
        },
      };
    }
    return { ...found, scores: this.scores(isAll, families.length) };
  }

  private scores(isAll: boolean, families: number): ScoresReport {
    const mean = this.sum / this.checked;
    const whole = { inputs: this.checked, isAll, families, largest: this.largest, mean };
    if (this.farthest === undefined) return whole;
    const least = TELLING * this.largest;
    const isTelling = ({ difference }: Answers): boolean => difference >= least;
    return { ...whole, example: this.both.example(this.both.shrink(this.farthest, isTelling)) };
  }

  /** Whether the decision flips; remembers what there is to show. */
  private judge(probe: Probe): boolean {
    this.checked++;
    const answers = this.both.run(probe);
    this.sum += answers.difference;
    if (answers.difference > this.largest) {
      this.largest = answers.difference;
      this.farthest = copy(probe);
    }
    if (answers.differs) this.differing ??= copy(probe);
    if (!answers.flips) return false;
    const { oldAnswer: from, newAnswer: to } = answers;
    const key = JSON.stringify([from, to]);
    const direction = this.directions.get(key) ?? { from, to, flips: 0, kept: [] };
    this.directions.set(key, direction);
    direction.flips++;
    if (direction.kept.length < KEPT) direction.kept.push(copy(probe));
    return true;
  }

  private walk(random: Random, side: 'old' | 'new'): readonly Probe[] {
    const { model } = this.both;
    const families = probeFamilies(model);
    const pick = (): Probe => families[random.below(families.length)].draw(random);
    const answer = (probe: Probe): number => this.both.answerOf(side, probe);
    return walkToBoundary(model, pick(), pick(), answer) ?? [];
  }

  /** The smallest example of each direction, then the next ones, each input once. */
  private examples(directions: readonly Direction[]): readonly ExampleReport[] {
    const perDirection = directions.slice(0, MOST_EXAMPLES).map(({ from, to, kept }) => {
      const isSame = ({ flips, oldAnswer, newAnswer }: Answers): boolean =>
        flips && oldAnswer === from && newAnswer === to;
      const shrunk = kept.map((probe) => this.both.shrink(probe, isSame));
      return distinct(shrunk)
        .map((probe) => ({ probe, size: outstanding(probe) }))
        .sort((a, b) => a.size - b.size)
        .map(({ probe }) => probe);
    });
    const chosen: Probe[] = [];
    for (let rank = 0; rank < KEPT && chosen.length < MOST_EXAMPLES; rank++) {
      for (const probes of perDirection) {
        if (rank < probes.length && chosen.length < MOST_EXAMPLES) chosen.push(probes[rank]);
      }
    }
    return chosen.map((probe) => this.both.example(probe));
  }
}

function copy(probe: Probe): Probe {
  return probe.map((cells) => cells.slice());
}

function distinct(probes: readonly Probe[]): readonly Probe[] {
  const seen = new Map(
    probes.map((probe) => [probe.map((cells) => cells.join()).join(';'), probe]),
  );
  return [...seen.values()];
}

/** Cells that are not 0, then digits: what makes an example long to read. */
function outstanding(probe: Probe): number {
  return probe.reduce((sum, cells) => {
    let own = 0;
    for (const value of cells) own += value === 0 ? 0 : 1 + String(value).length / 100;
    return sum + own;
  }, 0);
}
