/** What `deepdistill math` refuses, with the whole text; and that nothing is left behind. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeLinearNetwork } from '../helpers/math-inputs.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

const GOOD = 'a,b,y\n1,2,3\n2,5,7\n4,1,5\n3,3,6\n';
const TABLE = ['--data', 't.csv', '--target', 'y'];

/** What is wrong, the table, the words, the text, the exit code. */
type Case = readonly [string, string, readonly string[], string, number];

const TABLES: readonly Case[] = [
  ['NaN', 'a,y\n1,2\nNaN,3\n', TABLE, 'error TABLE_NOT_A_NUMBER: "a" is "NaN" here, which is not a finite number\n  at t.csv, row 3, column 1\n  hint: write a finite number, remove the row, or leave the column out with --features\n', 3],
  ['a missing cell', 'a,y\n1,2\n,3\n', TABLE, 'error TABLE_EMPTY_CELL: "a" is empty here\n  at t.csv, row 3, column 1\n  hint: fill in the number, or remove the row\n', 3],
  ['a short row', 'a,y\n1,2\n3\n', TABLE, 'error TABLE_RAGGED_ROW: the row has 1 cell, the header has 2\n  at t.csv, row 3\n  hint: every row needs one cell for each column\n', 3],
  ['text in a chosen column', 'a,y\n1,2\nred,3\n', TABLE, 'error TABLE_NOT_A_NUMBER: "a" is "red" here, which is not a finite number\n  at t.csv, row 3, column 1\n  hint: write a finite number, remove the row, or leave the column out with --features\n', 3],
  ['one row', 'a,y\n1,2\n', TABLE, 'error STUDENT_ONE_ROW: a single row does not say how the target depends on the features\n  at t.csv\n  hint: give at least two rows\n', 3],
  ['no rows', 'a,y\n', TABLE, 'error STUDENT_NO_ROWS: there is no row to learn from\n  at t.csv\n  hint: give at least two rows\n', 3],
  ['an empty file', '', TABLE, 'error TABLE_NO_HEADER: the file is empty\n  at t.csv\n  hint: give a CSV file whose first line names the columns\n', 3],
  ['no header', '1,2\n3,4\n', TABLE, 'error TABLE_HEADER_IS_NUMBER: the first line names no columns: "1" is a number\n  at t.csv, row 1\n  hint: write a header line, such as x,y,target\n', 3],
  ['only the target', 'y\n1\n2\n', TABLE, 'error TABLE_NO_FEATURES: there is no column besides the target\n  at t.csv\n  hint: add a column that says something about the target\n', 3],
  ['an unknown target', GOOD, ['--data', 't.csv', '--target', 'yy'], 'error TABLE_UNKNOWN_COLUMN: there is no column "yy"\n  at t.csv\n  hint: did you mean "y"?\n', 3],
  ['an unknown feature', GOOD, [...TABLE, '--features', 'a,bb'], 'error TABLE_UNKNOWN_COLUMN: there is no column "bb"\n  at t.csv\n  hint: did you mean "b"?\n', 3],
  ['the target as a feature', GOOD, [...TABLE, '--features', 'a,y'], 'error TABLE_TARGET_AS_FEATURE: "y" is the target and cannot be a feature as well\n  at t.csv\n  hint: leave it out of --features\n', 3],
  ['log loss of a target that is not positive', 'a,y\n1,2\n2,0\n', [...TABLE, '--loss', 'log'], 'error STUDENT_LOSS_UNDEFINED: the loss "log" needs positive targets, the target here is 0\n  at t.csv, row 3\n  hint: choose another loss; rows of a table can be left out\n', 3],
  ['relative loss of 0', 'a,y\n1,2\n2,0\n', [...TABLE, '--loss', 'relative'], 'error STUDENT_LOSS_UNDEFINED: the loss "relative" needs targets other than 0, the target here is 0\n  at t.csv, row 3\n  hint: choose another loss; rows of a table can be left out\n', 3],
  ['a weight of 0', GOOD.replace('1,2,3', '1,0,3'), [...TABLE, '--weights', 'b'], 'error STUDENT_WEIGHT: the weight of this row is 0\n  at t.csv, row 2\n  hint: weights are positive; leave rows without weight out\n', 3],
  ['a missing file', GOOD, ['--data', 'none.csv', '--target', 'y'], 'error FILE_NOT_FOUND: the file does not exist\n  at none.csv\n  hint: check the path; paths in a manifest are relative to the manifest\n', 3],
]; // prettier-ignore

const USAGE: readonly Case[] = [
  ['neither model nor table', GOOD, [], 'error CLI_ARGUMENT_COUNT: "math" was given 0 arguments\n  hint: the usage is: deepdistill math <model..>, or --data FILE.csv --target COLUMN\n', 2],
  ['a table without target', GOOD, ['--data', 't.csv'], 'error CLI_OPTIONS_CONFLICT: --data cannot be used with no --target\n  hint: name the column to be explained with --target COLUMN\n', 2],
  ['a model asked at rows and at probes', GOOD, ['pair.json', '--data', 't.csv', '--probes', '9'], 'error CLI_OPTIONS_CONFLICT: --data cannot be used with --probes\n  hint: the model is asked at the rows of the data\n', 2],
  ['rows of another width than the model', GOOD, ['pair.json', '--data', 't.csv'], 'error DATA_WIDTH: the row has 3 values, an input of shape [2] has 2\n  at t.csv, row 2\n  hint: write one flattened input per row, row-major\n', 3],
  ['the model as output', GOOD, ['pair.json', '-o', 'pair.json'], 'error CLI_OPTIONS_CONFLICT: pair.json cannot be used with an input of that name\n  hint: choose another name for the output\n', 2],
  ['the table as front', GOOD, [...TABLE, '--front', 't.csv'], 'error CLI_OPTIONS_CONFLICT: t.csv cannot be used with an input of that name\n  hint: choose another name for the output\n', 2],
  ['weights of a model', GOOD, ['pair.json', '--weights', 'a'], 'error CLI_OPTIONS_CONFLICT: a model cannot be used with --weights\n  hint: rows of a table have weights\n', 2],
  ['a range of a table', GOOD, [...TABLE, '--range', '0..1'], 'error CLI_OPTIONS_CONFLICT: a table cannot be used with --range\n  hint: the option describes a model, or how it is asked\n', 2],
  ['an unknown operator', GOOD, [...TABLE, '--operators', '+,sine'], 'error CLI_OPTION_VALUE: --operators cannot be "sine"\n  hint: give operators among + - * / pow min max < <= > >= == neg square cube sqrt cbrt abs sign floor exp log sin cos tan asin acos atan sinh cosh tanh erf cond; did you mean sin?\n', 2],
  ['a nesting of no form', GOOD, [...TABLE, '--nesting', 'sin>cos'], 'error CLI_OPTION_VALUE: --nesting cannot be "sin>cos"\n  hint: give OUTER:INNER=COUNT, such as sin:cos=0\n', 2],
  ['a nesting of unknown operators', GOOD, [...TABLE, '--nesting', 'sin:foo=0'], 'error CLI_OPTION_VALUE: --nesting cannot be "sin:foo=0"\n  hint: give operators among + - * / pow min max < <= > >= == neg square cube sqrt cbrt abs sign floor exp log sin cos tan asin acos atan sinh cosh tanh erf cond; did you mean floor?\n', 2],
  ['a complexity of no form', GOOD, [...TABLE, '--complexity', 'sin'], 'error CLI_OPTION_VALUE: --complexity cannot be "sin"\n  hint: give NAME=NUMBER with a positive number, such as sin=3\n', 2],
  ['a complexity of 0', GOOD, [...TABLE, '--complexity', 'sin=0'], 'error CLI_OPTION_VALUE: --complexity cannot be "sin=0"\n  hint: give NAME=NUMBER with a positive number, such as sin=3\n', 2],
  ['a loss that is no formula', GOOD, [...TABLE, '--loss', 'rmse'], 'error CLI_OPTION_VALUE: --loss cannot be "rmse"\n  hint: give mse, mae, huber:DELTA, relative, log, pinball:QUANTILE, or a formula of prediction and target; as a formula, unknown name "rmse"\n', 2],
  ['no number of workers', GOOD, [...TABLE, '--workers', '0'], 'error CLI_OPTION_VALUE: --workers cannot be "0"\n  hint: give a number, 1 or more\n', 2],
  ['an unknown mode', GOOD, [...TABLE, '--mode', 'fast'], 'error CLI_OPTION_VALUE: --mode cannot be "fast"\n  hint: give one of both, scouts, evolution\n', 2],
  ['a loss without its parameter', GOOD, [...TABLE, '--loss', 'huber'], 'error CLI_OPTION_VALUE: --loss cannot be "huber"\n  hint: give huber:DELTA, DELTA positive\n', 2],
  ['a quantile above 1', GOOD, [...TABLE, '--loss', 'pinball:2'], 'error CLI_OPTION_VALUE: --loss cannot be "pinball:2"\n  hint: give pinball:QUANTILE, between 0 and 1\n', 2],
  ['a selection of no form', GOOD, [...TABLE, '--select', 'bets'], 'error CLI_OPTION_VALUE: --select cannot be "bets"\n  hint: give best, accuracy, simplest, or a complexity such as 7\n', 2],
  ['a range from more to less', GOOD, ['pair.json', '--range', '5..-5'], 'error CLI_OPTION_VALUE: --range cannot be "5..-5"\n  hint: give an interval such as -5..5\n', 2],
  ['a front of another ending', GOOD, [...TABLE, '--front', 'f.txt'], 'error CLI_OPTION_VALUE: --front cannot be "f.txt"\n  hint: give a file that ends in .csv, .json or .svg\n', 2],
  ['a report of another ending', GOOD, [...TABLE, '--report', 'r.txt'], 'error CLI_OPTION_VALUE: --report cannot be "r.txt"\n  hint: give a file that ends in .json or .md\n', 2],
  ['a seed that is not whole', GOOD, [...TABLE, '--seed', '1.5'], 'error CLI_OPTION_VALUE: --seed cannot be "1.5"\n  hint: give a whole number, 0 or more\n', 2],
  ['no evaluations', GOOD, [...TABLE, '--max-evaluations', '0'], 'error CLI_OPTION_VALUE: --max-evaluations cannot be "0"\n  hint: give a number, 1 or more\n', 2],
  ['--resume without --state', GOOD, [...TABLE, '--resume'], 'error CLI_OPTIONS_CONFLICT: --resume cannot be used with no --state\n  hint: name the file with --state FILE\n', 2],
]; // prettier-ignore

describe('math refuses', () => {
  let work: WorkFolder;
  beforeEach(() => {
    work = createWorkFolder();
    writeLinearNetwork(work.path);
  });
  afterEach(() => {
    work.remove();
  });
  const write = (file: string, text: string): void => {
    writeFileSync(join(work.path, file), text);
  };

  it.each([...TABLES, ...USAGE])('%s', async (_, table, words, text, exit) => {
    write('t.csv', table);
    const before = work.snapshot();
    const { code, stdout, stderr } = await work.run(['math', ...words]);
    expect(stderr).toBe(text);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(work.snapshot()).toEqual(before);
  });

  it.each([
    ['an unknown target', ['--target', 'hight'], 'error STUDENT_UNKNOWN_TARGET: the network has no output, label or layer called "hight"\n  hint: did you mean "high"?\n'],
    ['a target like nothing', ['--target', 'mass of the sun'], 'error STUDENT_UNKNOWN_TARGET: the network has no output, label or layer called "mass of the sun"\n  hint: known are: scores, low, high, hidden.csv, scores.csv\n'],
    ['a layer without neuron', ['--target', 'hidden.csv'], 'error STUDENT_TARGET_CELL: "hidden.csv" has 3 cells\n  hint: say which one, as in --target "NAME[0]", counted from 0\n'],
    ['a neuron that is not there', ['--target', 'hidden.csv[3]'], 'error STUDENT_TARGET_CELL: "hidden.csv" has 3 cells\n  hint: say which one, as in --target "NAME[0]", counted from 0\n'],
    ['an unknown feature', ['--features', 'u,vv'], 'error STUDENT_UNKNOWN_FEATURE: unknown feature "vv"\n  hint: did you mean "v"?\n'],
    ['log loss of a network with answers below 0', ['--loss', 'log', '--target', 'low', '--probing', 'sobol'], 'error STUDENT_LOSS_UNDEFINED: the loss "log" needs positive targets, the target here is -2.8117878763005137\n  hint: choose another loss; rows of a table can be left out\n'],
  ])('of a network: %s', async (_, words, text) => {
    await refusesInput(['pair.json', ...words], text);
  }); // prettier-ignore

  it('a network with answers that are not finite', async () => {
    write('huge.csv', '1e308\n1e308\n0\n');
    const words = ['huge.csv', '--shape', '2', '--domain', '0..2', '--probing', 'sobol'];
    const text =
      'error STUDENT_ANSWER_NOT_FINITE: the target is NaN at input_0 = 1.6393657033331692, input_1 = 0.9346253448165953\n' +
      '  hint: declare a domain in which the network gives finite numbers\n';
    await refusesInput(words, text);
  });

  it('more inputs than a formula can read, unless some are chosen', async () => {
    write('image.csv', `${Array.from({ length: 785 }, () => '1').join('\n')}\n`);
    const text =
      'error STUDENT_TOO_MANY_INPUTS: the network has 784 inputs, a formula is searched over 32 at most\n' +
      '  hint: choose the inputs that may vary with --features NAME,NAME; the others are held at the middle of their domains\n';
    await refusesInput(['image.csv', '--shape', '28x28', '--domain', '0,1'], text);
  });

  it.each([
    ['no JSON', '{"version":1,', 'it is not JSON', '  at s.json\n'],
    ['JSON of something else', 'null', 'it is no stored search', '  at s.json\n'],
    ['another problem', JSON.stringify({ version: 1, fingerprint: 'f', front: [], islands: [], mode: 'both' }), 'its data or its settings differ', ''],
    ['another version', JSON.stringify({ version: 2, front: [], islands: [] }), 'another version of deepdistill wrote it', ''],
  ])('to resume from %s', async (_, stored, reason, place) => {
    write('t.csv', GOOD);
    write('s.json', stored);
    await refusesInput(
      [...TABLE, '--state', 's.json', '--resume', '--workers', '1'],
      `error STUDENT_STATE_FOREIGN: the stored search does not belong to this one: ${reason}\n${place}` +
        '  hint: resume with the data, settings and seed it was started with, or start afresh\n',
    );
  }); // prettier-ignore

  it.each([['-o'], ['--report'], ['--front'], ['--state']])(
    'a file that cannot be written, before the search: %s',
    async (option) => {
      write('t.csv', GOOD);
      mkdirSync(join(work.path, 'folder.json'));
      const hint = '  hint: check the folder and its permissions; nothing was written\n';
      await refusesInput(
        [...TABLE, option, 'folder.json'],
        `error FILE_NOT_WRITABLE: the file cannot be written: it is a folder\n  at folder.json\n${hint}`,
      );
      await refusesInput(
        [...TABLE, option, 't.csv/out.json'],
        `error FILE_NOT_WRITABLE: the file cannot be written: t.csv is no folder\n  at t.csv/out.json\n${hint}`,
      );
    },
  );

  async function refusesInput(words: readonly string[], text: string): Promise<void> {
    const before = work.snapshot();
    const { code, stdout, stderr } = await work.run(['math', ...words]);
    expect(stderr).toBe(text);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(work.snapshot()).toEqual(before);
  }
});
