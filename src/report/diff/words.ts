/** Numbers, code and names as the account of two models writes them. */
import { toldName } from '../../ir/told.js';
import { escapeMarkdown } from '../escape.js';
import { inlineCode } from '../markdown-table.js';

/** Digits of a score or a constant in a sentence; the JSON has all of them. */
const DIGITS = 6;
/** Characters of code in a sentence. */
const LONGEST_CODE = 80;
/** Scores shown of one input. */
const SHOWN_SCORES = 4;

/** `0.25`, `1e-7`: at most six digits. */
export function short(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

/** Code in a sentence, cut in the middle where it is long. */
export function code(text: string): string {
  return inlineCode(cut(text, LONGEST_CODE));
}

/** A text of at most so many characters: its beginning and its end. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = Math.floor(longest / 3);
  return `${text.slice(0, longest - end - 3)} … ${text.slice(text.length - end)}`;
}

/** A name out of a file, inert. */
export function name(text: string): string {
  return inlineCode(toldName(text));
}

/** A text of our own about names out of files: code in backticks stays code, all else is inert. */
export function sentence(text: string): string {
  return text
    .split(/`([^`]*)`/)
    .map((part, k) => (k % 2 === 0 ? escapeMarkdown(part) : code(part)))
    .join('');
}

/** `scores [0.4, -0.4] → [0.1, -0.1]`; of many scores the one that differs most. */
export function scoresText(old: readonly number[], fresh: readonly number[]): string {
  const listed = (scores: readonly number[]): string => `[${scores.map(short).join(', ')}]`;
  if (Math.max(old.length, fresh.length) <= SHOWN_SCORES || old.length !== fresh.length) {
    const [one, two] = [old, fresh].map((scores) => listed(scores.slice(0, SHOWN_SCORES)));
    return `scores ${one} → ${two}`;
  }
  const differences = old.map((score, k) => Math.abs(score - fresh[k]));
  const most = differences.reduce((best, one, k) => (one > differences[best] ? k : best), 0);
  const count = differences.filter((one) => one > 0).length;
  return `score ${most} of 0–${old.length - 1} ${short(old[most])} → ${short(fresh[most])}${count > 1 ? `, ${count} differ` : ''}`;
}

/** `12 %`, `0.4 %`, `less than 0.01 %`, never 0 where there is something. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const share = (100 * part) / whole;
  if (part > 0 && share < 0.01) return 'less than 0.01 %';
  if (part < whole && share > 99.95) return 'more than 99.9 %';
  return `${share >= 10 ? Math.round(share) : Number(share.toPrecision(2))} %`;
}
