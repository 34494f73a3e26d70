/**
 * Diagnostics of the students: data that say too little, networks that are too wide to be asked, searches
 * that are resumed, workers that fail, fronts that are read.
 */
import { entry, suggest } from '../entry.js';
import type { Unknown } from './manifest.js';

export const STUDENT_DIAGNOSTICS = {
  STUDENT_TOO_MANY_INPUTS: entry<{ inputs: number; limit: number }>(
    ({ inputs, limit }) =>
      `the network has ${inputs} inputs, a formula is searched over ${limit} at most`,
    () =>
      'choose the inputs that may vary with --features NAME,NAME; the others are held at the middle of their domains',
  ),
  STUDENT_TOO_MANY_OUTPUTS: entry<{ outputs: number; limit: number }>(
    ({ outputs, limit }) =>
      `the network has ${outputs} outputs, ${limit} at most are explained at once`,
    () => 'choose one with --target NAME or --target "NAME[POSITION]"',
  ),
  LOGIC_SEVERAL_OUTPUTS: entry<{ outputs: number }>(
    ({ outputs }) =>
      `the model gives ${outputs} numbers and no one decision: rules explain one answer`,
    () =>
      'name a decision with --decision, or one of the numbers with --target; --exact tells all numbers of a small ReLU network',
  ),
  LOGIC_NOT_FAITHFUL: entry<{ wanted: number; reached: number }>(
    ({ wanted, reached }) => `no tree reaches fidelity ${wanted}; the best reached ${reached}`,
    () =>
      'ask for less with --fidelity, or allow more with --leaves and --depth, of a model with --probes',
  ),
  LOGIC_NOT_EXACT: entry(
    () =>
      'no exact rules were found: inputs are not few, nor is it a small ReLU network over a box',
    () =>
      'leave out --exact for rules that approximate; a domain may have at most 1,048,576 inputs, a network 20,000 linear regions',
  ),
  LOGIC_SAME_ANSWER: entry<{ answer: string; rows: number }>(
    ({ answer, rows }) =>
      `the network answers ${answer} at all ${rows} inputs that it was asked first`,
    () => 'where it always does, the one rule asks nothing: check domain, target and --range',
  ),
  LOGIC_ONE_ANSWER: entry<{ target: string; answer: string }>(
    ({ target, answer }) => `"${target}" is ${answer} in every row`,
    () => 'rules tell different answers apart: check that the right target was chosen',
  ),
  LOGIC_MANY_CLASSES: entry<{ target: string; classes: number; rows: number }>(
    ({ target, classes, rows }) => `"${target}" has ${classes} different values in ${rows} rows`,
    () =>
      'rules tell few classes apart, of several rows each: choose another target; --numbers fits a column of numbers instead',
  ),
  LOGIC_FEW_ROWS: entry<{ rows: number; least: number }>(
    ({ rows, least }) => `the table has ${rows} rows, rules are learned from ${least} at least`,
    () => 'add rows: some of them are needed to judge by what the others taught',
  ),
  LOGIC_NOTHING_LEARNED: entry<{ target: string }>(
    ({ target }) => `no rules for "${target}" were found that these rows tell from chance`,
    () => 'add rows, or columns that say something; --leaves takes the best tree all the same',
  ),
  LOGIC_RARE_CLASS: entry<{ answer: string; rows: number }>(
    ({ answer, rows }) => `${answer} is the class of ${rows} row${rows === 1 ? '' : 's'} alone`,
    () => 'too few to hold one out: nothing says how well the rules tell this class',
  ),
  LOGIC_LABELS_WITHOUT_DECISION: entry(
    () => 'the model draws no decision that labels could be compared with',
    () => 'name one with --decision, such as argmax',
  ),
  LOGIC_EXPLAIN_COUNT: entry<{ expected: readonly string[]; actual: number }>(
    ({ expected, actual }) => `${actual} values for ${expected.length} features`,
    ({ expected }) => `give a number for each, in this order: ${expected.join(', ')}`,
  ),
  LOCAL_POINT_COUNT: entry<{ expected: readonly string[]; actual: number }>(
    ({ expected, actual }) =>
      `a point with ${actual} value${actual === 1 ? '' : 's'} for ${expected.length} feature${expected.length === 1 ? '' : 's'}`,
    ({ expected }) => `give a number for each, in this order: ${expected.join(', ')}`,
  ),
  LOCAL_POINT_INCOMPLETE: entry<{ missing: readonly string[] }>(
    ({ missing }) => `the point has no value for ${missing.join(', ')}`,
    () => 'give one for each feature, or hold features at rest by leaving them out of --features',
  ),
  LOCAL_POINT_OUTSIDE: entry<{ name: string; value: number; allowed: string }>(
    ({ name, value, allowed }) => `${name} = ${value} is outside of the domain, ${allowed}`,
    () => 'choose a point within it; where the model declares no domain, --range says what it is',
  ),
  LOCAL_NO_RADIUS: entry<{ target: string; bound: number }>(
    ({ target, bound }) =>
      `no formula for ${target} keeps its error within ${bound} around the point`,
    () =>
      'allow more with --bound, or other --operators; without -o the report is written all the same',
  ),
  STUDENT_UNKNOWN_TARGET: entry<Unknown>(
    ({ word }) => `the network has no output, label or layer called "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  STUDENT_TARGET_CELL: entry<{ word: string; size: number }>(
    ({ word, size }) => `"${word}" has ${size} cells`,
    () => `say which one, as in --target "NAME[0]", counted from 0`,
  ),
  STUDENT_NO_FORMULA: entry<{ target: string }>(
    ({ target }) => `no formula was found for ${target}`,
    () => 'allow more operators, a greater complexity or more time',
  ),
  STUDENT_UNKNOWN_FEATURE: entry<{
    word: string;
    nearest: string | undefined;
    known: readonly string[];
  }>(
    ({ word }) => `unknown feature "${word}"`,
    ({ nearest, known }) => suggest(nearest, known),
  ),
  STUDENT_ANSWER_NOT_FINITE: entry<{ value: string; point: string }>(
    ({ value, point }) => `the target is ${value} at ${point}`,
    () => 'declare a domain in which the network gives finite numbers',
  ),
  STUDENT_NO_ROWS: entry(
    () => 'there is no row to learn from',
    () => 'give at least two rows',
  ),
  STUDENT_ONE_ROW: entry(
    () => 'a single row does not say how the target depends on the features',
    () => 'give at least two rows',
  ),
  STUDENT_NOT_FINITE: entry<{ column: string; value: string }>(
    ({ column, value }) => `"${column}" is ${value} here`,
    () => 'remove the row, or fill in the number',
  ),
  STUDENT_WEIGHT: entry<{ value: number }>(
    ({ value }) => `the weight of this row is ${value}`,
    () => 'weights are positive; leave rows without weight out',
  ),
  STUDENT_LOSS_UNDEFINED: entry<{ loss: string; target: number; needs: string }>(
    ({ loss, target, needs }) => `the loss "${loss}" needs ${needs}, the target here is ${target}`,
    () => 'choose another loss; rows of a table can be left out',
  ),
  STUDENT_CONSTANT_TARGET: entry<{ value: number }>(
    ({ value }) => `the target is ${value} in every row`,
    () => 'the formula is this constant; check that the right target was chosen',
  ),
  STUDENT_FEW_ROWS: entry<{ rows: number; features: number }>(
    ({ rows, features }) => `there are ${rows} rows for ${features} features`,
    () => 'much fits so few rows: add rows, or choose fewer features',
  ),
  STUDENT_CONSTANT_FEATURE: entry<{ column: string; value: number }>(
    ({ column, value }) => `"${column}" is ${value} in every row`,
    () => 'leave it out: rows that never differ in it do not say what it does',
  ),
  STUDENT_STATE_FOREIGN: entry<{ reason: string }>(
    ({ reason }) => `the stored search does not belong to this one: ${reason}`,
    () => 'resume with the data, settings and seed it was started with, or start afresh',
  ),
  STUDENT_WORKER_FAILED: entry<{ reason: string }>(
    ({ reason }) => `a worker of the search failed: ${reason}`,
    () => 'the front found so far is kept; resume the search, or run it with fewer workers',
  ),
  FRONT_NO_COMPLEXITY: entry<{ complexity: number; known: readonly number[] }>(
    ({ complexity }) => `no formula on the front has complexity ${complexity}`,
    ({ known }) => `there are formulas of complexity ${known.join(', ')}`,
  ),
  FRONT_UNREADABLE: entry<{ found: string }>(
    ({ found }) => `this is no stored front: ${found}`,
    () => 'name a JSON file that this command has written',
  ),
  SELECTION_UNKNOWN: entry<Unknown>(
    ({ word }) => `unknown selection "${word}"`,
    ({ nearest, known }) =>
      nearest === undefined
        ? `write ${known.join(', ')}, or the complexity of a formula on the front`
        : suggest(nearest, known),
  ),
} as const;
