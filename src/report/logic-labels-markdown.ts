/** What the Logic student's report says of labels: who is right how often, and what probabilities are worth. */
import { tellFidelity } from '../ir/fidelity.js';
import type { Calibration, CountedShare, LabelFindings, LogicFindings } from '../ir/student.js';
import { withinWords } from './logic-words.js';
import { inlineCode, table } from './markdown-table.js';
import { counted, grouped } from './numbers.js';

const DIGITS = 4;

/** Empty where no labels were given. */
export function renderLabels({ labels }: LogicFindings): string {
  if (labels === undefined) return '';
  const { column, rows, rules, network, calibrationOfRules, calibrationOfNetwork } = labels;
  return [
    '## Labels',
    '',
    `On ${counted(rows, 'row')} with labels in the column ${inlineCode(column)}, without which the rules were found:`,
    '',
    `- accuracy of the network ${shareWords(network)}`,
    `- accuracy of the rules ${shareWords(rules)}`,
    '',
    togetherWords(labels),
    '',
    '### Calibration',
    '',
    ...networkWords(calibrationOfNetwork),
    '',
    'Of the rules the probability is how often they agree with the network on fresh inputs, one line for each rule that answers a row.',
    '',
    renderCalibration(calibrationOfRules),
  ].join('\n');
}

function shareWords({ share, interval }: CountedShare): string {
  return `${tellFidelity(share)}${withinWords(interval)}`;
}

function togetherWords({ bothRight, onlyRules, onlyNetwork, neither }: LabelFindings): string {
  return (
    `Both are right about ${counted(bothRight, 'row')}, the network alone about ${grouped(onlyNetwork)}, ` +
    `the rules alone about ${grouped(onlyRules)}, neither about ${grouped(neither)}.`
  );
}

function networkWords(calibration: Calibration | undefined): readonly string[] {
  if (calibration === undefined) {
    return ['The network ends in no softmax and no sigmoid: its scores are no probabilities.'];
  }
  const { of } = calibration;
  const what =
    of === 'answer' ? 'that its answer is right' : `that the label is ${inlineCode(of.label)}`;
  return [`The network gives a probability ${what}.`, '', renderCalibration(calibration)];
}

function renderCalibration({ bins, expectedError }: Calibration): string {
  const rows = bins.map(({ least = 0, most = 1, rule, predicted, observed, rows: count }) => [
    rule === undefined ? `${figure(least)} to ${figure(most)}` : rule + 1,
    grouped(count),
    figure(predicted),
    figure(observed.share),
    observed.interval.map(figure).join(' to '),
  ]);
  const isOfRules = bins.some(({ rule }) => rule !== undefined);
  const first = isOfRules ? 'rule' : 'between';
  const heads = [first, 'rows', 'predicted', 'observed', '95 % interval'];
  return `${table(heads, '--:|--:|--:|--:|---', rows)}\n\nExpected calibration error ${figure(expectedError)}.`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}
