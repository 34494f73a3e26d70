/**
 * Turns the values of a graph into layers. A linear map waits, unstored, for the bias, the scaling or
 * the activation behind it; it becomes a layer of its own when something else reads it, or when folding
 * would round a number.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Place } from '../../diagnostics/diagnostic.js';
import { sizeOf } from '../../ir/model-interface.js';
import { scanShape } from '../../ir/network.js';
import type { Activation, Node, Scan, TensorRef } from '../../ir/network.js';
import { checkShape } from '../shape.js';
import type { ElementType } from './element-type.js';
import { addLinear, compose } from './linear.js';
import type { AffineMap } from './linear.js';
import { allCells, DenseColumns, MOST_WEIGHTS, selectionRows } from './rows.js';
import { stageOfRecipe } from './recipes.js';
import { shapeWithoutBatch } from './values.js';
import type { Form, Linear, Recipe, TensorValue } from './values.js';

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
  readonly layers: Node[] = [];
  /** What dense layers share. */
  readonly dense = new DenseColumns();
  /** For inputs that serve as an index, by position: what every reader can do with. */
  readonly indexInputs = new Map<number, IndexRange>();
  /** Whether there are no stages and no scans so far. */
  isPlain = true;
  /** What waited and has been stored since. */
  private readonly stored = new Map<Form, StoredTensor['form']>();

  /** `inputShapes`: extents of each input, without the batch. */
  constructor(
    private readonly inputShapes: readonly (readonly number[])[],
    readonly tieTolerance: number,
  ) {}

  /** Number of cells of a stored tensor. */
  readonly width = (ref: TensorRef): number =>
    ref.kind === 'input' ? sizeOf(this.inputShapes[ref.index]) : this.layers[ref.index].size;

  /** The tensor as a map over stored tensors; of a stored one, the identity. */
  linearOf(tensor: TensorValue, name: string): Linear {
    if (tensor.form.kind === 'linear') return tensor.form.linear;
    const size = sizeOf(tensor.shape);
    return {
      sources: [this.store(tensor, name).form.ref],
      rows: selectionRows(allCells(size)),
      bias: new Float64Array(size),
      name,
    };
  }

  /**
   * A map of a tensor's cells; `name` is for the layer, where the map begins one, `recipe` for a stage
   * that says the same.
   */
  apply(
    tensor: TensorValue,
    map: AffineMap,
    extent: Extent,
    name: string,
    recipe?: Recipe,
  ): TensorValue {
    if (tensor.form.kind === 'linear') {
      const folded = compose(map, tensor.form.linear);
      if (folded !== undefined) return tensorOf(tensor.type, extent, pending(folded, recipe));
    }
    const { ref } = this.store(tensor, name).form;
    return tensorOf(tensor.type, extent, pending({ sources: [ref], ...map, name }, recipe));
  }

  /** left + right, cell by cell; the two have equally many cells. `recipe`: as in `apply`. */
  add(
    left: TensorValue,
    right: TensorValue,
    extent: Extent,
    name: string,
    recipe?: Recipe,
  ): TensorValue {
    const sum =
      addLinear(this.linearOf(left, name), this.linearOf(right, name), this.width) ??
      addLinear(
        this.linearOf(this.store(left, name), name),
        this.linearOf(this.store(right, name), name),
        this.width,
      );
    // The second sum is over stored tensors: weights 1 or 2 and no biases, always exact.
    if (sum === undefined) throw new RangeError('a sum of stored tensors is exact');
    return tensorOf(left.type, extent, pending(sum, recipe));
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

  get inputCount(): number {
    return this.inputShapes.length;
  }

  /** A layer of these cells, whatever the first input is. */
  constant(data: Float64Array, shape: readonly number[], name: string): TensorRef {
    this.layers.push({
      name,
      sources: [{ kind: 'input', index: 0 }],
      size: data.length,
      shape,
      weights: {
        rowStart: new Uint32Array(data.length + 1),
        columns: new Uint32Array(0),
        values: new Float64Array(0),
      },
      bias: data,
      activation: { kind: 'identity' },
      tieTolerance: this.tieTolerance,
    });
    return { kind: 'layer', index: this.layers.length - 1 };
  }

  /**
   * The tensor that a recipe computes, as a stage; `extent` says how its readers see it. `whole`: for
   * those outside, who want axes of one cell too.
   */
  compute(recipe: Recipe, extent: Extent, type: ElementType, whole = false): StoredTensor {
    // A view of a copy is stored in the copy's own shape: its cells are the same, in the same order.
    const { shape } = recipe;
    const kept = [...shape.keys()].filter((axis) =>
      whole ? !extent.batch || axis > 0 : shape[axis] !== 1,
    );
    this.layers.push(stageOfRecipe(this, recipe, kept));
    this.isPlain = false;
    const ref: TensorRef = { kind: 'layer', index: this.layers.length - 1 };
    return tensorOf(type, extent, { kind: 'stored', ref });
  }

  /** Adds a scan; a tensor for each of its outputs. */
  addScan(frame: Omit<Scan, 'size' | 'shape'>): readonly TensorRef[] {
    const shapes = frame.outputs.map((output) => scanShape(frame, output));
    const [shape] = shapes;
    const scan: TensorRef = { kind: 'layer', index: this.layers.length };
    this.layers.push({ ...frame, size: sizeOf(shape), shape });
    this.isPlain = false;
    const taps = shapes.slice(1).map((own, k): TensorRef => {
      const { name } = frame;
      this.layers.push({
        kind: 'tap',
        name,
        sources: [scan],
        output: k + 1,
        size: sizeOf(own),
        shape: own,
      });
      return { kind: 'layer', index: this.layers.length - 1 };
    });
    return [scan, ...taps];
  }

  /** Extents of a stored tensor, as a reader of its cells finds them. */
  storedShape(ref: TensorRef): readonly number[] {
    return ref.kind === 'input' ? this.inputShapes[ref.index] : this.layers[ref.index].shape;
  }

  /** The word for a stored tensor: the name of what computes it. */
  nameOf(ref: TensorRef): string {
    return ref.kind === 'input' ? 'input' : this.layers[ref.index].name;
  }

  /** Whether a stored tensor is what a stage or a scan computes. */
  isStage(ref: TensorRef): boolean {
    return ref.kind === 'layer' && this.layers[ref.index].kind !== undefined;
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

  /**
   * The tensor, stored: a waiting map becomes a layer with the identity as its activation, copied cells
   * become a stage. However often it is asked for, it is stored once.
   */
  store(tensor: TensorValue, name: string): StoredTensor {
    return this.storeOnce(tensor, () =>
      tensor.form.kind === 'copy'
        ? this.compute(tensor.form.recipe, tensor, tensor.type)
        : this.activate(tensor, { kind: 'identity' }, name),
    );
  }

  /** As `store`, for a stage to read: a stage too, where a recipe says how. */
  storeForStage(tensor: TensorValue): StoredTensor {
    const { form } = tensor;
    const recipe = form.kind === 'stored' ? undefined : form.recipe;
    return recipe === undefined
      ? this.store(tensor, '')
      : this.storeOnce(tensor, () => this.compute(recipe, tensor, tensor.type));
  }

  private storeOnce(tensor: TensorValue, make: () => StoredTensor): StoredTensor {
    const { form } = tensor;
    if (form.kind === 'stored') return { ...tensor, form };
    const known = this.stored.get(form);
    if (known !== undefined) return { ...tensor, form: known };
    const made = make();
    this.stored.set(form, made.form);
    return { ...tensor, form: made.form };
  }
}

export type StoredTensor = TensorValue & {
  readonly form: { readonly kind: 'stored'; readonly ref: TensorRef };
};

function pending(linear: Linear, recipe: Recipe | undefined): Form {
  return { kind: 'linear', linear, ...(recipe === undefined ? {} : { recipe }) };
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
