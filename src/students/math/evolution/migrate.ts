/**
 * What islands hand on at a barrier, in the order of the islands: the best members of each go to the next
 * one (a ring), and members of the front come to all. They take the places of the oldest.
 */
import type { Candidate } from '../problem.js';
import type { IslandState, Member } from './state.js';

/** Members that an island gets from its neighbour, and from the front. */
const FROM_NEIGHBOUR = 4;
const FROM_FRONT = 4;
/** Epochs after which a nursery starts anew. */
const NURSERY_EPOCHS = 4;

/** An island before its first epoch; `seeds` become its first members, the rest is drawn at random. */
export function createIsland(island: number, seeds: readonly Candidate[]): IslandState {
  const empty = { island, epoch: 0, members: [], births: 0, frequencies: [] };
  return settleIn(empty, seeds, seeds.length);
}

/**
 * The islands after migration; how many members each has does not change. Every second pair of islands
 * (one of either mode) is a nursery: it gets nothing from others and starts anew every few epochs, each in
 * its own, since a population that has settled finds no other kind of formula any more.
 */
export function migrate(
  islands: readonly IslandState[],
  front: readonly Candidate[],
): readonly IslandState[] {
  return islands.map((state, index) => {
    if (isNursery(index)) return isOutgrown(state) ? emptied(state) : state;
    const neighbour = islands[(index + islands.length - 1) % islands.length];
    const fromNeighbour = islands.length > 1 ? bestMembers(neighbour.members) : [];
    const immigrants = [...fromNeighbour, ...shareOfFront(front, index + state.epoch)];
    return settleIn(state, immigrants, state.members.length);
  });
}

function isNursery(index: number): boolean {
  return index % 4 >= 2;
}

function isOutgrown({ island, epoch }: IslandState): boolean {
  return (epoch + island) % NURSERY_EPOCHS === 0;
}

function emptied(state: IslandState): IslandState {
  return { ...state, members: [], frequencies: [] };
}

type Immigrant = Pick<Member, 'formula' | 'complexity' | 'loss'>;

function settleIn(state: IslandState, immigrants: readonly Immigrant[], size: number): IslandState {
  const born = immigrants.map(({ formula, complexity, loss }, k) => ({
    formula,
    complexity,
    loss,
    birth: state.births + k,
  }));
  const members = [...state.members, ...born];
  return {
    ...state,
    members: members.slice(Math.max(0, members.length - size)),
    births: state.births + born.length,
  };
}

function bestMembers(members: readonly Member[]): readonly Member[] {
  return [...members].sort((a, b) => a.loss - b.loss || a.birth - b.birth).slice(0, FROM_NEIGHBOUR);
}

/** Evenly spread over the front, from another start for every island and epoch. */
function shareOfFront(front: readonly Candidate[], start: number): readonly Candidate[] {
  const count = Math.min(FROM_FRONT, front.length);
  return Array.from({ length: count }, (_, k) => {
    const place = start + Math.floor((k * front.length) / count);
    return front[place % front.length];
  });
}
