/** A hybrid module's blocks as a section of the Markdown report: the ablation, then each block's equations. */
import type { BlockFindings, HybridFigures, HybridFindings, HybridLevel, KeptFindings } from '../ir/hybrid.js'; // prettier-ignore
import { tellFidelity } from '../ir/fidelity.js';
import { toldName } from '../ir/told.js';
import { longTable } from './comment.js';
import { escapeMarkdown } from './escape.js';
import { inlineCode } from './markdown-table.js';

/** Significant digits of the ends of a range. */
const SHORT_DIGITS = 4;

export function renderHybrid(findings: HybridFindings): string {
  const { blocks, rows, kept, asked } = findings;
  const replaced = blocks.filter(({ isReplaced }) => isReplaced).map(wordsOf);
  return [
    '## Blocks',
    '',
    `Equations stand in for ${replaced.join(', ')}; all else is exact. What goes into and out of every block was collected on ${rows} inputs. The fidelity asked for is ${asked}.`,
    '',
    ...kept.map(keptWords),
    '',
    ablationTable(findings),
    ...blocks.filter(({ equations }) => equations.length > 0).map(renderBlock),
  ].join('\n');
}

/** The whole with no block, with each block alone, and with all that were taken told by equations. */
function ablationTable({ exact, blocks, whole }: HybridFindings): string {
  const alone = blocks.map((block) => [
    block.isReplaced ? '→' : '',
    wordsOf(block),
    block.complexity ?? '',
    ...figuresOf(block.alone, block.reason),
  ]);
  const taken = blocks.filter(({ isReplaced }) => isReplaced);
  const complexity = taken.reduce((sum, block) => sum + (block.complexity ?? 0), 0);
  const together = ['', 'all of →', complexity, ...figuresOf(whole)];
  const rows = [['', 'none', '', ...figuresOf(exact)], ...alone, ...(taken.length > 1 ? [together] : [])]; // prettier-ignore
  const heads = ['', 'told by equations', 'complexity', 'cost', 'lines', 'numbers in tables', 'fidelity', 'out of range']; // prettier-ignore
  return longTable('way', heads, '---|---|--:|--:|--:|--:|---|---', rows);
}

function figuresOf(figures: HybridFigures | undefined, reason = ''): readonly (string | number)[] {
  if (figures === undefined) return ['', '', '', escapeMarkdown(reason), ''];
  const { cost, lines, weightsInData, fidelity, fidelityOutOfRange } = figures;
  return [cost, lines, weightsInData, tellFidelity(fidelity), outside(fidelityOutOfRange)];
}

function outside(fidelity: number | undefined): string {
  return fidelity === undefined ? '' : tellFidelity(fidelity);
}

function renderBlock(block: BlockFindings): string {
  const { inputs, outputs, pruning } = block;
  return [
    '',
    `### ${wordsOf(block)}`,
    '',
    `Reads ${numbers(inputs)}, gives ${numbers(outputs)}. Equations taken: ${block.selection ?? ''}.`,
    '',
    equationTable(block),
    ...(pruning === undefined ? [] : ['', pruningTable(block, pruning)]),
    '',
    'The whole network with this block alone told by equations, at each complexity (of a cell at most):',
    '',
    levelTable(block.levels),
  ].join('\n');
}

function equationTable({ equations }: BlockFindings): string {
  const rows = equations.map(({ cell, front, selected, pruned }) => {
    const { complexity, fidelity, expression } = front[selected];
    const worth = pruned === true ? 'left out' : tellFidelity(fidelity);
    return [escapeMarkdown(toldName(cell)), complexity, worth, inlineCode(expression)];
  });
  return longTable('cell', ['cell', 'complexity', 'R²', 'equation'], '---|--:|---|---', rows);
}

function levelTable(levels: readonly HybridLevel[]): string {
  const rows = levels.map(({ complexity, fidelity, fidelityOutOfRange }) => [
    complexity,
    tellFidelity(fidelity),
    outside(fidelityOutOfRange),
  ]);
  return longTable('complexity', ['complexity', 'fidelity', 'out of range'], '--:|---|---', rows);
}

function pruningTable(
  { outputs }: BlockFindings,
  { schedule, stages, kept }: NonNullable<BlockFindings['pruning']>,
): string {
  const rows = stages.map((stage) => [stage.kept, tellFidelity(stage.fidelity)]);
  return [
    `Kept ${kept} of ${numbers(outputs)}, the others at their means; stages of the ${schedule} schedule:`,
    '',
    longTable('stage', ['kept', 'fidelity'], '--:|---', rows),
  ].join('\n');
}

/** `- means: proved`, `- action: proved, for inputs from 0 to 120`. */
function keptWords({ layers, verdict, ranges }: KeptFindings): string {
  const names = escapeMarkdown(layers.map(toldName).join(', '));
  if (ranges === undefined) return `- ${names}: ${verdict}`;
  const [first] = ranges;
  const all = ranges.length === 1 ? [first] : ranges;
  const words = all.slice(0, 4).map(([min, max]) => `${short(min)} to ${short(max)}`);
  const rest = all.length > words.length ? ', …' : '';
  return `- ${names}: ${verdict}, for what it reads from ${words.join(', ')}${rest}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(SHORT_DIGITS)));
}

function numbers(count: number): string {
  return count === 1 ? '1 number' : `${count} numbers`;
}

function wordsOf({ name }: BlockFindings): string {
  return escapeMarkdown(toldName(name));
}
