/** The style sheet of plots of residuals, from the palettes of the pictures. */
import { SANS, TEXT_SIZES, themedRules } from './colours.js';
import type { Palette } from './colours.js';

/** Light rules, then dark ones for readers who ask for them. */
export function residualStyleSheet(): string {
  const sizes = (['heading', 'title', 'body', 'caption'] as const).map(
    (kind) => `.${kind} { font-size: ${TEXT_SIZES[kind]}px }`,
  );
  return [
    `text { font-family: ${SANS} }`,
    '.heading, .title { font-weight: 600 }',
    ...sizes,
    '.end { text-anchor: end } .middle { text-anchor: middle }',
    'path { fill: none }',
    '.grid, .tick, .axis, .zero { stroke-width: 1; shape-rendering: crispEdges }',
    '.dots, .marked { stroke-linecap: round }',
    '.dots { stroke-width: 3; stroke-opacity: 0.55 } .marked { stroke-width: 6 }',
    ...themedRules(rules),
  ].join('\n');
}

function rules({ page, text, muted, empty, plus, minus }: Palette): readonly string[] {
  return [
    `.page { fill: ${page} }`,
    `text { fill: ${text} } .caption, .body { fill: ${muted} }`,
    `.grid { stroke: ${empty} } .axis, .tick, .zero { stroke: ${muted} }`,
    `.dots { stroke: ${plus} } .marked { stroke: ${minus} }`,
  ];
}
