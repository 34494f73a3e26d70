/**
 * The members of an island during an epoch. Replacement is by age: a child takes the place of the oldest
 * member (regularised evolution: Real et al., AAAI 2019), so that nothing stays that cannot be found again.
 * Tournaments favour a low loss and complexities that are rare (adaptive parsimony: Cranmer, arXiv
 * 2305.01582).
 */
import type { Random } from '../../../numeric/random.js';
import type { Genome } from './genome.js';
import type { Scaling } from './judge.js';

export interface Individual {
  readonly genome: Genome;
  readonly complexity: number;
  readonly loss: number;
  readonly birth: number;
  readonly fingerprint: number;
  /** In scaled mode: its best a + b·f. */
  readonly scaling: Scaling | undefined;
}

export interface Population {
  readonly members: readonly Individual[];
  /** Oldest first. */
  readonly inOrder: () => readonly Individual[];
  readonly frequencies: readonly number[];
  /** The winner of a tournament. */
  readonly choose: (random: Random) => Individual;
  /** Puts a child in the place of the oldest member. */
  readonly replaceOldest: (child: Individual) => void;
  /** Whether a member computes the same, costs no more and is no worse. */
  readonly hasEqual: (fingerprint: number, complexity: number, loss: number) => boolean;
  /** How common the complexity was lately, from 0 to 1. */
  readonly commonness: (complexity: number) => number;
}

const TOURNAMENT_SIZE = 8;
/** Probability that the best of a tournament wins; else the next best is asked, and so on. */
const WINNING = 0.9;
const PARSIMONY = 20;
/** Complexities are counted with a memory of about this many children. */
const MEMORY = 2000;

/** `members` oldest first, at least one. */
export function createPopulation(
  start: readonly Individual[],
  startFrequencies: readonly number[],
): Population {
  const members = [...start];
  let oldest = 0;
  const frequencies = [...startFrequencies];
  let total = frequencies.reduce((sum, count) => sum + count, 0);
  const penalties: number[] = [];
  const drawn: number[] = [];
  const scores: number[] = [];

  const commonness = (complexity: number): number => {
    const slot = Math.round(complexity);
    return slot < frequencies.length && total > 0 ? frequencies[slot] / total : 0;
  };
  const refreshPenalties = (): void => {
    for (let slot = 0; slot < frequencies.length; slot++) {
      penalties[slot] = Math.exp(PARSIMONY * commonness(slot));
    }
  };
  const count = (complexity: number): void => {
    const slot = Math.round(complexity);
    while (frequencies.length <= slot) frequencies.push(0);
    frequencies[slot]++;
    total++;
    if (total <= MEMORY) return;
    for (let k = 0; k < frequencies.length; k++) frequencies[k] /= 2;
    total = frequencies.reduce((sum, one) => sum + one, 0);
  };
  let children = 0;
  refreshPenalties();
  return {
    members,
    inOrder: () => [...members.slice(oldest), ...members.slice(0, oldest)],
    frequencies,
    commonness,
    choose(random) {
      const size = Math.min(TOURNAMENT_SIZE, members.length);
      for (let k = 0; k < size; k++) {
        drawn[k] = random.below(members.length);
        const { loss, complexity } = members[drawn[k]];
        const slot = Math.round(complexity);
        scores[k] = loss * (slot < penalties.length ? penalties[slot] : 1);
      }
      for (let left = size; ; left--) {
        let best = 0;
        for (let k = 1; k < left; k++) if (scores[k] < scores[best]) best = k;
        if (left === 1 || random.unit() < WINNING) return members[drawn[best]];
        drawn[best] = drawn[left - 1];
        scores[best] = scores[left - 1];
      }
    },
    replaceOldest(child) {
      members[oldest] = child;
      oldest = (oldest + 1) % members.length;
      count(child.complexity);
      if (++children % members.length === 0) refreshPenalties();
    },
    hasEqual(fingerprint, complexity, loss) {
      for (const member of members) {
        if (member.fingerprint !== fingerprint) continue;
        if (member.complexity <= complexity && member.loss <= loss) return true;
      }
      return false;
    },
  };
}
