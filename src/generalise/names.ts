/**
 * What sizes are called: after the axes of the inputs, in the plural, so that `row` gives `rows`. Axes
 * without names get the usual words: `length`, or `depth`, `height` and `width`.
 */
import { axisNamesOf } from '../ir/model-interface.js';
import type { InputTensor, ModelInterface } from '../ir/model-interface.js';
import { plural } from '../ir/plural.js';

/** Sizes of the axes of an input with one and with three axes that have no names. */
const UNNAMED: Readonly<Partial<Record<number, readonly string[]>>> = {
  1: ['length'],
  3: ['depth', 'height', 'width'],
};

/** One name for each axis of each input; all different. */
export function sizeNames(model: ModelInterface): readonly (readonly string[])[] {
  const plain = model.inputs.map(axisSizeNames);
  const all = plain.flat();
  return plain.map((names, input) =>
    names.map((name, axis) => {
      const twice = all.indexOf(name) !== all.lastIndexOf(name);
      if (!twice) return name;
      const own = names.indexOf(name) === names.lastIndexOf(name);
      return `${model.inputs[input].name} ${name}${own ? '' : ` ${axis + 1}`}`;
    }),
  );
}

function axisSizeNames(input: InputTensor): readonly string[] {
  const { shape } = input;
  return axisNamesOf(input).map((name, axis) => {
    if (name === undefined) return UNNAMED[shape.length]?.[axis] ?? `extent ${axis + 1}`;
    // `x` and `y` have no plural that one would say.
    return name.length === 1 ? `${name} size` : plural(name);
  });
}

/** The shapes of all inputs of a model in words: `12 × 12`, `8 and 3 × 4`, for a scalar `1`. */
export function shapesText(shapes: readonly (readonly number[])[]): string {
  return shapes.map((shape) => (shape.length === 0 ? '1' : shape.join(' × '))).join(' and ');
}
