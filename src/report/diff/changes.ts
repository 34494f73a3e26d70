/** Changes of code, gathered: the same change in several places is one change. */
import { listed } from '../numbers.js';
import type { CodeChange, CodeChangeKind, ComparisonReport } from './types.js';
import { code, short } from './words.js';

/** Modules that share less than this are other code; their differences are not told one by one. */
const LEAST_SHARED = 0.5;
/** Places of one change that are named. */
const MOST_PLACES = 3;

export interface GatheredChange extends CodeChange {
  /** Every place, the first one first. */
  readonly places: readonly string[];
}

/** Whether so much of the code differs that single differences say nothing. */
export function isOtherCode({ sharedCode }: ComparisonReport): boolean {
  return sharedCode < LEAST_SHARED;
}

/** Whether one code was found for both sizes, whose numbers differ by the sizes alone. */
export function isSameAlgorithm({ sizes }: ComparisonReport): boolean {
  return sizes !== undefined && sizes.status !== 'unknown';
}

/** Whether the scores are the same and only what is said about them changed. */
export function isSameFunction({ known }: ComparisonReport): boolean {
  return known.by === 'weights' || known.by === 'proof' || known.by === 'enumeration';
}

/** Whether the models take other inputs of the same shape. */
export function isDomainOther({ interface: changes }: ComparisonReport): boolean {
  return changes.some(({ what }) => what === 'the domain of the input');
}

/** Every change once, with all places where it stands. */
export function gathered(changes: readonly CodeChange[]): readonly GatheredChange[] {
  const found = new Map<string, GatheredChange>();
  for (const change of changes) {
    const { kind, what, of, old, new: fresh, place, was } = change;
    const key = JSON.stringify([kind, what, of, old, fresh]);
    const told = was === undefined || was === 'return' ? placeText(place) : `${code(place)} (was ${code(was)})`; // prettier-ignore
    const known = found.get(key);
    found.set(key, known === undefined ? { ...change, places: [told] } : { ...known, places: [...new Set([...known.places, told])] }); // prettier-ignore
  }
  return [...found.values()];
}

/** More numbers than this in one place are summed up. */
const MOST_NUMBERS = 4;

/** Sentences for all changes that are told in words: many numbers of one place are one sentence. */
export function changeTexts(changes: readonly CodeChange[]): readonly string[] {
  const told = changes.filter(isToldInWords);
  const numbersOf = (place: string): readonly CodeChange[] =>
    told.filter((one) => one.place === place && isNumber(one));
  const crowded = new Set(
    told.map(({ place }) => place).filter((place) => numbersOf(place).length > MOST_NUMBERS),
  );
  const isSummedUp = (one: CodeChange): boolean => crowded.has(one.place) && isNumber(one);
  return [
    ...[...crowded].map((place) => sumUp(place, numbersOf(place))),
    ...gathered(told.filter((one) => !isSummedUp(one))).map((one) => changeText(one)),
  ];
}

function isNumber({ kind, old, new: fresh }: CodeChange): boolean {
  return kind === 'constant' && old !== undefined && fresh !== undefined;
}

function sumUp(place: string, changes: readonly CodeChange[]): string {
  const size = ({ old, new: fresh }: CodeChange): number => Math.abs(Number(old) - Number(fresh));
  const most = changes.reduce((best, one) => (size(one) > size(best) ? one : best));
  return `${placeText(place)}: ${changes.length} constants changed, most the ${whatText(most)}`;
}

/** Whether the code differs in numbers alone. */
export function isOnlyNumbers(changes: readonly CodeChange[]): boolean {
  return changes.every((one) => isNumber(one) || (one.kind === 'table' && one.of !== ''));
}

/** Kinds that the lines of code show better than words. */
const LINES: readonly CodeChangeKind[] = ['statement', 'expression'];

/** Whether a change is told in words. */
export function isToldInWords({ kind, what }: CodeChange): boolean {
  return !LINES.includes(kind) && !((kind === 'loop' || kind === 'condition') && what === '');
}

/** A change as a sentence without its full stop; `isTitle` puts the place behind it. */
export function changeText(change: GatheredChange, isTitle = false): string {
  const { kind, places } = change;
  if (kind === 'table') return tableText(change);
  const where = placesText(places);
  const what = whatText(change);
  return isTitle ? `${what} in ${where}` : `${where}: ${what}`;
}

function whatText({ kind, what, of, old, new: fresh }: CodeChange): string {
  if (what === 'sign') return `every sign turned, now ${code(of)}`;
  if (what === 'guard') return old === undefined ? `only where ${code(fresh ?? '')}` : `no longer only where ${code(old)}`; // prettier-ignore
  if (old === undefined) return `new ${what} ${code(fresh ?? '')}`;
  if (fresh === undefined) return `without the ${what} ${code(old)}`;
  const isFigure = kind === 'constant' || kind === 'loop' || what === 'threshold';
  const values = isFigure ? `${figure(old)} → ${figure(fresh)}` : `${code(old)} → ${code(fresh)}`;
  const about = of === '' ? '' : ` of ${code(of)}`;
  return `${what}${about}${what === '' ? '' : ' '}${values}`;
}

/** A number with few digits, anything else as code. */
function figure(text: string): string {
  const value = Number(text);
  return Number.isNaN(value) ? code(text) : short(value);
}

function tableText({ what, of, place, old, new: fresh }: CodeChange): string {
  if (old === undefined) return `new table ${code(place)} (${fresh ?? ''})`;
  if (fresh === undefined) return `without the table ${code(place)} (${old})`;
  if (of === '') return `${code(place)}: ${what} ${old} → ${fresh}`;
  if (what.startsWith('1 of ')) return `${code(of)} ${old} → ${fresh} (${what})`;
  const [count, order = ''] = what.split(', ');
  return `${code(place)}: ${count} changed${order === '' ? '' : ` (${order})`}, most ${code(of)}, ${old} → ${fresh}`;
}

function placesText(places: readonly string[]): string {
  const shown = places.slice(0, MOST_PLACES);
  const rest = places.length - shown.length;
  return listed(rest > 0 ? [...shown, `${rest} more`] : shown);
}

function placeText(place: string): string {
  return place === 'return' ? 'the result' : code(place);
}
