/**
 * What the importer knows about a value of the graph while it reads the nodes: a constant, or a tensor
 * that is either stored (an input, a layer's result) or still a linear map waiting for its activation.
 */
import type { SparseRows, TensorRef } from '../../ir/network.js';
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

export type Form =
  | { readonly kind: 'stored'; readonly ref: TensorRef }
  | ({ readonly kind: 'linear' } & {
      readonly linear: Linear;
    });

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
