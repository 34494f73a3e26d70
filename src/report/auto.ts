/** The ways that `--student auto` compared, as a section of the Markdown report. */
import type { AutoFindings, Way } from '../ir/auto.js';
import { tellFidelity } from '../ir/fidelity.js';
import { toldName } from '../ir/told.js';
import { longTable } from './comment.js';
import { escapeMarkdown } from './escape.js';

/** The ways as a table, in the order in which they were tried. */
export function renderWays({ asked, ways, selected }: AutoFindings): string {
  const rows = ways.map((way, position) => [
    position === selected ? '→' : '',
    escapeMarkdown(wayWords(way)),
    way.kept ?? '',
    ...figuresOf(way),
  ]);
  const heads = ['', 'told by', 'layers before', 'cost', 'lines', 'numbers in tables', 'fidelity'];
  return [
    '## Ways to tell it',
    '',
    `The cheapest to read of fidelity ${asked} or more was taken.`,
    '',
    longTable('way', heads, '---|---|---|--:|--:|--:|---', rows),
  ].join('\n');
}

function figuresOf({ module, reason = '' }: Way): readonly (string | number)[] {
  if (module === undefined) return ['', '', '', escapeMarkdown(reason)];
  const { cost, lines, weightsInData, fidelity } = module;
  return [cost, lines, weightsInData, tellFidelity(fidelity)];
}

/** `exact`, `logic for all layers`, `logic for hidden, output`. */
export function wayWords({ teller, exact, replaced }: Way): string {
  if (replaced.length === 0) return teller;
  const what = exact.length === 0 ? 'all layers' : replaced.map(toldName).join(', ');
  return `${teller} for ${what}`;
}
