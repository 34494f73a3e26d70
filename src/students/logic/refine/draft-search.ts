/**
 * Searches trees of few leaves that cost little. Growing is greedy; here trees are grown too large, several
 * times from other rows, and made smaller leaf by leaf, all splits chosen anew at each size. Then the best of a
 * size is disturbed and made good again (iterated local search). All by seeded chance and counted steps.
 */
import { createRandom } from '../../../numeric/random.js';
import type { Random } from '../../../numeric/random.js';
import type { LogicProblem } from '../problem.js';
import { copyDraft, leafDraft, leavesOfDraft } from './draft.js';
import type { Draft } from './draft.js';
import { Drafter } from './drafter.js';
import { gridOf, gridOfRows } from './grid.js';
import type { Grid } from './grid.js';

/** Times that a tree is grown anew: small ones are soon done. */
const LEAST_STARTS = 3;
const MOST_STARTS = 10;
const STARTS_TIMES_LEAVES = 160;

/** Rows that each is grown from, at most. */
const START_ROWS = 8000;

/** Leaves that it grows to, for each leaf wanted; every other time at least so many. */
const GROWN_LEAVES = 2;
const LEAST_GROWN = 64;

/** Share of the axes that a leaf tries where chance is to make a difference. */
const TRIED_SHARE = 0.6;

/** Share of the leaves that stay when many are removed at once. */
const KEPT_LEAVES = 0.9;

/** Rounds in which all splits are chosen anew, after each removal. */
const ROUNDS = 3;

/** Times that the best tree of a size is disturbed, at most; large trees, which take longer, less often. */
const MOST_TURNS = 48;
const TURNS_TIMES_LEAVES = 24 * 32;

/** So many turns that bring nothing are the last ones. */
const PATIENCE = 24;

/** Rows that it is made good on, for each of its leaves. */
const ROWS_PER_LEAF = 500;

/** Rows for each leaf that the best tree so far is wrong about. */
const WRONG_ROWS_PER_LEAF = 20;

/** Above, not every size is visited. */
const EVERY_SIZE = 40;

interface FoundDraft {
  readonly draft: Draft;
  /** On all rows. */
  readonly loss: number;
}

export class DraftSearch {
  readonly grid: Grid;
  /** By leaves. */
  private readonly best = new Map<number, FoundDraft>();
  private readonly random: Random;
  private readonly judge: Drafter;
  /** The loss of a single leaf. */
  private readonly worst: number;

  constructor(private readonly problem: LogicProblem) {
    this.grid = gridOf(problem);
    this.random = createRandom(problem.settings.seed);
    this.judge = new Drafter(this.grid, problem.settings);
    this.worst = this.judge.refine(leafDraft(0), 1);
  }

  /** Trees of up to so many leaves, one of each size, from several starts. */
  descend(most: number): void {
    const starts = Math.ceil(STARTS_TIMES_LEAVES / most);
    const count = Math.min(MOST_STARTS, Math.max(LEAST_STARTS, starts));
    for (let start = 0; start < count && !this.isStopped(); start++) {
      const drafter = this.drafterOf(start === count - 1 ? this.rowsFor(most) : START_ROWS);
      const draft = leafDraft(0);
      const grown = Math.max(GROWN_LEAVES * most, start % 2 === 0 ? LEAST_GROWN : 0);
      drafter.extend(draft, grown, this.random, start === 0 ? 1 : TRIED_SHARE);
      drafter.refine(draft, ROUNDS);
      for (;;) {
        const size = leavesOfDraft(draft);
        if (size <= most) this.keep(draft);
        if (size === 1 || this.isStopped()) break;
        const least = size > most ? most : EVERY_SIZE;
        drafter.shrink(draft, size > least ? Math.max(least, fewerThan(size)) : size - 1);
        drafter.refine(draft, ROUNDS);
      }
    }
  }

  /** Disturbs the best tree of at most so many leaves, and keeps what comes out better. */
  disturb(leaves: number): void {
    const turns = Math.min(MOST_TURNS, Math.ceil(TURNS_TIMES_LEAVES / leaves));
    let last = 0;
    for (let turn = 0; turn < Math.min(turns, last + PATIENCE) && !this.isStopped(); turn++) {
      const now = this.bestOf(leaves);
      if (now === undefined) return;
      const drafter = this.drafterOf(Math.max(ROWS_PER_LEAF * leaves, this.rowsFor(leaves)));
      const draft = copyDraft(now);
      const changed = 1 + this.random.below(Math.max(2, leaves >> 1));
      if (turn % 3 === 2) drafter.shrink(draft, Math.max(1, leaves - changed));
      drafter.extend(draft, leaves + changed, this.random, turn % 2 === 0 ? TRIED_SHARE : 1);
      drafter.refine(draft, 2);
      for (let size = leavesOfDraft(draft); size > leaves; size = leavesOfDraft(draft)) {
        drafter.shrink(draft, Math.max(leaves, fewerThan(size)));
        drafter.refine(draft, ROUNDS);
      }
      this.keep(draft);
      if (this.bestOf(leaves) !== now) last = turn;
    }
  }

  /** The best of each size that costs less than all smaller ones, simplest first. */
  rising(): readonly Draft[] {
    let least = Infinity;
    const sizes = [...this.best.keys()].sort((a, b) => a - b);
    return sizes.flatMap((size) => {
      const found = this.best.get(size);
      if (found === undefined || !(found.loss < least)) return [];
      least = found.loss;
      return [found.draft];
    });
  }

  /** The best of at most so many leaves. */
  bestOf(leaves: number): Draft | undefined {
    let best: FoundDraft | undefined;
    for (const [size, one] of this.best) {
      if (size <= leaves && one.loss < (best?.loss ?? Infinity)) best = one;
    }
    return best?.draft;
  }

  /** Keeps a copy of what is better than all of its size, unless leaves are too small. */
  private keep(draft: Draft): void {
    if (!this.judge.hasSupport(draft)) return;
    const loss = this.judge.lossOf(draft);
    const size = leavesOfDraft(draft);
    if (loss < (this.best.get(size)?.loss ?? Infinity)) {
      this.best.set(size, { draft: copyDraft(draft), loss });
    }
  }

  /** The better the trees of a size already are, the more rows it takes to see what they are wrong about. */
  private rowsFor(leaves: number): number {
    const best = this.bestOf(leaves);
    const share = best === undefined ? 1 : this.judge.lossOf(best) / this.worst;
    return Math.max(START_ROWS, (WRONG_ROWS_PER_LEAF * leaves) / share);
  }

  private isStopped(): boolean {
    return this.problem.shouldStop?.() === true;
  }

  /** Works with some of the rows, drawn anew. */
  private drafterOf(most: number): Drafter {
    const { grid, random } = this;
    const count = grid.target.length;
    if (count <= most) return new Drafter(grid, this.problem.settings);
    return new Drafter(gridOfRows(grid, random.permutation(count).subarray(0, most)), this.problem.settings); // prettier-ignore
  }
}

/** At most one leaf in ten goes at once. */
function fewerThan(size: number): number {
  return Math.min(size - 1, Math.floor(KEPT_LEAVES * size));
}
