/**
 * Columns that are one category: flags whose names begin alike, of which every row has exactly one.
 *
 *   colour_red, colour_green, colour_blue   →   colour, of which a row is red, green or blue
 */
import type { Dataset } from '../math/problem.js';
import type { OneHotGroup } from './problem.js';

/** What stands between the name of a category and its value. */
const NAME = /^(.+?)(?: is |[_=:. ])(.+)$/;

/** The groups in the order of their first columns; a category has at least two values. */
export function oneHotGroups({ names, columns }: Dataset): readonly OneHotGroup[] {
  const byName = new Map<string, number[]>();
  names.forEach((name, feature) => {
    const group = NAME.exec(name)?.[1];
    if (group === undefined) return;
    byName.set(group, [...(byName.get(group) ?? []), feature]);
  });
  return [...byName].flatMap(([name, features]): OneHotGroup[] => {
    if (features.length < 2 || !isOneHot(features.map((feature) => columns[feature]))) return [];
    return [
      { features, name, values: features.map((feature) => NAME.exec(names[feature])?.[2] ?? '') },
    ];
  });
}

/** Whether every row has a single one among zeros. */
function isOneHot(columns: readonly Float64Array[]): boolean {
  return columns[0].every((_, row) => {
    const isFlag = columns.every((column) => column[row] === 0 || column[row] === 1);
    return isFlag && columns.reduce((sum, column) => sum + column[row], 0) === 1;
  });
}
