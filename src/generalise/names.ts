/**
 * What sizes are called: after the axes of the inputs, in the plural, so that `row` gives `rows`. Axes
 * without names get the usual words: `size`, or `depth`, `height` and `width`.
 */
import { axisNamesOf } from '../ir/model-interface.js';
import type { InputTensor, ModelInterface } from '../ir/model-interface.js';
import { plural } from '../ir/words.js';

/** Sizes of the axes of an input with one and with three axes that have no names. */
const UNNAMED: Readonly<Partial<Record<number, readonly string[]>>> = {
  1: ['size'],
  3: ['depth', 'height', 'width'],
};

/** One name for each axis of each input; all different. */
export function sizeNames(model: ModelInterface): readonly (readonly string[])[] {
  const inputs = new Set(model.inputs.map(({ name }) => name));
  const plain = model.inputs.map((input) =>
    axisSizeNames(input).map((name, axis) =>
      inputs.has(name) ? `${axisNamesOf(input)[axis] ?? name} count` : name,
    ),
  );
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
