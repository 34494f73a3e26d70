/**
 * The report of the Logic student as Markdown: the rules first, then where they and the network, or the
 * table, part.
 */
import { tellFidelity } from '../ir/fidelity.js';
import type { Disagreement, LogicFindings } from '../ir/student.js';
import { roundedUp } from '../numeric/rounded-up.js';
import {
  divisionWords, figuresSentence, renderConfusion, renderSizes, tableCounts, tableHeads,
} from './logic-table-markdown.js'; // prettier-ignore
import { renderLabels } from './logic-labels-markdown.js';
import { percent, withinWords } from './logic-words.js';
import { fitComment, longTable } from './comment.js';
import { escapeMarkdown } from './escape.js';
import { inlineCode, table } from './markdown-table.js';
import { counted, grouped } from './numbers.js';
import type { VerdictReport } from './types.js';

const DIGITS = 4;

/** The whole report as a Markdown document, ended by a newline; the verdict is that on the module. */
export function renderLogicMarkdown(
  name: string,
  findings: LogicFindings,
  verdict?: VerdictReport,
): string {
  const sections = [
    `# ${escapeMarkdown(name)}: ${verdict?.status ?? 'approximate'}`,
    renderRules(findings),
    verdict === undefined ? '' : renderProof(verdict),
    renderDisagreements(findings),
    renderLabels(findings),
    renderConfusion(findings),
    renderFront(findings),
    renderFeatures(findings),
    renderRounded(findings),
    renderSearch(findings),
  ];
  return fitComment(`${sections.filter((section) => section !== '').join('\n\n')}\n`);
}

function renderRules(findings: LogicFindings): string {
  const { target, rules, features, selection, decides, table: figures } = findings;
  const rows = rules.map(({ conditions, answer, ...counts }, at) => [
    at + 1,
    conditions === '' ? (rules.length === 1 ? 'always' : 'otherwise') : inlineCode(conditions),
    inlineCode(answer),
    ...(figures === undefined
      ? [grouped(Math.round(counts.support)), decides ? percent(counts.agreement) : '']
      : tableCounts(counts, decides)),
  ]);
  const used = features.filter(({ isUsed }) => isUsed).length;
  const heads = figures === undefined ? ['fresh inputs', 'agree'] : tableHeads(figures, decides);
  return [
    `**${escapeMarkdown(target)}**: the first rule that holds answers.`,
    '',
    table(['', 'if', 'then', ...heads], `--:|---|---${'|--:'.repeat(heads.length)}`, rows),
    '',
    `Selected by: ${escapeMarkdown(selection)}. Reads ${used} of ${counted(features.length, 'feature')}.`,
    '',
    figures === undefined ? fidelitySentence(findings) : figuresSentence(figures, decides),
  ].join('\n');
}

/** What the checker proved of the module's text; nothing where it only measured. */
function renderProof({ status, method, maxError, provedDecisions }: VerdictReport): string {
  if (status === 'proved' && maxError !== null) {
    const within = maxError === 0 ? '' : `, up to ${roundedUp(maxError)}`;
    return `**Proved on the whole domain**: the module computes the network's scores${within} (${escapeMarkdown(method)}).`;
  }
  if (provedDecisions === undefined) return '';
  const { regions, apart } = provedDecisions;
  return `**Proved on the whole domain**: the module decides as the network does (${counted(regions, 'region')} of the inputs), apart from scores closer than ${roundedUp(apart)}.`;
}

function fidelitySentence(findings: LogicFindings): string {
  const { fidelity, fidelityOutOfRange, exact } = findings;
  if (exact !== undefined) {
    const shortest = exact.isMinimal ? 'no shorter ones of their form are' : 'shorter ones may be';
    const where =
      exact.points === undefined
        ? `in all ${grouped(exact.regions ?? 0)} linear regions of the network`
        : `for all ${grouped(exact.points)} inputs`;
    return `Exact: the rules were found ${where}, and ${shortest}.`;
  }
  const outside =
    fidelityOutOfRange === undefined ? '' : `, ${tellFidelity(fidelityOutOfRange)} out of range`;
  return `Fidelity ${tellFidelity(fidelity)} in range${withinWords(findings.interval)}${outside}.`;
}

function renderDisagreements({ disagreements, decides, data }: LogicFindings): string {
  if (disagreements.length === 0) return '';
  const rows = disagreements.map((one) => [
    one.rule + 1,
    `${grouped(one.parted)} of ${grouped(one.answered)}`,
    inlineCode(boxWords(one)),
    inlineCode(
      Object.entries(one.example)
        .map(([name, value]) => `${name} = ${figure(value)}`)
        .join(', '),
    ),
    inlineCode(one.ofNetwork),
    inlineCode(one.ofRule),
  ]);
  const isTable = data === 'table';
  const whose = isTable ? ['wrong', 'where', 'for example', 'table says'] : ['part', 'where', 'for example', 'network']; // prettier-ignore
  const heads = ['rule', ...whose, 'rule says'];
  const what = decides ? 'decide otherwise' : 'are farthest apart';
  const title = isTable ? 'Rows that the rules get wrong' : `Where they ${what}`;
  return [`## ${title}`, '', longTable('rule', heads, '--:|--:|---|---|---|---', rows)].join('\n');
}

function boxWords({ box }: Disagreement): string {
  return Object.entries(box)
    .map(([name, [min, max]]) =>
      min === max ? `${name} = ${figure(min)}` : `${name} ${figure(min)} to ${figure(max)}`,
    )
    .join(', ');
}

function renderFront({ front, selected, data, decides }: LogicFindings): string {
  if (data === 'table') return renderSizes(front, selected, decides);
  const rows = front.map((member, at) => [
    member.leaves,
    tellFidelity(member.trainingFidelity),
    tellFidelity(member.fidelity),
    member.fidelityOutOfRange === undefined ? '' : tellFidelity(member.fidelityOutOfRange),
    at === selected ? 'selected' : '',
  ]);
  const heads = ['leaves', 'fidelity on the rows', 'on fresh inputs', 'out of range', ''];
  return `## Front\n\n${longTable('tree', heads, '--:|--:|--:|--:|---', rows)}`;
}

function renderFeatures({ features }: LogicFindings): string {
  const rows = features.map(({ name, range: [min, max], isUsed }) => [
    escapeMarkdown(name),
    figure(min),
    figure(max),
    isUsed ? 'read' : 'not read',
  ]);
  return `## Ranges\n\n${longTable('feature', ['feature', 'from', 'to', ''], '---|--:|--:|---', rows)}`;
}

function renderRounded({ rounded }: LogicFindings): string {
  if (rounded.length === 0) return '';
  const items = rounded.map(({ from, to }) => `- ${from} became ${to}`);
  return ['## Thresholds rounded', '', ...items].join('\n');
}

function renderSearch({
  data,
  rows,
  asked,
  settings,
  exact,
  table: figures,
}: LogicFindings): string {
  const source = data === 'network' ? 'asked of the network' : 'of the table';
  const within = exact === undefined ? 'more asked inside of nodes' : 'asked in all';
  const more = asked === 0 ? '' : `, ${grouped(asked)} ${within}`;
  const told = Object.entries(settings).map(([name, value]) => [
    escapeMarkdown(name),
    inlineCode(String(value)),
  ]);
  const parts = figures === undefined ? more : divisionWords(figures);
  return `## Search\n\n${counted(rows, 'row')} ${source}${parts}.\n\n${table(['setting', 'value'], '---|---', told)}`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}
