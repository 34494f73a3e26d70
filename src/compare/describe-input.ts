/**
 * An input in the words of its model: features by name, cells by the names of their axes, whole rows at
 * once, and what is the same everywhere only once. Positions count from 0, as the code does.
 *
 *   income = 6.5, debt = 3, all others 0        1 at row 3, columns 0–4; 0 elsewhere
 */
import { axisNamesOf, sizeOf } from '../ir/model-interface.js';
import type { InputTensor, ModelInterface } from '../ir/model-interface.js';
import { toldName } from '../ir/told.js';
import { plural } from '../ir/words.js';

/** More features or groups of cells than this are counted. */
const SHOWN = 8;

/** Digits of a number in words; the exact numbers stand in the JSON. */
const DIGITS = 6;

/** The inputs of a model in words, without line ends. */
export function inputWords(model: ModelInterface, inputs: readonly ArrayLike<number>[]): string {
  const texts = model.inputs.map((input, k) => oneInput(input, Array.from(inputs[k])));
  if (texts.length === 1) return texts[0];
  return texts.map((text, k) => `${toldName(model.inputs[k].name)}: ${text}`).join('; ');
}

/** Some cells of an input in words: `age` and `debt`, `row 3`, `12 of 64 cells`. */
export function cellWords(input: InputTensor, cells: readonly number[]): readonly string[] {
  const { features } = input;
  const size = sizeOf(input.shape);
  if (cells.length === 0) return [];
  if (cells.length === size && size > 1) return [`all ${size} cells`];
  if (input.shape.length === 0) return [toldName(input.name)];
  const words =
    features === undefined ? groupsOf(input, cells) : cells.map((cell) => toldName(features[cell]));
  return words.length <= SHOWN ? words : [`${cells.length} of ${size} cells`];
}

/** A number of a score or an input, with few digits. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

function oneInput(input: InputTensor, values: readonly number[]): string {
  if (input.shape.length === 0) return `${toldName(input.name)} = ${shortNumber(values[0])}`;
  const background = mostFrequent(values);
  const cells = [...values.keys()].filter((cell) => values[cell] !== background);
  if (input.features !== undefined) return featuresText(input.features, values, background, cells);
  if (cells.length === 0) return `all ${values.length} cells ${shortNumber(background)}`;
  const distinct = [...new Set(cells.map((cell) => values[cell]))];
  const texts: string[] = [];
  let left = SHOWN;
  let untold = 0;
  for (const value of distinct) {
    const groups = groupsOf(
      input,
      cells.filter((cell) => values[cell] === value),
    );
    const shown = groups.slice(0, Math.max(0, left));
    left -= shown.length;
    untold += groups.length - shown.length;
    if (shown.length > 0) texts.push(`${shortNumber(value)} at ${shown.join(', ')}`);
  }
  const more =
    untold > 0 ? `; ${cells.length} cells differ from ${shortNumber(background)} in all` : '';
  return `${texts.join('; ')}${more}; ${shortNumber(background)} elsewhere`;
}

function featuresText(
  features: readonly string[],
  values: readonly number[],
  background: number,
  cells: readonly number[],
): string {
  const pair = (cell: number): string =>
    `${toldName(features[cell])} = ${shortNumber(values[cell])}`;
  if (values.length <= SHOWN / 2) return [...values.keys()].map(pair).join(', ');
  const shown = cells.slice(0, SHOWN).map(pair);
  const rest = cells.length - shown.length;
  if (rest > 0) shown.push(`${rest} more`);
  const others = values.length - cells.length;
  if (others === 0) return shown.join(', ');
  const all = cells.length === 0 ? `all ${values.length} features` : others === 1 ? 'the other one' : 'all others'; // prettier-ignore
  return [...shown, `${all} ${shortNumber(background)}`].join(', ');
}

/** Runs along the last axis with the places of the others: `row 3` for a whole row, `row 3, columns 0–4`. */
function groupsOf(input: InputTensor, cells: readonly number[]): readonly string[] {
  const { shape } = input;
  const names = axisNamesOf(input).map((name) => toldName(name ?? 'position'));
  const isIn = new Set(cells);
  const whole = wholeSlices(shape, isIn).map(({ axis, index }) => {
    for (const cell of cellsOfSlice(shape, axis, index)) isIn.delete(cell);
    return `${names[axis]} ${index}`;
  });
  const length = shape[shape.length - 1];
  const groups: string[] = [];
  const rest = [...isIn].sort((a, b) => a - b);
  for (let k = 0; k < rest.length;) {
    let end = k + 1;
    while (end < rest.length && rest[end] === rest[end - 1] + 1 && rest[end] % length !== 0) end++;
    const from = pointOf(shape, rest[k]);
    const outer = from.slice(0, -1).map((index, axis) => `${names[axis]} ${index}`);
    const [first, last] = [from[from.length - 1], rest[end - 1] % length];
    const along = names[names.length - 1];
    const inner = first === last ? `${along} ${first}` : `${plural(along)} ${first}–${last}`;
    groups.push([...outer, inner].join(', '));
    k = end;
  }
  if (shape.length === 1 && rest.length > 1) {
    const ranges = groups.map((group) => group.slice(group.indexOf(' ') + 1));
    if (names[0].includes(' ')) return groups;
    return [`${plural(names[0])} ${ranges[0]}`, ...ranges.slice(1)];
  }
  return groups.length > 1 && shape.length > 1
    ? [...whole, ...groups.map((group) => `(${group})`)]
    : [...whole, ...groups];
}

/** Rows, columns, planes that are in the set as a whole; first axis first, none cell twice. */
function wholeSlices(
  shape: readonly number[],
  isIn: ReadonlySet<number>,
): readonly { axis: number; index: number }[] {
  if (shape.length < 2) return [];
  const found: { axis: number; index: number }[] = [];
  const taken = new Set<number>();
  for (const [axis, extent] of shape.entries()) {
    for (let index = 0; index < extent; index++) {
      const cells = cellsOfSlice(shape, axis, index);
      if (cells.length < 2 || !cells.every((cell) => isIn.has(cell) && !taken.has(cell))) continue;
      cells.forEach((cell) => taken.add(cell));
      found.push({ axis, index });
    }
  }
  return found;
}

function cellsOfSlice(shape: readonly number[], axis: number, index: number): readonly number[] {
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  return Array.from({ length: outer }, (_, block) =>
    Array.from({ length: inner }, (_cell, k) => (block * shape[axis] + index) * inner + k),
  ).flat();
}

function pointOf(shape: readonly number[], cell: number): readonly number[] {
  const point: number[] = [];
  for (const extent of [...shape].reverse()) {
    point.unshift(cell % extent);
    cell = Math.floor(cell / extent);
  }
  return point;
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
