/** The review as Markdown, and its cut to what GitHub takes. Pure. */
import type { Comparison } from './compare-models.js';
import type { Finished } from './run-program.js';

/** Bytes of a job summary are 1 MiB at most; some are left for what other steps' runners add. */
export const SUMMARY_LIMIT = 1024 * 1024 - 1024;

/** A comment has 65,536 characters at most; bytes are never fewer. */
export const COMMENT_LIMIT = 65_000;

export interface Review {
  readonly check: Finished;
  readonly models: readonly string[];
  /** The commit that was compared with; absent: nothing was. */
  readonly base: string | undefined;
  readonly comparisons: readonly Comparison[];
}

const SAID: Readonly<Record<Comparison['kind'], string>> = {
  same: 'means the same',
  changed: '**changed in meaning**',
  new: 'new',
  removed: 'removed',
  failed: '**could not be compared**',
};

/** The whole review; it ends with a line end. */
export function renderReview({ check, models, base, comparisons }: Review): string {
  const verdict = check.code === 0 ? 'the modules are up to date' : '**the modules are not what the models compile to**'; // prettier-ignore
  const told = comparisons.filter(({ text }) => text !== '');
  return [
    '## deepdistill',
    `${models.length} model${models.length === 1 ? '' : 's'}: ${verdict}.`,
    fenced(check.stderr),
    ...(base === undefined
      ? []
      : [
          `Against ${code(base)}:`,
          ['| model | |', '|---|---|', ...comparisons.map(({ model, kind }) => `| ${code(model)} | ${SAID[kind]} |`)].join('\n'), // prettier-ignore
        ]),
    ...told.map(({ model, kind, text }) =>
      [`### ${code(model)}`, kind === 'failed' ? fenced(text) : text.trimEnd()].join('\n\n'),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** A code span, whatever the text holds: file names are the user's. */
function code(text: string): string {
  const plain = text.replaceAll('|', '\\|').replace(/[\n\r]/g, ' ');
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${plain}\`` : `${ticks} ${plain} ${ticks}`;
}

/** A code block that its text cannot close; empty for an empty text. */
function fenced(text: string): string {
  if (text.trim() === '') return '';
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

/** The text, cut at the end of a line so that it has fewer bytes than `limit`, with a note that says so. */
export function truncated(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length < limit) return text;
  const note = (shown: number): string =>
    `\n\n*Cut here: ${shown} of ${bytes.length} bytes are shown; the whole stands in the file of \`report-path\`.*\n`;
  const room = limit - Buffer.byteLength(note(bytes.length)) - LONGEST_FENCE;
  const end = bytes.subarray(0, room).lastIndexOf('\n') + 1;
  const shown = bytes.subarray(0, end).toString();
  return `${shown}${openFence(shown)}${note(end)}`;
}

/** Bytes that closing a code block takes at most: one with longer fences is left open. */
const LONGEST_FENCE = 64;

/** What closes the code block that a cut text leaves open; empty where none is. */
function openFence(text: string): string {
  let open = '';
  for (const [, ticks, info] of text.matchAll(/^(`{3,})(.*)$/gm)) {
    if (open === '') open = ticks;
    else if (ticks.length >= open.length && info.trim() === '') open = '';
  }
  return open.length < LONGEST_FENCE ? open : '';
}
