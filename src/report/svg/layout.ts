/**
 * Boxes that know their size and how to draw themselves, and the ways to combine them: a text, boxes
 * side by side in rows that break, boxes below each other. Nothing overlaps by construction.
 */
import { TEXT_SIZES } from './colours.js';
import type { TextKind } from './colours.js';
import { textElement } from './markup.js';

export interface Box {
  readonly width: number;
  readonly height: number;
  /** SVG elements with the box's upper left corner at (x, y). */
  readonly draw: (x: number, y: number) => string;
}

/** Widths of characters in units of the font's size: generous means, since fonts differ. */
const SANS_WIDTH = 0.6;
const MONOSPACE_WIDTH = 0.61;

/** Room below a line of text, for descenders and for air. */
const LEADING = 5;

/** Characters of a kind of text that surely fit into a width. */
export function charactersIn(width: number, kind: TextKind): number {
  return Math.floor(width / (TEXT_SIZES[kind] * characterWidth(kind)));
}

function characterWidth(kind: TextKind): number {
  return kind === 'formula' ? MONOSPACE_WIDTH : SANS_WIDTH;
}

/** One line of text. */
export function textBox(kind: TextKind, text: string): Box {
  const size = TEXT_SIZES[kind];
  return {
    width: Math.ceil(text.length * size * characterWidth(kind)),
    height: size + LEADING,
    draw: (x, y) => textElement(kind, x, y + size, text),
  };
}

/** Boxes below each other, at the left. */
export function stack(boxes: readonly Box[], gap = 0): Box {
  const tops: number[] = [];
  let height = 0;
  boxes.forEach((box, at) => {
    if (at > 0) height += gap;
    tops.push(height);
    height += box.height;
  });
  return {
    width: Math.max(0, ...boxes.map(({ width }) => width)),
    height,
    draw: (x, y) => boxes.map((box, at) => box.draw(x, y + tops[at])).join('\n'),
  };
}

/** Boxes side by side; a box that would go beyond `most` begins a new row. */
export function flow(boxes: readonly Box[], gap: number, most: number): Box {
  const places: { readonly x: number; readonly y: number }[] = [];
  let [left, top, rowHeight, width] = [0, 0, 0, 0];
  for (const box of boxes) {
    if (left > 0 && left + box.width > most) {
      top += rowHeight + gap;
      left = 0;
      rowHeight = 0;
    }
    places.push({ x: left, y: top });
    width = Math.max(width, left + box.width);
    left += box.width + gap;
    rowHeight = Math.max(rowHeight, box.height);
  }
  return {
    width,
    height: top + rowHeight,
    draw: (x, y) => boxes.map((box, at) => box.draw(x + places[at].x, y + places[at].y)).join('\n'),
  };
}
