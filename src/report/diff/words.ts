/** Numbers, code and names as the account of two models writes them. */
import { toldName } from '../../ir/told.js';
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

/** `[0.4, -0.4]`, the first few of many. */
export function scoresText(scores: readonly number[]): string {
  const shown = scores.slice(0, SHOWN_SCORES).map(short);
  const rest = scores.length - shown.length;
  return `[${[...shown, ...(rest > 0 ? [`… ${rest} more`] : [])].join(', ')}]`;
}

/** `12 %`, `0.4 %`, `less than 0.01 %`, never 0 where there is something. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const share = (100 * part) / whole;
  if (part > 0 && share < 0.01) return 'less than 0.01 %';
  if (part < whole && share > 99.95) return 'more than 99.9 %';
  return `${share >= 10 ? Math.round(share) : Number(share.toPrecision(2))} %`;
}
