/** Words that several phases use alike: plurals of names, and shapes in words. */

/** The plural of an English noun by its ending: `rows`, `boxes`, `cities`. */
export function plural(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/i.test(word) ? `${word}es` : `${word}s`;
}

/**
 * The shapes of a model's inputs in words: `12 × 12`, `length 5`, `length 8 with 3 × 4` for two inputs.
 */
export function shapesText(shapes: readonly (readonly number[])[]): string {
  return shapes.map(shapeText).join(' with ');
}

function shapeText(shape: readonly number[]): string {
  if (shape.length === 0) return 'a number';
  return shape.length === 1 ? `length ${shape[0]}` : shape.join(' × ');
}

/** `[1][0]`: the place of a cell (row-major) in a tensor of this shape; empty for a scalar. */
export function placeText(cell: number, shape: readonly number[]): string {
  let rest = cell;
  const places = [...shape].reverse().map((extent) => {
    const place = rest % extent;
    rest = (rest - place) / extent;
    return `[${place}]`;
  });
  return places.reverse().join('');
}
