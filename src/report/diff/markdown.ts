/**
 * The account of two models as Markdown for a reviewer: the outcome, how it is known, what changed, which
 * decisions flip, figures before and after. At most 40 lines, whatever the models.
 */
import { roundedUp } from '../../numeric/rounded-up.js';
import { escapeMarkdown } from '../escape.js';
import { table } from '../markdown-table.js';
import { counted, grouped } from '../numbers.js';
import { changeLines, otherWeights } from './bullets.js';
import { isDomainOther, isOtherCode, isSameAlgorithm, isSameFunction } from './changes.js';
import { headline } from './headline.js';
import type { ComparisonReport, ExampleReport, SideReport, SizesReport } from './types.js';
import { code, cut, name, percent, scoresText, sentence, short } from './words.js';

/** Lines of what changed, in words and in code together: what 40 lines leave beside all else. */
const MOST_CHANGE_LINES = 14;
/** Lines of code at most, while there is more to tell in words. */
const MOST_CODE_LINES = 8;
/** Characters of a line of code. */
const LONGEST_LINE = 110;
/** Directions of flips told by themselves. */
const MOST_DIRECTIONS = 4;
/** Constants of two sizes that are shown. */
const MOST_CONSTANTS = 6;

/** Changes of what the numbers of an input stand for. */
const REORDERED = /^the order of the (features|axes)$/;

/** The whole account, ended by a newline. */
export function renderComparisonMarkdown(report: ComparisonReport): string {
  const sections = [
    headline(report),
    `*How it is known:* ${knownText(report)}`,
    renderSizes(report.sizes),
    renderChanges(report),
    renderDecisions(report),
    renderScores(report),
    renderFigures(report),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function knownText(report: ComparisonReport): string {
  const { known } = report;
  const isReordered = report.interface.some(({ what }) => REORDERED.test(what));
  const apart = isReordered ? ' But the same numbers now stand for something else.' : '';
  switch (known.by) {
    case 'weights':
      return `both models have the same layers with the same weights, to the last bit.${apart}`;
    case 'proof':
      return `a proof. The code of one model computes the other network: for every input ${isDomainOther(report) ? 'that both take' : 'of the domain'} no score differs by more than ${roundedUp(known.maxError)}${report.decisions === undefined ? ', and decisions are the same apart from scores that close' : ''}.${apart}${storedOtherwise(report)}`;
    case 'enumeration':
      return `every input of the domain was run (${counted(known.checked, 'input')}), with the same answers.${apart}`;
    case 'samples':
      return `${counted(known.checked, 'input')} were run without a difference. There is no proof: ${sentence(known.reason)}.`;
    case 'counterexample':
      return `an input at which they part, the smallest found: ${exampleText(known.example)}.`;
    case 'nothing':
      return `the models cannot be compared input by input: ${sentence(known.reason)}.`;
  }
}

/** That the weights differ and say the same. */
function storedOtherwise({ layers, layout }: ComparisonReport): string {
  const weights = otherWeights(layers);
  if (weights !== '') return ` It is stored otherwise: other weights in ${weights}.`;
  return layout === undefined ? '' : ` It is stored otherwise: ${layout.old} before, ${layout.new} now.`; // prettier-ignore
}

/** An input, and both answers. */
function exampleText({ words, oldScores, newScores, oldAnswer, newAnswer }: ExampleReport): string {
  const scores = scoresText(oldScores, newScores);
  const input = escapeMarkdown(words);
  if (oldAnswer === undefined || newAnswer === undefined) return `${input}: ${scores}`;
  const answers = oldAnswer === newAnswer ? `${name(oldAnswer)} both times` : `${name(oldAnswer)} → ${name(newAnswer)}`; // prettier-ignore
  return `${input}: ${answers}, ${scores}`;
}

function renderSizes(sizes: SizesReport | undefined): string {
  if (sizes === undefined) return '';
  const { status, fromOldAlone, constants, reason } = sizes;
  if (status === 'unknown') {
    return `Not shown to be one algorithm at two sizes: ${sentence(reason ?? '')}.`;
  }
  const how = fromOldAlone
    ? `The code of the old model, its sizes read off the input, computes the new one (${status}); see \`--generic\`.`
    : `One code for both sizes computes both models (${status}); see \`--generic\`.`;
  if (constants.length === 0) return how;
  const shown = constants.slice(0, MOST_CONSTANTS);
  const rows = shown.map(({ expression, old, new: fresh }) =>
    fresh === null
      ? `${code(expression)} for ${old}`
      : `${code(expression)} for ${old} and ${fresh}`,
  );
  const rest = constants.length - shown.length;
  return `${how} What follows from the sizes: ${rows.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

function renderChanges(report: ComparisonReport): string {
  const lines = changeLines(report);
  const isSame = isSameFunction(report) || isSameAlgorithm(report);
  const codeLines = isSame || isOtherCode(report) ? [] : report.code;
  const other = isOtherCode(report) && !isSame ? [`The code has ${percent(report.sharedCode, 1)} in common: its differences say nothing line by line`] : []; // prettier-ignore
  const all = [...lines, ...other];
  if (all.length === 0 && codeLines.length === 0) return '';
  const shownCode = Math.min(codeLines.length, Math.max(MOST_CODE_LINES, MOST_CHANGE_LINES - all.length)); // prettier-ignore
  const room = MOST_CHANGE_LINES - shownCode;
  const shown = all.length > room ? all.slice(0, room - 1) : all;
  const rest = all.length - shown.length;
  const bullets = [...shown, ...(rest > 0 ? [`… and ${counted(rest, 'more change')}`] : [])];
  return [
    '### What changed',
    ...(bullets.length === 0 ? [] : ['', ...bullets.map((line) => `- ${line}`)]),
    ...(shownCode === 0 ? [] : ['', ...renderCode(codeLines, shownCode)]),
  ].join('\n');
}

/** The lines as a fenced diff; what does not fit is counted. */
function renderCode(lines: ComparisonReport['code'], most: number): readonly string[] {
  const telling = lines.length > most ? lines.filter(({ isMinor }) => isMinor !== true) : lines;
  const shown = lines.length > most ? telling.slice(0, most - 1) : lines;
  const texts = shown.map(({ side, text }) => `${side === 'old' ? '-' : '+'} ${cut(text, LONGEST_LINE)}`); // prettier-ignore
  if (lines.length > shown.length) texts.push(`  … ${lines.length - shown.length} more lines`);
  const longest = Math.max(2, ...texts.flatMap((text) => Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length))); // prettier-ignore
  const fence = '`'.repeat(longest + 1);
  return [`${fence}diff`, ...texts, fence];
}

function renderDecisions({ decisions, meaning }: ComparisonReport): string {
  // Where no difference was found, that has been said.
  if (decisions === undefined || meaning === 'no difference found') return '';
  const { drawn, border, isAll, families, directions, examples } = decisions;
  const which = isAll
    ? `Of all ${counted(drawn.inputs, 'input')}`
    : `Of ${counted(drawn.inputs, 'input')} drawn from ${families} families of shapes and values`;
  const near =
    border.inputs === 0
      ? ''
      : `; of ${grouped(border.inputs)} next to a border between two decisions ${grouped(border.flips)} (${percent(border.flips, border.inputs)})`;
  const shown = directions
    .slice(0, MOST_DIRECTIONS)
    .map(({ from, to, flips }) => `${name(from)} → ${name(to)} ${grouped(flips)}`);
  const rest = directions.length - shown.length;
  const ways = shown.length === 0 ? '' : ` ${shown.join(', ')}${rest > 0 ? ` and ${counted(rest, 'further direction')}` : ''}.`; // prettier-ignore
  return [
    '### Decisions that flip',
    '',
    `${which} ${grouped(drawn.flips)} flip (${percent(drawn.flips, drawn.inputs)})${near}.${ways}`,
    ...(examples.length === 0 ? [] : ['']),
    ...examples.map((example, k) => `${k + 1}. ${exampleText(example)}`),
  ].join('\n');
}

function renderScores({ scores }: ComparisonReport): string {
  if (scores === undefined) return '';
  const { inputs, isAll, families, largest, mean, example } = scores;
  const which = isAll ? `all ${counted(inputs, 'input')}` : `${counted(inputs, 'input')} drawn from ${families} families of shapes and values`; // prettier-ignore
  return [
    '### Scores',
    '',
    `Over ${which} a score differs by up to ${short(largest)}, in the mean of the inputs by ${short(mean)}.`,
    ...(example === undefined ? [] : [`Most of it shows at ${exampleText(example)}.`]),
  ].join('\n');
}

/** A bound is one where there is a proof, or every input was run; else it is what was seen. */
function errorText({ verdict, maxError }: SideReport): string {
  if (maxError === null) return 'not bounded';
  const error = maxError === 0 ? 'none' : `at most ${roundedUp(maxError)}`;
  return verdict === 'proved' || verdict === 'exhaustive' ? error : `${error} seen`;
}

function renderFigures({ old, new: fresh, inputs }: ComparisonReport): string {
  const row = (what: string, value: (side: SideReport) => string | number): (string | number)[] => [
    what,
    value(old),
    value(fresh),
  ];
  return table(['', 'before', 'after'], '---|---|---', [
    row('lines of code', ({ lines }) => lines),
    row('numbers in tables', ({ weightsInData }) => grouped(weightsInData)),
    row('verdict', ({ verdict }) => verdict),
    row('error of a score', errorText),
    ...(inputs === undefined
      ? []
      : [
          [
            'inputs read',
            `${inputs.oldRead} of ${inputs.cells}`,
            `${inputs.newRead} of ${inputs.cells}`,
          ],
        ]),
  ]);
}
