/**
 * Markdown as a comment of a pull request: what is long is folded away, and no text is longer than GitHub
 * takes, whatever the network.
 */
import { table } from './markdown-table.js';
import { counted } from './numbers.js';

/** Characters that GitHub takes in one comment. */
export const LONGEST_COMMENT = 65_536;

/** Lines or items that are read at a glance; more are folded away. */
const MOST_OPEN = 12;

/** Room for the ends of what a cut left open, and for the note that there was more. */
export const NOTE_ROOM = 400;

/** Characters of one item; formulas of wide sums are longer. */
const LONGEST_ITEM = 2_000;

/** A heading and its items, separated as given; folded away where they are many. */
export function listSection(
  heading: string,
  noun: string,
  items: readonly string[],
  separator: '\n' | '\n\n',
): string {
  const body = items.map((item) => cutItem(item)).join(separator);
  if (items.length <= MOST_OPEN) return `## ${heading}\n\n${body}`;
  return `## ${heading}\n\n${folded(counted(items.length, noun), body)}`;
}

/** A table; folded away where it has many rows. */
export function longTable(noun: string, ...parts: Parameters<typeof table>): string {
  const [, , rows] = parts;
  const text = table(...parts);
  return rows.length > MOST_OPEN ? folded(counted(rows.length, noun), text) : text;
}

/** Text behind a line that opens it; `summary` is plain text of our own. */
export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

function cutItem(item: string): string {
  return item.length <= LONGEST_ITEM ? item : `${item.slice(0, LONGEST_ITEM)} …`;
}

/**
 * The text where it is at most `most` characters long; else as many of its lines as fit, what they leave
 * open closed, and a note. Ends with a newline.
 */
export function fitComment(text: string, most = LONGEST_COMMENT): string {
  if (text.length <= most) return text;
  const room = Math.max(0, most - NOTE_ROOM);
  const end = text.lastIndexOf('\n', room);
  const kept = text.slice(0, end < 0 ? room : end).trimEnd();
  const isFenced = (kept.match(/^```/gm) ?? []).length % 2 === 1;
  const open = count(kept, '<details>') - count(kept, '</details>');
  const lines = text.split('\n').length - kept.split('\n').length;
  return [
    kept,
    ...(isFenced ? ['```'] : []),
    ...Array.from({ length: open }, () => '\n</details>'),
    `\n*${counted(lines, 'further line')} left out: a comment holds ${LONGEST_COMMENT} characters. The report as JSON has all of it.*\n`,
  ].join('\n');
}

/** How often a line is just this tag. */
function count(text: string, tag: string): number {
  return text.split('\n').filter((line) => line === tag).length;
}
