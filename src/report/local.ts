/**
 * Explanations around points as reports: JSON, Markdown, and a line for each. What is claimed of a radius
 * is what was sampled, and is said so.
 */
import type { LocalExplanation } from '../ir/local-explanation.js';
import { fitComment, longTable } from './comment.js';
import { escapeMarkdown } from './escape.js';
import { inlineCode } from './markdown-table.js';
import { counted, grouped } from './numbers.js';
import type { Report } from './types.js';

/** Digits of figures in texts; the JSON has all of them. */
const DIGITS = 4;
const BOX_DIGITS = 8;

export interface LocalReport {
  readonly schema: 1;
  readonly model: Report['model'];
  /** Of the module, where one was written. */
  readonly code?: Report['code'];
  readonly verdict?: Report['verdict'];
  /** By point, then by target. */
  readonly local: readonly LocalExplanation[];
  /** Points that were asked for and not explained, since the search was stopped; absent where there are none. */
  readonly unexplained?: number;
}

export function buildLocalReport(
  model: Report['model'],
  local: readonly LocalExplanation[],
  unexplained: number,
): LocalReport {
  return { schema: 1, model, local, ...(unexplained === 0 ? {} : { unexplained }) };
}

/** `score near x = 1, y = 2: 2 * x + y, off by at most 0.05 up to 0.13 of each range`. */
export function localLine(found: LocalExplanation): string {
  const { target, expression } = found;
  return `${target} near ${pointText(found)}: ${expression}, ${radiusWords(found)}`;
}

function pointText({ point }: LocalExplanation): string {
  return Object.entries(point).map(([name, value]) => `${name} = ${value}`).join(', '); // prettier-ignore
}

function radiusWords({ radius, bound, isWhole }: LocalExplanation): string {
  const error = figure(bound);
  if (radius === 0) return `off by more than ${error} as near as was looked`;
  if (isWhole) return `off by at most ${error} on the whole domain`;
  return `off by at most ${error} up to ${figure(radius)} of each range`;
}

/** The report as a Markdown document, ended by a newline. */
export function renderLocalMarkdown({ model, local, unexplained }: LocalReport): string {
  const sections = [
    `# ${escapeMarkdown(model.name)}`,
    ...local.map(renderExplanation),
    ...(unexplained === undefined
      ? []
      : [`Stopped early: ${counted(unexplained, 'point')} left unexplained.`]),
  ];
  return fitComment(`${sections.join('\n\n')}\n`);
}

function renderExplanation(found: LocalExplanation): string {
  const { target, latex, expression, selection, complexity, ofNetwork, ofFormula } = found;
  return [
    `## ${escapeMarkdown(`${target} near ${pointText(found)}`)}`,
    `$$${latex}$$`,
    `    ${expression}`,
    `Selected: ${selection}. Complexity ${complexity}. ` +
      `At the point the network gives ${figure(ofNetwork)}, the formula ${figure(ofFormula)}.`,
    ...renderValidity(found),
    renderFront(found),
    renderRows(found),
  ].join('\n\n');
}

function renderValidity(found: LocalExplanation): readonly string[] {
  const { bound, boundShare, radius, isWhole, box, point, check } = found;
  const share =
    boundShare === undefined
      ? ''
      : `, ${figure(100 * boundShare)} % of the network's range around the point`;
  const stated = `The bound of the error is ${figure(bound)}${share}.`;
  if (check === undefined) {
    return [`${stated} No formula that was found keeps it, as near to the point as was looked.`];
  }
  const where = isWhole
    ? 'on the whole domain'
    : `up to a radius of ${figure(radius)} of each feature's range, that is in this box`;
  const rows = Object.entries(box).map(([name, [min, max]]) => [
    escapeMarkdown(name),
    String(point[name]),
    boxFigure(min),
    boxFigure(max),
  ]);
  return [
    `${stated} The formula keeps it ${where}:`,
    longTable('feature', ['feature', 'point', 'from', 'to'], '---|--:|--:|--:', rows),
    `Sampled, not proved: none of ${grouped(check.inputs)} inputs drawn uniformly in the box is off by more. ` +
      `With ${figure(100 * check.confidence)} % confidence less than ${figure(100 * check.mostBeyond)} % of the box is. ` +
      `The largest error met, also looked for on faces, at corners and uphill, is ${figure(check.largestError)}; ` +
      `the root of the mean square is ${figure(check.rms)}.`,
  ];
}

function renderFront({ front, selected }: LocalExplanation): string {
  const rows = front.map(({ complexity, loss, reach, expression, origin }, at) => [
    complexity,
    figure(loss),
    figure(reach),
    inlineCode(expression),
    escapeMarkdown(origin),
    at === selected ? 'selected' : '',
  ]);
  const heads = ['complexity', 'loss', 'keeps the bound up to', 'equation', 'found by', ''];
  return longTable('formula', heads, '--:|--:|--:|---|---|---', rows);
}

function renderRows({ rows, width, evaluations, stopped }: LocalExplanation): string {
  const { neighbours, samples } = rows;
  const given = neighbours === 0 ? '' : `${counted(neighbours, 'neighbour')} and `;
  return (
    `Learned from ${given}${counted(samples, 'sample')} within ${figure(width)} of each range, nearer ones counting more; ` +
    `${grouped(evaluations)} formulas evaluated.` +
    (stopped === undefined ? '' : ` Stopped early: ${stopped}.`)
  );
}

/** More digits: it is a promise where an end lies. */
function boxFigure(value: number): string {
  return String(Number(value.toPrecision(BOX_DIGITS)));
}

function figure(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))) : '–';
}
