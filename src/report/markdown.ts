/** The report as Markdown: figures first, then the clusters, then what normalisation changed. */
import { toldName } from '../ir/told.js';
import { renderWays } from './auto.js';
import { changeText } from './changes.js';
import { clusterTitle } from './clusters.js';
import { escapeMarkdown } from './escape.js';
import { renderGeneric } from './generic.js';
import { renderHybrid } from './hybrid.js';
import type { Report, VerdictReport } from './types.js';

/** More numbers of a counterexample than this are cut. */
const SHOWN_NUMBERS = 32;

/** The whole report as a Markdown document, ended by a newline. */
export function renderReportMarkdown(report: Report): string {
  const sections = [
    `# ${escapeMarkdown(toldName(report.model.name))}`,
    renderVerdict(report.verdict),
    renderFigures(report),
    renderCounterexample(report.verdict),
    report.generic === undefined ? '' : renderGeneric(report.generic),
    report.auto === undefined ? '' : renderWays(report.auto),
    report.hybrid === undefined ? '' : renderHybrid(report.hybrid),
    renderClusters(report),
    renderChanges(report),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderVerdict({ status, method, checked, ties, maxError, reason }: VerdictReport): string {
  const error = maxError === null ? 'not bounded' : `at most ${maxError}`;
  const lines = [
    `**${status}**: ${escapeMarkdown(method)}.`,
    `${checked} ${status === 'proved' ? 'states enumerated' : 'inputs run'}, ${ties} states decided by the tie rule alone, error of an output ${error}.`,
  ];
  if (reason !== undefined) lines.push(`Undecided: ${escapeMarkdown(reason)}.`);
  return lines.join('\n');
}

function renderFigures({ model, code, unexplainedNeurons, milliseconds }: Report): string {
  const rows: [string, string | number][] = [
    ['source', `\`${model.source}\``],
    ['parameters', model.parameters],
    ['neurons', model.neurons],
    ['layers', model.layers],
    ['lines of code', code.lines],
    ['bytes of code', code.bytes],
    ['weights in data', code.weightsInData],
    ['unexplained neurons', unexplainedNeurons.length],
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
    `Network and module part in \`${where}\`.`,
    '',
    ...inputs.map((input, index) => `- input ${index + 1}: ${listed(input)}`),
    `- network: ${listed(expected)}`,
    `- module: ${typeof actual === 'string' ? escapeMarkdown(actual) : listed(actual)}`,
  ].join('\n');
}

function renderClusters({ clusters }: Report): string {
  const items = clusters.map((cluster) => `- ${clusterTitle(cluster)}\n\n      ${cluster.formula}`);
  return ['## Clusters', ...items].join('\n\n');
}

function renderChanges({ changes }: Report): string {
  if (changes.length === 0) return '';
  return ['## Normalisation', '', ...changes.map((change) => `- ${changeText(change)}`)].join('\n');
}

function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, SHOWN_NUMBERS).join(', ');
  const rest = numbers.length - SHOWN_NUMBERS;
  return rest > 0 ? `\`[${shown}, … ${rest} more]\`` : `\`[${shown}]\``;
}
