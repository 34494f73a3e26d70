/** The trials of a suite as one Markdown table, published rates beside them. */
import { formatTable } from '../../examples/common/format-table.js';
import { median } from '../median.js';
import type { Suite } from './problem-set.js';
import type { TrialRow } from './run-trial.js';

/**
 * One line for each problem with trials, and one for all: how often the formula was selected, how often it
 * was on the front, median seconds, and what published systems reach (in percent).
 */
export function tableOf({ problems, published }: Suite, rows: readonly TrialRow[]): string {
  const systems = published?.systems ?? [];
  const head = ['problem', 'formula', 'selected', 'on the front', 'median s', ...systems];
  const tried = problems.filter(({ name }) => rows.some(({ problem }) => problem === name));
  const lines = tried.map(({ name, text }) => [
    name,
    `\`${text}\``,
    ...figuresOf(rows.filter(({ problem }) => problem === name)),
    ...systems.map((_, k) => String(published?.rates[name][k] ?? '')),
  ]);
  const means = systems.map((_, k) => {
    const rates = tried.map(({ name }) => published?.rates[name][k] ?? NaN);
    return (rates.reduce((sum, rate) => sum + rate, 0) / rates.length).toFixed(1);
  });
  return formatTable(head, [...lines, ['all', '', ...figuresOf(rows), ...means]]);
}

function figuresOf(rows: readonly TrialRow[]): readonly [string, string, string] {
  const share = (key: 'selected' | 'onFront'): string =>
    `${rows.filter((row) => isRight(row[key])).length}/${rows.length}`;
  return [
    share('selected'),
    share('onFront'),
    median(
      rows.flatMap(({ seconds, failure }) => (failure === undefined ? [seconds] : [])),
    ).toFixed(1),
  ];
}

function isRight(judgement: TrialRow['selected']): boolean {
  return judgement === 'exact' || judgement === 'structure';
}
