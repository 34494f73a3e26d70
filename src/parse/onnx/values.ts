/**
 * What the importer knows about a value of the graph while it reads the nodes: a constant, or a tensor
 * that is stored (an input, a layer's or stage's result), or still waits for what its readers make of it.
 */
import type { SparseRows, TensorRef } from '../../ir/network.js';
import type { Expression } from '../../ir/program.js';
import type { Read } from '../../ir/stage.js';
import type { ElementType } from './element-type.js';

/** A number of a tensor that is not what the file holds. */
export interface Rounded {
  /** Position in the tensor's data. */
  readonly index: number;
  /** The number in the file. */
  readonly text: string;
}

export interface ConstantValue {
  readonly kind: 'constant';
  /** Name in the graph. */
  readonly name: string;
  /** Element type in the file: division, Cast and the logical operators depend on it. */
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Row-major. Of 64-bit integers the nearest doubles; a bool is 0 or 1. */
  readonly data: Float64Array;
  /** The first integer that no double equals: as a bound it serves, as a weight it is refused. */
  readonly rounded?: Rounded;
  /** Of extents that the graph looked up: the cells that hold the symbolic batch, which counts 1. */
  readonly batchCells?: readonly number[];
}

/** An affine map: row n of `rows` over the joined sources, plus `bias[n]`. */
export interface Linear {
  readonly sources: readonly TensorRef[];
  readonly rows: SparseRows;
  readonly bias: Float64Array;
  /** Name of the node that began it; becomes the layer's name. */
  readonly name: string;
}

/** A cell at indices of the result's shape (the batch among them, always at 0). */
export type CellBody = (at: readonly Expression[], reads: readonly Read[]) => Expression;

/** How cells follow from those of other values: what a stage is made of. */
export interface Recipe {
  /** What the stage is called. */
  readonly name: string;
  readonly operands: readonly Value[];
  /** The shape that `body` is given indices of. */
  readonly shape: readonly number[];
  readonly body: CellBody;
  /** Words for the axes, from the first; letters where there are none. */
  readonly axes: readonly string[];
  /** Of a copy, which can be read where it is needed: how many copies it is behind. */
  readonly copies?: number;
}

/**
 * Where the cells of a tensor are: stored, in a linear map that waits (with a recipe where a stage could
 * say the same), or where a recipe copies them from.
 */
export type Form =
  | { readonly kind: 'stored'; readonly ref: TensorRef }
  | { readonly kind: 'linear'; readonly linear: Linear; readonly recipe?: Recipe }
  | { readonly kind: 'copy'; readonly recipe: Recipe };

export interface TensorValue {
  readonly kind: 'tensor';
  /** What its cells are in the graph: integer division, Cast and the logical operators depend on it. */
  readonly type: ElementType;
  /** Extents; a symbolic batch axis stands first with extent 1. */
  readonly shape: readonly number[];
  /** Whether axis 0 is the symbolic batch, which the network does not have. */
  readonly batch: boolean;
  readonly form: Form;
}

export type Value = ConstantValue | TensorValue;

/** The shape without the symbolic batch axis. */
export function shapeWithoutBatch(value: TensorValue): readonly number[] {
  return value.batch ? value.shape.slice(1) : value.shape;
}
