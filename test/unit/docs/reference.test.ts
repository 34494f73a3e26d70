/**
 * The reference pages say what the code says. Tables of options and the list of diagnostics are made from
 * the code (UPDATE_SAMPLES=1 writes them again); keys of manifests, fields of reports and of modules must
 * stand on their pages, each of them, and none that there is not.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands/index.js';
import { EXIT, exitCodeOfDiagnostic } from '../../../src/cli/exit-codes.js';
import { DIAGNOSTICS } from '../../../src/diagnostics/codes.js';
import { MANIFEST_KEYS } from '../../../src/parse/manifest/manifest.js';
import { ACTIVATION_WORDS, DECISION_WORDS } from '../../../src/parse/words.js';
import { diagnosticsPage, readDiagnosticTexts } from '../../helpers/docs/diagnostic-texts.js';
import { PENDING_COMMANDS } from '../../helpers/docs/exceptions.js';
import { OF_MODELS, tablesOf, withOptionTables } from '../../helpers/docs/option-tables.js';

const ROOT = join(import.meta.dirname, '../../..');
const UPDATE = process.env['UPDATE_SAMPLES'] === '1';
const CODES = join(ROOT, 'src/diagnostics/codes');

const pathOf = (page: string): string => join(ROOT, 'docs/reference', page);
const read = (page: string): string => readFileSync(pathOf(page), 'utf8');

/** Compares a page with what it should be, or writes it. */
function compare(page: string, fresh: string): void {
  if (UPDATE) writeFileSync(pathOf(page), fresh);
  else expect(read(page)).toBe(fresh);
}

describe('command-line.md', () => {
  const page = read('command-line.md');
  const pending = PENDING_COMMANDS.filter((word) => !COMMANDS.some(({ name }) => name === word));

  it('has the options of every command, as the registry has them', () => {
    expect([...tablesOf(page)].sort()).toEqual(
      [OF_MODELS, ...COMMANDS.map(({ name }) => name), ...pending].sort(),
    );
    compare('command-line.md', withOptionTables(page, COMMANDS, pending));
  });

  it('has every exit code', () => {
    for (const code of Object.values(EXIT)) expect(page).toContain(`\n| ${code} | `);
  });
});

describe('students.md', () => {
  it('tells of options that there are', () => {
    const known = COMMANDS.flatMap(({ options }) => Object.keys(options));
    const named = [...read('students.md').matchAll(/`(?:[a-z]+ )?--([a-z-]+)/g)].map(
      ([, name]) => name,
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('diagnostics.md', () => {
  const files = readdirSync(CODES)
    .sort()
    .map((name) => ({ name, text: readFileSync(join(CODES, name), 'utf8') }));

  it('is made from the table', () => {
    compare('diagnostics.md', diagnosticsPage(files, exitCodeOfDiagnostic));
  });

  it('has every code once, and texts for all of them', () => {
    const told = files.flatMap(({ name, text }) => readDiagnosticTexts(name, text));
    expect(told.map(({ code }) => code).sort()).toEqual(Object.keys(DIAGNOSTICS).sort());
    const silent = told.filter(
      ({ messages, hints }) => messages.length === 0 || hints.length === 0,
    );
    expect(silent).toEqual([]);
  });
});

/** The words in code spans of a page. */
function wordsOf(page: string): ReadonlySet<string> {
  const spans = [...page.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text);
  return new Set(spans.flatMap((text) => text.match(/[A-Za-z][\w-]*/g) ?? []));
}

/** The first cells of a table below a line, without back ticks. */
function rowsBelow(page: string, line: string): readonly string[] {
  const [, after] = page.split(`\n${line}\n`);
  const table = after.trimStart().split('\n\n')[0].split('\n').slice(2);
  return table.flatMap((row) =>
    [...row.split(' | ')[0].matchAll(/`([^`]+)`/g)].map(([, key]) => key),
  );
}

describe('manifest.md', () => {
  const page = read('manifest.md');

  it.each([
    ['At the top:', MANIFEST_KEYS.top],
    ['In `input`:', MANIFEST_KEYS.input],
    ['In each of `layers`:', MANIFEST_KEYS.layer],
    ['In `output`:', MANIFEST_KEYS.output],
    ['### Activations', ACTIVATION_WORDS],
    ['### Decisions\n\nTies go to the lowest index.', DECISION_WORDS],
  ] as const)('has every word of the parser below "%s"', (line, words) => {
    expect(rowsBelow(page, line)).toEqual([...words]);
  });
});

describe('module.md', () => {
  it('has every field that the emitter writes, and none besides', () => {
    const page = read('module.md');
    const source = readFileSync(join(ROOT, 'src/emit/network-constant.ts'), 'utf8');
    const written = [...source.matchAll(/`(\w+): /g)].map(([, field]) => field);
    const listed = [
      ...rowsBelow(page, '## `network`'),
      ...rowsBelow(page, 'An approximate module has, in place of `tolerance`:'),
    ];
    const parts = ['probes', 'rows', 'heldOut', 'seed'];
    expect(written.length).toBeGreaterThan(15);
    expect(written.filter((field) => !listed.includes(field) && !parts.includes(field))).toEqual(
      [],
    );
    expect(listed.filter((field) => !written.includes(field))).toEqual([]);
  });
});

describe('report.md', () => {
  /** Below these stand names of features and options, which are data. */
  const named = ['settings', 'input', 'box', 'example', 'point'];
  const words = wordsOf(read('report.md'));

  /** The fields of a value and of all within it that the page does not know. */
  function unknownFields(value: unknown): readonly string[] {
    if (Array.isArray(value)) return value.flatMap(unknownFields);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [
      ...(words.has(key) ? [] : [key]),
      ...(named.includes(key) ? [] : unknownFields(inner)),
    ]);
  }

  const reports = readdirSync(join(ROOT, 'output'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.report.json'))
    .sort();

  it.each(reports)('tells of every field of output/%s', (path) => {
    const report: unknown = JSON.parse(readFileSync(join(ROOT, 'output', path), 'utf8'));
    expect([...new Set(unknownFields(report))]).toEqual([]);
  });

  it('tells of every field that the types of a report have', () => {
    const types = readFileSync(join(ROOT, 'src/report/types.ts'), 'utf8');
    const verdicts = readFileSync(join(ROOT, 'src/ir/verdict.ts'), 'utf8');
    const fields = [...`${types}${verdicts}`.matchAll(/readonly (\w+)\??:/g)].map(
      ([, field]) => field,
    );
    expect(fields.length).toBeGreaterThan(40);
    expect([...new Set(fields)].filter((field) => !words.has(field))).toEqual([]);
    expect(reports.length).toBeGreaterThan(10);
  });
});

describe('certificate.md', () => {
  it('tells of every field of a certificate', () => {
    const words = wordsOf(read('certificate.md'));
    const source = readFileSync(join(ROOT, 'src/ir/certificate.ts'), 'utf8');
    const fields = [...source.matchAll(/readonly (\w+)\??:/g)].map(([, field]) => field);
    expect(fields.length).toBeGreaterThan(30);
    expect([...new Set(fields)].filter((field) => !words.has(field))).toEqual([]);
  });
});
