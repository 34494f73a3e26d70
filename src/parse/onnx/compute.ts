/**
 * Values computed cell by cell: what is no affine map becomes a stage, or is folded where all operands
 * are constants.
 *
 *   computeValue(context, [a, b], extent, (at, [a, b]) => multiply(a(at), b(at)))      a · b
 */
import { sizeOf } from '../../ir/model-interface.js';
import { num } from '../../ir/program-builders.js';
import type { Expression } from '../../ir/program.js';
import { createStageRunner } from '../../ir/stage-values.js';
import type { Extent, LayerBuilder } from './builder.js';
import { checkCost } from './builder.js';
import type { OperatorContext } from './context.js';
import type { ElementType } from './element-type.js';
import { isReadable, stageOfRecipe } from './recipes.js';
import { broadcastShape, sameShape } from './shapes.js';
import type { CellBody, Recipe, Value } from './values.js';

export interface ComputeOptions {
  /** Type of the result; that of the first operand unless given. */
  readonly type?: ElementType;
  /** Words for the axes of the result, the batch's among them. */
  readonly axes?: readonly string[];
  /** What this stage is for, where a node takes several. */
  readonly part?: string;
  /** Most terms that one cell reduces; default 1. Bounds the time that folding takes. */
  readonly terms?: number;
}

/**
 * The value whose cell at indices `at` is `body(at, reads)`, one read for each operand, each under the
 * operand's own shape.
 */
export function computeValue(
  context: OperatorContext,
  operands: readonly Value[],
  extent: Extent,
  body: CellBody,
  options: ComputeOptions = {},
): Value {
  const constants = operands.filter((value) => value.kind === 'constant');
  const isFolded = constants.length === operands.length;
  const work = isFolded ? sizeOf(extent.shape) * (options.terms ?? 1) : 0;
  checkCost(extent.shape, work, context.node.opType, context.place);
  constants.forEach((value) => context.refuseRounded(value));
  const type = options.type ?? operands[0].type;
  const recipe = recipeOf(context, operands, extent, body, options);
  if (!isFolded) {
    constants.forEach((value) => context.useWeights(value));
    // Those outside see axes of one cell too.
    const whole = context.isResult && options.part === undefined;
    return context.layers.compute(recipe, extent, type, whole);
  }
  const data = createStageRunner(stageOfRecipe(context.layers, recipe, [...extent.shape.keys()]))(
    [],
  );
  if (!data.every(Number.isFinite)) throw context.unsupported('of constants that overflow');
  if (!data.every(Number.isInteger)) context.noteRounding();
  const name = partName(context.node.output[0], options);
  return { kind: 'constant', name, type, shape: extent.shape, data };
}

/** How a value is computed, for one that may wait. */
export function recipeOf(
  context: OperatorContext,
  operands: readonly Value[],
  extent: Extent,
  body: CellBody,
  options: ComputeOptions = {},
): Recipe {
  return {
    name: partName(context.name, options),
    operands,
    shape: extent.shape,
    body,
    axes: options.axes ?? inheritedWords(context, operands, extent),
  };
}

function partName(name: string, { part }: ComputeOptions): string {
  return part === undefined ? name : `${name}/${part}`;
}

/** The words of the first operand of the same shape that has any. */
function inheritedWords(
  context: OperatorContext,
  operands: readonly Value[],
  { shape }: Extent,
): readonly string[] {
  for (const operand of operands) {
    const words = sameShape(operand.shape, shape) ? axisWords(context.layers, operand) : undefined;
    if (words !== undefined) return words;
  }
  return [];
}

/** What the stage that computes a value calls its axes, if one does; axes of one cell have any word. */
export function axisWords(layers: LayerBuilder, value: Value): readonly string[] | undefined {
  if (value.kind === 'constant') return undefined;
  const { shape, form } = value;
  if (form.kind !== 'stored') {
    const { recipe } = form;
    const isSeen = recipe !== undefined && sameShape(recipe.shape, shape);
    return isSeen && recipe.axes.length > 0 ? recipe.axes : undefined;
  }
  const words = layers.wordsOf(form.ref);
  const kept = shape.filter((extent) => extent !== 1);
  if (words === undefined || !sameShape(layers.storedShape(form.ref), kept)) return undefined;
  let next = 0;
  return shape.map((extent) => (extent === 1 ? 'one' : words[next++]));
}

/** `operate` of the operands cell by cell, broadcast to their common shape. */
export function computeEach(
  context: OperatorContext,
  operands: readonly Value[],
  operate: (...cells: readonly Expression[]) => Expression,
  options: ComputeOptions = {},
): Value {
  const extent = commonExtent(context, operands);
  return computeValue(context, operands, extent, eachBody(operands, operate), options);
}

/** As `computeEach`, for a value that may wait; `undefined` where a stage could not read an operand. */
export function recipeOfEach(
  context: OperatorContext,
  operands: readonly Value[],
  operate: (...cells: readonly Expression[]) => Expression,
): Recipe | undefined {
  if (!operands.every(isReadable)) return undefined;
  const extent = commonExtent(context, operands);
  return recipeOf(context, operands, extent, eachBody(operands, operate));
}

function eachBody(
  operands: readonly Value[],
  operate: (...cells: readonly Expression[]) => Expression,
): CellBody {
  return (at, reads) =>
    operate(...reads.map((read, index) => read(broadcastIndices(at, operands[index].shape))));
}

/** Indices into a shape for indices of what it is broadcast to: the last axes, 0 along extents of 1. */
export function broadcastIndices(
  at: readonly Expression[],
  shape: readonly number[],
): readonly Expression[] {
  const offset = at.length - shape.length;
  return shape.map((extent, axis) => (extent === 1 ? num(0) : at[axis + offset]));
}

/**
 * The shape that values are broadcast to; a symbolic batch must stay the first axis.
 *
 * @throws Diagnostic ONNX_SHAPE_MISMATCH, SHAPE_INVALID, SHAPE_TOO_LARGE.
 */
export function commonExtent(context: OperatorContext, values: readonly Value[]): Extent {
  const shape = values.reduce<readonly number[]>((common, value) => {
    const next = broadcastShape(common, value.shape);
    if (next === undefined) throw context.mismatch(common, value.shape);
    return next;
  }, []);
  const batched = values.filter((value) => value.kind === 'tensor' && value.batch);
  const kept = batched.every((value) => value.shape.length === shape.length && shape[0] === 1);
  if (!kept) throw context.mismatch(values[0].shape, values[values.length - 1].shape);
  checkCost(shape, 0, context.node.opType, context.place);
  return { shape, batch: batched.length > 0 };
}
