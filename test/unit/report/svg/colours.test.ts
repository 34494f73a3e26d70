import { describe, expect, it } from 'vitest';
import { DARK, LIGHT, OPACITIES, TEXT_SIZES, levelOf, styleSheet } from '../../../../src/report/svg/colours.js'; // prettier-ignore

type Colour = readonly number[];

function colour(text: string): Colour {
  return [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16) / 255);
}

/** Contrast ratio of WCAG 2. */
function contrast(a: Colour, b: Colour): number {
  const luminance = (parts: Colour): number => {
    const [red, green, blue] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** A colour over a ground, as the browser mixes them. */
function over(top: string, ground: string, opacity: number): Colour {
  const below = colour(ground);
  return colour(top).map((part, at) => opacity * part + (1 - opacity) * below[at]);
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('colours on %s pages', (_, palette) => {
  it('has texts that can be read', () => {
    expect(contrast(colour(palette.text), colour(palette.page))).toBeGreaterThan(7);
    expect(contrast(colour(palette.muted), colour(palette.page))).toBeGreaterThan(4.5);
  });

  it.each([palette.plus, palette.minus])('has weights that stand out: %s', (hue) => {
    const steps = OPACITIES.map((opacity) => over(hue, palette.empty, opacity));
    expect(contrast(steps[steps.length - 1], colour(palette.empty))).toBeGreaterThan(3);
    expect(contrast(steps[0], colour(palette.empty))).toBeGreaterThan(1.5);
    steps.slice(1).forEach((step, at) => {
      expect(contrast(step, colour(palette.empty))).toBeGreaterThan(
        contrast(steps[at], colour(palette.empty)),
      );
    });
  });
});

describe('styleSheet', () => {
  it('has a dark side and no small text', () => {
    const style = styleSheet();
    const [light, dark] = style.split('@media (prefers-color-scheme: dark)');
    expect(light).toContain(`.page { fill: ${LIGHT.page} }`);
    expect(dark).toContain(`.page { fill: ${DARK.page} }`);
    expect(Math.min(...Object.values(TEXT_SIZES))).toBeGreaterThanOrEqual(11);
  });
});

describe('levelOf', () => {
  it.each([
    [0, 1, 0],
    [1e-9, 1, 1],
    [0.2, 1, 1],
    [-0.21, 1, -2],
    [-27, 27, -5],
    [0, 0, 0],
  ])('%d of %d', (weight, largest, level) => {
    expect(levelOf(weight, largest)).toBe(level);
  });
});
