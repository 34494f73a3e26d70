/** What `deepdistill logic` refuses, with the whole text; what it only notes; and that nothing is left behind. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeLinearNetwork } from '../helpers/math-inputs.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

/** Rows `a,b,kind`, twelve of each kind. */
const ROWS = Array.from({ length: 24 }, (_, k) => `${k},${(k * 7) % 5},${k < 12 ? 'low' : 'high'}`);
const GOOD = `a,b,kind\n${ROWS.join('\n')}\n`;
const replaced = (row: number, line: string): string => GOOD.replace(ROWS[row], line);
/** The same with another column in place of the kind. */
const withTarget = (cellOf: (row: number) => string | number): string =>
  `a,b,kind\n${ROWS.map((row, k) => row.replace(/[^,]*$/, String(cellOf(k)))).join('\n')}\n`;
const TABLE = ['--data', 't.csv', '--target', 'kind'];
const LABELLED = ['pair.json', '--data', 't.csv', '--label-column', 'kind'];

/** What is wrong, the table, the words, the text, the exit code. */
type Case = readonly [string, string, readonly string[], string, number];

const TABLES: readonly Case[] = [
  ['one class only', withTarget(() => 'low'), TABLE, 'error LOGIC_ONE_ANSWER: "kind" is low in every row\n  at t.csv\n  hint: rules tell different answers apart: check that the right target was chosen\n', 3],
  ['one number only', withTarget(() => 2.5), TABLE, 'error LOGIC_ONE_ANSWER: "kind" is 2.5 in every row\n  at t.csv\n  hint: rules tell different answers apart: check that the right target was chosen\n', 3],
  ['two columns of one name', GOOD.replace('a,b', 'a,a'), TABLE, 'error TABLE_REPEATED_COLUMN: two columns are called "a"\n  at t.csv, row 1, column 2\n  hint: give every column a name of its own\n', 3],
  ['NaN', replaced(3, 'NaN,1,low'), TABLE, 'error TABLE_NOT_A_NUMBER: "a" is "NaN" here, which is not a finite number\n  at t.csv, row 5, column 1\n  hint: write a finite number, remove the row, or leave the column out with --features\n', 3],
  ['an empty cell', replaced(3, '3,,low'), TABLE, 'error TABLE_EMPTY_CELL: "b" is empty here\n  at t.csv, row 5, column 2\n  hint: fill in the number, or remove the row\n', 3],
  ['a row without class', replaced(3, '3,1,'), TABLE, 'error TABLE_EMPTY_CLASS: "kind" is empty here\n  at t.csv, row 5, column 3\n  hint: fill in the class, or remove the row\n', 3],
  ['NaN among classes', replaced(3, '3,1,NaN'), TABLE, 'error TABLE_MIXED_TARGET: "kind" holds numbers and words: "NaN" here, "low" in row 2\n  at t.csv, row 5, column 3\n  hint: correct the cell, or remove the row; --classes takes every cell as the name of a class\n', 3],
  ['a word among numbers', withTarget((k) => (k === 7 ? 'n/a' : k / 4)), TABLE, 'error TABLE_MIXED_TARGET: "kind" holds numbers and words: "n/a" here, "0" in row 2\n  at t.csv, row 9, column 3\n  hint: correct the cell, or remove the row; --classes takes every cell as the name of a class\n', 3],
  ['words where --numbers says numbers', GOOD, [...TABLE, '--numbers'], 'error TABLE_NOT_A_NUMBER: "kind" is "low" here, which is not a finite number\n  at t.csv, row 2, column 3\n  hint: write a finite number, remove the row, or leave the column out with --features\n', 3],
  ['a feature of words', GOOD, ['--data', 't.csv', '--target', 'b'], 'error TABLE_TEXT_FEATURE: "kind" holds words, such as "low" here\n  at t.csv, row 2, column 3\n  hint: rules ask numbers: write a column of zeros and ones for each word, such as "kind low", or choose other columns with --features\n', 3],
  ['a word in a feature', replaced(3, 'red,1,low'), TABLE, 'error TABLE_NOT_A_NUMBER: "a" is "red" here, which is not a finite number\n  at t.csv, row 5, column 1\n  hint: write a finite number, remove the row, or leave the column out with --features\n', 3],
  ['a column of names', withTarget((k) => `n${k}`), TABLE, 'error LOGIC_MANY_CLASSES: "kind" has 24 different values in 24 rows\n  at t.csv\n  hint: rules tell few classes apart, of several rows each: choose another target; --numbers fits a column of numbers instead\n', 3],
  ['too few rows', GOOD.split('\n').slice(8, 17).join('\n').replace(/^/, 'a,b,kind\n'), TABLE, 'error LOGIC_FEW_ROWS: the table has 9 rows, rules are learned from 10 at least\n  at t.csv\n  hint: add rows: some of them are needed to judge by what the others taught\n', 3],
  ['one row', 'a,kind\n1,low\n', TABLE, 'error STUDENT_ONE_ROW: a single row does not say how the target depends on the features\n  at t.csv\n  hint: give at least two rows\n', 3],
  ['a header only', 'a,b,kind\n', TABLE, 'error STUDENT_NO_ROWS: there is no row to learn from\n  at t.csv\n  hint: give at least two rows\n', 3],
  ['an empty file', '', TABLE, 'error TABLE_NO_HEADER: the file is empty\n  at t.csv\n  hint: give a CSV file whose first line names the columns\n', 3],
  ['a short row', replaced(3, '3,1'), TABLE, 'error TABLE_RAGGED_ROW: the row has 2 cells, the header has 3\n  at t.csv, row 5\n  hint: every row needs one cell for each column\n', 3],
  ['an unknown target', GOOD, ['--data', 't.csv', '--target', 'kid'], 'error TABLE_UNKNOWN_COLUMN: there is no column "kid"\n  at t.csv\n  hint: did you mean "kind"?\n', 3],
  ['an unknown feature', GOOD, [...TABLE, '--features', 'a,c'], 'error TABLE_UNKNOWN_COLUMN: there is no column "c"\n  at t.csv\n  hint: known are: a, b, kind\n', 3],
  ['the target as a feature', GOOD, [...TABLE, '--features', 'a,kind'], 'error TABLE_TARGET_AS_FEATURE: "kind" is the target and cannot be a feature as well\n  at t.csv\n  hint: leave it out of --features\n', 3],
  ['only the target', 'kind\nlow\nhigh\n', TABLE, 'error TABLE_NO_FEATURES: there is no column besides the target\n  at t.csv\n  hint: add a column that says something about the target\n', 3],
  ['more than the rows give', withTarget((k) => (k * 5) % 3), [...TABLE, '--features', 'b', '--fidelity', '0.999'], 'error LOGIC_NOT_FAITHFUL: no tree reaches fidelity 0.999; the best reached 0.055555\n  hint: ask for less with --fidelity, or allow more with --leaves and --depth, of a model with --probes\n', 3],
  ['to explain half an input', GOOD, [...TABLE, '-o', 'k.ts', '--explain', '1'], 'error LOGIC_EXPLAIN_COUNT: 1 values for 2 features\n  hint: give a number for each, in this order: a, b\n', 3],
]; // prettier-ignore

const USAGE: readonly Case[] = [
  ['neither model nor table', GOOD, [], 'error CLI_ARGUMENT_COUNT: "logic" was given 0 arguments\n  hint: the usage is: deepdistill logic <model..>, or --data FILE.csv --target COLUMN\n', 2],
  ['a table without target', GOOD, ['--data', 't.csv'], 'error CLI_OPTIONS_CONFLICT: --data cannot be used with no --target\n  hint: name the column to be explained with --target COLUMN\n', 2],
  ['classes and numbers', GOOD, [...TABLE, '--classes', '--numbers'], 'error CLI_OPTIONS_CONFLICT: --classes cannot be used with --numbers\n  hint: the target holds the one or the other\n', 2],
  ['to hold out everything', GOOD, [...TABLE, '--hold-out', '1'], 'error CLI_OPTION_VALUE: --hold-out cannot be "1"\n  hint: give a share from 0 to 0.5, such as 0.25\n', 2],
  ['exact rules of a table', GOOD, [...TABLE, '--exact'], 'error CLI_OPTIONS_CONFLICT: a table cannot be used with --exact\n  hint: the option describes a model, or how it is asked\n', 2],
  ['probes of a table', GOOD, [...TABLE, '--probes', '9'], 'error CLI_OPTIONS_CONFLICT: a table cannot be used with --probes\n  hint: the option describes a model, or how it is asked\n', 2],
  ['labels of a table', GOOD, [...TABLE, '--label-column', 'kind'], 'error CLI_OPTIONS_CONFLICT: a table cannot be used with --label-column\n  hint: the option describes a model, or how it is asked\n', 2],
  ['a model whose column is held out', GOOD, ['pair.json', '--hold-out', '0.5'], 'error CLI_OPTIONS_CONFLICT: a model cannot be used with --hold-out\n  hint: the option describes the target of a table\n', 2],
  ['a model and a column of a table', GOOD, ['pair.json', ...TABLE], 'error STUDENT_UNKNOWN_TARGET: the network has no output, label or layer called "kind"\n  hint: known are: scores, low, high, hidden.csv, scores.csv\n', 3],
  ['the table as output', GOOD, [...TABLE, '-o', 't.csv'], 'error CLI_OPTIONS_CONFLICT: t.csv cannot be used with an input of that name\n  hint: choose another name for the output\n', 2],
]; // prettier-ignore

const LABELS: readonly Case[] = [
  ['a label that the network has not', replaced(3, '3,1,middle'), LABELLED, 'error LABEL_UNKNOWN: unknown label "middle"\n  at t.csv, row 5, column 3\n  hint: known are: low, high\n', 3],
  ['an index that the network has not', withTarget((k) => k % 3), LABELLED, 'error LABEL_UNKNOWN: unknown label "2"\n  at t.csv, row 4, column 3\n  hint: known are: low, high\n', 3],
  ['a row without label', replaced(3, '3,1,'), LABELLED, 'error TABLE_EMPTY_CLASS: "kind" is empty here\n  at t.csv, row 5, column 3\n  hint: fill in the class, or remove the row\n', 3],
  ['an input that is no number', replaced(3, 'x,1,low'), LABELLED, 'error TABLE_NOT_A_NUMBER: "a" is "x" here, which is not a finite number\n  at t.csv, row 5, column 1\n  hint: write a finite number, remove the row, or leave the column out with --features\n', 3],
  ['no row', 'a,b,kind\n', LABELLED, 'error DATA_NO_ROWS: the file holds no input\n  at t.csv\n  hint: write one flattened input per row\n', 3],
  ['other columns than the network reads', GOOD.replaceAll(/^(?=.)/gm, '1,').replace('1,a', 'c,a'), LABELLED, 'error TABLE_OTHER_INPUTS: besides "kind" there are 3 columns, the model has 2 inputs\n  at t.csv\n  hint: give a column for each input, in their order or by their names: u, v\n', 3],
  ['a column of labels that is not there', GOOD, ['pair.json', '--data', 't.csv', '--label-column', 'sort'], 'error TABLE_UNKNOWN_COLUMN: there is no column "sort"\n  at t.csv\n  hint: known are: a, b, kind\n', 3],
  ['labels without a decision', GOOD, [...LABELLED, '--decision', 'none'], 'error LOGIC_LABELS_WITHOUT_DECISION: the model draws no decision that labels could be compared with\n  hint: name one with --decision, such as argmax\n', 3],
  ['labels of one number', GOOD, [...LABELLED, '--target', 'low'], 'error CLI_OPTIONS_CONFLICT: --label-column cannot be used with --target\n  hint: labels are compared with decisions, not with a number\n', 2],
  ['labels without data', GOOD, ['pair.json', '--label-column', 'kind'], 'error CLI_OPTIONS_CONFLICT: --label-column cannot be used with no --data\n  hint: name the file whose column it is with --data FILE.csv\n', 2],
  ['a target that the network has not', GOOD, ['pair.json', '--target', 'hight'], 'error STUDENT_UNKNOWN_TARGET: the network has no output, label or layer called "hight"\n  hint: did you mean "high"?\n', 3],
  ['a domain from more to less', GOOD, ['turned.json'], 'error DOMAIN_INVALID: not a domain: min 2 is greater than max -2\n  at turned.json, input.domain, row 1, column 78\n  hint: a domain is a list of numbers, {"min": 0, "max": 1}, "real", or a list of these per cell\n', 3],
]; // prettier-ignore

describe('logic refuses', () => {
  let work: WorkFolder;
  beforeEach(() => {
    work = createWorkFolder();
    writeLinearNetwork(work.path);
    const input = { name: 'x', shape: [2], features: ['u', 'v'], domain: { min: 2, max: -2 } };
    write(
      'turned.json',
      JSON.stringify({ name: 'turn', input, layers: [{ weights: 'scores.csv' }] }),
    );
  });
  afterEach(() => {
    work.remove();
  });
  const write = (file: string, text: string): void => {
    writeFileSync(join(work.path, file), text);
  };

  it.each([...TABLES, ...USAGE, ...LABELS])('%s', async (_, table, words, text, exit) => {
    write('t.csv', table);
    const before = work.snapshot();
    const { code, stdout, stderr } = await work.run(['logic', ...words]);
    expect(stderr).toBe(text);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(work.snapshot()).toEqual(before);
  });

  it.each([
    ['a feature that never differs', GOOD.replaceAll(/,\d,/g, ',5,'), 'note STUDENT_CONSTANT_FEATURE: "b" is 5 in every row\n  at t.csv\n  hint: leave it out: rows that never differ in it do not say what it does\n'],
    ['a class of two rows', replaced(22, '22,1,top').replace(ROWS[23], '23,1,top'), 'note LOGIC_RARE_CLASS: top is the class of 2 rows alone\n  at t.csv\n  hint: too few to hold one out: nothing says how well the rules tell this class\n'],
  ])('not, but notes, %s', async (_, table, note) => {
    write('t.csv', table);
    const { code, stderr } = await work.run(['logic', ...TABLE, '-o', 'kind.ts']);
    expect(stderr).toMatch(/^note [^]+\n(if a .+\n)+otherwise: \w+\nkind\.ts: approximate: .+\n$/);
    expect(stderr.slice(0, note.length)).toBe(note);
    expect(code).toBe(0);
  }); // prettier-ignore

  it('not, but notes, a network that always decides the same', async () => {
    write('scores.csv', '0,0\n0,0\n0,0\n0,1\n');
    const { code, stderr } = await work.run(['logic', 'pair.json', '-o', 'same.ts']);
    expect(stderr).toMatch(
      /^note LOGIC_SAME_ANSWER: the network answers high at all 40000 inputs that it was asked first\n {2}hint: .+\notherwise: high\nsame\.ts: approximate: .+\n$/,
    );
    expect(code).toBe(0);
  });

  it.each([
    ['a table and a model', ['pair.json', 'm.ts', ...TABLE], 'error CLI_OPTIONS_CONFLICT: --data cannot be used with a model\n  hint: a module is fitted to a table, or made from a model\n'],
    ['a table without target', ['--data', 't.csv', 'm.ts'], 'error CLI_OPTIONS_CONFLICT: --data cannot be used with no --target\n  hint: name the column to be explained with --target COLUMN\n'],
    ['a tolerance of a table', [...TABLE, 'm.ts', '--tolerance', '1'], 'error CLI_OPTIONS_CONFLICT: --data cannot be used with --tolerance\n  hint: the option describes a model, or how it is compared\n'],
    ['a target of a model', ['pair.json', 'm.ts', '--target', 'low'], 'error CLI_OPTIONS_CONFLICT: a model cannot be used with --target\n  hint: the option names columns of a table\n'],
    ['neither model nor table', ['m.ts'], 'error CLI_ARGUMENT_COUNT: "verify" was given 1 argument\n  hint: the usage is: deepdistill verify [model..] <module.ts>\n'],
  ])('verify refuses %s', async (_, words, text) => {
    write('t.csv', GOOD);
    write('m.ts', '');
    const { code, stderr } = await work.run(['verify', ...words]);
    expect(stderr).toBe(text);
    expect(code).toBe(2);
  }); // prettier-ignore
});
