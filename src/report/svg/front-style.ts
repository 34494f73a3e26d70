/** The style sheet of the plot of a front, from the palettes of the pictures. */
import { MONOSPACE, SANS, TEXT_SIZES, themedRules } from './colours.js';
import type { Palette } from './colours.js';

/** Light rules, then dark ones for readers who ask for them. */
export function frontStyleSheet(): string {
  const sizes = (['heading', 'body', 'formula', 'caption'] as const).map(
    (kind) => `.${kind} { font-size: ${TEXT_SIZES[kind]}px }`,
  );
  return [
    `text { font-family: ${SANS} }`,
    `.formula { font-family: ${MONOSPACE} }`,
    '.heading, .mark { font-weight: 600 }',
    ...sizes,
    `.mark { font-size: ${TEXT_SIZES.body}px; paint-order: stroke; stroke-width: 4px; stroke-linejoin: round }`,
    '.end { text-anchor: end } .middle { text-anchor: middle }',
    '.grid, .tick, .axis { stroke-width: 1; shape-rendering: crispEdges }',
    '.steps { fill: none; stroke-width: 2 }',
    '.ring { fill: none; stroke-width: 1.5 }',
    ...themedRules(rules),
  ].join('\n');
}

function rules({ page, text, muted, empty, plus, minus }: Palette): readonly string[] {
  return [
    `.page { fill: ${page} } .mark { stroke: ${page} }`,
    `text { fill: ${text} } .caption, .body { fill: ${muted} }`,
    `.grid { stroke: ${empty} } .axis, .tick { stroke: ${muted} }`,
    `.steps { stroke: ${plus} } .dot { fill: ${plus} }`,
    `.selected { fill: ${minus} } .ring { stroke: ${text} }`,
  ];
}
