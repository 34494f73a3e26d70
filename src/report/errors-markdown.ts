/** Where a formula is off, as a section of its report: figures by origin of the inputs, then the worst ones. */
import { tellFidelity } from '../ir/fidelity.js';
import type { ErrorAnalysis, ErrorFigures, WorstInput } from '../ir/error-analysis.js';
import { longTable } from './comment.js';
import { escapeMarkdown } from './escape.js';
import { table } from './markdown-table.js';
import { grouped } from './numbers.js';

/** Digits of figures in tables; the JSON has all of them. */
const DIGITS = 4;
/** Two answers that are close differ in later ones. */
const ANSWER_DIGITS = 7;

/** The section, without a newline at its end. */
export function renderErrors({ figures, worst }: ErrorAnalysis): string {
  const parts = ['## Errors', renderFigures(figures)];
  if (worst.some(({ error }) => error > 0)) parts.push(renderWorst(worst));
  return parts.join('\n\n');
}

function renderFigures(figures: readonly ErrorFigures[]): string {
  const isDecided = figures.some(({ decisions }) => decisions !== undefined);
  const rows = figures.map(({ name, inputs, fidelity, rms, worst, decisions }) => [
    escapeMarkdown(name),
    grouped(inputs),
    Number.isFinite(fidelity) ? tellFidelity(fidelity) : '–',
    figureText(rms),
    figureText(worst),
    ...(isDecided ? [decisions === undefined ? '' : tellFidelity(decisions)] : []),
  ]);
  const heads = ['inputs from', 'inputs', 'R²', 'root mean square', 'largest error'];
  const alignment = '---|--:|--:|--:|--:';
  return isDecided
    ? table([...heads, 'equal decisions'], `${alignment}|--:`, rows)
    : table(heads, alignment, rows);
}

function renderWorst(worst: readonly WorstInput[]): string {
  const features = Object.keys(worst[0].input);
  const hasLines = worst.some(({ line }) => line !== undefined);
  const rows = worst.map(({ from, line, input, expected, actual, error }) => [
    hasLines ? (line ?? '') : escapeMarkdown(from),
    ...features.map((name) => figureText(input[name])),
    answerText(expected),
    answerText(actual),
    figureText(error),
  ]);
  const heads = [
    hasLines ? 'line' : 'worst inputs from',
    ...features.map(escapeMarkdown),
    'explained',
    'formula',
    'error',
  ];
  const alignment = [hasLines ? '--:' : '---', ...heads.slice(1).map(() => '--:')].join('|');
  return longTable('input', heads, alignment, rows);
}

function answerText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(ANSWER_DIGITS))) : '–';
}

function figureText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))) : '–';
}
