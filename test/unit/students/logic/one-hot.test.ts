/** Columns that are one category are found by their names and their rows, and told by the category's name. */
import { describe, expect, it } from 'vitest';
import { oneHotGroups } from '../../../../src/students/logic/one-hot.js';
import type { Condition } from '../../../../src/students/logic/tree.js';
import { tellCondition } from '../../../../src/students/logic/words.js';

function tableOf(columns: Readonly<Record<string, readonly number[]>>) {
  const names = Object.keys(columns);
  const values = Object.values(columns).map((column) => Float64Array.from(column));
  return { names, columns: values, target: values[0] };
}

describe('oneHotGroups', () => {
  it('joins flags of which every row has one', () => {
    const table = tableOf({
      size: [1, 5, 2],
      colour_red: [1, 0, 0],
      'shape=round': [0, 1, 1],
      colour_green: [0, 1, 0],
      'shape=square': [1, 0, 0],
      colour_blue: [0, 0, 1],
    });
    expect(oneHotGroups(table)).toEqual([
      { features: [1, 3, 5], name: 'colour', values: ['red', 'green', 'blue'] },
      { features: [2, 4], name: 'shape', values: ['round', 'square'] },
    ]);
  });

  it.each([
    ['two at once', { has_car: [1, 1], has_house: [0, 1] }],
    ['none', { has_car: [1, 0], has_house: [0, 0] }],
    ['other numbers', { has_car: [0.5, 0], has_house: [0.5, 1] }],
    ['a name of its own', { car: [1, 0], has_house: [0, 1] }],
  ])('leaves columns alone where a row has %s', (_, columns) => {
    expect(oneHotGroups(tableOf(columns))).toEqual([]);
  });
});

describe('categories in words', () => {
  const [group] = oneHotGroups(
    tableOf({ colour_red: [1, 0, 0], colour_green: [0, 1, 0], colour_blue: [0, 0, 1] }),
  );
  const names = ['colour_red', 'colour_green', 'colour_blue'];
  const domain = { kind: 'values', values: [0, 1] } as const;
  const features = { names, domains: names.map(() => domain), oneHot: [group] };
  const is = (feature: number): Condition => ({ kind: 'above', feature, threshold: 0.5 });

  it('are told by their names', () => {
    const either: Condition = { kind: 'count', conditions: [is(0), is(2)], least: 1 };
    expect(tellCondition(is(1), features)).toBe('colour is green');
    expect(tellCondition(is(1), features, true)).toBe('colour is not green');
    expect(tellCondition(either, features)).toBe('colour among red, blue');
    expect(tellCondition(either, features, true)).toBe('colour not among red, blue');
  });

  it('are told as flags where they are no group', () => {
    expect(tellCondition(is(1), { ...features, oneHot: [] })).toBe('colour_green is 1');
  });
});
