/**
 * A Markdown page as the tests of the documents read it: its fences in order, and the commands of those
 * that a reader is to run.
 *
 *   ```sh            commands, run in order; `# exits with 1` says what else than 0 a line ends with
 *   ```text output   what the fence before it prints, both streams as a terminal shows them
 *   ```ts run        a program; what it prints stands in comments behind the lines that print it
 *   ```ts voters.ts  the file of that name after the fences before it
 *
 * A line that is `…` stands for any number of lines, `…` within a line for anything in it.
 */

export interface Fence {
  /** What stands behind the back ticks: `sh`, `text output`, `ts voters.ts`. */
  readonly info: string;
  /** Lines between the back ticks. */
  readonly lines: readonly string[];
  /** Index of the first of these lines in the page. */
  readonly start: number;
}

export interface Command {
  /** As the page has it, continuation lines and here-documents included. */
  readonly text: string;
  /** The code that the page says it ends with. */
  readonly exit: number;
}

const FENCE = /^```(.*)$/;
const EXIT = /\s# exits with (\d+)\b/;
const HERE_DOCUMENT = /<<\s*'?(\w+)'?/;

/** The fences of a page, in order. @throws Error where one is not closed. */
export function readFences(page: string): readonly Fence[] {
  const fences: Fence[] = [];
  const lines = page.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const info = FENCE.exec(lines[index])?.[1];
    if (info === undefined) continue;
    const end = lines.indexOf('```', index + 1);
    if (end < 0) throw new Error(`line ${index + 1}: the fence is not closed`);
    fences.push({ info, lines: lines.slice(index + 1, end), start: index + 1 });
    index = end;
  }
  return fences;
}

/** The commands of an `sh` fence: one per line, but for continued lines and here-documents. */
export function readCommands({ lines }: Fence): readonly Command[] {
  const commands: Command[] = [];
  for (let index = 0; index < lines.length; index++) {
    if (lines[index].trim() === '' || lines[index].startsWith('#')) continue;
    const first = index;
    while (lines[index].endsWith('\\')) index++;
    const word = HERE_DOCUMENT.exec(lines[first])?.[1];
    if (word !== undefined) index = lines.indexOf(word, first + 1);
    if (index < first) throw new Error(`the here-document of "${lines[first]}" does not end`);
    const text = lines.slice(first, index + 1).join('\n');
    commands.push({ text, exit: Number(EXIT.exec(lines[first])?.[1] ?? 0) });
  }
  return commands;
}

/** A command without its comment, for lists that name it. */
export function withoutComment(text: string): string {
  return text.replace(/\s+# .*$/, '');
}

/** Whether what was printed or written is what the page shows, `…` standing for what it leaves out. */
export function matchesShown(shown: readonly string[], actual: string): boolean {
  const lines = shown.map((line) =>
    line === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escaped).join('.*')}\\n`,
  );
  return new RegExp(`^${lines.join('')}$`).test(actual.endsWith('\n') ? actual : `${actual}\n`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The page with other lines in one of its fences. */
export function withLines(page: string, fence: Fence, lines: readonly string[]): string {
  const all = page.split('\n');
  all.splice(fence.start, fence.lines.length, ...lines);
  return all.join('\n');
}

/** What a program is to print, by its comments: `console.log(x); // proved 12`. */
export function promisedPrint({ lines }: Fence): string {
  const found = lines.flatMap((line) => /^console\.log\(.*\); \/\/ (.*)$/.exec(line)?.[1] ?? []);
  return found.map((text) => `${text}\n`).join('');
}
