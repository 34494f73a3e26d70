/** Tournaments come out as the question for a champion, with the network's ties on every input. */
import { describe, expect, it } from 'vitest';
import { dumpProgram } from '../../../../src/ir/program-dump.js';
import { compileChecked, countLines } from '../helpers.js';
import type { TournamentSpec } from './tournaments.js';
import { allTriples, tournament } from './tournaments.js';

/** The program as text, equal to the network on all inputs, ties included. */
function textOf(spec: TournamentSpec): string {
  const program = compileChecked(tournament(spec), allTriples(spec.size));
  expect(countLines(program.body)).toBeLessThan(16);
  expect(program.tables).toEqual([]);
  return dumpProgram(program);
}

describe.each([4, 5])('%i cells: one against all others', (size) => {
  const all = size - 1.5;

  it.each(['sign', 'step'] as const)('strictly the largest, by %s', (compare) => {
    const text = textOf({ size, compare, answer: all });
    expect(text).toContain('isLargest = false');
    expect(text).toContain('values[other] >= values[item]');
  });

  it('strictly the smallest', () => {
    const text = textOf({ size, compare: 'sign', direction: -1, answer: all });
    expect(text).toContain('isSmallest = false');
    expect(text).toContain('values[other] <= values[item]');
  });

  it('the first of the largest is found in one walk', () => {
    const text = textOf({ size, compare: 'step', round: 'first', answer: all });
    expect(text).toContain('values[item] > values[largest]');
    expect(text).toContain('largest = item');
  });

  it('the last of the smallest is found in one walk', () => {
    const text = textOf({ size, compare: 'step', round: 'last', direction: -1, answer: all });
    expect(text).toContain('values[item] <= values[smallest]');
  });

  it('everyone who is equal to the largest', () => {
    const text = textOf({ size, compare: 'step', round: 'other', answer: all });
    expect(text).toContain('largest = max(largest, values[item])');
    expect(text).toContain('values[item');
    expect(text).toContain('=== largest');
  });

  it('whoever is not strictly the smallest, as ±1', () => {
    const text = textOf({ size, compare: 'sign', answer: 1.5 - size, last: 'sign' });
    expect(text).toContain('isSmallest ? -1 : 1');
  });
});

describe('sums over all others', () => {
  it('balances stay balances', () => {
    const text = textOf({ size: 5, compare: 'sign', answer: 'count' });
    expect(text).toContain('sign(values[item] - values[other])');
  });

  it('wins stay counts', () => {
    const text = textOf({ size: 5, compare: 'step', answer: 'count' });
    expect(text).toContain('values[item] > values[other]');
  });

  it('a threshold in the middle is a count compared with a number', () => {
    const text = textOf({ size: 5, compare: 'step', answer: 1.5 });
    expect(text).toContain('>= 2');
  });

  it('a threshold that ties would pass is no champion', () => {
    const text = textOf({ size: 4, compare: 'sign', answer: 1.5 });
    expect(text).not.toContain('isLargest');
  });
});
