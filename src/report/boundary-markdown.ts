/** What was found about a decision, as Markdown: the formula and its threshold first, then what rivals it. */
import type { BoundaryFindings, LatentFindings, Parting, Rival } from '../ir/boundary.js';
import { tellFidelity } from '../ir/fidelity.js';
import { fitComment, longTable } from './comment.js';
import { escapeMarkdown } from './escape.js';
import { inlineCode, table } from './markdown-table.js';
import { counted, grouped } from './numbers.js';

/** Digits of figures; the JSON has all of them. */
const DIGITS = 4;

/** The whole report as a Markdown document, ended by a newline. */
export function renderBoundaryMarkdown(name: string, findings: BoundaryFindings): string {
  const sections = [
    `# ${escapeMarkdown(name)}: approximate`,
    ...findings.latents.map((latent) => renderLatent(latent, findings)),
    renderFeatures(findings),
    renderSettings(findings),
  ];
  return fitComment(`${sections.join('\n\n')}\n`);
}

function renderLatent(latent: LatentFindings, findings: BoundaryFindings): string {
  return [
    `## ${escapeMarkdown(latent.target)}`,
    `    ${latent.condition ?? latent.expression}`,
    renderFit(latent, findings),
    renderRivals(latent),
    renderFront(latent),
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

function renderFit(latent: LatentFindings, findings: BoundaryFindings): string {
  const { rows, cosine, agreement, disagreement, tolerance, link, selection } = latent;
  const { secondAgreement } = findings;
  const decided = agreement === undefined ? '' : ` On fresh inputs it decides as the network does in ${percent(agreement)}.`; // prettier-ignore
  const lines = [
    `Selected by: ${selection}. Gradients at ${counted(rows, 'point')} ${bandWords(latent, findings)}: mean |cos| ${tellFidelity(cosine)}.${decided}`,
    disagreement === undefined || tolerance === undefined
      ? 'How far the network itself is off is not known; a second one of the same task (`--second`) tells.'
      : `A second network has mean 1 − cos² ${figure(disagreement)} to the first there` +
        (secondAgreement === undefined
          ? ''
          : ` and decides as it does in ${percent(secondAgreement)}`) + // prettier-ignore
        `: formulas up to ${figure(tolerance)}, twice that or half a degree, are about equally good.`,
  ];
  if (link !== undefined) {
    lines.push(
      `The network's number is ${inlineCode(link.expression)} of it, which explains ${figure(link.share)} of its variation over the domain.`,
    );
  }
  if (latent.stopped !== undefined) lines.push(`Stopped early: ${latent.stopped}.`);
  return lines.join('\n');
}

function bandWords({ reach }: LatentFindings, { band, isLogOdds }: BoundaryFindings): string {
  if (!Number.isFinite(reach)) return 'all over the domain';
  if (isLogOdds) return `where the probability is between ${figure(band)} and ${figure(1 - band)}`;
  return `within ${figure(reach)} of the boundary`;
}

function renderRivals({ rivals }: LatentFindings): string {
  if (rivals.length === 0) return '';
  const rows = rivals.map((rival) => [
    inlineCode(rival.condition),
    figure(rival.loss),
    percent(rival.agreement),
    percent(rival.parted),
    percent(rival.partedOutside),
  ]);
  const heads = ['also', 'mean 1 − cos²', 'decides as the network', 'parts from the selected', 'around the domain']; // prettier-ignore
  return [
    '**Not identifiable here**: these are other functions, and at this network’s accuracy no worse.',
    table(heads, '---|--:|--:|--:|--:', rows),
    ...rivals.flatMap((rival) => (rival.examples.length === 0 ? [] : [renderExamples(rival)])),
  ].join('\n\n');
}

function renderExamples({ condition, examples }: Rival): string {
  const items = examples.map((example) => `- ${describeParting(example)}`);
  return [`${inlineCode(condition)} and the selected one part at`, '', ...items].join('\n');
}

function describeParting({ input, isInDomain, selected, rival, ofNetwork }: Parting): string {
  const point = Object.entries(input).map(([name, value]) => `${escapeMarkdown(name)} = ${figure(value)}`); // prettier-ignore
  const where = isInDomain ? '' : ' (outside of the domain)';
  const [own, other, network] = [selected, rival, ofNetwork].map(escapeMarkdown);
  return `${point.join(', ')}${where}: ${own}, the other ${other}, the network ${network}`;
}

function renderFront({ front, selected }: LatentFindings): string {
  const rows = front.map((member, at) => [
    member.complexity,
    figure(member.loss),
    tellFidelity(member.cosine),
    member.agreement === undefined ? '' : percent(member.agreement),
    inlineCode(member.shortExpression),
    escapeMarkdown(member.origin),
    at === selected ? 'selected' : '',
  ]);
  const heads = ['complexity', 'mean 1 − cos²', 'mean \\|cos\\|', 'decides as the network', 'formula', 'found by', '']; // prettier-ignore
  return `### Front\n\n${longTable('formula', heads, '--:|--:|--:|--:|---|---|---', rows)}`;
}

function renderFeatures({ features }: BoundaryFindings): string {
  const rows = features.map(({ name, range: [min, max], isUsed }) => [
    escapeMarkdown(name),
    figure(min),
    figure(max),
    isUsed ? 'read' : 'not read',
  ]);
  return `## Ranges\n\n${longTable('feature', ['feature', 'from', 'to', ''], '---|--:|--:|---', rows)}`;
}

function renderSettings({ latents, settings }: BoundaryFindings): string {
  const evaluations = latents.reduce((sum, latent) => sum + latent.evaluations, 0);
  const told = Object.entries(settings).map(([name, value]) => [
    escapeMarkdown(name),
    inlineCode(String(value)),
  ]);
  return `## Search\n\n${grouped(evaluations)} formulas evaluated.\n\n${table(['setting', 'value'], '---|---', told)}`;
}

function figure(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))) : '–';
}

/** Rounded down, so that nothing but all is 100 %; what floats make of a hundredth is no less than it. */
function percent(share: number): string {
  return `${Math.floor(share * 1e4 + 1e-6) / 100} %`;
}
