/**
 * The same model gives the same bytes, wherever and however the command line is run: modules, siblings,
 * reports, fronts and pictures of the built command line are compared over circumstances that have no
 * business in them (`test/helpers/determinism/circumstances.ts`).
 *
 * Of versions of Node those are compared that the machine has; their number stands in the name of the test.
 * CI runs this file, and the comparison with the committed output/, under each version of its matrix.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CIRCUMSTANCES, findNodes } from '../helpers/determinism/circumstances.js';
import type { Circumstance } from '../helpers/determinism/circumstances.js';
import { SUBJECTS, writeModels } from '../helpers/determinism/subjects.js';
import type { Subject } from '../helpers/determinism/subjects.js';

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');

/** Milliseconds: each circumstance starts a process for each subject, on machines that are busy. */
const PATIENCE = 300_000;

type Files = ReadonlyMap<string, string>;

const roots: string[] = [];

/** A folder with the models, and one for what is written. */
function createRoot(end?: '\n' | '\r\n'): string {
  const root = mkdtempSync(join(tmpdir(), 'deepdistill-same-'));
  roots.push(root);
  for (const name of ['models', 'out', 'elsewhere/deeper']) mkdirSync(join(root, name), { recursive: true }); // prettier-ignore
  writeModels(join(root, 'models'), end);
  return root;
}

/** Runs the subjects; everything that was written, by its name. */
async function run(
  circumstance: Circumstance,
  subjects: readonly Subject[],
  root: string = createRoot(),
): Promise<Files> {
  for (const subject of subjects) await runOne(circumstance, subject, root);
  const folder = join(root, 'out');
  const names = readdirSync(folder).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name)).toString('latin1')]));
}

async function runOne(circumstance: Circumstance, subject: Subject, root: string): Promise<void> {
  const { cwd = '.', isAbsolute = false, node = [], env = {}, before = '' } = circumstance;
  const program = circumstance.program ?? process.execPath;
  const folder = resolve(root, cwd);
  const pathOf = (word: string): string => {
    if (!/^(models|out)\//.test(word)) return word;
    return isAbsolute ? join(root, word) : relative(folder, join(root, word));
  };
  const search = subject.isSearch && subject.name === 'formula' ? (circumstance.search ?? ['--workers', '1']) : []; // prettier-ignore
  const words = [program, ...node, MAIN, ...subject.words.map(pathOf), ...search];
  const command = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const line = `${before === '' ? '' : `${before} && `}${command}`;
  const [shell, ...rest] = circumstance.isTerminal === true ? ['script', '-qec', line, '/dev/null'] : ['bash', '-c', line]; // prettier-ignore
  const whole = Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined); // prettier-ignore
  const child = spawn(shell, rest, { cwd: folder, env: Object.fromEntries(whole) });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += String(text))); // prettier-ignore
  const code = await new Promise((done) => child.on('close', done));
  expect(code, `${subject.name}: ${printed}`).toBe(0);
}

const isQuick = ({ isSearch }: Subject): boolean => !isSearch;
const subjectsOf = ({ hasSearches }: Circumstance): readonly Subject[] =>
  hasSearches === true ? SUBJECTS : SUBJECTS.filter(isQuick);

/** Names of the files that differ, or that one side lacks. */
function differences(expected: Files, actual: Files): readonly string[] {
  return [...actual.keys()].filter((name) => actual.get(name) !== expected.get(name));
}

describe('the same bytes', () => {
  let expected: Files;
  beforeAll(async () => {
    if (!existsSync(MAIN)) throw new Error('run `npm run build` first');
    expected = await run({ name: 'the first run' }, SUBJECTS);
  }, PATIENCE);
  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true, force: true });
  });

  it('are compared of modules, a sibling, certificates, reports, fronts, pictures and a comparison', () => {
    const written = [...expected.keys()];
    const modules = SUBJECTS.filter(({ words }) => words[0] !== 'diff');
    for (const { name } of modules) {
      expect(written).toEqual(expect.arrayContaining([`${name}.ts`, `${name}.json`, `${name}.md`]));
    }
    expect(written).toEqual(
      expect.arrayContaining([
        ...['dense.weights.ts', 'front.svg', 'tree.svg', 'changed.md', 'life.proof.json'],
      ]),
    );
    expect(expected.get('majority.ts')).toContain("verdict: 'proved'");
    expect(expected.get('formula.ts')).toContain("verdict: 'approximate'");
  });

  it.each(CIRCUMSTANCES.map((circumstance) => [circumstance.name, circumstance] as const))(
    'come out under %s',
    async (_, circumstance) => {
      const actual = await run(circumstance, subjectsOf(circumstance));
      expect(actual.size).toBeGreaterThan(subjectsOf(circumstance).length);
      expect(differences(expected, actual)).toEqual([]);
    },
    PATIENCE,
  );

  const nodes = findNodes();
  it(
    `come out of every Node that is here: ${nodes.map(({ version }) => version).join(', ')}`,
    async () => {
      expect(nodes.length).toBeGreaterThan(0);
      for (const { program, version } of nodes.slice(1)) {
        const actual = await run({ name: version, program }, SUBJECTS);
        expect(differences(expected, actual), version).toEqual([]);
      }
    },
    PATIENCE,
  );

  it(
    'are unmoved by files that lie about, and by the order in which files were made',
    async () => {
      const root = createRoot();
      rmSync(join(root, 'models'), { recursive: true });
      for (const name of ['zz', 'aa', 'network.json.bak']) {
        mkdirSync(join(root, 'models', 'life'), { recursive: true });
        writeFileSync(join(root, 'models', 'life', name), name);
      }
      writeModels(join(root, 'models'));
      const actual = await run({ name: 'other files' }, SUBJECTS.filter(isQuick), root);
      expect(differences(expected, actual)).toEqual([]);
    },
    PATIENCE,
  );

  it(
    'but for the hash of the source come out of weights whose lines end in CRLF',
    async () => {
      const actual = await run({ name: 'CRLF' }, SUBJECTS.filter(isQuick), createRoot('\r\n'));
      // The hash is of the bytes of the files; the numbers in them are the same.
      const withoutHash = (files: Files): Files =>
        new Map([...files].map(([name, text]) => [name, text.replace(/sha256:[0-9a-f]{64}/g, '')]));
      expect(actual.get('majority.ts')).not.toBe(expected.get('majority.ts'));
      expect(differences(withoutHash(expected), withoutHash(actual))).toEqual([]);
    },
    PATIENCE,
  );

  it('are asked of processes that really have these locales', async () => {
    const ask = (name: string): Promise<string> =>
      new Promise((done) => {
        const script = 'console.log(Intl.NumberFormat().resolvedOptions().locale, (1.5).toLocaleString())'; // prettier-ignore
        const env = { ...process.env, LANG: name, LC_ALL: name };
        const child = spawn(process.execPath, ['-e', script], { env });
        child.stdout.setEncoding('utf8').on('data', done);
      });
    expect(await ask('de_DE.UTF-8')).toBe('de-DE 1,5\n');
    expect(await ask('tr_TR.UTF-8')).toBe('tr-TR 1,5\n');
    expect(await ask('ar_EG.UTF-8')).toBe('ar-EG ١٫٥\n');
  });
});
