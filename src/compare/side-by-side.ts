/**
 * Two networks run side by side: their scores and decisions at one input, whether they differ, and the
 * smallest input at which they still do.
 */
import { decide, decisionsOf } from '../ir/decision.js';
import type { ModelInterface } from '../ir/model-interface.js';
import type { StagedNetwork } from '../ir/network.js';
import type { ExampleReport } from '../report/index.js';
import type { Probe } from '../verify/probes.js';
import { labelOf } from '../verify/run-module.js';
import { shrinkProbe } from '../verify/shrink-probe.js';
import { createTeacher } from '../verify/teacher.js';
import { forwardWork } from '../verify/work.js';
import { inputWords } from './describe-input.js';

/** Two orders of summation of a large score differ by about so much of its size. */
const ROUNDING = 1e-12;

/** Multiplications that shrinking one example may take: less than a second. */
const SHRINK_WORK = 1e8;
const [FEWEST_TRIES, MOST_TRIES] = [64, 4000];

export interface Answers {
  readonly oldScores: readonly number[];
  readonly newScores: readonly number[];
  /** As `decide` tells them. */
  readonly oldDecision: number;
  readonly newDecision: number;
  /** Labels, or decisions as text; the old ones in the order of the old model. */
  readonly oldAnswer: string;
  readonly newAnswer: string;
  /** Largest difference of a score; 0 where there are different numbers of them. */
  readonly difference: number;
  /** Whether a score differs by more than the tolerance. */
  readonly differs: boolean;
  /** Whether the answers differ, and not by rounding alone. */
  readonly flips: boolean;
}

export class SideBySide {
  private readonly teachers;
  private readonly byLabel: boolean;
  /** Multiplications of one run of both. */
  readonly work: number;
  /** Whether decisions can be compared. */
  readonly decides: boolean;

  constructor(
    private readonly old: StagedNetwork,
    private readonly fresh: StagedNetwork,
    /** The old model with the inputs that both take. */
    readonly model: ModelInterface,
    private readonly tolerance: number,
  ) {
    this.teachers = [createTeacher(old), createTeacher(fresh)] as const;
    this.work = forwardWork(old) + forwardWork(fresh) + 1;
    this.byLabel = sharesWords(old.outputs[0].labels, fresh.outputs[0].labels);
    const [one, two] = [decisionsOf(old), decisionsOf(fresh)];
    const sameKind = old.decision.kind === fresh.decision.kind && one.length === two.length;
    this.decides = one.length > 0 && two.length > 0 && (this.byLabel || sameKind);
  }

  run(probe: Probe): Answers {
    const [oldScores, newScores] = this.teachers.map((teacher) =>
      teacher.forward(probe).flatMap((scores) => Array.from(scores)),
    );
    const oldDecision = decide(this.old.decision, oldScores);
    const newDecision = decide(this.fresh.decision, newScores);
    const [oldAnswer, newAnswer] = [
      String(labelOf(this.old, oldDecision)),
      String(labelOf(this.fresh, newDecision)),
    ];
    const comparable = oldScores.length === newScores.length;
    const difference = comparable ? largestDifference(oldScores, newScores) : 0;
    const scale = [...oldScores, ...newScores].reduce(
      (most, score) => Math.max(most, Math.abs(score)),
      Math.max(...this.teachers.map((teacher) => teacher.scale())),
    );
    const differs = difference > this.tolerance + ROUNDING * (scale < Infinity ? scale : 0);
    const isOther = this.byLabel ? oldAnswer !== newAnswer : oldDecision !== newDecision;
    const sameRule = JSON.stringify(this.old.decision) === JSON.stringify(this.fresh.decision);
    // Equal scores are decided alike; scores that rounding moves may fall on either side.
    const flips =
      this.decides && isOther && (differs || !comparable || !sameRule || this.isReordered());
    return { oldScores, newScores, oldDecision, newDecision, oldAnswer, newAnswer, difference, differs, flips }; // prettier-ignore
  }

  /** The answer of one of the models, as a number: for walks to its borders. */
  answerOf(side: 'old' | 'new', probe: Probe): number {
    const teacher = this.teachers[side === 'old' ? 0 : 1];
    return decide(
      (side === 'old' ? this.old : this.fresh).decision,
      teacher.forward(probe).flatMap((scores) => Array.from(scores)),
    );
  }

  /** The smallest input found, from this one on, at which `holds` still holds. */
  shrink(probe: Probe, holds: (answers: Answers) => boolean): Probe {
    const tries = Math.round(SHRINK_WORK / this.work);
    let left = Math.min(MOST_TRIES, Math.max(FEWEST_TRIES, tries));
    let best = probe;
    for (let again = true; again;) {
      again = false;
      for (const smaller of shrinkProbe(this.model, best)) {
        if (--left < 0) return best;
        if (!holds(this.run(smaller))) continue;
        best = smaller;
        again = true;
        break;
      }
    }
    return best;
  }

  /** An input with both answers, for the report. */
  example(probe: Probe): ExampleReport {
    const { oldScores, newScores, oldAnswer, newAnswer } = this.run(probe);
    return {
      inputs: probe.map((cells) => Array.from(cells)),
      words: inputWords(this.model, probe),
      oldScores,
      newScores,
      ...(this.decides ? { oldAnswer, newAnswer } : {}),
    };
  }

  private isReordered(): boolean {
    const [one, two] = [this.old, this.fresh].map(({ outputs }) => outputs[0].labels?.join('\n'));
    return this.byLabel && one !== two;
  }
}

/** Whether both have labels, and one of them at least is the same. */
function sharesWords(
  old: readonly string[] | undefined,
  fresh: readonly string[] | undefined,
): boolean {
  return old?.some((label) => fresh?.includes(label) === true) === true;
}

function largestDifference(old: readonly number[], fresh: readonly number[]): number {
  return old.reduce((most, score, k) => {
    if (Object.is(score, fresh[k])) return most;
    const difference = Math.abs(score - fresh[k]);
    return Math.max(most, Number.isNaN(difference) ? Infinity : difference);
  }, 0);
}
