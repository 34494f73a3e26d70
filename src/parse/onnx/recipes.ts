/**
 * Recipes as stages. Copies of cells are not computed at all: whoever reads them reads what they copy.
 *
 *   t = transpose(x);  y[i][j] = t[i][j] · z[i][j]      →      y[i][j] = x[j][i] · z[i][j]
 */
import { num } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { stageOf, storedIndices } from '../../ir/stage.js';
import type { Operand, Read } from '../../ir/stage.js';
import type { Stage } from '../../ir/network.js';
import type { LayerBuilder } from './builder.js';
import type { Recipe, TensorValue, Value } from './values.js';

/** A read of a value, given the reads of what it was traced back to. */
type Trace = (reads: readonly Read[]) => Read;

/** The stage of a recipe along some of its axes; the others have one cell. */
export function stageOfRecipe(
  layers: LayerBuilder,
  recipe: Recipe,
  kept: readonly number[],
): Stage {
  const { name, shape, body, axes } = recipe;
  const operands: Operand[] = [];
  const traces = recipe.operands.map((value) => traceOf(layers, value, operands));
  const frame = {
    name,
    shape: kept.map((axis) => shape[axis]),
    operands,
    axes: kept.map((axis) => axes.at(axis)),
  };
  return stageOf(frame, (own, reads) => {
    const at = shape.map((_, axis) => (kept.includes(axis) ? own[kept.indexOf(axis)] : num(0)));
    return body(
      at,
      traces.map((trace) => trace(reads)),
    );
  });
}

/** Finds what a value is read from and appends that to `operands`. */
function traceOf(layers: LayerBuilder, value: Value, operands: Operand[]): Trace {
  const recipe = value.kind === 'tensor' ? copyOf(value) : undefined;
  if (recipe !== undefined) {
    const traces = recipe.operands.map((operand) => traceOf(layers, operand, operands));
    return (reads) => {
      const own = traces.map((trace) => trace(reads));
      return (at: readonly Expression[]) =>
        recipe.body(storedIndices(at, value.shape, recipe.shape), own);
    };
  }
  const position = operands.length;
  operands.push(operandOf(layers, value));
  return (reads) => reads[position];
}

function operandOf(layers: LayerBuilder, value: Value): Operand {
  if (value.kind === 'constant') {
    const { data, shape, name } = value;
    return { kind: 'constant', shape, data, hint: name };
  }
  const { ref } = layers.storeForStage(value).form;
  const hint = layers.nameOf(ref);
  return { kind: 'tensor', ref, stored: layers.storedShape(ref), shape: value.shape, hint };
}

/** The recipe of a tensor that copies cells; `undefined` for any other. */
export function copyOf({ form }: TensorValue): Recipe | undefined {
  const recipe = form.kind === 'stored' ? undefined : form.recipe;
  return recipe?.copies === undefined ? undefined : recipe;
}

/** Whether a stage can read a value without a layer being made of it. */
export function isReadable(value: Value): boolean {
  if (value.kind === 'constant') return true;
  const { form } = value;
  return form.kind !== 'linear' || form.recipe !== undefined;
}
