/**
 * The body of a scan in the making: a network of its own, which reads the row of a step, the states, and
 * whatever of the arguments is no constant.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import type { Feed, StagedNetwork, TensorRef } from '../../../ir/network.js';
import { add, num } from '../../../ir/program-builders.js';
import { LayerBuilder } from '../builder.js';
import type { StoredTensor } from '../builder.js';
import type { OperatorContext } from '../context.js';
import { selectCells } from '../selection.js';
import type { ConstantValue, TensorValue, Value } from '../values.js';
import { withShape } from '../views.js';
import { kept } from './arguments.js';

interface BodyInput {
  readonly name: string;
  /** As the body reads it; axes of one cell are not stored. */
  readonly shape: readonly number[];
}

/** Where an input of a body comes from, before its result is known. */
type Source =
  | { readonly kind: 'row' | 'whole'; readonly source: number }
  | { readonly kind: 'state'; readonly first: number | Float64Array };

export class ScanBody {
  readonly sources: TensorRef[] = [];
  readonly layers: LayerBuilder;
  private readonly inputs: BodyInput[] = [];
  private readonly storedShapes: (readonly number[])[] = [];
  private readonly feeds: Source[] = [];
  private readonly results: TensorRef[] = [];
  private readonly names: string[] = [];
  private readonly wholes = new Map<Value, Value>();

  constructor(private readonly context: OperatorContext) {
    // Inputs come one by one: the builder looks shapes up when it needs them.
    this.layers = new LayerBuilder(this.storedShapes, context.layers.tieTolerance);
  }

  /** The context of the node, for a part of the body. */
  part(name: string): OperatorContext {
    return this.context.within(this.layers, name);
  }

  /** The row of the step, of a tensor whose first axis are the steps. */
  row(tensor: TensorValue, name: string): TensorValue {
    const shape = tensor.shape.slice(1);
    return this.input(tensor, { name, shape }, kept(shape), {
      kind: 'row',
      source: this.source(tensor),
    });
  }

  /** A state that begins with the value's cells, or with zeros. */
  state(
    name: string,
    shape: readonly number[],
    type: TensorValue,
    first: Value | undefined,
  ): TensorValue {
    const start =
      first === undefined
        ? new Float64Array(sizeOf(shape))
        : first.kind === 'constant'
          ? this.context.useWeights(first).data
          : this.source(first);
    return this.input(type, { name, shape }, kept(shape), { kind: 'state', first: start });
  }

  /** A value from outside, within the body: constants are what they are, tensors are read whole. */
  inside(value: Value): Value {
    if (value.kind === 'constant') return value;
    const known = this.wholes.get(value);
    if (known !== undefined) return known;
    const source = this.source(value);
    const stored = this.context.layers.storedShape(this.sources[source]);
    const name = this.context.layers.nameOf(this.sources[source]);
    const made = this.input(value, { name, shape: value.shape }, stored, { kind: 'whole', source });
    this.wholes.set(value, made);
    return made;
  }

  /** The value, computed at this point of the step. */
  stored(value: Value, name: string): Value {
    if (value.kind === 'constant') return value;
    return { ...this.store(value, name), shape: value.shape };
  }

  /** Names the next value of the states, in their order. */
  next(value: Value, name: string): void {
    if (value.kind === 'constant') throw this.context.unsupported('that forgets its input');
    this.results.push(this.store(value, name).form.ref);
    this.names.push(name);
  }

  private store(value: TensorValue, name: string): StoredTensor {
    const view = withShape(this.part(name), value, kept(value.shape));
    if (view.kind === 'constant') throw new TypeError('a view of a tensor is a tensor');
    return this.layers.store(view, name);
  }

  /** The body, and what feeds it. */
  finish(name: string): { readonly body: StagedNetwork; readonly feeds: readonly Feed[] } {
    let states = 0;
    const feeds = this.feeds.map((feed): Feed =>
      feed.kind === 'state'
        ? { ...feed, next: states++ }
        : { kind: feed.kind, source: feed.source },
    );
    const shapeOf = (ref: TensorRef): readonly number[] => this.layers.storedShape(ref);
    const body: StagedNetwork = {
      name,
      source: '',
      inputs: this.inputs.map((input, index) => ({
        name: input.name,
        shape: this.storedShapes[index],
        domain: { kind: 'real' },
      })),
      outputs: this.results.map((ref, state) => ({ name: this.names[state], shape: shapeOf(ref) })),
      decision: { kind: 'none' },
      layers: this.layers.layers,
      results: this.results,
      parameters: 0,
      warnings: [],
    };
    return { body, feeds };
  }

  /** Position of an input among the body's. */
  positionOf({ form }: TensorValue): number {
    return form.kind === 'stored' ? form.ref.index : -1;
  }

  private source(tensor: TensorValue): number {
    const { ref } = this.context.layers.storeForStage(tensor).form;
    const known = this.sources.findIndex(
      ({ kind, index }) => kind === ref.kind && index === ref.index,
    );
    if (known >= 0) return known;
    this.sources.push(ref);
    return this.sources.length - 1;
  }

  private input(
    { type }: TensorValue,
    input: BodyInput,
    stored: readonly number[],
    feed: Source,
  ): TensorValue {
    const index = this.inputs.length;
    this.inputs.push(input);
    this.storedShapes.push(stored);
    this.feeds.push(feed);
    const ref: TensorRef = { kind: 'input', index };
    return {
      kind: 'tensor',
      type,
      shape: input.shape,
      batch: false,
      form: { kind: 'stored', ref },
    };
  }
}

/**
 * A block of rows of one direction: of a value directions × rows × …, the rows `from` .. `from + count`.
 * `name` is for the constant that it becomes.
 */
export function blockOf(
  context: OperatorContext,
  value: Value,
  direction: number,
  from: number,
  count: number,
  name: string,
): Value {
  const [, rows, ...rest] = value.shape;
  const shape = [count, ...rest];
  if (value.kind === 'constant') {
    const width = sizeOf(rest);
    const start = (direction * rows + from) * width;
    const part: ConstantValue = {
      kind: 'constant',
      name: `${value.name}/${name}`,
      type: value.type,
      shape,
      data: value.data.slice(start, start + count * width),
      ...(value.rounded === undefined ? {} : { rounded: value.rounded }),
    };
    return part;
  }
  return selectCells(context, value, {
    extent: { shape, batch: false },
    source: ([row, ...others]) => [num(direction), add(row, num(from)), ...others],
  });
}
