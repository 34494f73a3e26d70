/**
 * Runs emitted modules: text becomes functions through a data: URL (Node and browsers alike), flat
 * input rows become the nested arrays that the module wants, and its answers become flat again.
 *
 * The text is executed as it stands, with everything it can do: only for text one would run anyway.
 */
import { sizeOf } from '../ir/model-interface.js';
import type { ModelInterface } from '../ir/model-interface.js';
import { stripTypes } from './strip-types.js';

/** A number, or arrays of arrays of … numbers. */
export type Nested = number | readonly Nested[];

/** The exports of an emitted module, unchecked beyond being there. */
export interface LoadedModule {
  readonly scores: (...inputs: readonly Nested[]) => unknown;
  readonly predict: (...inputs: readonly Nested[]) => unknown;
  readonly network: unknown;
}

/** What a module, or the network in its place, answers to one input. */
export interface Answer {
  /** One flat row-major array for each output. */
  readonly scores: readonly (readonly number[])[];
  /** A label where the model has labels, else an index; `undefined` without a decision. */
  readonly decision: string | number | undefined;
}

/** The import of the sibling module with the weights, as the contract lets a module have one. */
const SIBLING_IMPORT = /(\bfrom\s*)(['"])\.\/[^'"\n]+\.weights\.js\2/;

/**
 * Loads a module from JavaScript text, and the text of its weights sibling where it imports one.
 *
 * @throws Error of the engine when the text is no module; TypeError when `scores` or `predict` is
 *   not an exported function.
 */
export async function loadJavaScript(javascript: string, weights?: string): Promise<LoadedModule> {
  const linked =
    weights === undefined
      ? javascript
      : javascript.replace(SIBLING_IMPORT, (_, from: string) => `${from}'${dataUrl(weights)}'`);
  const loaded = (await import(/* @vite-ignore */ dataUrl(linked))) as Partial<
    Record<string, unknown>
  >;
  const { scores, predict, network } = loaded;
  if (!isFunction(scores)) throw new TypeError('the module exports no function `scores`');
  if (!isFunction(predict)) throw new TypeError('the module exports no function `predict`');
  return { scores, predict, network };
}

/** `loadJavaScript` for emitted TypeScript. @throws also SyntaxError when a text does not parse. */
export async function loadModule(code: string, weights?: string): Promise<LoadedModule> {
  return loadJavaScript(
    await stripTypes(code),
    weights === undefined ? undefined : await stripTypes(weights),
  );
}

/**
 * A module as a function of flat inputs (one row-major array per input of the model).
 *
 * The function throws what the module throws, and a TypeError for an answer of the wrong form: a
 * missing output, something that is no number, a wrong number of values.
 */
export function createRunner(
  module: LoadedModule,
  model: ModelInterface,
): (inputs: readonly ArrayLike<number>[]) => Answer {
  return (inputs) => {
    const nested = inputs.map((flat, index) => nest(flat, model.inputs[index].shape));
    const scores = flattenOutputs(module.scores(...nested), model);
    if (model.decision.kind === 'none') return { scores, decision: undefined };
    const decision = module.predict(...nested);
    if (typeof decision !== 'string' && typeof decision !== 'number') {
      throw new TypeError(`predict gave ${describeValue(decision)}`);
    }
    return { scores, decision };
  };
}

/** The decision alone, for running over many inputs: what `predict` gives, as it stands. */
export function createPredictor(
  module: LoadedModule,
  model: ModelInterface,
): (inputs: readonly ArrayLike<number>[]) => unknown {
  const shapes = model.inputs.map(({ shape }) => shape);
  return (inputs) => module.predict(...inputs.map((flat, index) => nest(flat, shapes[index])));
}

/**
 * A flat row-major array as nested arrays of the given extents; a number where there are none.
 *
 * @throws RangeError when the array has not as many values as the shape.
 */
export function nest(flat: ArrayLike<number>, shape: readonly number[]): Nested {
  const size = sizeOf(shape);
  if (flat.length !== size) throw new RangeError(`expected ${size} values, got ${flat.length}`);
  let offset = 0;
  const build = (axis: number): Nested => {
    if (axis === shape.length) return flat[offset++];
    return Array.from({ length: shape[axis] }, () => build(axis + 1));
  };
  return build(0);
}

/** The numbers of nested arrays in row-major order. @throws TypeError for anything but numbers. */
export function flatten(value: unknown): number[] {
  const flat: number[] = [];
  const visit = (part: unknown): void => {
    if (typeof part === 'number') flat.push(part);
    else if (Array.isArray(part) || ArrayBuffer.isView(part)) {
      for (const inner of part as unknown as Iterable<unknown>) visit(inner);
    } else throw new TypeError(`expected numbers, got ${describeValue(part)}`);
  };
  visit(value);
  return flat;
}

/** What `scores` returned, as one flat array for each output of the model. */
export function flattenOutputs(value: unknown, model: ModelInterface): number[][] {
  if (model.outputs.length === 1) return [sized(flatten(value), model.outputs[0].shape)];
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`expected an object of outputs, got ${describeValue(value)}`);
  }
  const byName = new Map<string, unknown>(Object.entries(value));
  return model.outputs.map(({ name, shape }) => sized(flatten(byName.get(name)), shape));
}

/**
 * The answer `predict` gives for a decided index: its label where the model has labels for all classes;
 * a sign stands for itself.
 */
export function labelOf(model: ModelInterface, index: number): string | number {
  const { labels } = model.outputs[0];
  const { kind } = model.decision;
  if (labels === undefined || kind === 'sign') return index;
  return kind === 'threshold' && labels.length < 2 ? index : labels[index];
}

function sized(flat: number[], shape: readonly number[]): number[] {
  const size = sizeOf(shape);
  if (flat.length === size) return flat;
  throw new TypeError(`expected ${size} scores, got ${flat.length}`);
}

function isFunction(value: unknown): value is (...inputs: readonly Nested[]) => unknown {
  return typeof value === 'function';
}

function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function dataUrl(javascript: string): string {
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(javascript)}`;
}
