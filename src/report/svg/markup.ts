/** SVG as text: the few elements that pictures are made of. Coordinates are whole numbers of pixels. */

/** Text as it may stand between tags and in attributes. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** One line of text with its baseline at y. */
export function textElement(kind: string, x: number, y: number, text: string): string {
  return `<text class="${kind}" x="${x}" y="${y}" xml:space="preserve">${escapeText(text)}</text>`;
}

export function rectElement(
  kind: string,
  x: number,
  y: number,
  width: number,
  height: number,
): string {
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}"/>`;
}

/** Outlines in one element, so that a thousand cells of one colour are one path. */
export function pathElement(kind: string, outlines: readonly string[]): string {
  return outlines.length === 0 ? '' : `<path class="${kind}" d="${outlines.join('')}"/>`;
}

/** The outline of a rectangle, for `pathElement`. */
export function rectOutline(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}
