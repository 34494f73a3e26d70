/**
 * The report as Markdown for a comment of a pull request: the verdict, figures, then the clusters, then what
 * normalisation changed. Long lists are folded away.
 */
import { toldName } from '../ir/told.js';
import { roundedUp } from '../numeric/rounded-up.js';
import { renderWays } from './auto.js';
import { changeText } from './changes.js';
import { clusterTitle } from './clusters.js';
import { LONGEST_COMMENT, NOTE_ROOM, fitComment, listSection } from './comment.js';
import { escapeMarkdown } from './escape.js';
import { renderGeneric } from './generic.js';
import { renderHybrid } from './hybrid.js';
import { inlineCode, table } from './markdown-table.js';
import { counted, grouped } from './numbers.js';
import { partsWords } from './parts-words.js';
import type { Report, VerdictReport } from './types.js';

/** More numbers of a counterexample than this are cut. */
const SHOWN_NUMBERS = 32;

/** Characters that a report has at least, where many share a comment. */
const SHORTEST_SHARE = 1_500;
/** Models in the table that opens a comment on several. */
const MOST_MODELS = 200;

/** The whole report as a Markdown document of at most `most` characters, ended by a newline. */
export function renderReportMarkdown(report: Report, most = LONGEST_COMMENT): string {
  const sections = [
    `# ${titleOf(report)}: ${report.verdict.status}`,
    renderVerdict(report.verdict),
    renderFigures(report),
    renderCounterexample(report.verdict),
    report.generic === undefined ? '' : renderGeneric(report.generic),
    report.auto === undefined ? '' : renderWays(report.auto),
    report.hybrid === undefined ? '' : renderHybrid(report.hybrid),
    renderClusters(report),
    renderChanges(report),
  ];
  return fitComment(`${sections.filter((section) => section !== '').join('\n\n')}\n`, most);
}

/** Reports of several models in one document: their verdicts as a table, then a section for each. */
export function renderReportsMarkdown(reports: readonly Report[]): string {
  const rows = reports
    .slice(0, MOST_MODELS)
    .map((report) => [titleOf(report), report.verdict.status, report.code.lines, report.code.weightsInData]); // prettier-ignore
  const proved = reports.filter(({ verdict }) => verdict.status === 'proved').length;
  let text = `# ${proved} of ${counted(reports.length, 'model')} proved\n\n${table(
    ['model', 'verdict', 'lines', 'numbers in tables'],
    '---|---|--:|--:',
    rows,
  )}\n`;
  for (const [index, report] of reports.entries()) {
    const share = Math.floor(
      (LONGEST_COMMENT - NOTE_ROOM - text.length) / (reports.length - index),
    );
    if (share < SHORTEST_SHARE) {
      const rest = reports.length - index;
      return `${text}\n*${counted(rest, 'further model')} left out: a comment holds ${LONGEST_COMMENT} characters. The report as JSON has all of them.*\n`;
    }
    text += `\n${renderReportMarkdown(report, share - 1)}`;
  }
  return text;
}

function titleOf({ model }: Report): string {
  return escapeMarkdown(toldName(model.name));
}

function renderVerdict(verdict: VerdictReport): string {
  const { status, method, checked, ties, maxError, reason, outputs, decision } = verdict;
  const error = maxError === null ? 'not bounded' : maxError === 0 && status !== 'approximate' ? 'none' : `at most ${roundedUp(maxError)}`; // prettier-ignore
  const lines = [
    `**${status}**: ${escapeMarkdown(method)}.`,
    `${counted(checked, status === 'proved' ? 'state' : 'input')} ${status === 'proved' ? 'enumerated' : 'run'}, ${counted(ties, 'state')} decided by the tie rule alone, error of an output: ${error}.`,
  ];
  if (reason !== undefined) lines.push(`Undecided: ${escapeMarkdown(reason)}.`);
  const parts = outputs === undefined ? [] : partsWords(outputs, decision);
  if (parts.length > 0) lines.push('', ...parts.map((part) => `- ${escapeMarkdown(part)}`));
  return lines.join('\n');
}

function renderFigures({ model, code, unexplainedNeurons, milliseconds }: Report): string {
  const rows: [string, string | number][] = [
    ['source', inlineCode(model.source)],
    ['parameters', grouped(model.parameters)],
    ['neurons', grouped(model.neurons)],
    ['layers', model.layers],
    ['lines of code', code.lines],
    ['bytes of code', grouped(code.bytes)],
    ['weights in data', grouped(code.weightsInData)],
    ['unexplained neurons', grouped(unexplainedNeurons.length)],
  ];
  for (const [phase, time] of Object.entries(milliseconds ?? {})) {
    rows.push([`${phase}, ms`, Number(time)]);
  }
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join(
    '\n',
  );
}

function renderCounterexample({ counterexample }: VerdictReport): string {
  if (counterexample === undefined) return '';
  const { inputs, expected, actual, where } = counterexample;
  return [
    '## Counterexample',
    '',
    `Network and module part in ${inlineCode(where)}.`,
    '',
    ...inputs.map((input, index) => `- input ${index + 1}: ${listed(input)}`),
    `- network: ${listed(expected)}`,
    `- module: ${typeof actual === 'string' ? escapeMarkdown(actual) : listed(actual)}`,
  ].join('\n');
}

function renderClusters({ clusters }: Report): string {
  const items = clusters.map(
    (cluster) => `- ${escapeMarkdown(clusterTitle(cluster))}\n\n      ${cluster.formula}`,
  );
  return listSection('Clusters', 'cluster', items, '\n\n');
}

function renderChanges({ changes }: Report): string {
  if (changes.length === 0) return '';
  const items = changes.map((change) => `- ${escapeMarkdown(changeText(change))}`);
  return listSection('Normalisation', 'change', items, '\n');
}

function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, SHOWN_NUMBERS).join(', ');
  const rest = numbers.length - SHOWN_NUMBERS;
  return rest > 0 ? `\`[${shown}, … ${rest} more]\`` : `\`[${shown}]\``;
}
