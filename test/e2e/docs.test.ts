/**
 * Every command of README.md and docs/ is run, in the order of its page, by the built command line, and
 * what a page shows of its output and of the files is compared. UPDATE_SAMPLES=1 writes what is shown
 * again, but for fences with `…` in them. See `test/helpers/docs/page.ts` for what fences mean.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { parseArguments } from '../../src/cli/parse-arguments.js';
import { NOT_RUN, PENDING, SHORTENED } from '../helpers/docs/exceptions.js';
import { fillFolder } from '../helpers/docs/fixtures.js';
import { matchesShown, promisedPrint, readCommands, readFences, withLines, withoutComment } from '../helpers/docs/page.js'; // prettier-ignore
import { leadsSomewhere, linksOf } from '../helpers/docs/links.js';
import { openShell } from '../helpers/docs/shell.js';
import type { Command, Fence } from '../helpers/docs/page.js';
import type { Outcome, Shell } from '../helpers/docs/shell.js';

const ROOT = join(import.meta.dirname, '../..');
const UPDATE = process.env['UPDATE_SAMPLES'] === '1';

const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { encoding: 'utf8', recursive: true })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path))
    .sort(),
];

/** Pages whose links are followed; their commands have tests of their own, or none. */
const MARKDOWN = [
  ...PAGES,
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'examples'))
    .map((name) => join('examples', name, 'README.md'))
    .filter((path) => existsSync(join(ROOT, path))),
];

/** Milliseconds: a page takes seconds, on a machine that has nothing else to do. */
const PAGE_TIMEOUT = 300_000;

/** For each command that is not run there are at least so many that are. */
const MOST_EXCEPTIONS = 5;

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
const commandsOf = (page: string): readonly Command[] =>
  readFences(read(page))
    .filter(({ info }) => info === 'sh')
    .flatMap(readCommands);
const isPending = ({ text }: Command): boolean =>
  Object.values(PENDING).some((pattern) => pattern.test(text));

/** Searches that are under way or done, by the text of their commands. */
const searches = new Map<string, Promise<Outcome>>();

describe('the commands of', () => {
  it.concurrent.each(PAGES.filter((page) => commandsOf(page).length > 0))(
    '%s',
    runPage,
    PAGE_TIMEOUT,
  );
});

/** What the last `sh` fence printed. */
interface Printed {
  readonly text: string;
  /** Whether it was left out, and with it what stands behind it. */
  readonly isPending: boolean;
}

async function runPage(page: string): Promise<void> {
  const shell = openShell();
  try {
    fillFolder(page, shell.folder);
    let text = read(page);
    let printed: Printed = { text: '', isPending: false };
    for (let index = 0; index < readFences(text).length; index++) {
      const fence = readFences(text)[index];
      if (fence.info === 'sh') printed = await runFence(page, fence, shell);
      else if (fence.info === 'ts run') await runProgram(page, fence, shell);
      else if (!printed.isPending) text = compareShown(page, text, fence, printed.text, shell);
    }
    if (text !== read(page)) writeFileSync(join(ROOT, page), text);
  } finally {
    shell.remove();
  }
}

/** Runs the commands of a fence; what they printed. */
async function runFence(page: string, fence: Fence, shell: Shell): Promise<Printed> {
  const commands = readCommands(fence);
  if (commands.some(isPending)) return { text: '', isPending: true };
  let printed = '';
  for (const { text, exit } of commands) {
    if (Object.hasOwn(NOT_RUN, withoutComment(text))) continue;
    const outcome = await runOnce(text, shell);
    const place = `${page}, line ${fence.start + 1}: ${text}\n${outcome.printed}`;
    expect(outcome.code, place).toBe(exit);
    printed += withoutProgress(outcome.printed);
  }
  return { text: printed, isPending: false };
}

/** Runs a program of a page, and compares what it prints with its comments. */
async function runProgram(page: string, fence: Fence, shell: Shell): Promise<void> {
  const { code, printed } = await shell.runProgram(`${fence.lines.join('\n')}\n`);
  expect(printed, `${page}, line ${fence.start + 1}`).toBe(promisedPrint(fence));
  expect(printed).not.toBe('');
  expect(code).toBe(0);
}

/**
 * Runs a command. A search that is cut short is run by the first page that has it: the others share what it
 * printed and ended with, and not its files, so that a later command that needs them fails.
 */
function runOnce(text: string, shell: Shell): Promise<Outcome> {
  const line = inSingleSpaces(text);
  const found = Object.entries(SHORTENED).find(([words]) => line.includes(words));
  if (found === undefined) return shell.run(text);
  const known = searches.get(line) ?? shell.run(line.replace(found[0], found.join(' ')));
  searches.set(line, known);
  return known;
}

/** Progress, which only long work on slow machines shows: `verify 30 % (2 s)`, `energy: epoch 3, …`. */
function withoutProgress(printed: string): string {
  return printed.replace(/^(\w+( \d+ %)? \(\d+ s\)|.+: epoch \d+, .*)\n/gm, '');
}

/** Compares what a fence shows of the output or of a file; the page, rewritten where that is asked for. */
function compareShown(
  page: string,
  text: string,
  fence: Fence,
  printed: string,
  shell: Shell,
): string {
  const what = fence.info.split(' ').at(1);
  if (what === undefined) return text;
  const file = join(shell.cwd(), what);
  const actual = what === 'output' ? printed : existsSync(file) ? readFileSync(file, 'utf8') : ''; // prettier-ignore
  if (matchesShown(fence.lines, actual)) return text;
  const isAbridged = fence.lines.some((line) => line.includes('…'));
  if (UPDATE && !isAbridged) return withLines(text, fence, actual.replace(/\n$/, '').split('\n'));
  expect(actual, `${page}, line ${fence.start + 1}`).toBe(`${fence.lines.join('\n')}\n`);
  return text;
}

/** Commands below each other are laid out in columns. */
function inSingleSpaces(text: string): string {
  return withoutComment(text).replace(/ {2,}/g, ' ');
}

describe('the lists of exceptions', () => {
  const commands = PAGES.flatMap(commandsOf);
  const texts = commands.map(({ text }) => withoutComment(text));

  it('name commands that pages have', () => {
    expect(Object.keys(NOT_RUN).filter((text) => !texts.includes(text))).toEqual([]);
    const isShort = (words: string): boolean =>
      texts.some((text) => inSingleSpaces(text).includes(words));
    expect(Object.keys(SHORTENED).filter((words) => !isShort(words))).toEqual([]);
    const waiting = Object.values(PENDING);
    expect(waiting.filter((pattern) => !texts.some((text) => pattern.test(text)))).toEqual([]);
  });

  it('leave most commands to be run', () => {
    expect(texts.length).toBeGreaterThan(MOST_EXCEPTIONS * Object.keys(NOT_RUN).length);
  });
});

describe('command lines of the examples', () => {
  const files = MARKDOWN.filter((page) => !PAGES.includes(page) && commandsOf(page).length > 0);

  it.each(files)('in %s are ones that the program takes', async (page) => {
    const lines = commandsOf(page).map(({ text }) => inSingleSpaces(text));
    const ours = lines.filter((line) => line.startsWith('npx deepdistill '));
    expect(ours.length).toBeGreaterThan(0);
    for (const line of ours) {
      const [, , ...words] = line.split(' ');
      expect((await parseArguments(words, COMMANDS)).kind, line).toBe('run');
      const inputs = words.filter((word) => /^examples\/[^/]+\/[^/]+\.\w+$/.test(word));
      expect(inputs.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    }
  });
});

describe('links', () => {
  it.each(MARKDOWN)('of %s lead to files and headings that are there', (page) => {
    const wrong = linksOf(read(page)).filter((link) => !leadsSomewhere(ROOT, page, link));
    expect(wrong).toEqual([]);
  });
});
