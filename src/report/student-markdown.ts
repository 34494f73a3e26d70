/** The report of a student as Markdown: the formula first, then the front, then how it came about. */
import { tellFidelity } from '../ir/fidelity.js';
import type { FrontMember, StudentFindings } from '../ir/student.js';
import { renderErrors } from './errors-markdown.js';
import { counted, grouped } from './numbers.js';
import { fitComment, longTable } from './comment.js';
import { escapeMarkdown } from './escape.js';
import { inlineCode, table } from './markdown-table.js';

/** Digits of figures in tables; the JSON has all of them. */
const DIGITS = 4;

/** The whole report as a Markdown document, ended by a newline. */
export function renderStudentMarkdown(name: string, findings: StudentFindings): string {
  const sections = [
    `# ${escapeMarkdown(name)}: approximate`,
    renderSelected(findings),
    renderFront(findings),
    findings.errors === undefined ? '' : renderErrors(findings.errors),
    renderFeatures(findings),
    renderSnapped(findings),
    renderSearch(findings),
  ];
  return fitComment(`${sections.filter((section) => section !== '').join('\n\n')}\n`);
}

function renderSelected(findings: StudentFindings): string {
  const { target, front, selected, selection, latex, features } = findings;
  const member = front[selected];
  const used = features.filter(({ isUsed }) => isUsed).length;
  return [
    `**${escapeMarkdown(target)}** =`,
    '',
    `$$${latex}$$`,
    '',
    codeBlock(member.expression),
    '',
    `Selected by: ${selection}. Complexity ${member.complexity}, found by ${escapeMarkdown(member.origin)}. ` +
      `Reads ${used} of ${counted(features.length, 'feature')}.`,
    '',
    fidelitySentence(member),
  ].join('\n');
}

/** A negative R² says no more than that a constant would do better. */
function fidelitySentence(member: FrontMember): string {
  const inside = `Fidelity ${fidelityText(member.fidelity)} in range`;
  const { fidelityOutOfRange: outside } = member;
  return outside !== undefined && Number.isFinite(outside) && outside < 0
    ? `${inside}; the two part out of range, where it is ${fidelityText(outside)}.`
    : `${inside}, ${outsideText(member)} out of range.`;
}

function codeBlock(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

function outsideText({ fidelityOutOfRange }: FrontMember): string {
  return fidelityOutOfRange === undefined ? 'not measured' : fidelityText(fidelityOutOfRange);
}

function renderFront({ front, selected, knee, mostAccurate }: StudentFindings): string {
  const marks: readonly (readonly [number, string])[] = [
    [selected, 'selected'],
    [knee, 'knee'],
    [mostAccurate, 'most accurate'],
  ];
  const rows = front.map((member, at) => {
    const words = marks.flatMap(([index, word]) => (index === at ? [word] : []));
    return [
      member.complexity,
      figureText(member.loss),
      figureText(member.score),
      fidelityText(member.fidelity),
      member.fidelityOutOfRange === undefined ? '' : fidelityText(member.fidelityOutOfRange),
      inlineCode(member.shortExpression),
      escapeMarkdown(member.origin),
      words.join(', '),
    ];
  });
  const heads = [
    'complexity', 'loss', 'score', 'fidelity', 'out of range', 'equation', 'found by', '',
  ]; // prettier-ignore
  return `## Front\n\n${longTable('formula', heads, '--:|--:|--:|--:|--:|---|---|---', rows)}`;
}

function renderFeatures({ features }: StudentFindings): string {
  const rows = features.map(({ name, range: [min, max], isUsed }) => [
    escapeMarkdown(name),
    figureText(min),
    figureText(max),
    isUsed ? 'read' : 'not read',
  ]);
  return `## Ranges\n\n${longTable('feature', ['feature', 'from', 'to', ''], '---|--:|--:|---', rows)}`;
}

function renderSnapped({ snapped }: StudentFindings): string {
  if (snapped.length === 0) return '';
  const items = snapped.map(({ from, to }) => `- ${from} became ${to}`);
  return ['## Constants snapped', '', ...items].join('\n');
}

function renderSearch(findings: StudentFindings): string {
  const { data, rows, evaluations, settings, stopped } = findings;
  const source = data === 'network' ? 'asked of the network' : 'of the table';
  const lines = [
    `${counted(rows, 'row')} ${source}, ${grouped(evaluations)} formulas evaluated.`,
    ...(stopped === undefined ? [] : [`Stopped early: ${escapeMarkdown(stopped)}.`]),
  ];
  const told = Object.entries(settings).map(([name, value]) => [
    escapeMarkdown(name),
    inlineCode(String(value)),
  ]);
  return `## Search\n\n${lines.join('\n')}\n\n${table(['setting', 'value'], '---|---', told)}`;
}

function figureText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))) : '–';
}

function fidelityText(value: number): string {
  return Number.isFinite(value) ? tellFidelity(value) : '–';
}
