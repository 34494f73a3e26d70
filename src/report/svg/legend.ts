/** The key to a cluster's colours: each weight by itself where there are few, else a scale. */
import { OPACITIES, levelClass, levelOf } from './colours.js';
import { flow, textBox } from './layout.js';
import type { Box } from './layout.js';
import { rectElement } from './markup.js';
import { numberText } from '../numbers.js';

const SWATCH = 12;
const SWATCH_GAP = 5;

/** More different weights than this are told by a scale. */
const MOST_WEIGHTS = 8;

const ITEM_GAP = 14;

/** The key for weights of which `largest` has the greatest size; `most` is the width it may take. */
export function legendBox(weights: ReadonlySet<number>, largest: number, most: number): Box {
  const used = [...weights].filter((weight) => weight !== 0).sort((a, b) => a - b);
  const items =
    used.length <= MOST_WEIGHTS
      ? used.map((weight) => item(swatchClass(weight, largest), signed(weight)))
      : scaleItems(used, largest);
  if (weights.has(0)) items.push(item('empty', 'not read'));
  return flow(items, ITEM_GAP, most);
}

/** One swatch for each level between the least and the greatest weight. */
function scaleItems(used: readonly number[], largest: number): Box[] {
  const levels = [...new Set(used.map((weight) => levelOf(weight, largest)))].sort((a, b) => a - b);
  return levels.map((level) => {
    const bound = (largest * Math.abs(level)) / OPACITIES.length;
    const text = signed(Number((Math.sign(level) * bound).toPrecision(3)));
    return item(levelClass(level), level < 0 ? `from ${text}` : `to ${text}`);
  });
}

function swatchClass(weight: number, largest: number): string {
  return levelClass(levelOf(weight, largest));
}

function signed(weight: number): string {
  return `${weight > 0 ? '+' : ''}${numberText(weight)}`;
}

function item(kind: string, text: string): Box {
  const label = textBox('caption', text);
  return {
    width: SWATCH + SWATCH_GAP + label.width,
    height: label.height,
    draw: (x, y) =>
      rectElement(kind, x, y + 1, SWATCH, SWATCH) + label.draw(x + SWATCH + SWATCH_GAP, y),
  };
}
