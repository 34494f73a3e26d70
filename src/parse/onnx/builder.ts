/**
 * Turns the values of a graph into layers. A linear map waits, unstored, for the bias, the scaling or
 * the activation behind it; it becomes a layer of its own when something else reads it, or when folding
 * would round a number.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Place } from '../../diagnostics/diagnostic.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { Activation, Layer, Stage, TensorRef } from '../../ir/network.js';
import { checkShape } from '../shape.js';
import type { ElementType } from './element-type.js';
import { addLinear, compose } from './linear.js';
import type { AffineMap } from './linear.js';
import { allCells, DenseColumns, MOST_WEIGHTS, selectionRows } from './rows.js';
import { shapeWithoutBatch } from './values.js';
import type { Form, Linear, TensorValue } from './values.js';

/** Where a result stands: its shape, and whether axis 0 is the symbolic batch. */
export interface Extent {
  readonly shape: readonly number[];
  readonly batch: boolean;
}

/** The indices that a tensor may hold, both ends included. */
export interface IndexRange {
  readonly low: number;
  readonly high: number;
}

export class LayerBuilder {
  readonly layers: (Layer | Stage)[] = [];
  /** What dense layers share. */
  readonly dense = new DenseColumns();
  /** For inputs that serve as an index, by position: what every reader can do with. */
  readonly indexInputs = new Map<number, IndexRange>();

  /** `inputShapes`: extents of each input, without the batch. */
  constructor(
    private readonly inputShapes: readonly (readonly number[])[],
    private readonly tieTolerance: number,
  ) {}

  /** Number of cells of a stored tensor. */
  readonly width = (ref: TensorRef): number =>
    ref.kind === 'input' ? sizeOf(this.inputShapes[ref.index]) : this.layers[ref.index].size;

  /** The tensor as a map over stored tensors; of a stored one, the identity. */
  linearOf(tensor: TensorValue, name: string): Linear {
    if (tensor.form.kind === 'linear') return tensor.form.linear;
    const size = sizeOf(tensor.shape);
    return {
      sources: [tensor.form.ref],
      rows: selectionRows(allCells(size)),
      bias: new Float64Array(size),
      name,
    };
  }

  /** A map of a tensor's cells; `name` is for the layer, where the map begins one. */
  apply(tensor: TensorValue, map: AffineMap, extent: Extent, name: string): TensorValue {
    if (tensor.form.kind === 'linear') {
      const folded = compose(map, tensor.form.linear);
      if (folded !== undefined) return tensorOf(tensor.type, extent, pending(folded));
    }
    const { ref } = this.store(tensor, name).form;
    return tensorOf(tensor.type, extent, pending({ sources: [ref], ...map, name }));
  }

  /** left + right, cell by cell; the two have equally many cells. */
  add(left: TensorValue, right: TensorValue, extent: Extent, name: string): TensorValue {
    const sum =
      addLinear(this.linearOf(left, name), this.linearOf(right, name), this.width) ??
      addLinear(
        this.linearOf(this.store(left, name), name),
        this.linearOf(this.store(right, name), name),
        this.width,
      );
    // The second sum is over stored tensors: weights 1 or 2 and no biases, always exact.
    if (sum === undefined) throw new RangeError('a sum of stored tensors is exact');
    return tensorOf(left.type, extent, pending(sum));
  }

  /** A layer with this activation over the tensor. */
  activate(tensor: TensorValue, activation: Activation, name: string): StoredTensor {
    const linear = this.linearOf(tensor, name);
    const shape = shapeWithoutBatch(tensor);
    this.layers.push({
      name: linear.name,
      sources: linear.sources,
      size: linear.bias.length,
      shape,
      weights: linear.rows,
      bias: linear.bias,
      activation,
      tieTolerance: this.tieTolerance,
    });
    const ref: TensorRef = { kind: 'layer', index: this.layers.length - 1 };
    return { ...tensor, form: { kind: 'stored', ref } };
  }

  /** The tensor that a stage computes; `extent` says how its readers see it. */
  compute(stage: Stage, extent: Extent, type: ElementType): StoredTensor {
    this.layers.push(stage);
    const ref: TensorRef = { kind: 'layer', index: this.layers.length - 1 };
    return tensorOf(type, extent, { kind: 'stored', ref });
  }

  /** Extents of a stored tensor, as a reader of its cells finds them. */
  storedShape(ref: TensorRef): readonly number[] {
    return ref.kind === 'input' ? this.inputShapes[ref.index] : this.layers[ref.index].shape;
  }

  /** Whether there are no stages so far. */
  get isPlain(): boolean {
    return this.layers.every(({ kind }) => kind === undefined);
  }

  /** Whether a stored tensor is what a stage computes. */
  isStage(ref: TensorRef): boolean {
    return ref.kind === 'layer' && this.layers[ref.index].kind === 'stage';
  }

  /** What a stage calls its axes; `undefined` for other tensors. */
  wordsOf(ref: TensorRef): readonly string[] | undefined {
    const layer = ref.kind === 'layer' ? this.layers[ref.index] : undefined;
    return layer?.kind === 'stage' ? layer.iterators.map(({ hint }) => hint) : undefined;
  }

  /** Notes that an input is used as an index in the range. */
  limitInput(input: number, { low, high }: IndexRange): void {
    const known = this.indexInputs.get(input) ?? { low, high };
    this.indexInputs.set(input, {
      low: Math.max(low, known.low),
      high: Math.min(high, known.high),
    });
  }

  /** The tensor, stored: a waiting map becomes a layer with the identity as its activation. */
  store(tensor: TensorValue, name: string): StoredTensor {
    const { form } = tensor;
    if (form.kind === 'stored') return { ...tensor, form };
    return this.activate(tensor, { kind: 'identity' }, name);
  }
}

export type StoredTensor = TensorValue & {
  readonly form: { readonly kind: 'stored'; readonly ref: TensorRef };
};

function pending(linear: Linear): Form {
  return { kind: 'linear', linear };
}

function tensorOf<F extends Form>(
  type: ElementType,
  { shape, batch }: Extent,
  form: F,
): TensorValue & { readonly form: F } {
  return { kind: 'tensor', type, shape, batch, form };
}

/**
 * Refuses results without cells, and results and weight rows too large to hold.
 *
 * @throws Diagnostic SHAPE_INVALID, SHAPE_TOO_LARGE, or ONNX_UNSUPPORTED_FORM for too many weights.
 */
export function checkCost(
  shape: readonly number[],
  weights: number,
  operator: string,
  place: Place,
): void {
  checkShape(shape, place);
  if (weights > MOST_WEIGHTS) {
    throw diagnose('ONNX_UNSUPPORTED_FORM', place, {
      operator,
      form: `with ${weights} weights (at most ${MOST_WEIGHTS})`,
    });
  }
}
