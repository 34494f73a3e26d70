/**
 * The colours of pictures and the style sheet made of them: blue for weights that count for, orange for
 * those that count against, which people with any colour vision can tell apart; two sets, for light and
 * for dark pages. Larger weights are more opaque, and the smallest still stands out from an empty cell.
 */

export interface Palette {
  readonly page: string;
  readonly text: string;
  readonly muted: string;
  /** A cell that is not read. */
  readonly empty: string;
  readonly plus: string;
  readonly minus: string;
}

export const LIGHT: Palette = {
  page: '#ffffff',
  text: '#1f2328',
  muted: '#57606a',
  empty: '#eaeef2',
  plus: '#0550ae',
  minus: '#bc4c00',
};

export const DARK: Palette = {
  page: '#0d1117',
  text: '#e6edf3',
  muted: '#9198a1',
  empty: '#21262d',
  plus: '#79c0ff',
  minus: '#f0883e',
};

/** Opacity of a weight by its level, 1 to 5: fifths of the largest weight of the cluster. */
export const OPACITIES: readonly number[] = [0.45, 0.6, 0.75, 0.88, 1];

/** Sizes of text in pixels; none may be below 11. */
export const TEXT_SIZES = { heading: 17, title: 14, body: 12, formula: 12, caption: 11 } as const;

export type TextKind = keyof typeof TEXT_SIZES;

export const SANS = 'ui-sans-serif, system-ui, sans-serif';
export const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

/** The level of a weight among weights of which `largest` has the greatest size: −5 … −1, 0, 1 … 5. */
export function levelOf(weight: number, largest: number): number {
  if (weight === 0 || largest === 0) return 0;
  const level = Math.ceil((OPACITIES.length * Math.abs(weight)) / largest);
  return Math.sign(weight) * Math.min(level, OPACITIES.length);
}

/** The class of a level's cells: `m5` … `m1`, `p1` … `p5`. */
export function levelClass(level: number): string {
  return `${level < 0 ? 'm' : 'p'}${Math.abs(level)}`;
}

/** Rules for light pages, then for readers who ask for dark ones. */
export function themedRules(rules: (palette: Palette) => readonly string[]): readonly string[] {
  return [
    ...rules(LIGHT),
    '@media (prefers-color-scheme: dark) {',
    ...rules(DARK).map((rule) => `  ${rule}`),
    '}',
  ];
}

/** The style sheet of a picture. */
export function styleSheet(): string {
  const levels = OPACITIES.map(
    (opacity, at) => `.p${at + 1}, .m${at + 1} { fill-opacity: ${opacity} }`,
  );
  const sizes = Object.entries(TEXT_SIZES).map(
    ([kind, size]) => `.${kind} { font-size: ${size}px }`,
  );
  return [
    `text { font-family: ${SANS} }`,
    `.formula { font-family: ${MONOSPACE} }`,
    '.heading, .title { font-weight: 600 }',
    ...sizes,
    ...levels,
    '.lines { fill: none; stroke-width: 1; shape-rendering: crispEdges }',
    'path, rect { shape-rendering: crispEdges }',
    ...themedRules(paletteRules),
  ].join('\n');
}

function paletteRules({ page, text, muted, empty, plus, minus }: Palette): readonly string[] {
  const every = (letter: string): string =>
    OPACITIES.map((_, at) => `.${letter}${at + 1}`).join(', ');
  return [
    `.page { fill: ${page} } .lines { stroke: ${page} } .empty { fill: ${empty} }`,
    `text { fill: ${text} } .caption, .body { fill: ${muted} }`,
    `${every('p')} { fill: ${plus} } ${every('m')} { fill: ${minus} }`,
  ];
}
