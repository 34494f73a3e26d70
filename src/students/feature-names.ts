/** One name for each flattened input cell of a network: what formulas call it. */
import { sizeOf } from '../ir/model-interface.js';
import type { InputTensor, ModelInterface } from '../ir/model-interface.js';

/**
 * The features' own names where the model has them, the input's for a scalar or a single cell, else the
 * input's name and the position along every axis: `image_3_17`. A name that two inputs have gets its
 * input's in front.
 */
export function featureNames(model: ModelInterface): readonly string[] {
  const names = model.inputs.map(namesOf);
  const all = names.flat();
  return model.inputs.flatMap((input, k) =>
    names[k].map((name) =>
      all.filter((other) => other === name).length === 1 ? name : `${input.name}_${name}`,
    ),
  );
}

function namesOf(input: InputTensor): readonly string[] {
  if (input.features !== undefined) return input.features;
  const size = sizeOf(input.shape);
  if (size === 1) return [input.name];
  return Array.from({ length: size }, (_, cell) => {
    const position: number[] = [];
    let rest = cell;
    for (const extent of [...input.shape].reverse()) {
      position.unshift(rest % extent);
      rest = Math.floor(rest / extent);
    }
    return [input.name, ...position].join('_');
  });
}
